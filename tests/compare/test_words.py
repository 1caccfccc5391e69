"""Word-level differences: what is substance, what is print, and where each stands."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.compare.words import differences, segments, sides, words_of
from kb.language.noise import substance

# Two texts, and each difference as the words before, the words after, and the kind of noise.
CASES = [
    ("", "", []),
    ("бір мәтін", "бір мәтін", []),
    ("он бес жұмыс күніне беріледі", "күнтізбелік отыз күнге беріледі",
     [("он бес жұмыс күніне", "күнтізбелік отыз күнге", "")]),
    ("алты айға", "үш айға", [("алты", "үш", "")]),
    ("бір екі үш", "бір үш", [(" екі", "", "")]),
    ("бір үш", "бір екі үш", [("", " екі", "")]),
    ("", "жаңа мәтін", [("", "жаңа мәтін", "")]),
    ("қорын, осы", "қорын. осы", [(",", ".", "")]),
    # Two changes with a comma between them are one.
    ("күні, айы келді", "жылы, сағаты келді", [("күні, айы", "жылы, сағаты", "")]),
    # spaces
    ("қорын  пайдалану", "қорын пайдалану", [("  ", " ", "spaces")]),
    ("№5 нысан", "№ 5 нысан", [("", " ", "spaces")]),
    ("мем лекеттік қызмет", "мемлекеттік қызмет", [("мем лекеттік", "мемлекеттік", "spaces")]),
    ("мерзімде\u00a0қайтару", "мерзімде қайтару", [("\u00a0", " ", "spaces")]),
    # signs
    ("кітапхана – қор", "кітапхана - қор", [("–", "-", "signs")]),
    ('"Каталог" қызметі', "«Каталог» қызметі", [('"', "«", "signs"), ('"', "»", "signs")]),
    ("№ 5 нысан", "No 5 нысан", [("№", "No", "signs")]),
    ("N 5 нысан", "№ 5 нысан", [("N", "№", "signs")]),
    ("іс–қимыл жоспары", "іс-қимыл жоспары", [("іс–қимыл", "іс-қимыл", "signs")]),
    # look-alikes
    ("Кiтапхана қоры", "Кітапхана қоры", [("Кiтапхана", "Кітапхана", "look-alikes")]),
    ("мәжбүрlemeу керек", "мәжбүрлемеу керек", [("мәжбүрlemeу", "мәжбүрлемеу", "look-alikes")]),
    # letters that a scan loses
    ("Әдеп жөнндег уәк л туралы", "Әдеп жөніндегі уәкіл туралы",
     [("жөнндег уәк л", "жөніндегі уәкіл", "letters")]),
    ("әрптестері мен сыйласу", "әріптестерімен сыйласу",
     [("әрптестері мен", "әріптестерімен", "letters")]),
    # what looks like noise and is not
    ("6-1 тармақ", "61 тармақ", [("6-1", "61", "")]),
    ("5 10 күн", "510 күн", [("5 10", "510", "")]),
    ("1.2 бап", "12 бап", [("1.2", "12", "")]),
    ("міндетті емес", "міндетті", [(" емес", "", "")]),
    ("Кодекс бойынша", "кодекс бойынша", [("Кодекс", "кодекс", "")]),
    ("no right", "№ right", [("no", "№", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), CASES)
def test_differences(before: str, after: str, expected: list[tuple[str, str, str]]) -> None:
    found = differences(before, after)
    said = [(before[slice(*d.before)], after[slice(*d.after)], d.noise) for d in found]
    assert said == expected


# Two texts, the words that each edition uses elsewhere, and the kind of noise; none is substance.
LETTERS_LOST = [
    ("жөнндег міндет", "жөніндегі міндет", "", "", "letters"),
    ("өз міндеті", "өзі міндеті", "", "", "letters"),
    ("өз міндеті", "өзі міндеті", "", "Өз еркімен", ""),
    ("өзі міндеті", "өз міндеті", "Өз еркімен", "", ""),
    # The damaged edition alone uses the shorter word: that says nothing.
    ("өз міндеті", "өзі міндеті", "өз еркімен", "", "letters"),
    ("уәк л қызметі", "уәкіл қызметі", "", "", "letters"),
]


@pytest.mark.parametrize(("before", "after", "old", "new", "noise"), LETTERS_LOST)
def test_a_lost_letter_and_another_word(
    before: str, after: str, old: str, new: str, noise: str
) -> None:
    [found] = differences(before, after, (words_of([old]), words_of([new])))
    assert found.noise == noise


WORDS = st.lists(
    st.sampled_from(["бір", "екі", "іс", "кітап", "кiтап", "№", "No", "5", "6-1", "–", "-", "«",
                     '"', ",", ".", " ", "  ", "\n"]),
    max_size=20,
)  # fmt: skip
TEXTS = WORDS.map(" ".join) | WORDS.map("".join) | st.text(max_size=30)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == ()


@given(TEXTS, TEXTS)
def test_the_other_way_round_is_the_mirror(before: str, after: str) -> None:
    there = {d.mirrored for d in differences(before, after)}
    assert there == set(differences(after, before))


@given(TEXTS, TEXTS)
def test_the_differences_are_in_order_and_apart(before: str, after: str) -> None:
    found = differences(before, after)
    for one, other in itertools.pairwise(found):
        assert one.before[1] <= other.before[0]
        assert one.after[1] <= other.after[0]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_segments(before: str, after: str) -> None:
    found = segments(before, after, differences(before, after), with_noise=True)
    assert "".join(s.text for s in found if s.kind != "removed") == after
    kept = "".join(s.text for s in found if s.kind != "inserted")
    assert "".join(kept.split()) == "".join(before.split())


@pytest.mark.parametrize("with_noise", [True, False])
@given(before=TEXTS, after=TEXTS)
def test_side_by_side_both_texts_stand_letter_for_letter(
    before: str, after: str, with_noise: bool
) -> None:
    found = differences(before, after)
    one, other = sides(before, after, found, with_noise=with_noise)
    assert ("".join(s.text for s in one), "".join(s.text for s in other)) == (before, after)
    marked = {s.noise for s in (*one, *other) if s.kind != "same"}
    assert with_noise or marked <= {""}


def test_a_mark_says_of_which_kind_of_noise_it_is() -> None:
    before, after = "бір - екі", "бір – үш"
    found = segments(before, after, differences(before, after), with_noise=True)
    assert [(s.kind, s.text, s.noise) for s in found if s.kind != "same"] == [
        ("removed", "-", "signs"),
        ("inserted", "–", "signs"),
        ("removed", "екі", ""),
        ("inserted", "үш", ""),
    ]


@given(TEXTS, TEXTS)
def test_without_differences_of_substance_the_texts_are_the_same_in_substance(
    before: str, after: str
) -> None:
    kinds = {d.noise for d in differences(before, after)}
    if substance(before) == substance(after):
        assert "" not in kinds
        assert "letters" not in kinds


@pytest.mark.parametrize("size", [3000])
def test_long_texts_are_compared_quickly(size: int) -> None:
    before = " ".join(f"сөз{n % 97}," for n in range(size))
    after = " ".join(f"сөз{n % 89}," for n in range(size))
    assert differences(before, after)
