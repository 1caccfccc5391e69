"""Find the clauses that an amendment note names: «3-тармақтың 2) тармақшасы», «пункты 2 и 4»."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kb.address import ClauseAddress
from kb.corpus.outline import NoteText

_NUMBER = r"\d{1,3}(?:-\d{1,3})*"
_LINK = r"(?:\s?[,–—]\s?|\s+(?:және|мен|пен|и)\s+)"
# No note lists more; without a bound, a line of nothing but numbers takes minutes.
_LONGEST_LIST = 60
_PLACEHOLDERS = {
    "{list}": rf"(?<![\d.-]){_NUMBER}(?:{_LINK}{_NUMBER}){{0,{_LONGEST_LIST}}}(?![\d.])",
    "{items}": rf"(?<![\d.-]){_NUMBER}\)(?:{_LINK}{_NUMBER}\)){{0,{_LONGEST_LIST}}}",
}
_RANKS = ("chapter", "article", "paragraph", "subparagraph")
_SUPPLEMENTED = re.compile("(?i)дополнен")
_RUSSIAN = re.compile(r"(?i)\b(?:пункт|подпункт|стать|глав|част|абзац)\w*\s")
_CHAPTER_WORD = re.compile(r"(?i)\b(?:тарау|глав)\w*")

# A level and its segment, and such steps from the outermost in.
Step = tuple[str, str]
Steps = tuple[Step, ...]


@cache
def _rules() -> dict[str, Any]:
    data = resources.files("kb.corpus").joinpath("notes.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for level, source in _rules()["targets"].items():
        for name, pattern in _PLACEHOLDERS.items():
            source = source.replace(name, pattern)
        found.append((level, re.compile(source)))
    return tuple(found)


@cache
def _part_patterns() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    """The ordinal words of each language, and the pattern of a list of them."""
    found = []
    for rule in _rules()["parts"]:
        word = "(?:" + "|".join(rule["words"]) + ")"
        listed = f"{word}(?:{_LINK}{word})*"
        found.append((tuple(rule["words"]), re.compile(rule["pattern"].replace("{words}", listed))))
    return tuple(found)


@dataclass(frozen=True)
class _Named:
    """Numbers of one level, where the note names them."""

    level: str
    segments: tuple[str, ...]
    start: int


def targets_of(
    head: str, note: NoteText, known: set[str], fallback: Sequence[ClauseAddress] = ()
) -> list[ClauseAddress]:
    """The clauses that ``head`` names; without a number the ``fallback`` or the whole component.

    ``known`` holds the short addresses of the act's clauses.
    """
    if note.about:
        return [note.about]
    named = sorted(_named(head), key=lambda n: n.start)
    found = _join_levels(_outer_first(head, named) if _RUSSIAN.search(head) else named)
    if not found:
        return list(fallback) or [ClauseAddress(note.component, _unnumbered(head, note))]
    return [_address(steps, note, known) for steps in dict.fromkeys(found)]


def _unnumbered(head: str, note: NoteText) -> tuple[str, ...]:
    """The preamble, or the chapter that the note stands in, where the note says so."""
    if re.search(_rules()["preamble"], head):
        return ("preamble",)
    if note.chapter and _CHAPTER_WORD.search(head):
        return (f"chapter-{note.chapter}",)
    return ()


def _named(head: str) -> Iterator[_Named]:
    for level, pattern in _patterns():
        for match in pattern.finditer(head):
            numbers = next(group for group in match.groups() if group)
            segments = tuple(_numbers(numbers))
            if level == "chapter":
                segments = tuple(f"chapter-{n}" for n in segments)
            yield _Named(level, segments, match.start())
    for words, pattern in _part_patterns():
        for match in pattern.finditer(head):
            said = match["words"]
            numbers = (n for n, word in enumerate(words, 1) if re.search(rf"(?i)\b{word}", said))
            yield _Named("part", tuple(f"part-{n}" for n in numbers), match.start())


def _numbers(text: str) -> Iterator[str]:
    """The numbers of a list; ``3 – 5`` between whole numbers means 4 as well."""
    last, through = "", False
    for found in re.findall(rf"{_NUMBER}|[–—]", text):
        if found in "–—":
            through = True
            continue
        if through and last.isdigit() and found.isdigit():
            yield from map(str, range(int(last) + 1, int(found)))
        yield found
        last, through = found, False


def _outer_first(head: str, named: Sequence[_Named]) -> list[_Named]:
    """Russian names the inner clause first, except for what a clause is supplemented with."""
    verb = _SUPPLEMENTED.search(head)
    at = verb.start() if verb else len(head)
    before = [n for n in named if n.start < at]
    return [*reversed(before), *reversed(named[len(before) :])]


def _join_levels(named: Sequence[_Named]) -> list[Steps]:
    """Put the levels together, outer first; a deeper clause stands in place of what holds it."""
    done: list[Steps] = []
    latest: list[Steps] = []
    for item in named:
        bases = list(dict.fromkeys(_above(steps, item.level) for steps in latest)) or [()]
        latest = [(*base, (item.level, segment)) for base in bases for segment in item.segments]
        done = [steps for steps in done if steps not in bases] + latest
    return done


def _above(steps: Steps, level: str) -> Steps:
    """The steps of ``steps`` that can hold a clause of ``level``."""
    while steps and not _holds(steps[-1][0], level):
        steps = steps[:-1]
    return steps


def _holds(above: str, level: str) -> bool:
    if above == "part":
        return level == "subparagraph"
    if level == "part":
        return above != "chapter"
    return _RANKS.index(level) > _RANKS.index(above)


def _address(steps: Steps, note: NoteText, known: set[str]) -> ClauseAddress:
    """Complete the steps by where the note stands, and settle the part by the known clauses."""
    if len(steps) > 1 and steps[0][0] == "chapter":  # an address does not name its chapter
        steps = steps[1:]
    path = tuple(segment for _, segment in steps)
    if steps[0][0] == "paragraph" and note.article:
        path = (*note.article.path, *path)
    elif steps[0][0] in {"subparagraph", "part"} and note.holder:
        path = (*note.holder.path, *path)
    if steps[-1][0] == "subparagraph":
        path = _item_path(path, note.component, known)
    return ClauseAddress(note.component, path)


def _item_path(path: tuple[str, ...], component: str, known: set[str]) -> tuple[str, ...]:
    """Where an item stands: right under its paragraph, or under one of its parts."""
    plain = tuple(segment for segment in path if not segment.startswith("part-"))
    if "/".join((component, *path)) in known:
        return path
    start, end = "/".join((component, *plain[:-1])) + "/part-", f"/{plain[-1]}"
    under = [a for a in known if a.startswith(start) and a.endswith(end)]
    return tuple(under[0].split("/")[1:]) if len(under) == 1 and path == plain else plain
