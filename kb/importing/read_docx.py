"""Read a Word document: its paragraphs with their numbers, and its tables."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from kb.errors import InputError
from kb.importing.source import SourceText, checked_lines, raised, table_lines, tidy
from kb.importing.word_numbering import Numbering, W

_MAIN = "word/document.xml"
_PARTS = (_MAIN, "word/numbering.xml", "word/styles.xml")
# Text compresses some ten times, XML some thirty; a bomb a thousand times.
_MOST_UNPACKED = 64 * 1024 * 1024
_MOST_RATIO = 200
_SMALL = 1024 * 1024
_MOST_ENTRIES = 5000
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError,
           RuntimeError, KeyError, IndexError, OverflowError)  # fmt: skip
_CHANGES = ("ins", "del", "moveFrom", "moveTo")
_SKIPPED = {f"{W}{name}" for name in ("instrText", "delText", "del", "moveFrom", "pPr", "rPr")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DEEPEST = 200


def read_docx(data: bytes) -> SourceText:
    """The lines of the document's body; headers, footers and footnotes are left out."""
    document, numbering, styles = map(_root, _parts(data))
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise InputError("the Word document has no text in it; save it anew as DOCX")
    if any(next(body.iter(f"{W}{name}"), None) is not None for name in _CHANGES):
        raise InputError(
            "the document has tracked changes; accept or reject them all in Word and save it"
        )
    reader = _Reader(Numbering(numbering, styles))
    reader.blocks(body)
    notes = sum(1 for _ in body.iter(f"{W}footnoteReference", f"{W}endnoteReference"))
    remarks = (f"{notes} footnotes were left out",) if notes else ()
    return SourceText(checked_lines(reader.lines), "docx", (), remarks)


def _parts(data: bytes) -> list[bytes | None]:
    """The parts that hold the text, after what the archive says of their size is checked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, len(data))
            if _MAIN not in archive.NameToInfo:
                raise InputError("the file is an archive but no Word document; save it as DOCX")
            return [_part(archive, name) for name in _PARTS]
    except _DAMAGE as error:
        raise InputError(f"the Word document is damaged: {error}; save it anew as DOCX") from None


def _check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(
        e.file_size > _SMALL and e.file_size > _MOST_RATIO * max(e.compress_size, 1)
        for e in entries
    )
    too_much = unpacked > _MOST_UNPACKED or (unpacked > _SMALL and unpacked > _MOST_RATIO * size)
    if len(entries) > _MOST_ENTRIES or swollen or too_much:
        raise InputError(
            f"the file would unpack to {unpacked // 1024} KB out of {size // 1024}; "
            "no text of an act does that, and it was not opened"
        )


def _part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    if name not in archive.NameToInfo:
        return None
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise InputError("the document is protected by a password; save it without one")
    with archive.open(info) as file:  # what the archive says of the size need not be true
        data = file.read(_MOST_UNPACKED + 1)
    if len(data) > _MOST_UNPACKED:
        raise InputError("the Word document is too large for a text of an act")
    return data


def _root(data: bytes | None) -> etree._Element | None:
    if data is None:
        return None
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        why = " ".join(str(error).split())[:120]
        raise InputError(f"the Word document is damaged: {why}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError("the Word document declares entities, which no word processor writes")
    return root


class _Reader:
    """The lines met so far, and the lists as far as they are counted."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.lines: list[str] = []

    def blocks(self, holder: etree._Element, depth: int = 0) -> None:
        """Read the paragraphs and tables that ``holder`` has, in order."""
        for line in self._lines(holder, depth):
            cleaned = line if "\t" in line else tidy(line)
            if cleaned:
                self.lines.append(cleaned)

    def _lines(self, holder: etree._Element, depth: int) -> Iterator[str]:
        if depth > _DEEPEST:
            raise InputError("the Word document is nested too deeply")
        for element in holder:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                rows = [
                    ["\n".join(self._lines(tc, depth + 1)) for tc in _cells(tr)]
                    for tr in element.iterchildren(f"{W}tr")
                ]
                yield from table_lines(rows)
            elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml"}:
                yield from self._lines(element, depth + 1)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        """The paragraph's lines; what stands in a text box comes after it."""
        words: list[str] = []
        boxes: list[etree._Element] = []
        stack = list(reversed(paragraph))
        while stack:
            element = stack.pop()
            if element.tag in _SKIPPED or element.tag == _FALLBACK:
                continue
            if element.tag == f"{W}txbxContent":
                boxes.append(element)
                continue
            words.append(_words(element))
            stack.extend(reversed(element))
        text = "".join(words)
        if text.strip():
            number = self.numbering.next_number(paragraph)
            yield from map(tidy, f"{number} {text}".split("\n"))
        for box in boxes:
            yield from self._lines(box, _DEEPEST - 3)


def _cells(tr: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row; one that goes on with the cell above it is empty by itself."""
    for child in tr:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag == f"{W}sdt":
            yield from child.iter(f"{W}tc")


def _words(element: etree._Element) -> str:
    if element.tag == f"{W}t":
        text = element.text or ""
        return raised(text) if _is_raised(element) and text.strip().isdigit() else text
    breaks = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-"}
    if element.tag == f"{W}br" and element.get(f"{W}type") in {"page", "column"}:
        return " "
    return breaks.get(str(element.tag), "")


def _is_raised(text: etree._Element) -> bool:
    above = text.getparent()
    align = above.find(f"{W}rPr/{W}vertAlign") if above is not None else None
    return align is not None and align.get(f"{W}val") == "superscript"
