"""Turn text into the terms that are indexed and searched, per language.

Kazakh has its own analysis (``kb.language.kk``); Russian and English stems come from Snowball.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

import snowballstemmer

from kb.language.kk.tokens import Forms, grams, search_forms, tokens
from kb.language.stop_words import stop_words

# The streams of terms that a field keeps, and how much a match in each counts.
WORD_STREAMS: Mapping[str, float] = {"stem": 1.0, "root": 0.4, "skeleton": 0.6}
STREAMS = (*WORD_STREAMS, "grams")
_SNOWBALL = {"ru": "russian", "en": "english"}


@cache
def _snowball(lang: str) -> Callable[[str], str]:
    stem: Callable[[str], str] = snowballstemmer.stemmer(_SNOWBALL[lang]).stemWord
    return stem


@lru_cache(maxsize=50_000)
def forms(word: str, lang: str) -> Forms:
    """Analyse one lower-case word of ``kk``, ``ru`` or ``en``."""
    if lang == "kk":
        return search_forms(word)
    folded = word.replace("ё", "е")
    stem = _snowball(lang)(folded)
    return Forms(word, stem, stem, stem, grams(folded))


def content_words(text: str, lang: str) -> list[str]:
    """The words that carry meaning, in lower case; all of them when none does."""
    found = tokens(text)
    stop = stop_words(lang)
    return [word for word in found if word not in stop] or found


def streams(text: str, lang: str) -> dict[str, list[str]]:
    """Return the terms of each stream, in order."""
    analysed = [forms(word, lang) for word in content_words(text, lang)]
    return {
        "stem": [f.stem for f in analysed],
        "root": [f.root for f in analysed],
        "skeleton": [f.skeleton for f in analysed],
        "grams": [gram for f in analysed for gram in f.grams],
    }


def weigh(terms: Iterable[str]) -> dict[str, float]:
    """Count the terms of a query; a repeated one counts once, as BM25 with a low k3 would."""
    return dict.fromkeys(Counter(terms), 1.0)
