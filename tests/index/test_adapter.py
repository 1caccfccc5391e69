"""The adapter learns what can be learned, the same way each time, and survives the disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.index.adapter import Adapter, train

# Three directions in four dimensions, three examples of each.
ROWS = np.array(
    [
        [1, 0, 0, 0.1], [1, 0.1, 0, 0], [1, 0, 0.1, 0],
        [0, 1, 0, 0.1], [0.1, 1, 0, 0], [0, 1, 0.1, 0],
        [0, 0, 1, 0.1], [0.1, 0, 1, 0], [0, 0.1, 1, 0],
    ],
    dtype=np.float32,
)  # fmt: skip
TARGETS = ["code/6/8"] * 3 + ["code/2"] * 3 + ["outside"] * 3
CENTRE = ROWS.mean(axis=0)


@pytest.fixture(scope="module")
def adapter() -> Adapter:
    return train(ROWS, TARGETS, CENTRE)


def best(adapter: Adapter, vector: np.ndarray) -> str:
    scores = adapter.scores(vector)
    return max(scores, key=lambda target: scores[target])


UNSEEN = [
    ([0.9, 0.05, 0.05, 0], "code/6/8"),
    ([0.05, 0.9, 0.05, 0], "code/2"),
    ([0.05, 0.05, 0.9, 0], "outside"),
    ([9, 1, 1, 0], "code/6/8"),
    ([0.6, 0.4, 0.1, 0], "code/6/8"),
]


@pytest.mark.parametrize(("vector", "target"), UNSEEN)
def test_separable_targets_are_told_apart(
    adapter: Adapter, vector: list[float], target: str
) -> None:
    assert best(adapter, np.array(vector, dtype=np.float32)) == target


def test_every_example_gets_its_own_target(adapter: Adapter) -> None:
    assert [best(adapter, row) for row in ROWS] == TARGETS


def test_targets_are_sorted_and_shapes_hold(adapter: Adapter) -> None:
    assert adapter.targets == ("code/2", "code/6/8", "outside")
    assert adapter.weights.shape == (5, 3)
    assert tuple(adapter.scores(ROWS[0])) == adapter.targets


def test_training_twice_gives_the_same_bytes(adapter: Adapter) -> None:
    assert train(ROWS, TARGETS, CENTRE).weights.tobytes() == adapter.weights.tobytes()


def test_the_order_of_the_examples_does_not_matter(adapter: Adapter) -> None:
    back = train(ROWS[::-1], TARGETS[::-1], CENTRE)
    assert back.weights == pytest.approx(adapter.weights, abs=1e-3)


def test_one_target_alone_is_learned_without_error() -> None:
    only = train(ROWS, ["code/2"] * 9, CENTRE)
    assert np.isfinite(only.scores(ROWS[0])["code/2"])


def test_a_vector_at_the_centre_has_finite_scores(adapter: Adapter) -> None:
    assert np.isfinite(list(adapter.scores(CENTRE).values())).all()


def test_what_is_saved_is_read_back(adapter: Adapter, tmp_path: Path) -> None:
    adapter.save(tmp_path / "adapter.npz")
    back = Adapter.read(tmp_path / "adapter.npz")
    assert back.targets == adapter.targets
    assert back.weights.tobytes() == adapter.weights.tobytes()
    assert back.centre.tobytes() == adapter.centre.tobytes()


def test_nothing_is_pickled(adapter: Adapter, tmp_path: Path) -> None:
    adapter.save(tmp_path / "adapter.npz")
    with np.load(tmp_path / "adapter.npz", allow_pickle=False) as data:
        assert sorted(data) == ["centre", "targets", "weights"]
