"""Letters that a scan loses or swaps make no other word; any other letter does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.letters import LOOK_ALIKES, letter_skeleton, same_letters

SAME = [
    ("уәк л", "уәкіл"),
    ("жөнндег", "жөніндегі"),
    ("мемлекетт к", "мемлекеттік"),
    ("с-қимыл", "іс-қимыл"),
    ("мәжбүрlemeу", "мәжбүрлемеу"),
    ("3 аңдарын", "Заңдарын"),
    ("актi лер", "актілер"),
    ("жұмысстейтін", "жұмыс істейтін"),
    ("Cот", "Сот"),
    ("", "і"),
]
OTHER = [
    ("дәрежелік", "дөрекілік"),
    ("міндетсіздік", "мінез-құлық"),
    ("мүлкі", "мүлкін"),
    ("тиіс", "тиіс емес"),
    ("Заң", "заң"),
    ("қорғау", "корғау"),
    ("сәкерлік", "іскерлік"),
    ("5", "6"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_a_lost_or_swapped_letter_makes_no_other_word(first: str, second: str) -> None:
    assert same_letters(first, second)
    assert same_letters(second, first)


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_another_letter_makes_another_word(first: str, second: str) -> None:
    assert not same_letters(first, second)


@given(st.text("абвгдеәіңқөүұ ", max_size=30))
def test_dropping_spaces_and_lost_letters_changes_no_skeleton(text: str) -> None:
    assert same_letters(text, text.replace(" ", "").replace("і", ""))
    assert letter_skeleton(letter_skeleton(text)) == letter_skeleton(text)


def test_every_look_alike_stands_for_one_cyrillic_letter() -> None:
    for figure, letter in LOOK_ALIKES.items():
        assert not same_letters(chr(figure), "ң")
        assert same_letters(chr(figure), letter)
