"""Read a source file into numbered lines, with its Markdown dressing set apart."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import CorpusError, InputError

_DRESSING = re.compile(
    r"^\s*(?P<mark>#{1,6}\s+|[-*•]\s+(?=\S))?(?P<bold>(?:\*{1,3}|_{1,3})(?=[^\s*_]))?(?P<body>.*?)\s*$"
)
_NUMBERED = re.compile(r"[*_]*\d+(?:-\d+)*\\?[.)]")
_ESCAPED = re.compile(r"^(\d+(?:-\d+)*)\\([.)])")
_BLANKS = " \r\xa0"
# The longest number or first word that may be set bold apart from the words after it.
_MARK_LENGTH = 20


@dataclass(frozen=True)
class RawLine:
    """One non-empty line: its 1-based number, its text undressed, and the mark of its dressing."""

    number: int
    text: str
    mark: str = ""

    @property
    def is_markdown_heading(self) -> bool:
        """Whether the line was set as a Markdown heading."""
        return self.mark.startswith("#")


def read_text(path: Path) -> str:
    """Return the file's text; ``InputError`` when it is missing or not UTF-8."""
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name} is not UTF-8 (byte {error.start}); save it as UTF-8 and try again"
        ) from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of a data file; ``CorpusError`` when it is not TOML."""
    try:
        return tomllib.loads(read_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CorpusError(f"{path.name} is not TOML: {error}") from None


def verify_checksum(path: Path, sha256: str) -> None:
    """Raise ``CorpusError`` when a shipped source file is not the one that was reviewed."""
    actual = hashlib.sha256(_bytes(path)).hexdigest()
    if actual != sha256:
        raise CorpusError(f"{path.name} has changed: sha256 is {actual}, act.toml says {sha256}")


def split_lines(text: str) -> list[RawLine]:
    """Number the lines from 1 and drop the empty ones."""
    numbered = enumerate(text.split("\n"), start=1)
    return [undress(number, line) for number, line in numbered if line.strip()]


def undress(number: int, line: str) -> RawLine:
    """Separate a line's heading, list and bold marks from its words."""
    if "\t" in line.strip(_BLANKS):  # the cells of a table; a tab at the end marks a single one
        return RawLine(number, line.strip(_BLANKS))
    match = _DRESSING.match(line)
    if not match or not match["body"]:
        return RawLine(number, line.strip())
    # A dash is a list mark only before a number; elsewhere it belongs to the text.
    mark = (match["mark"] or "").strip()
    if mark in {"-", "*", "•"} and not _NUMBERED.match(line, match.end("mark")):
        return RawLine(number, line.strip())
    body = _unbold(match["body"], match["bold"]) if match["bold"] else match["body"]
    return RawLine(number, _ESCAPED.sub(r"\1\2", body.strip()), mark)


def _unbold(body: str, sign: str) -> str:
    """Drop bold marks around the whole line, or around the number before its words."""
    head, closing, rest = body.partition(sign)
    if not closing or not rest:
        return head
    is_number = len(head) <= _MARK_LENGTH and head.rstrip().endswith((".", ")"))
    return f"{head}{rest}" if is_number and sign not in rest else f"{sign}{body}"
