"""What a note prints: verified quotes alone, the right citation, edition and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.errors import NoteError
from kb.note.document import Quoted, Words, compose
from kb.note.note import OwnWords, text_hash
from tests.note.making import MADE, a_note, amended, quoted


def test_blocks_stand_in_the_order_of_the_note(library: Library) -> None:
    note = a_note(OwnWords("a\n\n b \n"), quoted(library, "code/7"), OwnWords("\n"), OwnWords("c"))
    blocks = compose(note, library, MADE).blocks
    assert [type(b) for b in blocks] == [Words, Quoted, Words]
    assert blocks[0] == Words(("a", "b"))


@pytest.mark.parametrize(
    ("language", "heading", "footnote"),
    [
        (
            "kk",
            "Әдеп кодексінің 6-тармағының 8) тармақшасы",
            "Әдеп кодексінің 6-тармағының 8) тармақшасы (Қазақстан Республикасы Президентінің "
            "2015 жылғы 29 желтоқсандағы № 153 Жарлығы); 2022 ж. 22 ақпан күнгі редакция; "
            "мекенжайы: U1500000153/code/6/8@2022-02-22; жүгінген күні: 2026 ж. 23 қараша.",
        ),
        (
            "ru",
            "Подпункт 8) пункта 6 Этического кодекса",
            "Подпункт 8) пункта 6 Этического кодекса (Указ Президента Республики Казахстан от "
            "29 декабря 2015 года № 153); редакция от 22 февраля 2022 г.; "
            "адрес: U1500000153/code/6/8@2022-02-22; дата обращения: 23 ноября 2026 г.",
        ),
        (
            "en",
            "Code of Ethics, paragraph 6, subparagraph 8)",
            "Code of Ethics, paragraph 6, subparagraph 8) (Decree of the President of the "
            "Republic of Kazakhstan No. 153 of 29 December 2015); edition of 22 February 2022; "
            "address: U1500000153/code/6/8@2022-02-22; accessed on 23 November 2026.",
        ),
    ],
)
def test_the_citation_is_that_of_the_language(
    library: Library, language: str, heading: str, footnote: str
) -> None:
    note = a_note(quoted(library, "code/6/8"), language=language)
    (block,) = compose(note, library, MADE).quotes
    assert block.heading == heading
    assert " ".join(block.footnote.text.split()) == footnote


def test_footnotes_are_numbered_over_quotes_alone(library: Library) -> None:
    note = a_note(quoted(library, "code/7"), OwnWords("x"), quoted(library, "code/9"))
    assert [n.number for n in compose(note, library, MADE).footnotes] == [1, 2]


def test_what_is_ours_is_set_apart_and_may_be_left_out(library: Library) -> None:
    whole = compose(a_note(quoted(library, "code/6"), language="ru"), library, MADE)
    bare = a_note(quoted(library, "code/6", translation=False, remarks=False), language="ru")
    assert whole.quotes[0].translation
    assert whole.quotes[0].remarks
    assert whole.translation_label == "Неофициальный перевод"
    assert "Переводы неофициальные" in whole.closing
    left = compose(bare, library, MADE)
    assert not left.quotes[0].translation
    assert not left.quotes[0].remarks
    assert "Переводы" not in left.closing


def test_nothing_is_translated_in_a_kazakh_document(library: Library) -> None:
    assert not compose(a_note(quoted(library, "code/6")), library, MADE).quotes[0].translation


@pytest.mark.parametrize(
    ("language", "title"),
    [("kk", "Түсіндірме жазба"), ("ru", "Пояснительная записка"), ("en", "Explanatory note")],
)
def test_a_note_without_a_title_has_a_plain_one(
    library: Library, language: str, title: str
) -> None:
    assert compose(a_note(OwnWords("x"), language=language), library, MADE).title == title


def test_a_note_of_own_words_alone_says_nothing_of_quotes(library: Library) -> None:
    document = compose(a_note(OwnWords("x")), library, MADE)
    assert (document.closing, document.footnotes) == ("", ())


@pytest.mark.parametrize("note", [a_note(), a_note(OwnWords(" \n ")), a_note(title="x")])
def test_an_empty_note_is_not_printed(library: Library, note: object) -> None:
    with pytest.raises(NoteError) as caught:
        compose(note, library, MADE)  # type: ignore[arg-type]
    assert caught.value.reason == "empty"


def test_a_quote_that_is_not_the_text_held_is_never_printed(library: Library) -> None:
    one = quoted(library, "code/7")
    lie = "7. Бәріне рұқсат."
    tampered = [
        msgspec.structs.replace(one, text=lie),
        msgspec.structs.replace(one, text=lie, sha256=text_hash(lie)),
        msgspec.structs.replace(one, sha256="0" * 64),
        msgspec.structs.replace(one, address="U1500000153/code/8"),
        msgspec.structs.replace(one, address="U0000000000/code/7"),
        msgspec.structs.replace(one, text=lie, sha256=text_hash(lie), edition=date(2020, 1, 1)),
        msgspec.structs.replace(one, text=lie, sha256=text_hash(lie), edition=date(2030, 1, 1)),
    ]
    for quote in tampered:
        with pytest.raises(NoteError) as caught:
            compose(a_note(OwnWords("x"), quote), library, MADE)
        assert caught.value.reason == "unverified"


def test_an_amended_clause_is_not_printed_before_it_is_renewed(library: Library) -> None:
    later = amended(library, "code/7", "Жаңа мәтін.", date(2027, 1, 1))
    with pytest.raises(NoteError):
        compose(a_note(quoted(library, "code/7")), later, MADE)


def test_the_edition_printed_is_the_one_held(library: Library) -> None:
    later = amended(library, "code/7", "Жаңа мәтін.", date(2027, 1, 1))
    (block,) = compose(a_note(quoted(library, "code/8")), later, MADE).quotes
    assert "@2027-01-01" in block.footnote.text


@pytest.mark.parametrize(("status", "said"), [("excluded", "Исключено."), ("repealed", "Утратило")])
def test_a_clause_that_is_not_in_force_says_so(library: Library, status: str, said: str) -> None:
    clause = library.get(ClauseAddress.parse("code/7"))
    others = [c for c in library.records.clauses if c != clause]
    clauses = (*others, replace(clause, status=status))
    later = Library(replace(library.records, clauses=clauses))
    (block,) = compose(a_note(quoted(later, "code/7"), language="ru"), later, MADE).quotes
    assert said in block.footnote.text
