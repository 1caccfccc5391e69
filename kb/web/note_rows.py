"""The items of a note as its page shows them: what was checked, what can be chosen, what to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for

from kb.answer.quote import Citation, Library
from kb.corpus.history import State
from kb.model import Clause
from kb.note.beside import Beside, beside
from kb.note.check import Checked, Status, address_of
from kb.note.later import Later
from kb.note.note import Note, OwnWords, Quote, write_quote
from kb.note.passage import Line, opener, passage, quoted_text
from kb.web.languages import current_language, long_date, say
from kb.web.links import clause_url, edition_path
from kb.web.states import day_notice


@dataclass(frozen=True)
class Row:
    """An item as the editor shows it: its check, its lines, and the choices that it has.

    ``notices`` say what must be known of the wording on the day of the site and in later editions;
    ``dated`` is that day, where the quote can be changed for the wording that applied on it.
    ``lang`` is the language of the law's words, ``link`` where they can be read; with
    ``is_official`` the law itself is held in the document's language.
    """

    checked: Checked
    lines: tuple[Line, ...] = ()
    sent: str = ""
    options: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    dated: date | None = None
    lang: str = ""
    link: str = ""
    is_official: bool = False

    @property
    def own(self) -> bool:
        """Whether these are the author's own words."""
        return isinstance(self.checked.item, OwnWords)


def row_of(checked: Checked, note: Note, library: Library, on: date | None) -> Row:
    """Show one item of a note, on a page that is read as at a day."""
    item, citation = checked.item, checked.citation
    if not isinstance(item, Quote):
        return Row(checked)
    lang = _language_of(item, library)
    link = _link(citation.clause, library, on) if citation else ""
    if citation is None or checked.status is not Status.SAME:
        return Row(checked, sent=write_quote(item), lang=lang, link=link)
    then = _other_then(citation, item, library, on) if on else None
    other = _beside(note, citation, library)
    return Row(
        checked,
        passage(library, citation.clause, item.opening),
        write_quote(item),
        tuple(_options(item, citation, library, other)),
        tuple(_notices(checked, item, citation, library, on, then)),
        on if then else None,
        lang,
        link,
        other.official is not None,
    )


def _language_of(quote: Quote, library: Library) -> str:
    """The language of the act quoted; nothing is known of one that is not here."""
    address = address_of(quote)
    act = library.acts.get(address.act or "") if address else None
    return act.lang if act else ""


def _link(clause: Clause, library: Library, on: date | None) -> str:
    """The page that has the words quoted: that of the day, or else that of their edition."""
    if on is None or library.cite(clause, on=on).clause == clause:
        return clause_url(clause.address)
    act, path = clause.address.act, edition_path(clause.address)
    return url_for("acts.clause_page", act_id=act, address=path, on=None)


def _beside(note: Note, citation: Citation, library: Library) -> Beside:
    """What there is of a quote in the language of the document."""
    if note.language == citation.act.lang:
        return Beside()
    return beside(library, citation.clause, note.language)


def _options(item: Quote, citation: Citation, library: Library, other: Beside) -> Iterator[str]:
    """The choices that make a difference for this quote."""
    if other.lines:
        yield "translation"
    if opener(library, citation.clause):
        yield "opening"
    lines = passage(library, citation.clause, item.opening)
    if any(library.cite(library.get(line.address)).notes for line in lines):
        yield "remarks"


def _notices(
    checked: Checked,
    item: Quote,
    citation: Citation,
    library: Library,
    on: date | None,
    then: Citation | None,
) -> Iterator[str]:
    """What must be said of the edition, of the day, and of later editions, in this order."""
    if item.edition != citation.act.edition:
        named, found = long_date(item.edition), long_date(citation.act.edition)
        yield say("note.edition.instead", named=named, edition=found)
    if then:
        edition = long_date(then.act.edition)
        yield say("note.day.other", day=long_date(on), edition=edition)
    elif on and (said := _of_day(citation, library, on)):
        yield said
    if checked.later:
        yield from _later(checked.later)


def _other_then(citation: Citation, item: Quote, library: Library, on: date) -> Citation | None:
    """The clause as another edition has it, where that is the wording of the day."""
    if _state(citation, library, on).state.state is State.HELD:
        return None
    then = library.cite(citation.clause, on=on, follow=True)
    if then.state.state not in {State.HELD, State.POSSIBLY_EARLIER}:
        return None
    words = quoted_text(passage(library, then.clause, item.opening))
    return None if then.clause == citation.clause or words == item.text else then


def _state(citation: Citation, library: Library, on: date) -> Citation:
    """What is known of the very words quoted on a day."""
    clause = citation.clause
    state = library.shelf.state(clause.address, library.text_of(clause), on)
    return replace(citation, state=state)


def _of_day(citation: Citation, library: Library, on: date) -> str:
    own, clause = _state(citation, library, on), citation.clause
    if own.state.state is State.HELD and clause.address.edition:
        edition = long_date(citation.act.edition)
        return say("note.day.same", day=long_date(on), edition=edition)
    shown = library.cite(clause, on=on, follow=True)
    return day_notice(shown if shown.clause == clause else own)


def _later(later: Later) -> Iterator[str]:
    since = long_date(later.since)
    if later.citation is None:
        yield say("note.later.ended", edition=since)
        return
    newest = long_date(later.citation.act.edition)
    label = later.citation.label(current_language())
    if later.renumbered:
        yield say("note.later.renumbered", edition=newest, label=label)
        return
    yield say("note.later.changed", edition=since)
    if not later.difference:
        yield say("note.later.again", edition=newest)
    elif later.address_changed:
        yield say("note.later.moved", label=label)
