"""Recognise the marks of Kazakh legal drafting on one line; the words are in ``drafting.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_NUMBER = r"\d+(?:-\d+)*"
_CLOSING = (".", ":", ";", "!", "?", ".»", '."', ".)")
_TITLE_LENGTH = 300
_FRONT_LINE_LENGTH = 200


@dataclass(frozen=True)
class Mark:
    """What a line begins with: its kind, its number, and the words after the number."""

    kind: str
    number: str = ""
    text: str = ""


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    data = resources.files("kb.corpus").joinpath("drafting.toml").read_text(encoding="utf-8")
    return tuple(re.compile(p.replace("{n}", _NUMBER)) for p in tomllib.loads(data)[name])


@cache
def _component_patterns() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    data = resources.files("kb.corpus").joinpath("drafting.toml").read_text(encoding="utf-8")
    table = tomllib.loads(data)["components"]
    return tuple((name, tuple(map(re.compile, patterns))) for name, patterns in table.items())


def says(name: str, text: str) -> bool:
    """Whether the line says what the patterns called ``name`` describe."""
    return any(pattern.search(text) for pattern in _patterns(name))


def mark_of(text: str) -> Mark:
    """Return the line's own mark, or one of kind ``text`` when it has none."""
    for kind in ("note", "imprint"):
        if says(kind, text):
            return Mark(kind, text=text)
    for kind in ("chapter", "section", "article", "paragraph", "subparagraph"):
        for pattern in _patterns(kind):
            match = pattern.match(text)
            if match:
                groups = match.groupdict()
                words = groups.get("heading", groups.get("text")) or ""
                return Mark(kind, groups["number"], words.strip())
    return Mark("text", text=text)


def is_closed(text: str) -> bool:
    """Whether the line ends as a sentence or an item of a list ends."""
    return text.endswith(_CLOSING)


def continues(previous: str, text: str) -> bool:
    """Whether ``text`` goes on with the sentence that ``previous`` broke off at a page end."""
    starts_low = text[:1].islower()
    return starts_low or not is_closed(previous)


def is_front_line(text: str) -> bool:
    """Whether the line may stand in a title or an approval block: short, and no sentence."""
    return len(text) <= _FRONT_LINE_LENGTH and not is_closed(text)


def is_title_line(text: str) -> bool:
    """Whether the line may be part of a title."""
    return len(text) <= _TITLE_LENGTH and not text.endswith((":", ";"))


def component_kind(title: str) -> str | None:
    """Name the kind of text that a title announces; the word nearest the end decides.

    Kazakh puts the kind last (``… әдеп кодексі``), and a title may name another act before it.
    """
    best: tuple[int, str] | None = None
    for name, patterns in _component_patterns():
        for pattern in patterns:
            for match in pattern.finditer(title):
                if best is None or match.start() > best[0]:
                    best = (match.start(), name)
    return best[1] if best else None


def number_key(number: str) -> tuple[int, ...]:
    """Order numbers with their insertions: 6, 6-1, 6-2, 7."""
    return tuple(int(part) for part in number.split("-"))


def follows(number: str, last: str | None) -> bool:
    """Whether ``number`` is the next one after ``last``, or one inserted between."""
    if last is None:
        return number == "1"
    key, previous = number_key(number), number_key(last)
    if len(key) > 1 and key > previous:
        return key[0] == previous[0]
    return key == (previous[0] + 1,)
