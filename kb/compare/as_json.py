"""A comparison as plain JSON types; ``docs/json.md`` has the schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kb.address import ClauseAddress
from kb.compare.report import Announced, ClauseChange, Comparison
from kb.compare.resting import Review
from kb.model import Act, ActReference, Amendment, Clause


def comparison_json(
    comparison: Comparison, clauses: Iterable[ClauseChange], review: Iterable[Review]
) -> dict[str, Any]:
    """The comparison, with the clauses that were asked for and what is to be read again."""
    act = comparison.new.id
    return {
        "act": act,
        "lang": comparison.new.lang,
        "old": _text(comparison.old),
        "new": _text(comparison.new),
        "counts": comparison.counts,
        "noise": comparison.noise,
        "clauses": [_clause(change) for change in clauses],
        "headings": [
            {"address": str(h.address.inside(act)), "old": h.old, "new": h.new}
            for h in comparison.headings
        ],
        "by_act": [
            {"act": _act(by), "changes": [_announced(change) for change in changes]}
            for by, changes in comparison.by_act().items()
        ],
        "review": [
            {
                "kind": found.resting.kind,
                "id": found.resting.id,
                "address": found.resting.address.short,
                "reason": found.reason,
            }
            for found in review
        ],
    }


def _text(act: Act) -> dict[str, Any]:
    return {"edition": act.edition.isoformat(), "sha256": act.source_sha256}


def _clause(change: ClauseChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "old": _side(change.pair.old),
        "new": _side(change.pair.new),
        "differences": [
            {"old": list(d.before), "new": list(d.after), "noise": d.noise or None}
            for d in change.differences
        ],
        "explained_by": [_note(note) for note in change.explained_by],
        "unexplained": change.is_unexplained,
    }


def _side(clause: Clause | None) -> dict[str, Any] | None:
    if clause is None:
        return None
    return {"id": str(clause.address), "status": clause.status, "text": clause.text}


def _note(note: Amendment) -> dict[str, Any]:
    return {"act": _act(note.by), "action": note.action, "target": str(note.target)}


def _act(act: ActReference) -> dict[str, Any]:
    day = act.date.isoformat() if act.date else None
    return {"id": act.id, "kind": act.kind, "number": act.number, "date": day}


def _announced(change: Announced) -> dict[str, Any]:
    def ids(addresses: Iterable[ClauseAddress]) -> list[str]:
        return [str(a.inside(change.amendment.target.act or "")) for a in addresses]

    return {
        "target": str(change.amendment.target),
        "action": change.amendment.action,
        "clauses": ids(change.clauses),
        "headings": ids(change.headings),
        "unchanged": change.is_unchanged,
    }
