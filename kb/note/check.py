"""Check the quotes of a note against the corpus: the same, changed, altered, gone or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kb.address import ClauseAddress
from kb.answer.quote import Citation, Library
from kb.errors import AddressError
from kb.model import Clause
from kb.note.difference import Piece, difference
from kb.note.note import Item, Note, Quote
from kb.note.passage import passage, quoted_text


class Status(Enum):
    """What the corpus says of a saved quote.

    ``CHANGED``: the edition held is a later one, and its words are others. ``ALTERED``: the words
    are not those of the edition that they name, or not those that their hash was taken of.
    ``GONE``: the act is here, the clause is not. ``UNKNOWN``: the act, or an edition as late as the
    one named, is not here.
    """

    SAME = "same"
    CHANGED = "changed"
    ALTERED = "altered"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Checked:
    """An item of a note; for a quote, its status, its citation, and how the wording differs."""

    item: Item
    status: Status = Status.SAME
    citation: Citation | None = None
    difference: tuple[Piece, ...] = ()


def check(note: Note, library: Library) -> tuple[Checked, ...]:
    """Check every item of a note, in its order; own words are always the same."""
    return tuple(
        check_quote(item, library) if isinstance(item, Quote) else Checked(item)
        for item in note.items
    )


def check_quote(quote: Quote, library: Library) -> Checked:
    """Check one quote."""
    address = _address(quote)
    act = library.acts.get(address.act or "") if address else None
    if address is None or act is None:
        return Checked(quote, Status.UNKNOWN)
    clause = library.find(address)
    if clause is None:
        known = quote.edition <= act.edition
        return Checked(quote, Status.GONE if known else Status.UNKNOWN)
    return _against(quote, clause, library)


def _against(quote: Quote, clause: Clause, library: Library) -> Checked:
    citation = library.cite(clause)
    now = quoted_text(passage(library, clause, quote.opening))
    if quote.intact and quote.text == now:
        return Checked(quote, Status.SAME, citation)
    if not quote.intact or quote.edition == citation.act.edition:
        status = Status.ALTERED
    else:
        later = quote.edition > citation.act.edition
        status = Status.UNKNOWN if later else Status.CHANGED
    return Checked(quote, status, citation, difference(quote.text, now))


def _address(quote: Quote) -> ClauseAddress | None:
    """The address of a quote, without an edition: that stands beside it."""
    try:
        address = ClauseAddress.parse(quote.address)
    except AddressError:
        return None
    return None if address.edition else address
