"""BM25 against values worked out by hand, and a bound on time."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kb.errors import SearchTimeoutError
from kb.index.keyword import KeywordIndex, KeywordWriter

Build = Callable[..., KeywordIndex]
THREE = [
    {"text": ["сыйлық", "алу", "тыйым"]},
    {"text": ["сыйлық", "сыйлық", "қайтару"]},
    {"text": ["әдеп"], "title": ["сыйлық"]},
]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def write(documents: list[dict[str, list[str]]], limit_s: float = 2.0) -> KeywordIndex:
        writer = KeywordWriter(tmp_path / "keyword", {name for d in documents for name in d})
        for document in documents:
            writer.add(document)
        writer.close()
        return KeywordIndex(tmp_path / "keyword", limit_s)

    return write


def bm25(frequency: int, length: int, mean: float, found: int, n: int) -> float:
    """Robertson's BM25 with K1 = 1.2 and B = 0.75, with Whoosh's idf: ln(N / (df + 1)) + 1."""
    idf = math.log(n / (found + 1)) + 1
    return idf * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length / mean))


# Lengths 3, 3 and 1: the mean is 7 / 3. "сыйлық" is in two texts of three, so its idf is 1.
MEAN = 7 / 3
BY_HAND = {
    "in two documents, twice in one": (
        {"сыйлық": 1.0},
        [2.2 / (1 + 1.2 * (0.25 + 0.75 * 9 / 7)), 4.4 / (2 + 1.2 * (0.25 + 0.75 * 9 / 7)), 0],
    ),
    "in one document": ({"әдеп": 1.0}, [0, 0, bm25(1, 1, MEAN, 1, 3)]),
    "a weight scales": ({"әдеп": 0.5}, [0, 0, 0.5 * bm25(1, 1, MEAN, 1, 3)]),
    "terms add up": (
        {"сыйлық": 1.0, "тыйым": 2.0},
        [bm25(1, 3, MEAN, 2, 3) + 2 * bm25(1, 3, MEAN, 1, 3), bm25(2, 3, MEAN, 2, 3), 0],
    ),
    "an unknown word": ({"жоқ": 1.0}, [0, 0, 0]),
    "no words": ({}, [0, 0, 0]),
}


@pytest.mark.parametrize(("terms", "expected"), BY_HAND.values(), ids=BY_HAND)
def test_scores_are_bm25(build: Build, terms: dict[str, float], expected: list[float]) -> None:
    # Whoosh keeps a field's length in one byte, exact for texts as short as these.
    assert build(THREE).scores("text", terms) == pytest.approx(expected, rel=1e-6)


def test_a_score_counts_one_field_alone(build: Build) -> None:
    found = build(THREE)
    assert list(found.scores("title", {"сыйлық": 1.0}) > 0) == [False, False, True]
    assert list(found.scores("no_such_field", {"сыйлық": 1.0})) == [0, 0, 0]


def test_documents_keep_their_order(build: Build) -> None:
    found = build([{"text": [f"word{i}"]} for i in range(500)])
    places = [int(found.scores("text", {f"word{i}": 1.0}).argmax()) for i in (0, 7, 255, 499)]
    assert (found.size, places) == (500, [0, 7, 255, 499])


def test_a_document_may_be_empty(build: Build) -> None:
    found = build([{}, {"text": ["сөз"]}, {"text": []}])
    assert list(found.scores("text", {"сөз": 1.0}) > 0) == [False, True, False]


# What Whoosh's own parser would read as a wildcard, a range, a field, a group or a fuzzy word.
PARSER_SYNTAX = [
    "*", "?*?*?*?", "сый*", "[a TO я]", "id:5", "text:сыйлық", "((((сыйлық", "))", '"сыйлық алу"',
    "сыйлық~2", "сыйлық^9", "NOT", "сыйлық OR алу", "\0", "", " ", "\u0301", "🙂", "я" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("term", PARSER_SYNTAX)
def test_a_term_is_only_ever_a_term(build: Build, term: str) -> None:
    found = build(THREE)
    assert not found.scores("text", {term: 1.0}).any()
    assert not found.knows("text", term)


def many(documents: int) -> list[dict[str, list[str]]]:
    return [{"text": ["сөз", f"word{i}"]} for i in range(documents)]


SLOW = {
    "many postings of one word": (many(600), {"сөз": 1.0}),
    "many words of few postings": (many(600), {f"word{i}": 1.0 for i in range(600)}),
    "many unknown words": (many(1), {f"absent{i}": 1.0 for i in range(600)}),
}


@pytest.mark.parametrize(("documents", "terms"), SLOW.values(), ids=SLOW)
def test_a_search_stops_at_its_limit(
    build: Build, documents: list[dict[str, list[str]]], terms: dict[str, float]
) -> None:
    found = build(documents, limit_s=1e-9)
    with pytest.raises(SearchTimeoutError, match="ask with fewer words"):
        found.scores("text", terms)


def test_a_search_within_its_limit_is_not_stopped(build: Build) -> None:
    assert build(many(600), limit_s=30).scores("text", {"сөз": 1.0}).all()


def test_scores_are_one_a_document(build: Build) -> None:
    scores = build(THREE).scores("text", {"сыйлық": 1.0})
    assert (scores.shape, scores.dtype) == ((3,), np.dtype(np.float64))
