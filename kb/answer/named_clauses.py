"""Read the clauses that a question names, one or several, each with the text it stands in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# More than anybody names in earnest; what is pasted in by the page is cut off.
_MOST = 20
OTHER_ACT = "other-act"


@dataclass(frozen=True)
class NamedClause:
    """The numbers of a clause from paragraph to part, and the text it is in when said.

    The path of a subparagraph that is named without its paragraph begins with ``*``. The component
    is ``OTHER_ACT`` where the question speaks of an act that is none of the usual texts; ``act`` is
    the held act that it turns out to be.
    """

    component: str | None
    path: tuple[str, ...]
    act: str | None = None


@dataclass(frozen=True)
class _Found:
    """Numbers that the question gives at one level, and where."""

    start: int
    end: int
    numbers: tuple[str, ...]
    under: str | None = None
    leads: bool = False


def named_clauses(text: str, rules: Mapping[str, Any]) -> tuple[NamedClause, ...]:
    """Every clause named by its number, in the order of the question; lower-case ``text``."""
    levels = rules["levels"]
    found = {name: _find(levels[name], text, levels) for name in _LEVELS}
    components = _components(text, rules)
    if found["article"]:
        named = [(found["article"][0], _article_path(found))]
    elif found["paragraph"]:
        named = list(_paragraph_paths(found))
    else:
        named = [(sub, ("*", n)) for sub in found["subparagraph"] for n in _spoken(sub, text)]
    clauses = (NamedClause(_nearest(at, components), path) for at, path in named)
    return tuple(itertools.islice(dict.fromkeys(clauses), _MOST))


_LEVELS = ("article", "paragraph", "subparagraph", "part")


def _find(patterns: Iterable[str], text: str, levels: Mapping[str, Any]) -> list[_Found]:
    """Every place where a pattern holds, in the order of the text; a place counts once."""
    found: list[_Found] = []
    for pattern in patterns:
        for match in re.finditer(pattern.replace("NUMBERS", levels["numbers"]), text):
            start, end = match.span()
            if all(end <= other.start or start >= other.end for other in found):
                groups = match.groupdict()
                leads = re.match(levels["subparagraph_first"], match.group()) is not None
                numbers = tuple(_numbers(match["n"]))
                found.append(_Found(start, end, numbers, groups.get("s"), leads))
    return sorted(found, key=lambda f: f.start)


def _numbers(text: str) -> Iterator[str]:
    """The numbers of a list; a dash with something before and after it spans a range."""
    for piece in re.split(r"[^\d–—-]+", text):
        ends = [end for end in re.split("[–—]", piece) if end]
        if len(ends) == 2 and all(end.isdigit() for end in ends):
            first, last = map(int, ends)
            yield from map(str, range(first, min(last, first + _MOST) + 1))
        else:
            yield from (end.strip("-") for end in ends if end.strip("-"))


def _article_path(found: Mapping[str, Sequence[_Found]]) -> tuple[str, ...]:
    """An article of a law with the first paragraph and subparagraph named beside it."""
    levels = [found[name] for name in ("article", "paragraph", "subparagraph")]
    return (*(places[0].numbers[0] for places in levels if places), *_part(found))


def _part(found: Mapping[str, Sequence[_Found]]) -> tuple[str, ...]:
    return tuple(f"part-{place.numbers[0]}" for place in found["part"][:1])


def _paragraph_paths(
    found: Mapping[str, Sequence[_Found]],
) -> Iterator[tuple[_Found, tuple[str, ...]]]:
    """Each paragraph with the subparagraphs that belong to it."""
    heads = found["paragraph"]
    # A number inside a paragraph's own phrase, "6.8" or "6 (8)", is read there.
    free = [s for s in found["subparagraph"] if not any(_within(s, head) for head in heads)]
    owners = [_owner(sub, heads) for sub in free]
    for head in heads:
        under = [n for sub, o in zip(free, owners, strict=True) if o is head for n in sub.numbers]
        under += [head.under] if head.under else []
        for number in head.numbers:
            tails: list[tuple[str, ...]] = [(n,) for n in under] or [()]
            yield from ((head, (number, *tail, *_part(found))) for tail in tails)


def _within(inner: _Found, outer: _Found) -> bool:
    return inner.start < outer.end and outer.start < inner.end


def _owner(sub: _Found, heads: Sequence[_Found]) -> _Found:
    """The paragraph nearest to a subparagraph; of two as near, in Russian the next one."""

    def distance(head: _Found) -> tuple[int, bool]:
        is_next = head.start >= sub.end
        gap = head.start - sub.end if is_next else sub.start - head.end
        return gap, is_next != sub.leads

    return min(heads, key=distance)


def _spoken(sub: _Found, text: str) -> Iterable[str]:
    """A bracketed number alone names nothing: the word must stand beside it."""
    return sub.numbers if re.search(r"[^\W\d]", text[sub.start : sub.end]) else ()


def _components(text: str, rules: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Where the question names a text; one of another act hides the word inside it."""
    found: list[tuple[str, int, int]] = []
    for name in (OTHER_ACT, *rules["components"]):
        pattern = rules["other_act"] if name == OTHER_ACT else rules["components"][name]
        for match in re.finditer(pattern, text):
            start, end = match.span()
            if all(end <= s or start >= e for other, s, e in found if other == OTHER_ACT):
                found.append((name, start, end))
    return found


def _nearest(place: _Found, components: Sequence[tuple[str, int, int]]) -> str | None:
    """The text named nearest to a number; of two as near, the one behind it."""
    gaps = [(max(s - place.end, place.start - e, 0), -s, name) for name, s, e in components]
    return min(gaps)[2] if gaps else None
