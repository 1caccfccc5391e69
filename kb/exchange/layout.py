"""The hierarchy of an act as Akoma Ntoso nests it, built from the flat list of its clauses.

A paragraph's unnumbered parts, its items and the headings above it become one tree in the order of
the text, in which every word stands once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.address import ClauseAddress
from kb.errors import InputError
from kb.exchange.naming import element_id
from kb.model import Act, Chapter, Clause, Component

_RANKS = ("subchapter", "chapter", "section")
PART_TAGS = ("alinea", "container")
# What stands in an annex under no number is a clause of this kind; Akoma Ntoso has no tag for it.
_UNNUMBERED = "text"
UNNUMBERED_TAG = "hcontainer"


@dataclass(frozen=True)
class Line:
    """A run of text, and where it starts in the text of the clause that holds it."""

    start: int
    text: str


@dataclass(frozen=True)
class Unit:
    """An element of the hierarchy: a heading with what is under it, a clause, or a part.

    ``lines`` are its own words without the heading; ``text_of`` is the clause in whose text their
    offsets count, for a part that of its paragraph.
    """

    eid: str
    tag: str
    number: str
    of: Chapter | Clause
    heading: Line | None
    lines: tuple[Line, ...]
    children: tuple[Unit, ...]
    text_of: ClauseAddress | None = None

    def walk(self) -> Iterator[Unit]:
        """Yield the unit and all under it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Text:
    """One component of the act: ``eid`` is empty for the act's own text, else the attachment's."""

    component: Component
    eid: str
    preamble: Unit | None
    units: tuple[Unit, ...]

    def walk(self) -> Iterator[Unit]:
        """Yield every unit in the order of the text."""
        for unit in (self.preamble, *self.units):
            if unit is not None:
                yield from unit.walk()


def texts_of(act: Act, clauses: Sequence[Clause]) -> tuple[Text, ...]:
    """Lay out every component of an act."""
    return tuple(_text(act, clauses, *numbered) for numbered in enumerate(act.components))


def eids(texts: Sequence[Text]) -> dict[tuple[str, tuple[str, ...]], str]:
    """The eId of each component, heading and clause, by component and path."""
    found: dict[tuple[str, tuple[str, ...]], str] = {}
    for text in texts:
        name = text.component.name
        found[name, ()] = text.eid or "body"
        for unit in text.walk():
            of = unit.of
            path = of.address.path if isinstance(of, Clause) else (f"{of.kind}-{of.number}",)
            found.setdefault((name, path), unit.eid)
    return found


def _text(act: Act, clauses: Sequence[Clause], index: int, component: Component) -> Text:
    eid = element_id("", "attachment", str(index)) if index else ""
    under: dict[ClauseAddress | None, list[Clause]] = defaultdict(list)
    for clause in clauses:
        if clause.address.component == component.name:
            under[clause.parent].append(clause)
    branch = _Branch(under, eid)
    preamble = next((c for c in under[None] if c.kind == "preamble"), None)
    headings = [h for h in act.chapters if h.component == component.name]
    numbered = [c for c in under[None] if c is not preamble]
    return Text(
        component,
        eid,
        branch.clause(preamble, eid) if preamble else None,
        branch.top(numbered, headings),
    )


class _Branch:
    """The units of one component, with eIds that no two of them share."""

    def __init__(self, under: dict[ClauseAddress | None, list[Clause]], root: str) -> None:
        self.under = under
        self.root = root
        self.taken: set[str] = set()

    def top(self, clauses: Sequence[Clause], headings: Sequence[Chapter]) -> tuple[Unit, ...]:
        """The headings and the clauses that stand under none."""
        opened = _Open(_first_clauses(clauses, headings), headings)
        nodes = opened.nest(clauses)
        return tuple(self._node(node, self.root) for node in nodes)

    def _node(self, node: _Node, above: str) -> Unit:
        of = node.of
        if isinstance(of, Clause):
            return self.clause(of, above)
        eid = self._eid(above, of.kind, of.number)
        heading = Line(0, of.heading) if of.heading else None
        below = tuple(self._node(child, eid) for child in node.below)
        return Unit(eid, of.kind, of.number, of, heading, (), below)

    def clause(self, clause: Clause, above: str) -> Unit:
        """A clause with its parts and items."""
        number = "" if clause.kind == "preamble" else clause.number
        tag = UNNUMBERED_TAG if clause.kind == _UNNUMBERED else clause.kind
        eid = self._eid(above, tag, number or ("1" if tag == UNNUMBERED_TAG else ""))
        held = self.under[clause.address]
        heading, own, of_part = _share_out(clause, [c for c in held if c.kind == "part"])
        below = tuple(
            self._part(child, clause, of_part[child.address], eid)
            if child.kind == "part"
            else self.clause(child, eid)
            for child in sorted(held, key=lambda c: c.source_lines[:1])
        )
        return Unit(eid, tag, number, clause, heading, own, below, clause.address)

    def _part(self, part: Clause, holder: Clause, lines: list[Line], above: str) -> Unit:
        tag = "container" if holder.kind == "preamble" else "alinea"
        eid = self._eid(above, tag, part.number)
        below = tuple(self.clause(child, eid) for child in self.under[part.address])
        return Unit(eid, tag, "", part, None, tuple(lines), below, holder.address)

    def _eid(self, above: str, tag: str, number: str) -> str:
        wanted = eid = element_id(above, tag, number)
        # A text that numbers two chapters alike still needs an id for each.
        count = 1
        while eid in self.taken:
            count += 1
            eid = f"{wanted}_{count}"
        self.taken.add(eid)
        return eid


@dataclass
class _Node:
    """A heading and what stands under it, or a clause."""

    of: Chapter | Clause
    below: list[_Node]


class _Open:
    """Places headings before their first clause, and each under the wider one that is open."""

    def __init__(self, first: Sequence[int], headings: Sequence[Chapter]) -> None:
        self.waiting = list(zip(first, headings, strict=True))
        self.root: list[_Node] = []
        self.open: list[_Node] = []

    def nest(self, clauses: Sequence[Clause]) -> list[_Node]:
        """The top level: headings with all under them, and clauses that stand before any."""
        for index, clause in enumerate(clauses):
            self._begin_headings(index)
            self._below().append(_Node(clause, []))
        self._begin_headings(len(clauses))
        return self.root

    def _below(self) -> list[_Node]:
        return self.open[-1].below if self.open else self.root

    def _begin_headings(self, upto: int) -> None:
        while self.waiting and self.waiting[0][0] <= upto:
            heading = self.waiting.pop(0)[1]
            while self.open and _rank(self.open[-1].of) <= _rank(heading):
                self.open.pop()
            node = _Node(heading, [])
            self._below().append(node)
            self.open.append(node)


def _rank(heading: Chapter | Clause) -> int:
    return _RANKS.index(heading.kind)


def _first_clauses(clauses: Sequence[Clause], headings: Sequence[Chapter]) -> list[int]:
    """Before which clause each heading stands; one with no clause stands before the next one."""
    index = {clause.address: number for number, clause in enumerate(clauses)}
    places: list[int] = []
    place = len(clauses)
    for heading in reversed(headings):
        place = min((index[a] for a in heading.clauses if a in index), default=place)
        places.append(place)
    return places[::-1]


def _share_out(
    clause: Clause, parts: Iterable[Clause]
) -> tuple[Line | None, tuple[Line, ...], dict[ClauseAddress, list[Line]]]:
    """Divide a clause's text into its heading, what stands before its parts, and each part.

    Words that a part puts into another act follow it and belong to no part of their own.
    """
    lines = list(_lines(clause.text))
    heading = lines.pop(0) if clause.heading and lines and lines[0].text == clause.heading else None
    if clause.heading and heading is None:
        raise InputError(f"{clause.address}: the text does not begin with its heading")
    own: list[Line] = []
    of_part: dict[ClauseAddress, list[Line]] = {}
    waiting, into = list(parts), own
    for line in lines:
        if waiting and line.text == waiting[0].text:
            into = of_part.setdefault(waiting.pop(0).address, [])
        into.append(line)
    if waiting:
        raise InputError(f"{waiting[0].address}: its words are not in {clause.address.short}")
    return heading, tuple(own), of_part


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for line in text.split("\n") if text else ():
        yield Line(start, line)
        start += len(line) + 1
