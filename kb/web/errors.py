"""Error pages in the reader's language; none of them shows what went wrong inside."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, make_response, render_template, request, url_for
from werkzeug.exceptions import HTTPException, InternalServerError

from kb.address import ClauseAddress
from kb.answer.quote import Citation
from kb.errors import SearchTimeoutError, UnknownAddressError
from kb.web.held import HeldClause, absence, editions_with
from kb.web.knowledge import knowledge
from kb.web.languages import gettext, say
from kb.web.mistyped import clauses_meant, page_meant
from kb.web.navigation import Entry, navigation

_KNOWN = (400, 403, 404, 405, 413, 429, 500, 503)
# What another server, or the same one a little later, would answer: the reader may try again.
_PASSING = (429, 500, 503)
# Headers that a status is not complete without.
_KEPT = ("Allow", "Retry-After")


class PageError(HTTPException):
    """A request that cannot be served as it is, with one line of our own that says why."""

    def __init__(self, code: int, line: str) -> None:
        """Set the status and the line, which is already in the reader's language."""
        super().__init__(line)
        self.code = code
        self.line = line


def error_page(
    code: int,
    line: str = "",
    near: Sequence[Citation] = (),
    page: Entry | None = None,
    held: Sequence[HeldClause] = (),
) -> Response:
    """Render the page of a status; ``near`` and ``page`` are what may have been meant.

    ``held`` are the editions that have the clause asked for.
    """
    known = code if code in _KNOWN else 500 if code >= 500 else 400
    rendered = render_template(
        "error.html",
        code=code,
        heading=gettext(f"error.{known}.title"),
        line=line or say(f"error.{known}.text"),
        near=near,
        held=held,
        page=page,
        again=code in _PASSING and request.method == "GET" and _is_routed(),
    )
    return make_response(rendered, code)


def _is_routed() -> bool:
    return request.routing_exception is None and request.blueprint is not None


def _on_http(error: HTTPException) -> Response:
    original = error.get_response()
    if error.code is None or error.code < 400:
        return make_response(original)
    if error.code == 404:
        return _not_found()
    page = error_page(error.code, error.line if isinstance(error, PageError) else "")
    page.headers.update({n: original.headers[n] for n in _KEPT if n in original.headers})
    return page


def _not_found(line: str = "", nearest: Sequence[Citation] = ()) -> Response:
    """Name the clauses, or the page, that a mistyped address may have meant."""
    near = clauses_meant(request.path, knowledge().library) or nearest
    return error_page(404, line, near, None if near else _page_meant())


def _page_meant() -> Entry | None:
    endpoint = page_meant(request.path)
    href = url_for(endpoint) if endpoint else None
    return next((entry for entry in navigation() if entry.href == href), None)


def _on_crash(_error: InternalServerError) -> Response:
    return error_page(500)


def _on_unknown_address(error: UnknownAddressError) -> Response:
    library = knowledge().library
    if held := editions_with(library, error.address):
        return error_page(404, absence(library, error.address, held), held=held)
    found = (library.find(ClauseAddress.parse(address)) for address in error.nearest)
    nearest = [library.cite(clause) for clause in found if clause]
    return _not_found(say("error.no_clause", address=error.address), nearest)


def _on_timeout(_error: SearchTimeoutError) -> Response:
    return error_page(503)


def init_errors(app: Flask) -> None:
    """Register the error pages."""
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(InternalServerError, _on_crash)
    app.register_error_handler(UnknownAddressError, _on_unknown_address)
    app.register_error_handler(SearchTimeoutError, _on_timeout)
