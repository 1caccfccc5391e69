from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.kk.letters import ALPHABET, has_special_letters
from kb.language.kk.skeleton import plain, skeleton, skeleton_stem
from kb.language.kk.tokens import GRAM_LENGTH, grams, search_forms, tokens

TYPED = [
    ("адеп", "әдеп"),
    ("жониндеги", "жөніндегі"),
    ("уакил", "уәкіл"),
    ("уакилдин", "уәкілдің"),
    ("кызмет", "қызмет"),
    ("кызметшилердин", "қызметшілердің"),
    ("мемлекеттик", "мемлекеттік"),
    ("кукыктары", "құқықтары"),
    ("халкынын", "халқының"),
    ("орнында", "орнында"),
    ("сыйлыктар", "сыйлықтар"),
    ("мудделер", "мүдделер"),
    ("кактыгысы", "қақтығысы"),
    ("ундемеу", "үндемеу"),
    ("тартиптин", "тәртіптің"),
    ("женил", "жеңіл"),
    ("буйрыгын", "бұйрығын"),
    ("озгерис", "өзгеріс"),
    ("жемкорлык", "жемқорлық"),
    ("когам", "қоғам"),
    ("кабылдайды", "қабылдайды"),
    ("енгизилди", "енгізілді"),
    ("гылым", "ғылым"),
    ("айгак", "айғақ"),
    ("шыгады", "шығады"),
    ("калай", "қалай"),
    ("тиисти", "тиісті"),
    ("жаксы", "жақсы"),
]

SAME_WORD = [
    "әдеп әдептің әдепке әдебі әдебін",
    "қызмет қызметтің қызметіне қызметтегі",
    "мүдде мүдделер мүддесі мүддесіне",
    "құқық құқықтар құқығы құқығын",
    "көрсет көрсетеді көрсеткен көрсетпейді",
    "өзгеріс өзгерісі өзгерістер өзгерістің",
]

FOLDED = [
    ("әғқңөұүһі", "агкноуухи"),
    ("жөніндегі", "жониндеги"),
    ("қазақ", "казак"),
]

ALIKE = [
    ("дайын", "даин"),
    ("қояды", "коиади"),
    ("зиян", "зиан"),
    ("мораль", "морал"),
    ("этика", "етика"),
    ("конституция", "конститутсиа"),
]


@pytest.mark.parametrize(("typed", "correct"), TYPED)
def test_word_typed_without_special_letters_meets_the_word(typed: str, correct: str) -> None:
    assert skeleton_stem(typed) == skeleton_stem(correct)


@pytest.mark.parametrize("line", SAME_WORD)
def test_forms_of_a_word_have_one_skeleton_stem(line: str) -> None:
    assert len({skeleton_stem(word) for word in line.split()}) == 1


@pytest.mark.parametrize(("word", "expected"), FOLDED)
def test_plain_writes_with_the_letters_of_a_russian_keyboard(word: str, expected: str) -> None:
    assert plain(word) == expected


@pytest.mark.parametrize(("word", "expected"), ALIKE)
def test_skeleton_folds_letters_that_latin_spelling_mixes_up(word: str, expected: str) -> None:
    assert skeleton(word) == expected


@given(st.text(ALPHABET, max_size=30))
def test_lost_special_letters_never_change_the_skeleton_stem(word: str) -> None:
    assert skeleton_stem(plain(word)) == skeleton_stem(word)


@given(st.text())
def test_skeleton_is_idempotent_and_takes_any_text(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text)
    assert not has_special_letters(plain(text))
    assert isinstance(skeleton_stem(text), str)


def test_tokens_are_lower_case_words_and_numbers() -> None:
    assert tokens("6-тармақтың 8) тармақшасы, №814") == ["6", "тармақтың", "8", "тармақшасы", "814"]


def test_search_forms_of_a_word() -> None:
    forms = search_forms("әдепсіздікке")
    assert (forms.surface, forms.stem, forms.root) == ("әдепсіздікке", "әдепсіздік", "әдеп")
    assert forms.skeleton == "адепсиздик"
    assert forms.grams[0] == "_аде"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("әл", ("_әл_",)), ("ол", ("_ол_",)), ("адам", ("_ада", "адам", "дам_")), ("", ("__",))],
)
def test_grams(word: str, expected: tuple[str, ...]) -> None:
    assert grams(word) == expected
    assert all(len(gram) <= GRAM_LENGTH for gram in grams(word))
