"""What a note prints: verified quotes alone, the right citation, edition and day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.corpus.load import load_records
from kb.errors import NoteError
from kb.note.document import Quoted, Words, compose
from kb.note.note import OwnWords, text_hash
from tests.note.making import FIRST, MADE, ORDER, a_note, amended, quoted


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
    assert whole.quotes[0].translation_label == "Неофициальный перевод"
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


def test_words_of_an_edition_that_is_held_no_more_are_not_printed(library: Library) -> None:
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


# -- several editions -------------------------------------------------------------------------

OLDER = [
    (
        "kk",
        "rules/4",
        "Қағидалардың 4-тармағы (2019 ж. 15 қаңтар күнгі редакция)",
        "2019 ж. 15 қаңтар күнгі редакция; мекенжайы: V1800016985/rules/4@2019-01-15; "
        "жүгінген күні: 2026 ж. 23 қараша. 2021 ж. 12 қазан күнгі редакцияда мәтін басқа.",
    ),
    (
        "ru",
        "rules/4",
        "Пункт 4 Правил (редакция от 15 января 2019 г.)",
        "редакция от 15 января 2019 г.; адрес: V1800016985/rules/4@2019-01-15; "
        "дата обращения: 23 ноября 2026 г. В редакции от 12 октября 2021 г. текст иной.",
    ),
    (
        "en",
        "rules/8",
        "Rules, paragraph 8 (edition of 15 January 2019)",
        "edition of 15 January 2019; address: V1800016985/rules/8@2019-01-15; accessed on "
        "23 November 2026. The edition of 12 October 2021 does not have this provision.",
    ),
    (
        "ru",
        "rules/2/2",
        "Подпункт 2) пункта 2 Правил (редакция от 15 января 2019 г.)",
        "дата обращения: 23 ноября 2026 г. В редакции от 12 октября 2021 г. слова те же, "
        "место другое: подпункт 3) пункта 2 Правил.",
    ),
    (
        "ru",
        "rules/9",
        "Пункт 9 Правил (редакция от 15 января 2019 г.)",
        "редакция от 15 января 2019 г.; адрес: V1800016985/rules/9@2019-01-15; "
        "дата обращения: 23 ноября 2026 г.",
    ),
]


@pytest.mark.parametrize(("language", "address", "heading", "ends"), OLDER)
def test_an_older_wording_is_printed_with_its_edition(
    two: Library, language: str, address: str, heading: str, ends: str
) -> None:
    note = a_note(quoted(two, f"{ORDER}/{address}@{FIRST}"), language=language)
    (block,) = compose(note, two, MADE).quotes
    assert " ".join(block.heading.split()) == heading
    assert " ".join(block.footnote.text.split()).endswith(ends)


def test_two_wordings_of_a_clause_stand_beside_each_other(two: Library) -> None:
    note = a_note(quoted(two, f"{ORDER}/rules/4@{FIRST}"), quoted(two, f"{ORDER}/rules/4"))
    old, new = compose(note, two, MADE).quotes
    assert [line.printed for line in old.law] == [
        "4. Құжат оқырманға он бес жұмыс күніне беріледі."
    ]
    assert [line.printed for line in new.law] == [
        "4. Құжат оқырманға күнтізбелік отыз күнге беріледі."
    ]
    assert "редакция" not in new.heading
    assert "@2021-10-12" in new.footnote.text


OFFICIAL = "Официальный текст на русском языке, редакция от 12 октября 2021 г."


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("rules/4", ["4. Документ выдается читателю на тридцать календарных дней."]),
        (
            "rules/2/3",
            [
                "2. В настоящих Правилах используются следующие понятия:",
                "",
                "3) читатель – работник, пользующийся услугами библиотеки;",
            ],
        ),
        # The Russian text is of the second edition, and these were its words before too.
        (
            f"rules/1@{FIRST}",
            [
                "1. Настоящие Правила определяют порядок пользования фондом ведомственной "
                "библиотеки (далее – библиотека)."
            ],
        ),
        # These words changed, and no note says so.
        (f"rules/10@{FIRST}", []),
        (f"rules/4@{FIRST}", []),
        (f"rules/8@{FIRST}", []),
    ],
)
def test_the_official_text_stands_beside_the_words_that_it_is_of(
    two: Library, address: str, expected: list[str]
) -> None:
    document = compose(a_note(quoted(two, f"{ORDER}/{address}"), language="ru"), two, MADE)
    (block,) = document.quotes
    assert [line.printed for line in block.translation] == expected
    assert block.is_official == bool(expected)
    label = " ".join(block.translation_label.split())
    assert label == (OFFICIAL if expected else "")
    assert "Переводы неофициальные" not in document.closing


def test_our_translation_is_not_set_under_words_it_was_not_written_for(library: Library) -> None:
    later = amended(library, "code/7", "Жаңа мәтін.", date(2027, 1, 1), held=True)
    old = quoted(library, "code/7")
    assert compose(a_note(old, language="ru"), library, MADE).quotes[0].translation
    assert not compose(a_note(old, language="ru"), later, MADE).quotes[0].translation
    same = a_note(quoted(library, "code/8"), language="ru")
    assert compose(same, later, MADE).quotes[0].translation


@pytest.fixture(scope="module")
def russian(
    tmp_path_factory: pytest.TempPathFactory,
    edition_texts: dict[str, str],
    edition_writer: Callable[..., Path],
) -> Library:
    """The small act, held in Russian alone."""
    acts: Path = tmp_path_factory.mktemp("russian") / "acts"
    edition_writer(acts, edition_texts["second.ru"], "2021-10-12", "ru")
    return Library(load_records(imported=acts, with_references=False))


@pytest.mark.parametrize(
    ("language", "closing"),
    [("kk", "түпнұсқа тілінде сөзбе-сөз"), ("ru", "на языке текста"), ("en", "of the text")],
)
def test_an_act_in_russian_is_quoted_as_russian(
    russian: Library, language: str, closing: str
) -> None:
    document = compose(
        a_note(quoted(russian, f"{ORDER}/rules/4"), language=language), russian, MADE
    )
    (block,) = document.quotes
    assert (block.law_lang, block.translation) == ("ru", ())
    assert [x.printed for x in block.law] == [
        "4. Документ выдается читателю на тридцать календарных дней."
    ]
    assert closing in document.closing
