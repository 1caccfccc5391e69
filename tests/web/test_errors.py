"""Error pages: in the reader's language, with what to do next and what may have been meant."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from kb.config import Config
from kb.errors import SearchTimeoutError
from kb.web.app import create_app
from kb.web.knowledge import Knowledge, knowledge
from kb.web.mistyped import clauses_meant, page_meant, pieces_of

ACT = "U1500000153"
LANGUAGES = ("kk", "ru", "en")
HOME = {"kk": "Басты бет", "ru": "Главная страница", "en": "Home page"}


@pytest.mark.parametrize(
    ("path", "addresses"),
    [
        (f"/ru/act/{ACT}/kodeks/6", ["code/6"]),
        ("/ru/code/6/8", ["code/6/8"]),
        ("/code/6/8", ["code/6/8"]),
        ("/ru/кодекс/6/8", ["code/6/8"]),
        ("/kk/ереже/9", ["regulation/9"]),
        ("/kk/әдеп-кодексі/6-тармақ/8)", ["code/6/8"]),
        ("/ru/act/У1500000153/положение/п.9/часть-3", ["regulation/9/part-3"]),
        (f"/en/act/{ACT}/Code/6.8", ["code/6/8"]),
        (f"/en/act/{ACT}/regulaton/4/10", ["regulation/4/10"]),
        ("/en/act/U1500000135/code/7", ["code/7"]),
        ("/en/act/153/code/7", ["code/7"]),
        ("/en/code6/8", ["code/6/8"]),
        ("/en/decree/preamble", ["decree/preamble"]),
        ("/en/annex/4@2022-02-22", ["annex/4"]),
        (f"/en/{ACT}/7", ["code/7", "regulation/7"]),
        ("/en/code/6/99", ["code/6/9", "code/6/8"]),
        ("/en/search/2", []),
        ("/en/6/8", []),
        ("/en/nothing", []),
        ("/", []),
        ("/" + "9" * 5000, []),
        ("/" + "/".join("123456789") * 400, []),
    ],
)
def test_clauses_that_a_path_may_mean(app: Flask, path: str, addresses: list[str]) -> None:
    with app.app_context():
        found = clauses_meant(path, knowledge().library)
    shown = [citation.clause.address.short for citation in found]
    assert shown[:1] == addresses[:1]
    assert set(addresses) <= set(shown) or not addresses
    assert len(shown) <= 4


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [
        ("/ru/serch", "searching.search_page"),
        ("/en/amendment", "amendments.amendments_page"),
        ("/kk/commisioner", "contact.contact_page"),
        ("/ru/kontakty", "contact.contact_page"),
        ("/en/about.html", "about.about_page"),
        ("/ru/index.php", "asking.home"),
        ("/en/zzz", None),
        ("/en/", None),
    ],
)
def test_page_that_a_path_may_mean(path: str, endpoint: str | None) -> None:
    assert page_meant(path) == endpoint


def test_only_the_first_pieces_of_a_path_are_looked_at() -> None:
    assert pieces_of("/RU/Act/" + "x/" * 100) == ["x"] * 7
    assert pieces_of("/en/" + "y" * 41 + "/z") == ["z"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["code/6/8", f"act/{ACT}/kodeks/6/8", f"act/{ACT}/code/6/88"])
def test_not_found_offers_the_clause(client: FlaskClient, lang: str, path: str) -> None:
    page = client.get(f"/{lang}/{path}")
    assert page.status_code == 404
    assert f'<html lang="{lang}">' in page.text
    assert f'href="/{lang}/act/{ACT}/code/6/8"' in page.text


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", "Мына бетті іздеген боларсыз:"),
        ("ru", "Возможно, нужна эта страница:"),
        ("en", "Perhaps you want this page:"),
    ],
)
def test_not_found_offers_the_page(client: FlaskClient, lang: str, words: str) -> None:
    page = " ".join(client.get(f"/{lang}/amendmets").text.split())
    assert f'{words} <a href="/{lang}/amendments">' in page


@pytest.fixture(scope="module")
def broken(config: Config) -> Flask:
    """A site with a page that ends in any status."""
    app = create_app(replace(config, requests_per_minute=10_000))

    @app.get("/<any(kk, ru, en):lang>/broken/<int:code>")
    def ends_so(code: int) -> str:
        abort(code)

    return app


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("code", "shown"),
    [(400, 400), (404, 404), (405, 405), (406, 400), (413, 413), (414, 400), (415, 400), (416, 400),
     (422, 400), (429, 429), (431, 400), (500, 500), (501, 500), (502, 500), (503, 503)],
)  # fmt: skip
def test_page_of_every_status(broken: Flask, lang: str, code: int, shown: int) -> None:
    page = broken.test_client().get(f"/{lang}/broken/{code}")
    assert page.status_code == code
    assert f'<html lang="{lang}">' in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    assert HOME[lang] in page.text
    assert "error." not in re.sub(r"<[^>]*>", "", page.text)
    assert "Traceback" not in page.text
    assert f'href="/{lang}/commissioner"' in page.text
    same = broken.test_client().get(f"/{lang}/broken/{shown}")
    heading = re.compile("<h1>(.+)</h1>")
    assert heading.findall(page.text) == heading.findall(same.text)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("kk", "Қайта көру"), ("ru", "Попробовать ещё раз"), ("en", "Try again")],
)
def test_what_passes_may_be_tried_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, lang: str, words: str
) -> None:
    def slow(*_: object) -> None:
        raise SearchTimeoutError("the search took too long")

    monkeypatch.setattr(Knowledge, "ask", slow)
    page = app.test_client().get(f"/{lang}/ask?q=a%26b&on=2022-03-01")
    assert page.status_code == 503
    assert f'<a href="/{lang}/ask?q=a%26b&amp;on=2022-03-01">{words}</a>' in page.text


def test_what_does_not_pass_is_not_to_be_tried_again(client: FlaskClient) -> None:
    for path in ("/en/nothing", "/en/ask?q=" + "a" * 301):
        assert "Try again" not in client.get(path).text


def test_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    page = client.delete("/en/about")
    assert page.status_code == 405
    assert "GET" in page.headers["Allow"]


@pytest.mark.parametrize(
    "path", ["//evil.example/ru/", "/ru//evil.example", "/ru/%2F%2Fevil.example", "/ru/%0d%0aX:y"]
)
def test_odd_paths_lead_nowhere_else(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code in {308, 400, 404}
    assert 'href="//' not in page.text
    assert "evil.example" not in (page.location or "").removeprefix("http://localhost")[:2]
