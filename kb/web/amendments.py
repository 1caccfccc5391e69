"""The area of amendments: what changed an act and when, drawn and in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from flask import Blueprint, abort, render_template, request

from kb.address import ClauseAddress
from kb.model import Act, Repeal
from kb.web.drawing import Drawing, Drawn, Label, draw
from kb.web.knowledge import knowledge
from kb.web.languages import current_language, gettext, long_date, ngettext, say
from kb.web.links import clause_url, comparison_url
from kb.web.params import day_asked
from kb.web.states import component_name, named_act
from kb.web.timeline import (
    AMENDED,
    PREDECESSOR,
    Choice,
    Event,
    act_key,
    chosen_events,
    events_of,
    years_of,
)

area = Blueprint("amendments", __name__, url_prefix="/<any(kk, ru, en):lang>")

# A drawing of many events names fewer clauses of each; the list has them all.
_MANY_EVENTS, _FEW_CLAUSES, _CLAUSES = 12, 1, 3


@area.get("/amendments")
def amendments_page() -> str:
    """The events of an act, newest first; ``?component=``, ``?year=``, ``?by=`` choose among."""
    act, on, choice = _act(), day_asked(), _choice()
    everything = events_of(act, knowledge().library)
    events = chosen_events(everything, choice)
    return render_template(
        "amendments.html",
        act=act,
        on=on,
        choice=choice,
        components=[(c.name, component_name(c.name)) for c in act.components],
        years=[(year, year) for year in years_of(everything)],
        amending=_amending(everything),
        events=events,
        drawing=drawn(events, on),
        labels=label_of,
        place_url=place_url,
        comparison_url=comparison_url,
        is_of_newest=lambda note: note.text == knowledge().library.shelf.newest(act.id).edition.key,
        newest=knowledge().library.shelf.newest(act.id).day,
        several=len(knowledge().library.shelf.days(act.id)) > 1,
        act_key=act_key,
        later=lambda event: is_later(event, on),
    )


def _act() -> Act:
    """The act of ``?act=``; without it, the first one."""
    wanted = request.args.get("act", "").strip()
    acts = knowledge().library.acts
    return (acts.get(wanted) or abort(404)) if wanted else knowledge().acts[0]


def _amending(events: tuple[Event, ...]) -> list[tuple[str, str]]:
    """The amending acts to choose from, each by its key and its name."""
    return [(act_key(e.by), named_act(e.by)) for e in events if e.kind == AMENDED and e.by]


def _choice() -> Choice:
    names = ("component", "year", "by")
    return Choice(*(request.args.get(name, "").strip() for name in names))


def label_of(address: ClauseAddress) -> str:
    """The citation of a clause, with the levels that the text itself has."""
    library, lang = knowledge().library, current_language()
    clause = library.find(address, on=date.max)
    return library.cite(clause).label(lang) if clause else address.cite(lang)


def place_url(address: ClauseAddress) -> str:
    """The page of a clause, in the last edition that has it; of one that none has, its text."""
    clause = knowledge().library.find(address, on=date.max)
    if clause:
        return clause_url(clause.address)
    is_chapter = bool(address.path) and address.path[-1].startswith("chapter-")
    return clause_url(address if is_chapter else replace(address, path=()))


def is_later(event: Event, on: date | None) -> bool:
    """Whether the event was still to come on the day that the site is read for."""
    return on is not None and event.day is not None and event.day > on


# -- the drawing ------------------------------------------------------------------------------


def drawn(events: tuple[Event, ...], on: date | None) -> Drawing:
    """Draw the events; each opens its place in the list and the clauses that it concerns."""
    most = _FEW_CLAUSES if len(events) > _MANY_EVENTS else _CLAUSES
    return draw(
        [
            Drawn(event.day, event.kind, is_later(event, on), tuple(_labels(event, most)))
            for event in events
        ]
    )


def _labels(event: Event, most: int) -> Iterator[Label]:
    yield Label.of("day", long_date(event.day))
    yield Label.of("name", event_name(event), f"#{event.key}")
    if event.kind == PREDECESSOR and event.repeal:
        yield Label.of("clause", _ended(event.repeal), clause_url(event.repeal.clause))
    for change in event.changes[:most]:
        yield Label.of("clause", label_of(change.target), place_url(change.target))
    if (rest := len(event.changes) - most) > 0:
        more = ngettext("timeline.more.one", "timeline.more.many", rest) % {"num": rest}
        yield Label.of("clause", more, f"#{event.key}")


def _ended(repeal: Repeal) -> str:
    day = long_date(repeal.effective)
    if repeal.provision:
        return say("timeline.ended.provision", date=day)
    return say("timeline.ended", date=day)


def event_name(event: Event) -> str:
    """What happened, in a few words; an amending act is named without its day."""
    if event.by:
        return named_act(event.by, with_day=False)
    return gettext(f"timeline.{event.kind}")
