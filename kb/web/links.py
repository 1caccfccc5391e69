"""Addresses inside the site: clauses, anchors, static files, the same page in another language."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from urllib.parse import urlencode

from flask import Flask, current_app, g, request, url_for

from kb.address import LANGUAGES, ClauseAddress
from kb.web.knowledge import knowledge
from kb.web.params import day_given

Query = dict[str, list[str]]
_HYPHEN_OF_NUMBER = re.compile("(?<=[0-9])-")
# What the site's own links carry in their query; anything else is dropped from a rewritten link.
_QUERY = (
    "q",
    "on",
    "source",
    "beside",
    "find",
    "act",
    "component",
    "role",
    "actor",
    "topic",
    "by",
    "year",
    "page",
    "text",
    "at",
    "show",
    "kind",
    "look",
)
# What makes another page of the same path, and not another look at it.
_MAKES_PAGE: Mapping[str, tuple[str, ...]] = {
    "asking.ask": ("q",),
    "searching.search_page": ("q", "page"),
    "amendments.amendments_page": ("act",),
    "comparing.comparison_page": ("text",),
}
# Feeds and descriptions for machines are of no day.
DAYLESS = {"feeds", "discovery"}


def anchor(address: ClauseAddress) -> str:
    """The id of a clause on the page of its act: ``code-6-8``, of an inserted number ``law-5_1``.

    A hyphen parts the steps of an address, so that of a number is written otherwise.
    """
    component = address.component.replace("-", "_")
    return "-".join([component, *(_HYPHEN_OF_NUMBER.sub("_", step) for step in address.path)])


def clause_url(address: ClauseAddress) -> str:
    """The page of a clause; a whole component or a chapter is shown on the page of the act."""
    if not address.path or address.path[-1].startswith("chapter-"):
        return url_for("acts.act_page", act_id=address.act, _anchor=anchor(address))
    return url_for(
        "acts.clause_page",
        act_id=address.act,
        address=page_path(address),
    )


def page_path(address: ClauseAddress) -> str:
    """A clause in the path of its page: with its edition, unless the page is read as at a day."""
    return address.short if day_given() else edition_path(address)


def edition_path(address: ClauseAddress) -> str:
    """A clause within its act: with its edition, where it is of an older one."""
    return str(replace(address, act=None))


def comparison_url(act: str, old: date, new: date) -> str:
    """The page that compares two editions of an act; empty where the site has none."""
    endpoint = "comparing.comparison_page"
    if endpoint not in current_app.view_functions:
        return ""
    return url_for(endpoint, act_id=act, old=old.isoformat(), new=new.isoformat(), on=None)


def component_url(act: str, name: str) -> str:
    """A text inside an act, on the page of the act."""
    return clause_url(ClauseAddress(name, act=act))


def this_page(**changes: str | Sequence[str] | None) -> str:
    """The current page with other values in its query; ``None`` takes one out."""
    changed = {
        name: [value] if isinstance(value, str) else list(value or ())
        for name, value in changes.items()
    }
    return _with_query(request.path, kept_query() | changed)


def kept_query() -> Query:
    """The values of the current query that the site knows; a malformed day is none."""
    # A page of many links asks for it as many times.
    if "kept_query" not in g:
        g.kept_query = _kept_query()
    return dict(g.kept_query)


def _kept_query() -> Query:
    found = {name: [v for v in request.args.getlist(name) if v] for name in _QUERY}
    day = day_given()
    return {name: values for name, values in found.items() if values} | {
        "on": [day.isoformat()] if day else []
    }


def alternates() -> dict[str, str]:
    """The same page in every language, for the reader; where no route matched, the home pages."""
    endpoint, values = _endpoint()
    query = kept_query() if endpoint == request.endpoint else {}
    return {lang: _with_query(_path(endpoint, values, lang), query) for lang in LANGUAGES}


def canonicals() -> dict[str, str]:
    """The page's own address in every language, in full, without the ways of looking at it."""
    endpoint, values = _endpoint()
    makes = _MAKES_PAGE.get(endpoint, ())
    query = {name: found for name, found in kept_query().items() if name in makes}
    for name, usual in (("page", "1"), ("act", knowledge().acts[0].id)):
        if query.get(name) == [usual]:
            del query[name]
    return {lang: absolute(_with_query(_path(endpoint, values, lang), query)) for lang in LANGUAGES}


def _endpoint() -> tuple[str, dict[str, object]]:
    endpoint, values = request.endpoint, request.view_args or {}
    if request.routing_exception is not None or endpoint is None or "." not in endpoint:
        return "asking.home", {}
    return endpoint, values


def _path(endpoint: str, values: Mapping[str, object], lang: str) -> str:
    return url_for(endpoint, **({**values, "lang": lang, "on": None, "beside": None}))  # type: ignore[arg-type]


def _with_query(path: str, values: Query) -> str:
    query = urlencode({name: found for name, found in values.items() if found}, doseq=True)
    return f"{path}?{query}" if query else path


def absolute(path: str) -> str:
    """The full address of a path of the site: at the public address, else where it was asked."""
    base: str = current_app.config["SITE_URL"] or request.host_url.rstrip("/")
    return base + path


@cache
def _digest(name: str) -> str:
    data = (resources.files("kb.web") / "static" / name).read_bytes()
    return hashlib.sha256(data).hexdigest()[:10]


def static_url(name: str) -> str:
    """A static file; its address changes with its content, so that it may be kept for long."""
    return url_for("static", filename=name, v=_digest(name))


def keep_day(endpoint: str, values: dict[str, object]) -> None:
    """Carry the day of ``?on=`` into every link to a page that a reader may go on to.

    A link that sets the day itself, ``None`` included, keeps what it set.
    """
    if "on" in values or {endpoint.split(".")[0], request.blueprint} & DAYLESS:
        return
    expects_language = current_app.url_map.is_endpoint_expecting(endpoint, "lang")
    if expects_language and (day := day_given()):
        values["on"] = day.isoformat()


def init_links(app: Flask, site_url: str = "") -> None:
    """Give the templates what they make links with; ``site_url`` is the public address."""
    app.config["SITE_URL"] = site_url.rstrip("/")
    app.url_defaults(keep_day)
    app.jinja_env.filters["anchor"] = anchor
    app.jinja_env.globals.update(
        absolute=absolute,
        alternates=alternates,
        canonicals=canonicals,
        clause_url=clause_url,
        component_url=component_url,
        kept_query=kept_query,
        static_url=static_url,
        this_page=this_page,
    )
