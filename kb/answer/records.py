"""What ``kb show`` and ``kb search`` add to the records; ``docs/json.md`` has the schemas."""

from __future__ import annotations

from typing import Any

from kb.address import LANGUAGES
from kb.answer.answer import state_notice
from kb.answer.quote import Citation, Library, touch_json
from kb.index.highlight import Snippet, snippet
from kb.index.searcher import Hit, SearchResult


def cited_record(library: Library, citation: Citation, lang: str) -> dict[str, Any]:
    """What ``kb show`` says of a clause besides its own fields, which the export has."""
    return {
        "items": [str(item.address) for item in library.children(citation.clause)],
        "citation": {code: citation.label(code) for code in LANGUAGES},
        "edition": citation.act.edition.isoformat(),
        "on": citation.state.on.isoformat(),
        "state": citation.state.state.value,
        "notice": state_notice(citation, lang),
        "changed_in": citation.changed_in.isoformat() if citation.changed_in else None,
        "ended_in": citation.ended_in.isoformat() if citation.ended_in else None,
        "official": {code: found.as_json() for code, found in citation.official.items()},
        "amended_by": [touch_json(touch) for touch in citation.touched],
        "headnote": _headnote_record(citation),
        "editor_notes": [
            {"word": n.word, "meant": n.meant, "text": n.text} for n in citation.notes
        ],
    }


def _headnote_record(citation: Citation) -> dict[str, Any] | None:
    note = citation.headnote
    if note is None:
        return None
    return {
        "title": note.title,
        "summary": note.summary,
        "translation": note.translation,
        "role": note.role,
        "actor": note.actor,
        "topics": list(note.topics),
    }


def hit_snippet(library: Library, hit: Hit, result: SearchResult) -> tuple[Snippet, str]:
    """The snippet in the query's language and the title.

    In another language than the law's it is of the official text where that is held, else of our
    translation.
    """
    lang = result.query.lang
    note = library.headnote(hit.clause.address)
    official = library.translation(hit.clause, lang)
    ours = note.translation.get(lang) if note else None
    text = official.text if official else ours or hit.clause.text
    return snippet(text, result.query.text, lang), note.title[lang] if note else ""


def search_record(library: Library, result: SearchResult) -> dict[str, Any]:
    """Ranked hits with highlighted snippets."""
    return {
        "query": result.query.text,
        "lang": result.query.lang,
        "hits": [_hit_record(library, hit, result) for hit in result.hits],
    }


def _hit_record(library: Library, hit: Hit, result: SearchResult) -> dict[str, Any]:
    shown, title = hit_snippet(library, hit, result)
    note = library.headnote(hit.clause.address)
    lang = result.query.lang
    official = library.translation(hit.clause, lang)
    return {
        "id": str(hit.clause.address),
        "label": library.cite(hit.clause).label(lang),
        "title": title or None,
        "score": round(hit.score, 4),
        "snippet": shown.text,
        "highlights": [list(span) for span in shown.spans],
        "snippet_is_translation": bool(note and lang in note.translation and not official),
        "snippet_official": official.edition.isoformat() if official else None,
        "lines": list(hit.clause.source_lines),
    }
