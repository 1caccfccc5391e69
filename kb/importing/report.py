"""Print what was found in a file: as plain JSON types, and as lines for a person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from kb.importing.inspect import Inspection, structure_counts

_MOST = 20


def report_json(inspection: Inspection) -> dict[str, Any]:
    """The key ``import`` of the dry run; the records stand beside it."""
    request, changes, pairing = inspection.request, inspection.changes, inspection.pairing
    return {
        "act": request.act,
        "edition": request.edition.isoformat(),
        "lang": inspection.act.lang,
        "file": request.file,
        "format": inspection.source.format,
        "sha256": hashlib.sha256(request.data).hexdigest(),
        "importable": not inspection.refused,
        "structure": structure_counts(inspection),
        "changes": None if changes is None else {
            "against": changes.against,
            "added": list(changes.added),
            "changed": list(changes.changed),
            "retouched": list(changes.retouched),
            "gone": list(changes.gone),
            "renumbered": [{"from": old, "to": new} for old, new in changes.renumbered],
        },
        "notes": {
            "amendments": len(inspection.records.amendments),
            "unread": [
                {"text": n.text, "source_lines": list(n.source_lines)}
                for n in inspection.unread_notes
            ],
        },
        "not_understood": [
            {"line": error.line, "text": _line(inspection, error.line), "why": str(error)}
            for error in inspection.refused
        ],
        "suspected": [
            {"line": s.line, "before": s.before, "after": s.after or None, "reason": s.reason,
             "count": s.count}
            for s in inspection.suspicions
        ],
        "restored": [
            {"line": r.line, "before": r.before, "after": r.after, "reason": r.reason,
             "count": r.count}
            for r in inspection.restorations
        ],
        "pairing": None if pairing is None else {
            "edition": pairing.edition,
            "paired": pairing.paired,
            "only_here": list(pairing.only_here),
            "only_there": list(pairing.only_there),
            "differing": list(pairing.differing),
        },
        "assumed": list(inspection.assumed),
        "remarks": list(inspection.source.remarks),
    }  # fmt: skip


def _line(inspection: Inspection, number: int) -> str:
    return inspection.source.lines[number - 1]


def report_lines(inspection: Inspection) -> Iterator[str]:
    """What the person who imports is to see before saying yes."""
    act, source = inspection.act, inspection.source
    yield f"{inspection.request.file}: {source.format}, {len(source.lines)} lines, {act.lang}"
    yield f"{act.id}, {act.kind} No. {act.number} of {act.adopted}, edition {act.edition}"
    yield f"  {act.title}"
    for part in structure_counts(inspection):
        yield f"  {part['name']}: {part['chapters']} headings, {part['clauses']} clauses"
    yield f"  amendments recorded in notes: {len(inspection.records.amendments)}"
    yield from _changes(inspection)
    yield from _pairing(inspection)
    yield from _listed(
        "notes that record no amendment",
        [f"line {n.source_lines[0]}: {n.text[:80]}" for n in inspection.unread_notes],
    )
    yield from _listed("lines not understood", [str(error) for error in inspection.refused])
    yield from _listed(
        "words that look damaged by a scan",
        [
            f"line {s.line}: {s.before} → {s.after or '?'} ({s.reason})"
            for s in inspection.suspicions
        ],
    )
    if inspection.restorations:
        yield f"restored: {len(inspection.restorations)}"
    yield from _listed("assumed", list(inspection.assumed))
    yield from _listed("left out, or to be looked at", list(source.remarks))


def _changes(inspection: Inspection) -> Iterator[str]:
    changes = inspection.changes
    if changes is None:
        yield "no earlier text of this act is held in this language"
        return
    yield f"against the edition {changes.against}:"
    yield from _listed("  added", changes.added)
    yield from _listed("  changed", changes.changed)
    yield from _listed("  gone", changes.gone)
    yield from _listed("  renumbered", [f"{old} → {new}" for old, new in changes.renumbered])
    yield from _listed("  the same but for spaces and signs", changes.retouched)


def _pairing(inspection: Inspection) -> Iterator[str]:
    pairing = inspection.pairing
    if pairing is None:
        return
    yield f"paired with the edition {pairing.edition}: {pairing.paired} clauses"
    yield from _listed("  here alone", pairing.only_here)
    yield from _listed("  there alone", pairing.only_there)
    yield from _listed("  pairs of which one is excluded or of another kind", pairing.differing)


def _listed(name: str, items: tuple[str, ...] | list[str]) -> Iterator[str]:
    if not items:
        return
    yield f"{name}: {len(items)}"
    indent = " " * (len(name) - len(name.lstrip()) + 2)
    yield from (f"{indent}{item}" for item in items[:_MOST])
    if len(items) > _MOST:
        yield f"{indent}… and {len(items) - _MOST} more (--json lists them all)"
