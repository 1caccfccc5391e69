"""Turn text into the terms that are indexed and searched, per language.

Kazakh has its own analysis (``kb.language.kk``); Russian and English stems come from Snowball.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import snowballstemmer

from kb.language.kk.tokens import Forms, grams, search_forms, tokens
from kb.language.stop_words import stop_words

# The streams of word terms that a field keeps, and how much a match in each counts. Kazakh has a
# second one, because its letters are often typed without their marks.
_KAZAKH_STREAMS: Mapping[str, float] = {"stem": 0.5, "skeleton": 0.5}
_OTHER_STREAMS: Mapping[str, float] = {"stem": 1.0}
_SNOWBALL = {"ru": "russian", "en": "english"}


def word_streams(lang: str) -> Mapping[str, float]:
    """The word streams of a language, with their weights."""
    return _KAZAKH_STREAMS if lang == "kk" else _OTHER_STREAMS


def _snowball(word: str, lang: str) -> str:
    # A stemmer keeps the word that it works on, so that no two threads may share one.
    stem: str = snowballstemmer.stemmer(_SNOWBALL[lang]).stemWord(word)
    return stem


@lru_cache(maxsize=50_000)
def forms(word: str, lang: str) -> Forms:
    """Analyse one lower-case word of ``kk``, ``ru`` or ``en``."""
    if lang == "kk":
        return search_forms(word)
    folded = word.replace("ё", "е")
    stem = _snowball(folded, lang)
    return Forms(word, stem, stem, stem, grams(folded))


def content_words(text: str, lang: str) -> list[str]:
    """The words that carry meaning, in lower case; all of them when none does."""
    found = tokens(text)
    stop = stop_words(lang)
    return [word for word in found if word not in stop] or found


def streams(text: str, lang: str) -> dict[str, list[str]]:
    """Return the terms of each stream, in order."""
    analysed = [forms(word, lang) for word in content_words(text, lang)]
    found = {name: [getattr(f, name) for f in analysed] for name in word_streams(lang)}
    return found | {"grams": [gram for f in analysed for gram in f.grams]}


def weigh(terms: Iterable[str]) -> dict[str, float]:
    """Give each term of a query the weight one; a repeated term counts once."""
    return dict.fromkeys(terms, 1.0)
