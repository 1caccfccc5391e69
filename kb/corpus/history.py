"""What is known of a clause on a day: in force or not, held or not, and by what it was replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kb.address import ClauseAddress
from kb.model import Act, Amendment

# Actions after which the whole wording is another one, so that the parts under it are too.
_WHOLE = {"restated", "excluded", "repealed", "supplemented"}


class State(Enum):
    """What can be said of a clause's wording on a day."""

    NOT_IN_FORCE = "not-yet-in-force"
    HELD = "held"
    POSSIBLY_EARLIER = "possibly-earlier"
    EARLIER_NOT_HELD = "earlier-not-held"


@dataclass(frozen=True)
class Touch:
    """An amendment that bears on a clause: certainly, or possibly by way of what holds it."""

    amendment: Amendment
    certain: bool


@dataclass(frozen=True)
class HistoryState:
    """The state of one clause on one day.

    ``replaced_by`` is the first amendment after the day that touched it, certainly or possibly;
    ``commencement_open`` says that the latest amendment before the day took effect on its
    publication, whose day is not recorded here; ``after_edition`` that the day is later than the
    edition, and changes since then are not known here.
    """

    address: ClauseAddress
    on: date
    state: State
    replaced_by: Touch | None
    commencement_open: bool
    after_edition: bool


def touches(address: ClauseAddress, amendments: Iterable[Amendment]) -> list[Touch]:
    """The amendments that bear on a clause, oldest first.

    One that names the clause itself is certain. One that restates the paragraph above it replaced
    this part too. One that amends what holds it, or a part of it, is possible: the note does not
    say which.
    """
    found = [touch for a in amendments if (touch := _touch(address, a))]
    return sorted(found, key=lambda t: (t.amendment.by.date or date.min, t.amendment.by.number))


def _touch(address: ClauseAddress, amendment: Amendment) -> Touch | None:
    target = amendment.target
    if target.component != address.component or target.act not in {None, address.act or target.act}:
        return None
    if amendment.action == "heading-restated":
        return Touch(amendment, certain=True) if target.path == address.path else None
    if target.path == address.path:
        return Touch(amendment, certain=True)
    if address.path[: len(target.path)] == target.path:
        return Touch(amendment, certain=bool(target.path) and amendment.action in _WHOLE)
    # A change inside a paragraph is a change of the paragraph as a whole.
    if target.path[: len(address.path)] == address.path:
        return Touch(amendment, certain=True)
    return None


def history(
    address: ClauseAddress, act: Act, amendments: Iterable[Amendment], on: date | None = None
) -> HistoryState:
    """Say what is known of ``address`` on a day; without one, on the day of the edition.

    Signing dates order the amendments but do not start them: before the signing day the earlier
    wording certainly applied; from it on, the new one applies as soon as it commenced.
    """
    day = on or act.edition
    found = touches(address, amendments)
    # A commencement fixed by the note itself counts; otherwise the signing day bounds it from below.
    later = [
        t for t in found if (t.amendment.commencement_date or t.amendment.by.date or day) > day
    ]
    earlier = [t for t in found if t not in later]
    if day < act.in_force:
        state = State.NOT_IN_FORCE
    elif any(t.certain for t in later):
        state = State.EARLIER_NOT_HELD
    else:
        state = State.POSSIBLY_EARLIER if later else State.HELD
    replaced = next((t for t in later if t.certain), later[0] if later else None)
    open_start = bool(earlier) and earlier[-1].amendment.commencement_date is None
    return HistoryState(address, day, state, replaced, open_start, day > act.edition)
