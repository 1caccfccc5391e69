"""Which translation stands beside the law's text: the reader's choice, whatever the page's."""

from __future__ import annotations

from flask import request

from kb.address import LANGUAGES
from kb.web.languages import current_language

NONE = "none"
# The law is in Kazakh; the translations are into the others.
TRANSLATIONS = tuple(lang for lang in LANGUAGES if lang != "kk")
CHOICES = (NONE, *TRANSLATIONS)


def beside_asked() -> str:
    """The language of ``?beside=``; without it, the page's own; empty for none."""
    given = _given()
    usual = current_language() if current_language() in TRANSLATIONS else NONE
    chosen = given or usual
    return "" if chosen == NONE else chosen


def _given() -> str:
    given = request.args.get("beside", "")
    return given if given in CHOICES else ""


def keep_beside(_endpoint: str, values: dict[str, object]) -> None:
    """Carry a choice made on a page of an act to the act's other pages."""
    if "beside" not in values and request.blueprint == "acts" and (given := _given()):
        values["beside"] = given
