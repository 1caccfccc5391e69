"""What a list of found clauses shows of each: the law's words, and ours, with matches marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from markupsafe import Markup, escape

from kb.answer.quote import Citation
from kb.index.highlight import Snippet, snippet
from kb.index.searcher import Query
from kb.web.languages import current_language


@dataclass(frozen=True)
class Excerpt:
    """An excerpt in ``lang``, as safe markup.

    The law's words, its official text in another language, our translation, summary or question.
    """

    kind: str
    lang: str
    text: Markup
    matches: int


@dataclass(frozen=True)
class Found:
    """A clause found: its citation, the law's words, and what stands beside where that helps."""

    citation: Citation
    law: Excerpt
    beside: Excerpt | None


def found(citation: Citation, query: Query | None = None) -> Found:
    """Choose the excerpts of a clause; without a query nothing is marked."""
    written = citation.act.lang
    law = _excerpt("law", written, citation.clause.text, query)
    lang = query.lang if query and query.lang != written else current_language()
    others = _beside(citation, lang, query)
    # The first that says why the clause was found; where none does, the first.
    first = next(others, None)
    searched = query is not None and query.lang == lang
    saying = (e for e in chain([first], others) if e and e.matches)
    best = next(saying, first) if searched else first
    # In the law's own language our words are shown only where its own do not say why.
    needed = best and (best.lang != written or (best.matches and not law.matches))
    return Found(citation, law, best if needed else None)


def _beside(citation: Citation, lang: str, query: Query | None) -> Iterator[Excerpt]:
    """The clause in a language, one text after the other, as far as it is needed.

    The official text stands in place of our translation.
    """
    note, official = citation.headnote, citation.official.get(lang)
    if official:
        yield _excerpt("official", lang, official.text, query)
    if note is None:
        return
    if note.translation.get(lang) and not official:
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
