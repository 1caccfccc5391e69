"""How clauses are asked for, learned from words alone: a linear model over words and their parts.

Multinomial logistic regression over hashed features (Weinberger et al., 2009): the stems, the
pairs of neighbouring stems, and the runs of three to five letters of each word, weighted by rarity.
Function words stay, unlike in the keyword index: *who*, *how long* and *may I* tell questions
apart. Every question of a clause is an example of the clause; every question that the corpus does
not answer is one of ``kb.index.adapter.OUTSIDE``. Learned with an index in some seconds, and kept
while the questions stay (``kb.index.reuse``); it needs no encoder.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.index.analysis import forms
from kb.language.kk.tokens import tokens

_BUCKETS = 1 << 16
_LETTERS = (3, 4, 5)
_EPOCHS = 4
_RATE = 4.0
_SEED = 153

Rows = NDArray[np.float32]


@dataclass(frozen=True)
class Wording:
    """``weights`` is ``(buckets, n_targets)``, ``rarity`` ``(buckets,)``, ``bias`` a target's."""

    targets: tuple[str, ...]
    rarity: Rows
    weights: NDArray[np.float16]
    bias: Rows

    def scores(self, text: str, lang: str) -> dict[str, float]:
        """The linear score of every target for a question."""
        buckets, values = _row(features(text, lang), self.rarity)
        found = values @ self.weights[buckets].astype(np.float32) + self.bias
        return dict(zip(self.targets, map(float, found), strict=True))

    def save(self, path: Path) -> None:
        """Write it without pickling."""
        targets = np.array(self.targets, dtype=np.str_)
        np.savez(path, targets=targets, rarity=self.rarity, weights=self.weights, bias=self.bias)

    @classmethod
    def read(cls, path: Path) -> Wording:
        """Read what ``save`` wrote."""
        with np.load(path, allow_pickle=False) as data:
            targets = tuple(map(str, data["targets"]))
            return cls(targets, data["rarity"], data["weights"], data["bias"])


def features(text: str, lang: str) -> Counter[int]:
    """The buckets that a question's words fall into, with their counts."""
    words = [_parts(word, lang) for word in tokens(text)]
    stems = [stem for stem, _ in words]
    found = Counter(_bucket(f"{a} {b}") for a, b in pairwise(["", *stems, ""]))
    for _, parts in words:
        found.update(parts)
    return found


def learn(
    questions: Sequence[tuple[str, str, str]], progress: Callable[[int, int], None]
) -> Wording:
    """Fit by stochastic gradient descent, the rate falling evenly to zero: deterministic.

    ``questions`` are ``(target, language, text)``; ``progress`` is told the epochs done, of all.
    """
    counted = [features(text, lang) for _, lang, text in questions]
    seen = np.zeros(_BUCKETS, dtype=np.float32)
    for row in counted:
        seen[list(row)] += 1
    rarity = np.where(seen > 1, np.log((1 + len(counted)) / (1 + seen)) + 1, 0).astype(np.float32)
    rows = [_row(row, rarity) for row in counted]
    targets = tuple(sorted({target for target, _, _ in questions}))
    number = {target: i for i, target in enumerate(targets)}
    owners = [number[target] for target, _, _ in questions]
    weights = np.zeros((_BUCKETS, len(targets)), dtype=np.float32)
    bias = np.zeros(len(targets), dtype=np.float32)
    for done, (at, rate) in enumerate(_schedule(len(rows))):
        if done % len(rows) == 0:
            progress(done // len(rows), _EPOCHS)
        buckets, values = rows[at]
        scores = values @ weights[buckets] + bias
        slope = np.exp(scores - scores.max())
        slope /= slope.sum()
        slope[owners[at]] -= 1
        slope *= rate
        weights[buckets] -= values[:, None] * slope
        bias -= slope
    return Wording(targets, rarity, weights.astype(np.float16), bias)


def _schedule(n: int) -> Iterator[tuple[int, np.float32]]:
    """Each question once an epoch, in an order dealt anew, with the step's rate."""
    dealer = np.random.default_rng(_SEED)
    for epoch in range(_EPOCHS):
        for step, at in enumerate(dealer.permutation(n)):
            yield int(at), np.float32(_RATE * (1 - (epoch * n + step) / (_EPOCHS * n)))


@lru_cache(maxsize=50_000)
def _parts(word: str, lang: str) -> tuple[str, tuple[int, ...]]:
    """The word's stem, and the buckets of the stem and of the word's runs of letters."""
    stem = forms(word, lang).stem
    marked = f"_{word}_"
    runs = [marked[i : i + n] for n in _LETTERS for i in range(len(marked) - n + 1)]
    return stem, (_bucket(f"={stem}"), *map(_bucket, runs))


def _bucket(feature: str) -> int:
    return zlib.crc32(feature.encode()) % _BUCKETS


def _row(counts: Counter[int], rarity: Rows) -> tuple[NDArray[np.intp], Rows]:
    """The buckets of a question and their weights, of length one together."""
    buckets = np.fromiter(counts, dtype=np.intp)
    values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32))) * rarity[buckets]
    return buckets, (values / max(float(np.linalg.norm(values)), 1e-9)).astype(np.float32)
