"""The editions of an act: which folders hold imported ones, and how all of them become records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kb.errors import InputError
from kb.language.noise import substance
from kb.model import Clause, EditionKey, Headnote, Records

# What is read of an imported edition; the rest of its folder says where it came from.
EDITION_FILES = ("act.toml", "records.json", "restorations.toml", "source.txt")
# The language of the text that is searched and quoted, where the act is held in it.
_MAIN = "kk"


def edition_folders(imported: Path | None) -> list[Path]:
    """The folders of the imported editions, by act and day; hidden ones are still being made."""
    if imported is None:
        return []
    return [edition for act in _folders(imported) for edition in _folders(act / "editions")]


def _folders(path: Path) -> list[Path]:
    """The folders in a folder, if there is one."""
    try:
        return sorted(p for p in path.iterdir() if p.is_dir() and not p.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error


def combine(parts: Iterable[Records]) -> Iterator[Records]:
    """Join the records of each act's editions, given one by one, the shipped one first.

    An imported text takes the place of a shipped one of the same day and language.
    """
    acts: dict[str, dict[EditionKey, Records]] = {}
    ours: dict[str, Records] = {}
    for part in parts:
        [edition] = part.editions
        acts.setdefault(edition.key.act, {})[edition.key] = part
        if edition.shipped:
            ours[edition.key.act] = part
    for act, by_key in acts.items():
        yield _act_records(list(by_key.values()), ours.get(act))


def _act_records(parts: Sequence[Records], ours: Records | None) -> Records:
    """The newest text's records, what we add to the act, and all its editions."""
    ordered = sorted((part.editions[0] for part in parts), key=lambda e: e.key)
    newest = max(parts, key=_rank)
    records = replace(newest, editions=tuple(ordered))
    if ours is None or newest is ours:
        return records
    texts = {clause.address: clause for clause in records.clauses}
    was = {clause.address: clause for clause in ours.clauses}
    return replace(
        records,
        headnotes=tuple(
            _checked(note, was[note.address], texts[note.address])
            for note in ours.headnotes
            if note.address in texts
        ),
        editor_notes=tuple(
            note
            for note in ours.editor_notes
            if note.address in texts and note.word in texts[note.address].text
        ),
        topics=ours.topics,
        subjects=ours.subjects,
    )


def _rank(part: Records) -> tuple[bool, EditionKey]:
    key = part.editions[0].key
    return key.lang == _MAIN, key


def _checked(note: Headnote, was: Clause, now: Clause) -> Headnote:
    """Ask for another reading of a headnote whose clause has other words since it was written."""
    same = substance(was.text) == substance(now.text) and was.status == now.status
    return note if same else replace(note, review=True)
