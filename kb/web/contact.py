"""The area of the ethics commissioner: whom to ask, where and when."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources

from babel.dates import format_date
from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kb.address import ClauseAddress
from kb.answer.quote import Citation
from kb.web.commissioner import WEEKDAYS, Commissioner, Hours, commissioner, telephone
from kb.web.knowledge import knowledge
from kb.web.languages import LOCALES, current_language, long_date
from kb.web.params import day_given

area = Blueprint("contact", __name__, url_prefix="/<any(kk, ru, en):lang>")

# Where the text says how the commissioner receives people, and what a body has to publish.
_RECEPTION = "regulation/9"
# What else it says that matters to someone who is about to ask: advice, protection of rights,
# complaints, independence, the anonymous survey.
_FURTHER = ("regulation/4/1", "regulation/4/5", "regulation/4/3", "regulation/7", "regulation/10")
_PHOTO_KEPT_S = 3600


@area.get("/commissioner")
def contact_page() -> str:
    """Who the commissioner is, where and when; without the file, where to look instead."""
    found = commissioner()
    return render_template(
        "contact.html",
        commissioner=found,
        phones=[(phone, telephone(phone)) for phone in found.phones] if found else (),
        schedule=[(hours_words(hours), clock(hours)) for hours in found.reception if not hours.only]
        if found
        else (),
        coming=coming(found),
        reception=_cited(_RECEPTION),
        further=[citation for address in _FURTHER if (citation := _cited(address))],
    )


@area.get("/commissioner/photo")
def photo() -> BaseResponse:
    """The commissioner's picture, as it was read when the site started."""
    found = commissioner()
    picture = found.photo if found else None
    if picture is None:
        abort(404)
    response = make_response(picture.data)
    response.content_type = picture.kind
    response.cache_control.max_age = _PHOTO_KEPT_S
    response.add_etag()
    return response.make_conditional(request)


def _cited(address: str) -> Citation | None:
    library = knowledge().library
    clause = library.find(ClauseAddress.parse(address))
    return library.cite(clause, on=day_given()) if clause else None


def coming(found: Commissioner | None) -> list[tuple[str, str]]:
    """The next days of reception in words, each with its hours."""
    days = found.next_days(datetime.now(UTC)) if found else ()
    return [(full_date(day), clock(hours)) for day, hours in days]


def next_reception() -> str:
    """The next day of reception in words; empty where none is known."""
    days = coming(commissioner())
    return f"{days[0][0]}, {days[0][1]}" if days else ""


def full_date(day: date) -> str:
    """A day in words with its weekday."""
    return str(format_date(day, "full", locale=LOCALES[current_language()]))


def clock(hours: Hours) -> str:
    """From when to when, in hours and minutes."""
    return f"{hours.start:%H:%M}–{hours.end:%H:%M}"


def hours_words(hours: Hours) -> str:
    """Which days an entry of the schedule means, in the reader's language."""
    if hours.only:
        return long_date(hours.only)
    return _wording()[current_language()][WEEKDAYS[hours.weekday]][hours.week]


@cache
def _wording() -> dict[str, dict[str, list[str]]]:
    text = resources.files("kb.web").joinpath("reception.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
