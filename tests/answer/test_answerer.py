"""Answers from history and explicit references, on the real text, with keywords alone."""

import time
from datetime import date

import pytest

from kb.answer.answerer import Answerer, checked_question
from kb.answer.explain import explain_answer
from kb.answer.phrases import say
from kb.answer.text import answer_text
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
    ("соңғы өзгеріс қашан болды", ["decree/1", *(f"code/{n}" for n in range(1, 13))]),
    ("2011 жылғы жарлық қазір жарамды ма?", ["annex/3"]),
    ("Is the honour code of 2005 still alive?", ["annex/1"]),
    ("О чём был указ 2017 года?", ["regulation/2", "regulation/3"]),
    ("что изменилось в Положении в 2017 году", ["regulation/2", "regulation/3"]),
    ("когда последний раз меняли положение", ["regulation/5", "regulation/6"]),
    ("2022 жылы кодекске қандай өзгеріс енді", [f"code/{n}" for n in range(1, 13)]),
    ("2017 жылы Ережеге қандай өзгерістер енгізілді?", ["regulation/2", "regulation/3"]),
]


@pytest.mark.parametrize(("question", "expected"), HISTORY)
def test_history_is_answered_from_the_records(answerer, question, expected):
    answer = answerer.ask(question)
    assert answer.answered
    assert answer.kind == "history"
    assert cited(answer) == expected


@pytest.mark.parametrize(
    ("lang", "provision"),
    [
        ("kk", "Жарлықтың 1-тармағының 9) тармақшасы"),
        ("ru", "подпункт 9) пункта 1 Указа"),
        ("en", "Decree, paragraph 1, subparagraph 9)"),
    ],
)
def test_a_repealed_provision_is_named_in_the_askers_language(answerer, lang, provision):
    answer = answerer.ask("№ 446", lang=lang)
    assert provision in answer.text
    assert "№ 153" in answer.text or "No. 153" in answer.text


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
    ("кодекс 6.8", ["code/6/8"]),
    ("paragraph 6(8) of the Code", ["code/6/8"]),
    ("пункты 3 и 7 кодекса", ["code/3", "code/7"]),
    ("Кодекстің 3-тармағы мен Ереженің 8-тармағы", ["code/3", "regulation/8"]),
    ("подпункты 3 и 8 пункта 6 кодекса", ["code/6/3", "code/6/8"]),
    ("подпункт 11", ["regulation/4/11"]),
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
    ("what did Decree 814 change in the Regulation", "history", "No change by this act"),
    ("№ 487 Жарлық Кодексте нені өзгертті", "history", "Әдеп кодексі"),
    ("Что изменилось в кодексе в 2019 году?", "history", "2019"),
    ("статья 52 трудового кодекса", "no-clause", "Текста акта"),
    ("п. 9 закона о госслужбе", "no-clause", "Текста акта"),
    ("Еңбек кодексінің 52-бабы не дейді", "no-clause", "мәтіні мұнда жоқ"),
    ("каким было положение об уполномоченном в 2018 году", "history", "№ 74"),
    ("2018 жылы Ереже қандай еді", "history", "№ 74"),
    ("what was the code in 2017", "history", "No. 814"),
]


@pytest.mark.parametrize(("question", "kind", "said"), REFUSED)
def test_what_does_not_exist_is_said(answerer, question, kind, said):
    answer = answerer.ask(question)
    assert not answer.answered
    assert answer.kind == kind
    assert said in answer.text
    assert not answer.citations


@pytest.mark.parametrize("question", [case[0] for case in REFUSED] + ["ыыыы щщщщ ъъъъ"])
def test_every_refusal_says_whom_to_ask(answerer, question):
    answer = answerer.ask(question)
    assert say("ask_commissioner", answer.lang) in answer.text


def test_several_clauses_are_each_said_under_their_name(answerer):
    answer = answerer.ask("пункты 3 и 7 кодекса")
    lines = answer.text.split("\n")
    assert [line.split(":")[0] for line in lines] == [
        "Пункт 3 Этического кодекса",
        "Пункт 7 Этического кодекса",
    ]


def test_a_clause_that_does_not_exist_is_said_beside_those_that_do(answerer):
    answer = answerer.ask("п. 7 и п. 99 положения")
    assert cited(answer) == ["regulation/7"]
    assert any("пункт 99" in notice for notice in answer.notices)


def test_of_several_clauses_those_not_held_are_not_quoted(answerer):
    answer = answerer.ask("пункты 5 и 7 положения", on=date(2018, 1, 1))
    assert cited(answer) == ["regulation/7"]
    assert related(answer) == ["regulation/5", *(f"regulation/5/{n}" for n in range(1, 5))]
    assert any(notice.startswith("Пункт 5") for notice in answer.notices)
    assert len(answer.text.split("\n")) == 1


def test_a_text_that_did_not_change_since_the_day_is_the_one_held(answerer):
    answer = answerer.ask("2020 жылы Ереже қандай болды")
    assert answer.kind == "history"
    assert cited(answer) == [f"regulation/{n}" for n in range(1, 11)]


def test_a_misspelt_reference_is_still_read(answerer):
    assert cited(answerer.ask("Code of Ethics para 6 sub 3")) == ["code/6/3"]


@pytest.mark.parametrize(
    "question",
    [
        "кто контролирует уполномоченного по этике",
        "уәкілді кім бақылайды",
        "who supervises the ethics commissioner",
    ],
)
def test_who_directs_an_actor_is_not_answered_by_what_the_actor_does(answerer, question):
    answer = answerer.ask(question)
    shown = [*cited(answer), *related(answer)]
    assert shown
    assert not [a for a in shown if a == "regulation/1" or a.startswith("regulation/4")]


def test_one_question_is_searched_once(answerer, monkeypatch):
    asked = []
    rank = answerer.searcher.rank
    monkeypatch.setattr(answerer.searcher, "rank", lambda q: asked.append(q) or rank(q))
    found = answerer.consider("сауалнама жасырын ба")
    explained = explain_answer(found, answerer.model)
    assert len(asked) == 1
    assert explained["searched"]
    assert explained["clauses"][0]["id"] == str(found.result.hits[0].clause.address)
    assert explained["probability"] == pytest.approx(found.answer.probability, abs=1e-4)


def test_what_is_looked_up_is_not_searched(answerer, monkeypatch):
    monkeypatch.setattr(answerer.searcher, "rank", None)
    explained = explain_answer(answerer.consider("code/7"), answerer.model)
    assert (explained["searched"], explained["clauses"]) == (False, [])
    assert explained["probability"] is None


def test_an_earlier_wording_is_never_quoted_as_the_answer(answerer):
    answer = answerer.ask("п. 3 Положения", on=date(2016, 6, 1))
    assert not answer.answered
    assert not answer.citations
    assert "№ 487" in answer.text
    assert "2017-06-01" in answer.text
    assert related(answer)[0] == "regulation/3"


def test_one_notice_speaks_for_a_list_that_is_not_held(answerer):
    answer = answerer.ask("п. 5 Положения", on=date(2018, 1, 1))
    assert len(answer.notices) == 1
    assert answer.text.startswith(answer.notices[0])


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


@pytest.mark.parametrize("text", ["", "   ", "\n", "?!…", "\x00", "🙂🙂", "\u202e", "\u2028\x0b"])
def test_empty_questions_are_refused(text):
    with pytest.raises(InputError):
        checked_question(text, 100)


def test_long_questions_are_refused():
    with pytest.raises(InputError, match="10000"):
        checked_question("а" * 10_000, 2000)


HOSTILE = {
    "2,000 letters": "я" * 2000,
    "2,000 characters in words": ("можно ли принимать подарки " * 80)[:2000],
    "one number 2,000 digits long": "1" * 2000,
    "emoji and a letter": "🙂👩‍⚖️🇰🇿" * 50 + "а",
    "right to left": "\u202eسؤال عن الهدايا؟ сыйлық",
    "Arabic and Hebrew": "هل يجوز قبول الهدايا האם מותר",
    "NUL inside": "сый\0лық алуға\0 бола ма",
    "SQL": "'; DROP TABLE clauses; -- п. 9",
    "mixed scripts": "cый lык алуға bola ма можно gift подарoк",
    "numbers for paragraphs": "п. " + ", ".join(map(str, range(1, 400))),
    "paragraphs without end": "пункт 1 " * 250,
    "nested citations": "подпункт 1 пункта 2 " * 100,
    "dots and brackets": "кодекс 6.8.8.8(8(8)8)" * 20,
    "a range that never ends": "пункты 1–999999999 кодекса",
    "years": "2018 жылы " * 200,
    "impossible days": "as of 99.99.9999 and 2018-13-45",
    "an address that climbs": "code/../../etc/passwd code/6/8/8/8/8",
    "half of a surrogate pair": "\ud83dсыйлық",
    "format": "{0.__class__} %s ${jndi:ldap://x} <script>alert(1)</script>",
    "Unicode digits": "п. ٦ кодекса, ６-тармақ",
    "combining": "п\u0301\u0301\u0301" * 300,
    "who, without end": "кто " + "ет " * 600 + "уполномоченного",
    "law, without end": "закон " * 300 + "п. 1",
}


@pytest.mark.parametrize("lang", [None, "kk", "en"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_every_question_gets_an_answer_or_a_refusal(answerer, text, lang):
    start = time.process_time()
    answer = answerer.ask(text, lang=lang)
    assert time.process_time() - start < 5
    assert answer.text
    assert answer.answered == bool(answer.citations)
    assert answer_text(answer)
    assert answer.as_json()["lead_by"] == "corpus"
