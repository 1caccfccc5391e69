"""Read plain text: UTF-8, UTF-16, or the one-byte encodings of Windows."""

from __future__ import annotations

import codecs
import re

from kb.errors import InputError
from kb.importing.source import SourceText, checked_lines, tidy

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KAZAKH = re.compile("[а-яё][әғқңөұүһі]|[әғқңөұүһі][а-яё]", re.IGNORECASE)
_LETTERS = re.compile("[а-яёәғқңөұүһі]", re.IGNORECASE)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_NUMBERED = re.compile(r"^(\s*[-*•#]*\s*\d{1,3}(?:[-.]\d{1,3})*\s?[.)])\t+(?=[^\t]*$)")
# Of the letters outside ASCII, those that are Cyrillic, in a text that was decoded rightly.
_CYRILLIC_SHARE = 0.6


def read_plain(data: bytes) -> SourceText:
    """The lines of a plain text; the empty ones are kept, so that numbers are those of the file."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    lines = [_line(line) for line in text.rstrip("\n").split("\n")]
    return SourceText(checked_lines(_rows_kept(lines, text.split("\n"))), "text")


def _line(line: str) -> str:
    """A line without dressing of white space; tabs inside it part the cells of a row."""
    cells = _NUMBERED.sub(r"\1 ", line).strip().split("\t")
    return "\t".join(filter(None, map(tidy, cells)))


def _rows_kept(lines: list[str], raw: list[str]) -> list[str]:
    """Keep the tab that ends a row of one cell, where rows stand beside it."""
    for at, line in enumerate(raw[: len(lines)]):
        beside = lines[max(at - 1, 0) : at + 2]
        if line.endswith("\t") and lines[at] and any("\t" in other for other in beside):
            lines[at] = lines[at].rstrip("\t") + ("" if "\t" in lines[at] else "\t")
    return lines


def decode(data: bytes) -> str:
    """The text of the bytes; ``InputError`` when they are no text in a known encoding."""
    text = _decoded(data)
    if _BINARY.search(text):
        raise InputError("the file is not a text: HTML, DOCX, PDF or plain text was expected")
    return text


def _decoded(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data, encoding)
    if (wide := _wide(data)) is not None:
        return _strictly(data, wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _one_byte(data, error.start)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"the file is damaged: byte {error.start} is not {error.encoding}; save it as UTF-8"
        ) from None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Cyrillic is 4, of spaces and digits 0."""
    sample = data[: 4096 - len(data[:4096]) % 2]
    if not sample or len(data) % 2:
        return None
    for high, encoding in ((sample[1::2], "utf-16-le"), (sample[0::2], "utf-16-be")):
        if sum(byte in (0, 4) for byte in high) > 0.9 * len(high) and 0 in high:
            return encoding
    return None


def _one_byte(data: bytes, at: int) -> str:
    """Windows-1251, or its Kazakh sister where the letters in question stand inside words."""
    kazakh = data.decode("kz1048", errors="replace")
    text = kazakh if _KAZAKH.search(kazakh) else data.decode("windows-1251", errors="replace")
    beyond = [ch for ch in text if ch.isalpha() and not ch.isascii()]
    if len(_LETTERS.findall("".join(beyond))) < _CYRILLIC_SHARE * len(beyond) or not beyond:
        raise InputError(f"the encoding of the file is unknown (byte {at}); save it as UTF-8")
    return text
