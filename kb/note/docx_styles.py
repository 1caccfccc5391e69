"""The styles of the Word document, so that its author changes a look in one place."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

# On every Windows and Mac; elsewhere Liberation Serif stands in, letter for letter as wide.
FOOTNOTE_TEXT, FOOTNOTE_REFERENCE = "footnote text", "footnote reference"
_FONT = "Times New Roman"
_BLACK, _GREY = RGBColor(0, 0, 0), RGBColor(0x44, 0x44, 0x44)
# In points.
QUOTE_INDENT, DEPTH_INDENT, BAR_SPACE = 18, 18, 8
BARS = {
    "Law": "single",
    "Law label": "single",
    "Translation": "dotted",
    "Remark": "dotted",
    "Label": "dotted",
}
_SLOTS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
_THEME = ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme")


def set_styles(word: WordDocument, lang: str) -> None:
    """Set the styles that a note uses, and the language of what says no other."""
    _set_defaults(word, lang)
    _style(word, "Normal", 12, after=6)
    _style(word, "Title", 16, bold=True, after=10)
    _style(word, "Heading 2", 12, bold=True, before=14, after=4)
    _style(word, "Law", 12, after=4)
    _style(word, "Translation", 11, after=3, italic=True, grey=True)
    _style(word, "Remark", 10, after=2, grey=True)
    for name in ("Label", "Law label"):
        label = _style(word, name, 9.5, before=4, after=2, bold=True, grey=True)
        label.paragraph_format.keep_with_next = True
    _style(word, "Closing", 9.5, before=18, italic=True, grey=True)
    # Word knows these two by the names in small letters.
    word.styles.add_style(FOOTNOTE_TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    _style(word, FOOTNOTE_TEXT, 10)
    reference = word.styles.add_style(FOOTNOTE_REFERENCE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    reference.font.superscript = True


def _style(
    word: WordDocument,
    name: str,
    size: float,
    *,
    before: float = 0,
    after: float = 0,
    bold: bool = False,
    italic: bool = False,
    grey: bool = False,
) -> ParagraphStyle:
    known = {style.name for style in word.styles}
    style = (
        word.styles[name] if name in known else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    assert isinstance(style, ParagraphStyle)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    style.font.color.rgb = _GREY if grey else _BLACK
    _set_font(style.element.get_or_add_rPr())
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing = 1.15
    _take_out(style, "w:pBdr")
    if name in BARS:
        layout.left_indent = Pt(QUOTE_INDENT)
        set_bar(style.element.get_or_add_pPr(), BARS[name])
    return style


def _set_defaults(word: WordDocument, lang: str) -> None:
    defaults = word.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _set_font(properties)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), lang)
    properties.append(tag)


def _set_font(properties: BaseOxmlElement) -> None:
    """Name the font for every script, and take out what the theme says instead."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in _THEME:
        fonts.attrib.pop(qn(name), None)
    for name in _SLOTS:
        fonts.set(qn(name), _FONT)


def set_bar(properties: BaseOxmlElement, bar: str, depth: int = 0) -> None:
    """Set the bar at the left of a quote; it stays in place however deep the words stand."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    # Word allows no more than 31 points between a border and its text.
    space = str(min(31, BAR_SPACE + DEPTH_INDENT * depth))
    for key, value in {"val": bar, "sz": "18", "space": space, "color": "444444"}.items():
        left.set(qn(f"w:{key}"), value)
    borders.append(left)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _take_out(style: ParagraphStyle, name: str) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn(name)):
        properties.remove(old)
