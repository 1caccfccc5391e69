"""The shipped act as a library to quote from."""

from __future__ import annotations

import pytest

from kb.answer.quote import Library
from kb.corpus.load import load_records


@pytest.fixture(scope="session")
def library() -> Library:
    return Library(load_records(with_references=False))
