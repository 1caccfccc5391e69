"""What a reader without scripts has collected for a note: addresses in one cookie, nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Response, g, request

NAME = "adep_note"
MOST = 60
_SEPARATOR = "~"
# A clause of the newest text, or with ``@`` and its day one of an older edition.
_ADDRESS = re.compile(
    r"[A-Z][A-Z0-9_]{9,12}(?:/[a-z0-9.-]{1,20}){1,6}(?:@[0-9]{4}-[0-9]{2}-[0-9]{2})?"
)


def collected() -> tuple[str, ...]:
    """The addresses in the cookie, in the order in which they were collected."""
    g.note_cookie_read = True
    found = request.cookies.get(NAME, "").split(_SEPARATOR)
    return tuple(dict.fromkeys(a for a in found if _ADDRESS.fullmatch(a)))[:MOST]


def keep(response: Response, addresses: Sequence[str]) -> None:
    """Set the cookie for as long as the browser is open; without addresses, take it away."""
    if not addresses:
        response.delete_cookie(NAME, samesite="Lax", secure=request.is_secure, httponly=True)
        return
    response.set_cookie(
        NAME,
        _SEPARATOR.join(addresses),
        samesite="Lax",
        secure=request.is_secure,
        httponly=True,
    )


def vary(response: Response) -> Response:
    """Say of a page that was made with the cookie that it depends on it."""
    if g.get("note_cookie_read"):
        response.vary.add("Cookie")
    return response
