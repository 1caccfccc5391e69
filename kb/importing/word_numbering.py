"""The numbers that Word sets before paragraphs by itself, as they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LARGEST = 100_000


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered: its first number, its format and its text (``%1.``)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass
class _List:
    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


def whole(value: str | None, default: int) -> int:
    """A number of an attribute, within what a document may have."""
    try:
        number = int(value or "")
    except ValueError:
        return default
    return number if 0 <= number <= _LARGEST else default


class Numbering:
    """The lists of a document and how far each has been counted."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        """Read ``numbering.xml`` and the styles that carry a list."""
        self._lists: dict[str, _List] = {}
        self._shared: dict[str, _List] = {}
        self._styles = _style_lists(styles)
        if numbering is not None:
            self._read(numbering)

    def _read(self, root: etree._Element) -> None:
        abstract = {a.get(f"{W}abstractNumId"): _levels(a) for a in root.iter(f"{W}abstractNum")}
        for num in root.iter(f"{W}num"):
            name = _value(num, "abstractNumId") or ""
            levels = abstract.get(name, {})
            changed = _overrides(num, levels)
            # Lists of one definition count on together, unless one of them starts anew.
            found = _List(changed) if changed else self._shared.setdefault(name, _List(levels))
            self._lists[num.get(f"{W}numId") or ""] = found

    def next_number(self, paragraph: etree._Element) -> str:
        """The number that stands before the paragraph, counted on; empty where there is none."""
        name, depth = self._list_of(paragraph)
        found = self._lists.get(name)
        if found is None or name == "0":
            return ""
        level = found.levels.get(depth, Level())
        found.counts[depth] = found.counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, _LEVELS):
            found.counts.pop(deeper, None)
        if level.form in {"bullet", "none"}:
            return ""
        return _PLACE.sub(lambda m: _printed(found, int(m[1]) - 1), level.text)

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return "", 0
        style = self._styles.get(_value(properties, "pStyle") or "", ("", 0))
        own = properties.find(f"{W}numPr")
        if own is None:
            return style
        name = _value(own, "numId")
        return name if name is not None else style[0], whole(_value(own, "ilvl"), style[1])


def _value(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return None if found is None else str(found.get(f"{W}val") or "")


def _levels(abstract: etree._Element) -> dict[int, Level]:
    return {whole(e.get(f"{W}ilvl"), 0): _level(e) for e in abstract.findall(f"{W}lvl")}


def _level(element: etree._Element) -> Level:
    form = _value(element, "numFmt") or "decimal"
    return Level(whole(_value(element, "start"), 1), form, _value(element, "lvlText") or "")


def _overrides(num: etree._Element, levels: dict[int, Level]) -> dict[int, Level] | None:
    """The levels of a list that changes those of its definition."""
    changed: dict[int, Level] = {}
    for override in num.findall(f"{W}lvlOverride"):
        depth = whole(override.get(f"{W}ilvl"), 0)
        own = override.find(f"{W}lvl")
        level = _level(own) if own is not None else levels.get(depth, Level())
        start = _value(override, "startOverride")
        changed[depth] = Level(whole(start, level.start), level.form, level.text)
    return levels | changed if changed else None


def _style_lists(styles: etree._Element | None) -> dict[str, tuple[str, int]]:
    """The list and level of each style, its own or that of the style it is based on."""
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        name = str(style.get(f"{W}styleId") or "")
        based[name] = _value(style, "basedOn") or ""
        numbers = style.find(f"{W}pPr/{W}numPr")
        if numbers is not None and (list_name := _value(numbers, "numId")):
            own[name] = (list_name, whole(_value(numbers, "ilvl"), 0))
    found = dict(own)
    for name in based:
        above, seen = based[name], {name}
        while above and above not in own and above not in seen:
            seen.add(above)
            above = based.get(above, "")
        if name not in own and above in own:
            found[name] = own[above]
    return found


def _printed(found: _List, depth: int) -> str:
    level: Level = found.levels.get(depth, Level())
    number = found.counts.get(depth, level.start)
    writers: dict[str, Any] = {
        "lowerRoman": _roman,
        "lowerLetter": _letter,
        "russianLower": _russian,
    }
    form = level.form
    if form.startswith("upper") or form == "russianUpper":
        lower = {
            "upperRoman": "lowerRoman",
            "upperLetter": "lowerLetter",
            "russianUpper": "russianLower",
        }
        return str(writers.get(lower.get(form, ""), str)(number)).upper()
    return str(writers.get(form, str)(number))


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    digits = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        digits.append(letters * count)
    return "".join(digits)


def _letter(number: int) -> str:
    return _LATIN[(number - 1) % len(_LATIN)] * ((number - 1) // len(_LATIN) + 1)


def _russian(number: int) -> str:
    return _RUSSIAN[(number - 1) % len(_RUSSIAN)] * ((number - 1) // len(_RUSSIAN) + 1)
