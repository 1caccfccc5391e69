"""A linear adapter on the frozen embeddings, learned from the corpus's own questions.

Multinomial logistic regression: every view of a clause is an example of the clause, and every
question that the corpus does not answer is one of ``OUTSIDE``, whatever its subject. It is trained
with an index, from the index's own vectors, in seconds, and kept while those stay
(``kb.index.reuse``); nothing of a user's questions enters it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb.index.encoders import Vectors

# The one target of all that the corpus does not answer. Subjects apart took three times as long to
# train, and told the two sides apart no better (docs/quality.md).
OUTSIDE = ""
_RIDGE = 1e-5
_STEPS = 300


@dataclass(frozen=True)
class Adapter:
    """``weights`` is ``(dim + 1, n_targets)``, the last row the bias; ``centre`` is ``(dim,)``."""

    targets: tuple[str, ...]
    centre: Vectors
    weights: Vectors

    def scores(self, vector: Vectors) -> dict[str, float]:
        """The linear score of every target for one vector of ``(dim,)``."""
        row = _centred(vector[None, :], self.centre)
        return dict(zip(self.targets, map(float, (row @ self.weights)[0]), strict=True))

    def save(self, path: Path) -> None:
        """Write it without pickling."""
        targets = np.array(self.targets, dtype=np.str_)
        np.savez(path, targets=targets, centre=self.centre, weights=self.weights)

    @classmethod
    def read(cls, path: Path) -> Adapter:
        """Read what ``save`` wrote."""
        with np.load(path, allow_pickle=False) as data:
            return cls(tuple(map(str, data["targets"])), data["centre"], data["weights"])


def train(vectors: Vectors, targets: Sequence[str], centre: Vectors) -> Adapter:
    """Fit by accelerated gradient descent (Nesterov 1983), full batch, from zero: deterministic.

    ``vectors`` is ``(n, dim)``, ``targets`` names the target of each row, ``centre`` is subtracted
    before the rows are scaled to length one. E5's vectors lie in a narrow cone; centring opens it.
    """
    names = tuple(sorted(set(targets)))
    number = {name: i for i, name in enumerate(names)}
    owners = np.array([number[target] for target in targets])
    rows = _centred(vectors, centre)
    n = len(rows)
    wanted = np.zeros((n, len(names)), dtype=np.float32)
    wanted[np.arange(n), owners] = 1.0
    # The loss is smooth with this constant: half the largest eigenvalue of the mean outer product.
    smoothness = 0.5 * float(np.linalg.norm(rows, 2)) ** 2 / n + _RIDGE
    weights: Vectors = np.zeros((rows.shape[1], len(names)), dtype=np.float32)
    ahead, momentum = weights, 1.0
    for _ in range(_STEPS):
        error = (_softmax(rows @ ahead) - wanted) / np.float32(n)
        stepped: Vectors = ahead - (rows.T @ error + np.float32(_RIDGE) * ahead) / np.float32(
            smoothness
        )
        following = (1.0 + (1.0 + 4.0 * momentum**2) ** 0.5) / 2.0
        ahead = stepped + np.float32((momentum - 1.0) / following) * (stepped - weights)
        weights, momentum = stepped, following
    return Adapter(names, centre, weights.astype(np.float32))


def _centred(vectors: Vectors, centre: Vectors) -> Vectors:
    moved = vectors - centre
    moved = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    rows: Vectors = np.hstack([moved, np.ones((len(moved), 1))]).astype(np.float32)
    return rows


def _softmax(scores: Vectors) -> Vectors:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Vectors = powers / powers.sum(axis=1, keepdims=True)
    return shares
