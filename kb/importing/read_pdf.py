"""Read the text layer of a PDF: printed lines joined to lines of the text, no page dressing."""

from __future__ import annotations

import contextlib
import io
import itertools
import logging
import re
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pypdf
import pypdf.errors

from kb.corpus.drafting import is_closed, mark_of
from kb.errors import InputError
from kb.importing.pdf_lines import CELLS, COLUMNS, OVER_PAGE, PageReader, PrintedLine
from kb.importing.source import SourceText, checked_lines, row

_MOST_PAGES = 1000
_LONGEST_READING_S = 60.0
# What pypdf raises for files that break the format's rules; it checks little of what it reads.
_DAMAGE = (pypdf.errors.PyPdfError, ArithmeticError, LookupError, ValueError, TypeError,
           AttributeError, RuntimeError, AssertionError, OSError, EOFError, zlib.error,
           MemoryError)  # fmt: skip
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^[-–—]?\s*(?:стр\.?|страница)?\s*\d{1,4}(?:\s*(?:/|из)\s*\d{1,4})?\s*(?:бет)?\s*[-–—]?$",
    re.IGNORECASE,
)
_DRESSED = 2  # lines at the top and at the bottom of a page that may be no text
_INDENT = 6.0  # points
_HANGS = 2.0
_EXCERPT = 40  # characters
_WIDE_GAP = 1.35  # of the usual distance of lines
_FITS = 0.8  # of the longest line of a page
_ONWARD = ("тармақ", "және ", "мен ", "пункт", "и ", "бөлі", "част", ",")
_DOUBTS = {
    COLUMNS: "columns without ruled lines, whose words may be mixed; compare them with the PDF",
    CELLS: "cells of a table whose words could not be parted; compare them with the PDF",
    OVER_PAGE: "a table goes on over a page, and a row may be parted there; see the PDF",
}
_WORD_END = re.compile(r"([^\W\d_]+)-$")


def read_pdf(data: bytes) -> SourceText:
    """The lines of the text layer; refused where there is none, or a password."""
    pages, crowded = _pages(data)
    if not any(pages):
        raise InputError(
            "the PDF has no text layer, only pictures; have the text recognised, or take the HTML "
            "or DOCX of the act"
        )
    body, heads = _undressed(pages)
    remarks = tuple(f"on {count} pages the line {text!r} was left out" for text, count in heads)
    joined = _Joined.of(body)
    for line in body:
        joined.add(line)
    remarks += tuple(joined.remarks())
    if crowded:
        remarks += (f"pages with too many ruled lines to see their tables: {_ranges(crowded)}",)
    return SourceText(checked_lines(joined.lines), "pdf", (), remarks)


def _pages(data: bytes) -> tuple[list[list[PrintedLine]], list[int]]:
    """The lines of each page, and the numbers of those that are too crowded with ruled lines."""
    deadline = time.monotonic() + _LONGEST_READING_S
    try:
        with _quiet():
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted:
                raise InputError("the PDF is encrypted; save it without a password")
            if len(reader.pages) > _MOST_PAGES:
                raise InputError(f"the PDF has more than {_MOST_PAGES} pages")
            pages: list[list[PrintedLine]] = []
            crowded = []
            for number, page in enumerate(reader.pages):
                if time.monotonic() > deadline:
                    raise InputError("the PDF takes too long to read; import the HTML or DOCX")
                lines, is_crowded = _page_lines(page, number)
                pages.append(lines)
                crowded += [number + 1] if is_crowded else []
            return pages, crowded
    except _DAMAGE as error:
        why = " ".join(str(error).split())[:120] or type(error).__name__
        raise InputError(f"the PDF is damaged: {why}") from None


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what pypdf says of odd files out of the terminal."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _page_lines(page: pypdf.PageObject, number: int) -> tuple[list[PrintedLine], bool]:
    """The lines of a page, and whether it has too many ruled lines to look for tables."""
    reader = PageReader(number)
    page.extract_text(visitor_text=reader.on_text, visitor_operand_before=reader.on_operator)
    return reader.lines(), reader.is_crowded


# -- page dressing ---------------------------------------------------------------------------


def _undressed(pages: list[list[PrintedLine]]) -> tuple[list[PrintedLine], list[tuple[str, int]]]:
    """Leave out page numbers, and the lines that stand at the edge of most pages."""
    edges = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    heads = {
        key
        for key, count in edges.items()
        if count >= 2 and count > len([p for p in pages if p]) * 0.6
    }
    kept: list[PrintedLine] = []
    dropped: Counter[str] = Counter()
    for page in pages:
        outside = {id(line) for line in _edges(page)}
        for line in page:
            if id(line) in outside and _PAGE_NUMBER.match(line.text):
                continue
            if id(line) in outside and _key(line) in heads:
                dropped[_key(line)] += 1
                continue
            kept.append(line)
    return kept, sorted(dropped.items())


def _edges(page: list[PrintedLine]) -> list[PrintedLine]:
    """The lines that stand highest and lowest on a page, whenever it writes them."""
    ordered = sorted((line for line in page if not line.cells), key=lambda line: -line.y)
    return [*ordered[:_DRESSED], *ordered[max(_DRESSED, len(ordered) - _DRESSED) :]]


def _key(line: PrintedLine) -> str:
    return _DIGITS.sub("#", line.text)


# -- printed lines to lines of the text ------------------------------------------------------


@dataclass
class _Joined:
    """The lines of the text so far, and what is to be said of them, by their numbers from 1."""

    layouts: dict[int, _Layout]
    known: Counter[str]
    lines: list[str] = field(default_factory=list)
    hyphens: list[str] = field(default_factory=list)
    doubts: dict[str, list[int]] = field(default_factory=dict)
    heads: int = 0
    _above: PrintedLine | None = None
    _hang: float = 0.0
    _head: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, printed: list[PrintedLine]) -> _Joined:
        """Look over the printed lines before the first is added."""
        pages: dict[int, list[PrintedLine]] = {}
        for line in printed:
            pages.setdefault(line.page, []).append(line)
        leading = _leading(pages.values())
        layouts = {number: _Layout.of(page, leading) for number, page in pages.items()}
        words = (w for ln in printed for w in re.findall(r"[\w-]+", ln.text.lower()))
        return cls(layouts, Counter(words))

    def add(self, line: PrintedLine) -> None:
        """Add a printed line: to the line before it, if the width of the page alone parted them."""
        above, self._above = self._above, line
        if line.cells:
            self._add_row(line, above)
        elif above is None or line.doubt or above.doubt or self._begins(line, above):
            self.lines.append(line.text)
            self._hang = line.hang
        else:
            self.lines[-1] = _joined(self.lines[-1], line.text, self.known, self.hyphens)
        if line.doubt:
            self._doubt(line.doubt)

    def _begins(self, line: PrintedLine, above: PrintedLine) -> bool:
        return bool(above.cells) or (_begins(line, above, self.lines[-1], self.layouts, self._hang))

    def _add_row(self, line: PrintedLine, above: PrintedLine | None) -> None:
        follows = above is not None and bool(above.cells) and above.columns == line.columns
        goes_on = follows and above is not None and above.page != line.page
        if goes_on and line.cells == self._head:
            self.heads += 1
            self._above = above
            return
        if not follows:
            self._head = line.cells
        self.lines.append(row(map(self._cell, line.cells)))
        if goes_on:
            self._doubt(OVER_PAGE)

    def _cell(self, printed: tuple[str, ...]) -> str:
        text = printed[0]
        for onward in printed[1:]:
            text = _joined(text, onward, self.known, self.hyphens)
        return text

    def _doubt(self, why: str) -> None:
        self.doubts.setdefault(why, []).append(len(self.lines))

    def remarks(self) -> Iterator[str]:
        """What a person is to look at."""
        if self.hyphens:
            yield "words joined over a line's end: " + ", ".join(dict.fromkeys(self.hyphens))
        if self.heads:
            yield f"the head of a table was repeated on {self.heads} pages, and left out there"
        for why, numbers in self.doubts.items():
            first = self.lines[numbers[0] - 1].replace("\t", " ")
            begins = first if len(first) <= _EXCERPT else first[:_EXCERPT].rstrip() + "…"
            yield f"{_DOUBTS[why]}: lines {_ranges(numbers)}, the first of them {begins!r}"


def _ranges(numbers: Iterable[int]) -> str:
    """Numbers in rising order, runs of them as ranges: ``3–5, 9``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number <= runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(one) if one == last else f"{one}–{last}" for one, last in runs)


def _leading(pages: Iterable[list[PrintedLine]]) -> float:
    """The distance of lines inside a paragraph: a fifth of all distances are no greater."""
    gaps = sorted(
        above.y - below.y
        for page in pages
        for above, below in itertools.pairwise(line for line in page if not line.cells)
        if above.y > below.y
    )
    return gaps[len(gaps) // 5] if gaps else 0.0


@dataclass(frozen=True)
class _Layout:
    """A page's left edge and the distance of lines inside a paragraph, both in points.

    ``longest`` counts the characters of the longest line.
    """

    left: float
    leading: float
    longest: int

    @classmethod
    def of(cls, lines: list[PrintedLine], leading: float) -> _Layout:
        lines = [line for line in lines if not line.cells] or lines
        edges = Counter(round(line.x) for line in lines)
        most = max(edges.values())
        left = min(x for x, count in edges.items() if count * 4 >= most)
        return cls(float(left), leading, max(len(line.text) for line in lines))


def _begins(
    line: PrintedLine, above: PrintedLine, text: str, layouts: dict[int, _Layout], hang: float
) -> bool:
    """Whether a printed line begins a line of the text, by its place and by its mark.

    ``hang`` is where the lines of an item of a list hang below its first words.
    """
    layout, mark = layouts[line.page], mark_of(line.text)
    if line.x > layout.left + _INDENT and abs(line.x - hang) > _HANGS:
        return True
    if line.page == above.page and above.y - line.y > _WIDE_GAP * layout.leading > 0:
        return True
    if mark.kind != "text":
        broken = mark.kind in {"paragraph", "subparagraph"} and not is_closed(text)
        return not (broken and mark.text.startswith(_ONWARD))
    first = line.text.split(" ", 1)[0]
    fits = len(above.text) + 1 + len(first) <= _FITS * layouts[above.page].longest
    return fits and (is_closed(text) or not line.text[:1].islower())


def _joined(text: str, onward: str, known: Counter[str], hyphens: list[str]) -> str:
    """Join two lines; a hyphen at the end stays where the document has the word with it."""
    parted = _WORD_END.search(text)
    if not parted or not onward[:1].islower():
        # A number and its ending, "6-" and "тармақ", or a compound with a name.
        goes_on = bool(re.search(r"\w-$", text)) and onward[:1].isalnum()
        return f"{text}{onward}" if goes_on else f"{text} {onward}"
    after = re.match(r"\w+", onward)
    whole = f"{parted[1]}{after[0] if after else ''}"
    hyphened = f"{parted[1]}-{after[0] if after else ''}"
    if known[hyphened.lower()] > known[whole.lower()]:
        return text + onward
    hyphens.append(f"{parted[0]}|{after[0] if after else ''} → {whole}")
    return text[:-1] + onward
