"""Read a source file into numbered lines, with its Markdown dressing set apart."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from kb.errors import CorpusError, InputError

_DRESSING = re.compile(
    r"^\s*(?P<mark>#{1,6}\s+|[-*•]\s+(?=\S))?(?P<bold>\*{2})?(?P<body>.*?)(?:\*{2})?\s*$"
)


@dataclass(frozen=True)
class RawLine:
    """One non-empty line: its 1-based number, its text without dressing, and the dressing's mark."""

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
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name} is not UTF-8 (byte {error.start}); save it as UTF-8 and try again"
        ) from None
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error


def verify_checksum(path: Path, sha256: str) -> None:
    """Raise ``CorpusError`` when a shipped source file is not the one that was reviewed."""
    actual = hashlib.sha256(path.read_bytes()).hexdigest()
    if actual != sha256:
        raise CorpusError(f"{path.name} has changed: sha256 is {actual}, act.toml says {sha256}")


def split_lines(text: str) -> list[RawLine]:
    """Number the lines from 1 and drop the empty ones."""
    numbered = enumerate(text.split("\n"), start=1)
    return [undress(number, line) for number, line in numbered if line.strip()]


def undress(number: int, line: str) -> RawLine:
    """Separate a line's heading, list and bold marks from its words."""
    match = _DRESSING.match(line)
    if not match or not match["body"]:
        return RawLine(number, line.strip())
    # A dash is a list mark only before a number; elsewhere it belongs to the text.
    mark = (match["mark"] or "").strip()
    if mark in {"-", "*", "•"} and not re.match(r"\d+(?:-\d+)?\)", match["body"]):
        return RawLine(number, line.strip())
    return RawLine(number, match["body"].strip(), mark)
