"""Figures over judged outcomes, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from kb.evaluate.judged import Judged

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


def _in_scope(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [o for o in outcomes if o.judged.in_scope]


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


def accuracy_at_1(outcomes: Sequence[Outcome]) -> float:
    """Share of in-scope questions answered with an accepted clause first; a refusal is a miss."""
    return _mean([float(o.answered and o.rank == 1) for o in _in_scope(outcomes)])


def ranked_first(outcomes: Sequence[Outcome]) -> float:
    """Share of in-scope questions with an accepted clause ranked first, refused or not."""
    return _mean([float(o.rank == 1) for o in _in_scope(outcomes)])


def recall_at_5(outcomes: Sequence[Outcome]) -> float:
    """Share of in-scope questions with an accepted clause among the first five shown."""
    return _mean([float(o.rank is not None and o.rank <= 5) for o in _in_scope(outcomes)])


def mrr(outcomes: Sequence[Outcome]) -> float:
    """Mean reciprocal rank over the in-scope questions."""
    return _mean([1.0 / o.rank if o.rank else 0.0 for o in _in_scope(outcomes)])


def refusal_recall(outcomes: Sequence[Outcome]) -> float:
    """Share of out-of-scope questions refused."""
    return _mean([float(not o.answered) for o in outcomes if not o.judged.in_scope])


def refusal_precision(outcomes: Sequence[Outcome]) -> float:
    """Share of refusals that were of out-of-scope questions."""
    return _mean([float(not o.judged.in_scope) for o in outcomes if not o.answered])


def false_refusals(outcomes: Sequence[Outcome]) -> float:
    """Share of in-scope questions refused."""
    return _mean([float(not o.answered) for o in _in_scope(outcomes)])


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """Expected calibration error in ten equal bins (Naeini et al., 2015)."""
    sure = np.array([o.probability for o in outcomes])
    right = np.array([float(o.judged.in_scope and o.rank == 1) for o in outcomes])
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).sum()
        for b in range(_BINS)
        if (bins == b).any()
    ]
    return float(sum(gaps) / len(outcomes)) if outcomes else float("nan")


METRICS: dict[str, Callable[[Sequence[Outcome]], float]] = {
    "accuracy@1": accuracy_at_1,
    "ranked first": ranked_first,
    "recall@5": recall_at_5,
    "MRR": mrr,
    "refusal recall": refusal_recall,
    "refusal precision": refusal_precision,
    "false refusals": false_refusals,
    "ECE": calibration_error,
}


def figure(outcomes: Sequence[Outcome], metric: Callable[[Sequence[Outcome]], float]) -> Figure:
    """The metric, with the interval that resampling the questions gives (seeded)."""
    if not outcomes:
        return Figure(float("nan"), float("nan"), float("nan"))
    generator = np.random.default_rng(_SEED)
    picks = generator.integers(0, len(outcomes), (_RESAMPLES, len(outcomes)))
    values = [metric([outcomes[i] for i in pick]) for pick in picks]
    known = [value for value in values if not np.isnan(value)]
    low, high = np.percentile(known, [2.5, 97.5]) if known else (float("nan"), float("nan"))
    return Figure(metric(outcomes), float(low), float(high))
