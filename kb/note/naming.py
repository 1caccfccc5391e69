"""Find the clauses that somebody names in a line: an address, a citation, or as people write it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.answer.understand import understand
from kb.errors import AddressError, NoteError
from kb.model import Clause
from kb.note.passage import full_address

# A citation in full ends with its act in brackets.
_ACT_NAMED = re.compile(r"\s*\([^()]*\)\s*$")


def named_in(text: str, library: Library, on: date | None = None) -> tuple[Clause, ...]:
    """Find what a line names; raise ``NoteError`` when it names nothing here, or too many.

    With ``on`` it is the wording of that day, where it is held; an edition in an address counts
    before the day.
    """
    line = " ".join(text.split())[:300]
    if not line:
        raise NoteError("nothing-named", "write an address like code/6/8, or a citation")
    for read in (ClauseAddress.parse, _citation):
        try:
            address = read(line)
        except AddressError:
            continue
        if clause := library.find(address, on):
            return (worded_on(library, clause, None if address.edition else on),)
        _refuse_edition(address, library)
    return tuple(worded_on(library, clause, on) for clause in _spoken(line, library, on))


def worded_on(library: Library, clause: Clause, on: date | None, *, follow: bool = False) -> Clause:
    """The clause as it read on a day, where that is held; without a day, as it is.

    ``follow`` goes after the clause itself where it had another number then.
    """
    return library.cite(clause, on=on, follow=follow).clause if on else clause


def _refuse_edition(address: ClauseAddress, library: Library) -> None:
    """Say of a clause that some edition has which editions there are; of another one, nothing."""
    last = library.find(replace(address, edition=None), date.max)
    if last is None:
        return
    days = tuple(library.shelf.days(last.address.act or ""))
    if address.edition and address.edition not in days:
        held = ", ".join(day.isoformat() for day in days)
        raise NoteError(
            "not-held", f"{address} is not held; the editions held are {held}", days=days
        )
    where = full_address(library, last)
    raise NoteError("other-edition", f"that edition has no {address}; {where} has", address=where)


def _citation(line: str) -> ClauseAddress:
    plain = _ACT_NAMED.sub("", line)
    try:
        return ClauseAddress.parse_citation(plain)
    except AddressError:
        # A citation that begins a sentence begins with a capital letter.
        return ClauseAddress.parse_citation(plain[:1].lower() + plain[1:])


def _spoken(line: str, library: Library, on: date | None) -> tuple[Clause, ...]:
    named = understand(line)
    if named.address and (clause := library.find(named.address, on)):
        return (clause,)
    found: list[Clause] = []
    for one in named.clauses:
        known = [one.component] if one.component else _components(library)
        held = [c for name in known if (c := library.find(ClauseAddress(name, one.path), on))]
        if len(held) > 1:
            raise NoteError("ambiguous", f"{line!r} stands in several texts; name the text too")
        found += held
    if not found:
        raise NoteError("nothing-named", f"{line!r} names no clause here; write one like code/6/8")
    return tuple(dict.fromkeys(found))


def _components(library: Library) -> list[str]:
    return [part.name for act in library.acts.values() for part in act.components]
