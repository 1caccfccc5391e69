"""The Atom feed of an act: what RFC 4287 asks for, lasting ids, entries that lead to clauses."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.config import Config
from kb.web.app import create_app

ACT = "U1500000153"
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed_of(client: FlaskClient, lang: str = "en", **query: str) -> ElementTree.Element:
    response = client.get(f"/{lang}/feeds/{ACT}.atom", query_string=query)
    assert response.mimetype == "application/atom+xml"
    return ElementTree.fromstring(response.data)


def text(element: ElementTree.Element, path: str) -> str:
    found = element.find("/".join(ATOM + step for step in path.split("/")))
    assert found is not None
    assert found.text
    return found.text


def links(element: ElementTree.Element) -> dict[str, str]:
    return {
        link.get("rel") or "": link.get("href") or "" for link in element.findall(f"{ATOM}link")
    }


@pytest.mark.parametrize(
    ("lang", "title", "entry"),
    [
        ("kk", "Өзгерістер: Қазақстан", "№ 814 Жарлық (22.02.2022): Қазақстан"),
        ("ru", "Изменения: Указ", "Указ № 814 от 22.02.2022: Указ Президента"),
        ("en", "Amendments: Decree", "Decree No. 814 of 22 February 2022: Decree of the President"),
    ],
)
def test_feed_speaks_the_language(client: FlaskClient, lang: str, title: str, entry: str) -> None:
    feed = feed_of(client, lang)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(LANG) == lang
    assert text(feed, "title").startswith(title)
    assert entry in " ".join(text(feed, "entry/title").split())
    assert text(feed, "author/name") == "Adep"


def test_feed_has_what_the_standard_asks_for(client: FlaskClient) -> None:
    feed = feed_of(client)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    for element in (feed, *entries):
        assert text(element, "id").startswith("urn:x-adep:")
        assert datetime.fromisoformat(text(element, "updated")).tzinfo is not None
        assert urlsplit(links(element)["alternate"]).netloc == "localhost"
    assert links(feed)["self"] == f"http://localhost/en/feeds/{ACT}.atom"
    updated = [text(entry, "updated") for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert text(feed, "updated") == updated[0] == "2022-02-22T00:00:00+00:00"


def test_ids_are_each_ones_own_and_the_same_at_any_address(
    client: FlaskClient, config: Config
) -> None:
    elsewhere = create_app(replace(config, site_url="https://adep.example.kz")).test_client()
    ids = {lang: [e.text for e in feed_of(client, lang).iter(f"{ATOM}id")] for lang in ("kk", "en")}
    assert [e.text for e in feed_of(elsewhere, "en").iter(f"{ATOM}id")] == ids["en"]
    assert len({*ids["kk"], *ids["en"]}) == 8


def test_entries_lead_to_the_clauses(client: FlaskClient) -> None:
    for entry in feed_of(client).findall(f"{ATOM}entry"):
        page, _, anchor = links(entry)["alternate"].partition("#")
        assert f'id="{anchor}"' in client.get(urlsplit(page).path).text
        hrefs = re.findall(r'href="http://localhost(/[^"]*)"', text(entry, "content"))
        assert len(hrefs) == 2
        assert all(client.get(href).status_code == 200 for href in hrefs)


def test_content_has_the_words_of_the_note(client: FlaskClient) -> None:
    content = text(feed_of(client), "entry/content")
    assert '<blockquote lang="kk">Сілтеме. 1-тармаққа өзгерістер енгізілді' in content


def test_feed_is_of_no_day(client: FlaskClient) -> None:
    plain = ElementTree.tostring(feed_of(client))
    assert ElementTree.tostring(feed_of(client, on="2018-01-01")) == plain
    assert client.get(f"/en/feeds/{ACT}.atom?on=nonsense").status_code == 200


def test_public_address_comes_from_the_settings(config: Config) -> None:
    app = create_app(replace(config, site_url="https://adep.example.kz/"))
    feed = feed_of(app.test_client(), "ru")
    assert links(feed)["self"] == f"https://adep.example.kz/ru/feeds/{ACT}.atom"
    assert "https://adep.example.kz/ru/act/" in text(feed, "entry/content")
    assert "localhost" not in ElementTree.tostring(feed, encoding="unicode")


@pytest.mark.parametrize(
    ("path", "linked"),
    [
        ("/ru/amendments", True),
        (f"/ru/act/{ACT}/", True),
        (f"/ru/act/{ACT}/code/6?on=2018-01-01", True),
        ("/ru/", False),
        ("/ru/search", False),
    ],
)
def test_pages_of_an_act_name_its_feed(client: FlaskClient, path: str, linked: bool) -> None:
    page = client.get(path).text
    link = '<link rel="alternate" type="application/atom+xml" title="Изменения: Указ'
    assert (link in page) == linked
    assert (f'href="/ru/feeds/{ACT}.atom">' in page.split("<body>")[0]) == linked


def test_unknown_act(client: FlaskClient) -> None:
    assert client.get("/en/feeds/U0000000000.atom").status_code == 404


def test_a_reader_that_has_it_is_told_so(app: Flask) -> None:
    client = app.test_client()
    tag = client.get(f"/en/feeds/{ACT}.atom").headers["ETag"]
    again = client.get(f"/en/feeds/{ACT}.atom", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
