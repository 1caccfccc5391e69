"""Read what a question names outright: clauses, acts, changes, days. The rest is free text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from kb.address import ClauseAddress
from kb.answer.named_clauses import NamedClause, named_clauses
from kb.errors import AddressError
from kb.language.dates import find_dates


@dataclass(frozen=True)
class Named:
    """What a question names.

    ``clauses`` are named by their numbers, ``address`` as an address; ``component`` is the text
    that it speaks of; ``act_numbers`` the numbers of decrees; ``asks_change`` whether it asks what
    was amended, and ``latest`` only the newest of that; ``year`` and ``on`` the year or day;
    ``acted_on`` is the actor that somebody else does something to, as in "who appoints X".
    """

    component: str | None = None
    clauses: tuple[NamedClause, ...] = ()
    address: ClauseAddress | None = None
    act_numbers: tuple[str, ...] = ()
    asks_change: bool = False
    latest: bool = False
    year: int | None = None
    on: date | None = None
    acted_on: str | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """The numbers of the first clause named."""
        return self.clauses[0].path if self.clauses else ()

    @property
    def names_something(self) -> bool:
        """Whether the question can be answered from what it names."""
        return bool(self.clauses or self.address or self.act_numbers or self.asks_change)


@cache
def naming_rules() -> dict[str, Any]:
    """How people name things in a question, from ``understanding.toml``."""
    data = resources.files("kb.answer").joinpath("understanding.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def understand(question: str, known_days: Iterable[date] = ()) -> Named:
    """Find the explicit references in a question.

    ``known_days`` are the dates of the acts themselves: one of them names its act, not a day to
    look at the text on.
    """
    text = " ".join(_ascii_digits(question.lower()).split())
    compares = _compares(text)
    year = None if compares else _year(text)
    newest = re.search(naming_rules()["change"]["newest_of_all"], text) is not None
    asks_change = compares or newest or _asks_change(text, year)
    return Named(
        component=_first_matching("components", text) or ("decree" if newest else None),
        clauses=named_clauses(text, naming_rules()),
        address=_address(text),
        act_numbers=_act_numbers(text),
        asks_change=asks_change,
        latest=asks_change and re.search(naming_rules()["change"]["latest"], text) is not None,
        year=year,
        on=None if asks_change else _day(text, year, set(known_days)),
        acted_on=_first_matching("acted_on", text),
    )


def _ascii_digits(text: str) -> str:
    """The digits of every script as those of ours."""
    return "".join(str(unicodedata.decimal(ch)) if ch.isdecimal() else ch for ch in text)


def _first_matching(table: str, text: str) -> str | None:
    """The name of the first pattern of a table that holds."""
    patterns = naming_rules()[table].items()
    return next((str(name) for name, pattern in patterns if re.search(pattern, text)), None)


def _address(text: str) -> ClauseAddress | None:
    match = re.search(naming_rules()["levels"]["address"], text)
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
        match["n"].upper()
        for pattern in naming_rules()["acts"]["numbered"]
        for match in re.finditer(pattern, text)
    ]
    return tuple(dict.fromkeys(found))


def _year(text: str) -> int | None:
    match = re.search(naming_rules()["change"]["year"], text)
    return int(match["y"]) if match else None


def _compares(text: str) -> bool:
    """Whether two years are named to be compared."""
    rules = naming_rules()["change"]
    years = {match["y"] for match in re.finditer(rules["year"], text)}
    return len(years) > 1 and re.search(rules["compare"], text) is not None


def _asks_change(text: str, year: int | None) -> bool:
    rules = naming_rules()["change"]
    if not re.search(rules["verb"], text):
        return False
    return year is not None or re.search(rules["object"], text) is not None


def _day(text: str, year: int | None, known_days: set[date]) -> date | None:
    """The day to look at the text on: a full date, or the first day of a year."""
    full = [found.value for found in find_dates(text)]
    if full:
        return next((day for day in full if day not in known_days), None)
    if year is None or not re.search(naming_rules()["change"]["as_at"], text):
        return None
    return date(year, 1, 1)
