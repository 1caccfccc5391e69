"""Find the clauses that somebody names in a line: an address, a citation, or as people write it."""

from __future__ import annotations

import re

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.answer.understand import understand
from kb.errors import AddressError, NoteError, UnknownAddressError
from kb.model import Clause

# A citation in full ends with its act in brackets.
_ACT_NAMED = re.compile(r"\s*\([^()]*\)\s*$")


def named_in(text: str, library: Library) -> tuple[Clause, ...]:
    """Find what a line names; raise ``NoteError`` when it names nothing here, or too many."""
    line = " ".join(text.split())[:300]
    if not line:
        raise NoteError("nothing-named", "write an address like code/6/8, or a citation")
    for read in (ClauseAddress.parse, _citation):
        try:
            return (library.get(read(line)),)
        except (AddressError, UnknownAddressError):
            continue
    return _spoken(line, library)


def _citation(line: str) -> ClauseAddress:
    plain = _ACT_NAMED.sub("", line)
    try:
        return ClauseAddress.parse_citation(plain)
    except AddressError:
        # A citation that begins a sentence begins with a capital letter.
        return ClauseAddress.parse_citation(plain[:1].lower() + plain[1:])


def _spoken(line: str, library: Library) -> tuple[Clause, ...]:
    named = understand(line)
    if named.address and (clause := library.find(named.address)):
        return (clause,)
    found: list[Clause] = []
    for one in named.clauses:
        known = [one.component] if one.component else _components(library)
        held = [c for name in known if (c := library.find(ClauseAddress(name, one.path)))]
        if len(held) > 1:
            raise NoteError("ambiguous", f"{line!r} stands in several texts; name the text too")
        found += held
    if not found:
        raise NoteError("nothing-named", f"{line!r} names no clause here; write one like code/6/8")
    return tuple(dict.fromkeys(found))


def _components(library: Library) -> list[str]:
    return [part.name for act in library.acts.values() for part in act.components]
