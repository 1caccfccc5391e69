"""What a question asks: its sentence that asks, and whether it wants a quantity."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from kb.language.kk.skeleton import plain

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def asking_part(text: str) -> str:
    """The sentences of a story that ask; its last one where none ends in a question mark.

    People tell what happened before they ask, and the story is about other things.
    """
    sentences = [s for s in _SENTENCE.split(text.strip()) if any(map(str.isalpha, s))]
    asking = [s for s in sentences if s.endswith("?")]
    return " ".join(asking or sentences[-1:])


def asks_quantity(text: str, lang: str) -> bool:
    """Whether a question wants a number, a share, a sum or a time that somebody has laid down."""
    wanted, not_meant = _patterns(lang)
    return wanted.search(not_meant.sub(" ", _folded(text, lang))) is not None


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = tomllib.loads(
        resources.files("kb.language").joinpath("asking.toml").read_text(encoding="utf-8")
    )[lang]
    return _any_of(data["quantity"], lang), _any_of(data["not"], lang)


def _any_of(phrases: list[str], lang: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(_folded(p, lang)) for p in phrases) + ")")


def _folded(text: str, lang: str) -> str:
    return plain(text.lower()) if lang == "kk" else text.lower()
