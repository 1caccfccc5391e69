"""Kazakh for spaCy: tokens, sentences, the entry point, and who must not import it."""

import subprocess
import sys

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kb.language.kk import spacy_language
from kb.language.stop_words import stop_words


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank(spacy_language.Kazakh.lang)
    pipeline.add_pipe("kazakh_sentences")
    return pipeline


def in_fresh_process(code: str) -> str:
    """What the code prints in an interpreter of its own; warnings are errors there too."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.strip()


def test_spacy_finds_kazakh_by_the_entry_point_alone() -> None:
    code = (
        "import spacy; nlp = spacy.blank('kk'); "
        "print(nlp.lang, *[t.text for t in nlp('Әдеп кодексі.')])"
    )
    assert in_fresh_process(code) == "kk Әдеп кодексі ."


@pytest.mark.parametrize(
    "module", ["kb.answer.answerer", "kb.index.searcher", "kb.corpus.load", "kb.language.detect"]
)
def test_answering_never_imports_spacy(module: str) -> None:
    code = f"import sys, {module}; print('spacy' in sys.modules)"
    assert in_fresh_process(code) == "False"


TOKENS = [
    ("Әдеп кодексі.", ["Әдеп", "кодексі", "."]),
    ("сыбайлас жемқорлыққа қарсы іс-қимыл", ["сыбайлас", "жемқорлыққа", "қарсы", "іс-қимыл"]),
    ("6-тармақтың 8) тармақшасы", ["6-тармақтың", "8)", "тармақшасы"]),
    ("3-1) тармақша", ["3-1)", "тармақша"]),
    ("6-1-тармақ", ["6-1-тармақ"]),
    ("№153 Жарлығы", ["№", "153", "Жарлығы"]),
    ("№ 1567 Жарлығы", ["№", "1567", "Жарлығы"]),
    ("2016 ж. бастап", ["2016", "ж.", "бастап"]),
    ("кітап, журнал т.б. заттар", ["кітап", ",", "журнал", "т.б.", "заттар"]),
    ("Н. Назарбаев", ["Н.", "Назарбаев"]),
    ("Қ. Тоқаев", ["Қ.", "Тоқаев"]),
    ("«Сыбайлас жемқорлық»", ["«", "Сыбайлас", "жемқорлық", "»"]),
    ("адалдық – парыз", ["адалдық", "–", "парыз"]),
    ("ҚР-ның заңы", ["ҚР-ның", "заңы"]),
    ("ар-намыс; қадір-қасиет", ["ар-намыс", ";", "қадір-қасиет"]),
    ("талаптар:адалдық", ["талаптар", ":", "адалдық"]),
    ("жол бермеу…", ["жол", "бермеу", "…"]),
    ("(бұдан әрі - Кодекс)", ["(", "бұдан", "әрі", "-", "Кодекс", ")"]),
    ("тиіс.", ["тиіс", "."]),
    ("2005 жылғы 3 мамырдағы", ["2005", "жылғы", "3", "мамырдағы"]),
]


@pytest.mark.parametrize(("text", "tokens"), TOKENS)
def test_tokens(nlp: Language, text: str, tokens: list[str]) -> None:
    assert [token.text for token in nlp(text)] == tokens


SENTENCES = [
    ("Алым төленеді. Айып салынады.", ["Алым төленеді.", "Айып салынады."]),
    ("Алым төлене ме? Иә! Төленеді.", ["Алым төлене ме?", "Иә!", "Төленеді."]),
    ("2016 ж. 1 қаңтардан бастап. Соңы.", ["2016 ж. 1 қаңтардан бастап.", "Соңы."]),
    ("Президент Н. Назарбаев қол қойды. Соңы.", ["Президент Н. Назарбаев қол қойды.", "Соңы."]),
    ("1. Алым төленеді.", ["1. Алым төленеді."]),
    ("6-тармақтың 8) тармақшасы. Соңы.", ["6-тармақтың 8) тармақшасы.", "Соңы."]),
    ("кітап, журнал т.б. сатылады. Соңы.", ["кітап, журнал т.б. сатылады.", "Соңы."]),
    ("Алым төленеді\nАйып салынады", ["Алым төленеді", "Айып салынады"]),
    ("Ол айтты. «Алым бар.» Соңы.", ["Ол айтты.", "«Алым бар.»", "Соңы."]),
    ("Сөйлем соңы жоқ", ["Сөйлем соңы жоқ"]),
]


@pytest.mark.parametrize(("text", "sentences"), SENTENCES)
def test_sentences(nlp: Language, text: str, sentences: list[str]) -> None:
    assert [span.text.strip() for span in nlp(text).sents] == sentences


def test_stop_words_are_the_languages_own() -> None:
    assert spacy_language.KazakhDefaults.stop_words == set(stop_words("kk"))
    assert {"және", "мен"} <= spacy_language.KazakhDefaults.stop_words


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("абқғ АӘІ.,-–«»()№128\n"), max_size=60))
def test_any_text_keeps_its_characters_and_has_sentences(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == text
