"""Figures against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from kb.evaluate.judged import Judged
from kb.evaluate.metrics import (
    METRICS,
    Metric,
    Outcome,
    accuracy_at_1,
    calibration_error,
    false_refusals,
    figure,
    mrr,
    ranked_first,
    recall_at_5,
    refusal_precision,
    refusal_recall,
)


def outcome(accept: str, ranked: str, answered: bool = True, sure: float = 1.0) -> Outcome:
    judged = Judged("q", "kk", "?", tuple(accept.split()))
    return Outcome(judged, tuple(ranked.split()), answered, sure)


# Four in scope (ranks 1, 1 but refused, 3, none) and two out of scope (one refused).
MIXED = [
    outcome("a", "a b c"),
    outcome("a", "a b", answered=False),
    outcome("a z", "b c z a"),
    outcome("a", "b c"),
    outcome("", "a", answered=False),
    outcome("", "a"),
]
BY_HAND: list[tuple[Metric, float]] = [
    (accuracy_at_1, 1 / 4),
    (ranked_first, 2 / 4),
    (recall_at_5, 3 / 4),
    (mrr, (1 + 1 + 1 / 3 + 0) / 4),
    (refusal_recall, 1 / 2),
    (refusal_precision, 1 / 2),
    (false_refusals, 1 / 4),
]


@pytest.mark.parametrize(("metric", "value"), BY_HAND)
def test_metric(metric: Metric, value: float) -> None:
    assert metric(MIXED) == pytest.approx(value)


RANKS = [("a", "a", 1), ("a", "b a", 2), ("a b", "c b a", 2), ("a", "b", None), ("", "a", None)]


@pytest.mark.parametrize(("accept", "ranked", "rank"), RANKS)
def test_the_rank_is_that_of_the_first_accepted(accept: str, ranked: str, rank: int | None) -> None:
    assert outcome(accept, ranked).rank == rank


def test_the_sixth_place_is_not_in_the_first_five() -> None:
    assert recall_at_5([outcome("a", "1 2 3 4 a")]) == 1
    assert recall_at_5([outcome("a", "1 2 3 4 5 a")]) == 0


CALIBRATION = {
    "sure and right": ([("a", "a", 1.0)] * 3, 0.0),
    "sure and wrong": ([("a", "b", 1.0)] * 3, 1.0),
    # One bin, 0.8 to 0.9: mean 0.85, half right.
    "one bin": ([("a", "a", 0.82), ("a", "b", 0.88)], 0.35),
    # Bin of 0.2 holds one wrong (gap 0.2), bin of 0.9 three right (gap 0.1): (0.2 + 3 * 0.1) / 4.
    "two bins": ([("a", "b", 0.2), *[("a", "a", 0.9)] * 3], 0.125),
    "out of scope is never right": ([("", "a", 0.25)], 0.25),
    "none at all sure": ([("a", "b", 0.0)], 0.0),
}


@pytest.mark.parametrize(("rows", "error"), CALIBRATION.values(), ids=CALIBRATION)
def test_calibration_error(rows: list[tuple[str, str, float]], error: float) -> None:
    outcomes = [outcome(accept, ranked, sure=sure) for accept, ranked, sure in rows]
    assert calibration_error(outcomes) == pytest.approx(error)


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_nothing_to_measure_is_not_a_number(metric: Metric) -> None:
    assert math.isnan(metric([]))
    found = figure([], metric)
    assert all(map(math.isnan, (found.value, found.low, found.high)))


def test_an_interval_holds_its_figure_and_is_the_same_each_time() -> None:
    found = figure(MIXED * 20, mrr)
    assert found.low < found.value < found.high
    assert found == figure(MIXED * 20, mrr)


def test_an_interval_of_like_outcomes_is_a_point() -> None:
    found = figure([outcome("a", "a")] * 10, accuracy_at_1)
    assert (found.low, found.value, found.high) == (1, 1, 1)


def test_an_interval_is_that_of_the_binomial() -> None:
    """Half of 400 right: 1.96 standard errors are 0.049."""
    found = figure([outcome("a", "a"), outcome("a", "b")] * 200, accuracy_at_1)
    assert found.low == pytest.approx(0.451, abs=0.006)
    assert found.high == pytest.approx(0.549, abs=0.006)
