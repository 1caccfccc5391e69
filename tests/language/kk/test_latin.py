from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.kk.latin import from_latin, looks_kazakh_latin
from kb.language.kk.skeleton import skeleton_stem
from kb.language.kk.tokens import tokens

ALPHABET_2021 = [
    ("ädep", "әдеп"),
    ("jönındegı", "жөніндегі"),
    ("jönindegi uäkil", "жөніндегі уәкіл"),
    ("memlekettik qyzmetşi", "мемлекеттік қызметші"),
    ("ğylym", "ғылым"),
    ("teñge", "теңге"),
    ("ūıym", "ұйым"),
    ("müdde", "мүдде"),
    ("tıisti", "тиісті"),
    ("oqıdy", "оқиды"),
    ("qoıady", "қояды"),
    ("Äleumettik jelı", "әлеуметтік желі"),
    ("şyğady", "шығады"),
    ("İs", "іс"),
]
ALPHABET_2018 = [
    ("ádep", "әдеп"),
    ("jónindegi ýákil", "жөніндегі уәкіл"),
    ("qyzmetshi", "қызметші"),
    ("ǵylym", "ғылым"),
    ("teńge", "теңге"),
    ("uıym", "ұйым"),
    ("múdde", "мүдде"),
    ("aýyl", "ауыл"),
    ("áleýmettik", "әлеуметтік"),
]
ALPHABET_2017 = [
    ("a'dep", "әдеп"),
    ("jo'nindegi y'a'kil", "жөніндегі уәкіл"),
    ("g'ylym", "ғылым"),
    ("ten'ge", "теңге"),
    ("mu'dde", "мүдде"),
    ("s'yg'ady", "шығады"),
    ("ay'yl", "ауыл"),
    ("a’dep", "әдеп"),
]
INFORMAL = [
    ("adep", "әдеп"),
    ("adep zhonindegi uakil", "әдеп жөніндегі уәкіл"),
    ("kyzmet", "қызмет"),
    ("qyzmet", "қызмет"),
    ("kizmet", "қызмет"),
    ("memlekettik kyzmetshi", "мемлекеттік қызметші"),
    ("qyzmetshilerdin", "қызметшілердің"),
    ("zhauapkershilik", "жауапкершілік"),
    ("jauapkershilik", "жауапкершілік"),
    ("syilyk", "сыйлық"),
    ("syylyk", "сыйлық"),
    ("sybailas zhemkorlyk", "сыбайлас жемқорлық"),
    ("mudde kaktygysy", "мүдде қақтығысы"),
    ("daiyn", "дайын"),
    ("qoyady", "қояды"),
    ("auyl", "ауыл"),
    ("tanbau", "таңбау"),
    ("tangdau", "таңдау"),
    ("zhyldyng", "жылдың"),
    ("partiya", "партия"),
    ("komissiia", "комиссия"),
    ("kodex", "кодекс"),
    ("khalyk", "халық"),
    ("halyq", "халық"),
    ("tarix", "тарих"),
    ("miting", "митинг"),
    ("adamgershilik", "адамгершілік"),
    ("zhumys uakyty", "жұмыс уақыты"),
]

KAZAKH = [
    "adep zhonindegi uakil",
    "kyzmetshi syilyk ala ma",
    "sybailas zhemkorlyk degen ne",
    "mudde kaktygysy",
    "ädep kodeksı",
    "jumys uaqytynda sayasatpen ainalysuga bola ma",
    "memlekettik qyzmetshinin mindetteri",
    "áleýmettik jelidegi minez-qulyq",
    "bastygym zansyz tapsyrma berdi",
    "qalai shagymdanamyn",
]
ENGLISH = [
    "can a civil servant accept a gift",
    "who appoints the ethics commissioner",
    "conflict of interest",
    "what happens if an official insults a citizen",
    "dress code requirements",
    "social media behaviour",
    "drinking alcohol at a banquet",
    "how often should the commissioner report",
    "hello",
    "gift value limit",
    "repealed acts",
    "smoking in office",
]


@pytest.mark.parametrize(
    ("latin", "cyrillic"), ALPHABET_2021 + ALPHABET_2018 + ALPHABET_2017 + INFORMAL
)
def test_latin_has_the_skeleton_of_the_cyrillic(latin: str, cyrillic: str) -> None:
    converted = [skeleton_stem(word) for word in tokens(from_latin(latin))]
    assert converted == [skeleton_stem(word) for word in tokens(cyrillic)]


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [("ädep", "әдеп"), ("jönindegi", "жөніндегі"), ("qyzmetşi", "қызметші"), ("ğylym", "ғылым")],
)
def test_an_official_alphabet_comes_back_letter_by_letter(latin: str, cyrillic: str) -> None:
    assert from_latin(latin) == cyrillic


@pytest.mark.parametrize("text", ["әдеп кодексі", "пункт 6", "№ 487", ""])
def test_text_without_latin_letters_stays(text: str) -> None:
    assert from_latin(text) == text


@pytest.mark.parametrize("text", KAZAKH)
def test_kazakh_in_latin_letters_is_recognised(text: str) -> None:
    assert looks_kazakh_latin(text) >= 0.5


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_not_taken_for_kazakh(text: str) -> None:
    assert looks_kazakh_latin(text) < 0.5


@given(st.text())
def test_any_text_converts(text: str) -> None:
    assert isinstance(from_latin(text), str)
    assert 0.0 <= looks_kazakh_latin(text) <= 1.0
