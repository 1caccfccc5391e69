"""The main menu: which areas it names, and which of them the reader is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for

from kb.web.knowledge import knowledge

# The entry's message, the page it opens, and the other pages that belong to it.
_ENTRIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("nav.ask", "asking.home", ("asking.ask",)),
    ("nav.search", "searching.search_page", ()),
    ("nav.act", "acts.act_page", ("acts.clause_page",)),
    ("nav.note", "notes.note_page", ()),
    (
        "nav.amendments",
        "amendments.amendments_page",
        ("comparing.compare_page", "comparing.comparison_page"),
    ),
    ("nav.commissioner", "contact.contact_page", ()),
    ("nav.about", "about.about_page", ()),
)


@dataclass(frozen=True)
class Entry:
    """One entry; ``current`` is the value of ``aria-current``, empty elsewhere."""

    label: str
    href: str
    current: str


def navigation() -> list[Entry]:
    """The entries in their order, for the page being made."""
    known = current_app.view_functions
    return [_entry(*entry) for entry in _ENTRIES if entry[1] in known]


def _entry(label: str, endpoint: str, others: tuple[str, ...]) -> Entry:
    values: dict[str, Any] = {}
    if endpoint == "acts.act_page":
        values["act_id"] = knowledge().acts[0].id
    current = "page" if request.endpoint == endpoint else ""
    if request.endpoint in others:
        current = "true"
    return Entry(label, url_for(endpoint, **values), current)
