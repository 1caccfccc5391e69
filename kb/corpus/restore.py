"""Apply the reviewed restorations to a line: lost letters and spaces, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from kb.corpus.read import RawLine, read_toml
from kb.errors import RestorationError
from kb.language.letters import same_letters
from kb.model import Restoration

_WORD = r"[\w]"


def load_restorations(path: Path) -> tuple[Restoration, ...]:
    """Read the reviewed file; a ``RestorationError`` names an entry that changes more."""
    return tuple(_entry(table) for table in read_toml(path).get("restoration", []))


def _entry(table: dict[str, Any]) -> Restoration:
    try:
        entry = msgspec.convert(table, Restoration)
    except msgspec.ValidationError as error:
        raise RestorationError(f"the restoration {table} cannot be read: {error}") from None
    if not entry.before.strip():
        raise RestorationError(f"line {entry.line}: an entry needs the words that stand there")
    if not same_letters(entry.before, entry.after):
        raise RestorationError(
            f"line {entry.line}: {entry.before!r} and {entry.after!r} differ by more than "
            "white space, і and look-alike letters"
        )
    return entry


def restore_lines(lines: list[RawLine], entries: Iterable[Restoration]) -> dict[int, str]:
    """Return the reading text of every line by number; every entry must fit its line."""
    texts = {line.number: line.text for line in lines}
    for entry in sorted(entries, key=lambda e: (e.line, -len(e.before))):
        if entry.line not in texts:
            raise RestorationError(f"line {entry.line} is empty; {entry.before!r} cannot be on it")
        texts[entry.line] = _apply(texts[entry.line], entry)
    return texts


def _apply(text: str, entry: Restoration) -> str:
    """Replace ``before`` where it stands as whole words, as often as the entry says."""
    pattern = re.compile(rf"(?<!{_WORD}){re.escape(entry.before)}(?!{_WORD})")
    text, found = pattern.subn(entry.after.replace("\\", r"\\"), text)
    if found != entry.count:
        raise RestorationError(
            f"line {entry.line}: {entry.before!r} stands there {found} times, not {entry.count}"
        )
    return text
