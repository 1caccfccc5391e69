"""Check the quotes of a note against the editions held: the same, altered, gone or unknown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from kb.address import ClauseAddress
from kb.answer.quote import Citation, Library
from kb.errors import AddressError
from kb.model import Clause
from kb.note.difference import Piece, difference
from kb.note.later import Later, later_wording
from kb.note.note import Item, Note, Quote
from kb.note.passage import passage, quoted_text


class Status(Enum):
    """What the corpus says of a saved quote.

    ``SAME``: it is word for word the edition that it names; where that is not held, the newest.
    ``ALTERED``: the words are not those of the edition that they name, or not those that their hash
    was taken of. ``GONE``: the edition is here, and has no such clause. ``UNKNOWN``: the act is not
    here, or neither the edition nor the words.
    """

    SAME = "same"
    ALTERED = "altered"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Checked:
    """An item of a note; for a quote, its status, its citation, and how the wording differs.

    ``later`` says how later editions read where the quote is the same as an older one. ``held`` are
    the days of the editions held, where the one named is not among them.
    """

    item: Item
    status: Status = Status.SAME
    citation: Citation | None = None
    difference: tuple[Piece, ...] = ()
    later: Later | None = None
    held: tuple[date, ...] = ()

    @property
    def offered(self) -> Citation | None:
        """The wording that can be taken in place of the quote."""
        if self.status is not Status.SAME:
            return self.citation
        return self.later.citation if self.later and self.later.difference else None


def check(note: Note, library: Library) -> tuple[Checked, ...]:
    """Check every item of a note, in its order; own words are always the same."""
    return tuple(
        check_quote(item, library) if isinstance(item, Quote) else Checked(item)
        for item in note.items
    )


def check_quote(quote: Quote, library: Library) -> Checked:
    """Check one quote against the edition that it names."""
    address = address_of(quote)
    if address is None or address.act not in library.acts:
        return Checked(quote, Status.UNKNOWN)
    held = tuple(library.shelf.days(address.act))
    if quote.edition not in held:
        return replace(_not_held(quote, library.find(address), library), held=held)
    clause = library.find(replace(address, edition=quote.edition))
    if clause is None:
        return Checked(quote, Status.GONE)
    found = _against(quote, clause, library, Status.ALTERED)
    if found.status is not Status.SAME:
        return found
    return replace(found, later=later_wording(library, clause, quote.opening))


def _not_held(quote: Quote, newest: Clause | None, library: Library) -> Checked:
    """Compare a quote with the newest text: its own edition can not be asked."""
    if newest is None:
        return Checked(quote, Status.UNKNOWN)
    return _against(quote, newest, library, Status.UNKNOWN)


def _against(quote: Quote, clause: Clause, library: Library, otherwise: Status) -> Checked:
    citation = library.cite(clause)
    held = quoted_text(passage(library, clause, quote.opening))
    if quote.intact and quote.text == held:
        return Checked(quote, Status.SAME, citation)
    return Checked(quote, otherwise, citation, difference(quote.text, held))


def address_of(quote: Quote) -> ClauseAddress | None:
    """The address of a quote without the edition, which stands beside it and may not differ."""
    try:
        address = ClauseAddress.parse(quote.address)
    except AddressError:
        return None
    if address.act is None or address.edition not in {None, quote.edition}:
        return None
    return replace(address, edition=None)
