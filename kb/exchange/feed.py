"""Changes as an Atom feed (RFC 4287), so that another system or a reader can follow an act.

A feed is twenty elements; lxml, which reads Akoma Ntoso already, writes it without a package more.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from lxml import etree

from kb.exchange.akn_elements import checked
from kb.exchange.changes import BroughtIn, Change, Changes
from kb.exchange.wording import name_act, name_action, say
from kb.model import Act

ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"


def write(changes: Changes, acts: tuple[Act, ...], base_url: str, lang: str = "kk") -> bytes:
    """Return the feed of the changes, in the words of ``lang``; ``base_url`` is the site's root.

    Its identifiers rest on codes and days alone, so that no entry appears twice after a rebuild.
    """
    base = base_url.rstrip("/")
    named = {act.id: act for act in acts}
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", lang)
    code = acts[0].id if len(acts) == 1 else "all"
    title = acts[0].short.get(lang, code) if len(acts) == 1 else "Adep"
    _add(feed, "title", say("feed_title", lang, act=title))
    _add(feed, "id", f"urn:x-adep:feed:{code}:{lang}")
    _add(feed, "updated", _moment(_latest(changes, acts)))
    _add(_add(feed, "author"), "name", "Adep")
    _add(feed, "link", rel="self", type=TYPE, href=f"{base}/feeds/{code}.atom")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{base}/{lang}/amendments")
    for text in changes.editions:
        _text_entry(feed, text, named.get(text.act), base, lang)
    for change in changes.changes:
        _change_entry(feed, change, named.get(change.act), base, lang)
    etree.indent(feed, " ")
    data: bytes = etree.tostring(feed, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


def _change_entry(feed: Any, change: Change, act: Act | None, base: str, lang: str) -> None:
    by = change.by
    day = by.date.isoformat() if by.date else ""
    entry = _add(feed, "entry")
    _add(entry, "title", f"{name_act(by, lang)}: {_name(act, change.act, lang)}")
    _add(entry, "id", f"urn:x-adep:change:{change.act}:{by.number.replace(' ', '-')}:{day}")
    _add(entry, "updated", _moment(by.date or date.min))
    _add(entry, "link", rel="alternate", type="text/html", href=f"{base}/{lang}/amendments")
    _add(entry, "summary", "\n".join(_said(change, lang)))


def _said(change: Change, lang: str) -> list[str]:
    """A line for each clause touched, with the commencement as the note states it."""
    lines = []
    for amendment in change.amendments:
        stated = amendment.commencement_stated or say("not_stated", lang)
        action = name_action(amendment.action, lang)
        commencement = say("commencement", lang, stated=stated)
        lines.append(f"{amendment.target.cite(lang)} — {action}. {commencement}.")
    return lines


def _text_entry(feed: Any, text: BroughtIn, act: Act | None, base: str, lang: str) -> None:
    edition = text.edition.isoformat()
    entry = _add(feed, "entry")
    title = say("imported", lang, edition=edition, of=text.lang)
    _add(entry, "title", f"{_name(act, text.act, lang)}. {title}")
    _add(entry, "id", f"urn:x-adep:edition:{text.act}:{edition}:{text.lang}")
    _add(entry, "updated", text.imported.astimezone(UTC).isoformat(timespec="seconds"))
    href = f"{base}/{lang}/act/{text.act}/?on={edition}"
    _add(entry, "link", rel="alternate", type="text/html", href=href)
    _add(entry, "summary", title)


def _name(act: Act | None, code: str, lang: str) -> str:
    return act.short.get(lang, code) if act else code


def _latest(changes: Changes, acts: tuple[Act, ...]) -> datetime:
    days = [c.by.date for c in changes.changes if c.by.date] or [act.edition for act in acts]
    moments = [datetime.combine(day, time(), UTC) for day in days]
    moments += [text.imported for text in changes.editions]
    return max(moments, default=datetime.combine(changes.since, time(), UTC))


def _moment(when: date) -> str:
    """A moment as RFC 3339 wants it; a day counts from its midnight."""
    at = when if isinstance(when, datetime) else datetime.combine(when, time(), UTC)
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _add(above: Any, tag: str, text: str = "", **attributes: str) -> Any:
    element = etree.SubElement(above, f"{{{ATOM}}}{tag}", attributes)
    if text:
        element.text = checked(text)
    return element
