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


def fuse(signals: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """Return the weighted sum of the standardised signals: ``(n_clauses,)``."""
    size = len(next(iter(signals.values())))
    total: Scores = np.zeros(size)
    for name, scores in signals.items():
        total += weights.get(name, 0.0) * standardise(scores)
    return total


@cache
def shipped_weights() -> dict[str, float]:
    """The weights that come with the package."""
    data = resources.files("kb.index").joinpath("fusion.toml").read_text(encoding="utf-8")
    weights: dict[str, float] = tomllib.loads(data)["weights"]
    return weights
