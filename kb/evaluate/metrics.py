"""Figures over judged outcomes, with bootstrap intervals."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.evaluate.judged import Judged

Weights = NDArray[np.float64]
Values = NDArray[np.float64]

_RESAMPLES = 1000
_BINS = 10
_SEED = 153


@dataclass(frozen=True)
class Outcome:
    """What was answered to a question: the ranked addresses, whether it was answered, how surely.

    ``probability`` is the model's own that the first address answers the question.
    """

    judged: Judged
    ranked: tuple[str, ...]
    answered: bool
    probability: float

    @property
    def rank(self) -> int | None:
        """The place, from 1, of the first accepted address; ``None`` when it is not there."""
        places = [i for i, a in enumerate(self.ranked, start=1) if a in self.judged.accept]
        return places[0] if places else None


@dataclass(frozen=True)
class Figure:
    """A figure with its 95% bootstrap interval; ``nan`` where nothing was to be measured."""

    value: float
    low: float
    high: float


class Metric(ABC):
    """A figure over outcomes, each of which counts as often as it weighs."""

    @abstractmethod
    def weighed(self, outcomes: Sequence[Outcome], weights: Weights) -> Values:
        """One value a row of weights, ``(n_rows, n_outcomes)``: ``(n_rows,)``.

        ``nan`` where nothing is to be measured.
        """

    def __call__(self, outcomes: Sequence[Outcome]) -> float:
        """The value where each outcome counts once."""
        return float(self.weighed(outcomes, np.ones((1, len(outcomes))))[0])


@dataclass(frozen=True)
class Mean(Metric):
    """The mean of a value over the outcomes that have one."""

    of: Callable[[Outcome], float | None]

    def weighed(self, outcomes: Sequence[Outcome], weights: Weights) -> Values:
        """See ``Metric``."""
        found = [self.of(outcome) for outcome in outcomes]
        counted = np.array([value is not None for value in found], dtype=np.float64)
        return _ratio(weights @ np.array([value or 0.0 for value in found]), weights @ counted)


class CalibrationError(Metric):
    """Expected calibration error in ten equal bins (Naeini et al., 2015)."""

    def weighed(self, outcomes: Sequence[Outcome], weights: Weights) -> Values:
        """See ``Metric``."""
        sure = np.array([o.probability for o in outcomes], dtype=np.float64)
        right = np.array([o.judged.in_scope and o.rank == 1 for o in outcomes], dtype=np.float64)
        bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
        gaps = (sure - right)[:, None] * (bins[:, None] == np.arange(_BINS))
        return _ratio(np.abs(weights @ gaps).sum(axis=1), weights.sum(axis=1))


def _ratio(above: Values, below: Values) -> Values:
    found: Values = np.full(len(above), np.nan)
    return np.divide(above, below, out=found, where=below > 0)


def _in_scope(of: Callable[[Outcome], float]) -> Mean:
    return Mean(lambda outcome: of(outcome) if outcome.judged.in_scope else None)


# Share of in-scope questions answered with an accepted clause first; a refusal is a miss.
accuracy_at_1 = _in_scope(lambda o: o.answered and o.rank == 1)
# Share of in-scope questions with an accepted clause ranked first, refused or not.
ranked_first = _in_scope(lambda o: o.rank == 1)
# Share of in-scope questions with an accepted clause among the first five shown.
recall_at_5 = _in_scope(lambda o: o.rank is not None and o.rank <= 5)
# Mean reciprocal rank over the in-scope questions.
mrr = _in_scope(lambda o: 1.0 / o.rank if o.rank else 0.0)
# Share of out-of-scope questions refused.
refusal_recall = Mean(lambda o: None if o.judged.in_scope else not o.answered)
# Share of refusals that were of out-of-scope questions.
refusal_precision = Mean(lambda o: None if o.answered else not o.judged.in_scope)
# Share of in-scope questions refused.
false_refusals = _in_scope(lambda o: not o.answered)
calibration_error = CalibrationError()

METRICS: dict[str, Metric] = {
    "accuracy@1": accuracy_at_1,
    "ranked first": ranked_first,
    "recall@5": recall_at_5,
    "MRR": mrr,
    "refusal recall": refusal_recall,
    "refusal precision": refusal_precision,
    "false refusals": false_refusals,
    "ECE": calibration_error,
}


def figure(outcomes: Sequence[Outcome], metric: Metric) -> Figure:
    """The metric, with the interval that resampling the questions gives (seeded)."""
    n = len(outcomes)
    if not n:
        return Figure(float("nan"), float("nan"), float("nan"))
    generator = np.random.default_rng(_SEED)
    picks = generator.integers(0, n, (_RESAMPLES, n))
    drawn = np.stack([np.bincount(pick, minlength=n) for pick in picks]).astype(np.float64)
    values = metric.weighed(outcomes, drawn)
    known = values[~np.isnan(values)]
    low, high = np.percentile(known, [2.5, 97.5]) if len(known) else (float("nan"), float("nan"))
    return Figure(metric(outcomes), float(low), float(high))
