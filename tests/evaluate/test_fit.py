"""The decision's weights are those that minimise the loss, and stay finite where nothing limits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.evaluate.fit import Matrix, logistic

RIDGES = [0.02, 0.0007]


def table(n: int, k: int, seed: int) -> tuple[Matrix, Matrix]:
    """Rows with a constant, and answers that depend on the first column."""
    dealer = np.random.default_rng(seed)
    rows = np.hstack([dealer.normal(size=(n, k)), np.ones((n, 1))])
    wanted = (rows[:, 0] + dealer.normal(size=n) > -0.5).astype(np.float64)
    return rows, wanted


def slope(rows: Matrix, wanted: Matrix, weights: Matrix, ridge: float) -> Matrix:
    sure = 1 / (1 + np.exp(-(rows @ weights)))
    shrunk = np.array([ridge] * (len(weights) - 1) + [0.0])
    found: Matrix = rows.T @ (sure - wanted) / len(rows) + shrunk * weights
    return found


@settings(max_examples=60, deadline=None)
@given(
    n=st.integers(12, 80),
    k=st.integers(1, 6),
    seed=st.integers(0, 9999),
    ridge=st.sampled_from(RIDGES),
)
def test_the_loss_is_least_there(n: int, k: int, seed: int, ridge: float) -> None:
    rows, wanted = table(n, k, seed)
    if 0 < wanted.sum() < n:
        weights = logistic(rows, wanted, ridge)
        assert slope(rows, wanted, weights, ridge) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("share", [0.5, 0.8, 0.99])
def test_a_strong_ridge_leaves_the_odds_of_all(share: float) -> None:
    """The constant is not shrunk: without a feature's help the share itself is said."""
    rows, _ = table(100, 2, 1)
    wanted = (np.arange(100) < 100 * share).astype(np.float64)
    weights = logistic(rows, wanted, 1e6)
    assert weights[:-1] == pytest.approx(0, abs=1e-3)
    assert weights[-1] == pytest.approx(math.log(share / (1 - share)), abs=1e-3)


@pytest.mark.parametrize("ridge", RIDGES)
def test_where_one_feature_parts_all_the_weights_are_finite(ridge: float) -> None:
    rows = np.array([[-2.0, 1], [-1, 1], [1, 1], [2, 1]])
    weights = logistic(rows, np.array([0.0, 0, 1, 1]), ridge)
    assert weights[0] > 0
    assert weights[1] == pytest.approx(0, abs=1e-6)
    assert slope(rows, np.array([0.0, 0, 1, 1]), weights, ridge) == pytest.approx(0, abs=1e-6)


def test_a_weaker_ridge_is_surer() -> None:
    rows, wanted = table(200, 3, 5)
    strong, weak = (np.abs(rows @ logistic(rows, wanted, r)).mean() for r in RIDGES)
    assert weak > strong
