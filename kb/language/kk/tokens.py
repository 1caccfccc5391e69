"""Kazakh text to search tokens: words, and the forms under which an index keeps each word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kb.language.kk.skeleton import plain, skeleton_stem
from kb.language.kk.stemmer import CACHED_WORDS, root, stem

GRAM_LENGTH: Final = 4
"""Letters of a character n-gram: four measured best, alone and beside stems."""

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Forms:
    """One word under each of the forms that an index may keep."""

    surface: str
    stem: str
    root: str
    skeleton: str
    grams: tuple[str, ...]


def tokens(text: str) -> list[str]:
    """Split text into lower-cased words and numbers: `6-тармақ` → `6`, `тармақ`."""
    return _WORD.findall(text.lower())


@lru_cache(maxsize=CACHED_WORDS)
def search_forms(word: str) -> Forms:
    """Return the forms of one token."""
    return Forms(word, stem(word), root(word), skeleton_stem(word), grams(plain(word)))


def grams(word: str, length: int = GRAM_LENGTH) -> tuple[str, ...]:
    """Return the character n-grams of a word between boundary marks, the whole if it is short."""
    marked = f"_{word}_"
    last = max(len(marked) - length, 0)
    return tuple(marked[at : at + length] for at in range(last + 1))
