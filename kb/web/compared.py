"""Two editions of an act side by side, as a page shows them: labels, links, marked words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

from flask import url_for

from kb.address import LANGUAGES, ClauseAddress
from kb.answer.quote import Library
from kb.answer.shelf import Text
from kb.compare.align import plain
from kb.compare.choose import Show
from kb.compare.report import ClauseChange, Comparison, HeadingChange, compare
from kb.compare.resting import Review, clauses_reviewed, headnotes_of, to_review
from kb.compare.words import Segment, differences, segments, sides
from kb.model import Clause, EditionKey
from kb.web.languages import current_language, term
from kb.web.links import edition_path, this_page

# A comparison of an act of a hundred clauses takes a tenth of a second and 1 MB.
_KEPT = 8
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class Compared:
    """Two texts and what differs; the headnotes to be read again; why a note on a clause is."""

    old: Text
    new: Text
    comparison: Comparison
    headnotes: tuple[Review, ...]
    reasons: dict[str, str]


@lru_cache(maxsize=_KEPT)
def _compared(library: Library, old: EditionKey, new: EditionKey) -> Compared:
    texts = [library.shelf.text(*key) for key in (old, new)]
    comparison = compare(*(text.edition for text in texts))
    headnotes = to_review(comparison, headnotes_of(library.records.headnotes, old.act))
    return Compared(texts[0], texts[1], comparison, headnotes, clauses_reviewed(comparison))


def compared(library: Library, old: EditionKey, new: EditionKey) -> Compared:
    """Compare two editions; the same for every reader, so the last ones are kept.

    Readers who ask for one comparison at once wait for it together.
    """
    with _ONE_AT_A_TIME:
        return _compared(library, old, new)


def forget() -> None:
    """Keep no comparison any longer: each holds the whole index that it was made of."""
    _compared.cache_clear()


@dataclass(frozen=True)
class Place:
    """A clause in one of the two editions; ``href`` is empty where it has no page."""

    label: str
    href: str


@dataclass(frozen=True)
class Row:
    """A clause as it is shown: where it stood and stands, and its words with the differences.

    ``merged`` is one text with what was taken out and put in; ``before`` and ``after`` are the two
    texts, each letter for letter.
    """

    key: str
    change: ClauseChange
    old: Place | None
    new: Place | None
    merged: tuple[Segment, ...]
    before: tuple[Segment, ...]
    after: tuple[Segment, ...]

    @property
    def label(self) -> str:
        """The citation of the clause in the second edition, or else in the first."""
        place = self.new or self.old
        return place.label if place else ""


def key_of(change: ClauseChange) -> str:
    """The id of a clause on the page; where one is gone, another may stand at its address.

    Points part the numbers, since a hyphen is part of an inserted one: ``6/1`` is not ``6-1``.
    """
    name = change.pair.clause.address.short.replace("/", ".")
    return name if change.pair.new else f"gone.{name}"


class Rows:
    """Makes the rows of a page, and the links to them."""

    def __init__(self, library: Library, found: Compared, shown: Iterable[ClauseChange]) -> None:
        """Show the changes that were chosen."""
        self._library = library
        self._found = found
        self._shown = tuple(shown)
        self._keys = {plain(c.pair.clause.address): key_of(c) for c in self._shown}

    def rows(self, show: Show) -> Iterator[Row]:
        """The rows, with differences of print marked or not."""
        yield from (self._row(change, with_noise=show.marks_noise) for change in self._shown)

    def _row(self, change: ClauseChange, *, with_noise: bool) -> Row:
        old, new = change.pair.old, change.pair.new
        before, after = old.text if old else "", new.text if new else ""
        if old and new:
            merged = segments(before, after, change.differences, with_noise=with_noise)
            one, other = sides(before, after, change.differences, with_noise=with_noise)
        else:
            one = (Segment("removed", before),) if old else ()
            other = (Segment("inserted", after),) if new else ()
            merged = (*one, *other)
        places = self._place(old, self._found.old), self._place(new, self._found.new)
        return Row(key_of(change), change, *places, merged, one, other)

    def _place(self, clause: Clause | None, text: Text) -> Place | None:
        return Place(label_in(text, clause.address), self._page(clause, text)) if clause else None

    def _page(self, clause: Clause, text: Text) -> str:
        """The page of a clause in its edition; there is none where the main text has not got it.

        The reader's day is left out of the link: the page is of this edition, whatever the day.
        """
        act, lang = clause.address.act or "", text.act.lang
        shelf = self._library.shelf
        if text.day not in shelf.days(act):
            return ""
        main = shelf.text(act, text.day)
        there = main.clauses.get(clause.address.short)
        if there is None:
            return ""
        beside = lang if lang != main.act.lang and lang in LANGUAGES else None
        path = edition_path(there.address)
        return url_for("acts.clause_page", act_id=act, address=path, on=None, beside=beside)

    def label(self, address: ClauseAddress) -> str:
        """The citation of a clause or heading, with the levels that a text itself has."""
        texts = (self._found.new, self._found.old)
        having = (text for text in texts if plain(address).short in text.clauses)
        return label_in(next(having, texts[0]), address.inside(texts[0].act.id))

    def jump(self, address: ClauseAddress) -> str:
        """The row of a clause where it is on the page, else the comparison of it alone."""
        if key := self._keys.get(plain(address)):
            return f"#{key}"
        return this_page(at=plain(address).short, show=None, kind=None)


def label_in(text: Text, address: ClauseAddress) -> str:
    """Cite a clause with the levels that its own text has; a guess where it has none there."""
    lang, bare = current_language(), replace(address, edition=None)
    steps = [bare, *bare.ancestors][::-1][1:]
    having = [text.clauses.get(step.short) for step in steps]
    pairs = zip(having, bare.levels(), strict=True)
    return bare.cite(lang, tuple(clause.kind if clause else guess for clause, guess in pairs))


def heading_words(heading: HeadingChange) -> tuple[Segment, ...]:
    """The words of a heading, with what differs marked; one that is new or gone, whole."""
    if not (heading.old and heading.new):
        whole = Segment("removed", heading.old), Segment("inserted", heading.new)
        return tuple(piece for piece in whole if piece.text)
    found = differences(heading.old, heading.new)
    return segments(heading.old, heading.new, found, with_noise=False)


def spoken_reasons(found: Compared) -> str:
    """For a note that the browser keeps, as JSON: by address, the citation and why to read it."""
    act = found.old.act.id
    addresses = {short: ClauseAddress.parse(short).inside(act) for short in found.reasons}
    said = {
        str(address): (label_in(found.old, address), reason_words(found.reasons[short]))
        for short, address in addresses.items()
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) if said else ""


def reason_words(reason: str) -> str:
    """Why something that rests on a clause is to be read again, in words."""
    return term("compare.reason", reason)
