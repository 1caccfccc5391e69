"""Answer a question: read what it names, else search; decide; quote, or abstain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.address import ClauseAddress
from kb.answer.answer import Answer, LeadBy, answered, dated, refused, state_notice
from kb.answer.decide import Model, features, shares, shipped_model
from kb.answer.from_history import Histories
from kb.answer.from_references import References
from kb.answer.held import say_of_held
from kb.answer.named_acts import with_held_act
from kb.answer.phrases import act_title, say
from kb.answer.quote import Citation, Library
from kb.answer.understand import Named, understand
from kb.errors import InputError
from kb.index.searcher import Hit, Query, Searcher, SearchResult

__all__ = ["Answer", "Answerer", "Asked", "LeadBy", "checked_question", "state_notice"]

_RELATED = 5
# A further clause is cited beside the first when its share of the question is at least this part.
_BESIDE = 0.35
# An abstention names the acts of a subject only when the question is near it.
_NEAR_SUBJECT = 0.86
_DEEDS = {"function", "right", "duty"}


@dataclass(frozen=True)
class Asked:
    """A question with what became of it.

    ``result`` is the search that the answer was taken from; ``None`` where the question names
    what it asks about, and nothing was searched.
    """

    query: Query
    named: Named
    result: SearchResult | None
    answer: Answer


class Answerer:
    """Answers questions from one opened index."""

    def __init__(
        self, searcher: Searcher, *, max_question: int = 2000, model: Model | None = None
    ) -> None:
        """Use ``searcher``; ``max_question`` is in characters."""
        self.searcher = searcher
        self.library = Library(searcher.records, searcher.editions)
        self._references = References(self.library)
        self._histories = Histories(self.library, self._references)
        self._max_question = max_question
        self.model = model or shipped_model(with_encoder=searcher.encoder is not None)
        self.known_days = self._known_days()

    def _named(self, query: Query) -> Named:
        """What the question names, as it was typed, else with its misspelt words put right."""
        typed = understand(query.detected.text, self.known_days)
        if typed.names_something:
            return with_held_act(typed, query.detected.text, self.library)
        return understand(query.text, self.known_days)

    def _known_days(self) -> set[date]:
        records = self.searcher.records
        days = {day for act in records.acts for day in (act.adopted, act.in_force)}
        days |= {a.by.date for a in records.amendments if a.by.date}
        return days | {r.act.date for r in records.repeals if r.act.date}

    def ask(self, question: str, *, lang: str | None = None, on: date | None = None) -> Answer:
        """Answer one question; ``InputError`` when it is empty or too long."""
        return self.consider(question, lang=lang, on=on).answer

    def consider(self, question: str, *, lang: str | None = None, on: date | None = None) -> Asked:
        """Answer one question, and keep what the answer was taken from."""
        question = checked_question(question, self._max_question)
        query = self.searcher.understand(question, lang)
        named = self._named(query)
        day = on or named.on
        result = None
        answer = self._from_records(named, query.lang, day)
        if answer is None:
            result = self._without_own_deeds(self.searcher.rank(query), named.acted_on)
            answer = self._from_search(result, day)
            if day and not answer.answered and answer.kind == "abstention":
                answer = self._histories.text_on_day(named, query.lang, day) or answer
        return Asked(query, named, result, replace(answer, question=question, on=day))

    def from_records(self, question: str) -> Answer | None:
        """Answer what the question names outright, without searching; else ``None``."""
        query = self.searcher.understand(checked_question(question, self._max_question))
        return self._from_records(self._named(query), query.lang, None)

    def _from_records(self, named: Named, lang: str, on: date | None) -> Answer | None:
        return self._histories.answer(named, lang) or self._references.answer(named, lang, on)

    # -- search ------------------------------------------------------------------------------

    def _without_own_deeds(self, result: SearchResult, acted_on: str | None) -> SearchResult:
        """Rank what an actor does, and is, behind all else where others' acts are asked for."""
        if acted_on is None:
            return result
        own = [hit for hit in result.hits if self._is_deed(hit, acted_on)]
        others = [hit for hit in result.hits if hit not in own]
        return replace(result, hits=(*others, *own))

    def _is_deed(self, hit: Hit, actor: str) -> bool:
        note = self.library.headnote(hit.clause.address)
        if note is None or note.actor != actor:
            return False
        # A function in a list is the actor's own; a paragraph on functions may say who directs it.
        in_list = hit.clause.kind == "subparagraph" or bool(self._references.items(hit.clause))
        return note.role == "definition" or (note.role in _DEEDS and in_list)

    def _from_search(self, result: SearchResult, on: date | None) -> Answer:
        lang = result.query.lang
        probability = self.model.probability(features(result))
        if probability < self.model.threshold:
            text = self._where_to_ask(result, lang)
            answer = refused(lang, text, self._near(result.hits, on)[:_RELATED], kind="abstention")
            return replace(answer, confidence=1.0 - probability, probability=probability)
        hits = result.answering
        near = self._near(hits, on)
        cited = self._cited(hits, shares([hit.score for hit in hits]), on)
        chosen = {c.clause.address for c in cited}
        related = tuple(c for c in near if c.clause.address not in chosen)[:_RELATED]
        answer = answered(lang, self._references.lead(cited[0], lang), cited, kind="clause")
        return dated(
            replace(answer, confidence=probability, probability=probability, related=related)
        )

    def _near(self, hits: Sequence[Hit], on: date | None) -> list[Citation]:
        """Cite the first of the hits, each with its share of the question."""
        divided = shares([hit.score for hit in hits])
        ranked = list(zip(hits, divided, strict=True))[: _RELATED + 1]
        return [self.library.cite(hit.clause, share, on, follow=True) for hit, share in ranked]

    def _cited(
        self, hits: Sequence[Hit], divided: Sequence[float], on: date | None
    ) -> tuple[Citation, ...]:
        """The top clause, then any that shares the question with it; a list brings its items."""
        top = self.library.cite(hits[0].clause, divided[0], on, follow=True)
        items = self._references.cited_items(top, on, divided[0])
        beside = [
            self.library.cite(hit.clause, share, on, follow=True)
            for hit, share in list(zip(hits, divided, strict=True))[1:3]
            if share >= _BESIDE * divided[0]
        ]
        chosen: dict[ClauseAddress, Citation] = {}
        for citation in (top, *items, *beside):
            chosen.setdefault(citation.clause.address, citation)
        return tuple(chosen.values())

    def _where_to_ask(self, result: SearchResult, lang: str) -> str:
        subjects = {s.id: s for s in self.searcher.records.subjects}
        subject = subjects.get(result.outside.subject)
        lines = [say_of_held("abstain", self.searcher.records.acts, lang)]
        acts = self._acts_pointed_to(lang)
        if subject and subject.near and result.outside.likeness >= _NEAR_SUBJECT and acts:
            lines.append(say("see_both_laws", lang, acts="; ".join(acts)))
        return "\n".join(lines)

    def _acts_pointed_to(self, lang: str) -> list[str]:
        """The laws that the text refers to, in the order of the text."""
        laws = (r for r in self.searcher.records.references if (r.act_id or "").startswith("Z"))
        return list(dict.fromkeys(act_title(r.act_id or "", r.title, lang) for r in laws))


def checked_question(question: str, limit: int) -> str:
    """Return the question trimmed; ``InputError`` when it is empty, too long, or has no words."""
    text = " ".join(question.replace("\x00", " ").split())
    if not text:
        raise InputError("the question is empty; write one")
    if len(text) > limit:
        raise InputError(f"the question has {len(text)} characters; ask with at most {limit}")
    if not any(ch.isalnum() for ch in text):
        raise InputError("the question has no words; write what you want to know")
    return text
