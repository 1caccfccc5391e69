"""What a question asks: its sentence that asks, and whether it wants a quantity."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from kb.language.kk.skeleton import plain

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
# A search of so few words names what it wants without a word that asks; a sentence of so few asks
# about what was told before it.
_KEYWORDS = 5


def asking_part(text: str) -> str:
    """The sentences of a story that ask; its last one where none ends in a question mark.

    People tell what happened before they ask, and the story is about other things. A few words that
    ask ("What can I do?") say nothing alone: the sentence before each is then read with it.
    """
    sentences = [s for s in _SENTENCE.split(text.strip()) if any(map(str.isalpha, s))]
    asking = [i for i, s in enumerate(sentences) if s.endswith("?")]
    kept = set(asking or range(len(sentences))[-1:])
    if sum(len(sentences[i].split()) for i in kept) <= _KEYWORDS:
        kept |= {i - 1 for i in kept if i}
    return " ".join(sentences[i] for i in sorted(kept))


def asks_quantity(text: str, lang: str) -> bool:
    """Whether a question wants a number, a share, a sum or a time that somebody has laid down."""
    patterns = _patterns(lang)
    folded = patterns["not"].sub(" ", _folded(text, lang))
    if patterns["quantity"].search(folded):
        return True
    noun = patterns["noun"].search(folded)
    if noun is None:
        return False
    return len(folded.split()) <= _KEYWORDS or bool(patterns["which"].search(folded, 0, noun.end()))


@cache
def _patterns(lang: str) -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(
        resources.files("kb.language").joinpath("asking.toml").read_text(encoding="utf-8")
    )[lang]
    return {name: _any_of(phrases, lang) for name, phrases in data.items()}


def _any_of(phrases: list[str], lang: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(_folded(p, lang)) for p in phrases) + ")")


def _folded(text: str, lang: str) -> str:
    return plain(text.lower()) if lang == "kk" else text.lower()
