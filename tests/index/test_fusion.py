"""Fused scores against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from kb.index.fusion import (
    fuse,
    fuse_apart,
    shipped_bare_weights,
    shipped_weights,
    standardise,
    used_signals,
)

ROOT_1_5 = 1.5**0.5  # [1, 2, 3] has mean 2 and deviation sqrt(2/3)
STANDARD = {
    "three in a row": ([1, 2, 3], [-ROOT_1_5, 0, ROOT_1_5]),
    "shifted and scaled alike": ([110, 120, 130], [-ROOT_1_5, 0, ROOT_1_5]),
    "one alone above": ([0, 0, 0, 4], [-(3**-0.5)] * 3 + [3**0.5]),
    "two": ([-5, 5], [-1, 1]),
    "flat": ([7, 7, 7], [0, 0, 0]),
    "flat but for rounding": ([1, 1 + 1e-12, 1], [0, 0, 0]),
    "nothing": ([0, 0], [0, 0]),
    "one clause": ([3], [0]),
}


@pytest.mark.parametrize(("scores", "expected"), STANDARD.values(), ids=STANDARD)
def test_standardise(scores: list[float], expected: list[float]) -> None:
    assert standardise(np.array(scores, dtype=float)) == pytest.approx(expected, abs=1e-12)


UP, DOWN, FLAT = np.array([1.0, 2, 3]), np.array([30.0, 20, 10]), np.ones(3)
FUSED = {
    "one signal": ({"a": UP}, {"a": 2}, [-2 * ROOT_1_5, 0, 2 * ROOT_1_5]),
    "opposite signals cancel": ({"a": UP, "b": DOWN}, {"a": 1, "b": 1}, [0, 0, 0]),
    "the heavier wins": (
        {"a": UP, "b": DOWN}, {"a": 1, "b": 3}, [2 * ROOT_1_5, 0, -2 * ROOT_1_5],
    ),
    "a flat signal adds nothing": (
        {"a": UP, "b": FLAT}, {"a": 1, "b": 9}, [-ROOT_1_5, 0, ROOT_1_5],
    ),
    "a signal without a weight is left out": (
        {"a": UP, "b": DOWN}, {"a": 1}, [-ROOT_1_5, 0, ROOT_1_5],
    ),
    "a weight without a signal too": ({"a": UP}, {"a": 1, "z": 5}, [-ROOT_1_5, 0, ROOT_1_5]),
}  # fmt: skip


@pytest.mark.parametrize(("signals", "weights", "expected"), FUSED.values(), ids=FUSED)
def test_fuse(
    signals: dict[str, np.ndarray], weights: dict[str, float], expected: list[float]
) -> None:
    assert fuse(signals, weights) == pytest.approx(expected, abs=1e-12)


def test_the_shipped_weights_are_not_negative_and_name_real_signals() -> None:
    weights = shipped_weights()
    groups = {name.split(".")[0] for name in weights}
    assert groups == {"keyword", "grams", "wording", "vector", "adapter"}
    assert all(weight >= 0 for weight in weights.values())
    assert any(weight > 0 for weight in weights.values())


def test_kinds_of_clauses_are_judged_among_themselves() -> None:
    """Standardised over two clauses each, the better is 1 and the worse -1, whatever the scale."""
    signals = {
        "keyword.text": np.array([0.0, 9.0, 0.0, 3.0]),
        "keyword.questions": np.array([2.0, 0.0, 0.0, 0.0]),
    }
    bare = np.array([False, False, True, True])
    kinds = [(~bare, {"keyword.questions": 1.0}), (bare, {"keyword.text": 0.5})]
    assert fuse_apart(signals, kinds) == pytest.approx([1.0, -1.0, -0.5, 0.5])


def test_an_act_that_comes_in_changes_nothing_for_those_that_are_here() -> None:
    here = {"keyword.text": np.array([0.0, 3.0]), "keyword.questions": np.array([2.0, 0.0])}
    both = {name: np.append(scores, [50.0, -7.0]) for name, scores in here.items()}
    weights, bare = {"keyword.questions": 1.0, "keyword.text": 0.3}, np.arange(4) > 1
    fused = fuse_apart(both, [(~bare, weights), (bare, {"keyword.text": 1.0})])
    assert list(fused[:2]) == list(fuse(here, weights))


def test_the_weights_for_bare_clauses_are_of_what_their_text_is_matched_by() -> None:
    assert shipped_bare_weights().keys() == {"keyword.text", "grams.text", "vector.text"}
    assert shipped_bare_weights().keys() <= used_signals(shipped_weights())
