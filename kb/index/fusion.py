"""Fuse the signals of a query into one score a clause."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
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
    total: Scores = np.zeros(len(next(iter(signals.values()))))
    for name, scores in signals.items():
        if weights.get(name):
            total += weights[name] * standardise(scores)
    return total


def fuse_apart(
    signals: Mapping[str, Scores], kinds: Iterable[tuple[NDArray[np.bool_], Mapping[str, float]]]
) -> Scores:
    """Fuse each kind of clauses among themselves, with weights of its own: ``(n_clauses,)``.

    So an act that comes in changes nothing for those that are here; the scales do not compare.
    """
    total: Scores = np.zeros(len(next(iter(signals.values()))))
    for kind, weights in kinds:
        if kind.any():
            total[kind] = fuse({name: scores[kind] for name, scores in signals.items()}, weights)
    return total


@cache
def _shipped() -> dict[str, dict[str, float]]:
    data = resources.files("kb.index").joinpath("fusion.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, float]] = tomllib.loads(data)
    return found


def shipped_weights() -> dict[str, float]:
    """The weights that come with the package."""
    return _shipped()["weights"]


def shipped_bare_weights() -> dict[str, float]:
    """The weights for clauses without a headnote, which have their own text alone."""
    return _shipped()["bare"]
