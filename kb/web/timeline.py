"""What happened to an act, day by day, and which of it a reader asks to see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.answer.quote import Library
from kb.answer.shelf import Shelf
from kb.corpus.history import Noted
from kb.model import Act, ActReference, Amendment, Repeal

AMENDED, IN_FORCE, ADOPTED, PREDECESSOR = "amended", "in-force", "adopted", "predecessor"
EDITION = "edition"


@dataclass(frozen=True)
class Event:
    """One event of an act; ``day`` is the signing day of an amending act or of a predecessor.

    An amending act has its changes, each with the note that records it, a predecessor the
    ``repeal`` that ended it. A held edition has the ``languages`` of its texts, and the day of the
    one ``before`` it in the act's main language.
    """

    kind: str
    day: date | None
    by: ActReference | None = None
    notes: tuple[Noted, ...] = ()
    repeal: Repeal | None = None
    languages: tuple[str, ...] = ()
    before: date | None = None

    @property
    def changes(self) -> tuple[Amendment, ...]:
        """What was changed."""
        return tuple(note.amendment for note in self.notes)

    @property
    def key(self) -> str:
        """The name of the event on its page and in a feed."""
        if self.kind == EDITION and self.day:
            return f"{self.kind}-{self.day.isoformat()}"
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


def events_of(act: Act, library: Library) -> tuple[Event, ...]:
    """Every event of an act, newest first; those without a day come last."""
    found = [
        *_editions(act, library.shelf),
        *_amended(library.shelf.noted(act.id)),
        *([] if act.in_force_assumed else [Event(IN_FORCE, act.in_force)]),
        Event(ADOPTED, act.adopted),
        *_predecessors(act, library.records.repeals),
    ]
    return tuple(sorted(found, key=lambda event: event.day or date.min, reverse=True))


def _editions(act: Act, shelf: Shelf) -> Iterator[Event]:
    """Each day at which a text is held, newest first."""
    main = shelf.newest(act.id).edition.key.lang
    for day, languages in shelf.held(act.id):
        earlier = [other for other in shelf.days(act.id) if other < day and main in languages]
        yield Event(EDITION, day, languages=languages, before=max(earlier, default=None))


def _amended(notes: Iterable[Noted]) -> Iterator[Event]:
    """The changes by the act that made them, newest first."""
    groups: dict[tuple[str, date | None], list[Noted]] = {}
    for note in notes:
        by = note.amendment.by
        # A text in another language may name the kind of the act otherwise.
        groups.setdefault((by.number, by.date), []).append(note)
    newest = sorted(groups, key=lambda key: (key[1] or date.min, key[0]), reverse=True)
    for key in newest:
        by = groups[key][0].amendment.by
        yield Event(AMENDED, by.date, by, tuple(groups[key]))


def _predecessors(act: Act, repeals: Iterable[Repeal]) -> Iterator[Event]:
    for repeal in repeals:
        if repeal.clause.act == act.id:
            yield Event(PREDECESSOR, repeal.act.date, repeal.act, repeal=repeal)


def chosen_events(events: Sequence[Event], choice: Choice) -> tuple[Event, ...]:
    """The events that the choice admits, each with the changes that it admits."""
    return tuple(
        replace(event, notes=tuple(n for n in event.notes if choice.admits_change(n.amendment)))
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
