"""Words are analysed alike, whoever else analyses words meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from kb.corpus.load import load_records
from kb.index.analysis import forms
from kb.language.kk.tokens import tokens


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty_threads")
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_threads_do_not_disturb_each_other(lang: str) -> None:
    analyse = forms.__wrapped__
    headnotes = load_records(with_references=False).headnotes
    questions = [q for note in headnotes for q in note.questions[lang]]
    words = [word for question in questions for word in tokens(question)][:2_000]
    alone = [analyse(word, lang) for word in words]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda word: analyse(word, lang), words)) == alone
