"""A search computes what it uses, and ranks as if it had computed everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.config import Config
from kb.index.fusion import shipped_weights, used_signals
from kb.index.searcher import DECIDING, SIGNALS, Searcher

# What is found without an encoder.
BY_WORDS = ("keyword", "grams", "wording")
QUESTIONS = [
    "сыйлық алуға бола ма",
    "можно ли брать подарки",
    "may I accept a gift",
    "ыыыы щщщщ",
]


@pytest.fixture(scope="module")
def searcher(keyword_index_home: Path) -> Searcher:
    return Searcher(Config(home=keyword_index_home, encoder="none"))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_signal_left_out_changes_no_rank_and_no_score(searcher: Searcher, question: str) -> None:
    lean, whole = searcher.search(question), searcher.search(question, every_signal=True)
    assert [h.clause.address for h in lean.hits] == [h.clause.address for h in whole.hits]
    assert [h.score for h in lean.hits] == pytest.approx([h.score for h in whole.hits])


def test_signals_without_a_weight_are_not_computed(searcher: Searcher) -> None:
    found = searcher.search(QUESTIONS[0]).hits[0].signals
    assert found.keys() == {
        name for name in used_signals(shipped_weights()) | DECIDING if name.startswith(BY_WORDS)
    }


def test_every_signal_is_named_and_weighted(searcher: Searcher) -> None:
    assert shipped_weights().keys() == set(SIGNALS)
    everything = searcher.search(QUESTIONS[0], every_signal=True).hits[0].signals
    assert everything.keys() == {n for n in SIGNALS if n.startswith(BY_WORDS)}


@pytest.mark.parametrize(
    ("weights", "used"),
    [({"a": 1.0, "b": 0.0, "c": 0.1}, {"a", "c"}), ({"a": 0.0}, set()), ({}, set())],
)
def test_used_signals(weights: dict[str, float], used: set[str]) -> None:
    assert used_signals(weights) == used


SIDES = [
    ("Кеңсенің көлігімен үйге баруға бола ма?", True),
    ("Можно ли ездить домой на машине ведомства?", True),
    ("May I drive home in the car of the office?", True),
    ("Францияның астанасы қай қала?", False),
    ("Сколько стоит билет на поезд?", False),
    ("How long does bread dough have to rise?", False),
]


@pytest.mark.parametrize(("question", "inside"), SIDES)
def test_words_alone_tell_on_which_side_a_question_lies(
    searcher: Searcher, question: str, inside: bool
) -> None:
    assert (searcher.search(question).outside.worded > 0) is inside


def test_a_story_is_weighed_by_the_sentence_that_asks_without_an_encoder(
    searcher: Searcher,
) -> None:
    found = searcher.search("Я работаю в акимате. Какая завтра будет погода в Алматы?")
    assert found.story is not None
    assert found.story.outside.worded < 0
    assert found.story.likeness == 0.0
