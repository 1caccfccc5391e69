"""The shipped act, and a small act of several editions, as libraries to quote from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.answer.quote import Library
from kb.corpus.load import load_records


@pytest.fixture(scope="session")
def library() -> Library:
    return Library(load_records(with_references=False))


@pytest.fixture(scope="session")
def two(imported_acts: Path) -> Library:
    """Both editions of the small act, and the Russian text of the second."""
    return Library(load_records(imported=imported_acts, with_references=False))


@pytest.fixture(scope="session")
def three(
    tmp_path_factory: pytest.TempPathFactory,
    imported_acts: Path,
    edition_texts: dict[str, str],
    edition_writer: Callable[..., Path],
) -> Library:
    """The same with a third edition, which reads as the first did."""
    acts: Path = tmp_path_factory.mktemp("three") / "acts"
    shutil.copytree(imported_acts, acts)
    edition_writer(acts, edition_texts["first.kk"], "2024-03-01")
    return Library(load_records(imported=acts, with_references=False))
