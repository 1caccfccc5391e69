"""Indexes that several folders of tests share, each built once a session."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from kb.build import build
from kb.config import Config
from kb.corpus.load import shipped_acts
from kb.index.encoders import Vectors

ACT = "U1500000153"
_PLAIN_FILES = ("act.toml", "decree-153.kk.txt", "restorations.toml", "topics.toml")


class FakeEncoder:
    """Vectors from the letters of a text, by hashing its trigrams: quick and repeatable."""

    name = "fake"
    fingerprint = "fake-1"
    dim = 32

    def __init__(self) -> None:
        self.calls: list[str] = []

    def queries(self, texts: Sequence[str]) -> Vectors:
        self.calls += texts
        return np.stack([self._vector(text) for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self.queries(texts)

    def _vector(self, text: str) -> Vectors:
        row = np.full(self.dim, 0.1, dtype=np.float32)
        for start in range(len(text)):
            row[hashlib.sha256(text[start : start + 3].encode()).digest()[0] % self.dim] += 1
        return row / np.float32(np.linalg.norm(row))


@pytest.fixture
def fake_encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture(scope="session")
def plain_acts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped act without what we add to it: one view a clause, quick to build."""
    folder: Path = tmp_path_factory.mktemp("acts")
    (folder / ACT).mkdir()
    for name in _PLAIN_FILES:
        shutil.copy(shipped_acts() / ACT / name, folder / ACT)
    return folder


@pytest.fixture(scope="session")
def plain_index_home(tmp_path_factory: pytest.TempPathFactory, plain_acts: Path) -> Path:
    """A keyword index of the plain act; copy it before changing it."""
    home: Path = tmp_path_factory.mktemp("plain")
    build(Config(home=home, encoder="none"), corpus=plain_acts)
    return home


@pytest.fixture(scope="session")
def keyword_index_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A keyword index of the whole shipped corpus; copy it before changing it."""
    home: Path = tmp_path_factory.mktemp("keywords")
    build(Config(home=home, encoder="none"))
    return home


@pytest.fixture
def plain_home(plain_index_home: Path, tmp_path: Path) -> Path:
    """A copy of the plain index that a test may damage."""
    shutil.copytree(plain_index_home, tmp_path / "home")
    return tmp_path / "home"
