"""Break paragraphs into lines, and lines into pages with their footnotes at the foot.

Lengths are in points; a page is filled from the top.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.note.truetype import Face

WIDTH, HEIGHT = 595.28, 841.89  # A4
LEFT, RIGHT, TOP, BOTTOM = 79.0, 56.0, 62.0, 68.0
# Between the text and the footnotes: a short rule in white space.
RULE_GAP = 16.0
_WORD = re.compile("[^ ]+ *| +")


@dataclass(frozen=True)
class Style:
    """How a paragraph is set: ``bar`` is the line at its left, ``solid``, ``dotted`` or none.

    ``tag`` is its role in the structure of the PDF; with ``keep`` it stays with what follows.
    """

    face: Face
    size: float
    leading: float
    tag: str = "P"
    before: float = 0.0
    indent: float = 0.0
    bar: str = ""
    grey: float = 0.0
    keep: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph to set; ``mark`` is the footnote number that it carries at its end or start."""

    text: str
    style: Style
    lang: str
    mark: str = ""
    footnote: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Row:
    """One line of a paragraph; the first carries its space, the last its footnote number."""

    text: str
    paragraph: Paragraph
    first: bool
    last: bool

    @property
    def height(self) -> float:
        """The line, and the space above it."""
        style = self.paragraph.style
        return style.leading + (style.before if self.first else 0.0)


@dataclass
class Page:
    """The rows of a page, and those of its footnotes."""

    rows: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)

    def height(self) -> float:
        """How much of the page is used."""
        return sum(row.height for row in self.rows) + _notes_height(self.notes)


def set_pages(paragraphs: list[Paragraph]) -> list[Page]:
    """Set the paragraphs on as few pages as they need."""
    pages = [Page()]
    for chunk in _chunks(paragraphs):
        notes = [
            row
            for held in chunk
            if held.last
            for part in held.paragraph.footnote
            for row in rows_of(part)
        ]
        added = sum(row.height for row in chunk) + sum(row.height for row in notes)
        gap = RULE_GAP if notes and not pages[-1].notes else 0.0
        if pages[-1].rows and pages[-1].height() + added + gap > HEIGHT - TOP - BOTTOM:
            pages.append(Page())
        pages[-1].rows += chunk
        pages[-1].notes += notes
    return pages


def rows_of(paragraph: Paragraph) -> list[Row]:
    """Break a paragraph into lines that fit the page."""
    style = paragraph.style
    room = WIDTH - LEFT - RIGHT - style.indent - _mark_width(paragraph)
    lines = list(_wrapped(style.face.shown(paragraph.text), style, room)) or [""]
    last = len(lines) - 1
    return [Row(line, paragraph, n == 0, n == last) for n, line in enumerate(lines)]


def text_width(text: str, style: Style) -> float:
    """How wide a text is in a style."""
    return sum(map(style.face.advances.__getitem__, text)) * style.size / 1000


def _mark_width(paragraph: Paragraph) -> float:
    return text_width(paragraph.mark, paragraph.style) + 2 if paragraph.mark else 0.0


def _notes_height(notes: list[Row]) -> float:
    return sum(row.height for row in notes) + (RULE_GAP if notes else 0.0)


def _wrapped(text: str, style: Style, room: float) -> Iterator[str]:
    line, used = "", 0.0
    for word in _WORD.findall(text):
        for part in _breakable(word, style, room):
            width = text_width(part.rstrip(" "), style)
            if line and used + width > room:
                yield line
                line, used = "", 0.0
            line += part
            used += text_width(part, style)
    if line:
        yield line


def _breakable(word: str, style: Style, room: float) -> Iterator[str]:
    """The word itself, or its pieces when it is longer than a line."""
    if text_width(word, style) <= room:
        yield word
        return
    part, used = "", 0.0
    for char in word:
        width = text_width(char, style)
        if part and char != " " and used + width > room:
            yield part
            part, used = "", 0.0
        part += char
        used += width
    yield part


def _chunks(paragraphs: list[Paragraph]) -> Iterator[list[Row]]:
    """Runs of rows that a page end must not divide: no lone first or last line, no lone heading."""
    held: list[Row] = []
    for paragraph in paragraphs:
        rows = rows_of(paragraph)
        if paragraph.style.keep:
            held += rows
            continue
        head = 2 if len(rows) > 3 else len(rows)
        yield held + rows[:head]
        held = []
        if len(rows) > 3:
            yield from ([row] for row in rows[2:-2])
            yield rows[-2:]
    if held:
        yield held
