"""Find the tables of a printed page by their ruled lines, and which cell a word stands in.

Coordinates are points from the lower left of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

_NEAR = 3.0  # lines closer than this are one
_THIN = 3.0  # a rectangle no wider is a line
_SHORTEST = 5.0
# A page with more is a drawing; to compare each with each would take long.
_MOST_LINES = 400
_MOST_DRAWN = 20_000
_PAINT = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
Point = tuple[float, float]


@dataclass(frozen=True)
class Rule:
    """A ruled line: at ``at`` on the one axis, from ``start`` to ``end`` on the other."""

    at: float
    start: float
    end: float

    def covers(self, where: float) -> bool:
        """Whether the line passes ``where``."""
        return self.start - _NEAR <= where <= self.end + _NEAR


@dataclass
class Drawing:
    """Gathers the ruled lines of a page from its drawing operators."""

    upright: list[Rule] = field(default_factory=list)
    level: list[Rule] = field(default_factory=list)
    _path: list[tuple[Point, Point]] = field(default_factory=list)
    _from: Point = (0.0, 0.0)

    def draw(self, operator: bytes, operands: Sequence[Any], matrix: Sequence[float]) -> None:
        """Follow one operator of the page."""
        if operator in _PAINT:
            for one, other in self._path:
                self._keep(one, other)
        if operator in _PAINT or operator == b"n" or len(self._path) > _MOST_DRAWN:
            self._path = []
        elif operator in {b"m", b"l"} and len(operands) == 2:
            to = _placed(float(operands[0]), float(operands[1]), matrix)
            if operator == b"l":
                self._path.append((self._from, to))
            self._from = to
        elif operator == b"re" and len(operands) == 4:
            self._path += _sides(*map(float, operands), matrix=matrix)

    def _keep(self, one: Point, other: Point) -> None:
        (x, y), (u, v) = one, other
        if len(self.upright) + len(self.level) > _MOST_DRAWN:
            return
        if abs(x - u) <= 1 and abs(y - v) >= _SHORTEST:
            self.upright.append(Rule(x, min(y, v), max(y, v)))
        if abs(y - v) <= 1 and abs(x - u) >= _SHORTEST:
            self.level.append(Rule(y, min(x, u), max(x, u)))


def _placed(x: float, y: float, matrix: Sequence[float]) -> Point:
    a, b, c, d, e, f = map(float, matrix[:6])
    return x * a + y * c + e, x * b + y * d + f


def _sides(
    x: float, y: float, width: float, height: float, *, matrix: Sequence[float]
) -> list[tuple[Point, Point]]:
    """The sides of a rectangle; of one that is only a line, its middle."""
    (x, y), (u, v) = _placed(x, y, matrix), _placed(x + width, y + height, matrix)
    if abs(x - u) <= _THIN:
        return [(((x + u) / 2, y), ((x + u) / 2, v))]
    if abs(y - v) <= _THIN:
        return [((x, (y + v) / 2), (u, (y + v) / 2))]
    return [((x, y), (u, y)), ((x, v), (u, v)), ((x, y), (x, v)), ((u, y), (u, v))]


# -- tables ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """A grid of ruled lines: its columns from the left, its rows from the top.

    ``cell_of`` gives for each place of the grid the first place of the cell that covers it, by row
    and column: cells may be merged.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cell_of: dict[tuple[int, int], tuple[int, int]]

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and column of the cell around a point, if the table has it."""
        column = sum(edge <= x + 1 for edge in self.xs) - 1
        row = sum(edge >= y - 1 for edge in self.ys) - 1
        return self.cell_of.get((row, column))

    @property
    def columns(self) -> int:
        """How many columns the grid has."""
        return len(self.xs) - 1


def tables(drawing: Drawing) -> list[Table]:
    """The grids of a page with two columns or more, from the top."""
    upright, level = _merged(drawing.upright), _merged(drawing.level)
    if len(upright) + len(level) > _MOST_LINES:
        return []
    found = []
    for sides, bars in _groups(upright, level):
        xs = tuple(_distinct(rule.at for rule in sides))
        ys = tuple(reversed(_distinct(rule.at for rule in bars)))
        if len(xs) > 2 and len(ys) > 1:
            found.append(Table(xs, ys, _cells(xs, ys, sides, bars)))
    return sorted(found, key=lambda table: -table.ys[0])


def is_crowded(drawing: Drawing) -> bool:
    """Whether a page has more lines than a table could have."""
    return len(_merged(drawing.upright)) + len(_merged(drawing.level)) > _MOST_LINES


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Join the lines that go on one another: many a table is drawn cell by cell."""
    beside: list[Rule] = []
    for rule in sorted(rules, key=lambda r: r.at):
        # Lines less than a line's width apart are one, and stand where the first of them does.
        near = bool(beside) and rule.at - beside[-1].at <= _NEAR
        beside.append(Rule(beside[-1].at if near else rule.at, rule.start, rule.end))
    joined: list[Rule] = []
    for rule in sorted(beside, key=lambda r: (r.at, r.start)):
        above = joined[-1] if joined else None
        if above and above.at == rule.at and rule.start <= above.end + _NEAR:
            joined[-1] = Rule(above.at, above.start, max(above.end, rule.end))
        else:
            joined.append(rule)
    return joined


def _groups(upright: list[Rule], level: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The upright and level lines that touch one another, group by group."""
    group = list(range(len(upright) + len(level)))

    def head(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for i, side in enumerate(upright):
        for j, bar in enumerate(level, start=len(upright)):
            if side.covers(bar.at) and bar.covers(side.at):
                group[head(i)] = head(j)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, side in enumerate(upright):
        parts.setdefault(head(i), ([], []))[0].append(side)
    for j, bar in enumerate(level, start=len(upright)):
        parts.setdefault(head(j), ([], []))[1].append(bar)
    return list(parts.values())


def _distinct(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _cells(
    xs: Sequence[float], ys: Sequence[float], sides: list[Rule], bars: list[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Merge the places of the grid between which no line stands."""
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            centre = (xs[column] + xs[column + 1]) / 2
            place = (row, column)
            if column and not _stands(sides, xs[column], middle):
                place = cells[row, column - 1]
            elif row and not _stands(bars, ys[row], centre):
                place = cells[row - 1, column]
            cells[row, column] = place
    return cells


def _stands(rules: list[Rule], at: float, where: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR and rule.covers(where) for rule in rules)
