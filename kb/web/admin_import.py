"""Bringing in a file on the site: send it, read what was found in it, confirm.

The file waits in the data folder between the pages. What is confirmed is what was shown: the form
carries, signed, the checksum of the file and of the report, and both are looked at again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from kb.build import why_stale
from kb.errors import FieldError, InputError, KbError, StoreError
from kb.importing.asked import Wish, request_for
from kb.importing.bring_in import Standing, bring_in, held_records, standing
from kb.importing.inspect import Request, inspect
from kb.importing.read_file import LARGEST
from kb.web.admin import Refusal, admin_page
from kb.web.admin_build import ask_for_build
from kb.web.admin_guard import new_area, settings, uploads
from kb.web.admin_report import Look, in_form_words, key_of, report_of, ticked_of
from kb.web.admin_session import seal, session_id, unseal
from kb.web.admin_uploads import Upload
from kb.web.errors import PageError
from kb.web.languages import gettext, say

area = new_area("admin_import")

_FIELDS = ("act", "edition", "lang", "number", "adopted", "in_force")
# Every restoration that is proposed.
ALL = frozenset({"*"})
_LONGEST_FIELD, _LONGEST_NAME = 100, 150
# Control characters, and those that turn the direction of what follows.
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Kept:
    """An upload and its bytes."""

    upload: Upload
    data: bytes


@dataclass(frozen=True)
class Remark:
    """What is said above a report: a message by its key, its status, and the importer's words."""

    key: str
    status: int
    why: str = ""


@area.get("/import")
def upload_page() -> BaseResponse:
    """The form stands on the page of the area."""
    return redirect(url_for("admin.entrance"), 303)


@area.post("/import")
def upload() -> BaseResponse:
    """Take a file, and lead to what was found in it; nothing is imported."""
    wish = Wish(**{name: request.form.get(name, "").strip()[:_LONGEST_FIELD] for name in _FIELDS})
    try:
        asked = request_for(*_file_sent(request.files.get("file")), wish)
        held, _ = held_records(settings())
        inspect(asked, held)
        kept = uploads().keep(asked, session_id())
    except FieldError as error:
        message = say(f"admin.error.{error.field}", limit=LARGEST // 2**20)
        return admin_page(Refusal(message, wrong=error.field, wish=wish), 400)
    except KbError as error:
        status = 500 if isinstance(error, StoreError) else 400
        why = in_form_words(str(error))
        return admin_page(Refusal(gettext("admin.error.refused"), why, wish=wish), status)
    return redirect(url_for("admin_import.report_page", name=kept.name), 303)


def _file_sent(file: FileStorage | None) -> tuple[str, bytes]:
    data = file.read() if file and file.filename else b""
    if not data.strip():
        raise FieldError("file", "no file was sent, or an empty one")
    if len(data) > LARGEST:
        raise PageError(413, say("admin.error.large", limit=LARGEST // 2**20))
    return file_name(str(file.filename) if file else ""), data


def file_name(sent: str) -> str:
    """The last part of a file's name, without what cannot be printed."""
    last = _UNPRINTED.sub("", re.split(r"[/\\]", sent)[-1]).strip(" .")
    return last[:_LONGEST_NAME] or "file"


@area.get("/import/<name>")
def report_page(name: str) -> Response:
    """What was found in a file that was sent."""
    kept = _kept(name)
    try:
        return _page(kept, _look(kept, frozenset()))
    except InputError as error:
        return admin_page(Refusal(gettext("admin.error.refused"), in_form_words(str(error))), 400)


@area.post("/import/<name>")
def decide(name: str) -> BaseResponse:
    """Give the file up, look again with the ticked restorations, or import it."""
    action = request.form.get("action")
    if action == "cancel":
        if uploads().get(name, session_id()):
            uploads().drop(name)
        return redirect(url_for("admin.entrance"), 303)
    kept = _kept(name)
    shown = unseal(request.form.get("shown", ""))
    if (shown.get("upload"), shown.get("sha256")) != (name, kept.upload.sha256):
        raise PageError(400, say("admin.error.form"))
    look = _look(kept, ALL if action == "look-all" else frozenset(request.form.getlist("accept")))
    if action != "import":
        return _page(kept, look)
    return _import(kept, look, shown.get("digest", ""))


def _kept(name: str) -> Kept:
    """The file that was sent; a 410 when it is not kept any more, a 400 when it is another."""
    upload = uploads().get(name, session_id())
    if upload is None:
        raise PageError(410, say("admin.error.gone"))
    data = uploads().data(upload)
    if data is None:
        uploads().drop(name)
        raise PageError(400, say("admin.error.other-file"))
    return Kept(upload, data)


def _look(kept: Kept, ticked: frozenset[str]) -> Look:
    held, damaged = held_records(settings())
    asked: Request = kept.upload.request(kept.data)
    plain = inspect(asked, held)
    if ticked is ALL:
        ticked = frozenset(map(key_of, plain.proposals))
    accepted = ticked_of(plain.proposals, ticked)
    found = inspect(asked, held, accepted) if accepted else plain
    return Look(plain, found, standing(settings(), found), ticked, damaged)


def _import(kept: Kept, look: Look, digest: str) -> BaseResponse:
    replacing = request.form.get("replace") == "yes"
    if remark := _objection(look, digest, replacing):
        return _page(kept, look, remark)
    try:
        bring_in(settings(), look.found, replacing=replacing)
    except KbError as error:
        status = 500 if isinstance(error, StoreError) else 409
        return _page(kept, look, Remark("admin.error.refused", status, in_form_words(str(error))))
    uploads().drop(kept.upload.name)
    if why_stale(settings()):
        ask_for_build(settings())
    return redirect(url_for("admin_build.build_page"), 303)


def _objection(look: Look, digest: str, replacing: bool) -> Remark | None:
    """Why the text is not imported as it is, if it is not."""
    if look.digest != digest or not look.knows_all_ticked:
        return Remark("admin.error.changed", 409)
    if look.found.refused:
        return Remark("admin.error.refused-lines", 400)
    if look.standing is Standing.OTHER and not replacing:
        return Remark("admin.error.replace", 400)
    return None


def _page(kept: Kept, look: Look, remark: Remark | None = None) -> Response:
    shown = {"upload": kept.upload.name, "sha256": kept.upload.sha256, "digest": look.digest}
    page = render_template(
        "admin_report.html",
        upload=kept.upload,
        look=look,
        found=look.found,
        report=report_of(look),
        remark=remark,
        shown=seal(shown),
    )
    return make_response(page, remark.status if remark else 200)
