"""The area of amendments: who changed the acts, and which acts they repealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template

from kb.model import ActReference, Amendment
from kb.web.knowledge import knowledge

area = Blueprint("amendments", __name__, url_prefix="/<any(kk, ru, en):lang>")


@dataclass(frozen=True)
class AmendingAct:
    """An amending act and every change it made."""

    by: ActReference
    changes: tuple[Amendment, ...]


def by_act(amendments: Iterable[Amendment]) -> list[AmendingAct]:
    """Group the changes by the act that made them, newest first."""
    groups: dict[ActReference, list[Amendment]] = {}
    for amendment in amendments:
        groups.setdefault(amendment.by, []).append(amendment)
    newest = sorted(groups, key=lambda by: (by.date or date.min, by.number), reverse=True)
    return [AmendingAct(by, tuple(groups[by])) for by in newest]


@area.get("/amendments")
def amendments_page() -> str:
    """The amendments, newest first, and the repealed acts."""
    records, library = knowledge().records, knowledge().library
    labels = {
        amendment.target: library.cite(clause).label
        for amendment in records.amendments
        if (clause := library.find(amendment.target))
    }
    return render_template(
        "amendments.html",
        amending=by_act(records.amendments),
        labels=labels,
        repeals=records.repeals,
    )
