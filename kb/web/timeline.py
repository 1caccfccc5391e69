"""What happened to an act, day by day, and which of it a reader asks to see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kb.model import Act, ActReference, Amendment, Records, Repeal

AMENDED, IN_FORCE, ADOPTED, PREDECESSOR = "amended", "in-force", "adopted", "predecessor"


@dataclass(frozen=True)
class Event:
    """One event of an act; ``day`` is the signing day of an amending act or of a predecessor.

    An amending act has its ``changes``, a predecessor the ``repeal`` that ended it.
    """

    kind: str
    day: date | None
    by: ActReference | None = None
    changes: tuple[Amendment, ...] = ()
    repeal: Repeal | None = None

    @property
    def key(self) -> str:
        """The name of the event on its page and in a feed."""
        return f"{self.kind}-{act_key(self.by)}" if self.by else self.kind


@dataclass(frozen=True)
class Choice:
    """What a reader wants to see: one component, one year, one amending act; empty means all."""

    component: str = ""
    year: str = ""
    by: str = ""

    def __bool__(self) -> bool:
        return any((self.component, self.year, self.by))

    def admits(self, event: Event) -> bool:
        """Whether the event is of the chosen component, year and act."""
        return (
            self._admits_component(event)
            and (not self.year or self.year in _years(event))
            and (not self.by or (event.kind == AMENDED and self._is_by(event.by)))
        )

    def admits_change(self, change: Amendment) -> bool:
        """Whether a change is of the chosen component."""
        return self.component in {"", change.target.component}

    def _admits_component(self, event: Event) -> bool:
        if event.kind == PREDECESSOR and event.repeal:
            return self.component in {"", event.repeal.clause.component}
        # The whole act was adopted, so each of its components was.
        return event.kind != AMENDED or any(map(self.admits_change, event.changes))

    def _is_by(self, by: ActReference | None) -> bool:
        return by is not None and self.by in {by.id, by.number}


def act_key(by: ActReference) -> str:
    """What an amending act is called in an address: its code where known, else its number."""
    return by.id or by.number


def by_act(amendments: Iterable[Amendment]) -> list[tuple[ActReference, tuple[Amendment, ...]]]:
    """Group the changes by the act that made them, newest first."""
    groups: dict[ActReference, list[Amendment]] = {}
    for amendment in amendments:
        groups.setdefault(amendment.by, []).append(amendment)
    newest = sorted(groups, key=lambda by: (by.date or date.min, by.number), reverse=True)
    return [(by, tuple(groups[by])) for by in newest]


def events_of(act: Act, records: Records) -> tuple[Event, ...]:
    """Every event of an act, newest first; those without a day come last."""
    found = [
        *_amended(act, records.amendments),
        Event(IN_FORCE, act.in_force),
        Event(ADOPTED, act.adopted),
        *_predecessors(act, records.repeals),
    ]
    return tuple(sorted(found, key=lambda event: event.day or date.min, reverse=True))


def _amended(act: Act, amendments: Iterable[Amendment]) -> Iterator[Event]:
    own = (a for a in amendments if a.target.act in {None, act.id})
    yield from (Event(AMENDED, by.date, by, changes) for by, changes in by_act(own))


def _predecessors(act: Act, repeals: Iterable[Repeal]) -> Iterator[Event]:
    for repeal in repeals:
        if repeal.clause.act == act.id:
            yield Event(PREDECESSOR, repeal.act.date, repeal.act, repeal=repeal)


def chosen_events(events: Sequence[Event], choice: Choice) -> tuple[Event, ...]:
    """The events that the choice admits, each with the changes that it admits."""
    return tuple(
        Event(
            event.kind,
            event.day,
            event.by,
            tuple(filter(choice.admits_change, event.changes)),
            event.repeal,
        )
        for event in events
        if choice.admits(event)
    )


def years_of(events: Iterable[Event]) -> list[str]:
    """The years in which something happened, newest first."""
    return sorted({year for event in events for year in _years(event)}, reverse=True)


def _years(event: Event) -> set[str]:
    """A predecessor belongs to the year of its adoption and to that of its end."""
    days = (event.day, event.repeal.effective if event.repeal else None)
    return {str(day.year) for day in days if day}
