"""Every route, in every language: its status and words that must stand on it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

ACT = "U1500000153"
RUDE = "Можно ли хамить гражданам"

# A path without its language, and a word of the page in kk, ru and en.
PAGES = [
    ("/", "Сұрағыңызды жазыңыз", "Задайте вопрос", "Ask a question"),
    ("/ask?q=6-тармақ 8)", "Заңда жазылғаны", "Что сказано в тексте", "What the text says"),
    ("/ask?q=code/6/8", "Заң мәтіні", "Неофициальный перевод", "Unofficial translation"),
    ("/ask?q=" + RUDE, "Сұрақ қою", "Спросить", "Ask"),
    (f"/act/{ACT}/", "Мазмұны", "Содержание", "Contents"),
    (f"/act/{ACT}/?source=1", "ешбір әрпі", "без единой", "no letter corrected"),
    (f"/act/{ACT}/?on=2018-01-01", "2018 ж. 1 қаңтар", "1 января 2018", "1 January 2018"),
    (f"/act/{ACT}/?on=2015-12-30", "2016 ж. 1 қаңтар", "1 января 2016", "1 January 2016"),
    (f"/act/{ACT}/code/6/8", "Мемлекеттік мүлік", "Государственное имущество", "State property"),
    (f"/act/{ACT}/regulation/2", "№ 487 Жарлықпен", "Указом № 487", "by Decree No. 487"),
    (f"/act/{ACT}/regulation/2?on=2016-05-01", "бізде жоқ", "её у нас нет", "is not held here"),
    (f"/act/{ACT}/regulation/9/part-3", "үшінші бөлігі", "асть третья", "third part"),
    (f"/act/{ACT}/decree/preamble", "кіріспесі", "реамбула", "preamble"),
    (f"/act/{ACT}/annex/4", "Қосымшаның 4-тармағы", "ункт 4 Приложения", "Annex, paragraph 4"),
    ("/amendments", "№ 814 Жарлық", "Указ № 814", "Decree No. 814"),
    ("/compare", "салыстыратын ештеңе жоқ", "Сравнивать пока нечего", "nothing to compare yet"),
]
LANGUAGES = ("kk", "ru", "en")


@pytest.mark.parametrize(
    ("path", "lang", "words"),
    [(p[0], lang, w) for p in PAGES for lang, w in zip(LANGUAGES, p[1:], strict=True)],
)
def test_page_is_served_in_its_language(
    client: FlaskClient, path: str, lang: str, words: str
) -> None:
    page = client.get(f"/{lang}{path}")
    assert page.status_code == 200
    assert words in " ".join(page.text.split())
    assert f'<html lang="{lang}">' in page.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/ask?q=x&on=2018-13-01", 400),
        ("/en/ask?q=x&on=20180101", 400),
        ("/en/ask?q=x&on=yesterday", 400),
        (f"/en/act/{ACT}/?on=2018-02-30", 400),
        (f"/en/act/{ACT}/code/6?on=1", 400),
        ("/en/ask?q=" + "a" * 301, 400),
        ("/en/ask?q=" + "code/6 " * 40, 200),
        ("/en/ask?q=x&on=", 200),
        ("/en/ask", 200),
        ("/en/ask?q=%00", 200),
        ("/en/ask?q=%3F%3F%3F", 200),
        ("/de/", 404),
        ("/kk/nothing", 404),
        ("/en/act/U0000000000/", 404),
        (f"/en/act/{ACT}/code/6/88", 404),
        (f"/en/act/{ACT}/Foo%20bar", 404),
        (f"/en/act/{ACT}/code/6@2016-01-01", 404),
        (f"/en/act/{ACT}/nothing", 404),
        (f"/en/compare/{ACT}/2022-02-22/2022-02-22", 200),
        (f"/en/compare/{ACT}/2022-02-22/2023-01-01", 404),
        ("/en/compare/U0000000000/2022-02-22/2023-01-01", 404),
        (f"/en/compare/{ACT}/2022-02-22", 404),
        ("/healthz", 200),
    ],
)
def test_status(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


@pytest.mark.parametrize(
    ("accept", "lang"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.5", "ru"),
        ("en-US", "en"),
        ("kk-KZ,ru;q=0.8", "kk"),
        ("ru;q=0.3,en-GB;q=0.9,*;q=0.1", "en"),
        ("ru;q=0,de", "kk"),
        ("de,fr;q=0.5", "kk"),
        ("", "kk"),
    ],
)
def test_entrance_follows_the_browser(client: FlaskClient, accept: str, lang: str) -> None:
    page = client.get("/", headers={"Accept-Language": accept})
    assert (page.status_code, page.location) == (303, f"/{lang}/")
    assert "Accept-Language" in page.headers["Vary"]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("code", "#code"),
        ("regulation/chapter-2", "#regulation-chapter-2"),
        ("code/6/8@2022-02-22", "code/6/8"),
        ("code/6/", "code/6"),
    ],
)
def test_other_forms_of_an_address_lead_to_the_page(
    client: FlaskClient, path: str, target: str
) -> None:
    page = client.get(f"/en/act/{ACT}/{path}")
    assert (page.status_code, page.location) == (302, f"/en/act/{ACT}/{target}")


def test_empty_question_brings_the_home_page_with_a_message(client: FlaskClient) -> None:
    assert "The question is empty" in client.get("/en/ask?q=+").text


def test_long_question_is_refused_in_one_clear_line(client: FlaskClient) -> None:
    page = client.get("/ru/ask?q=" + "а" * 301).text
    assert "Вопрос слишком длинный, знаков: 301; уложитесь в 300." in page


def test_unknown_clause_suggests_those_that_exist(client: FlaskClient) -> None:
    page = client.get(f"/en/act/{ACT}/code/6/10").text
    assert "No clause has this address" in page
    assert f"/en/act/{ACT}/code/6/9" in page


def test_question_is_answered_in_its_own_language(client: FlaskClient) -> None:
    page = client.get("/kk/ask?q=Можно ли использовать служебную машину в личных целях").text
    assert '<div class="ours lead-line" lang="ru">' in page
    assert '<html lang="kk">' in page


def test_items_of_a_list_stand_under_it(client: FlaskClient) -> None:
    page = client.get("/en/ask?q=Code paragraph 6").text
    assert page.count('<article class="card">') == 1
    assert page.count('class="item-label"') == 9


def test_day_in_the_past_is_not_answered_with_a_later_wording(client: FlaskClient) -> None:
    page = client.get("/en/ask?q=Regulation paragraph 2&on=2016-05-01").text
    assert "The text of that day is not held here" in page
    assert "On 1 May 2016 an earlier wording" in page
    assert '<article class="card">' not in page


def test_act_has_an_anchor_for_every_clause(client: FlaskClient, clauses: list[str]) -> None:
    page = client.get(f"/en/act/{ACT}/").text
    missing = [a for a in clauses if f'id="{a.replace("/", "-")}"' not in page]
    assert not missing
    assert all(f'href="/en/act/{ACT}/{a}"' in page for a in clauses)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_clause_has_a_page(client: FlaskClient, clauses: list[str], lang: str) -> None:
    for address in clauses:
        page = client.get(f"/{lang}/act/{ACT}/{address}")
        assert page.status_code == 200, address
        assert f"{ACT}/{address}@2022-02-22" in page.text


def test_source_is_shown_letter_for_letter(client: FlaskClient) -> None:
    assert "Әдеп жөнндег уәк л – қызметт к" in client.get(f"/kk/act/{ACT}/regulation/1").text
    assert "Әдеп жөнндег уәк л – қызметт к" in client.get(f"/kk/act/{ACT}/?source=1").text
    assert "Әдеп жөнндег уәк л" not in client.get(f"/kk/act/{ACT}/").text


def test_clause_says_how_to_cite_it_in_three_languages(client: FlaskClient) -> None:
    page = client.get(f"/en/act/{ACT}/code/6/8").text
    for words in (
        "Әдеп кодексінің 6-тармағының 8) тармақшасы (",
        "подпункт 8) пункта 6 Этического кодекса (",
        "Code of Ethics, paragraph 6, subparagraph 8) (",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("address", "before", "after"),
    [
        ("code/6/8", "code/6/7", "code/6/9"),
        ("code/6/1", "code/6", "code/6/2"),
        ("code/6/9", "code/6/8", "code/7"),
        ("code/12", "code/11", "regulation/1"),
        ("regulation/9/part-3", "regulation/9/part-2", "regulation/10"),
    ],
)
def test_previous_and_next(client: FlaskClient, address: str, before: str, after: str) -> None:
    page = client.get(f"/en/act/{ACT}/{address}").text
    assert f'rel="prev" href="/en/act/{ACT}/{before}"' in page
    assert f'rel="next" href="/en/act/{ACT}/{after}"' in page


def test_first_and_last_have_one_neighbour(client: FlaskClient) -> None:
    assert 'rel="prev"' not in client.get(f"/en/act/{ACT}/decree/preamble").text
    assert 'rel="next"' not in client.get(f"/en/act/{ACT}/annex/4").text


def test_language_links_keep_the_page_and_its_query(client: FlaskClient) -> None:
    page = client.get("/ru/ask?q=code/6&on=2022-03-01&_scheme=x&endpoint=y").text
    for lang in LANGUAGES:
        href = f"/{lang}/ask?q=code%2F6&amp;on=2022-03-01"
        assert f'<a href="{href}" lang="{lang}"' in page


def test_quotes_are_marked_as_kazakh(client: FlaskClient) -> None:
    page = client.get(f"/ru/act/{ACT}/code/7").text
    assert '<div class="law" lang="kk">' in page


def test_amendments_stand_newest_first(client: FlaskClient) -> None:
    page = client.get("/en/amendments").text
    places = [page.index(f"Decree No. {number}") for number in ("814", "74", "487", "1567")]
    assert places == sorted(places)


def test_health(client: FlaskClient) -> None:
    report = client.get("/healthz").get_json()
    assert report["status"] == "ok"
    assert report["index"]["clauses"] == 90
