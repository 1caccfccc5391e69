"""The area of operation: whether this process serves, and from what."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from kb.web.knowledge import knowledge

area = Blueprint("health", __name__)


@area.get("/healthz")
def healthz() -> Response:
    """Say that the index is open, and how much is in it."""
    return jsonify(status="ok", index=knowledge().counts)
