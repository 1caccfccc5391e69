"""The admin area: signing in, and the page with the form for a file and the texts that are held."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from kb.importing.asked import Wish
from kb.importing.held import held_editions
from kb.importing.read_file import LARGEST
from kb.web.admin_build import look
from kb.web.admin_guard import new_area, settings, sign_in_page, uploads
from kb.web.admin_session import begin, end, gate, session_id
from kb.web.languages import gettext
from kb.web.limits import count_sign_in

area = new_area("admin")

_LONGEST_TOKEN = 1000


@dataclass(frozen=True)
class Refusal:
    """Why a file was not taken: in the reader's language, and in the importer's own words.

    ``wrong`` is the field of the form that is wrong, where it is one.
    """

    message: str = ""
    why: str = ""
    wrong: str = ""
    wish: Wish = field(default_factory=lambda: Wish("", ""))


@area.get("/")
def entrance() -> Response:
    """The admin page for who is signed in; for anybody else, the form that asks for the token."""
    return admin_page() if session_id() else sign_in_page()


@area.post("/")
def sign_in() -> BaseResponse:
    """Sign in with the token; a wrong one is a 403."""
    count_sign_in()
    if not gate().admits(request.form.get("token", "")[:_LONGEST_TOKEN]):
        return sign_in_page(gettext("admin.error.token"), 403)
    response = redirect(url_for("admin.entrance"), 303)
    begin(response)
    return response


@area.get("/sign-out")
def signed_out() -> BaseResponse:
    """Lead back whoever opens the address of the button."""
    return redirect(url_for("admin.entrance"), 303)


@area.post("/sign-out")
def sign_out() -> BaseResponse:
    """Sign out of this browser."""
    response = redirect(url_for("admin.entrance"), 303)
    end(response)
    return response


def admin_page(refusal: Refusal | None = None, status: int = 200) -> Response:
    """The form for a file, the state of the index, and every text that is held."""
    uploads().sweep()
    held = held_editions(settings())
    page = render_template(
        "admin.html",
        held=held,
        codes=sorted({edition.act for edition in held}),
        standstill=look(settings()),
        refusal=refusal or Refusal(),
        today=date.today().isoformat(),
        largest=LARGEST // 2**20,
    )
    return make_response(page, status)
