"""The area of search: ranked clauses with facets and highlighting; without words, all clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template

from kb.answer.understand import Named, understand
from kb.index.searcher import Hit, Query
from kb.model import ActReference, Clause
from kb.web.excerpts import found
from kb.web.facets import Facet, admitted, chosen_facets, facets
from kb.web.knowledge import knowledge
from kb.web.languages import current_language
from kb.web.links import this_page
from kb.web.params import day_asked, page_asked, question_asked
from kb.web.question_language import searched
from kb.web.timeline import act_key

area = Blueprint("searching", __name__, url_prefix="/<any(kk, ru, en):lang>")

PAGE_LENGTH = 10
# A clause that shares no word with the query is a hit only if it is about as near as the best;
# one that does, unless it is very far behind.
_NEAR, _FAR = 0.6, 0.12
_NEAREST = 5


@dataclass(frozen=True)
class Matches:
    """What a query finds: the clauses, best first, and what else it names.

    ``nearest`` are the clauses nearest in meaning where none is a match, ``decrees`` the amending
    acts that the query names.
    """

    query: Query | None
    clauses: tuple[Clause, ...]
    nearest: tuple[Clause, ...] = ()
    decrees: tuple[ActReference, ...] = ()


@dataclass(frozen=True)
class Pages:
    """The pages of a list: the one shown and the last, from 1."""

    number: int
    last: int

    @classmethod
    def of(cls, total: int) -> Pages:
        """The pages of a list of ``total`` clauses, at the one that the reader asks for."""
        last = max(1, -(-total // PAGE_LENGTH))
        return cls(page_asked(last), last)

    @property
    def first(self) -> int:
        """The place in the list of the first clause shown, from 1."""
        return (self.number - 1) * PAGE_LENGTH + 1

    def cut(self, clauses: Sequence[Clause]) -> Sequence[Clause]:
        """The clauses of the page shown."""
        return clauses[self.first - 1 : self.first - 1 + PAGE_LENGTH]

    def href(self, number: int) -> str:
        """The address of a page."""
        return this_page(page=str(number) if number > 1 else None)

    @property
    def shown(self) -> list[int | None]:
        """The numbers to show: the ends and those around the current one; ``None`` is a gap."""
        near = {1, self.last, self.number - 1, self.number, self.number + 1}
        numbers = sorted(n for n in near if 1 <= n <= self.last)
        found: list[int | None] = []
        for n in numbers:
            if found and n - (found[-1] or 0) > 1:
                found.append(None)
            found.append(n)
        return found


@area.get("/search")
def search_page() -> str:
    """The clauses that ``?q=`` finds, or all, of the chosen facets, ten a page."""
    text, on, choice = question_asked(knowledge().max_question), day_asked(), chosen_facets()
    matches = _matches(text)
    kept = admitted(matches.clauses, choice)
    pages = Pages.of(len(kept))
    cite, offered = knowledge().library.cite, facets(matches.clauses, choice)
    return render_template(
        "search.html",
        question=text,
        on=on,
        matches=matches,
        total=len(kept),
        found=[found(cite(clause, on=on), matches.query) for clause in pages.cut(kept)],
        nearest=[cite(clause, on=on) for clause in matches.nearest],
        topics=_topics_near(matches.nearest),
        facets=offered,
        taken=_taken(offered),
        choice=choice,
        pages=pages,
        act_key=act_key,
    )


def _taken(offered: Sequence[Facet]) -> list[tuple[str, str]]:
    """The chosen values: each label, and the page without it."""
    return [(o.label, o.href) for facet in offered for o in facet.options if o.chosen]


def _matches(text: str) -> Matches:
    records = knowledge().records
    if not any(letter.isalnum() for letter in text):
        return Matches(None, records.clauses)
    result = searched(text)
    # As it was typed: what stands for a misspelt word must not spoil an address.
    named = understand(result.query.detected.text)
    outright = named.address or named.path or named.act_numbers
    first = knowledge().named(text) if outright else ()
    ranked = [hit.clause for hit in _relevant(result.hits, result.matched)]
    clauses = tuple(dict.fromkeys([*first, *ranked]))
    nearest = () if clauses else tuple(hit.clause for hit in result.hits[:_NEAREST])
    # The letters of an address are no words to look for.
    query = None if named.address else result.query
    return Matches(query, clauses, nearest, _decrees(named))


def _relevant(hits: Sequence[Hit], matched: float) -> Iterator[Hit]:
    """The hits worth showing; none where the corpus knows no word of the query.

    Clauses with a headnote and those without are each measured by the best of their kind; of the
    kind that comes second, only what shares a word is worth a place.
    """
    if not hits or not matched:
        return
    best: dict[bool, float] = {}
    for hit in hits:
        best.setdefault(hit.bare, hit.score)
        shares_word = any(v > 0 for name, v in hit.signals.items() if name.startswith("keyword."))
        if not shares_word and hit.bare != hits[0].bare:
            continue
        if hit.score > best[hit.bare] * (_FAR if shares_word else _NEAR):
            yield hit


def _decrees(named: Named) -> tuple[ActReference, ...]:
    """The amending acts that a query names, of whatever held act and edition."""
    if not named.act_numbers:
        return ()
    shelf = knowledge().library.shelf
    acts = (note.amendment.by for act in knowledge().acts for note in shelf.noted(act.id))
    return tuple({by.number: by for by in acts if by.number in named.act_numbers}.values())


def _topics_near(nearest: Sequence[Clause]) -> list[tuple[str, str]]:
    """The topics of the nearest clauses: each value and its label."""
    library, lang = knowledge().library, current_language()
    labels = {topic.id: topic.label[lang] for topic in knowledge().records.topics}
    notes = filter(None, (library.headnote(clause.address) for clause in nearest))
    topics = dict.fromkeys(topic for note in notes for topic in note.topics)
    return [(topic, labels[topic]) for topic in topics if topic in labels]
