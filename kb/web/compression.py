"""Send texts compressed to browsers that take them so.

No page holds a secret beside what its reader wrote, so its length gives nothing away.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

_LEAST = 1_000
_LEVEL = 6
_TEXTS = ("text/", "image/svg", "application/atom+xml", "application/json", "application/xml")
_NAMED = {"application/javascript", "application/opensearchdescription+xml"}


def _compress(response: Response) -> Response:
    if not _is_text(response.mimetype or ""):
        return response
    response.vary.add("Accept-Encoding")
    if not _wanted(response):
        return response
    data = _whole(response)
    if len(data) < _LEAST:
        return response
    response.set_data(gzip.compress(data, _LEVEL, mtime=0))
    response.content_encoding = "gzip"
    tag, _ = response.get_etag()
    if tag:
        # The same text in other bytes: what is the same is the meaning.
        response.set_etag(tag, weak=True)
    return response


def _whole(response: Response) -> bytes:
    """All that is sent; a file that it is read from is closed."""
    body = response.response
    response.direct_passthrough = False
    data = response.get_data()
    close = getattr(body, "close", None)
    if close:
        close()
    return data


def _is_text(mimetype: str) -> bool:
    return mimetype.startswith(_TEXTS) or mimetype in _NAMED


def _wanted(response: Response) -> bool:
    """Whether the whole of it is sent, not yet compressed, to somebody who takes gzip."""
    return (
        response.status_code not in {204, 206, 304}
        and not response.content_encoding
        and request.accept_encodings["gzip"] > 0
    )


def init_compression(app: Flask) -> None:
    """Compress the responses of every route, errors included."""
    app.after_request(_compress)
