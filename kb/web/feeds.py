"""The area of feeds: the amendments of an act as an Atom feed, for any reader of news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Flask, Response, abort, current_app, request, url_for

from kb.config import Config
from kb.errors import CorpusError
from kb.exchange import feed
from kb.exchange.changes import BroughtIn, changes_since, imported_texts
from kb.web.knowledge import knowledge
from kb.web.languages import current_language
from kb.web.links import absolute

area = Blueprint("feeds", __name__, url_prefix="/<any(kk, ru, en):lang>/feeds")

_KEPT_S = 3600
_FOLDER = "ACTS_FOLDER"
_WITH_FEED = ("acts.act_page", "acts.clause_page", "amendments.amendments_page")


@dataclass(frozen=True)
class Feed:
    """A feed as a page names it."""

    title: str
    href: str


def feeds_of_page() -> list[Feed]:
    """The feed of the act that the page is about."""
    if request.endpoint not in _WITH_FEED:
        return []
    wanted = (request.view_args or {}).get("act_id") or request.args.get("act")
    acts = [act for act in knowledge().acts if act.id == wanted] or knowledge().acts[:1]
    lang = current_language()
    return [Feed(feed.title_of(a, lang), url_for("feeds.act_feed", act_id=a.id)) for a in acts]


@area.get("/<act_id>.atom")
def act_feed(act_id: str) -> Response:
    """The texts of one act that were brought in, and its amending acts, newest first."""
    act = knowledge().library.acts.get(act_id) or abort(404)
    shelf = knowledge().library.shelf
    changes = changes_since(
        knowledge().records,
        date.min,
        act=act.id,
        brought_in=_brought_in(act.id),
        notes=shelf.noted(act.id),
    )
    data = feed.write(changes, (act,), absolute(""), current_language())
    response = Response(data, mimetype=feed.TYPE)
    response.cache_control.max_age = _KEPT_S
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def _brought_in(act: str) -> list[BroughtIn]:
    """The imported texts of an act that the opened index holds."""
    held = {(day, lang) for day, langs in knowledge().library.shelf.held(act) for lang in langs}
    try:
        texts = list(imported_texts(current_app.config[_FOLDER]))
    except CorpusError as error:
        # The amendments are worth having without the record of an import.
        current_app.logger.warning("the feed is without imported texts: %s", error)
        return []
    return [text for text in texts if text.act == act and (text.edition, text.lang) in held]


def init_feeds(app: Flask, config: Config) -> None:
    """Tell the feeds where the imported texts lie."""
    app.config[_FOLDER] = config.acts_folder
