"""``kb eval``: the product and its baselines on judged questions, as a table and as JSON."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from kb.address import LANGUAGES
from kb.answer.answerer import Answerer
from kb.evaluate.baselines import Bm25, NaiveHybrid
from kb.evaluate.judged import Judged
from kb.evaluate.metrics import METRICS, Outcome, figure
from kb.index.fusion import Scores
from kb.index.searcher import Searcher

Progress = Callable[[str, int, int], None]
_SHOWN = 5


def run_product(
    answerer: Answerer, questions: Sequence[Judged], progress: Progress
) -> list[Outcome]:
    """Ask every question as a user would, its language detected."""
    outcomes = []
    for done, judged in enumerate(questions, start=1):
        answer = answerer.ask(judged.question)
        shown = [*answer.citations, *answer.related]
        ranked = tuple(citation.clause.address.short for citation in shown)
        outcomes.append(Outcome(judged, ranked, answer.answered, answer.probability))
        progress("asking", done, len(questions))
    return outcomes


def run_baseline(
    score: Callable[[str], Scores], addresses: Sequence[str], questions: Sequence[Judged]
) -> list[Outcome]:
    """Rank by a baseline, which never refuses."""
    outcomes = []
    for judged in questions:
        order = np.argsort(-score(judged.question), kind="stable")[:_SHOWN]
        outcomes.append(Outcome(judged, tuple(addresses[i] for i in order), True, 1.0))
    return outcomes


def baselines(searcher: Searcher, questions: Sequence[Judged]) -> dict[str, list[Outcome]]:
    """BM25 alone, and the naive hybrid where there is an encoder."""
    texts = [clause.text for clause in searcher.clauses]
    addresses = [clause.address.short for clause in searcher.clauses]
    found = {"BM25 alone": run_baseline(Bm25(texts).scores, addresses, questions)}
    if searcher.encoder:
        naive = NaiveHybrid(texts, searcher.encoder)
        found["naive hybrid"] = run_baseline(naive.scores, addresses, questions)
    return found


def summary(outcomes: Sequence[Outcome]) -> dict[str, dict[str, dict[str, float | None]]]:
    """Every metric for each language and for all, with 95% intervals; ``None`` for not measured."""
    groups = {lang: [o for o in outcomes if o.judged.lang == lang] for lang in LANGUAGES}
    groups["all"] = list(outcomes)
    return {
        name: {metric: _rounded(figure(group, fn)) for metric, fn in METRICS.items()}
        | {"questions": {"value": len(group)}}
        for name, group in groups.items()
    }


def _rounded(found: Any) -> dict[str, float | None]:
    values = {"value": found.value, "low": found.low, "high": found.high}
    return {k: None if math.isnan(v) else round(v, 4) for k, v in values.items()}


def table(report: dict[str, Any]) -> str:
    """The report as an aligned text table, one row a system and language."""
    header = ["system", "language", "n", *METRICS]
    rows = [header]
    for system, groups in report["systems"].items():
        for lang, metrics in groups.items():
            cells = [_cell(metrics[metric]) for metric in METRICS]
            rows.append([system, lang, str(metrics["questions"]["value"]), *cells])
    widths = [max(len(row[i]) for row in rows) for i in range(len(header))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _cell(found: dict[str, float | None]) -> str:
    value, low, high = found["value"], found["low"], found["high"]
    if value is None or low is None or high is None:
        return "-"
    return f"{value:.3f} [{low:.3f}, {high:.3f}]"


def miss_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """The questions that went wrong, one a line: what was wanted, what was given."""
    lines = []
    for outcome in outcomes:
        judged = outcome.judged
        right = outcome.answered and outcome.rank == 1 if judged.in_scope else not outcome.answered
        if not right:
            given = " ".join(outcome.ranked[:3]) if outcome.answered else "refused"
            wanted = " ".join(judged.accept) or "refusal"
            lines.append(f"{judged.id} {judged.lang} {wanted} <- {given}: {judged.question}")
    return lines
