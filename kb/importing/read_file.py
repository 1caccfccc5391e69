"""Tell the format of a file by its contents, and read it."""

from __future__ import annotations

from pathlib import Path

from kb.errors import InputError
from kb.importing.read_plain import read_plain
from kb.importing.source import SourceText

LARGEST = 20 * 1024 * 1024
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "an old Word document (.doc); open it in Word and save it as DOCX"),
    (b"{\\rtf", "rich text (RTF); open it in Word and save it as DOCX"),
    (b"MIME-Version:", "a web archive (MHT); save the page as HTML only"),
    (b"From: <Saved by", "a web archive (MHT); save the page as HTML only"),
    (b"\x89PNG", "a picture; a text was expected"),
    (b"\xff\xd8\xff", "a picture; a text was expected"),
    (b"GIF8", "a picture; a text was expected"),
    (b"II*\x00", "a picture; a text was expected"),
    (b"AT&TFORM", "a scan (DjVu); a text was expected"),
    (b"Rar!", "an archive; take the text out of it first"),
    (b"7z\xbc\xaf", "an archive; take the text out of it first"),
    (b"\x1f\x8b", "an archive; take the text out of it first"),
)
_PAGE = (b"<!doctype html", b"<html", b"<body", b"<div", b"<p>", b"<p ")


def read_bytes(path: Path) -> bytes:
    """The file's bytes; ``InputError`` when it cannot be read, is empty or too large."""
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; give the file in it")
        if not path.is_file():
            raise InputError(f"there is no file {path}")
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError(
                f"{path.name} has {size // 2**20} MB; a text of an act has at most "
                f"{LARGEST // 2**20} MB"
            )
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read {path}: {getattr(error, 'strerror', error)}") from None
    if not data.strip():
        raise InputError(f"{path.name} is empty")
    return data


def source_text(data: bytes) -> SourceText:
    """Read the text of a file of any known format; ``InputError`` says why it cannot be read."""
    for start, what in _REFUSED:
        if data.startswith(start):
            raise InputError(f"the file is {what}")
    found = _read(data)
    if not any(line.strip() for line in found.lines):
        raise InputError("the file has no text in it")
    return found


def _read(data: bytes) -> SourceText:
    """Read with the reader of the format; its library is imported for it alone."""
    if data.startswith(b"PK\x03\x04"):
        from kb.importing.read_docx import read_docx

        return read_docx(data)
    if b"%PDF-" in data[:1024]:
        from kb.importing.read_pdf import read_pdf

        return read_pdf(data)
    start = data[:65536].replace(b"\x00", b"").lower()
    _check_kind(start.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t"))
    if any(mark in start for mark in _PAGE):
        from kb.importing.read_html import read_html

        return read_html(data)
    return read_plain(data)


def _check_kind(start: bytes) -> None:
    """Refuse what is made for programs and holds an act's words without being its text."""
    if start.startswith(b"{") and b'"acts"' in start[:200]:
        raise InputError(
            "the file is an export in JSON, which is for other programs; a text that is to come "
            "back is exported with --format akn"
        )
    if start.startswith(b"<?xml") and b"<html" not in start:
        raise InputError(
            "the file is XML, but neither a page nor Akoma Ntoso; HTML, DOCX, PDF or plain text "
            "was expected"
        )
