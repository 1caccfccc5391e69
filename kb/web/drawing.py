"""A timeline laid out for drawing: a vertical axis to scale, newest on top, texts beside it.

All measures are in ``rem``, so that the drawing grows with the reader's type; widths are left to
the page, because lines are broken short enough for a phone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LINE = 1.4
_LETTERS = 25
_ROW_GAP = 0.8
_LABEL_GAP = 0.15
_TOP = 1.1
_TICK_GAP = 1.7
_STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Label:
    """A text beside the axis, broken into ``lines``, that may open ``href``."""

    kind: str
    lines: tuple[str, ...]
    href: str = ""

    @property
    def height(self) -> float:
        """The room that the text needs."""
        return LINE * len(self.lines) + _LABEL_GAP

    @classmethod
    def of(cls, kind: str, text: str, href: str = "") -> Label:
        """Break ``text`` into lines that fit beside the axis on a phone."""
        return cls(kind, tuple(textwrap.wrap(text, _LETTERS)) or ("",), href)


@dataclass(frozen=True)
class Drawn:
    """An event to draw: its day, its class, whether it is after the reader's day, its labels."""

    day: date | None
    kind: str
    later: bool
    labels: tuple[Label, ...]

    @property
    def height(self) -> float:
        """The room that the labels need."""
        return sum(label.height for label in self.labels) + _ROW_GAP


@dataclass(frozen=True)
class Row:
    """An event in its place: the mark on the axis (``None`` without a day), and the labels."""

    drawn: Drawn
    mark: float | None
    top: float
    labels: tuple[tuple[float, Label], ...]


@dataclass(frozen=True)
class Drawing:
    """The rows, the years on the axis, and the height of it all."""

    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, str], ...]
    height: float


def draw(events: Sequence[Drawn]) -> Drawing:
    """Lay events out, newest first; marks are to scale, texts give way to one another."""
    heights = [event.height for event in events]
    scale = _Scale.of([event.day for event in events if event.day], sum(heights))
    marks = [scale.place(event.day) if event.day else None for event in events]
    tops = _apart([scale.length if m is None else m for m in marks], heights)
    rows = tuple(
        Row(event, _round(mark), _round(top) or 0.0, _placed(event.labels, top))
        for event, mark, top in zip(events, marks, tops, strict=True)
    )
    return Drawing(rows, scale.ticks(), round(_TOP + sum(heights) + LINE, 2))


@dataclass(frozen=True)
class _Scale:
    """Days on an axis of ``length``, the newest at its top."""

    newest: date
    oldest: date
    length: float

    @classmethod
    def of(cls, days: Sequence[date], length: float) -> _Scale:
        # The last text hangs below its mark, so the axis ends a little before the texts do.
        return cls(max(days, default=date.min), min(days, default=date.min), max(length - LINE, 0))

    def place(self, day: date) -> float:
        span = (self.newest - self.oldest).days
        return _TOP + (self.length * (self.newest - day).days / span if span else 0.0)

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """The beginnings of years, as many as have room."""
        years = [y for y in range(self.newest.year, self.oldest.year - 1, -1) if self._holds(y)]
        for step in _STEPS:
            shown = [year for year in years if year % step == 0]
            if len(shown) * _TICK_GAP <= self.length or step == _STEPS[-1]:
                break
        return tuple((round(self.place(date(year, 1, 1)), 2), str(year)) for year in shown)

    def _holds(self, year: int) -> bool:
        return self.oldest <= date(year, 1, 1) <= self.newest


def _apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Move tops apart so that none covers another, each as near as may be to where it belongs."""
    tops: list[float] = []
    free = _TOP
    for place, height in zip(wanted, heights, strict=True):
        tops.append(max(place, free))
        free = tops[-1] + height
    limit = _TOP + sum(heights)
    for i in range(len(tops) - 1, -1, -1):
        limit = tops[i] = min(tops[i], limit - heights[i])
    return tops


def _placed(labels: Sequence[Label], top: float) -> tuple[tuple[float, Label], ...]:
    placed, y = [], top
    for label in labels:
        placed.append((round(y, 2), label))
        y += label.height
    return tuple(placed)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
