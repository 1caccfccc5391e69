"""Word-level differences of two texts, with typographic noise set apart from substance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from kb.language.noise import substance, without_restored

# A number keeps its parts together (6-1, 12.10.2021), a word its hyphens.
_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"(?P<number>№|\bN[oо°º]?\.?(?=\s*\d))|\w+(?:[-.]\w+)*|[^\w\s]")
# The kinds of noise; `letters` may hide a change, and is always counted apart.
SPACES, SIGNS, LOOK_ALIKES, LETTERS = "spaces", "signs", "look-alikes", "letters"
Span = tuple[int, int]


@dataclass(frozen=True)
class Difference:
    """A run of words that is another one: ``before`` and ``after`` are spans of the two texts.

    ``noise`` is empty for a difference of substance; else ``spaces``, ``signs`` (quotes, dashes,
    ``№``), ``look-alikes`` (Latin letters), or ``letters``: a lost or restored ``і``.
    """

    before: Span
    after: Span
    noise: str = ""

    @property
    def mirrored(self) -> Difference:
        """The same difference the other way round."""
        return Difference(self.after, self.before, self.noise)


@dataclass(frozen=True)
class _Words:
    """A text with the spans of its tokens, and what each is compared by."""

    text: str
    spans: tuple[Span, ...]
    keys: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Words:
        found = list(_TOKEN.finditer(text))
        return cls(text, tuple(m.span() for m in found), tuple(map(_key, found)))

    def span(self, start: int, end: int) -> Span:
        """The span of the tokens from ``start`` up to ``end``; an empty one follows a token."""
        if start < end:
            return self.spans[start][0], self.spans[end - 1][1]
        place = self.spans[start - 1][1] if start else 0
        return place, place

    def with_space(self, span: Span) -> Span:
        """The span with the white space before it, or after it at the head of the text."""
        head, tail = self.text[: span[0]], self.text[span[1] :]
        if head.strip():
            return len(head.rstrip()), span[1]
        return span[0], len(self.text) - len(tail.lstrip())


def _key(token: re.Match[str]) -> str:
    return "№" if token["number"] else substance(token.group()) or token.group()


Vocabulary = frozenset[str]


def differences(
    before: str,
    after: str,
    in_use: tuple[Vocabulary, Vocabulary] = (frozenset(), frozenset()),
) -> tuple[Difference, ...]:
    """What differs between two texts, in order; given the other way round, the same mirrored.

    ``in_use`` has the words that each of the two editions uses. A word that lacks an ``і`` and that
    the other edition uses as it stands is another word, not a damaged one.
    """
    if before == after:
        return ()
    # One of several equally short scripts is found: always that of the same direction.
    if before > after:
        return tuple(d.mirrored for d in differences(after, before, in_use[::-1]))
    one, other = _Words.of(before), _Words.of(after)
    runs = _joined(_runs(one.keys, other.keys), one)
    found = [_difference(run, one, other, in_use) for run in runs]
    return tuple(
        sorted([*found, *_noise_between(runs, one, other)], key=lambda d: (d.before, d.after))
    )


Run = tuple[int, int, int, int]


def _runs(one: Sequence[str], other: Sequence[str]) -> Iterator[Run]:
    """The runs of tokens that differ, as ``(start, end)`` in the one and in the other."""
    start: tuple[int, int] | None = None
    end = (0, 0)
    for op in Indel.opcodes(one, other):
        if op.tag == "equal":
            if start:
                yield start[0], end[0], start[1], end[1]
            start = None
            continue
        start = start or (op.src_start, op.dest_start)
        end = (op.src_end, op.dest_end)
    if start:
        yield start[0], end[0], start[1], end[1]


def _joined(runs: Iterable[Run], one: _Words) -> list[Run]:
    """Join runs with nothing but a mark of punctuation between them: they are one change."""
    found: list[Run] = []
    for run in runs:
        if found and _only_marks(one.keys[found[-1][1] : run[0]]):
            run = (found[-1][0], run[1], found[-1][2], run[3])
            found.pop()
        found.append(run)
    return found


def _only_marks(keys: Sequence[str]) -> bool:
    return not any(ch.isalnum() for key in keys for ch in key)


def _difference(
    run: Run, one: _Words, other: _Words, in_use: tuple[Vocabulary, Vocabulary]
) -> Difference:
    before, after = one.span(*run[:2]), other.span(*run[2:])
    # A word that is simply taken out goes with the space that parted it from the others.
    if before[0] == before[1]:
        after = other.with_space(after)
    elif after[0] == after[1]:
        before = one.with_space(before)
    first, second = one.text[slice(*before)], other.text[slice(*after)]
    kind = kind_of(first, second) if first and second else ""
    if kind == LETTERS and _is_another_word(first, second, in_use):
        kind = ""
    return Difference(before, after, kind)


def words_of(texts: Iterable[str]) -> Vocabulary:
    """The words that texts use, in small letters."""
    return frozenset(word for text in texts for word in _WORD.findall(text.casefold()))


def _is_another_word(first: str, second: str, in_use: tuple[Vocabulary, Vocabulary]) -> bool:
    """Whether a word of the one that lacks a letter of the other's is a word there as well."""
    pairs = list(zip(*(_WORD.findall(t.casefold()) for t in (first, second)), strict=False))
    poorer = [(a, in_use[1]) if len(a) < len(b) else (b, in_use[0]) for a, b in pairs if a != b]
    return any(word in words for word, words in poorer)


def kind_of(first: str, second: str) -> str:
    """The kind of noise that two runs of words differ by; empty where it is substance."""
    if substance(first) == substance(second):
        return _printed(first, second)
    return LETTERS if without_restored(first) == without_restored(second) else ""


def _printed(first: str, second: str) -> str:
    """The kind of noise of two runs that are equal in substance."""
    letters = ["".join(filter(str.isalpha, text)) for text in (first, second)]
    signs = [
        [ch for ch in text if not ch.isalnum() and not ch.isspace()] for text in (first, second)
    ]
    if signs[0] != signs[1]:
        return SIGNS
    return SPACES if letters[0] == letters[1] else LOOK_ALIKES


def _noise_between(runs: Sequence[Run], one: _Words, other: _Words) -> Iterator[Difference]:
    """Noise in the tokens that count as equal and in the spaces between them."""
    at, there = 0, 0
    for start, end, other_start, other_end in [*runs, _after_all(one, other)]:
        for i, j in zip(range(at, start), range(there, other_start), strict=True):
            if one.text[slice(*one.spans[i])] != other.text[slice(*other.spans[j])]:
                first, second = one.text[slice(*one.spans[i])], other.text[slice(*other.spans[j])]
                yield Difference(one.spans[i], other.spans[j], _printed(first, second))
            if i + 1 < start and (gaps := _gaps(i, j, one, other)):
                yield gaps
        at, there = end, other_end


def _after_all(one: _Words, other: _Words) -> Run:
    return len(one.keys), len(one.keys), len(other.keys), len(other.keys)


def _gaps(i: int, j: int, one: _Words, other: _Words) -> Difference | None:
    """The white space after two equal tokens, where it differs."""
    first = (one.spans[i][1], one.spans[i + 1][0])
    second = (other.spans[j][1], other.spans[j + 1][0])
    if one.text[slice(*first)] == other.text[slice(*second)]:
        return None
    return Difference(first, second, SPACES)


@dataclass(frozen=True)
class Segment:
    """A run of a compared text: ``same``, ``removed`` or ``inserted``, and the kind of noise."""

    kind: str
    text: str
    noise: str = ""


def segments(
    before: str, after: str, found: Iterable[Difference], *, with_noise: bool
) -> tuple[Segment, ...]:
    """The second text with what was removed and inserted marked; noise reads as it is now."""
    pieces, at = [], 0
    for difference in found:
        if difference.noise and not with_noise:
            continue
        start, end = difference.after
        pieces += [
            Segment("same", after[at:start]),
            Segment("removed", before[slice(*difference.before)], difference.noise),
            Segment("inserted", after[start:end], difference.noise),
        ]
        at = end
    pieces.append(Segment("same", after[at:]))
    return tuple(piece for piece in pieces if piece.text)


def sides(
    before: str, after: str, found: Sequence[Difference], *, with_noise: bool
) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Each text letter for letter, with its own part of the differences marked."""
    marked = [d for d in found if with_noise or not d.noise]
    return (
        _side(before, "removed", [(d.before, d.noise) for d in marked]),
        _side(after, "inserted", [(d.after, d.noise) for d in marked]),
    )


def _side(text: str, kind: str, marks: Iterable[tuple[Span, str]]) -> tuple[Segment, ...]:
    pieces, at = [], 0
    for (start, end), noise in marks:
        pieces += [Segment("same", text[at:start]), Segment(kind, text[start:end], noise)]
        at = end
    pieces.append(Segment("same", text[at:]))
    return tuple(piece for piece in pieces if piece.text)
