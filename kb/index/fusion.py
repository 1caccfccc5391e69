"""Fuse the signals of a query into one score a clause."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
_FLAT = 1e-9
# The signals of what a headnote brings, and that of the clause's own text beside each.
_OWN_TEXT = {
    "keyword.questions": "keyword.text",
    "keyword.headnote": "keyword.text",
    "grams.questions": "grams.text",
    "vector.questions": "vector.text",
    "vector.questions-any": "vector.text",
}


def standardise(scores: Scores) -> Scores:
    """Shift and scale to mean 0 and deviation 1 over the clauses; a flat signal becomes zeros."""
    deviation = float(scores.std())
    if deviation < _FLAT:
        return np.zeros_like(scores)
    standard: Scores = (scores - scores.mean()) / deviation
    return standard


def used_signals(weights: Mapping[str, float]) -> frozenset[str]:
    """The signals that a ranking needs: those with a weight."""
    return frozenset(name for name, weight in weights.items() if weight)


def fuse(
    signals: Mapping[str, Scores],
    weights: Mapping[str, float],
    bare: NDArray[np.bool_] | None = None,
) -> Scores:
    """Return the weighted sum of the standardised signals: ``(n_clauses,)``."""
    total: Scores = np.zeros(len(next(iter(signals.values()))))
    for name, scores in standardised(signals, bare).items():
        total += weights.get(name, 0.0) * scores
    return total


def standardised(
    signals: Mapping[str, Scores], bare: NDArray[np.bool_] | None = None
) -> dict[str, Scores]:
    """Return every signal standardised.

    ``bare`` marks the clauses without a headnote, as those of an act just brought in are. What
    headnotes are matched by is standardised over the others; a bare clause has in its place what
    its own text is matched by.
    """
    found = {name: standardise(scores) for name, scores in signals.items()}
    if bare is None or not bare.any() or bare.all():
        return found
    for name, own in _OWN_TEXT.items():
        if name in signals and own in signals:
            standard = standardise(signals[own])
            standard[~bare] = standardise(signals[name][~bare])
            found[name] = standard
    return found


@cache
def shipped_weights() -> dict[str, float]:
    """The weights that come with the package."""
    data = resources.files("kb.index").joinpath("fusion.toml").read_text(encoding="utf-8")
    weights: dict[str, float] = tomllib.loads(data)["weights"]
    return weights
