"""The printed lines of a PDF's page: what stands on one line, in one cell, or only beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kb.importing.pdf_tables import Drawing, Table, is_crowded, tables
from kb.importing.pdf_widths import Run, Widths
from kb.importing.source import raised, tidy

# Of a letter's height, about what a letter of a text is wide.
_LETTER = 0.52
_ALIGNED = 2.0  # points
_TOUCHES = 0.12  # of a letter's height; a space is twice as wide
_SMALL, _ABOVE = 0.85, 0.15  # of the letters beside
_SHOWS = {b"Tj", b"TJ", b"'", b'"'}
_MARK = re.compile(r"^(?:[\w.-]{1,8}[.)]|[-–—•*])$")
# Why a line may not read as it is printed.
COLUMNS, CELLS, OVER_PAGE = "columns", "cells", "over-page"


@dataclass(frozen=True)
class Piece:
    """Words as the page sets them, in one run or several; ``end`` is where the last one ends."""

    text: str
    x: float
    y: float
    size: float
    runs: tuple[Run, ...] = ()
    end: float | None = None


@dataclass(frozen=True)
class PrintedLine:
    """A printed line: its words, where it stands (points, from the lower left), and its page.

    Of a table's row, ``cells`` has the printed lines of each cell, and ``columns`` says how many
    the table has. ``doubt`` says why the line may not read as it is printed. ``hang`` is where the
    words begin after the mark of a list, and where the lines below them may hang.
    """

    text: str
    x: float
    y: float
    page: int
    doubt: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    columns: int = 0
    hang: float = 0.0


@dataclass
class PageReader:
    """Listens to what a page draws and writes."""

    number: int
    drawing: Drawing = field(default_factory=Drawing)
    pieces: list[Piece] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _widths: Widths = field(default_factory=Widths)

    def on_text(
        self, text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float
    ) -> None:
        """Take in words, and the line breaks between them."""
        x, y = _place(cm, tm)
        height = abs(float(size) * float(tm[3]) * float(cm[3])) or float(size)
        runs = tuple(self._runs)
        end = self._widths.end(runs[-1], font, height) if runs else None
        if text:
            text = self._without_a_space(text, runs, font, Piece("", x, y, height))
            self._runs = []
        self.pieces.append(Piece(text, x, y, height, runs, end))

    def _without_a_space(self, text: str, runs: tuple[Run, ...], font: Any, place: Piece) -> str:
        """Drop a space before the words that neither the page nor a gap has.

        Where the font changes inside a word, as for letters that the first font has not, the words
        reach us with a space between them.
        """
        above = next((p for p in reversed(self.pieces) if p.text.strip()), None)
        if not text.startswith(" ") or above is None or above.end is None or not runs:
            return text
        letters = [self._widths.letters(run, font) for run in runs]
        ends = [self._widths.end(run, font, place.size) for run in runs]
        if None in letters or abs(above.y - place.y) > 1:
            return text
        inner = (run.x - (end or 0) for run, end in zip(runs[1:], ends, strict=False))
        added = len(text.rstrip("\n")) - sum(n or 0 for n in letters)
        touches = abs(place.x - above.end) < _TOUCHES * place.size
        return text[1:] if added == 1 and touches and not _any_gap(inner, place.size) else text

    def on_operator(
        self, operator: bytes, operands: Sequence[Any], cm: Sequence[float], tm: Sequence[float]
    ) -> None:
        """Take in lines that are drawn, and where words are."""
        if operator in _SHOWS:
            shown = operands[-1] if operands else b""
            self._runs.append(Run(*_place(cm, tm), shown))
        else:
            self.drawing.draw(operator, operands, cm)

    def lines(self) -> list[PrintedLine]:
        """The lines of the page, in the order in which it writes them; tables row by row."""
        found = tables(self.drawing)
        lines = _with_columns(list(_split(self.pieces, found)))
        return [
            replace(line, page=self.number) for line in _rows_gathered(_jumps_marked(lines), found)
        ]

    @property
    def is_crowded(self) -> bool:
        """Whether the page has too many ruled lines to look for tables."""
        return is_crowded(self.drawing)


def _any_gap(gaps: Iterable[float], size: float) -> bool:
    return any(gap > _TOUCHES * size for gap in gaps)


def _place(cm: Sequence[float], tm: Sequence[float]) -> tuple[float, float]:
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    return float(x), float(y)


# -- pieces to lines -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cell:
    """A cell of a page: which table, which row, which column."""

    table: int
    row: int
    column: int


@dataclass(frozen=True)
class _Open:
    """A line while it is read: its pieces, and the cell that they stand in."""

    pieces: tuple[Piece, ...]
    cell: _Cell | None
    doubt: str = ""

    @property
    def text(self) -> str:
        # A hyphen that is only there for the line's end is kept until lines are joined.
        return tidy("".join(p.text for p in self.pieces).rstrip().replace("\u00ad", "-"))


def _split(pieces: Sequence[Piece], found: Sequence[Table]) -> Iterator[_Open]:
    """End a line where the page does, and where it passes into another cell."""
    open_: list[Piece] = []
    where: _Cell | None = None
    doubt = ""
    for piece in pieces:
        for at, part in enumerate(piece.text.split("\n")):
            cell = _cell_of(piece.x, piece.y, found) if part.strip() else where
            if open_ and (at or cell != where):
                yield _Open(tuple(open_), where, doubt)
                open_, doubt = [], ""
            if part.strip() or open_:
                words = raised(part) if _is_raised(piece, part, open_) else part
                open_.append(replace(piece, text=words))
                where = cell
            if len({_cell_of(run.x, run.y, found) for run in piece.runs}) > 1:
                doubt = CELLS
    if open_:
        yield _Open(tuple(open_), where, doubt)


def _is_raised(piece: Piece, words: str, before: Sequence[Piece]) -> bool:
    """Whether digits are set small above the line: ``6¹`` is not ``61``."""
    if not words.strip().isdecimal():
        return False
    base = max(before, key=lambda other: other.size, default=piece)
    return piece.size < _SMALL * base.size and piece.y - base.y > _ABOVE * base.size


def _cell_of(x: float, y: float, found: Sequence[Table]) -> _Cell | None:
    for number, table in enumerate(found):
        if place := table.cell_at(x, y):
            return _Cell(number, *place)
    return None


# -- columns without ruled lines -------------------------------------------------------------


def _with_columns(lines: list[_Open]) -> list[_Open]:
    """Part with tabs what stands in columns: where two lines go on at one place after a gap."""
    starts = Counter(round(x / _ALIGNED) for line in lines for x, _ in _gaps(line))
    found = []
    for line in lines:
        cuts = {at for x, at in _gaps(line) if _around(starts, round(x / _ALIGNED)) > 1}
        if not cuts:
            found.append(line)
            continue
        pieces = tuple(
            replace(p, text=f"\t{p.text.strip()}" if at in cuts else p.text)
            for at, p in enumerate(line.pieces)
        )
        found.append(replace(line, pieces=pieces, doubt=COLUMNS))
    return found


def _around(counts: Counter[int], place: int) -> int:
    return sum(counts[place + step] for step in (-1, 0, 1))


def _gaps(line: _Open) -> Iterator[tuple[float, int]]:
    """Where a line that stands in no cell goes on after a gap, and with which of its pieces."""
    if line.cell:
        return
    end, so_far = None, ""
    for at, piece in enumerate(line.pieces):
        words = piece.text.strip()
        if not words:
            continue
        if end is not None and piece.x - end > piece.size and not _MARK.match(so_far.strip()):
            yield piece.x, at
        end = piece.end or piece.x + len(words) * piece.size * _LETTER
        so_far += piece.text


# -- lines to rows ---------------------------------------------------------------------------


def _jumps_marked(lines: list[_Open]) -> list[_Open]:
    """Doubt what is written higher up than the line before it, and stands in no table."""
    found: list[_Open] = []
    for line in lines:
        first = line.pieces[0]
        above = found[-1].pieces[0] if found else None
        jumps = above is not None and first.y > above.y + first.size / 2
        beside = jumps and not line.cell and not found[-1].cell
        found.append(replace(line, doubt=COLUMNS) if beside and line.text else line)
    return found


def _rows_gathered(lines: Sequence[_Open], found: Sequence[Table]) -> Iterator[PrintedLine]:
    """Give each table whole, where its first line stands."""
    given: set[int] = set()
    for line in lines:
        if line.cell is None:
            if text := _text(line):
                yield _printed(line, text)
        elif line.cell.table not in given:
            given.add(line.cell.table)
            inside = [one for one in lines if one.cell and one.cell.table == line.cell.table]
            yield from _rows(inside, found[line.cell.table].columns)


def _text(line: _Open) -> str:
    joined = "".join(p.text for p in line.pieces).replace("\u00ad", "-")
    return "\t".join(filter(None, map(tidy, joined.split("\t"))))


def _printed(line: _Open, text: str) -> PrintedLine:
    first = next((p for p in line.pieces if p.text.strip()), line.pieces[0])
    return PrintedLine(text, first.x, first.y, 0, line.doubt, hang=_hang(line))


def _hang(line: _Open) -> float:
    filled = [piece for piece in line.pieces if piece.text.strip()]
    marked = len(filled) > 1 and _MARK.match(filled[0].text.strip())
    return filled[1].x if marked else 0.0


def _rows(lines: Sequence[_Open], columns: int) -> Iterator[PrintedLine]:
    """The rows of a table; the lines of its cells where cells do not stand side by side."""
    grid: dict[int, dict[int, list[_Open]]] = {}
    for line in lines:
        if line.text and line.cell:
            grid.setdefault(line.cell.row, {}).setdefault(line.cell.column, []).append(line)
    rows = [dict(sorted(grid[row].items())) for row in sorted(grid)]
    if len(rows) <= 1 or all(len(cells) == 1 for cells in rows):
        alone = (line for cells in rows for cell in cells.values() for line in cell)
        yield from (_printed(line, line.text) for line in alone)
        return
    for cells in rows:
        inside = [line for cell in cells.values() for line in cell]
        texts = tuple(tuple(line.text for line in cell) for cell in cells.values())
        doubt = next((line.doubt for line in inside if line.doubt), "")
        place = _printed(inside[0], "")
        yield replace(place, doubt=doubt, cells=texts, columns=columns)
