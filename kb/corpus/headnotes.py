"""Read and check what we add to the text: headnotes, editor's notes, topics, other subjects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from kb.address import LANGUAGES, ClauseAddress
from kb.corpus.read import read_toml
from kb.errors import CorpusError
from kb.model import Clause, EditorNote, Headnote, Subject, Topic

ROLES = (
    "purpose", "definition", "principle", "duty", "prohibition", "right", "function", "procedure",
    "liability", "publication", "scope", "expectation", "approval", "commencement", "repeal",
)  # fmt: skip
ACTORS = (
    "civil-servant", "ethics-commissioner", "head-of-state-body", "authorised-body", "state-body",
    "president", "society",
)  # fmt: skip


def _tables(path: Path, name: str) -> Iterator[dict[str, Any]]:
    yield from read_toml(path).get(name, [])


@contextmanager
def _naming(path: Path, table: Mapping[str, Any]) -> Iterator[None]:
    """Turn a missing field into a ``CorpusError`` that names the file and the entry."""
    try:
        yield
    except KeyError as error:
        where = table.get("address") or table.get("id") or "an entry"
        raise CorpusError(f"{path.name}: {where} has no {error}") from None


def _lists(table: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {lang: tuple(items) for lang, items in table.items()}


def load_headnotes(folder: Path, more_questions: Path) -> list[Headnote]:
    """Read every file of both folders; the records are checked by ``check_headnotes``.

    ``more_questions`` holds further questions by address, as lists per language.
    """
    notes = [
        _headnote(table, path)
        for path in sorted(folder.glob("*.toml"))
        for table in _tables(path, "headnote")
    ]
    more: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(more_questions.glob("*.toml")):
        for table in _tables(path, "more"):
            more.setdefault(table["address"], []).append(table)
    unknown = more.keys() - {note.address.short for note in notes}
    if unknown:
        raise CorpusError(
            f"questions for addresses without a headnote: {', '.join(sorted(unknown))}"
        )
    return [_with_more(note, more.get(note.address.short, [])) for note in notes]


def _with_more(note: Headnote, tables: Iterable[dict[str, Any]]) -> Headnote:
    questions = {
        lang: (*own, *(q for table in tables for q in table.get(lang, [])))
        for lang, own in note.questions.items()
    }
    return replace(note, questions=questions)


def _headnote(table: dict[str, Any], path: Path) -> Headnote:
    with _naming(path, table):
        return Headnote(
            ClauseAddress.parse(table["address"]),
            table["role"],
            table["actor"],
            tuple(table["topics"]),
            table["title"],
            table["summary"],
            table["translation"],
            _lists(table["questions"]),
            _lists(table.get("terms", {})),
        )


def load_editor_notes(folder: Path) -> list[EditorNote]:
    """Read the editor's notes of every file of the folder."""
    notes = []
    for path in sorted(folder.glob("*.toml")):
        for table in _tables(path, "note"):
            with _naming(path, table):
                address = ClauseAddress.parse(table["address"])
                notes.append(EditorNote(address, table["word"], table["meant"], table["text"]))
    return notes


def load_topics(path: Path) -> list[Topic]:
    """Read the controlled list of topics."""
    topics = []
    for table in _tables(path, "topic") if path.is_file() else ():
        with _naming(path, table):
            topics.append(Topic(table["id"], table["label"], _lists(table["terms"])))
    return topics


def load_subjects(paths: Iterable[Path]) -> list[Subject]:
    """Read the subjects that the corpus does not answer."""
    subjects = []
    for path in sorted(paths):
        for t in _tables(path, "subject"):
            with _naming(path, t):
                subjects.append(
                    Subject(t["id"], t["see"], t["near"], t["label"], _lists(t["questions"]))
                )
    return subjects


def check_headnotes(
    headnotes: Sequence[Headnote], clauses: Sequence[Clause], topics: Sequence[Topic]
) -> None:
    """Raise ``CorpusError`` with every fault found, one a line.

    A fault is an address that names no clause, a clause without a headnote, two for one clause, a
    missing language, a role, actor or topic outside its list, or a question under two clauses.
    """
    faults = [
        *_address_faults(headnotes, clauses),
        *(fault for note in headnotes for fault in _field_faults(note, {t.id for t in topics})),
        *_question_faults(headnotes),
    ]
    if faults:
        raise CorpusError("the headnotes are at fault:\n" + "\n".join(faults))


def _address_faults(headnotes: Sequence[Headnote], clauses: Sequence[Clause]) -> Iterator[str]:
    known = {clause.address.short for clause in clauses}
    counts = Counter(note.address.short for note in headnotes)
    yield from (f"{address}: there is no such clause" for address in counts if address not in known)
    yield from (f"{address}: two headnotes" for address, n in counts.items() if n > 1)
    yield from (f"{address}: no headnote" for address in sorted(known - counts.keys()))


def _field_faults(note: Headnote, topics: set[str]) -> Iterator[str]:
    where = note.address.short
    for name, table, languages in (
        ("title", note.title, LANGUAGES),
        ("summary", note.summary, LANGUAGES),
        ("translation", note.translation, ("ru", "en")),
        ("questions", note.questions, LANGUAGES),
    ):
        yield from (f"{where}: no {name} in {lang}" for lang in languages if not table.get(lang))
    if note.role not in ROLES:
        yield f"{where}: no role is called {note.role}"
    if note.actor not in ACTORS:
        yield f"{where}: no actor is called {note.actor}"
    yield from (f"{where}: no topic is called {t}" for t in note.topics if t not in topics)


def _question_faults(headnotes: Sequence[Headnote]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for note in headnotes:
        for question in (q for questions in note.questions.values() for q in questions):
            key = " ".join(question.casefold().split()).rstrip("?!. ")
            other = seen.setdefault(key, note.address.short)
            if other != note.address.short:
                yield f"{question!r} stands under {other} and {note.address.short}"


def check_editor_notes(notes: Sequence[EditorNote], clauses: Sequence[Clause]) -> None:
    """Raise ``CorpusError`` for a note whose clause or word is not there, or without a language."""
    texts = {clause.address.short: clause.text for clause in clauses}
    for note in notes:
        text = texts.get(note.address.short)
        if text is None:
            raise CorpusError(f"an editor's note stands at {note.address}, which is no clause")
        if note.word not in text:
            raise CorpusError(
                f"{note.address}: the editor's note is about {note.word!r}, not there"
            )
        if missing := [lang for lang in LANGUAGES if not note.text.get(lang)]:
            raise CorpusError(f"{note.address}: the editor's note has no text in {missing[0]}")
