"""Decide whether the top clause answers the question: a calibrated probability and a threshold."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kb.index.searcher import SearchResult, Story
from kb.language.asking import asks_quantity


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


FEATURES = (
    "log_odds", "ahead", "likeness", "keywords", "grams", "text", "share", "matched", "length",
    "quantity", "worded", "story_log_odds", "story_ahead", "story_worded",
)  # fmt: skip
KEYWORD_FEATURES = (
    "keywords", "grams", "text", "share", "matched", "length", "quantity", "worded", "story_worded",
)  # fmt: skip


@cache
def shipped_model(*, with_encoder: bool = True) -> Model:
    """The model that comes with the package, with or without an encoder's features."""
    text = resources.files("kb.answer").joinpath("decision.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)["hybrid" if with_encoder else "keywords"]
    return Model(data["bias"], data["weights"], data["centre"], data["threshold"])


def shares(scores: Sequence[float]) -> list[float]:
    """Softmax of the fused scores: how the clauses share the question between them."""
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]


def features(result: SearchResult) -> dict[str, float]:
    """What the decision looks at; names as in ``decision.toml``.

    ``log_odds``: the adapter's clauses against its outside subjects. ``ahead``: the best cosine
    with one of the top clause's questions, less the best with a subject's. ``keywords`` and
    ``grams``: the log of the top clause's scores. ``share``: the top clause's part of the question.
    ``matched``: the share of the question's words that the index knows. ``length``: log of words.
    ``quantity``: 1 where a number or a time is asked for, which the text seldom lays down.
    ``worded``: the log odds by words alone. ``story_log_odds``, ``story_ahead`` and
    ``story_worded``: the lesser of the whole question's and of its asking sentences'.
    """
    hits = result.answering
    signals = hits[0].signals
    own = max(signals.get("vector.questions", 0.0), signals.get("vector.questions-any", 0.0))
    words = len(result.query.text.split())
    ahead, log_odds = own - result.outside.likeness, result.outside.log_odds
    story = result.story or Story(result.outside, own)
    return {
        "log_odds": log_odds,
        "ahead": ahead,
        "likeness": own,
        "keywords": math.log1p(signals.get("keyword.questions", 0.0)),
        "grams": math.log1p(signals.get("grams.questions", 0.0)),
        "text": math.log1p(signals.get("keyword.text", 0.0)),
        "share": shares([hit.score for hit in hits])[0],
        "matched": result.matched,
        "length": math.log1p(words),
        "quantity": float(asks_quantity(result.query.text, result.query.lang)),
        "story_log_odds": min(log_odds, story.outside.log_odds),
        "story_ahead": min(ahead, story.likeness - story.outside.likeness),
        "worded": result.outside.worded,
        "story_worded": min(result.outside.worded, story.outside.worded),
    }
