"""The answer page: what leads, what can be copied, how sure it sounds, what a refusal offers."""

from __future__ import annotations

import html
import json
import re
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote_plus
from urllib.request import urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.answer.answer import LeadBy
from kb.answer.confidence import WORDS, confidence_word, measured
from kb.answer.decide import shipped_model
from kb.config import Config
from kb.model import Records
from kb.web.asking import examples, searched_as
from kb.web.knowledge import Knowledge, knowledge
from tests.web.served import served

ACT = "U1500000153"
LANGUAGES = ("kk", "ru", "en")
JUDGED = Path(__file__).parent.parent / "judged"
OUTSIDE = {
    "kk": "Қазақстанның астанасы қай қала?",
    "ru": "Какая столица Франции?",
    "en": "What is the capital of France?",
}


def ask(client: FlaskClient, lang: str, question: str, more: str = "") -> str:
    page = client.get(f"/{lang}/ask?q={quote(question)}{more}")
    assert page.status_code == 200
    return html.unescape(" ".join(page.text.split()))


# -- examples ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", range(6))
def test_example_is_real_and_finds_its_clause(app: Flask, lang: str, number: int) -> None:
    """Over keywords alone the clause stands among the first; with the encoder it is cited."""
    example = examples()[number]
    with app.app_context():
        asked = knowledge().ask(example.question[lang])
    assert asked.query.lang == lang
    answer = asked.answer
    shown = [c.clause.address.short for c in (*answer.citations, *answer.related)][:3]
    assert set(example.accept) & set(shown)


def test_examples_are_of_clauses_that_exist_and_are_written_in_three_languages(
    records: Records,
) -> None:
    known = {clause.address.short for clause in records.clauses}
    assert len(examples()) == 6
    for example in examples():
        assert set(example.accept) <= known
        assert tuple(example.question) == LANGUAGES


def test_no_example_is_a_judged_question() -> None:
    def plain(text: str) -> str:
        return " ".join(re.findall(r"\w+", text.lower()))

    lines = [line for file in JUDGED.glob("*.jsonl") for line in file.read_text().splitlines()]
    judged = {plain(json.loads(line)["question"]) for line in lines if line.strip()}
    assert len(judged) > 500
    assert not judged & {plain(q) for example in examples() for q in example.question.values()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_home_offers_every_example(client: FlaskClient, lang: str) -> None:
    page = html.unescape(client.get(f"/{lang}/").text)
    for example in examples():
        question = example.question[lang]
        link = re.search(rf'href="/{lang}/ask\?q=([^"]*)">{re.escape(question)}</a>', page)
        assert link
        assert unquote_plus(link[1]) == question


# -- the answer -------------------------------------------------------------------------------


def test_summary_leads_then_the_law_then_its_citation_and_amendment(client: FlaskClient) -> None:
    page = ask(client, "en", "Code paragraph 6 subparagraph 8")
    places = [
        page.index(text)
        for text in (
            '<div class="ours lead-line"',
            '<blockquote class="law">',
            '<div class="ours translation">',
            '<p class="cited-as">',
            "Decree No. 814 of 22 February 2022",
            "What to do next",
        )
    ]
    assert places == sorted(places)


def test_citation_and_quote_can_be_copied_word_for_word(
    client: FlaskClient, records: Records
) -> None:
    clause = next(c for c in records.clauses if c.address.short == "code/6/8")
    page = ask(client, "ru", "подпункт 8) пункта 6 Кодекса")
    copied = re.findall(r'data-copy="([^"]*)" data-copied="Скопировано"', page)
    assert copied[0].startswith("подпункт 8) пункта 6 Этического кодекса (Указ")
    assert copied[0].endswith("редакция от 22 февраля 2022\xa0г.") or copied[0].endswith("2022 г.")
    assert " ".join(f"«8) {clause.text}»".split()) in copied[1]
    assert f"http://localhost/ru/act/{ACT}/code/6/8" in copied[1]


def test_quote_of_a_list_holds_its_items(client: FlaskClient, records: Records) -> None:
    page = ask(client, "kk", "Кодекстің 5-тармағы")
    copied = re.findall(r'data-copy="([^"]*)"', page)
    items = [c for c in records.clauses if str(c.parent) == f"{ACT}/code/5"]
    assert len(items) == 6
    assert all(" ".join(item.text.split()) in copied[1] for item in items)


def test_buttons_that_need_scripts_stand_hidden(client: FlaskClient) -> None:
    page = ask(client, "en", "code/6/8")
    buttons = re.findall(r"<button[^>]*data-(?:copy|share)=[^>]*>", page)
    assert len(buttons) == 4
    assert all(" hidden " in button for button in buttons)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_question_is_in_the_address_and_can_be_shared(client: FlaskClient, lang: str) -> None:
    page = ask(client, lang, "code/6/8", "&on=2022-03-01")
    link = f"/{lang}/ask?q=code%2F6%2F8&on=2022-03-01"
    assert f'<a href="{link}">' in page
    assert f'data-copy="http://localhost{link}"' in page
    assert f'data-share="http://localhost{link}"' in page


@pytest.mark.parametrize(
    ("question", "lang", "words"),
    [
        ("Можно ли хамить гражданам", "kk", "Открыть эту страницу на русском"),
        ("May I accept a gift?", "ru", "Open this page in English"),
        ("Жұмысқа қандай киім киген дұрыс?", "en", "Осы бетті қазақша ашу"),
    ],
)
def test_page_in_the_language_of_the_question_is_offered(
    client: FlaskClient, question: str, lang: str, words: str
) -> None:
    page = ask(client, lang, question)
    own = {"Открыть": "ru", "Open": "en", "Осы": "kk"}[words.split()[0]]
    assert f'lang="{own}" hreflang="{own}">{words}</a>' in page
    assert words not in ask(client, own, question)


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("jumysqa qandai kiim kigen durys", "жұмысқа қандай киім киген дұрыс"),
        ("Жұмысқа қандай киім киген дұрыс?", ""),
        ("code/6/8", ""),
    ],
)
def test_question_read_otherwise_is_shown_as_it_was_read(
    client: FlaskClient, app: Flask, question: str, read: str
) -> None:
    with app.app_context():
        assert bool(searched_as(knowledge().ask(question))) == bool(read)
    shown = re.findall(
        r'searched-as">Мына сөздермен іздедік: <span lang="kk">(.*?)</span>',
        ask(client, "kk", question),
    )
    assert bool(shown) == bool(read)
    if read:
        # The speller may still put a letter right; the words are Kazakh, and as many.
        assert re.fullmatch(r"[а-яәғқңөұүһі ]+", shown[0])
        assert len(shown[0].split()) == len(read.split())


def test_line_of_a_language_model_is_marked(client: FlaskClient, app: Flask) -> None:
    original = Knowledge.ask

    def phrased(self: Knowledge, question: str, *_: object) -> object:
        asked = original(self, question)
        return replace(asked, answer=replace(asked.answer, lead_by=LeadBy.MODEL))

    words = "phrased by a language model"
    assert words not in ask(client, "en", "code/6/8").lower()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Knowledge, "ask", phrased)
        assert words in ask(client, "en", "code/6/8").lower()


# -- how sure ---------------------------------------------------------------------------------


def test_words_are_those_of_the_measured_bands() -> None:
    for method, with_encoder in (("hybrid", True), ("keywords", False)):
        bands = measured()[method]
        sure, probable = (bands[word]["lowest"] for word in WORDS[:2])
        threshold = shipped_model(with_encoder=with_encoder).threshold
        assert threshold <= probable <= sure < 1
        table = [(1.0, "sure"), (sure, "sure")]
        if probable < sure:
            table += [(sure - 1e-6, "probable"), (probable, "probable")]
        if threshold < probable:
            table += [(probable - 1e-6, "possible"), (threshold, "possible")]
        for probability, word in table:
            assert confidence_word(probability, with_encoder=with_encoder) == word


@pytest.mark.parametrize("method", ["hybrid", "keywords"])
def test_bands_keep_what_the_words_promise(method: str) -> None:
    bands = measured()[method]
    assert bands["sure"]["right"] >= 0.97 * bands["sure"]["answers"] >= 0.97 * 20
    probable = bands["probable"]
    assert probable["right"] >= 0.8 * probable["answers"]
    assert probable["answers"] >= 20 or probable["lowest"] == bands["sure"]["lowest"]


def test_bands_are_of_the_model_in_use() -> None:
    """``kb fit`` writes both; a model fitted anew needs its own bands."""
    path = Path(sys.modules["kb.answer.decide"].__file__ or "").parent / "decision.toml"
    assert tomllib.loads(path.read_text())["data"] == measured()["data"]


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("sure", "We are confident"),
        ("probable", "probably answers"),
        ("possible", "We are not sure"),
    ],
)
def test_page_says_how_sure_in_words_and_without_a_number(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, word: str, words: str
) -> None:
    original = Knowledge.ask
    monkeypatch.setattr(
        "kb.answer.confidence.measured",
        lambda: {"keywords": {"sure": {"lowest": 0.9}, "probable": {"lowest": 0.7}}},
    )
    probability = {"sure": 0.95, "probable": 0.8, "possible": 0.6}[word]

    def sure(self: Knowledge, question: str, *_: object) -> object:
        asked = original(self, question)
        changed = replace(asked.answer, probability=probability, confidence=probability)
        return replace(asked, answer=changed)

    monkeypatch.setattr(Knowledge, "ask", sure)
    page = ask(client, "en", "May I use state property for private purposes?")
    said = re.search(r'<p class="sureness">(.*?)</p>', page)
    assert said
    assert words in said[1]
    assert not re.search(r"\d", re.sub(r"<[^>]*>", "", said[1]))
    assert '/en/about#quality"' in said[1]


# -- refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", ["Мәтінде бұған жауап жоқ", "Бұлар – жауап емес", "Күші жойылған жарлықтардың"]),
        ("ru", ["В тексте нет ответа", "Это не ответ", "Перечень указов, утративших силу"]),
        ("en", ["does not answer", "These are not an answer", "The list of the repealed decrees"]),
    ],
)
def test_refusal_is_a_helpful_page(client: FlaskClient, lang: str, words: list[str]) -> None:
    page = ask(client, lang, OUTSIDE[lang])
    assert [w for w in words if w not in page] == []
    assert '<article class="card">' not in page
    assert f'href="/{lang}/commissioner"' in page
    assert f'href="/{lang}/act/{ACT}/#code"' in page
    assert page.count("/ask?q=") >= 3 + len(LANGUAGES)
    assert 'class="sureness"' not in page


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("Code paragraph 77", "There is no such clause"),
        ("decree No. 999", "That act is not held here"),
        ("what changed in 2012", "No such change is recorded"),
        ("What is the capital of France?", "The text does not answer this"),
    ],
)
def test_refusal_says_what_is_missing(client: FlaskClient, question: str, heading: str) -> None:
    assert f'<h2 id="answer">{heading}</h2>' in ask(client, "en", question)


def test_answer_is_kept_by_no_cache_and_no_index(client: FlaskClient) -> None:
    page = client.get("/en/ask?q=code/6/8")
    assert "no-store" in page.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page.text
    assert "Set-Cookie" not in page.headers


def test_page_is_small(client: FlaskClient) -> None:
    for question in ("code/6", "regulation/4", "what changed in 2019"):
        assert len(client.get(f"/en/ask?q={question}").data) < 100_000


# -- nothing is stored ------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="granian serves on Linux")
def test_running_server_writes_no_question_anywhere(
    config: Config, port: int, tmp_path: Path
) -> None:
    before = _files(config.home)
    with (tmp_path / "log").open("wb") as log, served(config, port, log) as server:
        for question in ("zzyzx+gift", "zzyzx" + "y" * 400):
            _status(f"http://127.0.0.1:{port}/ru/ask?q={question}")
        server.terminate()
        assert server.stdout is not None
        said = server.stdout.read() + (tmp_path / "log").read_bytes()
        assert server.wait(30) == 0
    assert b"zzyzx" not in said
    assert _files(config.home) == before


def _files(folder: Path) -> dict[str, int]:
    return {str(p): p.stat().st_size for p in folder.rglob("*") if p.is_file()}


def _status(url: str) -> int:
    from urllib.error import HTTPError

    try:
        with urlopen(url) as answer:
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code
