"""The PDF, opened again: every letter, languages, bookmarks, footnotes on their pages."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PageObject, PdfReader

from kb.answer.quote import Library
from kb.note.as_pdf import as_pdf, not_printable
from kb.note.document import Document, Quoted, compose
from kb.note.note import MAX_WORDS, OwnWords
from kb.note.truetype import face
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

FACES = ("NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic")


def opened(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data), strict=True)


def squeezed(text: str) -> str:
    """Without white space, since a line may end anywhere between two words."""
    return "".join(text.split())


def read(data: bytes) -> str:
    return squeezed("\n".join(page.extract_text() for page in opened(data).pages))


def texts_of(document: Document) -> list[str]:
    found = [document.title, document.closing]
    for block in document.blocks:
        if isinstance(block, Quoted):
            lines = [line.printed for line in (*block.law, *block.translation)]
            found += [block.heading, block.footnote.text, *lines, *block.remarks]
        else:
            found += block.paragraphs
    return found


def test_the_fonts_have_every_letter_of_the_three_languages(library: Library) -> None:
    law = {ch for clause in library.records.clauses for ch in clause.text}
    notes = library.records.headnotes
    ours = {ch for note in notes for text in note.translation.values() for ch in text}
    for name in FACES:
        lacking = {ch for ch in {*law, *ours, *LETTERS, *"₸№«»–—…„“”’•"} if not face(name).has(ch)}
        assert not lacking, name


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_letter_of_every_clause_is_read_back(library: Library, language: str) -> None:
    items = [quoted(library, c.address.short) for c in library.records.clauses if not c.parent]
    note = a_note(*items, OwnWords(LETTERS), title="Түсіндірме", language=language)
    document = compose(note, library, MADE)
    data = as_pdf(document)
    found, pages = read(data), len(opened(data).pages)
    words = [text.split() for text in texts_of(document)]
    pairs = {a + b for text in words for a, b in pairwise(text)}
    # A page may end between two words of a paragraph, and nowhere else.
    assert len([pair for pair in pairs if pair not in found]) < pages
    assert not [word for text in words for word in text if word not in found]


def test_a_quote_is_read_back_character_for_character(library: Library) -> None:
    for clause in library.records.clauses:
        note = a_note(quoted(library, clause.address.short, remarks=False))
        document = compose(note, library, MADE)
        (block,) = document.quotes
        found = read(as_pdf(document))
        if len(block.law) < 8:
            law = squeezed("".join("[…]" if x.omission else x.printed for x in block.law))
            assert law in found, clause.address


def test_latin_and_cyrillic_letters_of_one_shape_are_told_apart(library: Library) -> None:
    text = "AАaаEЕeеOОoоPРpрCСcсXХxхHНKКMМTТBВyуIІiі"
    assert squeezed(text) in read(as_pdf(compose(a_note(OwnWords(text)), library, MADE)))


def test_title_language_and_bookmarks(library: Library) -> None:
    note = a_note(quoted(library, "code/7"), quoted(library, "code/9"), title="Жазба")
    pdf = opened(as_pdf(compose(note, library, MADE)))
    root = pdf.trailer["/Root"]
    assert (pdf.metadata.title, root["/Lang"]) == ("Жазба", "kk-KZ")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert [mark["/Title"] for mark in pdf.outline] == [
        "Жазба", "Әдеп кодексінің 7-тармағы", "Әдеп кодексінің 9-тармағы",
    ]  # fmt: skip


def test_the_structure_says_what_is_what_and_in_which_language(library: Library) -> None:
    note = a_note(OwnWords("x"), quoted(library, "code/7"), language="ru")
    pdf = opened(as_pdf(compose(note, library, MADE)))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    kids = [kid.get_object() for kid in root["/StructTreeRoot"]["/K"]["/K"]]
    roles = [(kid["/S"], kid["/Lang"]) for kid in kids]
    assert roles[:3] == [("/H1", "ru-RU"), ("/P", "ru-RU"), ("/H2", "ru-RU")]
    assert ("/BlockQuote", "kk-KZ") in roles
    assert ("/Note", "ru-RU") in roles
    page = pdf.pages[0]
    assert len(root["/StructTreeRoot"]["/ParentTree"]["/Nums"][1]) == (
        page.get_contents().get_data().count(b"/MCID")
    )


def test_the_edition_of_an_older_wording_is_read_back(two: Library) -> None:
    note = a_note(quoted(two, f"{ORDER}/rules/4@{FIRST}"), language="ru")
    data = as_pdf(compose(note, two, MADE))
    found = read(data)
    assert squeezed("Пункт 4 Правил (редакция от 15 января 2019 г.)") in found
    assert squeezed(f"редакция от 15 января 2019 г.; адрес: {ORDER}/rules/4@2019-01-15") in found
    assert squeezed("В редакции от 12 октября 2021 г. текст иной.") in found
    assert squeezed("он бес жұмыс күніне") in found


def test_the_official_text_is_a_quote_in_its_language(two: Library) -> None:
    note = a_note(quoted(two, f"{ORDER}/rules/4"), language="ru")
    pdf = opened(as_pdf(compose(note, two, MADE)))
    kids = [kid.get_object() for kid in pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]["/K"]]
    roles = [(kid["/S"], kid["/Lang"]) for kid in kids]
    assert [role for role in roles if role[0] == "/BlockQuote"] == [
        ("/BlockQuote", "kk-KZ"), ("/BlockQuote", "ru-RU"),
    ]  # fmt: skip


def test_a_footnote_stands_on_the_page_of_its_quote(library: Library) -> None:
    items = [quoted(library, c.address.short) for c in library.records.clauses if not c.parent]
    document = compose(a_note(*items, language="en"), library, MADE)
    pages = [squeezed(page.extract_text()) for page in opened(as_pdf(document)).pages]
    assert len(pages) > 5
    for block in document.quotes:
        head = squeezed(block.heading) + str(block.footnote.number)
        (page,) = [
            text for text in pages if head in text.replace(squeezed(block.footnote.text), "")
        ]
        assert squeezed(block.footnote.text) in page


def heights_of(page: PageObject) -> list[float]:
    """How high above the foot of the page each run of text stands, in points."""
    found: list[float] = []

    def note(text: str, _matrix: object, place: list[float], *_: object) -> None:
        if text.strip():
            found.append(place[5])

    page.extract_text(visitor_text=note)
    return found


def test_no_page_is_overfull(library: Library) -> None:
    pdf = opened(as_pdf(everything(library, "ru")))
    for page in pdf.pages:
        heights = heights_of(page)
        assert 30 < min(heights) < max(heights) < 800


def test_the_same_note_gives_the_same_bytes(library: Library) -> None:
    document = everything(library, "ru")
    assert as_pdf(document) == as_pdf(document)


@pytest.mark.parametrize("text", INJECTIONS)
def test_own_words_are_text_and_nothing_else(library: Library, text: str) -> None:
    document = compose(a_note(OwnWords(text), title=text), library, MADE)
    data = as_pdf(document)
    pdf = opened(data)
    shown = squeezed(face(FACES[0]).shown(" ".join(text.split())))
    assert shown in squeezed(pdf.pages[0].extract_text())
    assert pdf.metadata.title == document.title
    assert all("/Annots" not in page for page in pdf.pages)
    assert data.count(b"%%EOF") == 1


@pytest.mark.parametrize(
    ("text", "lacking"), [("Қазақ ₸ №", ""), ("😀 👩‍👧 😀", "😀👩👧"), ("مر", "مر")]
)
def test_characters_that_the_fonts_lack_are_named(
    library: Library, text: str, lacking: str
) -> None:
    assert not_printable(compose(a_note(OwnWords(text)), library, MADE)) == lacking


def test_a_word_longer_than_a_line_is_broken(library: Library) -> None:
    data = as_pdf(compose(a_note(OwnWords("ұ" * MAX_WORDS)), library, MADE))
    assert read(data).count("ұ") == MAX_WORDS
    assert len(opened(data).pages) > 3
