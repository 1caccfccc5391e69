"""What every page of the admin area has in common: who may see it, and that nobody keeps it."""

from __future__ import annotations

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from kb.config import Config
from kb.web.admin_build import finish_what_was_left
from kb.web.admin_session import form_token, gate, init_admin_session, is_own_form, session_id
from kb.web.admin_uploads import Uploads
from kb.web.errors import PageError
from kb.web.languages import gettext, say
from kb.web.security import is_from_elsewhere

_SETTINGS, _UPLOADS = "adep-settings", "adep-uploads"
_ENTRANCE = {"admin.entrance", "admin.sign_in"}
# One form may have a box for every damaged word of a scan.
_MAX_FIELDS = 10_000


def new_area(name: str) -> Blueprint:
    """A blueprint of the admin area, with its guard."""
    area = Blueprint(name, __name__, url_prefix="/<any(kk, ru, en):lang>/admin")
    area.before_request(_guard)
    area.after_request(_keep_nothing)
    area.context_processor(lambda: {"form_token": form_token})
    return area


def _guard() -> BaseResponse | None:
    """Refuse whoever is not signed in, before the body of the request is read."""
    if not gate().token:
        abort(404)
    posts = request.method == "POST"
    if posts and is_from_elsewhere():
        abort(403)
    if request.endpoint in _ENTRANCE:
        return None
    if not session_id():
        if posts:
            return sign_in_page(gettext("admin.error.signed-out"), 403)
        return redirect(url_for("admin.entrance"), 303)
    if posts:
        request.max_form_parts = _MAX_FIELDS
        if not is_own_form(request.form.get("form", "")):
            raise PageError(400, say("admin.error.form"))
    return None


def sign_in_page(message: str = "", status: int = 200) -> Response:
    """The form that asks for the token."""
    return make_response(render_template("admin_sign_in.html", message=message), status)


def _keep_nothing(response: Response) -> Response:
    response.cache_control.private = True
    response.cache_control.no_store = True
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def init_admin(app: Flask, config: Config) -> None:
    """Make the area ready; with a token, take up what a stopped server left."""
    init_admin_session(app, config)
    app.extensions[_SETTINGS] = config
    app.extensions[_UPLOADS] = Uploads(config.uploads_folder)
    if config.admin_token:
        app.extensions[_UPLOADS].sweep()
        finish_what_was_left(config)


def settings() -> Config:
    """The settings of the current application."""
    found: Config = current_app.extensions[_SETTINGS]
    return found


def uploads() -> Uploads:
    """The uploads of the current application."""
    found: Uploads = current_app.extensions[_UPLOADS]
    return found
