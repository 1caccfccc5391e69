"""The area of acts: an act as a readable text, and a page for each of its clauses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import Blueprint, abort, make_response, redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from kb.address import ClauseAddress
from kb.answer.held import MOST_NAMED
from kb.answer.phrases import ended_by
from kb.answer.quote import Citation
from kb.errors import AddressError, UnknownAddressError
from kb.model import Act, Clause
from kb.note.passage import opener
from kb.web.beside import CHOICES, beside_asked, keep_beside
from kb.web.citing import forms_of
from kb.web.days import editions_of
from kb.web.finding import MAX_FIND, Finder, find_asked
from kb.web.knowledge import knowledge
from kb.web.languages import current_language
from kb.web.linked_data import act_data, clause_data
from kb.web.links import clause_url, page_path
from kb.web.mentions import mentions
from kb.web.narrowing import choice_asked, groups
from kb.web.params import day_asked, switched
from kb.web.reading import ActReader, Unit, chapter_of, laid_out, neighbours, source_of
from kb.web.restored import restored_line
from kb.web.shown import Showing, without_mark
from kb.web.states import day_notice, is_other_wording

area = Blueprint("acts", __name__, url_prefix="/<any(kk, ru, en):lang>/act")
area.url_defaults(keep_beside)


def _act(act_id: str) -> Act:
    return knowledge().library.acts.get(act_id) or abort(404)


@area.get("/<act_id>/")
def act_page(act_id: str) -> str:
    """The whole act with contents: searched, narrowed, beside a translation, or as the source is.

    ``?source=1`` shows the lines as the source has them, where nothing is searched or chosen.
    """
    act, on, source = _act(act_id), day_asked(), switched("source", default=False)
    library, newest = knowledge().library, act.edition
    act, components = ActReader(library, act, on).act, laid_out(library, act.id, on)
    units = [unit for component in components for unit in component.walk()]
    other = sum(is_other_wording(u.citation) for u in units if u.clause.kind != "part")
    offered = _translations(units)
    beside = beside_asked() if offered else ""
    choice, words = choice_asked(), find_asked()
    showing = Showing("" if source else beside, choice, Finder("" if source else words))
    return render_template(
        "act.html",
        act=act,
        editions=editions_of(library, act.id, act.edition),
        most_named=MOST_NAMED,
        others=[other for other in knowledge().acts if other.id != act.id],
        shown=showing.act(components),
        on=on,
        other=other,
        before=on is not None and on < act.in_force,
        after=on is not None and on > newest,
        source=source,
        restored=_restored,
        beside=beside,
        choices_beside=offered,
        choice=choice,
        groups=groups(components, choice),
        words=words,
        max_find=MAX_FIND,
        linked_data=act_data(library, act),
    )


@area.get("/<act_id>/<path:address>")
def clause_page(act_id: str, address: str) -> Response:
    """One clause: the text, its history, what we add to it, and how to cite it."""
    act, wanted = _act(act_id), _address(act_id, address)
    if _is_heading(act, wanted):
        return redirect(clause_url(wanted), 302)
    clause = knowledge().library.get(wanted, day_asked())
    if address != page_path(clause.address):
        return redirect(clause_url(clause.address), 302)
    return make_response(_clause_page(act, clause))


def _address(act_id: str, text: str) -> ClauseAddress:
    try:
        wanted = ClauseAddress.parse(text.strip("/"))
    except AddressError:
        raise UnknownAddressError(text[:80]) from None
    return ClauseAddress(wanted.component, wanted.path, act_id, wanted.edition)


def _is_heading(act: Act, wanted: ClauseAddress) -> bool:
    """Whether the address is that of a component or a chapter, which have no page of their own."""
    if not wanted.path:
        return wanted.component in {component.name for component in act.components}
    chapters = {(c.component, f"chapter-{c.number}") for c in act.chapters}
    return len(wanted.path) == 1 and (wanted.component, wanted.path[0]) in chapters


def _clause_page(act: Act, clause: Clause) -> str:
    library, on = knowledge().library, day_asked()
    unit = ActReader(library, act, on).unit(clause)
    clause, act = unit.clause, unit.citation.act
    before, after = neighbours(library, clause)
    opens = opener(library, clause)
    return render_template(
        "clause.html",
        act=act,
        unit=unit,
        citation=unit.citation,
        chapter=chapter_of(act, clause),
        component_address=replace(clause.address, path=()),
        chapter_address=replace(clause.address, path=(f"chapter-{clause.chapter}",)),
        above=[library.cite(library.get(a)) for a in _above(clause)],
        opener=library.cite(opens) if opens else None,
        left_out=opens is not None and library.children(opens)[0] != clause,
        before=library.cite(before) if before else None,
        after=library.cite(after) if after else None,
        source=source_of(clause),
        restored=_restored,
        beside=beside_asked(),
        choices_beside=_translations([unit]),
        without_mark=without_mark,
        mentions=mentions(library, act, clause),
        topics=_topics(unit.citation),
        forms=forms_of(unit.citation, beside_asked()),
        linked_data=clause_data(unit.citation),
        on=on,
        day_notice=day_notice(unit.citation),
        ended_by=library.shelf.ended_by(clause),
        by_the_note=ended_by,
    )


def _translations(units: Iterable[Unit]) -> tuple[str, ...]:
    """The choices of what stands beside the law; none where no other language is held."""
    return CHOICES if any(_in_other_languages(unit.citation) for unit in units) else ()


def _in_other_languages(citation: Citation) -> bool:
    note = citation.headnote
    return bool(citation.official) or bool(note and any(note.translation.values()))


def _restored(clause: Clause, number: int, text: str) -> Markup | None:
    return restored_line(number, text, clause, knowledge().library.restorations(clause))


def _above(clause: Clause) -> list[ClauseAddress]:
    """The clauses that hold this one, outermost first."""
    return [address for address in clause.address.ancestors if address.path][::-1]


def _topics(citation: Citation) -> list[str]:
    labels = {topic.id: topic.label for topic in knowledge().records.topics}
    chosen = citation.headnote.topics if citation.headnote else ()
    return [labels[topic][current_language()] for topic in chosen if topic in labels]
