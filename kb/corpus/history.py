"""What is known of a clause on a day: in force or not, held or not, and by what it was replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kb.address import ClauseAddress
from kb.model import Act, Amendment, Edition, EditionKey

# Actions after which the whole wording is another one, so that the parts under it are too.
_WHOLE = {"restated", "excluded", "repealed"}


class State(Enum):
    """What can be said of a clause's wording on a day."""

    NOT_IN_FORCE = "not-yet-in-force"
    HELD = "held"
    POSSIBLY_EARLIER = "possibly-earlier"
    EARLIER_NOT_HELD = "earlier-not-held"
    NOT_IN_TEXT = "not-in-text"


@dataclass(frozen=True)
class Touch:
    """An amendment that bears on a clause: certainly, or possibly by way of what holds it."""

    amendment: Amendment
    certain: bool


@dataclass(frozen=True)
class HistoryState:
    """The state of one clause on one day.

    ``replaced_by`` is the first amendment, a certain one if there is any, that lies between the
    wording and that of the day; where none does, the first that touched it after the day.
    ``commencement_open`` says that the latest amendment before the day took effect on its
    publication, whose day is not recorded here; ``after_edition`` that the day is later than every
    edition, and changes since then are not known here.
    """

    address: ClauseAddress
    on: date
    state: State
    replaced_by: Touch | None
    commencement_open: bool
    after_edition: bool


def touches(
    address: ClauseAddress, amendments: Iterable[Amendment], act: Act | None = None
) -> list[Touch]:
    """The amendments that bear on a clause, by the day from which they count, oldest first.

    One that names the clause itself is certain. One that restates or excludes what holds it
    replaced this part too. One that amends what holds it is possible: the note does not say which
    part. ``act`` tells which chapter holds the clause.
    """
    above = _chapters(address, act) if act else frozenset()
    found = [touch for a in amendments if (touch := _touch(address, a, above))]
    return sorted(found, key=lambda t: (day_of(t.amendment), t.amendment.by.number))


def day_of(amendment: Amendment) -> date:
    """Return the day from which an amendment counts: the one its note fixes, or the signing day.

    The signing day only bounds the commencement from below.
    """
    return amendment.commencement_date or amendment.by.date or date.min


def _chapters(address: ClauseAddress, act: Act) -> frozenset[ClauseAddress]:
    """The addresses of the chapters that hold the clause."""
    top = (address.component, address.path[:1])
    return frozenset(
        ClauseAddress(c.component, (f"chapter-{c.number}",))
        for c in act.chapters
        if c.kind == "chapter" and any((a.component, a.path) == top for a in c.clauses)
    )


def _touch(
    address: ClauseAddress, amendment: Amendment, chapters: frozenset[ClauseAddress]
) -> Touch | None:
    target = amendment.target
    if target.component != address.component or target.act not in {None, address.act or target.act}:
        return None
    if target.path == address.path:
        return Touch(amendment, certain=True)
    if amendment.action == "heading-restated":
        return None
    in_chapter = ClauseAddress(target.component, target.path) in chapters
    if in_chapter or address.path[: len(target.path)] == target.path:
        return Touch(amendment, certain=_replaces_all(amendment))
    # A change inside a paragraph is a change of the paragraph as a whole.
    if target.path[: len(address.path)] == address.path:
        return Touch(amendment, certain=True)
    return None


def _replaces_all(amendment: Amendment) -> bool:
    """Whether every part of the target is another one since.

    What an act was supplemented with is new in all its parts; that is known where the number was
    inserted (``5-1``), while ``5-тармақ толықтырылды`` may mean a word added to paragraph 5.
    """
    if amendment.action == "supplemented":
        return "-" in amendment.target.path[-1] if amendment.target.path else False
    return amendment.action in _WHOLE


def history(
    address: ClauseAddress,
    act: Act,
    amendments: Iterable[Amendment],
    on: date | None = None,
    *,
    recorded: Iterable[Amendment] = (),
    newest: date | None = None,
) -> HistoryState:
    """Say what is known of ``address`` on a day, from one edition; by default on the edition's.

    ``amendments`` are those that the edition's own notes record, ``recorded`` those of the notes of
    all held editions, the newest of which is of the day ``newest``. Signing dates order the
    amendments but do not start them: before the signing day the earlier wording certainly
    applied; from it on, the new one applies as soon as it commenced.
    """
    day = on or act.edition
    own = list(amendments)
    known = {change_key(a) for a in own}
    others = [a for a in recorded if change_key(a) not in known]
    found = touches(address, [*own, *others], act)
    parting = [t for t in found if _parts(t.amendment, known, act.edition, day)]
    state = State.NOT_IN_FORCE if day < act.in_force else _state(parting)
    later = parting or [t for t in found if day_of(t.amendment) > day]
    replaced = next((t for t in later if t.certain), later[0] if later else None)
    earlier = [t for t in found if day_of(t.amendment) <= day]
    open_start = bool(earlier) and earlier[-1].amendment.commencement_date is None
    after = day > (newest or act.edition)
    return HistoryState(address, day, state, replaced, open_start, after)


def change_key(amendment: Amendment) -> tuple[str, tuple[str, ...], str, date | None]:
    """What tells one recorded change from another, whichever edition's note records it."""
    by = amendment.by
    return amendment.target.component, amendment.target.path, by.number, by.date


@dataclass(frozen=True)
class Noted:
    """A recorded change, and the text whose note is taken for it."""

    amendment: Amendment
    text: EditionKey


def noted(editions: Iterable[Edition]) -> tuple[Noted, ...]:
    """Every change that the notes of an act's texts record, each once.

    The first of the texts that records a change is taken for it, so they are given with the one
    to be believed first in front; a change that a newer text no longer notes is kept.
    """
    found: dict[tuple[str, tuple[str, ...], str, date | None], list[Noted]] = {}
    for edition in editions:
        own: dict[tuple[str, tuple[str, ...], str, date | None], list[Noted]] = {}
        for amendment in edition.amendments:
            own.setdefault(change_key(amendment), []).append(Noted(amendment, edition.key))
        found |= {key: notes for key, notes in own.items() if key not in found}
    return tuple(note for notes in found.values() for note in notes)


def _parts(
    amendment: Amendment,
    known: Collection[tuple[str, tuple[str, ...], str, date | None]],
    edition: date,
    day: date,
) -> bool:
    """Whether an amendment lies between an edition's wording and that of a day.

    What the edition's own notes record is in its text from the first.
    """
    counts = day_of(amendment)
    if change_key(amendment) in known:
        return counts > day
    return min(edition, day) < counts <= max(edition, day)


def _state(parting: Sequence[Touch]) -> State:
    if any(touch.certain for touch in parting):
        return State.EARLIER_NOT_HELD
    return State.POSSIBLY_EARLIER if parting else State.HELD
