"""The area of feeds: the amendments of an act for those who follow it."""

from __future__ import annotations

from flask import Blueprint

area = Blueprint("feeds", __name__, url_prefix="/<any(kk, ru, en):lang>")
