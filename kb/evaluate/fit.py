"""``kb fit``: learn fusion weights and decision models from the judged questions to fit on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.answer.decide import FEATURES, KEYWORD_FEATURES, Model, features
from kb.evaluate.asking import Progress
from kb.evaluate.bands import Outcome, bands, confidence_toml
from kb.evaluate.judged import Judged, data_hash
from kb.index.fusion import fuse, standardise
from kb.index.searcher import SIGNALS, Searcher, SearchResult

Matrix = NDArray[np.float64]
_FOLDS = 5
_STEPS = 600
_RATE = 0.05
_FUSION_RIDGE = 0.01
# The decision's ridge is the one of these with the least cross-validated log loss.
_DECISION_RIDGES = (0.02, 0.007, 0.002, 0.0007, 0.0002)
_NEWTON_STEPS = 30
FUSION = Path(str(resources.files("kb.index").joinpath("fusion.toml")))
DECISION = Path(str(resources.files("kb.answer").joinpath("decision.toml")))
CONFIDENCE = Path(str(resources.files("kb.answer").joinpath("confidence.toml")))
# What is more likely answered than not is answered; at most this share of answerable questions may
# be refused, else the threshold is lower.
_LIKELY = 0.5
_REFUSED = 0.015
# An act without headnotes has its text alone: these are never weighted less.
_FLOOR = {"keyword.text": 0.1, "grams.text": 0.1, "vector.text": 0.1}


@dataclass(frozen=True)
class Fitted:
    """Fitted weights, and the cross-validated score that they were chosen by."""

    weights: dict[str, float]
    score: float


@dataclass(frozen=True)
class FittedDecision:
    """A fitted logistic model with its threshold and ridge.

    ``score`` is the area under the curve, it and ``log_loss`` cross-validated.
    """

    bias: float
    weights: dict[str, float]
    centre: dict[str, float]
    threshold: float
    score: float
    ridge: float
    log_loss: float


@dataclass(frozen=True)
class Asked:
    """A judged question with its signals: ``(n_clauses, n_signals)``, standardised."""

    judged: Judged
    result: SearchResult
    matrix: Matrix
    accepted: NDArray[np.bool_]


def ask_all(searcher: Searcher, questions: Sequence[Judged], progress: Progress) -> list[Asked]:
    """Compute every question's signals once."""
    asked = []
    for done, judged in enumerate(questions, start=1):
        result = searcher.search(judged.question, every_signal=True)
        # An act that came in without headnotes is not what is fitted.
        result = replace(result, hits=result.answering)
        accepted = np.array([hit.clause.address.short in judged.accept for hit in result.hits])
        matrix = np.stack([standardise(_column(result, name)) for name in SIGNALS], axis=1)
        asked.append(Asked(judged, result, matrix, accepted))
        progress("measuring", done, len(questions))
    return asked


def _column(result: SearchResult, name: str) -> Matrix:
    return np.array([hit.signals.get(name, 0.0) for hit in result.hits])


def fit_fusion(asked: Sequence[Asked], names: Sequence[str] = SIGNALS) -> Fitted:
    """Weights of the named signals, none negative, that make the accepted clauses likely.

    Likely under a softmax over the clauses.
    """
    rows = [a for a in asked if a.judged.in_scope]
    kept = [SIGNALS.index(name) for name in names]
    rows = [replace(a, matrix=a.matrix[:, kept]) for a in rows]
    floor = np.array([_FLOOR.get(name, 0.0) for name in names])
    folds = _folds([a.judged.group for a in rows])
    hits = 0
    for fold in range(_FOLDS):
        weights = _listwise([a for a, f in zip(rows, folds, strict=True) if f != fold], floor)
        held = [a for a, f in zip(rows, folds, strict=True) if f == fold]
        hits += sum(bool(a.accepted[int((a.matrix @ weights).argmax())]) for a in held)
    weights = _listwise(rows, floor)
    named = {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
    return Fitted(named, hits / len(rows))


def _folds(keys: Sequence[str]) -> list[int]:
    """Deal the clauses, not the questions, to the folds."""
    order = {key: i for i, key in enumerate(sorted(set(keys)))}
    return [order[key] % _FOLDS for key in keys]


def _listwise(rows: Sequence[Asked], floor: Matrix) -> Matrix:
    """Minimise the softmax loss with a ridge, by projected gradient (Adam steps)."""
    matrices = np.stack([a.matrix for a in rows])
    accepted = np.stack([a.accepted for a in rows]).astype(np.float64)

    def gradient(weights: Matrix) -> Matrix:
        scores = matrices @ weights
        share = np.exp(scores - scores.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        wanted = share * accepted
        wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), 1e-12)
        slope: Matrix = np.einsum("ij,ijk->k", share - wanted, matrices) / len(rows)
        return slope + _FUSION_RIDGE * weights

    return _descend(gradient, np.full(len(floor), 0.3), floor)


def _descend(gradient: Callable[[Matrix], Matrix], start: Matrix, floor: Matrix) -> Matrix:
    """Adam (Kingma and Ba, 2015), clipped from below at ``floor``."""
    weights, first, second = start, np.zeros_like(start), np.zeros_like(start)
    for step in range(1, _STEPS + 1):
        slope = gradient(weights)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        moved = first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        weights = np.maximum(weights - _RATE * moved, floor)
    return weights


def with_weights(asked: Sequence[Asked], weights: Mapping[str, float]) -> list[Asked]:
    """Rank every result again under new weights."""
    return [replace(a, result=_reranked(a.result, weights)) for a in asked]


def _reranked(result: SearchResult, weights: Mapping[str, float]) -> SearchResult:
    names = result.hits[0].signals
    signals = {name: _column(result, name) for name in names}
    fused = fuse(signals, weights)
    order = np.argsort(-fused, kind="stable")
    return replace(
        result, hits=tuple(replace(result.hits[i], score=float(fused[i])) for i in order)
    )


def fit_decision(asked: Sequence[Asked], names: Sequence[str] = FEATURES) -> FittedDecision:
    """A logistic model of "the corpus answers this question", and a threshold.

    The threshold is even odds, or the highest under which no more than the allowed share of the
    answerable questions, cross-validated, is refused, where that is lower.
    """
    table = np.array([[features(a.result)[name] for name in names] for a in asked])
    wanted = np.array([float(a.judged.in_scope) for a in asked])
    centre, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    rows = np.hstack([(table - centre) / scale, np.ones((len(table), 1))])
    folds = np.array(_folds([a.judged.group for a in asked]))

    def out_of_fold(ridge: float) -> Matrix:
        sure = np.zeros(len(rows))
        for fold in range(_FOLDS):
            weights = logistic(rows[folds != fold], wanted[folds != fold], ridge)
            sure[folds == fold] = _sigmoid(rows[folds == fold] @ weights)
        return sure

    tried = {ridge: out_of_fold(ridge) for ridge in _DECISION_RIDGES}
    losses = {ridge: _log_loss(sure, wanted) for ridge, sure in tried.items()}
    ridge = min(losses, key=lambda r: losses[r])
    sure, weights = tried[ridge], logistic(rows, wanted, ridge)
    threshold = min(_LIKELY, float(np.quantile(sure[wanted == 1], _REFUSED)))
    return FittedDecision(
        round(float(weights[-1]), 4),
        {n: round(float(w / s), 4) for n, w, s in zip(names, weights, scale, strict=False)},
        {n: round(float(c), 4) for n, c in zip(names, centre, strict=True)},
        round(threshold, 3),
        _area(sure[wanted == 1], sure[wanted == 0]),
        ridge,
        losses[ridge],
    )


def logistic(rows: Matrix, wanted: Matrix, ridge: float) -> Matrix:
    """The weights that minimise the mean log loss and half the ridge times their squares.

    ``rows`` is ``(n, k)``, the last column the constant, whose weight is not shrunk: otherwise
    all probabilities are drawn to one half. Newton's method, its step halved while the loss grows.
    """
    shrunk = np.full(rows.shape[1], ridge)
    shrunk[-1] = 0.0

    def loss(weights: Matrix) -> float:
        scores = rows @ weights
        return float((np.logaddexp(0, scores) - wanted * scores).mean() + shrunk @ weights**2 / 2)

    weights = np.zeros(rows.shape[1])
    for _ in range(_NEWTON_STEPS):
        sure = _sigmoid(rows @ weights)
        slope = rows.T @ (sure - wanted) / len(rows) + shrunk * weights
        bend = (rows.T * (sure * (1 - sure))) @ rows / len(rows) + np.diag(shrunk + 1e-9)
        step = np.linalg.solve(bend, slope)
        while loss(weights - step) > loss(weights) and np.abs(step).max() > 1e-12:
            step /= 2
        weights = weights - step
    return weights


def _log_loss(sure: Matrix, wanted: Matrix) -> float:
    kept = np.clip(np.where(wanted == 1, sure, 1 - sure), 1e-12, None)
    return float(-np.log(kept).mean())


def _sigmoid(values: Matrix) -> Matrix:
    shares: Matrix = 1.0 / (1.0 + np.exp(-np.clip(values, -50, 50)))
    return shares


def _area(positive: Matrix, negative: Matrix) -> float:
    if not len(negative):
        return float("nan")
    return float((positive[:, None] > negative[None, :]).mean())


def fit_files(
    searcher: Searcher, questions: Sequence[Judged], progress: Progress
) -> dict[Path, str]:
    """Fit everything; return the weights files to write, by path."""
    asked = ask_all(searcher, questions, progress)
    fusion = fit_fusion(asked)
    bare = fit_fusion(asked, tuple(_FLOOR))
    ranked = with_weights(asked, fusion.weights)
    encoded = ("vector", "adapter")
    keyword_weights = {n: w for n, w in fusion.weights.items() if not n.startswith(encoded)}
    by_keywords = with_weights(asked, keyword_weights)
    models = {
        "hybrid": fit_decision(ranked),
        "keywords": fit_decision(by_keywords, KEYWORD_FEATURES),
    }
    found = {
        "hybrid": bands(outcomes(ranked, models["hybrid"])),
        "keywords": bands(outcomes(by_keywords, models["keywords"])),
    }
    return {
        FUSION: fusion_toml(fusion, bare, questions),
        DECISION: decision_toml(models, questions),
        CONFIDENCE: confidence_toml(found, _provenance(questions)),
    }


def outcomes(asked: Sequence[Asked], fitted: FittedDecision | Model) -> list[Outcome]:
    """The questions that would be answered: how probable the answer is, and whether it is right."""
    model = Model(fitted.bias, fitted.weights, fitted.centre, fitted.threshold)
    pairs = (
        (
            model.probability(features(a.result)),
            a.result.hits[0].clause.address.short in a.judged.accept,
        )
        for a in asked
    )
    return [pair for pair in pairs if pair[0] >= model.threshold]


def fusion_toml(fitted: Fitted, bare: Fitted, questions: Sequence[Judged]) -> str:
    """The fusion weights as a readable file."""
    lines = [
        "# Weights of the signals, each standardised over the clauses (mean 0, deviation 1).",
        "# Written by `kb fit`.",
        *_provenance(questions),
        f"cross_validated_accuracy_at_1 = {fitted.score:.4f}",
        "",
        "[weights]",
        *(f'"{name}" = {weight}' for name, weight in fitted.weights.items()),
        "",
        "# For clauses without a headnote, which have their own text alone; fitted on the same",
        f"# questions, with these signals only: {bare.score:.4f} of them first, cross-validated.",
        "[bare]",
        *(f'"{name}" = {weight}' for name, weight in bare.weights.items()),
    ]
    return "\n".join(lines) + "\n"


def decision_toml(models: Mapping[str, FittedDecision], questions: Sequence[Judged]) -> str:
    """The decision models as a readable file."""
    lines = [
        "# Logistic models: the probability that the corpus answers a question, with an encoder",
        "# and without one. Written by `kb fit`.",
        *_provenance(questions),
    ]
    for name, model in models.items():
        lines += [
            "",
            f"[{name}]",
            f"threshold = {model.threshold}",
            f"bias = {model.bias}",
            f"ridge = {model.ridge}",
            f"cross_validated_auc = {model.score:.4f}",
            f"cross_validated_log_loss = {model.log_loss:.4f}",
            "",
            f"[{name}.weights]",
            *(f"{key} = {value}" for key, value in model.weights.items()),
            "",
            f"[{name}.centre]",
            *(f"{key} = {value}" for key, value in model.centre.items()),
        ]
    return "\n".join(lines) + "\n"


def _provenance(questions: Sequence[Judged]) -> list[str]:
    return [
        f"fitted = {datetime.now(UTC).date().isoformat()}",
        f'data = "{data_hash(questions)}"',
        f"questions = {len(questions)}",
    ]


def write(path: Path, text: str) -> None:
    """Replace a weights file."""
    path.write_text(text, encoding="utf-8")
