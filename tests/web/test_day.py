"""The day of ``?on=``: chosen on every page, kept by every link, said plainly, corrected."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.web import days

ACT = "U1500000153"
PAGES = [
    "/en/",
    "/en/ask?q=code/6/8",
    "/en/search",
    "/en/search?q=commissioner",
    "/en/amendments",
    "/en/compare",
    f"/en/act/{ACT}/",
    f"/en/act/{ACT}/code/6/8",
    "/en/act/U0000000000/",
]
DAYS = [
    (
        "2014-05-06",
        "бұл күні акт әлі қабылданбаған",
        "в этот день акт ещё не был принят",
        "had not been adopted yet; it was adopted on 29 December 2015",
    ),
    (
        "2015-12-30",
        "қабылданған, бірақ әлі қолданылмаған",
        "принят, но ещё не действовал",
        "was not yet in force; it came into force on 1 January 2016",
    ),
    (
        "2023-01-01",
        "одан кейінгі өзгерістер болса, мұнда жоқ",
        "более поздних изменений, если они были, здесь нет",
        "the latest edition held is that of 22 February 2022",
    ),
    (
        "2999-01-01",
        "Бұл күн әлі келген жоқ",
        "Этот день ещё не наступил",
        "That day is still to come",
    ),
]


class _Links(HTMLParser):
    """Gathers the links and forms that a reader may follow, and what forms sent with GET carry."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[set[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a":
            self.links.append(values.get("href") or "")
        if tag == "form":
            # A browser drops the query of the address that a form is sent to with GET.
            posted = values.get("method") == "post"
            self.forms.append({"on"} if posted else set())
        if tag == "input" and self.forms:
            self.forms[-1].add(values.get("name") or "")


def followed(page: str) -> _Links:
    reader = _Links()
    reader.feed(page)
    return reader


def with_day(path: str, day: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}on={day}"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_lets_the_reader_choose_a_day(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert page.count('id="site-on"') == 1
    assert "You see what is known" not in page


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_the_day_and_the_way_back(client: FlaskClient, path: str) -> None:
    page = " ".join(client.get(with_day(path, "2018-01-01")).text.split())
    assert "You see what is known of 1 January 2018." in page
    back = re.search(r'<a href="([^"]*)">Back to the current edition', page)
    assert back
    assert "on" not in query_of(back[1])
    assert back[1].startswith(urlsplit(path).path)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_and_form_keeps_the_day(client: FlaskClient, path: str) -> None:
    found = followed(client.get(with_day(path, "2018-01-01")).text)
    pages = [urlsplit(link) for link in found.links if link and not link.startswith("#")]
    lost = [url.path for url in pages if parse_qs(url.query).get("on") != ["2018-01-01"]]
    # The way back itself, and the feed, which is of no day.
    assert {p for p in lost if not p.endswith(".atom")} <= {urlsplit(path).path}
    assert len([p for p in lost if not p.endswith(".atom")]) <= 1
    assert all("on" in form for form in found.forms)


def test_without_a_day_no_link_carries_one(client: FlaskClient) -> None:
    for path in PAGES:
        links = followed(client.get(path).text).links
        assert not [link for link in links if "on" in query_of(link)]


@pytest.mark.parametrize("path", PAGES[:-1])
@pytest.mark.parametrize("given", ["2018", "2018-02-30", "1.1.2018", '"><script>x</script>'])
def test_a_malformed_day_can_be_corrected(client: FlaskClient, path: str, given: str) -> None:
    query = {**query_of(path), "on": given}
    page = client.get(urlsplit(path).path, query_string=query)
    assert page.status_code == 400
    assert "<script>x" not in page.text
    assert 'aria-invalid="true" aria-describedby="site-on-hint"' in page.text
    found = followed(page.text)
    assert not [link for link in found.links if "on" in query_of(link)]
    # The rest of the query travels with the corrected day.
    assert all(f'name="{name}" value=' in page.text for name in query_of(path))


def query_of(path: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}


@pytest.mark.parametrize(
    ("day", "lang", "words"),
    [(d[0], lang, w) for d in DAYS for lang, w in zip(("kk", "ru", "en"), d[1:], strict=True)],
)
def test_days_outside_the_text_are_said_plainly(
    client: FlaskClient, day: str, lang: str, words: str
) -> None:
    page = " ".join(client.get(f"/{lang}/?on={day}").text.split())
    assert words in page


@pytest.mark.parametrize("day", ["2016-01-01", "2019-01-01", "2022-02-22"])
def test_days_within_the_text_need_no_warning(client: FlaskClient, day: str) -> None:
    bar = client.get(f"/en/?on={day}").text.split('<aside class="day-bar"')[1].split("</aside>")[0]
    assert "Decree of the President" not in bar
    assert "still to come" not in bar


def test_what_is_to_come_depends_on_today(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: date(2999, 1, 1))
    assert "still to come" not in app.test_client().get("/en/?on=2999-01-01").text


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/en/search?q=regulation/5&on=2018-01-01", "On 1 January 2018 an earlier wording"),
        ("/en/search?q=code/6/8&on=2018-01-01", "the wording may have been another"),
        ("/en/amendments?on=2018-01-01", "This act came later than"),
        (f"/en/act/{ACT}/regulation/5?on=2018-01-01", "an earlier wording"),
        ("/en/ask?q=Regulation paragraph 5&on=2018-01-01", "an earlier wording"),
    ],
)
def test_clauses_whose_wording_is_not_held_are_marked(
    client: FlaskClient, path: str, marked: str
) -> None:
    assert marked in " ".join(client.get(path).text.split())
    assert marked not in " ".join(client.get(path.replace("2018-01-01", "2022-03-01")).text.split())


def test_lists_of_clauses_mark_other_wordings(client: FlaskClient) -> None:
    path = f"/en/act/{ACT}/regulation/5"
    badge = "another wording applied on that day, or may have"
    assert badge in client.get(f"{path}?on=2018-01-01").text
    assert badge not in client.get(path).text


def test_entrance_keeps_the_day(client: FlaskClient) -> None:
    assert client.get("/?on=2018-01-01").location == "/kk/?on=2018-01-01"


def test_redirects_keep_the_day(client: FlaskClient) -> None:
    page = client.get(f"/en/act/{ACT}/code/6/8@2022-02-22?on=2018-01-01")
    assert page.location == f"/en/act/{ACT}/code/6/8?on=2018-01-01"
