"""Fold the letters that a keyboard without Kazakh lacks, so that `адеп` meets `әдеп`.

Folding comes before stemming: the suffix layers and the exceptions are folded as well, and a word
typed with or without its special letters takes the same path. So both have one skeleton, always.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from kb.language.kk.grammar import FULL_SPELLING, Spelling, load_grammar
from kb.language.kk.letters import BACK, EITHER, FRONT
from kb.language.kk.stemmer import CACHED_WORDS, Stemmer

_PLAIN: Final = str.maketrans("әіңғүұқөһ", "аингуукох")
_ALIKE: Final = str.maketrans(
    dict(zip("ыйэёщцяюьъ", ("и", "и", "е", "е", "ш", "тс", "иа", "иу", "", ""), strict=True))
)
_REPEATED_I: Final = re.compile("и{2,}")


def plain(text: str) -> str:
    """Write lower-cased text with the letters of a Russian keyboard: `жөніндегі` → `жониндеги`."""
    return text.translate(_PLAIN)


def skeleton(text: str) -> str:
    """Fold lower-cased text to the letters that survive careless typing and Latin spelling.

    Beyond the special letters, one letter stands for ы, й and и, which Latin `y` and `i` mix up.
    """
    return _REPEATED_I.sub("и", plain(text).translate(_ALIKE))


@lru_cache(maxsize=CACHED_WORDS)
def skeleton_stem(word: str) -> str:
    """Return the skeleton of the stem of a lower-cased word, however it was typed."""
    return skeleton(_plain_stemmer().stem(plain(word)))


def _plain_harmonies(stem: str) -> frozenset[str]:
    """Tell front from back by е and ы; а, о of a first syllable may hide ә, ө, and и hides і."""
    vowels = [letter for letter in stem if letter in "аоуыеёэи"]
    for index in range(len(vowels) - 1, -1, -1):
        letter = vowels[index]
        if letter in "ыё" or (letter in "ао" and index > 0):
            return EITHER if stem[-1] in "кгь" else BACK
        if letter in "еэ":
            return FRONT
    return EITHER


@cache
def _plain_stemmer() -> Stemmer:
    classes = {plain(letter): "" for letter in FULL_SPELLING.classes}
    for letter, name in FULL_SPELLING.classes.items():
        classes[plain(letter)] += name
    return Stemmer(load_grammar(Spelling(plain, classes, _plain_harmonies)))
