"""How sure the words of an answer may be: bands of probability, by the share that was right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Outcome = tuple[float, bool]
# What the words promise: of the answers said with them, at least this share was right.
SURE, PROBABLE = 0.97, 0.8
# Fewer answers than these show nothing.
_FEWEST = 20
# The least probable answers of a band may fall this far short of what the whole of it promises.
_SLACK = 0.05


@dataclass(frozen=True)
class Band:
    """Answers with at least the probability ``lowest``, below the band above it."""

    lowest: float
    answers: int
    right: int


def bands(outcomes: Iterable[Outcome]) -> dict[str, Band]:
    """The widest bands, from the top, that keep what the words ``sure`` and ``probable`` promise.

    An outcome is the probability of an answer that was given, and whether it was right. A band
    that too few answers fill is empty, and begins where the one above it does.
    """
    ranked = sorted(outcomes, reverse=True)
    found = {}
    lowest = 1.0
    for word, promise in (("sure", SURE), ("probable", PROBABLE)):
        size = _widest(ranked, promise)
        taken, ranked = ranked[:size], ranked[size:]
        lowest = round(taken[-1][0], 4) if taken else lowest
        found[word] = Band(lowest, len(taken), sum(ok for _, ok in taken))
    return found


def _widest(ranked: Sequence[Outcome], promise: float) -> int:
    """How many of the first outcomes may be taken so that the promise holds, at the end too."""
    right, best = 0, 0
    for size, (_, ok) in enumerate(ranked, start=1):
        right += ok
        last = sum(ok for _, ok in ranked[max(0, size - _FEWEST) : size])
        kept = right >= promise * size and last >= (promise - _SLACK) * _FEWEST
        if size >= _FEWEST and kept and _ends_here(ranked, size):
            best = size
    return best


def _ends_here(ranked: Sequence[Outcome], size: int) -> bool:
    """Whether the next answer is less probable; a band holds all of one probability, or none."""
    return size == len(ranked) or ranked[size][0] < ranked[size - 1][0]


def confidence_toml(found: Mapping[str, Mapping[str, Band]], provenance: Sequence[str]) -> str:
    """The bands of each method as a readable file."""
    lines = [
        "# From which probability on an answer is called sure or probable: the widest bands in",
        f"# which at least {SURE:.0%} and {PROBABLE:.0%} of the answers to the fitting questions",
        "# were right. Written by `kb fit`.",
        *provenance,
    ]
    for method, by_word in found.items():
        for word, band in by_word.items():
            lines += [
                "",
                f"[{method}.{word}]",
                f"lowest = {band.lowest}",
                f"answers = {band.answers}",
                f"right = {band.right}",
            ]
    return "\n".join(lines) + "\n"
