"""A note as a PDF: A4, its own fonts, footnotes at the foot of the page, tagged, with bookmarks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kb.note.document import OMISSION, Document, Quoted
from kb.note.pages import HEIGHT, Paragraph, Style, set_pages
from kb.note.passage import Line
from kb.note.pdf_file import PdfFile, text_string
from kb.note.pdf_page import Drawing
from kb.note.truetype import face
from kb.note.wording import TAGS

_REGULAR, _BOLD, _ITALIC = (face(f"NotoSerif-{cut}") for cut in ("Regular", "Bold", "Italic"))
_TITLE = Style(_BOLD, 16, 22, tag="H1", keep=True)
_HEADING = Style(_BOLD, 11, 15.5, tag="H2", before=16, keep=True)
_WORDS = Style(_REGULAR, 11, 16, before=7)
_LAW = Style(_REGULAR, 11, 16, tag="BlockQuote", before=4, indent=18, bar="solid")
_LABEL = Style(_BOLD, 9, 13, before=8, indent=18, bar="dotted", grey=0.3, keep=True)
_LAW_LABEL = replace(_LABEL, bar="solid")
_TRANSLATION = Style(_ITALIC, 10, 14.5, before=3, indent=18, bar="dotted", grey=0.2)
_REMARK = Style(_REGULAR, 9, 13, before=2, indent=18, bar="dotted", grey=0.2)
_CLOSING = Style(_ITALIC, 9, 13, before=22, grey=0.3)
_NOTE = Style(_REGULAR, 8.5, 11.5, tag="Note", before=2, indent=9)
_DEPTH = 16.0


def as_pdf(document: Document) -> bytes:
    """Print the document; the same document gives the same bytes."""
    file = PdfFile()
    drawing = Drawing(file)
    pages = set_pages(list(_paragraphs(document)))
    for number, page in enumerate(pages, 1):
        drawing.draw(page, f"{number} / {len(pages)}")
    root, tree = drawing.finish()
    outline = _outline(file, drawing.headings)
    catalogue = file.add(
        f"<< /Type /Catalog /Pages {root} 0 R /Lang {text_string(TAGS[document.lang])} "
        f"/MarkInfo << /Marked true >> /StructTreeRoot {tree} 0 R /Outlines {outline} 0 R "
        "/PageMode /UseOutlines /ViewerPreferences << /DisplayDocTitle true >> >>"
    )
    made = f"(D:{document.made:%Y%m%d}000000Z)"
    info = file.add(
        f"<< /Title {text_string(document.title)} /Producer (Adep) "
        f"/CreationDate {made} /ModDate {made} >>"
    )
    return file.written(catalogue, info)


def not_printable(document: Document) -> str:
    """The characters that the fonts of the PDF do not have, each once."""
    texts = [paragraph.text for paragraph in _paragraphs(document)]
    return "".join(dict.fromkeys(ch for text in texts for ch in text if not _REGULAR.has(ch)))


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    lang = TAGS[document.lang]
    yield Paragraph(document.title, _TITLE, lang)
    for block in document.blocks:
        if isinstance(block, Quoted):
            yield from _quote(block, document)
        else:
            yield from (Paragraph(text, _WORDS, lang) for text in block.paragraphs)
    if document.closing:
        yield Paragraph(document.closing, _CLOSING, lang)


def _quote(block: Quoted, document: Document) -> Iterator[Paragraph]:
    lang, law_lang = TAGS[document.lang], TAGS[block.law_lang]
    note = block.footnote
    foot = Paragraph(note.text, _NOTE, lang, str(note.number))
    yield Paragraph(block.heading, _HEADING, lang, str(note.number), (foot,))
    for line in block.law:
        yield _line(line, _LAW, lang if line.omission else law_lang)
    if block.translation:
        label, style = (_LAW_LABEL, _LAW) if block.is_official else (_LABEL, _TRANSLATION)
        yield Paragraph(block.translation_label, label, lang)
        for line in block.translation:
            yield _line(line, style, lang)
    if block.remarks:
        yield Paragraph(document.remarks_label, _LABEL, lang)
        yield from (Paragraph(remark, _REMARK, lang) for remark in block.remarks)


def _line(line: Line, style: Style, lang: str) -> Paragraph:
    style = replace(style, indent=style.indent + _DEPTH * line.depth)
    if line.omission:
        return Paragraph(OMISSION, replace(style, tag="P", grey=0.4), lang)
    return Paragraph(line.printed, replace(style, face=_BOLD) if line.heading else style, lang)


def _outline(file: PdfFile, headings: list[tuple[str, int, float]]) -> int:
    """The bookmarks: the title and every citation."""
    root = file.reserve()
    numbers = [file.reserve() for _ in headings]
    for place, (text, page, y) in enumerate(headings):
        beside = f"/Prev {numbers[place - 1]} 0 R " if place else ""
        if place + 1 < len(numbers):
            beside += f"/Next {numbers[place + 1]} 0 R "
        where = f"/Dest [{page} 0 R /XYZ 0 {min(y + 4, HEIGHT):.2f} null]"
        file.put(
            numbers[place],
            f"<< /Title {text_string(text)} /Parent {root} 0 R {beside}{where} >>",
        )
    file.put(
        root,
        f"<< /Type /Outlines /First {numbers[0]} 0 R /Last {numbers[-1]} 0 R "
        f"/Count {len(numbers)} >>",
    )
    return root
