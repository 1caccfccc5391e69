"""The area of acts: an act as a readable text, and a page for each of its clauses."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, redirect, render_template
from werkzeug.wrappers import Response

from kb.address import LANGUAGES, ClauseAddress
from kb.answer.quote import Citation
from kb.errors import AddressError, UnknownAddressError
from kb.model import Act, Clause
from kb.web.knowledge import knowledge
from kb.web.languages import current_language, say
from kb.web.links import clause_url, page_path
from kb.web.params import day_asked, switched
from kb.web.reading import ActReader, chapter_of, neighbours, restored_in, source_of
from kb.web.states import day_notice, is_other_wording

area = Blueprint("acts", __name__, url_prefix="/<any(kk, ru, en):lang>/act")


def _act(act_id: str) -> Act:
    return knowledge().library.acts.get(act_id) or abort(404)


@area.get("/<act_id>/")
def act_page(act_id: str) -> str:
    """The whole act with contents; ``?source=1`` shows the lines as the source has them."""
    act, on = _act(act_id), day_asked()
    newest, reader = act.edition, ActReader(knowledge().library, act, on)
    act, components = reader.act, reader.components()
    units = [unit for component in components for unit in component.walk()]
    other = sum(is_other_wording(u.citation) for u in units if u.clause.kind != "part")
    return render_template(
        "act.html",
        act=act,
        components=components,
        on=on,
        other=other,
        before=on is not None and on < act.in_force,
        after=on is not None and on > newest,
        source=switched("source", default=False),
        translated=current_language() != "kk" and switched("translation", default=True),
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
    return render_template(
        "clause.html",
        act=act,
        unit=unit,
        citation=unit.citation,
        chapter=chapter_of(act, clause),
        above=[library.cite(library.get(a)) for a in _above(clause)],
        before=library.cite(before) if before else None,
        after=library.cite(after) if after else None,
        source=source_of(clause),
        restored=restored_in(library, clause),
        topics=_topics(unit.citation),
        strings=_citation_strings(unit.citation),
        on=on,
        day_notice=day_notice(unit.citation),
    )


def _above(clause: Clause) -> list[ClauseAddress]:
    """The clauses that hold this one, outermost first."""
    return [address for address in clause.address.ancestors if address.path][::-1]


def _topics(citation: Citation) -> list[str]:
    labels = {topic.id: topic.label for topic in knowledge().records.topics}
    chosen = citation.headnote.topics if citation.headnote else ()
    return [labels[topic][current_language()] for topic in chosen if topic in labels]


def _citation_strings(citation: Citation) -> dict[str, str]:
    """How to cite the clause, in each language and as an address."""
    strings = {lang: citation.full_label(lang) for lang in LANGUAGES}
    edition = citation.act.edition
    clause = citation.clause.address
    address = ClauseAddress(clause.component, clause.path, clause.act, edition)
    return strings | {say("clause.address"): str(address)}
