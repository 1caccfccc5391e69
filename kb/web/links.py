"""Addresses inside the site: clauses, anchors, static files, the same page in another language."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from urllib.parse import urlencode

from flask import Flask, request, url_for

from kb.address import LANGUAGES, ClauseAddress

# What the site's own links carry in their query; anything else is dropped from a rewritten link.
_QUERY = ("q", "on", "source", "translation")


def anchor(address: ClauseAddress) -> str:
    """The id of a clause on the page of its act."""
    return address.short.replace("/", "-")


def clause_url(address: ClauseAddress) -> str:
    """The page of a clause; a whole component or a chapter is shown on the page of the act."""
    if not address.path or address.path[-1].startswith("chapter-"):
        return url_for("acts.act_page", act_id=address.act, _anchor=anchor(address))
    return url_for(
        "acts.clause_page",
        act_id=address.act,
        address=page_path(address),
        on=request.args.get("on") or None,
    )


def page_path(address: ClauseAddress) -> str:
    """A clause in the path of its page: with its edition, unless the page is read as at a day."""
    named = address.edition is not None and not request.args.get("on")
    return f"{address.short}@{address.edition}" if named else address.short


def this_page(**changes: str | None) -> str:
    """The current page with other values in its query; ``None`` takes one out."""
    values = {k: v for k, v in (_kept() | changes).items() if v is not None}
    return _with_query(request.path, values)


def alternates() -> dict[str, str]:
    """The same page in every language; where no route matched, the home pages."""
    endpoint, values = request.endpoint, request.view_args or {}
    if request.routing_exception is not None or endpoint is None or "." not in endpoint:
        endpoint, values = "asking.home", {}
    query = _kept() if values or endpoint == request.endpoint else {}
    return {
        lang: _with_query(url_for(endpoint, **(values | {"lang": lang})), query)
        for lang in LANGUAGES
    }


def _kept() -> dict[str, str]:
    return {name: value for name in _QUERY if (value := request.args.get(name))}


def _with_query(path: str, values: dict[str, str]) -> str:
    return f"{path}?{urlencode(values)}" if values else path


@cache
def _digest(name: str) -> str:
    data = (resources.files("kb.web") / "static" / name).read_bytes()
    return hashlib.sha256(data).hexdigest()[:10]


def static_url(name: str) -> str:
    """A static file; its address changes with its content, so that it may be kept for long."""
    return url_for("static", filename=name, v=_digest(name))


def init_links(app: Flask) -> None:
    """Give the templates what they make links with."""
    app.jinja_env.filters["anchor"] = anchor
    app.jinja_env.globals.update(
        clause_url=clause_url, this_page=this_page, alternates=alternates, static_url=static_url
    )
