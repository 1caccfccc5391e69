"""Say in a word how sure an answer is, by what was measured of answers as probable as it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

WORDS = ("sure", "probable", "possible")


@cache
def measured() -> dict[str, Any]:
    """The measured bands, as ``confidence.toml`` has them."""
    text = resources.files("kb.answer").joinpath("confidence.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def confidence_word(probability: float, *, with_encoder: bool) -> str:
    """``sure``, ``probable`` or ``possible``; the bands of the two ways of searching differ."""
    found = measured()["hybrid" if with_encoder else "keywords"]
    return next((w for w in WORDS[:2] if probability >= found[w]["lowest"]), WORDS[2])
