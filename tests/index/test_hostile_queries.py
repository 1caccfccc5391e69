"""No question, however odd, is read as a query language, raises, or takes long."""

from __future__ import annotations

import string
import time
from pathlib import Path

import numpy as np
import pytest

from kb.config import Config
from kb.index.searcher import Searcher

HOSTILE = {
    "wildcards": "?*?*?*?",
    "a range": "[a TO я]",
    "a field": "id:5",
    "a number of the act": "№ 153",
    "nested brackets": "(" * 1000 + "сыйлық" + "]" * 1000,
    "operators": "AND OR NOT NEAR",
    "fuzzy and boosted": "сыйлық~2^99",
    "quotes": "\"'«»",
    "2,000 letters": "я" * 2000,
    "10,000 letters": "a" * 10_000,
    "10,000 characters in words": "сыйлық алуға бола ма " * 480,
    "10,000 digits": "1" * 10_000,
    "every printable ASCII": string.printable,
    "emoji": "🙂👩‍⚖️🇰🇿" * 100,
    "NUL": "\0сыйлық\0",
    "lone combining marks": "\u0301\u0308\u0327" * 100,
    "half of a surrogate pair": "\ud83dсыйлық",
    "right to left": "\u202eсыйлық",
    "2,000 characters of misspelt words": " ".join(
        f"қызм{chr(1072 + i % 32)}тш{chr(1072 + i // 8)}і" for i in range(220)
    ),
    "empty": "",
    "white space": " \t\n\u2028",
    "Python": "{0.__class__}%s${x}",
}


@pytest.fixture(scope="module")
def searcher(keyword_index_home: Path) -> Searcher:
    found = Searcher(Config(home=keyword_index_home, encoder="none"))
    found.search("сыйлық подарок gift")
    return found


@pytest.mark.parametrize("lang", [None, "kk", "ru", "en"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_it_is_answered_quickly_with_finite_scores(
    searcher: Searcher, text: str, lang: str | None
) -> None:
    start = time.process_time()
    result = searcher.search(text, lang=lang)
    assert time.process_time() - start < 5
    assert len(result.hits) == len(searcher.clauses)
    assert np.isfinite([hit.score for hit in result.hits]).all()
    assert 0 <= result.matched <= 1


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_character_of_ascii_alone(searcher: Searcher, lang: str) -> None:
    for code in range(128):
        assert searcher.search(chr(code), lang=lang, limit=1).hits


def test_syntax_changes_nothing(searcher: Searcher) -> None:
    plain = searcher.search("сыйлық алу", lang="kk").hits
    for text in ('"сыйлық" AND* алу', "(сыйлық) [алу]", "сыйлық? *алу*", "+сыйлық -алу"):
        cleaned = searcher.search(text.replace("AND", ""), lang="kk").hits
        assert [hit.score for hit in cleaned] == pytest.approx([hit.score for hit in plain])
