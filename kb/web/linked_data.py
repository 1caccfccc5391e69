"""What search engines read of a page: an act or a clause as JSON-LD, as the export writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from markupsafe import Markup

from kb.answer.quote import Citation, Library
from kb.exchange.jsonld import clause_jsonld, legislation_jsonld
from kb.model import Act
from kb.web.links import absolute

# Inside a script nothing may look like a tag; JSON reads the letters back.
_ESCAPED = {ord(ch): f"\\u{ord(ch):04x}" for ch in "<>&\u2028\u2029"}


def act_data(library: Library, act: Act) -> Markup:
    """An act in its newest edition; nothing of an older one, whose page has no address."""
    newest = library.shelf.newest(act.id)
    if act.edition != newest.day:
        return Markup()
    repeals = (r for r in library.records.repeals if r.clause.act == act.id)
    amendments = newest.edition.amendments
    return _script(
        legislation_jsonld(act, absolute(""), amendments=amendments, repeals=repeals),
    )


def clause_data(citation: Citation) -> Markup:
    """A clause in the edition cited."""
    return _script(clause_jsonld(citation.act, citation.clause, absolute("")))


def _script(value: Mapping[str, object]) -> Markup:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    # Nothing in it can end the script.
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704
