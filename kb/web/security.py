"""The headers of every response, and the limit on what a request may send."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from kb.importing.read_file import LARGEST
from kb.web.admin_session import session_id
from kb.web.errors import PageError
from kb.web.languages import say

MAX_BODY = 1_000_000
# A file of an act, and the fields that are sent with it.
MAX_UPLOAD = LARGEST + 100_000
_UPLOAD = "admin_import.upload"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_YEAR_S = 31_536_000


def _refuse_large_bodies() -> None:
    # No page reads a body, so the limit has to be looked at before one is chosen.
    length = request.content_length or 0
    if request.endpoint == _UPLOAD and session_id():
        request.max_content_length = MAX_UPLOAD
        if length > MAX_UPLOAD:
            raise PageError(413, say("admin.error.large", limit=LARGEST // 2**20))
    elif length > MAX_BODY and request.endpoint != _UPLOAD:  # whose guard reads no body
        abort(413)


def is_from_elsewhere() -> bool:
    """Whether a page of another site sent the request; the browser says where it comes from."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin", "null")
    # Our own forms have the origin "null" in browsers that do not send the first header.
    foreign = origin != "null" and urlsplit(origin).netloc != request.host
    return site not in {None, "same-origin", "none"} or (site is None and foreign)


def _add_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    if request.endpoint == "static" and response.status_code == 200 and "v" in request.args:
        response.cache_control.max_age = _YEAR_S
        response.cache_control.immutable = True
    elif request.endpoint in {"asking.ask", "searching.search_page"}:
        # A question is the asker's own: shared caches do not keep it.
        response.cache_control.private = True
        response.cache_control.no_store = True
    return response


def init_security(app: Flask) -> None:
    """Limit bodies and set the headers, on error pages too."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.before_request(_refuse_large_bodies)
    app.after_request(_add_headers)
