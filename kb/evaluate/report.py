"""``kb eval``: figures of the outcomes on judged questions, as a table and as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from kb.address import LANGUAGES
from kb.evaluate.metrics import METRICS, Outcome, figure


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
