"""One text as a file of each format, made here; and an inspection of any file."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
import typst
from docx import Document

from kb.corpus.load import load_records
from kb.importing.inspect import Inspection, Request, inspect
from kb.model import Records

LIBRARY = "V1800016985"
PAGE = """<!DOCTYPE html>
<html lang="kk"><head><meta charset="utf-8"><title>Портал</title>
<link rel="canonical" href="https://adilet.zan.kz/kaz/docs/{code}">
<script>document.write("1. Бұл акт емес.")</script></head>
<body><div class="container_alpha header"><p>Мәзір</p></div>
<div class="container_alpha slogan"><h1>{title}</h1><p>{adoption}</p></div>
<div class="container_gamma text"><article>
{body}
</article></div>
<div class="container_alpha footer"><p>© Портал</p><script src="x.js"></script></div></body></html>
"""
NOTES = ("Ескерту.", "Сноска.")


def filled(text: str) -> list[str]:
    """The lines of a text without the empty ones, each with single spaces."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def as_html(lines: Sequence[str], code: str = "V1800016985") -> bytes:
    """A page as the portal sets it: leading spaces, anchors, notes of a class of their own."""
    body = []
    for number, line in enumerate(lines[2:], start=1):
        note = ' class="note"' if line.startswith(NOTES) else ""
        body.append(f'<p id="z{number}"{note}>      {html.escape(line)}\n</p>')
    title, adoption = map(html.escape, lines[:2])
    page = PAGE.format(code=code, title=title, adoption=adoption, body="\n".join(body))
    return page.encode()


def as_docx(lines: Sequence[str]) -> bytes:
    """A Word document of one paragraph a line, in several runs."""
    document = Document()
    for line in lines:
        paragraph = document.add_paragraph()
        for word in line.split(" "):
            paragraph.add_run(word + " ").bold = len(word) % 2 == 0
    return saved(document)


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(
    lines: Sequence[str],
    *,
    indent: str = "1em",
    head: str = "Әділет порталы",
    hyphenate: str = "false",
) -> bytes:
    """A PDF with narrow pages, page numbers and a running head; its font has every letter."""
    quoted = [line.replace("\\", "\\\\").replace('"', '\\"') for line in lines]
    source = (
        f'#set page(paper: "a5", numbering: "1", header: [{head}])\n'
        f"#set par(first-line-indent: (amount: {indent}, all: true), spacing: 1.2em)\n"
        '#set text(lang: "ru", hyphenate: '
        + hyphenate
        + ")\n"
        + "\n\n".join(f'#par(text("{line}"))' for line in quoted)
    )
    return bytes(typst.compile(source.encode()))


def as_text(lines: Sequence[str], encoding: str) -> bytes:
    return "\r\n".join(lines).encode(encoding)


@pytest.fixture(scope="session")
def files() -> SimpleNamespace:
    """The writers of files above, for tests in other modules."""
    makers = (filled, as_html, as_docx, as_pdf, as_text, saved)
    return SimpleNamespace(**{maker.__name__: maker for maker in makers})


@pytest.fixture(scope="session")
def held() -> Records:
    return load_records(with_references=False)


@pytest.fixture(scope="session")
def inspected(held: Records) -> Callable[..., Inspection]:
    """Inspect the bytes of a file, by default as the second edition of the library's order."""

    def run(
        data: bytes, act: str = LIBRARY, edition: date = date(2021, 10, 12), **more: Any
    ) -> Inspection:
        records = more.pop("held", held)
        accepted = more.pop("accepted", ())
        return inspect(Request("file", data, act, edition, **more), records, accepted)

    return run
