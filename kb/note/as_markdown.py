"""A note as Markdown: quotes as block quotes, footnotes, everything else as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.note.document import OMISSION, Document, Quoted
from kb.note.passage import Line

# What means something to Markdown or HTML anywhere in a line, and what does at its beginning.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>&~|$])")
_AT_START = re.compile(r"^(\s*)(?:([#+=-])|(\d+)([.)]))")


def as_markdown(document: Document) -> str:
    """Print the document in CommonMark with footnotes."""
    return "\n\n".join(_blocks(document)) + "\n"


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    safe = _ANYWHERE.sub(r"\\\1", text.strip().replace("\t", " "))
    return _AT_START.sub(
        lambda m: f"\\{m[2]}" if m[2] else f"{m[3]}\\{m[4]}", safe.replace("://", ":\\//")
    )


def _blocks(document: Document) -> Iterator[str]:
    yield f"# {plain(document.title)}"
    for block in document.blocks:
        if isinstance(block, Quoted):
            yield f"## {plain(block.heading)}[^{block.footnote.number}]"
            yield _block_quote(block.law)
            if block.translation:
                yield f"*{plain(block.translation_label)}:*"
                yield _block_quote(block.translation, "" if block.is_official else "*")
            if block.remarks:
                yield f"*{plain(document.remarks_label)}:*"
                yield "\n".join(f"- {plain(remark)}" for remark in block.remarks)
        else:
            yield from map(plain, block.paragraphs)
    if document.closing:
        yield f"---\n\n{plain(document.closing)}"
    yield from (f"[^{note.number}]: {plain(note.text)}" for note in document.footnotes)


def _block_quote(lines: tuple[Line, ...], around: str = "") -> str:
    return "\n>\n".join(f"> {around}{plain(line)}{around}" for line in _printed(lines))


def _printed(lines: tuple[Line, ...]) -> Iterator[str]:
    for line in lines:
        yield OMISSION if line.omission else line.printed
