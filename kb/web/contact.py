"""The area of the ethics commissioner: whom to ask, where and when."""

from __future__ import annotations

from flask import Blueprint

area = Blueprint("contact", __name__, url_prefix="/<any(kk, ru, en):lang>")
