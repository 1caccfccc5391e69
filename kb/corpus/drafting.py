"""Recognise the marks of Kazakh legal drafting on one line; the words are in ``drafting.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_NUMBER = r"\d{1,3}(?:-\d{1,3})*"
# Technical rules number their paragraphs by chapter: 1.2, 4.3.1.
_DOTTED = r"[1-9]\d{0,2}(?:-\d{1,3})*(?:\.[1-9]\d{0,2}(?:-\d{1,3})*){1,3}"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_PLACEHOLDERS = {
    "{n}": _NUMBER,
    "{d}": _DOTTED,
    "{r}": rf"(?:{_NUMBER}|[ІVXХL]{{1,7}})",
    "{stop}": r"(?:\s?[.:]\s*|\s+(?=[«\"А-ЯЁӘҒҚҢӨҰҮҺІ])|\s*$)",
}
# Old texts write the Latin letter in Kazakh words; it stands for і, one for one.
_FOLDED = str.maketrans("iI", "іІ")
_BRACKETED = re.compile(r"\([^()]*\)")
_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_CLOSING = (".", ":", ";", "!", "?", ".»", '."', ".)")
_TITLE_LENGTH = 500
_FRONT_LINE_LENGTH = 200
_HEADINGS = ("section", "chapter", "subchapter")
# Longer lines are no part of what stands around the clauses: its patterns need not look at them.
_FRONT_MATTER_LENGTH = 800
# Blocks are looked for from every line, so each line is asked the same things many times.
_REMEMBERED = 16384
_FRONT_MATTER = frozenset(
    {"adoption", "adoption_kind", "issuer", "approval_strong", "approval", "approval_detail",
     "block_start", "numbered", "annex", "office", "person", "full_name", "place", "agreed"}
)  # fmt: skip
# Marks that place a line whatever stands above it, before those that carry a number.
_WHOLE = ("note", "remark", "contents", "imprint", "page")
_NUMBERED = (*_HEADINGS, "article", "paragraph", "subparagraph")
STRUCTURE = frozenset(_NUMBERED)


@dataclass(frozen=True)
class Mark:
    """What a line begins with: its kind, its number, and the words after the number."""

    kind: str
    number: str = ""
    text: str = ""


@cache
def _data() -> dict[str, Any]:
    data = resources.files("kb.corpus").joinpath("drafting.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def _compile(source: str) -> re.Pattern[str]:
    for name, pattern in _PLACEHOLDERS.items():
        source = source.replace(name, pattern)
    return re.compile(source)


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(_compile, _data()[name]))


@cache
def _component_patterns() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    return tuple((name, tuple(map(_compile, p))) for name, p in _data()["components"].items())


def fold(text: str) -> str:
    """Read the Latin i of old texts as і, letter for letter."""
    return text.translate(_FOLDED)


@lru_cache(maxsize=_REMEMBERED)
def says(name: str, text: str) -> bool:
    """Whether the line says what the patterns called ``name`` describe."""
    if len(text) > _FRONT_MATTER_LENGTH and name in _FRONT_MATTER:
        return False
    folded = fold(text)
    return any(pattern.search(folded) for pattern in _patterns(name))


def number_in(name: str, text: str) -> str | None:
    """The number that the patterns called ``name`` find in the line."""
    matches = (pattern.search(fold(text)) for pattern in _patterns(name))
    return next((m["number"] for m in matches if m), None)


def mark_of(text: str) -> Mark:
    """Return the line's own mark, or one of kind ``text`` when it has none.

    A tab parts the cells of a table: such a line is a ``row``, whatever its first cell says.
    """
    if "\t" in text:
        return Mark("row", text=text.strip())
    for kind in _WHOLE:
        if says(kind, text):
            return Mark(kind, text=text)
    folded = fold(text)
    for kind in _NUMBERED:
        for pattern in _patterns(kind):
            if match := pattern.match(folded):
                group = "heading" if "heading" in pattern.groupindex else "text"
                words = text[slice(*match.span(group))].strip()
                return Mark(kind, _arabic(match["number"]), words)
    return Mark("text", text=text)


def _arabic(number: str) -> str:
    """Write a Roman number of a heading in figures; others stay as printed."""
    if number[0].isdigit():
        return number
    values = [_ROMAN[letter] for letter in number.replace("І", "I").replace("Х", "X")]
    following = [*values[1:], 0]
    return str(sum(v if v >= after else -v for v, after in zip(values, following, strict=True)))


def is_closed(text: str) -> bool:
    """Whether the line ends as a sentence or an item of a list ends."""
    return text.endswith(_CLOSING)


def continues(previous: str, text: str) -> bool:
    """Whether ``text`` goes on with the sentence that ``previous`` broke off at a page end."""
    return text[:1].islower() or not is_closed(previous)


def is_front_line(text: str) -> bool:
    """Whether the line may stand in a title or an approval block: short, and no sentence."""
    return len(text) <= _FRONT_LINE_LENGTH and not is_closed(text)


def is_title_line(text: str) -> bool:
    """Whether the line may be part of a title: not too long, and no sentence."""
    return len(text) <= _TITLE_LENGTH and not is_closed(text)


def quotes_open(text: str) -> int:
    """How many quotation marks the text opens and does not close; straight ones count by pairs."""
    return text.count("«") - text.count("»") + text.count('"') % 2


def component_kind(title: str) -> str | None:
    """Name the kind of text that a title announces.

    Kazakh puts the kind last (``… әдеп кодексі``), Russian first (``Кодекс этики …``), and a title
    may name another act beside it. A second name in brackets does not count.
    """
    bare = _BRACKETED.sub(" ", fold(title))
    found = [
        (match.start(), name)
        for name, patterns in _component_patterns()
        for pattern in patterns
        for match in pattern.finditer(bare)
    ]
    if not found:
        return None
    nearest = max if _KAZAKH.search(title) else min
    return nearest(found, key=lambda pair: pair[0])[1]


def number_key(number: str) -> tuple[int, ...]:
    """Order numbers with their insertions and levels: 6, 6-1, 6-2, 7; 1.9, 1.10, 2.1."""
    return tuple(int(part) for part in number.replace(".", "-").split("-"))


def follows(number: str, last: str | None) -> bool:
    """Whether ``number`` is the next one after ``last``, or one inserted between."""
    if last is None:
        return number in {"1", "1.1"}
    key, previous = number_key(number), number_key(last)
    if "." in number:
        return key > previous
    if len(key) > 1 and key > previous:
        return key[0] == previous[0]
    return key == (previous[0] + 1,)
