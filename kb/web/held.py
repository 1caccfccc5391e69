"""A clause that the text asked for lacks: which held editions have it, and what took it away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kb.address import ClauseAddress
from kb.answer.phrases import ended_by
from kb.answer.quote import Citation, Library
from kb.errors import AddressError
from kb.web.languages import current_language, long_date, say
from kb.web.states import dated


@dataclass(frozen=True)
class HeldClause:
    """A clause in an edition that has it."""

    citation: Citation
    day: date
    newest: bool


def editions_with(library: Library, text: str) -> tuple[HeldClause, ...]:
    """The editions that have the clause of an address, newest first."""
    try:
        address = ClauseAddress.parse(text)
    except AddressError:
        return ()
    found = library.elsewhere(address) if address.path else ()
    cited = (library.cite(clause) for clause in found)
    return tuple(HeldClause(c, c.act.edition, c.clause.address.edition is None) for c in cited)


def absence(library: Library, text: str, held: Sequence[HeldClause]) -> str:
    """Say that the text asked for lacks a clause, and which amendment a note names for it."""
    address, lang = ClauseAddress.parse(text), current_language()
    clause, act = held[0].citation.clause, held[0].citation.clause.address.act or ""
    label, shelf = held[0].citation.label(lang), library.shelf
    if address.edition is None:
        ended = shelf.ended(clause)
        said = say("gone.absent", clause=label, edition=long_date(ended or shelf.newest(act).day))
        by = shelf.ended_by(clause)
    elif address.edition in shelf.days(act):
        said = say("gone.absent", clause=label, edition=long_date(address.edition))
        by = shelf.begun_by(clause, address.edition)
    else:
        return say("gone.no_edition", edition=long_date(address.edition))
    return f"{said} {dated(ended_by(by, lang), lang)}" if by else said
