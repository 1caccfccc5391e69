"""What an exported text or feed says in our own words, from ``wording.toml``."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources

from babel.dates import format_date

from kb.model import ActReference


@cache
def _wording() -> dict[str, dict[str, dict[str, str]]]:
    data = resources.files("kb.exchange").joinpath("wording.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def say(name: str, lang: str, **values: object) -> str:
    """Return the phrase in ``kk``, ``ru`` or ``en`` with its values filled in."""
    return _wording()["text"][name][lang].format(**values)


def name_act(act: ActReference, lang: str) -> str:
    """Name an act by its kind, number and signing day, as a reader of ``lang`` writes it."""
    by_kind = _wording()["by"]
    form = by_kind.get(act.kind) or by_kind["other"]
    day = say("of_day", lang, date=said_day(act.date, lang)) if act.date else ""
    return form[lang].format(number=act.number, day=day)


def said_day(day: date, lang: str) -> str:
    """A day as the reader writes it: 22.02.2022, or 22 February 2022."""
    return str(format_date(day, say("day", lang), locale=lang))


def name_action(action: str, lang: str) -> str:
    """Name what an amendment did; an action without a name is given as recorded."""
    named = _wording()["action"].get(action)
    return named[lang] if named else action
