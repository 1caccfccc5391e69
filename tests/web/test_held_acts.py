"""Several acts and editions: notes that only an older text has, a clause that is gone, Russian."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.config import Config
from kb.web.app import create_app
from tests.web.test_one_language import strangers

ORDER, LAW, DECREE = "V1800016985", "Z2000000331", "U1500000153"


@pytest.fixture(scope="module")
def client(held_acts_home: Path) -> Iterator[FlaskClient]:
    with create_app(Config(home=held_acts_home, encoder="none")).test_client() as client:
        yield client


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    """The main part of a page, with plain spaces."""
    response = client.get(address)
    assert response.status_code == status
    main = response.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(main).split())


# -- amendments -------------------------------------------------------------------------------


def test_the_note_that_the_newest_text_lost_is_an_event_with_its_edition(
    client: FlaskClient,
) -> None:
    text = page(client, f"/ru/amendments?act={ORDER}")
    card = text.partition('id="amended-12"')[2].partition("</section>")[0]
    assert f'href="/ru/act/{ORDER}/rules/7"' in card
    assert "Сноска редакции от 15 января 2019 г." in card
    newer = text.partition('id="amended-310"')[2].partition("</section>")[0]
    assert "Сноска редакции" not in newer
    assert newer.count('class="law-note"') == 6


def test_a_clause_that_is_gone_is_opened_in_the_edition_that_has_it(client: FlaskClient) -> None:
    for lang in ("kk", "ru", "en"):
        text = page(client, f"/{lang}/amendments?act={ORDER}")
        assert f'href="/{lang}/act/{ORDER}/rules/8@2019-01-15"' in text
        assert f'href="/{lang}/act/{ORDER}/rules/8"' not in text


def test_what_no_edition_has_leads_to_its_text(client: FlaskClient) -> None:
    text = page(client, f"/ru/amendments?act={LAW}")
    assert f'<a href="/ru/act/{LAW}/#law">Преамбула Закона</a>' in text
    assert '<span lang="ru">Сноска. Преамбула исключена' in text


def test_the_editions_are_events_to_read_and_to_compare(client: FlaskClient) -> None:
    text = page(client, f"/en/amendments?act={ORDER}")
    held = text.partition('id="held"')[2].partition("</section>")[0]
    newest, _, oldest = held.partition('id="edition-2019-01-15"')
    assert "12 October 2021" in newest
    assert "latest" in newest
    assert "in Kazakh, in Russian" in newest
    assert f'href="/en/act/{ORDER}/"' in newest
    assert f'href="/en/compare/{ORDER}/2019-01-15/2021-10-12"' in newest
    assert f'href="/en/act/{ORDER}/?on=2019-01-15"' in oldest
    assert "compare" not in oldest.lower()
    for href in re.findall(r'href="([^"]+)"', held):
        assert client.get(href).status_code == 200
    picture = text.partition("<svg")[2].partition("</svg>")[0]
    assert 'href="#edition-2021-10-12"' in picture


def test_the_feed_has_the_lost_note_and_the_texts_brought_in(client: FlaskClient) -> None:
    order, law = (client.get(f"/ru/feeds/{code}.atom").text for code in (ORDER, LAW))
    assert order.count("Приказ № 12 от 15.01.2019") == 1
    assert "пункт 8 Правил — исключение." in order
    assert 'blockquote lang="ru"' in html.unescape(law)
    assert f"/ru/act/{LAW}/?on=2024-01-01" in law
    assert "Загружен новый текст: редакция 01.01.2024" in law


# -- a clause that is gone, or not there yet --------------------------------------------------

ABSENT = [
    (
        f"/ru/act/{ORDER}/rules/8",
        "В редакции от 12 октября 2021 г. этого пункта нет: пункт 8 Правил. "
        "По сноске: Приказ № 310 от 12 октября 2021 г. — исключение из текста.",
        [f"/ru/act/{ORDER}/rules/8@2019-01-15"],
    ),
    (
        f"/kk/act/{ORDER}/rules/6-1@2019-01-15",
        "2019 ж. 15 қаңтар күнгі редакцияда мұндай тармақ жоқ: Қағидалардың 6-1-тармағы. "
        "Ескертпе бойынша: № 310 Бұйрық (2021 ж. 12 қазан) — толықтырылды.",
        [f"/kk/act/{ORDER}/rules/6-1"],
    ),
    # No note says what became of paragraph 5.
    (
        f"/en/act/{ORDER}/rules/5",
        "The edition of 12 October 2021 does not have this clause: Rules, paragraph 5.",
        [f"/en/act/{ORDER}/rules/5@2019-01-15"],
    ),
    (
        f"/en/act/{ORDER}/rules/4@2018-01-01",
        "The edition of 1 January 2018 is not held here.",
        [f"/en/act/{ORDER}/rules/4", f"/en/act/{ORDER}/rules/4@2019-01-15"],
    ),
]


@pytest.mark.parametrize(("address", "said", "hrefs"), ABSENT)
def test_an_absent_clause_is_offered_in_the_editions_that_have_it(
    client: FlaskClient, address: str, said: str, hrefs: list[str]
) -> None:
    text = page(client, address, 404)
    assert f'<p class="lead">{said}</p>' in text
    links = text.partition('class="clause-links"')[2].partition("</ul>")[0]
    assert re.findall(r'href="([^"]+)"', links) == hrefs
    assert all(client.get(href).status_code == 200 for href in hrefs)


def test_the_page_of_the_older_clause_says_what_took_it_out(client: FlaskClient) -> None:
    text = page(client, f"/ru/act/{ORDER}/rules/8@2019-01-15")
    assert "По сноске: Приказ № 310 от 12 октября 2021 г. — исключение из текста." in text
    crumbs = text.partition('class="crumbs"')[2].partition("</nav>")[0]
    anchored = re.findall(r'href="([^"]+)#rules-8"', crumbs)
    assert anchored == [f"/ru/act/{ORDER}/?on=2019-01-15"]
    assert 'id="rules-8"' in client.get(anchored[0]).text


def test_the_act_offers_its_editions_and_marks_the_latest(client: FlaskClient) -> None:
    for query, shown in (("", "2021"), ("?on=2020-01-01", "2019")):
        text = page(client, f"/en/act/{ORDER}/{query}")
        links = text.partition('aria-label="Editions"')[2].partition("</nav>")[0]
        found = re.findall(r'href="([^"]+)"( aria-current="true")?>([^<]+)<', links)
        assert [(href, words) for href, _, words in found] == [
            (f"/en/act/{ORDER}/", "12 October 2021 (latest)"),
            (f"/en/act/{ORDER}/?on=2019-01-15", "15 January 2019"),
        ]
        assert [words.split()[2] for _, current, words in found if current] == [shown]
    assert 'aria-label="Editions"' not in page(client, f"/en/act/{LAW}/")


# -- a text in Russian alone ------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        f"act/{LAW}/", f"act/{LAW}/?source=1", f"act/{LAW}/law/2", f"ask?q={LAW}/law/2",
        f"search?act={LAW}", f"amendments?act={LAW}", "about",
    ],
)  # fmt: skip
def test_the_words_of_a_russian_act_are_marked_as_russian(
    client: FlaskClient, address: str
) -> None:
    text = page(client, f"/en/{address}")
    assert strangers(f"<html lang='en'>{text}", "en") == []
    assert re.search(r'lang="ru"[^>]*>(<p>)?[^<]*[а-я]', text)
    marked_kazakh = " ".join(re.findall(r'lang="kk"[^>]*>([^<]*)', text))
    assert not re.search("хранени|документ|Сноска|Глава", marked_kazakh)


def test_a_russian_act_is_read_searched_asked_and_cited(client: FlaskClient) -> None:
    words = "Срок выдачи не превышает тридцати дней."
    assert words in page(client, f"/ru/act/{LAW}/law/6")
    found = page(client, "/ru/search?q=срок+выдачи+документа")
    assert f'href="/ru/act/{LAW}/law/6"' in found
    answer = page(client, f"/ru/ask?q={LAW}/law/6")
    assert words in answer
    assert '<p class="label">Текст закона</p>' in answer
    assert "Закон Республики Казахстан от 4 мая 2020 года № 331-VI ЗРК" in answer
    assert "Заң мәтіні (орыс тілінде)" in page(client, f"/kk/act/{LAW}/law/6")
    crumbs = page(client, f"/ru/act/{LAW}/law/1/1").partition("crumbs")[2].partition("</nav>")[0]
    assert ">Статья 1<" in crumbs


def test_each_article_stands_once_under_its_innermost_heading(client: FlaskClient) -> None:
    text = page(client, f"/ru/act/{LAW}/").partition('id="act-text"')[2]
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    found = re.findall(
        r"<h3 [^>]*>([^<]+)</h3>|class=\"unit unit-article[^>]* id=\"([^\"]+)\"", text
    )
    assert [heading or article for heading, article in found] == [
        "Раздел 1. ОБЩАЯ ЧАСТЬ",
        "Глава 1. ОСНОВНЫЕ ПОЛОЖЕНИЯ", "law-1", "law-2",
        "Глава 2. ГОСУДАРСТВЕННОЕ РЕГУЛИРОВАНИЕ", "law-3", "law-4",
        "Раздел 2. ОСОБЕННАЯ ЧАСТЬ",
        "Глава 3. ПОРЯДОК ХРАНЕНИЯ",
        "Параграф 1. Прием", "law-5",
        "Параграф 2. Выдача", "law-6", "law-6_1",
        "Глава 4. ЗАКЛЮЧИТЕЛЬНЫЕ ПОЛОЖЕНИЯ", "law-7", "law-8", "law-9",
    ]  # fmt: skip
    for href in re.findall(r'href="#([^"]+)"', page(client, f"/ru/act/{LAW}/")):
        assert href in {*ids, "main"}


def test_the_crumbs_of_an_article_lead_to_its_chapter(client: FlaskClient) -> None:
    crumbs = page(client, f"/ru/act/{LAW}/law/6-1").partition("crumbs")[2].partition("</nav>")[0]
    assert f'href="/ru/act/{LAW}/#law-chapter-3">Глава 3<' in crumbs
    assert f'href="/ru/act/{LAW}/#law-6_1"' in crumbs


# -- the official text ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", [f"/ru/ask?q={ORDER}/rules/4", f"/ru/search?act={ORDER}&page=2"]
)
def test_the_official_text_stands_in_answers_and_results(client: FlaskClient, address: str) -> None:
    text = page(client, address)
    before, found, _ = text.partition("Документ выдается читателю на")
    assert found
    label = before.rpartition('<p class="label"')[2].partition("</p>")[0]
    assert "Официальный текст на русском языке · Редакция от 12 октября 2021 г." in label
    assert 'class="law translation official"' in before[-500:]


def test_a_quote_is_copied_with_the_official_text(client: FlaskClient) -> None:
    text = client.get(f"/ru/ask?q={ORDER}/rules/4").text
    [quote] = [q for q in re.findall(r'data-copy="([^"]*)"', text) if "\n«4. Документ" in q]
    assert html.unescape(quote).replace("\u202f", " ").split("\n")[:4] == [
        "«4. Құжат оқырманға күнтізбелік отыз күнге беріледі.»",
        "",
        "Официальный текст на русском языке, редакция от 12 октября 2021 г.:",
        "«4. Документ выдается читателю на тридцать календарных дней.»",
    ]
    kazakh = client.get(f"/kk/ask?q={ORDER}/rules/4").text
    assert "Документ выдается" not in kazakh


# -- what is held -----------------------------------------------------------------------------


def test_a_refusal_names_the_acts_and_leads_to_them(client: FlaskClient) -> None:
    text = page(client, "/ru/ask?q=статья+52+трудового+кодекса")
    assert "Здесь есть такие акты: Указ Президента Республики Казахстан" in text
    assert "Закон Республики Казахстан от 4 мая 2020 года № 331-VI ЗРК." in text
    assert "только Указ" not in text
    assert 'href="/ru/about#coverage"' in text


def test_the_page_about_the_site_lists_the_editions(client: FlaskClient) -> None:
    text = page(client, "/en/about")
    assert f'<a href="/en/act/{ORDER}/?on=2019-01-15">15 January 2019</a> – in Kazakh' in text
    assert "Only the editions named above are held." in text
    assert "One edition is held" not in text
    brought = text.partition("brought in texts of these acts")[2].partition("</ul>")[0]
    assert "No. 331-VI" in brought
    assert "No. 153" not in brought


# -- the language of a question without one ---------------------------------------------------


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("question", [DECREE, "code/6/8", f"{DECREE}/code/6/8", "6/8", "№ 814"])
def test_what_has_no_language_is_answered_in_that_of_the_page(
    client: FlaskClient, lang: str, question: str
) -> None:
    text = page(client, f"/{lang}/ask?q={question}")
    assert f'<div class="ours lead-line" lang="{lang}">' in text


@pytest.mark.parametrize(
    ("page_lang", "question", "lang"),
    [
        ("kk", "адеп", "kk"),
        ("ru", "әдеп", "kk"),
        ("kk", "Можно ли хамить гражданам?", "ru"),
        ("ru", "May I accept a gift?", "en"),
        ("en", "пункт 9", "ru"),
    ],
)
def test_the_words_of_a_question_decide_where_they_can(
    client: FlaskClient, page_lang: str, question: str, lang: str
) -> None:
    text = page(client, f"/{page_lang}/ask?q={question}")
    assert f'<div class="ours lead-line" lang="{lang}">' in text
