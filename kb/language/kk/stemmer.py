"""Strip Kazakh suffixes layer by layer, from the end of the word to its stem.

A word is read backwards along the layers of `suffixes.toml`. Every reading that the layers, vowel
harmony and the last sound of the stem allow is a candidate. A stem of the lexicon wins over an
unknown one; of known stems the longer wins, of unknown ones the shorter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, TypeAlias

from kb.language.kk.grammar import Endings, Grammar, Suffix, load_grammar
from kb.language.kk.letters import DEVOICED, VOWELS, fuse, unfuse

CACHED_WORDS: Final = 1 << 17
LONGEST_WORD: Final = 40
"""Longer strings are not words: they are their own stem."""

_SHORTEST_WORD: Final = 3
_LONGEST_SUFFIX: Final = 6

_Chain: TypeAlias = tuple[Suffix, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A word taken apart: its stem, and its suffixes from left to right as (form, name)."""

    word: str
    stem: str
    suffixes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    stem: str
    known: bool
    chain: _Chain = ()

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        common = not any(suffix.rare for suffix in self.chain)
        length = len(self.stem)
        return (self.known, common, length if self.known else -length, -len(self.chain))


class Stemmer:
    """A stemmer over one grammar: in full spelling, or folded to fewer letters."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._lexicon = grammar.lexicon
        self._classes = grammar.spelling.classes
        self._thematic = tuple(grammar.spelling.fold(vowel) for vowel in "ыі")

    def analyse(self, word: str) -> Analysis:
        """Take a lower-cased word apart; whatever is not a Kazakh word is its own stem."""
        irregular = self._lexicon.forms.get(word)
        if irregular is not None:
            return Analysis(word, irregular)
        if not _SHORTEST_WORD <= len(word) <= LONGEST_WORD:
            return Analysis(word, word)
        best = max(self._readings(unfuse(word)), key=lambda reading: reading.rank)
        stem = best.stem if best.known else self._without_thematic_vowel(best.stem)
        return Analysis(word, fuse(stem), tuple((s.form, s.name) for s in best.chain))

    def stem(self, word: str) -> str:
        """Return the stem of a lower-cased word: inflection gone, word building kept."""
        return self.analyse(word).stem

    def root(self, word: str) -> str:
        """Return the root of a lower-cased word: its stem without word-building suffixes."""
        stem = unfuse(self.stem(word))
        while (shorter := self._without_building(stem)) != stem:
            stem = shorter
        return fuse(stem)

    # ------------------------------------------------------------------ readings

    def _readings(self, word: str) -> Iterator[_Reading]:
        yield _Reading(word, word in self._lexicon.nouns or word in self._lexicon.verbs)
        yield from self._strip(word, self._grammar.final, ())

    def _strip(self, word: str, allowed: frozenset[str], chain: _Chain) -> Iterator[_Reading]:
        for suffix, rest in self._matches(word, allowed, self._grammar.inflection):
            longer = (suffix, *chain)
            yield from self._stems(rest, suffix, longer)
            yield from self._strip(rest, suffix.before, longer)

    def _matches(
        self, word: str, allowed: frozenset[str], endings: Endings
    ) -> Iterator[tuple[Suffix, str]]:
        for length in range(1, min(_LONGEST_SUFFIX, len(word) - 2) + 1):
            rest = word[:-length]
            for suffix in endings.get(word[-length:], ()):
                if not suffix.layers.isdisjoint(allowed) and self._agrees(rest, suffix):
                    yield suffix, rest

    def _agrees(self, rest: str, suffix: Suffix) -> bool:
        sounds = self._classes.get(rest[-1], "")
        if suffix.sounds.isdisjoint(sounds):
            return False
        return not suffix.harmony.isdisjoint(self._grammar.spelling.harmonies(rest))

    def _stems(self, rest: str, suffix: Suffix, chain: _Chain) -> Iterator[_Reading]:
        """Yield the stem that may stand before the suffix, if one may."""
        shapes = list(self._shapes(rest, suffix))
        for kind, stems in (("noun", self._lexicon.nouns), ("verb", self._lexicon.verbs)):
            if kind in suffix.before:
                yield from (_Reading(shape, True, chain) for shape in shapes if shape in stems)
        takes_unknown = not suffix.known and not suffix.before.isdisjoint({"noun", "verb"})
        if takes_unknown and _may_take(shapes[0], suffix):
            yield _Reading(shapes[0], False, chain)

    def _shapes(self, rest: str, suffix: Suffix) -> Iterator[str]:
        """Yield what the stem may have been before the suffix changed its end, likeliest first."""
        last = DEVOICED.get(rest[-1])
        if suffix.opens_with_vowel and last and not rest.endswith(self._lexicon.voiced_end):
            yield rest[:-1] + last
        yield rest
        if suffix.opens_with_vowel and rest in self._lexicon.dropped_vowel:
            yield self._lexicon.dropped_vowel[rest]
        if suffix.form == "у" or suffix.restores:
            yield from (rest + vowel for vowel in self._thematic)

    def _without_thematic_vowel(self, stem: str) -> str:
        """Drop the last vowel of an unknown stem, which a possessive would look like."""
        if len(stem) > 4 and stem[-1] in self._thematic and stem[-2] not in "шц":
            return stem[:-1]
        return stem

    # ------------------------------------------------------------------ word building

    def _without_building(self, stem: str) -> str:
        if stem in self._lexicon.nouns:
            return stem
        found = [
            _Reading(shape, shape in self._lexicon.nouns or shape in self._lexicon.verbs)
            for suffix, rest in self._matches(stem, frozenset({"building"}), self._grammar.building)
            for shape in self._shapes(rest, suffix)
        ]
        usable = [reading for reading in found if reading.known or len(reading.stem) > 4]
        return max(usable, key=lambda reading: reading.rank).stem if usable else stem


def _may_take(stem: str, suffix: Suffix) -> bool:
    """Tell whether a stem that is not in the lexicon has the shape to take the suffix."""
    if len(stem) < suffix.least or VOWELS.isdisjoint(stem):
        return False
    return suffix.unless is None or not suffix.unless.search(stem)


@cache
def _stemmer() -> Stemmer:
    return Stemmer(load_grammar())


@lru_cache(maxsize=CACHED_WORDS)
def stem(word: str) -> str:
    """Return the stem of a lower-cased Kazakh word: `қызметкерлердің` → `қызметкер`."""
    return _stemmer().stem(word)


@lru_cache(maxsize=CACHED_WORDS)
def root(word: str) -> str:
    """Return the root of a lower-cased Kazakh word: `адалдық` → `адал`."""
    return _stemmer().root(word)


def analyse(word: str) -> Analysis:
    """Take a lower-cased Kazakh word apart, to show which suffixes were stripped."""
    return _stemmer().analyse(word)
