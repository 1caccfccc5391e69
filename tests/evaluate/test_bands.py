"""Bands of probability: worked out by hand, and written so that they can be read back."""

from __future__ import annotations

import tomllib

import pytest

from kb.evaluate.bands import Band, bands, confidence_toml

RIGHT, WRONG = True, False


def outcomes(*runs: tuple[float, int, bool]) -> list[tuple[float, bool]]:
    """Runs of answers of one probability: how many, and whether they were right."""
    return [(probability, ok) for probability, count, ok in runs for _ in range(count)]


@pytest.mark.parametrize(
    ("given", "sure", "probable"),
    [
        # All right: every answer is sure, and none is left for the next word.
        (outcomes((0.9, 40, RIGHT)), Band(0.9, 40, 40), Band(0.9, 0, 0)),
        # One wrong in 40 keeps 97%; a second one would not.
        (outcomes((0.9, 39, RIGHT), (0.8, 1, WRONG)), Band(0.8, 40, 39), Band(0.8, 0, 0)),
        # Answers of one probability belong together: two wrong ones stay out, though one might do.
        (outcomes((0.9, 39, RIGHT), (0.8, 2, WRONG)), Band(0.9, 39, 39), Band(0.9, 0, 0)),
        # The order is that of the probability: four wrong answers end the band above them.
        (
            outcomes((0.9, 30, RIGHT), (0.6, 4, WRONG), (0.7, 16, RIGHT)),
            Band(0.7, 46, 46),
            Band(0.7, 0, 0),
        ),
        # Fewer than twenty show nothing.
        (outcomes((0.9, 19, RIGHT)), Band(1.0, 0, 0), Band(1.0, 0, 0)),
        # None of the first twenty is right: nothing is sure or probable.
        (outcomes((0.9, 20, WRONG), (0.8, 10, RIGHT)), Band(1.0, 0, 0), Band(1.0, 0, 0)),
        # 25 right; then 24 in 30, the wrong ones spread: probable.
        (
            outcomes((0.95, 25, RIGHT)) + [(0.9 - n / 100, n % 5 != 0) for n in range(30)],
            Band(0.95, 25, 25),
            Band(0.61, 30, 24),
        ),
    ],
)
def test_bands_worked_out_by_hand(
    given: list[tuple[float, bool]], sure: Band, probable: Band
) -> None:
    found = bands(given)
    assert found["sure"] == sure
    assert found["probable"] == probable


def test_order_of_the_outcomes_does_not_matter() -> None:
    given = [(n / 100, n % 7 != 0) for n in range(100)]
    assert bands(given) == bands(given[::-1])


def test_file_holds_the_bands() -> None:
    found = {"hybrid": {"sure": Band(0.9, 40, 39), "probable": Band(0.5, 20, 17)}}
    data = tomllib.loads(confidence_toml(found, ['data = "x"']))
    assert data["hybrid"]["probable"] == {"lowest": 0.5, "answers": 20, "right": 17}
    assert data["data"] == "x"
