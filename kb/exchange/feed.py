"""Changes as an Atom feed (RFC 4287), so that another system or a reader can follow an act.

A feed is twenty elements; lxml, which reads Akoma Ntoso already, writes it without a package more.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from html import escape
from typing import Any

from lxml import etree

from kb.corpus.history import Noted
from kb.exchange.akn_elements import checked
from kb.exchange.changes import BroughtIn, Change, Changes
from kb.exchange.wording import name_act, name_action, said_day, say
from kb.model import Act, Amendment

ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"
_SPACE = re.compile(r"\s+")


def write(changes: Changes, acts: tuple[Act, ...], base_url: str, lang: str = "kk") -> bytes:
    """Return the feed of the changes, in the words of ``lang``; ``base_url`` is the site's root.

    Its identifiers rest on codes and days alone, so that no entry appears twice after a rebuild or
    at another address of the site.
    """
    base = f"{base_url.rstrip('/')}/{lang}"
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", lang)
    one = acts[0] if len(acts) == 1 else None
    _add(feed, "title", title_of(one, lang))
    _add(feed, "id", f"urn:x-adep:feed:{one.id if one else 'all'}:{lang}")
    _add(feed, "updated", _moment(_latest(changes, acts)))
    _add(_add(feed, "author"), "name", "Adep")
    if one:  # the site has no feed of all acts together
        _add(feed, "link", rel="self", type=TYPE, href=f"{base}/feeds/{one.id}.atom")
    page = f"{base}/amendments" + (f"?act={one.id}" if one else "")
    _add(feed, "link", rel="alternate", type="text/html", href=page)
    named = {act.id: act for act in acts}
    for text in changes.editions:
        _text_entry(feed, text, named.get(text.act), base, lang)
    for change in changes.changes:
        _change_entry(feed, change, named[change.act], base, lang)
    etree.indent(feed, " ")
    data: bytes = etree.tostring(feed, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


def title_of(act: Act | None, lang: str) -> str:
    """What the feed of an act is called, or that of all acts."""
    return say("feed_title", lang, act=_name(act, "Adep", lang))


def _change_entry(feed: Any, change: Change, act: Act, base: str, lang: str) -> None:
    by = change.by
    day = by.date.isoformat() if by.date else ""
    entry = _add(feed, "entry")
    _add(entry, "title", f"{name_act(by, lang)}: {_name(act, change.act, lang)}")
    _add(entry, "id", f"urn:x-adep:change:{change.act}:{_SPACE.sub('-', by.number)}:{day}:{lang}")
    _add(entry, "updated", _moment(by.date or act.edition))
    # The page names its events so.
    href = f"{base}/amendments?act={change.act}#amended-{by.id or by.number}"
    _add(entry, "link", rel="alternate", type="text/html", href=href)
    _add(entry, "summary", "\n".join(_said(a, lang) for a in change.amendments))
    items = "".join(_item(note, act, base, lang) for note in change.notes)
    _add(entry, "content", f"<ul>{items}</ul>", type="html")


def _said(amendment: Amendment, lang: str) -> str:
    """What was done to a clause, with the commencement as the note states it."""
    return f"{amendment.target.cite(lang)} — {_done(amendment, lang)}"


def _done(amendment: Amendment, lang: str) -> str:
    stated = amendment.commencement_stated or say("not_stated", lang)
    action = name_action(amendment.action, lang)
    return f"{action}. {say('commencement', lang, stated=stated)}."


def _item(noted: Noted, act: Act, base: str, lang: str) -> str:
    """The same as HTML, with a link to the clause and the words of the note."""
    amendment, target = noted.amendment, noted.amendment.target
    # The page of an act has its texts under these ids: a hyphen parts the steps of an address.
    place = target.short if target.path else f"#{target.component.replace('-', '_')}"
    href = escape(f"{base}/act/{act.id}/{place}")
    said = f'<a href="{href}">{escape(target.cite(lang))}</a> — {escape(_done(amendment, lang))}'
    note = f'<blockquote lang="{escape(noted.text.lang)}">{escape(amendment.note)}</blockquote>'
    return f"<li>{said}{note if amendment.note else ''}</li>"


def _text_entry(feed: Any, text: BroughtIn, act: Act | None, base: str, lang: str) -> None:
    edition = text.edition.isoformat()
    entry = _add(feed, "entry")
    title = say("imported", lang, edition=said_day(text.edition, lang), of=text.lang)
    _add(entry, "title", f"{_name(act, text.act, lang)}. {title}")
    _add(entry, "id", f"urn:x-adep:edition:{text.act}:{edition}:{text.lang}:{lang}")
    _add(entry, "updated", text.imported.astimezone(UTC).isoformat(timespec="seconds"))
    href = f"{base}/act/{text.act}/?on={edition}"
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
