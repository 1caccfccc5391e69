"""Compare two editions of an act: which clauses changed, how, and by which amending act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.address import ClauseAddress
from kb.compare.align import SAME, Pair, align, plain
from kb.compare.words import Difference, Vocabulary, differences, words_of
from kb.corpus.history import change_key, touches
from kb.language.noise import substance
from kb.model import Act, ActReference, Amendment, Edition

CHANGED, NOISE, UNCHANGED = "changed", "noise", "unchanged"


@dataclass(frozen=True)
class ClauseChange:
    """A clause in the two editions, what differs in its words, and the notes that explain it.

    ``kind`` is ``added``, ``gone``, ``moved``, ``renumbered``, ``changed``, ``noise`` (typography
    alone) or ``unchanged``.
    """

    pair: Pair
    kind: str
    differences: tuple[Difference, ...]
    explained_by: tuple[Amendment, ...]

    @property
    def is_substantive(self) -> bool:
        """Whether more than typography differs."""
        return self.kind not in {NOISE, UNCHANGED}

    @property
    def is_unexplained(self) -> bool:
        """Whether the text differs in substance and no new note says so."""
        return self.is_substantive and not self.explained_by

    @property
    def is_repeated(self) -> bool:
        """Whether the clause is a part, whose lines its paragraph has as well."""
        return self.pair.clause.kind == "part"

    @property
    def addresses(self) -> tuple[ClauseAddress, ...]:
        """Where the clause stands, in one edition and in the other, without act and edition."""
        found = (plain(c.address) for c in (self.pair.old, self.pair.new) if c)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class HeadingChange:
    """The heading of a chapter, or the title of a component, that has other words."""

    address: ClauseAddress
    old: str
    new: str


@dataclass(frozen=True)
class Announced:
    """A new note with the addresses of the clauses that changed by it; none is suspicious."""

    amendment: Amendment
    clauses: tuple[ClauseAddress, ...]
    headings: tuple[ClauseAddress, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Whether the note announces a change and the text it is about is the same."""
        return not self.clauses and not self.headings


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two editions.

    ``announced`` has each change that the notes of the later edition record and those of the
    earlier do not, by amending act and address.
    """

    old: Act
    new: Act
    clauses: tuple[ClauseChange, ...]
    headings: tuple[HeadingChange, ...]
    announced: tuple[Announced, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all differs."""
        return not (
            self.headings or self.announced or any(c.kind != UNCHANGED for c in self.clauses)
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many clauses there are of each kind, parts left out."""
        return dict(Counter(change.kind for change in self.under(None)))

    @property
    def noise(self) -> dict[str, int]:
        """How many differences there are of each kind of noise, parts left out."""
        found = (d.noise for change in self.under(None) for d in change.differences if d.noise)
        return dict(Counter(found))

    def by_act(self) -> dict[ActReference, tuple[Announced, ...]]:
        """Each amending act with the changes that it made, earliest first."""
        found: dict[ActReference, tuple[Announced, ...]] = {}
        for change in self.announced:
            found[change.amendment.by] = (*found.get(change.amendment.by, ()), change)
        return found

    def under(self, address: ClauseAddress | None) -> tuple[ClauseChange, ...]:
        """The clauses at and under an address in either edition; by default all.

        Parts are left out, because their paragraphs repeat them, unless the address is one.
        """
        if address is None:
            return tuple(c for c in self.clauses if not c.is_repeated)
        wanted = plain(address)
        is_part = bool(wanted.path) and wanted.path[-1].startswith("part-")
        found = (c for c in self.clauses if any(holds(wanted, a) for a in c.addresses))
        return tuple(c for c in found if is_part or not c.is_repeated)

    def narrowed(self, address: ClauseAddress) -> Comparison:
        """The comparison of what stands at and under an address, in either edition."""
        wanted = plain(address)
        return replace(
            self,
            clauses=tuple(c for c in self.clauses if any(holds(wanted, a) for a in c.addresses)),
            headings=tuple(h for h in self.headings if holds(wanted, h.address)),
            announced=tuple(n for n in self.announced if _bears_on(n, wanted)),
        )


def _bears_on(change: Announced, address: ClauseAddress) -> bool:
    """Whether a note is about what stands at an address, or changed something there."""
    target = plain(change.amendment.target)
    if holds(address, target):
        return True
    return any(holds(address, a) for a in (*change.clauses, *change.headings))


def holds(above: ClauseAddress, address: ClauseAddress) -> bool:
    """Whether ``above`` is the address or holds it."""
    same = above.component == address.component
    return same and address.path[: len(above.path)] == above.path


def compare(old: Edition, new: Edition) -> Comparison:
    """Compare two editions of an act, in one language; either may be the earlier."""
    notes = new_notes(old, new)
    pairs = align(old.clauses, new.clauses)
    in_use = words_of(c.text for c in old.clauses), words_of(c.text for c in new.clauses)
    clauses = tuple(_clause_change(pair, (old.act, new.act), notes, in_use) for pair in pairs)
    headings = tuple(_heading_changes(old.act, new.act))
    announced = tuple(_announced(note, clauses, headings) for note in notes)
    return Comparison(old.act, new.act, clauses, headings, announced)


def new_notes(old: Edition, new: Edition) -> list[Amendment]:
    """What the notes of the later edition record and those of the earlier do not, by act."""
    earlier, later = sorted((old, new), key=lambda edition: edition.act.edition)
    known = {change_key(amendment) for amendment in earlier.amendments}
    found = [a for a in later.amendments if change_key(a) not in known]
    return sorted(found, key=lambda a: (a.by.date or date.min, a.by.number, a.target.sort_key))


def _clause_change(
    pair: Pair,
    acts: tuple[Act, Act],
    notes: Sequence[Amendment],
    in_use: tuple[Vocabulary, Vocabulary],
) -> ClauseChange:
    words = differences(pair.old.text, pair.new.text, in_use) if pair.old and pair.new else ()
    kind = _kind(pair, words)
    explained = _explained_by(pair, *acts, notes) if kind not in {NOISE, UNCHANGED} else ()
    return ClauseChange(pair, kind, words, tuple(explained))


def _kind(pair: Pair, words: Iterable[Difference]) -> str:
    if pair.how != SAME:
        return pair.how
    assert pair.old
    assert pair.new
    if pair.old.status != pair.new.status or any(not d.noise for d in words):
        return CHANGED
    return UNCHANGED if pair.old.text == pair.new.text else NOISE


def _explained_by(
    pair: Pair, old: Act, new: Act, notes: Sequence[Amendment]
) -> Iterator[Amendment]:
    """The new notes that bear on the clause, where it stood or where it stands."""
    found = {
        change_key(touch.amendment)
        for clause, act in ((pair.old, old), (pair.new, new))
        if clause
        for touch in touches(clause.address, notes, act)
    }
    yield from (note for note in notes if change_key(note) in found)


def _heading_changes(old: Act, new: Act) -> Iterator[HeadingChange]:
    before, after = dict(_headings(old)), dict(_headings(new))
    for address in sorted({*before, *after}, key=lambda a: a.sort_key):
        one, other = before.get(address, ""), after.get(address, "")
        if substance(one) != substance(other):
            yield HeadingChange(address, one, other)


def _headings(act: Act) -> Iterator[tuple[ClauseAddress, str]]:
    yield from ((ClauseAddress(c.name), c.title) for c in act.components)
    for chapter in act.chapters:
        if chapter.kind == "chapter":
            yield ClauseAddress(chapter.component, (f"chapter-{chapter.number}",)), chapter.heading


def _announced(
    note: Amendment, clauses: Sequence[ClauseChange], headings: Sequence[HeadingChange]
) -> Announced:
    key, target = change_key(note), plain(note.target)
    explained = [c for c in clauses if key in map(change_key, c.explained_by)]
    return Announced(
        note,
        tuple(_place(c) for c in explained if not c.is_repeated),
        tuple(h.address for h in headings if holds(target, h.address)),
    )


def _place(change: ClauseChange) -> ClauseAddress:
    return plain(change.pair.clause.address)
