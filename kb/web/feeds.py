"""The area of feeds: the amendments of an act as an Atom feed, for any reader of news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from flask import Blueprint, Response, abort, render_template, request, url_for

from kb.model import Act
from kb.web.amendments import label_of
from kb.web.knowledge import knowledge
from kb.web.languages import current_language, gettext, ngettext, say
from kb.web.links import absolute
from kb.web.states import named_act
from kb.web.timeline import AMENDED, Event, act_key, events_of

area = Blueprint("feeds", __name__, url_prefix="/<any(kk, ru, en):lang>/feeds")

_ATOM = "http://www.w3.org/2005/Atom"
_KEPT_S = 3600
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
    return [Feed(_title(act), url_for("feeds.act_feed", act_id=act.id)) for act in acts]


@area.get("/<act_id>.atom")
def act_feed(act_id: str) -> Response:
    """The amending acts of one act, newest first, with links to the clauses."""
    act = knowledge().library.acts.get(act_id) or abort(404)
    amending = [e for e in events_of(act, knowledge().records) if e.kind == AMENDED]
    response = Response(atom(act, amending), mimetype="application/atom+xml")
    response.cache_control.max_age = _KEPT_S
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def atom(act: Act, amending: Sequence[Event]) -> bytes:
    """Write the feed; RFC 4287 says what must be in it."""
    lang = current_language()
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": lang})
    _add(feed, "id", _lasting_id(act.id, lang))
    _add(feed, "title", _title(act))
    _add(feed, "subtitle", gettext("feed.subtitle"))
    _add(feed, "updated", _moment(max([act.adopted, *(_day(event, act) for event in amending)])))
    _add(_add(feed, "author"), "name", gettext("site.name"))
    here = url_for("feeds.act_feed", act_id=act.id)
    _link(feed, "self", here, "application/atom+xml")
    _link(feed, "alternate", _page(act), "text/html")
    for event in amending:
        _add_entry(feed, act, event)
    xml: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return xml


def _add_entry(feed: ElementTree.Element, act: Act, event: Event) -> None:
    if event.by is None:
        return
    entry = _add(feed, "entry")
    _add(entry, "id", _lasting_id(act.id, current_language(), act_key(event.by), str(event.day)))
    count = len(event.changes)
    changes = ngettext("amendments.count.one", "amendments.count.many", count) % {"num": count}
    _add(entry, "title", f"{named_act(event.by)}: {changes}")
    _add(entry, "updated", _moment(_day(event, act)))
    _link(entry, "alternate", f"{_page(act)}#{event.key}", "text/html")
    content = _add(entry, "content", _content(event))
    content.set("type", "html")


def _content(event: Event) -> str:
    return render_template("_feed_entry.html", event=event, label_of=label_of)


def _title(act: Act) -> str:
    return say("feed.title", act=act.short[current_language()])


def _page(act: Act) -> str:
    return url_for("amendments.amendments_page", act=act.id)


def _day(event: Event, act: Act) -> date:
    """The day of an amending act; where it is not recorded, that of the edition that has it."""
    return event.day or act.edition


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _lasting_id(*of: str) -> str:
    """An identifier that stays the same at whatever address the site is served."""
    return uuid5(NAMESPACE_URL, "/".join(("adep", *of))).urn


def _add(parent: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    element.text = text or None
    return element


def _link(parent: ElementTree.Element, rel: str, path: str, kind: str) -> None:
    link = _add(parent, "link")
    link.attrib.update({"rel": rel, "href": absolute(path), "type": kind})
