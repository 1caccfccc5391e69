"""The area of explanatory notes: collect clauses, write between them, export.

Nothing of a note is kept here: it travels in the form, and lives in the reader's browser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit

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
from kb.answer.quote import Citation, Library
from kb.errors import AddressError, NoteError, UnknownAddressError
from kb.note.as_docx import as_docx
from kb.note.as_markdown import as_markdown
from kb.note.as_pdf import as_pdf, not_printable
from kb.note.check import Checked, Status, check
from kb.note.document import Document, compose
from kb.note.note import (
    MAX_TITLE,
    MAX_WORDS,
    Language,
    Note,
    OwnWords,
    Quote,
    checked_note,
    write_note,
    write_quote,
)
from kb.note.passage import Line, opener, passage, translated
from kb.note.wording import words
from kb.web import note_cookie
from kb.web.days import today
from kb.web.errors import PageError
from kb.web.knowledge import knowledge
from kb.web.languages import current_language, say
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
from kb.web.params import day_given
from kb.web.security import MAX_BODY
from kb.web.states import day_notice

area = Blueprint("notes", __name__, url_prefix="/<any(kk, ru, en):lang>")

_FORMATS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx),
    "pdf": ("application/pdf", as_pdf),
    "md": ("text/markdown; charset=utf-8", lambda document: as_markdown(document).encode()),
}
# A hundred quotes with their boxes are more fields than a form usually has.
_MAX_FIELDS = 2_000
_UNSAFE = re.compile(r"[^\w -]+")


@dataclass(frozen=True)
class Row:
    """An item as the editor shows it: its check, its lines, and the choices that it has.

    ``notice`` says that the wording was, or may have been, another one on the day of the site.
    """

    checked: Checked
    lines: tuple[Line, ...] = ()
    sent: str = ""
    options: tuple[str, ...] = ()
    notice: str = ""

    @property
    def own(self) -> bool:
        """Whether these are the author's own words."""
        return isinstance(self.checked.item, OwnWords)


@area.before_request
def _refuse_other_sites() -> None:
    """A form of another site may not change the cookie; the browser says where it comes from."""
    if request.method != "POST":
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin", "null")
    # Our own forms have the origin "null" in browsers that do not send the first header.
    foreign = origin != "null" and urlsplit(origin).netloc != request.host
    if site not in {None, "same-origin", "none"} or (site is None and foreign):
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
    return _page(Outcome(note), fresh=True)


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
        return make_response(_page(Outcome(note), error=say_error(error)), 400)
    response = make_response(_page(outcome, asks_to_clear=action == Action("clear")))
    _tidy_cookie(response, outcome, action)
    return response


@area.post("/note/collect")
def collect() -> BaseResponse:
    """Put a clause among those collected, and return to where the reader was."""
    library, given = knowledge().library, request.form.get("address", "")[:100]
    try:
        clause = library.get(ClauseAddress.parse(given))
    except (AddressError, UnknownAddressError):
        raise PageError(400, say("note.error.nothing-named")) from None
    if clause.address.edition:
        raise PageError(400, say("note.error.nothing-named"))
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
    return changed(note, action, request.form, library)


def _tidy_cookie(response: Response, outcome: Outcome, action: Action) -> None:
    """What was taken out of the note is not offered again."""
    known = note_cookie.collected()
    left = (
        ()
        if action == Action("clear", "yes")
        else tuple(address for address in known if address not in outcome.dropped)
    )
    if left != known:
        note_cookie.keep(response, left)


def say_error(error: NoteError) -> str:
    """What is wrong with a note, in the reader's language."""
    return say(f"note.error.{error.reason}")


def _language() -> Language:
    """The language that a new document is in: the reader's."""
    return language_of(current_language())


# -- the page ---------------------------------------------------------------------------------


def _page(
    outcome: Outcome, *, fresh: bool = False, error: str = "", asks_to_clear: bool = False
) -> str:
    note, library = outcome.note, knowledge().library
    rows = [_row(checked, note, library) for checked in check(note, library)]
    document = _preview(note, library)
    quoted = {item.address for item in note.quotes}
    offered = list(known_clauses(note_cookie.collected(), library))
    return render_template(
        "note.html",
        note=note,
        rows=rows,
        document=document,
        missing=not_printable(document)[:40] if document else "",
        unsettled=[r for r in rows if r.checked.status is not Status.SAME],
        offered=[library.cite(c) for c in offered if str(c.address) not in quoted],
        outcome=outcome,
        fresh=fresh,
        error=error,
        asks_to_clear=asks_to_clear,
        max_words=MAX_WORDS,
        max_title=MAX_TITLE,
        typed=request.form.get("add", "")[:300] if error else "",
    )


def _row(checked: Checked, note: Note, library: Library) -> Row:
    item, citation = checked.item, checked.citation
    if not isinstance(item, Quote):
        return Row(checked)
    if citation is None or checked.status is not Status.SAME:
        return Row(checked, sent=write_quote(item))
    return Row(
        checked,
        passage(library, citation.clause, item.opening),
        write_quote(item),
        tuple(_options(note, item, citation, library)),
        day_notice(library.cite(citation.clause, on=day_given())),
    )


def _options(note: Note, item: Quote, citation: Citation, library: Library) -> list[str]:
    """The choices that make a difference for this quote."""
    clause = citation.clause
    found = []
    if note.language != citation.act.lang and translated(library, clause, note.language):
        found.append("translation")
    if opener(library, clause):
        found.append("opening")
    lines = passage(library, clause, item.opening)
    if any(library.cite(library.get(line.address)).notes for line in lines):
        found.append("remarks")
    return found


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
