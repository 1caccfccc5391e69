"""Find dates as people and acts write them in Kazakh, Russian and English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

_NUMERIC = (
    r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"
    r"|(?P<y2>\d{4})[.-](?P<m2>\d{1,2})[.-](?P<d2>\d{1,2})"
)


@dataclass(frozen=True)
class FoundDate:
    """A date and where it stands in the text it was found in."""

    value: date
    start: int
    end: int


@cache
def _months() -> dict[str, list[str]]:
    data = resources.files("kb.language").joinpath("dates.toml").read_text(encoding="utf-8")
    # Old texts write the Latin letter i in Kazakh months.
    return {
        lang: [name.replace("і", "[іi]") for name in names]
        for lang, names in tomllib.loads(data).items()
    }


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    months = {lang: "|".join(names) for lang, names in _months().items()}
    day = r"[«\"]?(?P<d>\d{1,2})[»\"]?"
    sources = (
        _NUMERIC,
        rf"(?P<y>\d{{4}})\s+(?:жыл\w*|ж\.)\s+{day}\s+(?P<kk>{months['kk']})\w*",
        rf"{day}\s+(?P<kk>{months['kk']})\w*,?\s+(?P<y>\d{{4}})",
        rf"{day}\s+(?P<ru>{months['ru']})\s+(?P<y>\d{{4}})",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<en>{months['en']}),?\s+(?P<y>\d{{4}})",
        rf"(?P<en>{months['en']})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})",
    )
    return tuple(re.compile(rf"(?<!\d)(?:{source})(?!\d)", re.IGNORECASE) for source in sources)


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield the full dates in ``text``, pattern by pattern; impossible ones are left out."""
    for pattern in _patterns():
        for match in pattern.finditer(text):
            value = _value(match)
            if value:
                yield FoundDate(value, match.start(), match.end())


def _value(match: re.Match[str]) -> date | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    month = groups.get("m") or groups.get("m2") or _month_number(groups)
    year, day = groups.get("y") or groups["y2"], groups.get("d") or groups["d2"]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month_number(groups: dict[str, str]) -> int:
    lang = next(name for name in ("kk", "ru", "en") if name in groups)
    months = enumerate(_months()[lang], start=1)
    return next(n for n, name in months if re.fullmatch(name, groups[lang], re.IGNORECASE))
