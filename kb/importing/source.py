"""The lines of a text as a file gives them, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.errors import InputError

LONGEST_LINE = 20_000
_MOST_LINES = 30_000
_MOST_CHARACTERS = 8_000_000
# Soft hyphens, zero-width spaces and direction marks are no part of any word.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SPACES = re.compile(r"[^\S\t\n]+")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class SourceText:
    """The lines of a file, tidied of white space alone; a tab parts the cells of a table's row.

    ``anchors`` are the places that a saved page names, by 1-based line; ``remarks`` say what of the
    file was left out; ``code`` is the registration code that a saved page gives itself.
    """

    lines: tuple[str, ...]
    format: str
    anchors: tuple[tuple[int, str], ...] = ()
    remarks: tuple[str, ...] = ()
    code: str = ""

    @property
    def text(self) -> str:
        """The lines as one text that ends in a line break."""
        return "\n".join(self.lines) + "\n"


def tidy(line: str) -> str:
    """One space for each run of white space, none at the ends, no invisible or control character.

    Tabs are taken for white space; ``row`` puts those of a table's row.
    """
    line = _INVISIBLE.sub("", line).replace("\t", " ")
    return _SPACES.sub(" ", _CONTROL.sub(" ", line)).strip()


def row(cells: Iterable[str]) -> str:
    """The row of a table: its filled cells, parted by tabs; a single one is followed by a tab."""
    filled = [cell for cell in (tidy(cell.replace("\n", " ")) for cell in cells) if cell]
    return filled[0] + "\t" if len(filled) == 1 else "\t".join(filled)


def table_lines(rows: Iterable[list[str]]) -> list[str]:
    """The lines of a table: rows where cells stand side by side, else the lines in its cells.

    Signatures and approval blocks are set as tables of one row, or with one filled column.
    """
    filled = [[cell for cell in cells if cell.strip()] for cells in rows]
    filled = [cells for cells in filled if cells]
    if len(filled) == 1 or all(len(cells) == 1 for cells in filled):
        return [line for cells in filled for cell in cells for line in cell.split("\n")]
    return [row(cells) for cells in filled]


def raised(digits: str) -> str:
    """Digits set above the line, as characters of their own: 6² is not 62."""
    return digits.translate(_SUPERSCRIPTS)


def checked_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """Refuse a text that is too long, or has a line that no act has."""
    found = tuple(lines)
    if len(found) > _MOST_LINES or sum(map(len, found)) > _MOST_CHARACTERS:
        raise InputError("the text is too long for an act; import one act at a time")
    for number, line in enumerate(found, start=1):
        if len(line) > LONGEST_LINE:
            raise InputError(
                f"line {number} of the text has {len(line)} characters; no clause is that long: "
                "each clause must begin on a line of its own"
            )
    return found
