"""A civil servant and legal staff walk the site on a phone, with and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from tests.browser.pages import ACT, PHONE, enter, follow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.needs_browser

CITATIONS = {
    "kk": "Әдеп кодексінің 7-тармағы",
    "ru": "пункт 7 Этического кодекса",
    "en": "Code of Ethics, paragraph 7",
}
LAW = "Мемлекеттік қызметшінің өзінің қызметтік міндеттерін атқару кезіндегі сыртқы келбеті"
EDITIONS = {"kk": "2022 ж. 22 ақпан", "ru": "22 февраля 2022", "en": "22 February 2022"}
REFUSALS = {
    "kk": ("Францияның астанасы қай қала?", "Мәтінде бұған жауап жоқ"),
    "ru": ("Какая столица Франции?", "В тексте нет ответа на это"),
    "en": ("What is the capital of France?", "The text does not answer this"),
}
ROOMS = {"kk": "214-кабинет", "ru": "каб. 214", "en": "room 214"}
# A word that fills several pages of results, and the same word misspelt.
MISSPELT = {
    "kk": ("уәкіл", "уәкіь"),
    "ru": ("уполномоченный", "уполномочинный"),
    "en": ("commissioner", "comissioner"),
}


def flat(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def spoken(page: Page, lang: str) -> None:
    """The page is in the reader's language, and says so."""
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator(".languages [aria-current]").get_attribute("lang") == lang


# -- the civil servant ------------------------------------------------------------------------


@pytest.mark.parametrize("lang", CITATIONS)
def test_civil_servant_gets_an_answer_to_cite_and_to_share(
    page: Page, context: BrowserContext, chromium: Browser, scripted: bool, lang: str
) -> None:
    page.goto(f"/{lang}/")
    example = page.locator(".examples a").first
    question = example.inner_text()
    follow(example)

    spoken(page, lang)
    assert page.locator("#q").input_value() == question
    card = page.locator("article.card").first
    assert flat(card.locator("blockquote.law").inner_text()).find(LAW) > 0
    cited = flat(card.locator(".cited-as").inner_text())
    assert CITATIONS[lang] in cited
    assert EDITIONS[lang] in cited

    button = card.locator("button[data-copy]").first
    if scripted:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        label = button.inner_text()
        button.click()
        page.wait_for_function(
            "([b, was]) => b.textContent !== was", arg=[button.element_handle(), label]
        )
        assert flat(page.evaluate("navigator.clipboard.readText()")) == cited
    else:
        assert button.is_hidden()
        card.locator(".cited-as").click(click_count=3)
        assert CITATIONS[lang] in page.evaluate("getSelection().toString()")

    answer = page.locator("section.answer").inner_text()
    friend = chromium.new_page(java_script_enabled=not scripted, viewport=PHONE)
    friend.goto(page.url)
    assert friend.locator("section.answer").inner_text() == answer
    assert flat(friend.locator(".cited-as").first.inner_text()) == cited
    friend.close()


@pytest.mark.parametrize("lang", REFUSALS)
def test_civil_servant_is_refused_and_sent_to_the_commissioner(page: Page, lang: str) -> None:
    question, refusal = REFUSALS[lang]
    page.goto(f"/{lang}/")
    page.fill("#q", question)
    enter(page, "#q")
    assert page.locator("#answer").inner_text() == refusal
    assert page.locator("article.card").count() == 0
    follow(page.locator("ul.next a[href$='/commissioner']"))
    page.wait_for_url(f"**/{lang}/commissioner")
    spoken(page, lang)
    assert "commissioner.toml" in page.locator("main").inner_text()
    assert page.locator("a[href^='tel:']").count() == 0


@pytest.mark.parametrize("lang", REFUSALS)
def test_civil_servant_finds_a_commissioner_who_is_named(
    page: Page, manned_site: str, lang: str
) -> None:
    page.goto(f"{manned_site}/{lang}/")
    page.fill("#q", REFUSALS[lang][0])
    enter(page, "#q")
    follow(page.locator("ul.next a", has_text="Сәуле Нұрланқызы Әбдірахманова"))
    page.wait_for_url(f"**/{lang}/commissioner")
    assert ROOMS[lang] in page.locator(".person").inner_text()
    assert page.locator(".person a").get_attribute("href") == "tel:+77172550011"
    assert page.locator(".hours").last.locator("li").count() > 0


def test_language_switch_keeps_the_question_and_the_day(page: Page) -> None:
    question = "Можно ли использовать государственное имущество в личных целях?"
    page.goto("/ru/")
    page.fill("#q", question)
    enter(page, "#q")
    for lang in ("kk", "en", "ru"):
        follow(page.locator(f".languages a[lang={lang}]"))
        page.wait_for_url(f"**/{lang}/ask?q=*")
        spoken(page, lang)
        assert page.locator("#q").input_value() == question
        assert page.locator("article.card h3 a").first.get_attribute("href") == (
            f"/{lang}/act/{ACT}/code/6/8"
        )


# -- legal staff ------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", CITATIONS)
def test_legal_staff_follow_an_amendment_to_its_clause(page: Page, lang: str) -> None:
    page.goto(f"/{lang}/")
    follow(page.locator(f".site-nav a[href='/{lang}/amendments']"))
    everything = page.locator(".timeline-list section.card").count()
    page.select_option("#choice-year", "2017")
    follow(page.locator(".choices button"))
    page.wait_for_url("**year=2017*")
    cards = page.locator(".timeline-list section.card")
    assert 0 < cards.count() < everything
    assert "487" in cards.first.locator("h2").inner_text()
    assert page.locator("svg.drawn a").count() > 0

    target = cards.first.locator(f"ul.changes a[href*='/{ACT}/regulation/']").first
    address = target.get_attribute("href")
    follow(target)
    page.wait_for_url(f"**{address}")
    spoken(page, lang)
    assert "487" in page.locator("#history").locator("xpath=..").inner_text()


@pytest.mark.parametrize("lang", CITATIONS)
def test_legal_staff_read_the_site_as_at_a_day(page: Page, lang: str) -> None:
    page.goto(f"/{lang}/act/{ACT}/")
    page.locator(".day-pick summary").click()
    page.fill("#site-on", "2018-01-01")
    follow(page.locator(".site-day button"))
    page.wait_for_url("**on=2018-01-01*")
    assert page.locator(".day-bar").is_visible()
    assert page.locator(".unit.other-wording").count() > 0

    follow(page.locator("#code-6 > .unit-mark"))
    for step in (".turn [rel=next]", ".site-nav a[href*='/search']", "ol.found h3 a"):
        follow(page.locator(step).first)
        assert "on=2018-01-01" in page.url
        assert "2018" in page.locator(".day-bar strong").inner_text()
        spoken(page, lang)
    follow(page.locator(".day-bar a").first)
    assert "on=" not in page.url
    assert page.locator(".day-bar").count() == 0
    follow(page.locator(".site-nav a").first)
    assert "on=" not in page.url


def test_day_that_is_none_can_be_corrected_on_the_spot(page: Page) -> None:
    page.goto(f"/kk/act/{ACT}/code/6/8?on=2018-13-45")
    page.locator(".day-bar input[type=date]").fill("2018-01-01")
    follow(page.locator(".day-bar button"))
    page.wait_for_url(f"**/kk/act/{ACT}/code/6/8?on=2018-01-01")
    assert page.locator("h1").inner_text() == "Әдеп кодексінің 6-тармағының 8) тармақшасы"


@pytest.mark.parametrize("lang", CITATIONS)
def test_feed_can_be_followed(page: Page, lang: str) -> None:
    page.goto(f"/{lang}/amendments?on=2018-01-01")
    address = page.locator("a.feed").get_attribute("href")
    assert address
    feed = page.request.get(address)
    assert feed.headers["content-type"].startswith("application/atom+xml")
    atom = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.fromstring(feed.text())
    numbers = [
        re.findall(r"№ ?(\d+)|No\. (\d+)", e.findtext(f"{atom}title", ""))
        for e in root.iter(f"{atom}entry")
    ]
    assert sorted("".join(found[0]) for found in numbers) == ["487", "74", "814"]


@pytest.mark.parametrize("lang", MISSPELT)
def test_search_corrects_narrows_and_turns_the_page(page: Page, scripted: bool, lang: str) -> None:
    right, wrong = MISSPELT[lang]
    page.goto(f"/{lang}/search")
    if scripted:
        page.keyboard.press("/")
        page.keyboard.type(wrong)
    else:
        page.fill("#search-q", wrong)
    enter(page, "#search-q")
    page.wait_for_url("**search?q=*")
    assert page.locator(".corrected strong").inner_text() == right
    assert page.locator("ol.found mark").count() >= 10

    first = page.locator("ol.found h3").all_inner_texts()
    follow(page.locator(".pages [rel=next]"))
    page.wait_for_url("**page=2*")
    assert not set(first) & set(page.locator("ol.found h3").all_inner_texts())

    facet = page.locator(".facets section").last.locator("a").first
    count = facet.locator(".count").inner_text()
    follow(facet)
    page.wait_for_url(re.compile("[?&](role|topic|by|component)="))
    spoken(page, lang)
    assert re.findall(r"\d+", page.locator("#results").inner_text()) == [count]
    assert page.locator("ol.found > li").count() == min(int(count), 10)
    follow(page.locator(".taken a").first)
    assert page.locator(".taken").count() == 0
    assert page.locator("#search-q").input_value() == wrong
