"""Vectors are encoded once a text and reused while the text and the encoder stay the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kb.index.vectors import (
    encode_views,
    read_vectors,
    save_vectors,
    shipped_vectors,
    text_key,
    write_shipped,
)
from kb.index.views import View

VIEWS = [
    View("code/2", "text", "kk", "адал болу"),
    View("code/2", "questions", "kk", "сыйлық алуға бола ма"),
    View("code/3", "questions", "ru", "можно ли брать подарки"),
    View("code/3", "headnote", "ru", "можно ли брать подарки"),
    View("x-1", "subject", "en", "what is my salary"),
    View("code/4", "text", "kk", "адал болу"),
]


def silent(done: int, total: int) -> None: ...


def test_every_view_gets_a_row_in_order(fake_encoder: Any) -> None:
    rows = encode_views(VIEWS, fake_encoder, {}, silent)
    assert (rows.shape, rows.dtype) == ((6, fake_encoder.dim), np.dtype(np.float32))
    for row, view in zip(rows, VIEWS, strict=True):
        assert row == pytest.approx(fake_encoder._vector(view.text), rel=1e-3)


def test_rows_are_those_that_the_disk_gives_back(fake_encoder: Any, tmp_path: Path) -> None:
    rows = encode_views(VIEWS, fake_encoder, {}, silent)
    save_vectors(tmp_path / "vectors.npy", rows)
    assert (read_vectors(tmp_path / "vectors.npy") == rows).all()


def test_a_text_that_stands_twice_is_encoded_once(fake_encoder: Any) -> None:
    encode_views(VIEWS, fake_encoder, {}, silent)
    # "адал болу" once; the question that is also a headnote twice, as the prefixes differ.
    assert sorted(fake_encoder.calls).count("адал болу") == 1
    assert len(fake_encoder.calls) == 5


KNOWN = {"nothing": (0, 5), "one text": (1, 4), "three": (3, 2), "all": (6, 0)}


@pytest.mark.parametrize(("kept", "encoded"), KNOWN.values(), ids=KNOWN)
def test_known_vectors_are_not_encoded_again(fake_encoder: Any, kept: int, encoded: int) -> None:
    marked = np.full(fake_encoder.dim, 0.5, dtype=np.float32)
    known = {text_key(view): marked for view in VIEWS[:kept]}
    rows = encode_views(VIEWS, fake_encoder, known, silent)
    assert len(fake_encoder.calls) == encoded
    assert all((rows[i] == 0.5).all() for i in range(kept))


def test_progress_ends_at_the_total_and_never_goes_back(fake_encoder: Any) -> None:
    views = [View("code/2", "text", "kk", f"сөз {i}") for i in range(200)]
    seen: list[tuple[int, int]] = []
    encode_views(views, fake_encoder, {}, lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == ((0, 200), (200, 200))


SAME_KEY = [
    (View("a", "text", "kk", "сөз"), View("b", "headnote", "ru", "сөз"), True),
    (View("a", "questions", "kk", "сөз"), View("b", "subject", "ru", "сөз"), True),
    (View("a", "text", "kk", "сөз"), View("a", "questions", "kk", "сөз"), False),
    (View("a", "text", "kk", "сөз"), View("a", "text", "kk", "сөз "), False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME_KEY)
def test_the_key_is_the_text_and_the_way_it_is_encoded(one: View, other: View, same: bool) -> None:
    assert (text_key(one) == text_key(other)) is same


def test_half_precision_is_close_and_stable(fake_encoder: Any, tmp_path: Path) -> None:
    rows = encode_views(VIEWS, fake_encoder, {}, silent)
    save_vectors(tmp_path / "vectors.npy", rows)
    back = read_vectors(tmp_path / "vectors.npy")
    assert back.dtype == np.float32
    assert back == pytest.approx(rows, abs=1e-3)
    save_vectors(tmp_path / "again.npy", back)
    assert (tmp_path / "again.npy").read_bytes() == (tmp_path / "vectors.npy").read_bytes()


# -- the vectors that come with the package ----------------------------------------------------


def test_shipped_vectors_come_back_under_the_texts_they_are_of(
    fake_encoder: Any, tmp_path: Path
) -> None:
    file = tmp_path / "vectors.npz"
    rows = fake_encoder.passages([view.text for view in VIEWS])
    known = dict(zip(map(text_key, VIEWS), rows, strict=True))
    write_shipped(known, "engine-1", file)
    found = shipped_vectors("engine-1", file)
    assert found.keys() == known.keys()
    for key, row in found.items():
        assert row == pytest.approx(known[key], abs=1e-3)
    fake_encoder.calls.clear()
    encode_views(VIEWS, fake_encoder, found, silent)
    assert fake_encoder.calls == []


def test_vectors_of_another_encoder_are_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    write_shipped({"00" * 16: np.zeros(3, dtype=np.float32)}, "engine-1", file)
    assert shipped_vectors("engine-2", file) == {}
    assert shipped_vectors("engine-1", tmp_path / "none.npz") == {}
