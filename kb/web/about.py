"""The area about the product: coverage, edition, method, measured quality, limits."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from flask import Blueprint, render_template

from kb.address import LANGUAGES
from kb.model import Act, ActReference, Clause
from kb.web.knowledge import knowledge

area = Blueprint("about", __name__, url_prefix="/<any(kk, ru, en):lang>")

# Where an act stands on the ministry's portal; the portal's own name for each language.
_PORTAL = "https://adilet.zan.kz/{lang}/docs/{act}"
_PORTAL_LANGUAGES = {"kk": "kaz", "ru": "rus", "en": "eng"}


@dataclass(frozen=True)
class Share:
    """A measured share with its 95% interval, each from 0 to 1."""

    value: float
    low: float
    high: float

    @property
    def percent(self) -> str:
        """The share in whole per cent, without the sign."""
        return f"{self.value * 100:.0f}"

    @property
    def interval(self) -> str:
        """The interval in whole per cent, without the sign."""
        return f"{self.low * 100:.0f}–{self.high * 100:.0f}"


@dataclass(frozen=True)
class Figures:
    """What was measured of the questions in one language, or in all of them."""

    lang: str
    questions: int
    right: Share
    refused: Share
    wrongly_refused: Share


@dataclass(frozen=True)
class Covered:
    """One text inside an act: how many clauses it has, and of which levels."""

    name: str
    clauses: int
    articles: int
    paragraphs: int
    subparagraphs: int


@cache
def measured() -> tuple[date, tuple[Figures, ...]]:
    """The day of the measurement and its figures, as ``measured.toml`` has them."""
    text = resources.files("kb.web").joinpath("measured.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    figures = tuple(_figures(name, data[name]) for name in (*LANGUAGES, "all"))
    return data["measured"], figures


def _figures(name: str, row: dict[str, list[float]]) -> Figures:
    shares = (Share(*row[key]) for key in ("right", "refused", "wrongly_refused"))
    return Figures(name, int(row["questions"]), *shares)  # type: ignore[call-overload]


@area.get("/about")
def about_page() -> str:
    """What this is, what it holds, how good it is, what it does not do, and what it keeps."""
    day, figures = measured()
    records, shelf = knowledge().records, knowledge().library.shelf
    editions = {act.id: shelf.held(act.id) for act in records.acts}
    return render_template(
        "about.html",
        coverage=[(act, covered(act, records.clauses), _amending(act)) for act in records.acts],
        records=records,
        editions=editions,
        several_editions=any(len(held) > 1 for held in editions.values()),
        brought=[act for act in records.acts if shelf.brought_in(act.id)],
        measured=day,
        figures=figures,
        portal={act.id: portal_links(act) for act in records.acts},
        asks_model=knowledge().asks_model,
    )


def covered(act: Act, clauses: tuple[Clause, ...]) -> list[Covered]:
    """The texts of an act with the number of their clauses, the parts left out."""
    own = [clause for clause in clauses if clause.address.act == act.id and clause.kind != "part"]
    found = []
    for component in act.components:
        kinds = [clause.kind for clause in own if clause.address.component == component.name]
        levels = map(kinds.count, ("article", "paragraph", "subparagraph"))
        found.append(Covered(component.name, len(kinds), *levels))
    return found


def _amending(act: Act) -> list[ActReference]:
    """The acts whose changes the notes of the held editions record, oldest first."""
    notes = knowledge().library.shelf.noted(act.id)
    found = {note.amendment.by.number: note.amendment.by for note in notes}
    return sorted(found.values(), key=lambda by: by.date or date.min)


def portal_links(act: Act) -> dict[str, str]:
    """Where the act stands on the portal, by language."""
    names = _PORTAL_LANGUAGES.items()
    return {lang: _PORTAL.format(lang=name, act=act.id) for lang, name in names}
