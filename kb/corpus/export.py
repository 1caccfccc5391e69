"""Every record as plain JSON types: the export format, documented in ``docs/json.md``."""

from __future__ import annotations

from datetime import date
from typing import Any

from kb.model import (
    Act,
    ActReference,
    Amendment,
    Chapter,
    Clause,
    Component,
    Records,
    Reference,
    Repeal,
)


def export(records: Records) -> dict[str, Any]:
    """Return the whole corpus as dictionaries and lists; ids are full addresses."""
    return {
        "acts": [_act(act) for act in records.acts],
        "clauses": [clause_json(clause) for clause in records.clauses],
        "amendments": [amendment_json(amendment) for amendment in records.amendments],
        "repeals": [_repeal(repeal) for repeal in records.repeals],
        "references": [_reference(reference) for reference in records.references],
    }


def clause_json(clause: Clause) -> dict[str, Any]:
    """One clause."""
    return {
        "id": str(clause.address),
        "kind": clause.kind,
        "number": clause.number,
        "parent": str(clause.parent) if clause.parent else None,
        "chapter": clause.chapter,
        "heading": clause.heading or None,
        "status": clause.status,
        "text": clause.text,
        "source_text": clause.source_text,
        "source_lines": list(clause.source_lines),
    }


def amendment_json(amendment: Amendment) -> dict[str, Any]:
    """One amendment; ``by.date`` is the day of signing, never that of commencement."""
    return {
        "target": str(amendment.target),
        "action": amendment.action,
        "by": _act_reference(amendment.by),
        "commencement": amendment.commencement,
        "commencement_stated": amendment.commencement_stated or None,
        "commencement_date": _day(amendment.commencement_date),
        "note": amendment.note,
        "source_lines": list(amendment.source_lines),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _act_reference(act: ActReference) -> dict[str, Any]:
    return {"id": act.id, "number": act.number, "date": _day(act.date)}


def _act(act: Act) -> dict[str, Any]:
    return {
        "id": act.id,
        "kind": act.kind,
        "number": act.number,
        "adopted": _day(act.adopted),
        "in_force": _day(act.in_force),
        "in_force_assumed": act.in_force_assumed,
        "edition": _day(act.edition),
        "lang": act.lang,
        "title": act.title,
        "source": {"file": act.source_file, "sha256": act.source_sha256},
        "components": [_component(act.id, component) for component in act.components],
        "chapters": [_chapter(act.id, chapter) for chapter in act.chapters],
        "lines": [{"line": s.line, "role": s.role, "of": f"{act.id}/{s.of}"} for s in act.lines],
    }


def _component(act: str, component: Component) -> dict[str, Any]:
    return {
        "id": f"{act}/{component.name}",
        "title": component.title,
        "title_lines": list(component.title_lines),
        "approval": list(component.approval),
        "approval_lines": list(component.approval_lines),
        "signatory": list(component.signatory),
        "signatory_lines": list(component.signatory_lines),
    }


def _chapter(act: str, chapter: Chapter) -> dict[str, Any]:
    return {
        "component": f"{act}/{chapter.component}",
        "kind": chapter.kind,
        "number": chapter.number,
        "heading": chapter.heading,
        "source_lines": list(chapter.source_lines),
        "clauses": [str(address) for address in chapter.clauses],
    }


def _repeal(repeal: Repeal) -> dict[str, Any]:
    return {
        "clause": str(repeal.clause),
        "act": _act_reference(repeal.act) | {"title": repeal.act.title},
        "provision": repeal.provision or None,
        "publication": repeal.publication,
        "by": _act_reference(repeal.by),
        "effective": _day(repeal.effective),
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "clause": str(reference.clause),
        "start": reference.start,
        "end": reference.end,
        "text": reference.text,
        "kind": reference.kind,
        "title": reference.title,
        "act": reference.act_id,
    }
