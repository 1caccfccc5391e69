"""Kazakh, Russian and English are told apart; Kazakh also without its letters, or in Latin ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.language.detect import detect, is_kazakh, language_words

LANGUAGES = [
    ("Сыйлық алуға бола ма?", "kk"),
    ("Әдеп жөніндегі уәкіл кім?", "kk"),
    ("әдеп кодексі", "kk"),
    ("Могу ли я принять подарок?", "ru"),
    ("Кто такой уполномоченный по этике?", "ru"),
    ("кодекс этики государственных служащих", "ru"),
    ("May I accept a gift?", "en"),
    ("Who is the ethics commissioner?", "en"),
    ("code of ethics", "en"),
    ("№ 153", "kk"),
    ("2018", "kk"),
    ("", "kk"),
    ("???", "kk"),
]


@pytest.mark.parametrize(("text", "lang"), LANGUAGES)
def test_the_language_of_a_question(text: str, lang: str) -> None:
    found = detect(text)
    assert (found.lang, found.from_latin) == (lang, False)
    assert found.text == text


WITHOUT_ITS_LETTERS = [
    "мемлекеттик кызметшиге сыйлык алуга бола ма",
    "адеп жониндеги уакил ким",
    "кызметтен тыс уакытта озин калай устау керек",
]


@pytest.mark.parametrize("text", WITHOUT_ITS_LETTERS)
def test_kazakh_without_its_letters_is_kazakh(text: str) -> None:
    assert detect(text).lang == "kk"


IN_LATIN = [
    "memlekettik qyzmetshi syilyq ala ma",
    "adep kodeksi degenimiz ne",
    "adep jonindegi uakil kim",
]


@pytest.mark.parametrize("text", IN_LATIN)
def test_kazakh_in_latin_letters_is_searched_in_cyrillic(text: str) -> None:
    found = detect(text)
    assert (found.lang, found.from_latin) == ("kk", True)
    assert not any("a" <= letter <= "z" for letter in found.text.lower())


MIXED = [
    ("What is әдеп?", "kk"),
    ("Что такое MyGov и можно ли там жаловаться", "ru"),
]


@pytest.mark.parametrize(("text", "lang"), MIXED)
def test_a_foreign_word_does_not_decide(text: str, lang: str) -> None:
    assert detect(text).lang == lang


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_any_text_has_one_of_three_languages(text: str) -> None:
    assert detect(text).lang in {"kk", "ru", "en"}


WORDS = [
    ("U1500000153", []),
    ("U1500000153/code/6/8@2022-02-22", []),
    ("code/6/8", []),
    ("6.8", []),
    ("№ 814", []),
    ("п. 9", []),
    ("адеп", ["адеп"]),
    ("пункт 9", ["пункт"]),
    ("May I accept a gift?", ["May", "accept", "gift"]),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_codes_addresses_and_numbers_are_in_no_language(text: str, words: list[str]) -> None:
    assert language_words(text) == words


@pytest.mark.parametrize(
    ("text", "kazakh"), [("6-тармақ", True), ("Әдеп", True), ("тармак", False), ("№ 6", False)]
)
def test_a_letter_tells_kazakh(text: str, kazakh: bool) -> None:
    assert is_kazakh(text) == kazakh
