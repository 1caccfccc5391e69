"""The page that tells how far the index is, and the button that has it built."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from kb.web.admin_build import Standstill, ask_for_build, look
from kb.web.admin_guard import new_area, settings
from kb.web.knowledge import latest
from kb.web.languages import term

area = new_area("admin_build")

_REFRESH_S = 5
# The stages of a build that have words of their own in the catalogues.
STAGES = ("reading-the-corpus", "writing-the-keyword-index", "encoding", "training-the-adapter")


@area.get("/build")
def build_page() -> Response:
    """How far the build is; the page loads itself anew until it ends, unless asked to stand."""
    found = look(settings())
    phase = _phase(found)
    moving = phase in {"asked", "running", "opening"}
    still = request.args.get("still") == "1"
    page = render_template(
        "admin_build.html",
        phase=phase,
        build=found.state,
        stage=stage_words(found.state.stage) if found.state else "",
        moving=moving,
        still=still,
    )
    response = make_response(page)
    if moving and not still:
        response.headers["Refresh"] = str(_REFRESH_S)
    return response


def stage_words(stage: str) -> str:
    """A stage of the build in the reader's language; empty for one that is not known."""
    name = stage.replace(" ", "-")
    return term("admin.stage", name) if name in STAGES else ""


def _phase(found: Standstill) -> str:
    """The state of the build as this process of the site sees it."""
    state = found.state.state if found.state else "none"
    if found.stale and state != "failed":
        return "stale"
    if state == "done" and not latest().is_newest:
        return "opening"
    return state


@area.post("/build")
def build() -> BaseResponse:
    """Have the index built, or try again."""
    ask_for_build(settings())
    return redirect(url_for("admin_build.build_page"), 303)
