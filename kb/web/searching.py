"""The area of search: ranked clauses with facets and highlighting."""

from __future__ import annotations

from flask import Blueprint

area = Blueprint("searching", __name__, url_prefix="/<any(kk, ru, en):lang>")
