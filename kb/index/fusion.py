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


def fuse(
    signals: Mapping[str, Scores],
    weights: Mapping[str, float],
    bare: NDArray[np.bool_] | None = None,
) -> Scores:
    """Return the weighted sum of the standardised signals: ``(n_clauses,)``.

    ``bare`` marks the clauses without a headnote, as those of an act just brought in are. What
    headnotes are matched by is standardised over the others; a bare clause has in its place what
    its own text is matched by.
    """
    size = len(next(iter(signals.values())))
    total: Scores = np.zeros(size)
    mixed = bare is not None and bare.any() and not bare.all()
    for name, scores in signals.items():
        own = _OWN_TEXT.get(name)
        if mixed and own is not None and own in signals:
            assert bare is not None
            standard = standardise(signals[own])
            standard[~bare] = standardise(scores[~bare])
        else:
            standard = standardise(scores)
        total += weights.get(name, 0.0) * standard
    return total


@cache
def shipped_weights() -> dict[str, float]:
    """The weights that come with the package."""
    data = resources.files("kb.index").joinpath("fusion.toml").read_text(encoding="utf-8")
    weights: dict[str, float] = tomllib.loads(data)["weights"]
    return weights
