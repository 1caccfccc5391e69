"""Clause addresses: parse, print, sort, and cite in Kazakh, Russian and English.

An address is written ``code/6/8``, in full ``U1500000153/code/6/8`` and with an edition
``U1500000153/code/6/8@2022-02-22``. The wording of citations is data: ``kb/citations.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from kb.errors import AddressError

LANGUAGES = ("kk", "ru", "en")
# The portal's codes: U1500000153, and with letters or a filler V16UL003811, Z080000062_.
_ACT = re.compile(r"[A-Z][0-9]{2}[A-Z0-9]{7,8}_?")
_ORDINAL = "[1-9][0-9]{0,4}"
# Inserted numbers are 6-1; technical rules number their paragraphs by chapter, 1.2.
_NUMBER = f"{_ORDINAL}(?:[-.]{_ORDINAL})*"
_COMPONENT = re.compile(f"[a-z]+(?:-{_ORDINAL})?")
_SEGMENT = re.compile(f"{_NUMBER}|preamble|part-{_ORDINAL}|chapter-{_NUMBER}")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
# By depth: in a law the first number is an article, elsewhere it is a paragraph.
_LAW_LEVELS = ("article", "paragraph", "subparagraph")
_PLAIN_LEVELS = ("paragraph", "subparagraph", "subparagraph")


@dataclass(frozen=True)
class ClauseAddress:
    """Where a clause stands: the component, the path in it, and optionally act and edition.

    A path segment is a number as the act prints it (``6``, ``6-1``), ``preamble``, ``part-N`` for
    an unnumbered indent, or ``chapter-N``; an empty path addresses the whole component.
    """

    component: str
    path: tuple[str, ...] = ()
    act: str | None = None
    edition: date | None = None

    @classmethod
    def parse(cls, text: str) -> ClauseAddress:
        """Read any printed form of an address; raise ``AddressError`` when it is not one."""
        head, _, edition_text = text.strip().partition("@")
        segments = head.split("/")
        act = segments.pop(0) if _ACT.fullmatch(segments[0]) else None
        if not segments or not _COMPONENT.fullmatch(segments[0]):
            raise AddressError(f"{text!r} is not a clause address; write one like code/6/8")
        for segment in segments[1:]:
            if not _SEGMENT.fullmatch(segment):
                raise AddressError(f"{segment!r} in {text!r} is not a number of a clause")
        edition = _parse_edition(text, edition_text) if "@" in text else None
        return cls(segments[0], tuple(segments[1:]), act, edition)

    def __str__(self) -> str:
        text = self.short
        if self.act:
            text = f"{self.act}/{text}"
        return f"{text}@{self.edition.isoformat()}" if self.edition else text

    @property
    def short(self) -> str:
        """The address inside its act, as in ``code/6/8``."""
        return "/".join((self.component, *self.path))

    @property
    def parent(self) -> ClauseAddress | None:
        """The clause (or component) that holds this one; ``None`` for a component."""
        return replace(self, path=self.path[:-1]) if self.path else None

    @property
    def ancestors(self) -> Iterator[ClauseAddress]:
        """The addresses above this one, nearest first, ending with the component."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    @property
    def sort_key(self) -> tuple[str, int, str, tuple[tuple[int, ...], ...], str]:
        """Order addresses as the text does: components, then numbers, inserted ones after."""
        order: list[str] = _wording()["component_order"]
        base = self.component.split("-")[0]
        rank = order.index(base) if base in order else len(order)
        edition = self.edition.isoformat() if self.edition else ""
        return (self.act or "", rank, self.component, tuple(map(_segment_key, self.path)), edition)

    def inside(self, act: str) -> ClauseAddress:
        """Return the same address with its act named."""
        return replace(self, act=act)

    def levels(self) -> tuple[str, ...]:
        """Name the level of each segment, judged by the component and the depth alone."""
        numbered = iter(_LAW_LEVELS if self.component == "law" else _PLAIN_LEVELS)
        return tuple(
            _named_level(segment) or next(numbered, "subparagraph") for segment in self.path
        )

    def cite(self, lang: str, levels: Sequence[str] | None = None) -> str:
        """Print the citation in ``lang``; ``levels`` overrides what the depth suggests.

        The texts of an act with names of its own are called by them.

        >>> ClauseAddress.parse("code/6/8").cite("ru")
        'подпункт 8) пункта 6 Этического кодекса'
        """
        wording = _language(lang)
        steps = [_component_step(wording, self.component, self.act)]
        levels = levels or self.levels()
        steps += [(wording["levels"][lv], sg) for lv, sg in zip(levels, self.path, strict=True)]
        words = [_render(wording, form["inner"], sg, "inner") for form, sg in steps[:-1]]
        words.append(_render(wording, steps[-1][0]["head"], steps[-1][1], "head"))
        if wording["order"] == "inner-first":
            words.reverse()
        return str(wording["separator"].join(words))

    @classmethod
    def parse_citation(cls, text: str, lang: str | None = None) -> ClauseAddress:
        """Read a citation printed by ``cite``; without ``lang``, try every language."""
        for candidate in (lang,) if lang else LANGUAGES:
            found = _read_citation(text.strip(), _language(candidate))
            if found:
                return cls(found[0], found[1])
        raise AddressError(f"{text!r} is not a citation; write one like code/6/8")


def _parse_edition(text: str, edition: str) -> date:
    try:
        return date.fromisoformat(edition if _DAY.fullmatch(edition) else "")
    except ValueError:
        raise AddressError(f"{text!r}: the edition after @ is a date like 2022-02-22") from None


def _segment_key(segment: str) -> tuple[int, ...]:
    numbers = tuple(int(number) for number in re.findall(r"\d+", segment))
    if segment == "preamble":
        return (-2,)
    if segment.startswith("chapter-"):
        return (-1, *numbers)
    # Parts stand beside the numbered items of the same paragraph and are listed after them.
    return (10**6, *numbers) if segment.startswith("part-") else numbers


def _named_level(segment: str) -> str | None:
    name = segment.rstrip("0123456789-.")
    return name or None


@cache
def _wording() -> dict[str, Any]:
    data = resources.files("kb").joinpath("citations.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def _language(lang: str) -> dict[str, Any]:
    if lang not in LANGUAGES:
        raise AddressError(f"no citations in {lang!r}; choose one of {', '.join(LANGUAGES)}")
    wording: dict[str, Any] = _wording()[lang]
    return wording


def _component_step(
    wording: dict[str, Any], component: str, act: str | None
) -> tuple[dict[str, str], str]:
    base, _, number = component.partition("-")
    proper = wording["named"].get(act or _wording()["default_act"], {})
    known = proper.get(base) or wording["components"].get(base)
    if not known:
        return {"head": component, "inner": component}, ""
    return {form: _numbered(wording, text, number) for form, text in known.items()}, ""


def _numbered(wording: dict[str, Any], word: str, number: str) -> str:
    """Add the number of an annex: ``2-қосымша``, ``приложение 2``."""
    if not number:
        return word
    if wording["numbered"].startswith("{n}"):
        word = word[:1].lower() + word[1:]
    return str(wording["numbered"].format(n=number, word=word))


def _render(wording: dict[str, Any], template: str, segment: str, form: str) -> str:
    number = segment.split("-", 1)[1] if _named_level(segment) and "-" in segment else segment
    if "{o}" not in template:
        return template.replace("{n}", number)
    ordinals = wording.get(f"ordinals_{form}", wording["ordinals"])
    index = int(number) - 1
    return template.replace("{o}", ordinals[index] if index < len(ordinals) else number)


def _read_citation(text: str, wording: dict[str, Any]) -> tuple[str, tuple[str, ...]] | None:
    """Read the steps in the order of the language; ``None`` when some words are left over."""
    inner_first = wording["order"] == "inner-first"
    rest, segments = text, []
    component = None if inner_first else _take_component(rest, wording)
    if component:
        rest = rest[len(component[1]) :].lstrip(", ")
    while rest and (step := _take_level(rest, wording)):
        segments.append(step[0])
        rest = rest[len(step[1]) :].lstrip(", ")
    if inner_first:
        component = _take_component(rest, wording)
        rest = rest[len(component[1]) :] if component else rest
        segments.reverse()
    return (component[0], tuple(segments)) if component and not rest else None


def _take_component(text: str, wording: dict[str, Any]) -> tuple[str, str] | None:
    forms = [
        (form, name)
        for names in (wording["components"], *wording["named"].values())
        for name, by_form in names.items()
        for form in sorted(set(by_form.values()))
    ]
    for form, name in sorted(forms, key=lambda pair: -len(pair[0])):
        for template in (_numbered(wording, form, "#"), form):
            source = re.escape(template).replace(r"\#", f"(?P<n>{_ORDINAL})")
            if match := re.match(source + r"(?=[ ,]|$)", text):
                number = match.groupdict().get("n")
                return (f"{name}-{number}" if number else name), match.group(0)
    return None


def _take_level(text: str, wording: dict[str, Any]) -> tuple[str, str] | None:
    for pattern, level in _level_patterns(_lang_of(wording)):
        match = pattern.match(text)
        if match:
            return _segment(level, match, wording), match.group(0)
    return None


def _lang_of(wording: dict[str, Any]) -> str:
    return next(lang for lang in LANGUAGES if _wording()[lang] is wording)


@cache
def _level_patterns(lang: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compile each level's forms to a pattern, the longer templates first."""
    wording = _wording()[lang]
    words = sorted(
        {*wording["ordinals"], *wording.get("ordinals_inner", [])}, key=len, reverse=True
    )
    ordinal = "|".join([*map(re.escape, words), _ORDINAL])
    pairs = [
        (template, level)
        for level, forms in wording["levels"].items()
        for template in dict.fromkeys((forms["inner"], forms["head"]))
    ]
    patterns = []
    for template, level in sorted(pairs, key=lambda pair: -len(pair[0])):
        source = re.escape(template).replace(r"\{n\}", f"(?P<n>{_NUMBER})")
        source = source.replace(r"\{o\}", f"(?P<o>{ordinal})")
        patterns.append((re.compile(source + r"(?=[ ,]|$)"), level))
    return tuple(patterns)


def _segment(level: str, match: re.Match[str], wording: dict[str, Any]) -> str:
    groups = match.groupdict()
    if level == "preamble":
        return "preamble"
    if level == "chapter":
        return f"chapter-{groups['n']}"
    if level != "part":
        return str(groups["n"])
    word = groups["o"]
    for ordinals in (wording["ordinals"], wording.get("ordinals_inner", [])):
        if word in ordinals:
            return f"part-{ordinals.index(word) + 1}"
    return f"part-{word}"
