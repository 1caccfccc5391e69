"""Read a misspelt question: each unknown word is taken for the known word most like it.

The vocabulary is that of the index itself. A word is known when its stem is: a new ending is no
misspelling. A Kazakh word typed without its special letters, or in Latin ones, meets its proper
spelling by its skeleton; other unknown words by edit distance. A word that is written as a name is
read otherwise only where one letter of a long word is wrong.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from kb.index.analysis import forms
from kb.language.kk.skeleton import plain, skeleton
from kb.language.kk.tokens import tokens
from kb.language.stop_words import stop_words

_SHORTEST = 4
_LONG = 9
# A shorter name, of a town or a person, is too often one letter away from a word of the law.
_SHORTEST_NAME = 8
_MOST_CORRECTED = 24
# A word that no sentence begins with.
_WITHIN = re.compile(r"(?<=[^\s.?!…:]\s)[^\W\d_]+")


@dataclass(frozen=True)
class Word:
    """A word of the index: how often it stands there, its stem and its skeleton."""

    count: int
    stem: str
    skeleton: str


Vocabulary = dict[str, dict[str, Word]]


def vocabulary(texts: Iterable[tuple[str, str]]) -> Vocabulary:
    """Count and analyse the words of ``(lang, text)`` pairs, per language."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for lang, text in texts:
        counts[lang].update(tokens(text))
    return {
        lang: {word: _word(word, lang, found[word]) for word in sorted(found)}
        for lang, found in sorted(counts.items())
    }


def _word(word: str, lang: str, count: int) -> Word:
    return Word(count, forms(word, lang).stem, skeleton(word) if lang == "kk" else "")


@dataclass(frozen=True)
class Speller:
    """Corrects the words of one language by those of the index."""

    lang: str
    words: Mapping[str, Word]

    @cached_property
    def _stems(self) -> set[str]:
        return {word.stem for word in self.words.values()}

    @cached_property
    def _by_skeleton(self) -> dict[str, list[str]]:
        """The words of each skeleton."""
        found: dict[str, list[str]] = defaultdict(list)
        for word, known in self.words.items():
            found[known.skeleton].append(word)
        return dict(found)

    @cached_property
    def _by_letters(self) -> dict[str, str]:
        """The commonest word of each spelling without special letters."""
        return {self._letters(word): word for word in self._rarest_first}

    @cached_property
    def _rarest_first(self) -> list[str]:
        return sorted(self.words, key=lambda word: (self.words[word].count, word))

    def _letters(self, word: str) -> str:
        return plain(word) if self.lang == "kk" else word.replace("ё", "е")

    def _known(self, word: str) -> bool:
        if word in self.words or word in stop_words(self.lang) or not word.isalpha():
            return True
        return forms(word, self.lang).stem in self._stems

    def correct(self, text: str) -> tuple[str, dict[str, str]]:
        """Return the text with its unknown words replaced, and what was replaced by what."""
        unknown = [word for word in dict.fromkeys(tokens(text)) if not self._known(word)]
        # A question of so many misspelt words is none; reading them all would take seconds.
        read = unknown[:_MOST_CORRECTED]
        names = _names(text)
        found = {word: better for word in read if (better := self._better(word, word in names))}
        corrected = " ".join(found.get(word, word) for word in tokens(text))
        return (corrected, found) if found else (text, {})

    def _better(self, word: str, is_name: bool) -> str | None:
        same = self._by_skeleton.get(skeleton(word), ()) if self.lang == "kk" else ()
        letters = self._letters(word)
        # Skeletons fold more than the special letters: киим is киім before it is кім.
        near = ((DamerauLevenshtein.distance(letters, self._letters(w)), w) for w in same)
        return self._commonest_of_nearest(near) or self._nearest(letters, is_name)

    def _commonest_of_nearest(self, near: Iterable[tuple[int, str]]) -> str | None:
        """The commonest of the words fewest edits away; ``near`` has the edits of each."""
        found = min(near, key=lambda pair: (pair[0], -self.words[pair[1]].count), default=None)
        return found and found[1]

    def _nearest(self, letters: str, is_name: bool) -> str | None:
        """The commonest of the known words fewest edits away, if few enough."""
        if len(letters) < (_SHORTEST_NAME if is_name else _SHORTEST):
            return None
        allowed = 2 if len(letters) >= _LONG and not is_name else 1
        near = process.extract(
            letters,
            self._by_letters.keys(),
            scorer=DamerauLevenshtein.distance,
            score_cutoff=allowed,
            limit=8,
        )
        # The first letter is seldom mistyped; a word that differs in it is another word.
        alike = ((n, self._by_letters[key]) for key, n, _ in near if key[:1] == letters[:1])
        return self._commonest_of_nearest(alike)


def _names(text: str) -> set[str]:
    """The words written with a capital within a sentence, where most are not."""
    within = _WITHIN.findall(text)
    capital = [word.lower() for word in within if word.istitle()]
    return set(capital) if 2 * len(capital) <= len(within) else set()
