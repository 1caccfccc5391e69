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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdf
import pypdf.errors

from kb.corpus.drafting import is_closed, mark_of
from kb.errors import InputError
from kb.importing.source import SourceText, checked_lines, tidy

_MOST_PAGES = 1000
_LONGEST_READING_S = 60.0
# What pypdf raises for files that break the format's rules; it checks little of what it reads.
_DAMAGE = (pypdf.errors.PyPdfError, ArithmeticError, LookupError, ValueError, TypeError,
           AttributeError, RuntimeError, AssertionError, OSError, EOFError, zlib.error,
           MemoryError)  # fmt: skip
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"^[-–—]?\s*\d{1,4}\s*[-–—]?$")
_DRESSED = 2  # lines at the top and at the bottom of a page that may be no text
_INDENT = 6.0  # points
_WIDE_GAP = 1.35  # of the usual distance of lines
_FITS = 0.8  # of the longest line of a page
_ONWARD = ("тармақ", "және ", "мен ", "пункт", "и ", "бөлі", "част", ",")
_WORD_END = re.compile(r"([^\W\d_]+)-$")


@dataclass(frozen=True)
class _Line:
    """A printed line: its words, where it stands (points, from the lower left), and its page."""

    text: str
    x: float
    y: float
    page: int


def read_pdf(data: bytes) -> SourceText:
    """The lines of the text layer; refused where there is none, or a password."""
    pages = _pages(data)
    if not any(pages):
        raise InputError(
            "the PDF has no text layer, only pictures; have the text recognised, or take the HTML "
            "or DOCX of the act"
        )
    body, heads = _undressed(pages)
    remarks = tuple(f"on {count} pages the line {text!r} was left out" for text, count in heads)
    lines, hyphens = _join(body)
    if hyphens:
        remarks += ("words joined over a line's end: " + ", ".join(dict.fromkeys(hyphens)),)
    return SourceText(checked_lines(lines), "pdf", (), remarks)


def _pages(data: bytes) -> list[list[_Line]]:
    deadline = time.monotonic() + _LONGEST_READING_S
    try:
        with _quiet():
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted:
                raise InputError("the PDF is encrypted; save it without a password")
            if len(reader.pages) > _MOST_PAGES:
                raise InputError(f"the PDF has more than {_MOST_PAGES} pages")
            pages = []
            for number, page in enumerate(reader.pages):
                if time.monotonic() > deadline:
                    raise InputError("the PDF takes too long to read; import the HTML or DOCX")
                pages.append(_page_lines(page, number))
            return pages
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


def _page_lines(page: pypdf.PageObject, number: int) -> list[_Line]:
    pieces: list[tuple[str, float, float]] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], *_: Any) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        pieces.append((text, float(x), float(y)))

    page.extract_text(visitor_text=visit)
    lines: list[_Line] = []
    words: list[str] = []
    place: tuple[float, float] | None = None
    for text, x, y in [*pieces, ("\n", 0.0, 0.0)]:
        for at, part in enumerate(text.split("\n")):
            if at:
                _close(lines, words, place, number)
                words, place = [], None
            if part.strip() and place is None:
                place = (x, y)
            words.append(part)
    return lines


def _close(
    lines: list[_Line], words: list[str], place: tuple[float, float] | None, page: int
) -> None:
    # A hyphen that is only there for the line's end is kept until lines are joined.
    text = tidy("".join(words).rstrip().replace("\u00ad", "-"))
    if text and place:
        lines.append(_Line(text, *place, page))


# -- page dressing ---------------------------------------------------------------------------


def _undressed(pages: list[list[_Line]]) -> tuple[list[_Line], list[tuple[str, int]]]:
    """Leave out page numbers, and the lines that stand at the edge of most pages."""
    edges = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    heads = {
        key
        for key, count in edges.items()
        if count >= 2 and count > len([p for p in pages if p]) * 0.6
    }
    kept: list[_Line] = []
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


def _edges(page: list[_Line]) -> list[_Line]:
    return [*page[:_DRESSED], *page[max(_DRESSED, len(page) - _DRESSED) :]]


def _key(line: _Line) -> str:
    return _DIGITS.sub("#", line.text)


# -- printed lines to lines of the text ------------------------------------------------------


def _join(lines: list[_Line]) -> tuple[list[str], list[str]]:
    """Join what the width of the page broke; beside it the words that hyphens parted."""
    pages: dict[int, list[_Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    leading = _leading(pages.values())
    layouts = {number: _Layout.of(page, leading) for number, page in pages.items()}
    known = Counter(w for ln in lines for w in re.findall(r"[\w-]+", ln.text.lower()))
    joined: list[str] = []
    hyphens: list[str] = []
    above: _Line | None = None
    for line in lines:
        if above is None or _begins(line, above, joined[-1], layouts):
            joined.append(line.text)
        else:
            joined[-1] = _joined(joined[-1], line.text, known, hyphens)
        above = line
    return joined, hyphens


def _leading(pages: Iterable[list[_Line]]) -> float:
    """The distance of lines inside a paragraph: a fifth of all distances are no greater."""
    gaps = sorted(
        above.y - below.y
        for page in pages
        for above, below in itertools.pairwise(page)
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
    def of(cls, lines: list[_Line], leading: float) -> _Layout:
        edges = Counter(round(line.x) for line in lines)
        most = max(edges.values())
        left = min(x for x, count in edges.items() if count * 4 >= most)
        return cls(float(left), leading, max(len(line.text) for line in lines))


def _begins(line: _Line, above: _Line, text: str, layouts: dict[int, _Layout]) -> bool:
    """Whether a printed line begins a line of the text, by its place and by its mark."""
    layout, mark = layouts[line.page], mark_of(line.text)
    if line.x > layout.left + _INDENT:
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
