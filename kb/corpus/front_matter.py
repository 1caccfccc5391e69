"""Find what stands around the clauses: title, adoption, approval blocks, signatures, contents.

Everything here looks at lines and answers with indexes into them; nothing is placed.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kb.corpus.drafting import (
    STRUCTURE,
    Mark,
    component_kind,
    is_closed,
    is_front_line,
    is_title_line,
    mark_of,
    quotes_open,
    says,
)
from kb.corpus.read import RawLine

_BLOCK_REACH = 12
_SIGNATURE_REACH = 6
_SIGNATURE_LENGTH = 100
_ADOPTION_LENGTH = 800
_ADOPTION_REACH = 3
_PREAMBLE_REACH = 12
_REFERENCE_WORDS = ("тармақша", "тармақ", "және", "мен ", "пункт", "и ", ",")
_ENACTED_BY = {"ЕТЕМІН": "decree", "БҰЙЫР": "order", "ЕТЕДІ": "resolution", "ШЕШ": "resolution",
               "ПОСТАНОВЛЯЮ": "decree", "ПОСТАНОВЛЯ": "resolution", "ПРИКАЗ": "order"}  # fmt: skip


class Lines:
    """The source lines of an act with the reading text and the mark of each, by index from 0."""

    def __init__(self, raw: Sequence[RawLine], reading: dict[int, str]) -> None:
        """Mark every line; ``reading`` holds the reading text by line number."""
        self.raw = raw
        self.texts = [reading[line.number] for line in raw]
        self.marks = [mark_of(text) for text in self.texts]

    def __len__(self) -> int:
        return len(self.raw)

    def numbers(self, start: int, end: int) -> list[int]:
        """The source line numbers of the lines from ``start`` up to ``end``."""
        return [line.number for line in self.raw[start:end]]

    def is_finished(self, index: int) -> bool:
        """Whether the line at ``index`` ends what it says, so that something new may follow."""
        text = self.texts[index]
        if self.marks[index].kind == "page":
            return index == 0 or self.is_finished(index - 1)
        return (
            is_closed(text)
            or self.marks[index].kind not in {"text", "paragraph", "subparagraph"}
            or any(says(name, text) for name in ("person", "place", "agreed"))
        )

    def begins_afresh(self, index: int) -> bool:
        """Whether nothing above the line is left unfinished."""
        return index == 0 or self.is_finished(index - 1)

    def is_reference(self, index: int) -> bool:
        """Whether a broken sentence goes on with a number: ``… 6-тармағының`` ``2) тармақшасы``."""
        mark = self.marks[index]
        named = mark.kind in {"paragraph", "subparagraph"} and mark.text.startswith(
            _REFERENCE_WORDS
        )
        return named and not self.begins_afresh(index)

    def quotation_end(self, at: int, reach: int, *, paired: bool) -> int | None:
        """The index after the line that closes the quotation marks opened at ``at``.

        ``paired`` says that they are straight ones, of which two, on two lines, are no marks open.
        """
        before = self._open_marks[at]
        ends = []
        for wanted in (before, before + 2) if paired else (before,):
            places = self._by_open_marks.get(wanted, [])
            found = bisect.bisect_right(places, at)
            ends += places[found : found + 1]
        end = min(ends, default=len(self) + 1)
        return end if end <= min(at + reach, len(self)) else None

    @cached_property
    def _open_marks(self) -> list[int]:
        """How many quotation marks are open before each line, counted from the first."""
        return [0, *itertools.accumulate(map(quotes_open, self.texts))]

    @cached_property
    def _by_open_marks(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for index, count in enumerate(self._open_marks):
            found.setdefault(count, []).append(index)
        return found

    def next_mark(self, start: int, kinds: frozenset[str]) -> Mark | None:
        """The first mark of one of ``kinds`` at or after ``start``, before any approval block."""
        for index in range(start, len(self)):
            if self.marks[index].kind in kinds:
                return self.marks[index]
            if block_at(self, index):
                return None
        return None


@dataclass
class Opening:
    """The indexes of an act's first lines: its title, and what dates it; ``end`` is after them."""

    title: list[int] = field(default_factory=list)
    adoption: list[int] = field(default_factory=list)
    end: int = 0


@dataclass(frozen=True)
class Block:
    """An approval block, ``[start, split)``, and the title under it, ``[split, end)``."""

    start: int
    split: int
    end: int


# -- the beginning of an act -----------------------------------------------------------------


def opening(lines: Lines) -> Opening:
    """Read the title and the adoption line; the first line that is neither ends them."""
    found = Opening()
    dated = False
    while found.end < len(lines) and not _body_begins(lines, found.end):
        text = lines.texts[found.end]
        if not dated and len(text) <= _ADOPTION_LENGTH and says("adoption", text):
            dated = not text.endswith(":")
        if _is_adoption(text, dated=dated):
            found.adoption.append(found.end)
        elif not dated and is_title_line(text) and not _title_is_over(lines, found):
            found.title.append(found.end)
        else:
            break
        found.end += 1
    return found if dated else _broken_adoption(lines, found)


def _is_adoption(text: str, *, dated: bool) -> bool:
    names = ("adoption", "registration") if dated else ("adoption_kind",)
    return any(says(name, text) for name in names)


def _title_is_over(lines: Lines, found: Opening) -> bool:
    """Where the act's kind stood first, a title that ends in "about" gives way to a preamble."""
    if not found.adoption or not found.title:
        return False
    whole = says("title_end", lines.texts[found.title[-1]])
    return whole and begins_preamble(lines, found.end)


def _broken_adoption(lines: Lines, found: Opening) -> Opening:
    """Take from the title's end an adoption line that was set on several lines."""
    for count in range(1, _ADOPTION_REACH + 1):
        taken = found.title[-count:]
        if says("adoption", " ".join(lines.texts[i] for i in taken)):
            rest = found.title[:-count]
            if rest and says("issuer", lines.texts[rest[-1]]):
                taken = [rest.pop(), *taken]
            return Opening(rest, [*found.adoption, *taken], found.end)
    return found


def _body_begins(lines: Lines, index: int) -> bool:
    kind = lines.marks[index].kind
    return kind != "text" or (index == 0 and block_at(lines, index) is not None)


def act_kind(lines: Lines, found: Opening) -> str:
    """Name the act's own component: by its adoption line, its enacting words, or its title."""
    adoption = " ".join(lines.texts[i] for i in found.adoption).split(". ")[0]
    if kind := component_kind(adoption):
        return kind
    for text in lines.texts[found.end : found.end + _PREAMBLE_REACH]:
        if says("enacting", text):
            return next(kind for word, kind in _ENACTED_BY.items() if word in text)
    if any(mark.kind == "article" for mark in lines.marks):
        return "law"
    return component_kind(" ".join(lines.texts[i] for i in found.title)) or "act"


def begins_preamble(lines: Lines, at: int) -> bool:
    """Whether a preamble starts here: a sentence, or lines that go on to the enacting words."""
    for index in range(at, min(at + _PREAMBLE_REACH, len(lines))):
        if lines.marks[index].kind != "text" and not lines.is_reference(index):
            return False
        if is_closed(lines.texts[index]) or says("enacting", lines.texts[index]):
            return True
    return False


def contents_end(lines: Lines, at: int) -> int:
    """The index after a table of contents: its headings all come a second time below."""
    end = at + 1
    while end < len(lines) and lines.marks[end].kind in STRUCTURE | {"text", "contents"}:
        if lines.marks[end].kind != "contents" and lines.texts[end] not in lines.texts[end + 1 :]:
            break
        end += 1
    return end


# -- approval blocks -------------------------------------------------------------------------


def block_at(lines: Lines, at: int, *, fresh: bool = False) -> Block | None:
    """The approval block that starts here: short lines, one of which says "approved" or "annex".

    ``fresh`` says that the text above is known to be finished, as it is after a signature.
    """
    if lines.marks[at].kind != "text":
        return None
    fresh = fresh or lines.begins_afresh(at) or says("approval_strong", lines.texts[at])
    if not fresh or lines.texts[at][:1].islower():
        return None
    end = _front_run_end(lines, at, at + _BLOCK_REACH)
    anchor = next((i for i in range(at, end) if _is_anchor(lines, i, at)), None)
    if anchor is None:
        return None
    split = _approval_end(lines, at, anchor, end)
    return Block(at, split, _front_run_end(lines, split, len(lines), is_title_line))


def _is_anchor(lines: Lines, index: int, start: int) -> bool:
    """Whether the line names the approval or annex; ``қосымша`` may stand under its dative."""
    above = lines.texts[index - 1].split()[-1] if index > start else ""
    text = f"{above} {lines.texts[index]}".strip()
    return any(
        says(name, candidate)
        for name in ("approval_strong", "approval")
        for candidate in (lines.texts[index], text)
    )


def _front_run_end(
    lines: Lines, start: int, limit: int, fits: Callable[[str], bool] = is_front_line
) -> int:
    """The index after the run of front lines from ``start``."""
    end = start
    while end < min(limit, len(lines)) and lines.marks[end].kind == "text":
        text = lines.texts[end]
        if not fits(text) or says("person", text) or says("agreed", text):
            break
        end += 1
    return end


def _approval_end(lines: Lines, start: int, anchor: int, end: int) -> int:
    """Where the block gives way to the title.

    The act's number comes before the anchor (``… № 12 бұйрығымен бекітілген``) or ends the lines
    after it (``БЕКІТІЛГЕН … № 153``).
    """
    numbered = [i for i in range(start, end) if says("numbered", lines.texts[i])]
    if numbered and numbered[0] > anchor:
        return numbered[0] + 1
    split = anchor + 1
    while not numbered and split < end and says("approval_detail", lines.texts[split]):
        split += 1
    while split < end and (
        _is_anchor(lines, split, split) or says("approval_strong", lines.texts[split])
    ):
        split += 1
    return split


# -- the end of an act -----------------------------------------------------------------------


def signatory_end(lines: Lines, at: int) -> int | None:
    """The index after a signature that starts here: office and name, on one line or several."""
    if not lines.begins_afresh(at) or lines.texts[at][:1].islower():
        return None
    office = False
    for index in range(at, min(at + _SIGNATURE_REACH, len(lines))):
        text = lines.texts[index]
        if lines.marks[index].kind != "text" or len(text) > _SIGNATURE_LENGTH:
            return None
        if says("person", text) or (office and index > at and says("full_name", text)):
            return index + 1
        if is_closed(text) or says("approval_strong", text) or says("agreed", text):
            return None
        office = office or says("office", text)
        if office and _text_ends(lines, index + 1):
            return index + 1
    return None


def _text_ends(lines: Lines, at: int) -> bool:
    """Whether a signature without a name ends here: at the end, or before what follows an act."""
    if at == len(lines) or lines.marks[at].kind == "imprint":
        return True
    return says("agreed", lines.texts[at]) or block_at(lines, at, fresh=True) is not None


def agreement_end(lines: Lines, at: int) -> int | None:
    """The index after a block that says which bodies agreed to the act, up to the next block."""
    if not says("agreed", lines.texts[at]):
        return None
    end = at + 1
    while end < len(lines) and lines.marks[end].kind == "text":
        end += 1
    anchor = next((i for i in range(at + 1, end) if _is_anchor(lines, i, at + 1)), None)
    if anchor is None:
        return end
    return next((i for i in range(anchor, at, -1) if says("block_start", lines.texts[i])), anchor)
