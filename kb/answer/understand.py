"""Read what a question names outright: clauses, acts, changes, days. The rest is free text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from kb.address import ClauseAddress
from kb.errors import AddressError
from kb.language.dates import find_dates


@dataclass(frozen=True)
class Named:
    """What a question names.

    ``paths`` are the numbers of a clause from paragraph to part, ``component`` the text it is in
    when said; ``act_numbers`` the numbers of decrees; ``asks_change`` whether it asks what was
    amended; ``year`` and ``on`` the year or day it speaks of.
    """

    component: str | None = None
    path: tuple[str, ...] = ()
    address: ClauseAddress | None = None
    act_numbers: tuple[str, ...] = ()
    asks_change: bool = False
    year: int | None = None
    on: date | None = None


@cache
def _rules() -> dict[str, Any]:
    data = resources.files("kb.answer").joinpath("understanding.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def understand(question: str, known_days: Iterable[date] = ()) -> Named:
    """Find the explicit references in a question.

    ``known_days`` are the dates of the acts themselves: one of them names its act, not a day to
    look at the text on.
    """
    text = " ".join(question.lower().split())
    year = _year(text)
    asks_change = _asks_change(text, year)
    return Named(
        component=_component(text),
        path=_path(text),
        address=_address(text),
        act_numbers=_act_numbers(text),
        asks_change=asks_change,
        year=year,
        on=None if asks_change else _day(text, year, set(known_days)),
    )


def _component(text: str) -> str | None:
    for name, pattern in _rules()["components"].items():
        if re.search(pattern, text):
            return str(name)
    return None


def _path(text: str) -> tuple[str, ...]:
    """The numbers named level by level; a subparagraph alone names no clause."""
    levels = _rules()["levels"]
    found = {
        level: _first(levels[level], text)
        for level in ("article", "paragraph", "subparagraph", "part")
    }
    if not (found["article"] or found["paragraph"]):
        return ()
    path = [n for level in ("article", "paragraph", "subparagraph") if (n := found[level])]
    return (*path, f"part-{found['part']}") if found["part"] else tuple(path)


def _first(patterns: Iterable[str], text: str) -> str | None:
    for pattern in patterns:
        match = re.search(pattern, text)
        if match:
            return match["n"]
    return None


def _address(text: str) -> ClauseAddress | None:
    match = re.search(_rules()["levels"]["address"], text)
    if not match:
        return None
    try:
        address = ClauseAddress.parse(match["place"].rstrip("/-"))
        # The question was put in small letters; the code of an act has capitals.
        return ClauseAddress.parse(f"{match['act'].upper()}/{address}") if match["act"] else address
    except AddressError:
        return None


def _act_numbers(text: str) -> tuple[str, ...]:
    found = [
        match["n"]
        for pattern in _rules()["acts"]["numbered"]
        for match in re.finditer(pattern, text)
    ]
    return tuple(dict.fromkeys(found))


def _year(text: str) -> int | None:
    match = re.search(_rules()["change"]["year"], text)
    return int(match["y"]) if match else None


def _asks_change(text: str, year: int | None) -> bool:
    rules = _rules()["change"]
    if not re.search(rules["verb"], text):
        return False
    return year is not None or re.search(rules["object"], text) is not None


def _day(text: str, year: int | None, known_days: set[date]) -> date | None:
    """The day to look at the text on: a full date, or the first day of a year."""
    full = [found.value for found in find_dates(text)]
    if full:
        return next((day for day in full if day not in known_days), None)
    if year is None or not re.search(_rules()["change"]["as_at"], text):
        return None
    return date(year, 1, 1)
