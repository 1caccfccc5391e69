"""Texts that are one in substance, and texts that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.noise import substance, without_restored

SAME = [
    ("кітапхана – қор", "кітапхана-қор"),
    ("«Каталог» қызметі", "“Каталог”  қызметі"),
    ("№5 нысан", "No 5 нысан"),
    ("№ 310", "N310"),
    ("мем лекет", "мемлекет"),
    ("мем\u00adлекет", "мемлекет"),
    ("Кiтапхана", "Кітапхана"),
    ("мәжбүрlemeу", "мәжбүрлемеу"),
    ("й", "й"),
    ("а\u00a0б\n", "аб"),
]
OTHER = [
    ("6-1", "61"),
    ("5 10", "510"),
    ("Кодекс", "кодекс"),
    ("күні,", "күні"),
    ("алты", "үш"),
    ("No right", "№ right"),
    ("Adep", "Адеп"),
    ("өз", "өзі"),
    ("«үй»", "үй"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_print_is_no_substance(one, other):
    assert substance(one) == substance(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_substance_is_kept(one, other):
    assert substance(one) != substance(other)


def test_the_letter_that_scans_lose_is_a_case_of_its_own():
    assert without_restored("жөнндег уәк л") == without_restored("жөніндегі уәкіл")
    assert without_restored("Кiтап") == without_restored("Кітап")


@given(st.text(max_size=40))
def test_substance_is_stable(text):
    assert substance(substance(text)) == substance(text)
