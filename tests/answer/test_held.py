"""What is said where several acts are held: refusals, a clause of a held act, one that is gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb.answer.answerer import Answerer
from kb.answer.held import held_acts, say_of_held
from kb.answer.records import search_record
from kb.answer.text import answer_text
from kb.config import Config
from kb.corpus.history import noted
from kb.index.searcher import Searcher

ORDER, LAW, DECREE = "V1800016985", "Z2000000331", "U1500000153"


@pytest.fixture(scope="module")
def answerer(held_acts_home: Path) -> Answerer:
    return Answerer(Searcher(Config(home=held_acts_home, encoder="none")))


# -- what is held -----------------------------------------------------------------------------

REFUSED = [
    (
        "статья 52 Трудового кодекса",
        "Текста акта, который вы назвали, здесь нет. Здесь есть такие акты: Указ Президента "
        "Республики Казахстан от 29 декабря 2015 года № 153; Приказ Министра культуры от 14 мая "
        "2018 года № 96; Закон Республики Казахстан от 4 мая 2020 года № 331-VI ЗРК.",
    ),
    (
        "Еңбек кодексінің 52-бабы не дейді",
        "Сіз атаған актінің мәтіні мұнда жоқ. Мұнда мына актілер бар: Қазақстан Республикасы "
        "Президентінің 2015 жылғы 29 желтоқсандағы № 153 Жарлығы; ",
    ),
    ("What is the capital of France?", "None of the texts held here answers this question. The "),
    ("Указ № 999", "В этой базе нет сведений об акте № 999."),
]


@pytest.mark.parametrize(("question", "said"), REFUSED)
def test_a_refusal_names_the_acts_that_are_held(
    answerer: Answerer, question: str, said: str
) -> None:
    answer = answerer.ask(question)
    assert not answer.answered
    assert answer.text.startswith(said)


@pytest.mark.parametrize(
    ("number", "lang", "said"),
    [
        (1, "ru", "Здесь есть только этот акт: А1."),
        (1, "kk", "Мұнда мына акт қана бар: А1."),
        (3, "en", "The acts held here are: А1; А2; А3."),
        (4, "en", "There are 4 acts here."),
        (21, "ru", "Всего актов здесь: 21."),
        (12, "kk", "Мұнда барлығы 12 актінің мәтіні бар."),
    ],
)
def test_a_few_acts_are_named_and_many_counted(
    answerer: Answerer, number: int, lang: str, said: str
) -> None:
    one = answerer.searcher.records.acts[0]
    acts = [
        replace(one, id=f"X{n}", short=dict.fromkeys(("kk", "ru", "en"), f"А{n}"))
        for n in range(1, number + 1)
    ]
    assert held_acts(acts, lang) == said
    assert say_of_held("other_act", acts, lang).endswith(f" {said}")


def test_the_shipped_act_alone_is_spoken_of_by_its_parts(answerer: Answerer) -> None:
    said = say_of_held("abstain", answerer.searcher.records.acts[:1], "ru")
    assert said == "На этот вопрос текст Указа, Этического кодекса и Положения не отвечает."


# -- a clause of a held act -------------------------------------------------------------------

NAMED = [
    ("статья 2 Закона о хранении исторических документов", [f"{LAW}/law/2"]),
    ("п. 1 ст. 5 закона «О хранении исторических документов»?", [f"{LAW}/law/5/1"]),
    ("что сказано в статье 6 Закона РК № 331-VI", [f"{LAW}/law/6"]),
    ("пункт 4 приказа № 96", [f"{ORDER}/rules/4"]),
    ("№ 96 бұйрықтың 4-тармағы", [f"{ORDER}/rules/4"]),
    ("Мекемелік кітапхананың қорын пайдалану қағидаларын бекіту туралы бұйрықтың 4-тармағы",
     [f"{ORDER}/rules/4"]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "addresses"), NAMED)
def test_a_clause_of_a_held_act_is_quoted(
    answerer: Answerer, question: str, addresses: list[str]
) -> None:
    answer = answerer.ask(question)
    assert answer.kind == "reference"
    top = [c.clause.address for c in answer.citations if str(c.clause.address) in addresses]
    assert list(map(str, top)) == addresses
    assert {c.clause.address.act for c in answer.citations} == {top[0].act}


@pytest.mark.parametrize(
    "question",
    [
        # A title that says more, one of other words, none, and two acts at once.
        "статья 2 Закона о хранении исторических документов военных архивов",
        "статья 2 Закона о государственной службе",
        "статья 2 закона",
        "статья 2 Закона № 331-VII",
        "статья 2 Закона № 331-VI и Трудового кодекса",
    ],
)
def test_a_clause_of_another_act_is_not_taken_for_that_of_a_held_one(
    answerer: Answerer, question: str
) -> None:
    answer = answerer.ask(question)
    assert not answer.answered
    assert answer.citations == ()


def test_a_clause_that_the_named_act_lacks_is_said(answerer: Answerer) -> None:
    answer = answerer.ask("статья 99 Закона № 331-VI")
    assert answer.kind == "no-clause"
    assert answer.text.startswith("Такого пункта здесь нет: статья 99 Закона.")


def test_a_clause_that_is_gone_is_said_with_what_took_it_out(answerer: Answerer) -> None:
    answer = answerer.ask(f"{ORDER}/rules/8", lang="ru")
    assert answer.text.startswith(
        "Сейчас этого пункта в тексте нет (пункт 8 Правил): он есть в редакции 2019-01-15, а в "
        "редакции 2021-10-12 отсутствует. По сноске: Приказ № 310 от 2021-10-12 — исключение из "
        "текста."
    )


# -- notes, languages -------------------------------------------------------------------------


def test_each_change_is_noted_once_by_the_newest_text_that_records_it(answerer: Answerer) -> None:
    shelf = answerer.library.shelf
    found = [
        (n.amendment.by.number, n.amendment.target.short, str(n.text.edition), n.text.lang)
        for n in shelf.noted(ORDER)
    ]
    assert len(found) == len(set(found)) == 7
    assert ("12", "rules/7", "2019-01-15", "kk") in found
    assert [n for n in found if n[0] == "310" and n[2:] != ("2021-10-12", "kk")] == []
    assert [n.amendment for n in shelf.noted(ORDER)] == shelf.recorded(ORDER)
    assert noted(()) == ()


def test_a_change_that_an_older_note_records_is_answered(answerer: Answerer) -> None:
    answer = answerer.ask("Что изменил приказ № 12?")
    assert answer.text.startswith("Приказ № 12 от 2019-01-15: пункт 7 Правил — новая редакция.")
    assert [str(c.clause.address) for c in answer.citations] == [f"{ORDER}/rules/7"]


def test_the_quote_says_in_which_language_it_is(answerer: Answerer) -> None:
    russian = answer_text(answerer.ask(f"{LAW}/law/6", lang="ru"))
    assert "  Текст закона:\n" in russian
    assert "на казахском" not in russian
    kazakh = answer_text(answerer.ask(f"{LAW}/law/6", lang="kk"))
    assert "Заң мәтіні (орыс тілінде):" in kazakh
    order = answerer.ask(f"{ORDER}/rules/4", lang="ru")
    assert "  Текст закона (на казахском):\n" in answer_text(order)
    assert "  Официальный текст на русском языке (редакция 12.10.2021):" in answer_text(order)
    [citation] = order.as_json()["citations"]
    assert citation["official"]["text"].startswith("Документ выдается читателю на тридцать")


def test_a_snippet_is_of_the_official_text(answerer: Answerer) -> None:
    result = answerer.searcher.search("Құжат оқырманға беріледі", lang="ru")
    hits = {h["id"]: h for h in search_record(answerer.library, result)["hits"]}
    hit = hits[f"{ORDER}/rules/4"]
    assert hit["snippet"].startswith("Документ выдается читателю")
    assert (hit["snippet_is_translation"], hit["snippet_official"]) == (False, "2021-10-12")
