"""The area of explanatory notes: collect clauses, write between them, export.

Nothing of a note is kept here: it travels in the form, and lives in the reader's browser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.errors import AddressError, NoteError, UnknownAddressError
from kb.note.as_docx import as_docx
from kb.note.as_markdown import as_markdown
from kb.note.as_pdf import as_pdf, not_printable
from kb.note.check import Status, check
from kb.note.document import Document, compose
from kb.note.note import (
    MAX_TITLE,
    MAX_WORDS,
    Language,
    Note,
    checked_note,
    write_note,
)
from kb.note.passage import full_address
from kb.note.wording import words
from kb.web import note_cookie
from kb.web.days import today
from kb.web.errors import PageError
from kb.web.knowledge import knowledge
from kb.web.languages import current_language, long_date, say
from kb.web.links import anchor
from kb.web.note_forms import (
    Action,
    Outcome,
    changed,
    known_clauses,
    language_of,
    note_of_form,
    opened,
    with_clauses,
)
from kb.web.note_rows import row_of
from kb.web.params import day_given
from kb.web.security import MAX_BODY, is_from_elsewhere

area = Blueprint("notes", __name__, url_prefix="/<any(kk, ru, en):lang>")

_FORMATS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx),
    "pdf": ("application/pdf", as_pdf),
    "md": ("text/markdown; charset=utf-8", lambda document: as_markdown(document).encode()),
}
# A hundred quotes with their boxes are more fields than a form usually has.
_MAX_FIELDS = 2_000
_UNSAFE = re.compile(r"[^\w -]+")


@area.before_request
def _refuse_other_sites() -> None:
    """A form of another site may not change the cookie; the browser says where it comes from."""
    if request.method == "POST" and is_from_elsewhere():
        raise PageError(403, say("note.error.other-site"))


@area.after_request
def _keep_nothing(response: Response) -> Response:
    response.cache_control.private = True
    response.cache_control.no_store = True
    return response


area.after_app_request(note_cookie.vary)


@area.app_context_processor
def _collected() -> dict[str, object]:
    return {"note_collected": note_cookie.collected}


@area.get("/note")
def note_page() -> str:
    """An empty note, with what was collected without scripts."""
    clauses = list(known_clauses(note_cookie.collected(), knowledge().library))
    note = with_clauses(Note(language=_language()), clauses, knowledge().library)
    return _page(Outcome(note), note_cookie.collected(), fresh=True)


@area.post("/note")
def edit() -> Response:
    """Do what the pressed button asks, and return the page or the file."""
    request.max_form_memory_size = MAX_BODY
    request.max_form_parts = _MAX_FIELDS
    library, action = knowledge().library, Action.parse(request.form.get("action", ""))
    note = Note(language=_language())
    try:
        note = note_of_form(request.form, library)
        if action.name in {"export", "save"}:
            return _file(checked_note(note.title, note.language, note.items), action)
        outcome = _outcome(note, action, library)
        checked_note(outcome.note.title, outcome.note.language, outcome.note.items)
    except NoteError as error:
        page = _page(Outcome(note), note_cookie.collected(), error=say_error(error))
        return make_response(page, 400)
    left = _left(outcome, action)
    page = _page(outcome, left, asks_to_clear=action == Action("clear"))
    response = make_response(page)
    if left != note_cookie.collected():
        note_cookie.keep(response, left)
    return response


@area.post("/note/collect")
def collect() -> BaseResponse:
    """Put a clause among those collected, and return to where the reader was."""
    library, given = knowledge().library, request.form.get("address", "")[:100]
    try:
        clause = library.get(ClauseAddress.parse(given))
    except (AddressError, UnknownAddressError):
        raise PageError(400, say("note.error.nothing-named")) from None
    known = note_cookie.collected()
    addresses = tuple(dict.fromkeys((*known, str(clause.address))))
    if len(addresses) > note_cookie.MOST:
        raise PageError(400, say("note.error.collected", limit=note_cookie.MOST))
    where = f"{_own_path(request.form.get('back', ''))}#note-{anchor(clause.address)}"
    response = make_response(redirect(where, 303))
    note_cookie.keep(response, addresses)
    return response


def _own_path(path: str) -> str:
    """A path of this site to return to; for anything else, the page of the note."""
    plain = re.fullmatch(r"/(?:kk|ru|en)/[^\x00-\x20\\#]*", path)
    return path if plain and len(path) < 2_000 else url_for("notes.note_page")


def _outcome(note: Note, action: Action, library: Library) -> Outcome:
    if action.name == "open":
        file = request.files.get("file")
        data = request.form.get("saved", "").encode(errors="replace") or (
            file.read() if file else b""
        )
        note = opened(data)
        clauses = list(known_clauses(request.form.getlist("collected"), library))
        return Outcome(with_clauses(note, clauses, library), "opened", "title")
    if action == Action("clear", "yes"):
        return Outcome(Note(language=note.language), "cleared", "add")
    if action.name == "collected":
        addresses = [*note_cookie.collected(), *request.form.getlist("collected")]
        clauses = list(known_clauses(addresses, library))
        return Outcome(with_clauses(note, clauses, library), "added", "add")
    return changed(note, action, request.form, library, day_given())


def _left(outcome: Outcome, action: Action) -> tuple[str, ...]:
    """What stays collected: what was taken out of the note is not offered again."""
    if action == Action("clear", "yes"):
        return ()
    kept = (_after(address, outcome) for address in note_cookie.collected())
    return tuple(dict.fromkeys(address for address in kept if address))


def _after(address: str, outcome: Outcome) -> str:
    """The address of the cookie after an action; empty when it is not to stay."""
    library = knowledge().library
    full = {str(full_address(library, clause)) for clause in known_clauses([address], library)}
    if full.isdisjoint(outcome.dropped):
        return address
    return str(outcome.taken) if outcome.taken else ""


def say_error(error: NoteError) -> str:
    """What is wrong with a note, in the reader's language."""
    return say(f"note.error.{error.reason}", **{k: _in_words(v) for k, v in error.values.items()})


def _in_words(value: object) -> str:
    """A value of an error as a reader reads it: days in words, everything else as it is."""
    if not isinstance(value, tuple):
        return str(value)
    return "; ".join(long_date(day) if isinstance(day, date) else str(day) for day in value)


def _language() -> Language:
    """The language that a new document is in: the reader's."""
    return language_of(current_language())


# -- the page ---------------------------------------------------------------------------------


def _page(
    outcome: Outcome,
    collected: Sequence[str],
    *,
    fresh: bool = False,
    error: str = "",
    asks_to_clear: bool = False,
) -> str:
    note, library = outcome.note, knowledge().library
    rows = [row_of(checked, note, library, day_given()) for checked in check(note, library)]
    document = _preview(note, library)
    quoted = {item.full_address for item in note.quotes}
    offered = list(known_clauses(collected, library))
    return render_template(
        "note.html",
        note=note,
        rows=rows,
        document=document,
        missing=not_printable(document)[:40] if document else "",
        unsettled=[r for r in rows if r.checked.status is not Status.SAME],
        offered=[library.cite(c) for c in offered if str(full_address(library, c)) not in quoted],
        outcome=outcome,
        fresh=fresh,
        error=error,
        asks_to_clear=asks_to_clear,
        max_words=MAX_WORDS,
        max_title=MAX_TITLE,
        typed=request.form.get("add", "")[:300] if error else "",
    )


def _preview(note: Note, library: Library) -> Document | None:
    try:
        return compose(note, library, today())
    except NoteError:
        return None


# -- files ------------------------------------------------------------------------------------


def _file(note: Note, action: Action) -> Response:
    if action.name == "save":
        return _attached(write_note(note), "application/json", note, "json")
    kind, written = _FORMATS.get(action.of, _FORMATS["docx"])
    document = compose(note, knowledge().library, today())
    return _attached(written(document), kind, note, action.of if action.of in _FORMATS else "docx")


def _attached(data: bytes, kind: str, note: Note, ending: str) -> Response:
    return send_file(
        BytesIO(data), kind, as_attachment=True, download_name=file_name(note, ending), etag=False
    )


def file_name(note: Note, ending: str) -> str:
    """A name that every system takes: letters, digits, spaces, hyphens, and the day."""
    title = note.title or words("title", note.language)
    plain = " ".join(_UNSAFE.sub(" ", title).split())[:60].strip() or "adep"
    return f"{plain} {today().isoformat()}.{ending}"
