"""The area of comparison: two editions of an act are chosen, and what differs is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from kb.address import ClauseAddress
from kb.compare.align import plain
from kb.compare.choose import KINDS, Show, chosen, held_of, named
from kb.compare.report import ClauseChange, Comparison, holds
from kb.compare.resting import resting_under
from kb.errors import AddressError, UnknownAddressError
from kb.model import Act, EditionKey
from kb.web import note_cookie
from kb.web.compared import (
    Compared,
    Rows,
    compared,
    heading_words,
    reason_words,
    spoken_reasons,
)
from kb.web.knowledge import knowledge
from kb.web.languages import long_date, say, term
from kb.web.note_forms import known_clauses
from kb.web.timeline import act_key

area = Blueprint("comparing", __name__, url_prefix="/<any(kk, ru, en):lang>")

_LOOKS = MERGED, SIDES = ("merged", "sides")
# An address is short; a longer text is none, and is not repeated in full.
_MOST_SHOWN = 40


@dataclass(frozen=True)
class Offer:
    """The editions of an act in one language, oldest first, and which two of them are chosen."""

    act: Act
    lang: str
    days: tuple[date, ...]
    old: date
    new: date

    @property
    def is_comparable(self) -> bool:
        """Whether there are two editions to compare."""
        return len(self.days) > 1


def _keys(act: str) -> list[EditionKey]:
    """Every held text of an act, those in its main language first."""
    shelf = knowledge().library.shelf
    langs = (shelf.newest(act).edition.key.lang, *shelf.languages(act))
    return [EditionKey(act, day, lang) for lang in langs for day in shelf.days(act, lang)]


def offers(act: Act) -> list[Offer]:
    """What can be compared of an act: one offer for each language that it is held in."""
    keys = _keys(act.id)
    return [
        _offer(act, held_of(keys, act.id, lang)) for lang in dict.fromkeys(k.lang for k in keys)
    ]


def _offer(act: Act, held: Sequence[EditionKey], *pair: EditionKey) -> Offer:
    old, new = pair or (held[-2:] if len(held) > 1 else (held[0], held[0]))
    return Offer(act, held[0].lang, tuple(k.edition for k in held), old.edition, new.edition)


def is_comparable(act_id: str) -> bool:
    """Whether an act is held in two editions of one text."""
    return any(offer.is_comparable for offer in offers(knowledge().library.acts[act_id]))


def compare_url(act_id: str) -> str:
    """The comparison of an act's last two editions; with one, the page that says so."""
    offer = next((o for o in offers(knowledge().library.acts[act_id]) if o.is_comparable), None)
    return _url(offer) if offer else url_for("comparing.compare_page", act=act_id)


def _url(offer: Offer) -> str:
    main = knowledge().library.shelf.newest(offer.act.id).edition.key.lang
    return url_for(
        "comparing.comparison_page",
        act_id=offer.act.id,
        old=offer.old.isoformat(),
        new=offer.new.isoformat(),
        text=None if offer.lang == main else offer.lang,
    )


@area.app_context_processor
def _links() -> dict[str, object]:
    return {"compare_url": compare_url, "is_comparable": is_comparable}


# -- choosing ---------------------------------------------------------------------------------


@area.get("/compare")
def compare_page() -> BaseResponse:
    """Choose an act and two of its editions; both given, go to their comparison."""
    act_id, old, new = (request.args.get(n, "").strip() for n in ("act", "old", "new"))
    if not act_id:
        return _choosing(knowledge().acts)
    act = knowledge().library.acts.get(act_id)
    if act is None:
        return _no_act(act_id)
    if not (old and new):
        return _choosing([act])
    found = _pair(act, old, new)
    return redirect(_url(found), 302) if isinstance(found, Offer) else found


def _choosing(
    acts: Iterable[Act], message: str = "", status: int = 200, chosen_now: Offer | None = None
) -> Response:
    """The page of what can be compared, with one line that says why it is shown."""
    groups = [(act, [_as_chosen(o, chosen_now) for o in offers(act)]) for act in acts]
    page = render_template(
        "compare_choose.html", groups=groups, message=message, is_error=status >= 400
    )
    return make_response(page, status)


def _as_chosen(offer: Offer, now: Offer | None) -> Offer:
    return now if now and now.lang == offer.lang else offer


def _no_act(given: str) -> Response:
    return _choosing(knowledge().acts, say("compare.error.act", given=given[:_MOST_SHOWN]), 404)


def _pair(act: Act, old: str, new: str) -> Offer | Response:
    """The two editions asked for, the earlier first; else the page that says what there is."""
    keys = _keys(act.id)
    lang = request.args.get("text", "").strip() or keys[0].lang
    held = held_of(keys, act.id, lang)
    if not held:
        return _choosing([act], say("compare.error.text", given=lang[:_MOST_SHOWN]), 404)
    pair = []
    for given in (old, new):
        key = named(held, given)
        if key is None:
            line = say("compare.error.edition", given=given[:_MOST_SHOWN])
            return _choosing([act], line, 404)
        pair.append(key)
    offer = _offer(act, held, *sorted(pair))
    if offer.old == offer.new:
        return _choosing([act], say("compare.error.same", date=long_date(offer.old)), 200, offer)
    return offer


# -- the comparison ---------------------------------------------------------------------------


@area.get("/compare/<act_id>/<old>/<new>")
def comparison_page(act_id: str, old: str, new: str) -> BaseResponse:
    """What differs between two editions: ``?at=`` narrows, ``?show=`` and ``?kind=`` choose."""
    act = knowledge().library.acts.get(act_id)
    if act is None:
        return _no_act(act_id)
    offer = _pair(act, old, new)
    if not isinstance(offer, Offer):
        return offer
    if offer.old.isoformat() != old:
        return redirect(_url(offer), 302)
    return make_response(_comparison(offer))


def _comparison(offer: Offer) -> str:
    library, act = knowledge().library, offer.act.id
    old, new = (EditionKey(act, day, offer.lang) for day in (offer.old, offer.new))
    found = compared(library, old, new)
    show, kind, wanted = _show(), _kind(), _at(act)
    listed = _listed(found.comparison, wanted, show)
    shown = [change for change in listed if kind in {"", change.kind}]
    rows = Rows(library, found, shown)
    comparison = found.comparison.narrowed(wanted) if wanted else found.comparison
    return render_template(
        "compare.html",
        offer=offer,
        main_lang=library.shelf.newest(act).edition.key.lang,
        comparison=comparison,
        by_act=comparison.by_act(),
        unexplained=[c for c in comparison.under(None) if c.is_unexplained],
        announced=[n for n in comparison.announced if n.is_unchanged],
        kinds=[(name, comparison.counts[name]) for name in KINDS if name in comparison.counts],
        offered_kinds=_offered(listed),
        shows=[(name.value, term("compare.show", name)) for name in Show],
        show=show,
        kind=kind,
        at=plain(wanted).short if wanted else "",
        look=_look(),
        looks=_LOOKS,
        rows=list(rows.rows(show)),
        example=shown[0].pair.clause.address.short if shown else "",
        heading_words=heading_words,
        label=rows.label,
        jump=rows.jump,
        act_key=act_key,
        headnotes=resting_under(found.headnotes, wanted),
        noted=list(_noted(found, wanted)),
        reasons="" if wanted else spoken_reasons(found),
        reason_words=reason_words,
    )


def _listed(
    comparison: Comparison, wanted: ClauseAddress | None, show: Show
) -> tuple[ClauseChange, ...]:
    try:
        return chosen(comparison, wanted, show)
    except UnknownAddressError as error:
        inside = plain(wanted).inside(comparison.new.id) if wanted else None
        nearest = knowledge().library.nearest(inside) if inside else ()
        raise UnknownAddressError(error.address, nearest) from None


def _offered(changes: Iterable[ClauseChange]) -> list[tuple[str, str]]:
    """The kinds to choose from, each with its words and how many clauses are of it."""
    counts = Counter(change.kind for change in changes)
    return [(k, f"{term('compare.kind', k)} ({counts[k]})") for k in KINDS if counts[k]]


def _noted(found: Compared, wanted: ClauseAddress | None) -> Iterator[tuple[ClauseAddress, str]]:
    """What the reader without scripts has collected for a note, and why to read it again.

    What was collected from the second edition by name needs no second look; what was collected
    from the newest text may have been so before that was this one.
    """
    act, day = found.new.act.id, found.new.day
    clauses = known_clauses(note_cookie.collected(), knowledge().library)
    mine = (a for a in (c.address for c in clauses) if a.act == act and a.edition != day)
    inside = (a for a in mine if wanted is None or holds(plain(wanted), plain(a)))
    yield from ((a, found.reasons[a.short]) for a in inside if a.short in found.reasons)


def _show() -> Show:
    given = request.args.get("show", "").strip()
    return Show(given) if given in set(Show) else Show.SUBSTANCE


def _kind() -> str:
    given = request.args.get("kind", "").strip()
    return given if given in KINDS else ""


def _look() -> str:
    given = request.args.get("look", "").strip()
    return given if given in _LOOKS else MERGED


def _at(act: str) -> ClauseAddress | None:
    """The address of ``?at=``, or a citation in words; ``UnknownAddressError`` where it is none."""
    text = " ".join(request.args.get("at", "").replace("\x00", " ").split())
    if not text:
        return None
    try:
        found = _address(text)
    except AddressError:
        raise UnknownAddressError(text[:_MOST_SHOWN]) from None
    if found.act not in {None, act}:
        raise UnknownAddressError(str(found))
    return found


def _address(text: str) -> ClauseAddress:
    if " " in text and "/" not in text:
        return ClauseAddress.parse_citation(text)
    return ClauseAddress.parse(text)
