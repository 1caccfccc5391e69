"""Answer what a question names outright: one clause or several, with their items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kb.address import ClauseAddress
from kb.answer.answer import Answer, answered, dated, is_held, opening, refused
from kb.answer.held import say_of_held
from kb.answer.named_clauses import OTHER_ACT, NamedClause
from kb.answer.phrases import ended_by, say
from kb.answer.quote import Citation, Library
from kb.answer.understand import Named
from kb.model import Clause

# Where a paragraph may be meant when no text is named, the likeliest first.
_LIKELY = ("code", "regulation", "decree")


class References:
    """Follows explicit references within one opened library."""

    def __init__(self, library: Library) -> None:
        """Read the library's clauses."""
        self._library = library

    def named(self, named: Named, on: date | None = None) -> list[Clause] | None:
        """The clauses that a question names; ``None`` when it names none by number.

        With a day, a clause that the newest text no longer has is found in an older one.
        """
        if named.address:
            clause = self._library.find(named.address, on)
            return [clause] if clause else []
        if not named.clauses:
            return None
        found = [clause for one in named.clauses for clause in self._meant(one, on)]
        return list(dict.fromkeys(found))

    def _meant(self, one: NamedClause, on: date | None) -> list[Clause]:
        """The clauses that a reference may mean; several when it names no text."""
        if one.component == OTHER_ACT:
            return []
        components = [one.component] if one.component else _LIKELY
        if one.path[0] == "*":
            return [
                c
                for c in self._library.records.clauses
                if c.kind == "subparagraph"
                and c.address.component in components
                and c.number == one.path[-1]
            ]
        found = [self._library.find(ClauseAddress(c, one.path, one.act), on) for c in components]
        return [clause for clause in found if clause]

    def answer(self, named: Named, lang: str, on: date | None) -> Answer | None:
        """Quote what is named, or say that it does not exist."""
        clauses = self.named(named, on)
        if clauses is None:
            return None
        missing = [self._missing(one, lang) for one in named.clauses if not self._meant(one, on)]
        if not clauses:
            return self._no_clause(named, lang, on)
        # What is held comes first, so that one wording not held does not hide the rest.
        heads = [self._library.cite(clause, on=on) for clause in clauses]
        heads.sort(key=lambda head: not is_held(head))
        cited: dict[ClauseAddress, Citation] = {}
        for head in heads:
            for citation in (head, *self.cited_items(head, on)):
                cited.setdefault(citation.clause.address, citation)
        answer = dated(answered(lang, "", tuple(cited.values()), kind="reference"))
        if answer.answered:
            answer = replace(answer, text=self._lead(heads, answer))
        return replace(answer, notices=(*answer.notices, *dict.fromkeys(missing)))

    def cited_items(self, head: Citation, on: date | None, score: float = 1.0) -> list[Citation]:
        """Citations of the items of a list, as the edition cited has them."""
        return [self._library.cite(item, score, on) for item in self.items(head.clause)]

    def items(self, clause: Clause) -> list[Clause]:
        """The items of a list; parts are left out, because the paragraph's own text holds them."""
        if clause.kind == "part":
            return []
        return [c for c in self._library.children(clause) if c.kind != "part"]

    def lead(self, citation: Citation, lang: str, without: str = "no_headnote") -> str:
        """Our summary of a clause; where it has none, the phrase ``without`` names the clause."""
        if citation.headnote:
            return citation.headnote.summary[lang]
        return say(without, lang, label=citation.label(lang))

    def _lead(self, heads: Sequence[Citation], answer: Answer) -> str:
        """The summary of one clause named and held; of several, each under its name."""
        lang = answer.lang
        named = {head.clause.address for head in heads}
        cited = [c for c in answer.citations if c.clause.address in named]
        if len(cited) == 1:
            return self.lead(cited[0], lang, "named_clause")
        return "\n".join(
            f"{opening(c.label(lang))}: {self.lead(c, lang, 'no_summary')}" for c in cited
        )

    # -- what does not exist -----------------------------------------------------------------

    def _no_clause(self, named: Named, lang: str, on: date | None) -> Answer:
        if named.clauses and all(one.component == OTHER_ACT for one in named.clauses):
            return refused(lang, self._other_act(lang), (), kind="no-clause")
        wanted = [named.address] if named.address else list(map(_address, named.clauses))
        for address in wanted:
            if gone := self._library.gone(address):
                ended = self._library.cite(gone)
                return refused(lang, self._ended(ended, lang), (ended,), kind="no-clause")
        what = [named.address.cite(lang)] if named.address else self._all_missing(named, lang)
        nearest = self._library.nearest(wanted[0])
        near = [self._library.find(ClauseAddress.parse(address)) for address in nearest]
        related = [self._library.cite(c, on=on) for c in near if c]
        text = say("no_clause", lang, what="; ".join(what))
        return refused(lang, text, related, kind="no-clause")

    def _other_act(self, lang: str) -> str:
        return say_of_held("other_act", self._library.records.acts, lang)

    def _all_missing(self, named: Named, lang: str) -> list[str]:
        return list(dict.fromkeys(_named_in_words(one, lang) for one in named.clauses))

    def _missing(self, one: NamedClause, lang: str) -> str:
        if one.component == OTHER_ACT:
            return self._other_act(lang)
        if gone := self._library.gone(_address(one)):
            return self._ended(self._library.cite(gone), lang)
        return say("no_clause", lang, what=_named_in_words(one, lang))

    def _ended(self, citation: Citation, lang: str) -> str:
        """Say when a clause that only an older edition has was there last, and what ended it."""
        said = say(
            "clause_ended",
            lang,
            what=citation.label(lang),
            edition=citation.act.edition.isoformat(),
            ended=citation.ended_in.isoformat() if citation.ended_in else "",
        )
        by = self._library.shelf.ended_by(citation.clause)
        return f"{said} {ended_by(by, lang)}" if by else said


def _address(one: NamedClause) -> ClauseAddress:
    path = tuple(number for number in one.path if number != "*")
    return ClauseAddress(one.component or _LIKELY[0], path, one.act)


def _named_in_words(one: NamedClause, lang: str) -> str:
    """The citation of what does not exist; without a text, the numbers as they are written."""
    if one.component and one.path[0] != "*":
        return _address(one).cite(lang)
    return "/".join(number for number in one.path if number != "*")
