"""What is said to a question, and what must be said with it of a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from kb.answer.phrases import act_name, say
from kb.answer.quote import Citation
from kb.corpus.history import State

# States in which what is held is not the text of the day.
_OTHER_TEXT = {State.EARLIER_NOT_HELD, State.NOT_IN_FORCE, State.NOT_IN_TEXT}


class LeadBy(Enum):
    """Who phrased the text of an answer."""

    CORPUS = "corpus"
    MODEL = "model"


@dataclass(frozen=True)
class Answer:
    """What is said to a question; ``text`` is ours, the citations' quotes are the law's."""

    question: str
    lang: str
    answered: bool
    confidence: float
    text: str
    citations: tuple[Citation, ...]
    related: tuple[Citation, ...]
    notices: tuple[str, ...]
    kind: str
    on: date | None = None
    probability: float = 1.0
    lead_by: LeadBy = LeadBy.CORPUS

    def as_json(self) -> dict[str, Any]:
        """The answer as ``kb ask --json`` prints it; ``docs/json.md`` has the schema."""
        return {
            "question": self.question,
            "lang": self.lang,
            "answered": self.answered,
            "confidence": round(self.confidence, 4),
            "answer": self.text,
            "lead_by": self.lead_by.value,
            "kind": self.kind,
            "on": self.on.isoformat() if self.on else None,
            "notices": list(self.notices),
            "citations": [citation.as_json(self.lang) for citation in self.citations],
            "related": [citation.as_json(self.lang) for citation in self.related],
        }


def answered(lang: str, text: str, citations: Sequence[Citation], *, kind: str) -> Answer:
    """An answer with its citations."""
    return Answer("", lang, True, 1.0, text, tuple(citations), (), (), kind)


def refused(lang: str, text: str, related: Sequence[Citation], *, kind: str) -> Answer:
    """A refusal, with the clauses nearest to the question; it says where to ask."""
    text = f"{text}\n{say('ask_commissioner', lang)}"
    return Answer("", lang, False, 1.0, text, (), tuple(related), (), kind)


def opening(text: str) -> str:
    """The text as it stands at the head of a line: with a capital letter."""
    return text[:1].upper() + text[1:]


def is_held(citation: Citation) -> bool:
    """Whether the wording cited applied on the day, or may have."""
    return citation.state.state not in _OTHER_TEXT


def dated(answer: Answer) -> Answer:
    """Say what is known of the day; a wording that is not held is not quoted as the answer."""
    gone = {c.clause.address for c in answer.citations if not is_held(c)}
    # An item is not quoted without the clause that opens its list.
    other = [c for c in answer.citations if gone & {c.clause.address, c.clause.parent}]
    held = [c for c in answer.citations if c not in other]
    heads = [c for c in answer.citations if c.clause.parent not in gone]
    notices = tuple(_notices(heads, answer.lang))
    if answer.citations[0] in held:
        related = (*other, *answer.related)
        return replace(answer, citations=tuple(held), related=related, notices=notices)
    return replace(
        answer,
        answered=False,
        text=f"{notices[0]}\n{say('ask_commissioner', answer.lang)}",
        citations=(),
        related=(*answer.citations, *answer.related),
        notices=notices,
        kind="history",
    )


def _notices(citations: Sequence[Citation], lang: str) -> Iterator[str]:
    """One notice for all clauses, or each with the clause that it is about."""
    said: dict[str, Citation] = {}
    for citation in citations:
        notice = state_notice(citation, lang)
        if notice:
            said.setdefault(notice, citation)
    same = len(said) == 1 and all(state_notice(citation, lang) for citation in citations)
    for notice, citation in said.items():
        yield notice if same else f"{opening(citation.label(lang))}: {notice}"


_NOTICES = {
    State.NOT_IN_FORCE: "not_in_force",
    State.EARLIER_NOT_HELD: "earlier_not_held",
    State.POSSIBLY_EARLIER: "possibly_earlier",
    State.NOT_IN_TEXT: "not_in_text",
}


def state_notice(citation: Citation, lang: str) -> str | None:
    """What must be said of a citation's day, when the text is not simply the one in force."""
    name = _NOTICES.get(citation.state.state) or _held_notice(citation)
    if name == "not_in_text" and citation.ended_in and citation.ended_in <= citation.state.on:
        name = "no_longer_in_text"
    by = citation.state.replaced_by.amendment.by if citation.state.replaced_by else None
    return name and say(
        name,
        lang,
        on=citation.state.on.isoformat(),
        edition=citation.act.edition.isoformat(),
        in_force=citation.act.in_force.isoformat(),
        changed=citation.changed_in.isoformat() if citation.changed_in else "",
        ended=citation.ended_in.isoformat() if citation.ended_in else "",
        by=act_name(by, lang, "by") if by else "",
    )


def _held_notice(citation: Citation) -> str | None:
    """Of the wording of the day: whether a later edition has another one, or none."""
    if citation.changed_in:
        return "earlier_wording"
    if citation.ended_in:
        return "earlier_clause"
    if citation.act.in_force_assumed and citation.state.on < citation.act.edition:
        return "commencement_not_stated"
    return "after_edition" if citation.state.after_edition else None
