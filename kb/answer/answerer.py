"""Answer a question: read what it names, else search; decide; quote, or abstain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kb.address import ClauseAddress
from kb.answer.decide import Model, features, shares, shipped_model
from kb.answer.phrases import act_name, act_title, action_name, say
from kb.answer.quote import Citation, Library
from kb.answer.understand import Named, understand
from kb.corpus.history import State
from kb.errors import InputError
from kb.index.searcher import Hit, Searcher, SearchResult
from kb.model import Amendment, Clause, Repeal

_RELATED = 5
# A further clause is cited beside the first when its share of the question is at least this part.
_BESIDE = 0.35
# An abstention names the acts of a subject only when the question is near it.
_NEAR_SUBJECT = 0.86
# States in which what is held is not the text of the day.
_OTHER_TEXT = {State.EARLIER_NOT_HELD, State.NOT_IN_FORCE, State.NOT_IN_TEXT}


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

    def as_json(self) -> dict[str, Any]:
        """The answer as ``kb ask --json`` prints it; ``docs/json.md`` has the schema."""
        return {
            "question": self.question,
            "lang": self.lang,
            "answered": self.answered,
            "confidence": round(self.confidence, 4),
            "answer": self.text,
            "kind": self.kind,
            "on": self.on.isoformat() if self.on else None,
            "notices": list(self.notices),
            "citations": [citation.as_json(self.lang) for citation in self.citations],
            "related": [citation.as_json(self.lang) for citation in self.related],
        }


class Answerer:
    """Answers questions from one opened index."""

    def __init__(
        self, searcher: Searcher, *, max_question: int = 2000, model: Model | None = None
    ) -> None:
        """Use ``searcher``; ``max_question`` is in characters."""
        self.searcher = searcher
        self.library = Library(searcher.records, searcher.editions)
        self._max_question = max_question
        self.model = model or shipped_model(with_encoder=searcher.encoder is not None)
        self.known_days = self._known_days()

    def _known_days(self) -> set[date]:
        records = self.searcher.records
        days = {day for act in records.acts for day in (act.adopted, act.in_force)}
        days |= {a.by.date for a in records.amendments if a.by.date}
        return days | {r.act.date for r in records.repeals if r.act.date}

    def ask(self, question: str, *, lang: str | None = None, on: date | None = None) -> Answer:
        """Answer one question; ``InputError`` when it is empty or too long."""
        question = checked_question(question, self._max_question)
        query = self.searcher.understand(question, lang)
        named = understand(query.text, self.known_days)
        day = on or named.on
        answer = self._from_history(named, query.lang) or self._from_reference(
            named, query.lang, day
        )
        if answer is None:
            result = self.searcher.search(question, lang=query.lang)
            answer = self._from_search(result, day)
        return replace(answer, question=question, on=day)

    # -- history -----------------------------------------------------------------------------

    def _from_history(self, named: Named, lang: str) -> Answer | None:
        """Questions on amending and repealed acts are answered from the records."""
        numbers = [
            n for n in named.act_numbers if n not in {a.number for a in self.library.acts.values()}
        ]
        if numbers and not named.path:
            return self._about_act(numbers[0], lang)
        dated = self._dated_act(named)
        if dated:
            return self._about_act(dated, lang)
        if not named.asks_change:
            return None
        found = self._amendments(named)
        if found is None:
            return None
        if not found:
            return self._no_change(named, lang)
        return self._changes(found, lang)

    def _dated_act(self, named: Named) -> str | None:
        """The number of the one amending or repealed act that "the decree of 2013" can mean."""
        if named.year is None or named.path or named.component not in {"decree", "code", "annex"}:
            return None
        records = self.searcher.records
        acts = {r.act.number: r.act.date for r in records.repeals}
        if named.component == "decree":
            acts |= {a.by.number: a.by.date for a in records.amendments}
        found = [number for number, day in acts.items() if day and day.year == named.year]
        return found[0] if len(found) == 1 else None

    def _amendments(self, named: Named) -> list[Amendment] | None:
        """The amendments that a change question is about; ``None`` when it names too little."""
        every = list(self.searcher.records.amendments)
        if named.path or named.address:
            clause = self._named_clause(named)
            return [t.amendment for t in self.library.touched(clause[0])] if clause else None
        if named.year is not None:
            return [a for a in every if a.by.date and a.by.date.year == named.year]
        if named.component in {"code", "regulation"}:
            return [a for a in every if a.target.component == named.component]
        return every if named.component == "decree" else None

    def _about_act(self, number: str, lang: str) -> Answer:
        found = [a for a in self.searcher.records.amendments if a.by.number == number]
        repealed = [r for r in self.searcher.records.repeals if r.act.number == number]
        if found:
            return self._changes(found, lang)
        if repealed:
            return self._repealed(repealed, lang)
        text = say("no_act", lang, number=number, known=self._known_acts())
        return self._abstention(lang, text, (), "unknown-act")

    def _known_acts(self) -> str:
        records = self.searcher.records
        numbers = [act.number for act in records.acts]
        numbers += [a.by.number for a in records.amendments] + [
            r.act.number for r in records.repeals
        ]
        return ", ".join(f"№ {number}" for number in dict.fromkeys(numbers))

    def _changes(self, found: Sequence[Amendment], lang: str) -> Answer:
        """One sentence an amending act, and a citation of every clause concerned."""
        lines = [
            say(
                "changed",
                lang,
                act=act_name(by, lang),
                what=", ".join(
                    f"{a.target.cite(lang)} — {action_name(a.action, lang)}"
                    for a in found
                    if a.by == by
                ),
            )
            for by in dict.fromkeys(a.by for a in found)
        ]
        clauses = [c for a in found for c in self._concerned(a)]
        citations = tuple(self.library.cite(c) for c in dict.fromkeys(clauses))
        return self._answer(lang, "\n".join(lines), citations, kind="history")

    def _concerned(self, amendment: Amendment) -> list[Clause]:
        """The clauses an amendment names; for a whole component, its top-level clauses."""
        clause = self.library.find(amendment.target)
        if clause:
            return [clause]
        return [
            c
            for c in self.searcher.records.clauses
            if c.address.component == amendment.target.component and c.parent is None
        ]

    def _repealed(self, repeals: Sequence[Repeal], lang: str) -> Answer:
        lines = [
            say(
                "repealed_provision" if r.provision else "repealed",
                lang,
                number=r.act.number,
                date=r.act.date.isoformat() if r.act.date else "?",
                provision=r.provision,
                effective=r.effective.isoformat() if r.effective else "?",
            )
            for r in repeals
        ]
        citations = tuple(self.library.cite(self.library.get(r.clause)) for r in repeals)
        return self._answer(lang, "\n".join(lines), citations, kind="history")

    def _no_change(self, named: Named, lang: str) -> Answer:
        if named.path or named.address:
            clause = self._named_clause(named)
            related = tuple(self.library.cite(c) for c in clause or ())
            return self._abstention(lang, say("never_changed", lang), related, "history")
        known = ", ".join(
            dict.fromkeys(
                f"№ {a.by.number} ({a.by.date})" for a in self.searcher.records.amendments
            )
        )
        text = say("no_change", lang, year=named.year, known=known)
        return self._abstention(lang, text, (), "history")

    # -- explicit references -----------------------------------------------------------------

    def _named_clause(self, named: Named, on: date | None = None) -> list[Clause] | None:
        """The clauses that a reference may mean; empty when it names none that exists."""
        if named.address:
            clause = self.library.find(named.address, on)
            return [clause] if clause else []
        if not named.path:
            return None
        components = [named.component] if named.component else ["code", "regulation", "decree"]
        found = [self.library.find(ClauseAddress(c, named.path), on) for c in components]
        return [clause for clause in found if clause]

    def _from_reference(self, named: Named, lang: str, on: date | None) -> Answer | None:
        clauses = self._named_clause(named, on)
        if clauses is None:
            return None
        if not clauses:
            wanted = named.address or ClauseAddress(named.component or "code", named.path)
            if gone := self.library.gone(wanted):
                return self._ended(self.library.cite(gone), lang)
            what = wanted.cite(lang) if named.component or named.address else "/".join(named.path)
            near = [self.library.find(ClauseAddress.parse(a)) for a in self.library.nearest(wanted)]
            related = tuple(self.library.cite(c, on=on) for c in near if c)
            return self._abstention(lang, say("no_clause", lang, what=what), related, "no-clause")
        first = self.library.cite(clauses[0], on=on)
        under = self._items(first.clause) if len(clauses) == 1 else clauses[1:]
        citations = (first, *(self.library.cite(c, on=on) for c in under))
        return self._dated(
            self._answer(lang, self._lead(citations[0], lang), citations, kind="reference")
        )

    def _ended(self, citation: Citation, lang: str) -> Answer:
        """Say of a clause that only an older edition has when it was there last."""
        text = say(
            "clause_ended",
            lang,
            what=citation.label(lang),
            edition=citation.act.edition.isoformat(),
            ended=citation.ended_in.isoformat() if citation.ended_in else "",
        )
        return self._abstention(lang, text, (citation,), "no-clause")

    def _items(self, clause: Clause) -> list[Clause]:
        """The items of a list; parts are left out, because the paragraph's own text holds them."""
        if clause.kind == "part":
            return []
        return [c for c in self.library.children(clause) if c.kind != "part"]

    # -- search ------------------------------------------------------------------------------

    def _from_search(self, result: SearchResult, on: date | None) -> Answer:
        lang = result.query.lang
        probability = self.model.probability(features(result))
        divided = shares([hit.score for hit in result.hits])
        ranked = list(zip(result.hits, divided, strict=True))[: _RELATED + 1]
        near = [self.library.cite(hit.clause, share, on, follow=True) for hit, share in ranked]
        if probability < self.model.threshold:
            text = self._where_to_ask(result, lang)
            answer = self._abstention(lang, text, tuple(near[:_RELATED]), "abstention")
            return replace(answer, confidence=1.0 - probability, probability=probability)
        cited = self._cited(result.hits, divided, on)
        chosen = {c.clause.address for c in cited}
        related = tuple(c for c in near if c.clause.address not in chosen)[:_RELATED]
        answer = self._answer(lang, self._lead(cited[0], lang), cited, kind="clause")
        return self._dated(
            replace(answer, confidence=probability, probability=probability, related=related)
        )

    def _cited(
        self, hits: Sequence[Hit], divided: Sequence[float], on: date | None
    ) -> tuple[Citation, ...]:
        """The top clause, then any that shares the question with it; a list brings its items."""
        top = self.library.cite(hits[0].clause, divided[0], on, follow=True)
        items = [self.library.cite(item, divided[0], on) for item in self._items(top.clause)]
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
        lines = [say("abstain", lang)]
        acts = self._acts_pointed_to(lang)
        if subject and subject.near and result.outside.likeness >= _NEAR_SUBJECT and acts:
            lines.append(say("see_both_laws", lang, acts="; ".join(acts)))
        lines.append(say("ask_commissioner", lang))
        return "\n".join(lines)

    def _acts_pointed_to(self, lang: str) -> list[str]:
        """The laws that the text refers to, in the order of the text."""
        laws = (r for r in self.searcher.records.references if (r.act_id or "").startswith("Z"))
        return list(dict.fromkeys(act_title(r.act_id or "", r.title, lang) for r in laws))

    # -- what is said ------------------------------------------------------------------------

    def _lead(self, citation: Citation, lang: str) -> str:
        if citation.headnote:
            return citation.headnote.summary[lang]
        return say("no_headnote", lang, label=citation.label(lang))

    def _answer(
        self, lang: str, text: str, citations: tuple[Citation, ...], *, kind: str
    ) -> Answer:
        return Answer("", lang, True, 1.0, text, citations, (), (), kind)

    def _abstention(self, lang: str, text: str, related: tuple[Citation, ...], kind: str) -> Answer:
        return Answer("", lang, False, 1.0, text, (), related, (), kind)

    def _dated(self, answer: Answer) -> Answer:
        """Say what is known of the day; a wording that is not held is not quoted as the answer."""
        first = answer.citations[0]
        notices = tuple(dict.fromkeys(self._notices(answer.citations, answer.lang)))
        if first.state.state in _OTHER_TEXT:
            return replace(
                answer,
                answered=False,
                text=notices[0],
                citations=(),
                related=(*answer.citations, *answer.related),
                notices=notices,
                kind="history",
            )
        return replace(answer, notices=notices)

    def _notices(self, citations: Iterable[Citation], lang: str) -> Iterable[str]:
        return filter(None, (state_notice(citation, lang) for citation in citations))


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


_NOTICES = {
    State.NOT_IN_FORCE: "not_in_force",
    State.EARLIER_NOT_HELD: "earlier_not_held",
    State.POSSIBLY_EARLIER: "possibly_earlier",
    State.NOT_IN_TEXT: "not_in_text",
}


def _held_notice(citation: Citation) -> str | None:
    """Of the wording of the day: whether a later edition has another one, or none."""
    if citation.changed_in:
        return "earlier_wording"
    if citation.ended_in:
        return "earlier_clause"
    return "after_edition" if citation.state.after_edition else None


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
