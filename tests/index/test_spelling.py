"""A misspelt word is read as the known word it stands for; a known word, in any form, is left."""

from __future__ import annotations

import pytest

from kb.index.spelling import Speller, vocabulary

KNOWN = vocabulary(
    [
        ("kk", "сыйлық сыйлықты қайтару уәкіл әдеп мемлекеттік қызметші"),
        ("kk", "қызметші сыйлық кім кім киім"),
        ("ru", "подарок подарки служащий государственный отчёт"),
        ("en", "gift gifts commissioner declaration"),
    ]
)
CASES = [
    ("kk", "сыйлық", "сыйлық"),
    ("kk", "сыйлк алу", "сыйлық алу"),
    ("kk", "сыйлықтарды", "сыйлықтарды"),
    ("kk", "уакил", "уәкіл"),
    ("kk", "адеп", "әдеп"),
    ("kk", "мемлкеттік қызмтші", "мемлекеттік қызметші"),
    ("kk", "бар", "бар"),
    # Words of one skeleton: the nearest letter by letter, though another is commoner.
    ("kk", "киим", "киім"),
    ("kk", "ким", "кім"),
    ("kk", "шшшшшшш", "шшшшшшш"),
    ("kk", "153", "153"),
    ("kk", "", ""),
    ("ru", "падарок", "подарок"),
    ("ru", "гсударственный", "государственный"),
    ("ru", "подарками", "подарками"),
    ("ru", "отчет", "отчет"),
    ("en", "comissioner", "commissioner"),
    ("en", "declartion", "declaration"),
    ("en", "gift?", "gift?"),
    # A name is left alone; a long word with one letter wrong is none, nor is a title in capitals.
    ("en", "they took a Gist of me", "they took a Gist of me"),
    ("en", "Gist for a minister", "gift for a minister"),
    ("en", "ask the Comissioner about it", "ask the commissioner about it"),
    ("en", "ask the Comisioner about it", "ask the Comisioner about it"),
    ("en", "Gifts And Declartion", "gifts and declaration"),
    ("ru", "мой начальник Падарок ушёл", "мой начальник Падарок ушёл"),
    ("ru", "Мой падарок ушёл", "мой подарок ушёл"),
]


@pytest.mark.parametrize(("lang", "typed", "read"), CASES)
def test_correct(lang: str, typed: str, read: str) -> None:
    assert Speller(lang, KNOWN[lang]).correct(typed)[0] == read


def test_what_was_replaced_is_told() -> None:
    assert Speller("ru", KNOWN["ru"]).correct("падарок служащий")[1] == {"падарок": "подарок"}


def test_the_vocabulary_counts_words_by_language() -> None:
    assert KNOWN["kk"]["сыйлық"].count == 2
    assert list(KNOWN) == ["en", "kk", "ru"]


def test_a_language_without_words_corrects_nothing() -> None:
    assert Speller("kk", {}).correct("сыйлық") == ("сыйлық", {})
