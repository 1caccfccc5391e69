"""What machines look for: descriptions of the search, the sitemap, robots, canonical links."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from kb.config import Config
from kb.web.app import create_app

ACT = "U1500000153"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGES = ("kk", "ru", "en")


# -- opensearch -------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "path"), [("opensearch", "search"), ("opensearch-ask", "ask")])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_browsers_learn_to_search(client: FlaskClient, lang: str, name: str, path: str) -> None:
    response = client.get(f"/{lang}/{name}.xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    root = ElementTree.fromstring(response.data)
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    texts = {element.tag.removeprefix(OPENSEARCH): element.text for element in root}
    # The specification allows 16 characters, and 1024 for the description.
    assert 0 < len(texts["ShortName"] or "") <= 16
    assert texts["Description"]
    assert texts["Language"] == lang
    urls = {url.get("rel"): url.get("template") or "" for url in root.iter(f"{OPENSEARCH}Url")}
    assert urls["results"] == f"http://localhost/{lang}/{path}?q={{searchTerms}}"
    assert urls["self"] == f"http://localhost/{lang}/{name}.xml"
    asked = urls["results"].replace("{searchTerms}", quote("этика"))
    assert client.get(asked).status_code == 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_name_the_descriptions(client: FlaskClient, lang: str) -> None:
    head = client.get(f"/{lang}/").text.split("<body>")[0]
    for name in ("opensearch", "opensearch-ask"):
        assert re.search(rf'<link rel="search" [^>]*href="/{lang}/{name}.xml">', head)


# -- the sitemap ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sitemap(config: Config) -> ElementTree.Element:
    app = create_app(replace(config, site_url="https://adep.example.kz"))
    response = app.test_client().get("/sitemap.xml")
    assert response.mimetype == "application/xml"
    return ElementTree.fromstring(response.data)


def places(sitemap: ElementTree.Element) -> list[str]:
    return [loc.text or "" for loc in sitemap.iter(f"{SITEMAP}loc")]


def test_sitemap_has_every_page_in_every_language(
    sitemap: ElementTree.Element, clauses: list[str]
) -> None:
    found = places(sitemap)
    assert len(found) == len(set(found))
    for lang in LANGUAGES:
        base = f"https://adep.example.kz/{lang}"
        pages = ["/", "/search", "/amendments", f"/act/{ACT}/"]
        pages += [f"/act/{ACT}/{address}" for address in clauses]
        assert not {base + page for page in pages} - set(found)


def test_sitemap_leaves_out_what_is_a_readers_own(sitemap: ElementTree.Element) -> None:
    assert not [place for place in places(sitemap) if "?" in place or "/ask" in place]
    assert not [place for place in places(sitemap) if place.endswith("/note")]


def test_sitemap_pages_are_there(sitemap: ElementTree.Element, client: FlaskClient) -> None:
    paths = [urlsplit(place).path for place in places(sitemap)]
    general = [path for path in paths if "/act/" not in path]
    assert [client.get(path).status_code for path in general] == [200] * len(general)


def test_sitemap_names_the_other_languages_and_the_edition(sitemap: ElementTree.Element) -> None:
    for url in sitemap.iter(f"{SITEMAP}url"):
        links = {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")}
        assert links.keys() == {*LANGUAGES, "x-default"}
        assert links["x-default"] == links["kk"]
        assert url.findtext(f"{SITEMAP}loc") in links.values()
        assert url.findtext(f"{SITEMAP}lastmod") == "2022-02-22"


def test_robots(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert response.mimetype == "text/plain"
    lines = response.text.splitlines()
    assert lines[0] == "User-agent: *"
    for lang in LANGUAGES:
        assert f"Disallow: /{lang}/ask" in lines
        assert f"Disallow: /{lang}/search?" in lines
    assert lines[-1] == "Sitemap: http://localhost/sitemap.xml"


# -- canonical links --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/", "/"),
        ("/?on=2018-01-01", "/"),
        ("/ask?q=code/6&on=2018-01-01", "/ask?q=code%2F6"),
        ("/search?component=code&role=duty", "/search"),
        ("/search?q=x+y&component=code&page=2", "/search?q=x+y&page=2"),
        ("/search?page=1", "/search"),
        (f"/act/{ACT}/?source=1&on=2018-01-01&translation=0", f"/act/{ACT}/"),
        (f"/act/{ACT}/code/6/8?on=2018-01-01", f"/act/{ACT}/code/6/8"),
        ("/amendments?year=2019", "/amendments"),
        (f"/amendments?act={ACT}", "/amendments"),
    ],
)
def test_every_page_names_its_own_address(client: FlaskClient, path: str, own: str) -> None:
    head = client.get(f"/ru{path}").text.split("<body>")[0].replace("&amp;", "&")
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', head) == [
        f"http://localhost/ru{own}"
    ]
    others = dict(re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', head))
    assert others == {lang: f"http://localhost/{lang}{own}" for lang in LANGUAGES} | {
        "x-default": f"http://localhost/kk{own}"
    }
    assert head.count('<meta name="description" content="') == 1


@pytest.mark.parametrize("path", ["/ru/nothing", f"/ru/act/{ACT}/code/99", "/ru/?on=x"])
def test_an_error_has_no_address_of_its_own(client: FlaskClient, path: str) -> None:
    head = client.get(path).text.split("<body>")[0]
    assert "canonical" not in head
    assert "hreflang" not in head
    assert "noindex" in head


@pytest.mark.parametrize(
    ("path", "hidden"),
    [
        ("/en/ask?q=code/6", True),
        ("/en/search?q=code", True),
        ("/en/search?role=duty", True),
        ("/en/search?page=2", True),
        ("/en/search", False),
        ("/en/amendments", False),
        (f"/en/act/{ACT}/", False),
    ],
)
def test_results_are_not_indexed(client: FlaskClient, path: str, hidden: bool) -> None:
    assert ('<meta name="robots" content="noindex">' in client.get(path).text) == hidden


def test_the_public_address_is_used_where_it_is_set(config: Config) -> None:
    client = create_app(replace(config, site_url="https://adep.example.kz")).test_client()
    page = client.get("/kk/").text
    assert '<link rel="canonical" href="https://adep.example.kz/kk/">' in page
    assert "Sitemap: https://adep.example.kz/sitemap.xml" in client.get("/robots.txt").text
