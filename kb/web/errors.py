"""Error pages in the reader's language; none of them shows what went wrong inside."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, make_response, render_template
from werkzeug.exceptions import HTTPException, InternalServerError

from kb.address import ClauseAddress
from kb.answer.quote import Citation
from kb.errors import SearchTimeoutError, UnknownAddressError
from kb.web.knowledge import knowledge
from kb.web.languages import gettext, say

_KNOWN = (400, 404, 405, 413, 429, 500, 503)


class PageError(HTTPException):
    """A request that cannot be served as it is, with one line of our own that says why."""

    def __init__(self, code: int, line: str) -> None:
        """Set the status and the line, which is already in the reader's language."""
        super().__init__(line)
        self.code = code
        self.line = line


def error_page(code: int, line: str = "", near: Sequence[Citation] = ()) -> Response:
    """Render the page of a status; ``near`` are clauses that may have been meant."""
    known = code if code in _KNOWN else 500 if code >= 500 else 400
    page = render_template(
        "error.html",
        code=code,
        heading=gettext(f"error.{known}.title"),
        line=line or say(f"error.{known}.text"),
        near=near,
    )
    return make_response(page, code)


def _on_http(error: HTTPException) -> Response:
    original = error.get_response()
    if error.code is None or error.code < 400:
        return make_response(original)
    page = error_page(error.code, error.line if isinstance(error, PageError) else "")
    if "Allow" in original.headers:
        page.headers["Allow"] = original.headers["Allow"]
    return page


def _on_crash(_error: InternalServerError) -> Response:
    return error_page(500)


def _on_unknown_address(error: UnknownAddressError) -> Response:
    library = knowledge().library
    found = (library.find(ClauseAddress.parse(address)) for address in error.nearest)
    near = [library.cite(clause) for clause in found if clause]
    return error_page(404, say("error.no_clause", address=error.address), near)


def _on_timeout(_error: SearchTimeoutError) -> Response:
    return error_page(503)


def init_errors(app: Flask) -> None:
    """Register the error pages."""
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(InternalServerError, _on_crash)
    app.register_error_handler(UnknownAddressError, _on_unknown_address)
    app.register_error_handler(SearchTimeoutError, _on_timeout)
