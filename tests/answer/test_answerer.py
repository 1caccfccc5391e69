"""Answers from history and explicit references, on the real text, with keywords alone."""

from datetime import date

import pytest

from kb.answer.answerer import Answerer, checked_question
from kb.config import Config
from kb.errors import InputError
from kb.index.searcher import Searcher


@pytest.fixture(scope="module")
def answerer(keyword_index_home):
    return Answerer(Searcher(Config(home=keyword_index_home, encoder="none")))


def cited(answer):
    return [citation.clause.address.short for citation in answer.citations]


def related(answer):
    return [citation.clause.address.short for citation in answer.related]


HISTORY = [
    ("№ 487 Жарлық нені өзгертті?", ["regulation/2", "regulation/3"]),
    ("что изменилось в 2019 году?", ["regulation/5", "regulation/6"]),
    ("What did Decree No. 74 change?", ["regulation/5", "regulation/6"]),
    ("Что стало с указом № 1567?", ["annex/1"]),
    ("№ 651 Жарлық күшінде ме?", ["annex/4"]),
    ("2011 жылғы жарлық қазір жарамды ма?", ["annex/3"]),
    ("Is the honour code of 2005 still alive?", ["annex/1"]),
    ("О чём был указ 2017 года?", ["regulation/2", "regulation/3"]),
    ("2017 жылы Ережеге қандай өзгерістер енгізілді?", ["regulation/2", "regulation/3"]),
]


@pytest.mark.parametrize(("question", "expected"), HISTORY)
def test_history_is_answered_from_the_records(answerer, question, expected):
    answer = answerer.ask(question)
    assert answer.answered
    assert answer.kind == "history"
    assert cited(answer) == expected


def test_the_code_wide_amendment_lists_every_paragraph(answerer):
    listed = cited(answerer.ask("Что изменил Указ № 814?"))
    assert listed[0] == "decree/1"
    assert [f"code/{n}" for n in range(1, 13)] == listed[1:]


REFERENCES = [
    ("6-тармақ 8) не дейді?", ["code/6/8"]),
    ("п. 7 Положения", ["regulation/7"]),
    ("пункт 6 Положения", ["regulation/6"]),
    ("paragraph 5 of the Code", ["code/5", *(f"code/5/{n}" for n in range(1, 7))]),
    ("regulation/9/part-3", ["regulation/9/part-3"]),
]


@pytest.mark.parametrize(("question", "expected"), REFERENCES)
def test_references_are_followed(answerer, question, expected):
    answer = answerer.ask(question)
    assert answer.answered
    assert cited(answer) == expected


REFUSED = [
    ("пункт 40 кодекса", "no-clause", "пункт 40 Этического кодекса"),
    ("Decree No. 999", "unknown-act", "999"),
    ("Что изменилось в 2020 году?", "history", "2020"),
    ("What changed in paragraph 9 of the Regulation?", "history", "No amendment"),
]


@pytest.mark.parametrize(("question", "kind", "said"), REFUSED)
def test_what_does_not_exist_is_said(answerer, question, kind, said):
    answer = answerer.ask(question)
    assert not answer.answered
    assert answer.kind == kind
    assert said in answer.text
    assert not answer.citations


def test_an_earlier_wording_is_never_quoted_as_the_answer(answerer):
    answer = answerer.ask("п. 3 Положения", on=date(2016, 6, 1))
    assert not answer.answered
    assert not answer.citations
    assert "№ 487" in answer.text
    assert "2017-06-01" in answer.text
    assert related(answer)[0] == "regulation/3"


def test_before_the_act_nothing_was_in_force(answerer):
    answer = answerer.ask("6-тармақ 8)", on=date(2015, 12, 30))
    assert not answer.answered
    assert "2016-01-01" in answer.text


def test_a_possible_change_is_said_beside_the_quote(answerer):
    answer = answerer.ask("6-тармақ 8)", on=date(2018, 1, 1))
    assert answer.answered
    assert any("№ 814" in notice for notice in answer.notices)


def test_a_day_after_the_edition_is_said(answerer):
    answer = answerer.ask("6-тармақ 8)", on=date(2025, 1, 1))
    assert any("2022-02-22" in notice for notice in answer.notices)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_answer_speaks_the_language_asked_for(answerer, lang):
    answer = answerer.ask("code/7", lang=lang)
    assert answer.lang == lang
    assert answer.text == answer.citations[0].headnote.summary[lang]


def test_quotes_are_the_clause_word_for_word(answerer):
    for question in ("code/6/8", "п. 9 Положения", "paragraph 5 of the Code"):
        for record in answerer.ask(question).as_json()["citations"]:
            clause = next(c for c in answerer.searcher.clauses if str(c.address) == record["id"])
            assert record["quote"] == clause.text
            assert record["lines"] == list(clause.source_lines)
            assert record["edition"] == "2022-02-22"


def test_nothing_matches_abstains(answerer):
    answer = answerer.ask("ыыыы щщщщ ъъъъ ффффф")
    assert not answer.answered
    assert "9" in answer.text


@pytest.mark.parametrize("text", ["", "   ", "\n", "?!…", "\x00"])
def test_empty_questions_are_refused(text):
    with pytest.raises(InputError):
        checked_question(text, 100)


def test_long_questions_are_refused():
    with pytest.raises(InputError, match="10000"):
        checked_question("а" * 10_000, 2000)
