"""Taking an imported edition away: a page that asks, and the button that does it."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from kb.errors import InputError
from kb.importing.held import HeldEdition, find_imported, remove_edition
from kb.web.admin_build import ask_for_build
from kb.web.admin_guard import new_area, settings
from kb.web.errors import PageError
from kb.web.languages import say

area = new_area("admin_editions")


@area.get("/remove/<act_id>/<edition>")
def removal_page(act_id: str, edition: str) -> str:
    """Ask whether an imported edition is to be taken away."""
    return render_template("admin_remove.html", edition=_found(act_id, edition))


@area.post("/remove/<act_id>/<edition>")
def remove(act_id: str, edition: str) -> BaseResponse:
    """Take it away, and have the index built without it."""
    found = _found(act_id, edition)
    if request.form.get("sure") != "yes":
        raise PageError(400, say("admin.error.unsure"))
    try:
        remove_edition(settings(), found.act, found.name)
    except InputError:  # somebody else did it meanwhile
        abort(404)
    ask_for_build(settings())
    return redirect(url_for("admin_build.build_page"), 303)


def _found(act_id: str, edition: str) -> HeldEdition:
    found = find_imported(settings(), act_id, edition)
    if found is None:
        abort(404)
    return found
