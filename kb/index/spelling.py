"""Read a misspelt question: each unknown word is taken for the known word most like it.

The vocabulary is that of the index itself. A word is known when its stem is: a new ending is no
misspelling. A Kazakh word typed without its special letters, or in Latin ones, meets its proper
spelling by its skeleton; other unknown words by edit distance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from kb.index.analysis import forms
from kb.language.kk.skeleton import plain, skeleton
from kb.language.kk.tokens import tokens
from kb.language.stop_words import stop_words

_SHORTEST = 4
_LONG = 9


def vocabulary(texts: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Count the words of ``(lang, text)`` pairs, per language."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for lang, text in texts:
        counts[lang].update(tokens(text))
    return {lang: dict(sorted(found.items())) for lang, found in sorted(counts.items())}


@dataclass
class Speller:
    """Corrects words of one language; ``counts`` says how often the index has each word."""

    lang: str
    counts: Mapping[str, int]
    _by_skeleton: dict[str, str] = field(init=False)
    _by_letters: dict[str, str] = field(init=False)
    _keys: list[str] = field(init=False)
    _stems: set[str] = field(init=False)

    def __post_init__(self) -> None:
        ordered = sorted(self.counts, key=lambda word: (self.counts[word], word))
        self._by_skeleton = {self._skeleton(word): word for word in ordered}
        self._by_letters = {self._letters(word): word for word in ordered}
        self._keys = list(self._by_letters)
        self._stems = {forms(word, self.lang).stem for word in self.counts}

    def _skeleton(self, word: str) -> str:
        return skeleton(word) if self.lang == "kk" else self._letters(word)

    def _letters(self, word: str) -> str:
        return plain(word) if self.lang == "kk" else word.replace("ё", "е")

    def _known(self, word: str) -> bool:
        if word in self.counts or word in stop_words(self.lang) or not word.isalpha():
            return True
        return forms(word, self.lang).stem in self._stems

    def correct(self, text: str) -> tuple[str, dict[str, str]]:
        """Return the text with its unknown words replaced, and what was replaced by what."""
        found = {word: better for word in tokens(text) if (better := self._better(word))}
        corrected = " ".join(found.get(word, word) for word in tokens(text))
        return (corrected, found) if found else (text, {})

    def _better(self, word: str) -> str | None:
        if self._known(word):
            return None
        same = self._by_skeleton.get(self._skeleton(word))
        return same or self._nearest(self._letters(word))

    def _nearest(self, letters: str) -> str | None:
        """The commonest of the known words fewest edits away, if few enough."""
        if len(letters) < _SHORTEST:
            return None
        allowed = 2 if len(letters) >= _LONG else 1
        near = process.extract(
            letters, self._keys, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=8
        )
        # The first letter is seldom mistyped; a word that differs in it is another word.
        alike = [(n, self._by_letters[key]) for key, n, _ in near if key[:1] == letters[:1]]
        return min(alike, key=lambda pair: (pair[0], -self.counts[pair[1]]))[1] if alike else None
