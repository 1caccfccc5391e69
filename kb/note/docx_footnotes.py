"""Footnotes of a Word document, which python-docx does not make: their own part of the file."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from lxml import etree

from kb.note.document import Footnote
from kb.note.docx_styles import FOOTNOTE_REFERENCE, FOOTNOTE_TEXT

# Word asks for these two, and numbers them so.
_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}


class Footnotes:
    """The footnotes of one document."""

    def __init__(self, word: WordDocument) -> None:
        """Start with the separators."""
        self._word = word
        self._root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        self._paragraph_style = word.styles[FOOTNOTE_TEXT].style_id
        self._reference_style = word.styles[FOOTNOTE_REFERENCE].style_id
        for number, kind in _SEPARATORS.items():
            note = _element("w:footnote", {"type": kind, "id": str(number)})
            note.append(_nested("w:p", "w:r", f"w:{kind}"))
            self._root.append(note)

    def add(self, paragraph: Paragraph, footnote: Footnote) -> None:
        """Set the footnote's number after a paragraph, and its text among the footnotes."""
        run = self._reference(_element("w:footnoteReference", {"id": str(footnote.number)}))
        paragraph._p.append(run)
        note = _element("w:footnote", {"id": str(footnote.number)})
        body = OxmlElement("w:p")
        properties = OxmlElement("w:pPr")
        properties.append(_element("w:pStyle", {"val": self._paragraph_style}))
        body.append(properties)
        body.append(self._reference(OxmlElement("w:footnoteRef")))
        text, words = OxmlElement("w:r"), OxmlElement("w:t")
        words.text = f" {footnote.text}"
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.append(words)
        body.append(text)
        note.append(body)
        self._root.append(note)

    def write(self, lang: str) -> None:
        """Put the footnotes into the document; ``lang`` is theirs."""
        for properties in self._root.iter(qn("w:rPr")):
            properties.append(_element("w:lang", {"val": lang}))
        blob = etree.tostring(self._root, encoding="UTF-8", standalone=True, xml_declaration=True)
        package = self._word.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, package)
        self._word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = self._word.settings.element
        named = OxmlElement("w:footnotePr")
        for number in _SEPARATORS:
            named.append(_element("w:footnote", {"id": str(number)}))
        place = settings.find(qn("w:compat"))
        place.addprevious(named) if place is not None else settings.append(named)

    def _reference(self, mark: BaseOxmlElement) -> BaseOxmlElement:
        run, properties = OxmlElement("w:r"), OxmlElement("w:rPr")
        properties.append(_element("w:rStyle", {"val": self._reference_style}))
        run.append(properties)
        run.append(mark)
        return run


def _element(name: str, values: dict[str, str]) -> BaseOxmlElement:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _nested(*names: str) -> BaseOxmlElement:
    first = last = OxmlElement(names[0])
    for name in names[1:]:
        last.append(last := OxmlElement(name))
    return first
