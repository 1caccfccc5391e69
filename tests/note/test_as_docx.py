"""The Word document, opened again: every letter, the footnotes, the languages."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument
from lxml import etree

from kb.answer.quote import Library
from kb.note.as_docx import as_docx
from kb.note.document import OMISSION, Document, Quoted, compose
from kb.note.note import MAX_WORDS, OwnWords
from tests.note.making import (
    FIRST,
    INJECTIONS,
    LETTERS,
    MADE,
    ORDER,
    a_note,
    everything,
    quoted,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(data: bytes) -> WordDocument:
    return docx.Document(BytesIO(data))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def printed(document: Document) -> list[str]:
    """Every paragraph that the document has to have, in order."""
    found = [document.title]
    for block in document.blocks:
        if isinstance(block, Quoted):
            found.append(block.heading)
            found += [OMISSION if x.omission else x.printed for x in block.law]
            found += [block.translation_label] if block.translation else []
            found += [OMISSION if x.omission else x.printed for x in block.translation]
            found += [document.remarks_label] if block.remarks else []
            found += block.remarks
        else:
            found += block.paragraphs
    return [*found, document.closing]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_letter_is_read_back(library: Library, language: str) -> None:
    document = everything(library, language)
    data = as_docx(document)
    assert [p.text for p in opened(data).paragraphs] == printed(document)
    notes = part(data, "word/footnotes.xml").findall(f"{W}footnote")[2:]
    texts = ["".join(t.text or "" for t in note.iter(f"{W}t")).strip() for note in notes]
    assert texts == [note.text for note in document.footnotes]
    assert set(LETTERS) <= set("".join(p.text for p in opened(data).paragraphs))


def test_footnotes_are_words_own(library: Library) -> None:
    data = as_docx(everything(library, "ru"))
    body, notes = part(data, "word/document.xml"), part(data, "word/footnotes.xml")
    used = [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")]
    known = [note.get(f"{W}id") for note in notes.findall(f"{W}footnote")]
    assert used == known[2:] == [str(n) for n in range(1, len(used) + 1)]
    assert known[:2] == ["-1", "0"]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert b"footnotes+xml" in archive.read("[Content_Types].xml")
        assert b"footnotes.xml" in archive.read("word/_rels/document.xml.rels")


def test_law_is_kazakh_whatever_the_document_is(library: Library) -> None:
    data = as_docx(compose(a_note(quoted(library, "code/7"), language="ru"), library, MADE))
    body, styles = part(data, "word/document.xml"), part(data, "word/styles.xml")
    langs = {
        p.find(f"{W}pPr/{W}pStyle").get(f"{W}val"): {x.get(f"{W}val") for x in p.iter(f"{W}lang")}
        for p in body.iter(f"{W}p")
        if p.find(f"{W}pPr/{W}pStyle") is not None
    }
    assert langs["Law"] == {"kk-KZ"}
    assert langs["Translation"] == {"ru-RU"}
    default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert default.get(f"{W}val") == "ru-RU"


def test_the_official_text_looks_as_the_law_does(two: Library) -> None:
    note = a_note(quoted(two, f"{ORDER}/rules/4"), language="ru")
    data = as_docx(compose(note, two, MADE))
    styles = [(p.style.name, p.text) for p in opened(data).paragraphs][2:5]
    label = "Официальный текст на русском языке, редакция от 12 октября 2021\u202fг."
    assert styles == [
        ("Law", "4. Құжат оқырманға күнтізбелік отыз күнге беріледі."),
        ("Law label", label),
        ("Law", "4. Документ выдается читателю на тридцать календарных дней."),
    ]
    langs = [tag.get(f"{W}val") for tag in part(data, "word/document.xml").iter(f"{W}lang")]
    assert langs == ["kk-KZ", "ru-RU"]


def test_the_edition_of_an_older_wording_is_read_back(two: Library) -> None:
    note = a_note(quoted(two, f"{ORDER}/rules/4@{FIRST}"), language="en")
    data = as_docx(compose(note, two, MADE))
    heading = opened(data).paragraphs[1]
    assert heading.text == "Rules, paragraph 4 (edition of 15 January 2019)"
    said = "".join(t.text or "" for t in part(data, "word/footnotes.xml").iter(f"{W}t"))
    assert f"edition of 15 January 2019; address: {ORDER}/rules/4@2019-01-15;" in said
    assert said.endswith("The edition of 12 October 2021 has other words.")


def test_page_styles_and_properties(library: Library) -> None:
    note = a_note(quoted(library, "code/7"), title="Түсіндірме", language="kk")
    word = opened(as_docx(compose(note, library, MADE)))
    section, core = word.sections[0], word.core_properties
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (core.title, core.language, core.author) == ("Түсіндірме", "kk-KZ", "")
    assert (core.created.date(), core.comments) == (MADE, "")
    names = [p.style.name for p in word.paragraphs]
    assert names[:3] == ["Title", "Heading 2", "Law"]
    fonts = word.styles["Law"].element.find(f"{W}rPr/{W}rFonts")
    assert {fonts.get(f"{W}{slot}") for slot in ("ascii", "hAnsi", "cs")} == {"Times New Roman"}
    assert "PAGE" in etree.tostring(section.footer._element).decode()


def test_the_same_note_gives_the_same_bytes(library: Library) -> None:
    document = everything(library, "ru")
    assert as_docx(document) == as_docx(document)


@pytest.mark.parametrize("text", INJECTIONS)
def test_own_words_stand_as_they_were_written(library: Library, text: str) -> None:
    data = as_docx(compose(a_note(OwnWords(text), title=text), library, MADE))
    assert [p.text for p in opened(data).paragraphs][1] == text.strip()
    assert part(data, "word/document.xml").find(f".//{W}hyperlink") is None


def test_long_words_are_kept_whole(library: Library) -> None:
    text = "ұ" * MAX_WORDS
    word = opened(as_docx(compose(a_note(OwnWords(text)), library, MADE)))
    assert word.paragraphs[1].text == text
