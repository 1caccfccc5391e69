"""The views of a clause: its texts and headnote, each searchable on its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.model import Clause, Headnote, Records

# A view whose text is itself a question is compared with a question as like with like.
QUESTION_VIEWS = ("questions", "subject")


@dataclass(frozen=True)
class View:
    """One text that stands for a clause (``target`` is its address) or for an outside subject."""

    target: str
    name: str
    lang: str
    text: str

    @property
    def is_question(self) -> bool:
        """Whether the text is a question, to be encoded as queries are."""
        return self.name in QUESTION_VIEWS


def views_of(records: Records) -> list[View]:
    """Every view of every clause, then those of the outside subjects."""
    texts = {str(clause.address): clause for clause in records.clauses}
    notes = {str(note.address): note for note in records.headnotes}
    views = [v for clause in records.clauses for v in _clause_views(clause, texts, records)]
    views += [v for target, note in notes.items() for v in _headnote_views(target, note)]
    for subject in records.subjects:
        for lang, questions in subject.questions.items():
            views += [View(subject.id, "subject", lang, question) for question in questions]
    return views


def _clause_views(clause: Clause, texts: dict[str, Clause], records: Records) -> Iterator[View]:
    lang = next((act.lang for act in records.acts if act.id == clause.address.act), "kk")
    # A heading or an item alone is too short to place: it is read under what holds it.
    parent = texts.get(str(clause.parent)) if clause.parent else None
    context = [parent.text] if parent and clause.kind == "subparagraph" else []
    yield View(str(clause.address), "text", lang, " ".join([*context, clause.text]))


def _headnote_views(target: str, note: Headnote) -> Iterator[View]:
    for lang, title in note.title.items():
        yield View(target, "headnote", lang, f"{title}. {note.summary[lang]}")
    for lang, text in note.translation.items():
        yield View(target, "translation", lang, text)
    for lang, questions in note.questions.items():
        yield from (View(target, "questions", lang, question) for question in questions)
    for lang, terms in note.terms.items():
        yield View(target, "terms", lang, ", ".join(terms))
