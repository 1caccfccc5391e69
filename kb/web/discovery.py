"""What browsers and search engines look for: OpenSearch, sitemap, robots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

from flask import Blueprint, Flask, Response, current_app, url_for

from kb.address import LANGUAGES
from kb.web.feeds import feeds_of_page
from kb.web.knowledge import knowledge
from kb.web.languages import current_language, gettext
from kb.web.links import absolute, static_url

area = Blueprint("discovery", __name__)

_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
# Filled in by the browser.
_TERMS = "{searchTerms}"
# Pages that speak of the site or of every act.
_GENERAL = (
    "asking.home",
    "searching.search_page",
    "amendments.amendments_page",
    "comparing.compare_page",
    "contact.contact_page",
    "about.about_page",
)
# What answers one reader only: results, and the reader's own note.
_PRIVATE = ("asking.ask", "searching.search_page", "notes.note_page")
_KEPT_S = 86_400


@area.get("/<any(kk, ru, en):lang>/opensearch.xml")
def opensearch() -> Response:
    """Describe the search of clauses to a browser."""
    return _description("search", "searching.search_page")


@area.get("/<any(kk, ru, en):lang>/opensearch-ask.xml")
def opensearch_ask() -> Response:
    """Describe the ask box to a browser."""
    return _description("ask", "asking.ask")


def _description(name: str, endpoint: str) -> Response:
    root = ElementTree.Element("OpenSearchDescription", {"xmlns": _OPENSEARCH})
    _add(root, "ShortName", gettext(f"opensearch.{name}.name"))
    _add(root, "Description", gettext(f"opensearch.{name}.words"))
    _add(root, "InputEncoding", "UTF-8")
    _add(root, "Language", current_language())
    _add(root, "Image", absolute(static_url("mark.svg")), type="image/svg+xml")
    template = f"{absolute(url_for(endpoint))}?q={_TERMS}"
    _add(root, "Url", type="text/html", rel="results", template=template)
    kind = "application/opensearchdescription+xml"
    own = absolute(url_for("discovery." + ("opensearch_ask" if name == "ask" else "opensearch")))
    _add(root, "Url", type=kind, rel="self", template=own)
    return _xml(root, kind)


@area.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page that is not one reader's own, in every language."""
    root = ElementTree.Element("urlset", {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})
    for endpoint, values, changed in _pages():
        places = {lang: absolute(url_for(endpoint, **values, lang=lang)) for lang in LANGUAGES}
        for lang in LANGUAGES:
            url = _add(root, "url")
            _add(url, "loc", places[lang])
            _add(url, "lastmod", changed.isoformat())
            for other, place in (*places.items(), ("x-default", places[LANGUAGES[0]])):
                _add(url, "xhtml:link", rel="alternate", hreflang=other, href=place)
    return _xml(root, "application/xml")


def _pages() -> Iterator[tuple[str, Mapping[str, Any], date]]:
    """Each page's endpoint and values, and the day on which its text last changed."""
    library = knowledge().library
    newest = max(act.edition for act in knowledge().acts)
    yield from ((name, {}, newest) for name in _GENERAL if name in current_app.view_functions)
    for act in knowledge().acts:
        yield "acts.act_page", {"act_id": act.id}, act.edition
    for act in knowledge().acts:
        for old, new in pairwise(library.shelf.days(act.id)):
            pair = {"act_id": act.id, "old": old.isoformat(), "new": new.isoformat()}
            yield "comparing.comparison_page", pair, act.edition
    for act in knowledge().acts[1:]:
        yield "amendments.amendments_page", {"act": act.id}, act.edition
    for clause in library.records.clauses:
        act = library.acts[clause.address.act or ""]
        values = {"act_id": act.id, "address": clause.address.short}
        yield "acts.clause_page", values, act.edition


@area.get("/robots.txt")
def robots() -> Response:
    """Keep results and notes out of search engines, and point them to the sitemap."""
    known = [name for name in _PRIVATE if name in current_app.view_functions]
    closed = [url_for(name, lang=lang) for name in known for lang in LANGUAGES]
    # The page of the search itself may be found; what somebody looked for may not.
    search = "/search"
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}{'?' if path.endswith(search) else ''}" for path in closed),
        f"Sitemap: {absolute(url_for('discovery.sitemap'))}",
    ]
    return _kept(Response("\n".join(lines) + "\n", mimetype="text/plain"))


def _add(
    parent: ElementTree.Element, name: str, text: str = "", **values: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, values)
    element.text = text or None
    return element


def _xml(root: ElementTree.Element, mimetype: str) -> Response:
    text = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return _kept(Response(text, mimetype=mimetype))


def _kept(response: Response) -> Response:
    response.cache_control.max_age = _KEPT_S
    return response


def init_discovery(app: Flask) -> None:
    """Give the pages what machines look for in their heads."""
    app.jinja_env.globals["feeds_of_page"] = feeds_of_page
