"""The baselines against values worked out by hand: an unfair one would flatter the product."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from kb.evaluate.baselines import Bm25, NaiveHybrid, prefixes
from kb.index.fusion import standardise

TEXTS = ["сыйлық алуға тыйым", "сыйлықты қайтару", "әдеп"]  # of 3, 2 and 1 words: the mean is 2


def okapi(frequency: int, length: int, found: int) -> float:
    idf = math.log(1 + (3 - found + 0.5) / (found + 0.5))
    return idf * frequency * 2.5 / (frequency + 1.5 * (0.25 + 0.75 * length / 2))


BY_HAND = [
    ("сыйлықтар", [okapi(1, 3, 2), okapi(1, 2, 2), 0]),
    ("Әдеп!", [0, 0, okapi(1, 1, 1)]),
    ("әдеп әдеп", [0, 0, okapi(1, 1, 1)]),
    ("сыйлық қайтару", [okapi(1, 3, 2), okapi(1, 2, 2) + okapi(1, 2, 1), 0]),
    ("жоқ", [0, 0, 0]),
    ("", [0, 0, 0]),
]


@pytest.mark.parametrize(("query", "expected"), BY_HAND)
def test_bm25(query: str, expected: list[float]) -> None:
    assert Bm25(TEXTS).scores(query) == pytest.approx(expected)


def test_prefixes_are_five_letters() -> None:
    assert prefixes("Мемлекеттік қызметші, әдеп") == ["мемле", "қызме", "әдеп"]


def test_the_naive_hybrid_adds_standard_scores(fake_encoder: Any) -> None:
    found = NaiveHybrid(TEXTS, fake_encoder).scores("сыйлық")
    cosine = fake_encoder.passages(TEXTS) @ fake_encoder.queries(["сыйлық"])[0]
    keyword, vector = Bm25(TEXTS).scores("сыйлық"), cosine.astype(np.float64)
    assert found == pytest.approx(0.3 * standardise(keyword) + 0.7 * standardise(vector))
