"""The wording learns from words alone, the same way each time, and survives the disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.index.adapter import OUTSIDE
from kb.index.wording import Wording, features, learn

QUESTIONS = [
    ("code/6/8", "kk", "Қызметтік көлікті жеке мақсатта пайдалануға бола ма?"),
    ("code/6/8", "kk", "Мемлекеттік мүлікті үйге алып кетсем ше?"),
    ("code/6/8", "ru", "Можно ли ездить на служебной машине по своим делам?"),
    ("code/6/8", "ru", "Взять казённое имущество домой"),
    ("code/6/8", "en", "May I drive the official car at weekends?"),
    ("code/6/8", "en", "using state property at home"),
    ("code/7", "kk", "Жұмысқа қандай киім киюге болады?"),
    ("code/7", "kk", "Қызметшінің сыртқы келбеті"),
    ("code/7", "ru", "Как одеваться на работу?"),
    ("code/7", "ru", "Внешний вид служащего, одежда"),
    ("code/7", "en", "What should I wear to work?"),
    ("code/7", "en", "clothes and look of an official"),
    (OUTSIDE, "kk", "Қызметтік көлікке қанша бензин беріледі?"),
    (OUTSIDE, "ru", "Сколько бензина положено на служебную машину?"),
    (OUTSIDE, "en", "How much petrol does the official car get?"),
    (OUTSIDE, "en", "How much does the clothes allowance come to?"),
]


def quiet(done: int, total: int) -> None:
    """Report nothing."""


def best(wording: Wording, text: str, lang: str) -> str:
    scores = wording.scores(text, lang)
    return max(scores, key=lambda target: scores[target])


@pytest.fixture(scope="module")
def wording() -> Wording:
    # As often as a clause is asked for: what is seen once weighs nothing.
    return learn(QUESTIONS * 8, quiet)


UNSEEN = [
    ("Жеке шаруаммен қызметтік көлікті айдасам", "kk", "code/6/8"),
    ("имущество взял домой", "ru", "code/6/8"),
    ("driving the car of the office at the weekend", "en", "code/6/8"),
    ("жұмыстағы киімім", "kk", "code/7"),
    ("во что одеться на работу", "ru", "code/7"),
    ("what do officials wear", "en", "code/7"),
    ("clothhes of oficials", "en", "code/7"),
    ("How much petrol is the car given?", "en", OUTSIDE),
    ("Сколько бензина дают на машину?", "ru", OUTSIDE),
]


@pytest.mark.parametrize(("text", "lang", "target"), UNSEEN)
def test_what_was_not_seen_is_told_apart(
    wording: Wording, text: str, lang: str, target: str
) -> None:
    assert best(wording, text, lang) == target


def test_every_example_gets_its_own_target(wording: Wording) -> None:
    assert [best(wording, text, lang) for _, lang, text in QUESTIONS] == [q[0] for q in QUESTIONS]


def test_targets_are_sorted_and_shapes_hold(wording: Wording) -> None:
    assert wording.targets == (OUTSIDE, "code/6/8", "code/7")
    assert wording.weights.shape == (len(wording.rarity), 3)
    assert wording.bias.shape == (3,)


@pytest.mark.parametrize("text", ["", "?!", "щщщщщщщщ", "а" * 5000])
def test_a_text_that_says_nothing_has_finite_scores(wording: Wording, text: str) -> None:
    assert np.isfinite(list(wording.scores(text, "ru").values())).all()


def test_words_that_only_order_a_question_count() -> None:
    """*Who* and *how* are no stop words here, and the order of words tells something."""
    assert features("who may", "en") != features("how may", "en")
    assert features("may who", "en") != features("who may", "en")


def test_learning_twice_gives_the_same_bytes(wording: Wording) -> None:
    again = learn(QUESTIONS * 8, quiet)
    assert again.weights.tobytes() == wording.weights.tobytes()
    assert again.bias.tobytes() == wording.bias.tobytes()


def test_progress_goes_from_nothing_to_all_but_the_last() -> None:
    told: list[tuple[int, int]] = []
    learn(QUESTIONS, lambda done, total: told.append((done, total)))
    assert told == [(done, len(told)) for done in range(len(told))]


def test_what_is_saved_is_read_back_and_nothing_is_pickled(
    wording: Wording, tmp_path: Path
) -> None:
    wording.save(tmp_path / "wording.npz")
    with np.load(tmp_path / "wording.npz", allow_pickle=False) as data:
        assert sorted(data) == ["bias", "rarity", "targets", "weights"]
    back = Wording.read(tmp_path / "wording.npz")
    text = "May I take it home?"
    assert back.targets == wording.targets
    assert back.scores(text, "en") == wording.scores(text, "en")
