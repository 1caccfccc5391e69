"""Decide whether the top clause answers the question: a calibrated probability and a threshold."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from kb.index.searcher import SearchResult


@dataclass(frozen=True)
class Model:
    """A logistic model over named features, each shifted by its centre."""

    bias: float
    weights: Mapping[str, float]
    centre: Mapping[str, float]
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability, 0 to 1, that an answer made of the top clause is right."""
        total = self.bias + sum(
            weight * (features[name] - self.centre.get(name, 0.0))
            for name, weight in self.weights.items()
        )
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, total))))


@cache
def shipped_model() -> Model:
    """The model that comes with the package."""
    text = resources.files("kb.answer").joinpath("decision.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Model(data["bias"], data["weights"], data["centre"], data["threshold"])


def shares(scores: Sequence[float]) -> list[float]:
    """Softmax of the fused scores: how the clauses share the question between them."""
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]


def features(result: SearchResult) -> dict[str, float]:
    """What the decision looks at; names as in ``decision.toml``.

    ``likeness`` is the best cosine of the question with one of the top clause's own questions (or
    texts), ``outside`` with a subject the corpus does not answer, ``margin`` the difference of the
    first two fused scores, ``keywords`` the log of the top clause's keyword score, ``matched`` the
    share of the question's words that the index knows.
    """
    top = result.hits[0]
    signals = top.signals
    second = result.hits[1].score if len(result.hits) > 1 else 0.0
    likeness = max(signals.get("vector.questions", 0.0), signals.get("vector.questions-any", 0.0))
    spread = np.array([hit.score for hit in result.hits])
    return {
        "likeness": likeness,
        "text": signals.get("vector.text", 0.0),
        "headnote": signals.get("vector.headnote", 0.0),
        "outside": result.outside,
        "ahead": likeness - result.outside,
        "margin": top.score - second,
        "score": top.score / (float(spread.std()) or 1.0),
        "share": shares([hit.score for hit in result.hits])[0],
        "keywords": math.log1p(signals.get("keyword.questions", 0.0)),
        "terms": math.log1p(signals.get("keyword.terms", 0.0) + signals.get("keyword.text", 0.0)),
        "matched": result.matched,
    }
