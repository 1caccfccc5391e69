"""Read the values of a query; what cannot be read is said in one line."""

from __future__ import annotations

import re
from datetime import date

from flask import request

from kb.web.errors import PageError
from kb.web.languages import say

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,6}")
# A query names a handful of values of a facet; a longer list is no reader's.
_MOST_CHOSEN = 20


def day_asked() -> date | None:
    """The day of ``?on=``; an empty one counts as none, a malformed one is a 400."""
    text = day_text()
    day = day_given()
    if text and day is None:
        raise PageError(400, say("error.date", given=text[:40]))
    return day


def day_given() -> date | None:
    """The day of ``?on=`` where there is a well-formed one; the error pages use it too."""
    try:
        return date.fromisoformat(day_text()) if _DAY.fullmatch(day_text()) else None
    except ValueError:
        return None


def day_text() -> str:
    """What stands in ``?on=``, a day or not."""
    return request.args.get("on", "").strip()


def question_asked(limit: int) -> str:
    """The question of ``?q=`` in one line; a 400 when it is longer than ``limit`` characters."""
    text = " ".join(request.args.get("q", "").replace("\x00", " ").split())
    if len(text) > limit:
        raise PageError(400, say("error.long", length=len(text), limit=limit))
    return text


def switched(name: str, default: bool) -> bool:
    """Whether a switch such as ``?source=1`` is on."""
    return request.args.get(name, "1" if default else "0") == "1"


def chosen(name: str) -> tuple[str, ...]:
    """The values chosen of one facet, each once; a facet may stand in a query several times."""
    given = (value.strip() for value in request.args.getlist(name)[:_MOST_CHOSEN])
    return tuple(dict.fromkeys(value for value in given if value))


def page_asked(last: int) -> int:
    """The page of ``?page=`` within 1 to ``last``; anything else is the nearest of them."""
    text = request.args.get("page", "").strip()
    return max(1, min(int(text) if _NUMBER.fullmatch(text) else 1, last))
