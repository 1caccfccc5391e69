"""What a list of found clauses shows of each: the law's words, and ours, with matches marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from markupsafe import Markup, escape

from kb.answer.quote import Citation
from kb.index.highlight import Snippet, snippet
from kb.index.searcher import Query
from kb.model import Headnote
from kb.web.languages import current_language


@dataclass(frozen=True)
class Excerpt:
    """An excerpt in ``lang``, as safe markup: law, translation, summary, or a question."""

    kind: str
    lang: str
    text: Markup
    matches: int


@dataclass(frozen=True)
class Found:
    """A clause found: its citation, the law's words, and what we add where that helps."""

    citation: Citation
    law: Excerpt
    ours: Excerpt | None


def found(citation: Citation, query: Query | None = None) -> Found:
    """Choose the excerpts of a clause; without a query nothing is marked."""
    law = _excerpt("law", "kk", citation.clause.text, query)
    note = citation.headnote
    if note is None:
        return Found(citation, law, None)
    lang = query.lang if query and query.lang != "kk" else current_language()
    ours = _ours(note, lang, query)
    # The first that says why the clause was found; where none does, the first.
    first = next(ours, None)
    searched = query is not None and query.lang == lang
    best = next((e for e in chain([first], ours) if e and e.matches), first) if searched else first
    # In Kazakh our words are shown only where the law's own do not say why.
    needed = best and (best.lang != "kk" or (best.matches and not law.matches))
    return Found(citation, law, best if needed else None)


def _ours(note: Headnote, lang: str, query: Query | None) -> Iterator[Excerpt]:
    """What we add to a clause in a language, one after the other, as far as it is needed."""
    if note.translation.get(lang):
        yield _excerpt("translation", lang, note.translation[lang], query)
    if note.summary.get(lang):
        yield _excerpt("summary", lang, note.summary[lang], query)
    for question in note.questions.get(lang, ()):
        yield _excerpt("question", lang, question, query)


def _excerpt(kind: str, lang: str, text: str, query: Query | None) -> Excerpt:
    words = query.text if query and query.lang == lang else ""
    cut = snippet(text, words, lang)
    return Excerpt(kind, lang, marked(cut), len(cut.spans))


def marked(cut: Snippet) -> Markup:
    """The excerpt with its matches in ``<mark>``, everything else escaped."""
    pieces, last = Markup(), 0
    for start, end in cut.spans:
        pieces += escape(cut.text[last:start])
        pieces += Markup("<mark>{}</mark>").format(cut.text[start:end])
        last = end
    return pieces + escape(cut.text[last:])
