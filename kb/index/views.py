"""The views of a clause: its texts and headnote, each searchable on its own."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace

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
    notes = {str(note.address): note for note in records.headnotes}
    views = list(_clause_views(records, notes))
    views += _official_views(records)
    views += [v for target, note in notes.items() for v in _headnote_views(target, note)]
    for subject in records.subjects:
        for lang, questions in subject.questions.items():
            views += [View(subject.id, "subject", lang, question) for question in questions]
    return views


def _clause_views(records: Records, notes: Container[str]) -> Iterator[View]:
    """The text of every clause, under what holds it: an item alone is too short to place."""
    clauses = {str(clause.address): clause for clause in records.clauses}
    langs = {act.id: act.lang for act in records.acts}
    for target, clause in clauses.items():
        parent = clauses.get(str(clause.parent)) if clause.parent else None
        context = [parent.text] if parent and clause.kind == "subparagraph" else []
        if target not in notes:
            context = [*_headings(clause, clauses), *context]
        lang = langs.get(clause.address.act or "", "kk")
        yield View(target, "text", lang, " ".join([*context, clause.text]))


def _headings(clause: Clause, clauses: Mapping[str, Clause]) -> list[str]:
    """The headings over a clause and its own, outermost first: without a headnote, its title."""
    found: list[str] = []
    step: Clause | None = clause
    while step:
        found = [step.heading, *found] if step.heading else found
        step = clauses.get(str(step.parent)) if step.parent else None
    return found


def _official_views(records: Records) -> Iterator[View]:
    """The official text of the same edition in another language, clause by clause."""
    held = {str(clause.address) for clause in records.clauses}
    newest = {(act.id, act.edition): act.lang for act in records.acts}
    for edition in records.editions:
        act = edition.act
        if newest.get((act.id, act.edition), act.lang) == act.lang:
            continue
        for clause in edition.clauses:
            target = str(replace(clause.address, edition=None))
            if target in held:
                text = f"{clause.heading} {clause.text}".strip()
                yield View(target, "translation", act.lang, text)


def _headnote_views(target: str, note: Headnote) -> Iterator[View]:
    for lang, title in note.title.items():
        yield View(target, "headnote", lang, f"{title}. {note.summary[lang]}")
    for lang, text in note.translation.items():
        yield View(target, "translation", lang, text)
    for lang, questions in note.questions.items():
        yield from (View(target, "questions", lang, question) for question in questions)
    for lang, terms in note.terms.items():
        yield View(target, "terms", lang, ", ".join(terms))
