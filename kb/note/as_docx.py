"""A note as a Word document: heading styles, real footnotes, languages, A4, page numbers."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kb.note.document import OMISSION, Document, Quoted
from kb.note.docx_footnotes import Footnotes
from kb.note.docx_styles import BARS, DEPTH_INDENT, QUOTE_INDENT, set_bar, set_styles
from kb.note.passage import Line
from kb.note.wording import TAGS

# Every file in the archive bears one day, so that the same note gives the same bytes.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def as_docx(document: Document) -> bytes:
    """Print the document; the same document gives the same bytes."""
    word = docx.Document()
    set_styles(word, TAGS[document.lang])
    _set_page(word)
    _set_properties(word, document)
    _Writer(word, document).write()
    out = BytesIO()
    word.save(out)
    return _repacked(out)


class _Writer:
    """Writes the blocks of a note one under the other."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self._word = word
        self._document = document
        self._notes = Footnotes(word)
        # To look a style up anew for each paragraph takes most of the time of an export.
        self._styles = {style.name: style.style_id for style in word.styles}

    def write(self) -> None:
        """Write the whole note."""
        document = self._document
        self._add(document.title, "Title")
        for block in document.blocks:
            if isinstance(block, Quoted):
                self._add_quote(block)
            else:
                for text in block.paragraphs:
                    self._add(text, "Normal")
        if document.closing:
            self._add(document.closing, "Closing")
        self._notes.write(TAGS[document.lang])

    def _add(self, text: str, style: str) -> Paragraph:
        paragraph = self._word.add_paragraph(text)
        paragraph._p.style = self._styles[style]
        return paragraph

    def _add_quote(self, block: Quoted) -> None:
        document = self._document
        self._notes.add(self._add(block.heading, "Heading 2"), block.footnote)
        for line in block.law:
            self._add_line(line, "Law", TAGS[block.law_lang])
        if block.translation:
            # The official text is the law's own too, in another language.
            label, style = ("Law label", "Law") if block.is_official else ("Label", "Translation")
            self._add(block.translation_label, label)
            for line in block.translation:
                self._add_line(line, style, TAGS[document.lang])
        if block.remarks:
            self._add(document.remarks_label, "Label")
            for remark in block.remarks:
                self._add(remark, "Remark")

    def _add_line(self, line: Line, style: str, lang: str) -> None:
        paragraph = self._add("", style)
        if line.depth:
            paragraph.paragraph_format.left_indent = Pt(QUOTE_INDENT + DEPTH_INDENT * line.depth)
            set_bar(paragraph._p.get_or_add_pPr(), BARS[style], line.depth)
        if line.omission:
            paragraph.add_run(OMISSION)
            return
        run = paragraph.add_run(line.printed)
        run.bold = line.heading or None
        _set_language(run, lang)


def _set_page(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _set_properties(word: WordDocument, document: Document) -> None:
    made = datetime.combine(document.made, datetime.min.time())
    core = word.core_properties
    core.title, core.language = document.title[:255], TAGS[document.lang]
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.created = core.modified = made
    core.revision = 1
    # The template brings a picture of itself.
    package = word.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _set_language(run: Run, lang: str) -> None:
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), lang)
    run._r.get_or_add_rPr().append(tag)


def _repacked(saved: BytesIO) -> bytes:
    """The same archive, its files under one day."""
    out = BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(
                zipfile.ZipInfo(entry.filename, _ZIP_DAY),
                old.read(entry),
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()
