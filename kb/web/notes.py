"""The area of explanatory notes: collect clauses, write between them, export."""

from __future__ import annotations

from flask import Blueprint

area = Blueprint("notes", __name__, url_prefix="/<any(kk, ru, en):lang>")
