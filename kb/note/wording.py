"""What an exported note says of itself, from ``wording.toml``, and days in words."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources

from babel.dates import format_date

# The locale whose dates are printed: 22 February 2022, not February 22, 2022.
_LOCALES = {"kk": "kk", "ru": "ru", "en": "en_GB"}
# The tags that word processors know the languages by.
TAGS = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}


@cache
def _wording() -> dict[str, dict[str, str]]:
    data = resources.files("kb.note").joinpath("wording.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def words(name: str, lang: str, **values: object) -> str:
    """The phrase in ``lang`` with its values filled in; never two full stops at its end."""
    text = _wording()[name][lang].format(**values)
    return text[:-1] if text.endswith("..") else text


def day_in_words(day: date, lang: str) -> str:
    """A day as ``lang`` writes it out."""
    return str(format_date(day, "long", locale=_LOCALES[lang]))
