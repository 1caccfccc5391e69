"""The area about the product: coverage, edition, method, measured quality, limits."""

from __future__ import annotations

from flask import Blueprint

area = Blueprint("about", __name__, url_prefix="/<any(kk, ru, en):lang>")
