"""Headers on every response, escaped input, and error pages that say nothing of the inside."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.config import Config
from kb.errors import SearchTimeoutError
from kb.web.app import create_app
from kb.web.knowledge import Knowledge
from kb.web.security import HEADERS, MAX_BODY

ACT = "U1500000153"
EVERY = [
    "/", "/kk/", "/ru/ask?q=code/6", "/en/ask?q=&on=x", "/en/ask?q=" + "a" * 400, f"/en/act/{ACT}/",
    f"/en/act/{ACT}/code", f"/en/act/{ACT}/code/6/8", f"/en/act/{ACT}/code/99", "/kk/amendments",
    "/healthz", "/static/site.css", "/static/none.css", "/xx/", "/kk/../etc/passwd",
]  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", EVERY)
def test_headers_are_on_every_response(client: FlaskClient, path: str, method: str) -> None:
    with client.open(path, method=method) as response:
        for name, value in HEADERS.items():
            assert response.headers[name] == value


def test_policy_allows_nothing_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy


class _Faults(HTMLParser):
    """Gathers what the policy forbids, or would fetch from another host."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        inline = tag == "script" and "src" not in values
        if tag == "style" or (inline and values.get("type") != "application/ld+json"):
            self.found.append(tag)
        self.found += [f"{tag} {n}" for n in values if n == "style" or n.startswith("on")]
        names = ("src", "action", "formaction", "href" if tag == "link" else "")
        named = values.get("rel") in {"canonical", "alternate"}
        fetched = [values[n] for n in names if n in values and not named]
        self.found += [f"{tag} {u}" for u in fetched if not re.match(r"/(?!/)|data:|#|$", u)]


def page_faults(page: str) -> list[str]:
    """Inline scripts and styles, handlers, and what would be fetched from elsewhere."""
    reader = _Faults()
    reader.feed(page)
    return reader.found


@pytest.mark.parametrize("path", [p for p in EVERY if not p.startswith("/static")])
def test_pages_have_nothing_inline_and_nothing_from_outside(client: FlaskClient, path: str) -> None:
    page = client.get(path, follow_redirects=True).text
    assert "Traceback" not in page
    assert page_faults(page) == []


def test_page_faults_are_seen() -> None:
    bad = (
        "<script>x</script><script src='//cdn.example/x.js'></script><p style='a' onclick=b>"
        "<style>c</style><img src='https://example.com/x.png'><form action='http://e.com'></form>"
    )
    assert len(page_faults(bad)) == 7
    good = (
        "<script src='/static/x.js'></script><a href='https://adilet.zan.kz/'>x</a>"
        "<link rel='canonical' href='http://localhost/kk/'>"
        "<script type='application/ld+json'>{}</script>"
    )
    assert page_faults(good) == []


ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus=alert(1) autofocus='",
    "</title><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %}",
    "%(name)s %s %d 100%",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_question_is_escaped(client: FlaskClient, lang: str, attack: str) -> None:
    page = client.get(f"/{lang}/ask", query_string={"q": attack}).text
    assert "<script>" not in page
    assert "<img src=x" not in page
    assert "<svg onload" not in page
    assert html.escape(attack).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page


@pytest.mark.parametrize("attack", ATTACKS)
def test_other_input_is_escaped(client: FlaskClient, attack: str) -> None:
    for page in (
        client.get("/en/ask", query_string={"q": "x", "on": attack}),
        client.get(f"/en/act/{ACT}/{attack.replace('%', '%25')}"),
        client.get(f"/en/act/{ACT}/", query_string={"source": attack, "on": ""}),
    ):
        assert page.status_code < 500
        assert "<script>" not in page.text
        assert "<img src=x" not in page.text
        assert "<svg onload" not in page.text


@pytest.mark.parametrize(
    ("lang", "words"),
    [("kk", "Бұл бет тек оқуға"), ("ru", "только читать"), ("en", "reading only")],
)
def test_wrong_method(client: FlaskClient, lang: str, words: str) -> None:
    page = client.post(f"/{lang}/amendments")
    assert page.status_code == 405
    assert words in page.text
    assert "GET" in page.headers["Allow"]


@pytest.mark.parametrize(
    ("lang", "words"), [("kk", "1 мегабайттан"), ("ru", "1 мегабайта"), ("en", "1 megabyte")]
)
def test_large_body(client: FlaskClient, lang: str, words: str) -> None:
    page = client.post(f"/{lang}/ask", data=b"x" * (MAX_BODY + 1))
    assert page.status_code == 413
    assert words in page.text


@pytest.fixture
def failing(config: Config, monkeypatch: pytest.MonkeyPatch) -> Flask:
    app = create_app(config)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail(*_: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(Knowledge, "ask", fail)
    return app


@pytest.mark.parametrize(
    ("lang", "words"), [("kk", "Бізде қате"), ("ru", "У нас"), ("en", "Something went wrong")]
)
def test_crash_says_nothing_of_the_inside(failing: Flask, lang: str, words: str) -> None:
    page = failing.test_client().get(f"/{lang}/ask?q=code")
    assert page.status_code == 500
    assert words in page.text
    assert "secret" not in page.text
    assert "Traceback" not in page.text
    assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_search_that_takes_too_long(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object) -> None:
        raise SearchTimeoutError("the search took too long")

    monkeypatch.setattr(Knowledge, "ask", slow)
    page = app.test_client().get("/ru/ask?q=code")
    assert page.status_code == 503
    assert "слишком много времени" in page.text


def test_questions_are_not_kept_by_caches(client: FlaskClient) -> None:
    assert "no-store" in client.get("/en/ask?q=code/6").headers["Cache-Control"]


def test_static_files_are_kept_when_their_address_names_their_content(client: FlaskClient) -> None:
    with client.get("/static/site.css?v=1") as kept, client.get("/static/site.css") as plain:
        assert "max-age=31536000" in kept.headers["Cache-Control"]
        assert "max-age" not in plain.headers["Cache-Control"]
