"""The day that the whole site is read for: its picker, its bar, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Flask, current_app, request

from kb.answer.quote import Library
from kb.model import Act
from kb.web.knowledge import knowledge
from kb.web.languages import current_language, gettext, long_date, say
from kb.web.links import DAYLESS, kept_query, this_page
from kb.web.params import day_asked, day_given, day_text

# What is said of each act in the bar; with more acts than these it would be a page of its own.
_MOST_ACTS = 3


@dataclass(frozen=True)
class SiteDay:
    """The day of ``?on=``: none, one that can be read, or one that the reader has to correct.

    ``kept`` are the other values of the query, which the form of the picker carries on.
    """

    on: date | None
    given: str
    lines: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]

    @property
    def malformed(self) -> bool:
        """Whether something was given that is no day."""
        return bool(self.given) and self.on is None


@dataclass(frozen=True)
class HeldEdition:
    """An edition of an act: its day, the page that reads it, whether it is the one shown."""

    day: date
    href: str
    newest: bool
    shown: bool


def today() -> date:
    """The day on which the page is made."""
    return datetime.now(UTC).date()


def site_day() -> SiteDay:
    """The day that the page being made is read for."""
    on = day_given()
    return SiteDay(
        on,
        "" if on else day_text()[:40],
        tuple(_lines(on)) if on else (),
        tuple((k, v) for k, values in kept_query().items() for v in values if k != "on"),
    )


def _lines(on: date) -> Iterator[str]:
    """What must be said plainly of a day before the acts, after their editions, or to come."""
    if on > today():
        yield gettext("day.future")
    acts = _acts_of_page()
    if len(acts) <= _MOST_ACTS:
        yield from (line for act in acts if (line := _act_line(act, on)))


def _acts_of_page() -> tuple[Act, ...]:
    """The acts that the bar speaks of: none where the page itself says it beside the text."""
    return () if request.blueprint == "acts" else knowledge().acts


def _act_line(act: Act, on: date) -> str:
    name = act.short[current_language()]
    if on < act.adopted:
        return say("day.not_adopted", act=name, adopted=long_date(act.adopted))
    if on < act.in_force:
        return say("day.not_in_force", act=name, in_force=long_date(act.in_force))
    if on > act.edition:
        return say("day.after_edition", act=name, edition=long_date(act.edition))
    return ""


def editions_of(library: Library, act: str, shown: date) -> tuple[HeldEdition, ...]:
    """The held editions of an act in its main language, newest first; ``shown`` is on the page."""
    newest = library.shelf.newest(act).day
    return tuple(
        HeldEdition(
            day,
            this_page(on=None if day == newest else day.isoformat()),
            day == newest,
            day == shown,
        )
        for day in library.shelf.days(act)[::-1]
    )


def _refuse_what_is_no_day() -> None:
    endpoint = request.endpoint
    if endpoint is None or request.blueprint in DAYLESS:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        day_asked()


def init_days(app: Flask) -> None:
    """Read the day of every page, and give it to the templates."""
    app.before_request(_refuse_what_is_no_day)
    app.context_processor(lambda: {"site_day": site_day()})
