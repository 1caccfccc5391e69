"""The headers of every response, and the limit on what a request may send."""

from __future__ import annotations

from flask import Flask, Response, abort, request

MAX_BODY = 1_000_000
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
    if (request.content_length or 0) > MAX_BODY:
        abort(413)


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
