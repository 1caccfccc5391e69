"""Find words inside one text, in all their forms, and mark them.

Kazakh is found without its special letters and in Latin ones too; the beginning of a word finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask import request
from markupsafe import Markup, escape

from kb.index.analysis import content_words, forms
from kb.language.kk.latin import from_latin
from kb.language.kk.skeleton import plain

MAX_FIND = 100
_WORD = re.compile(r"[^\W\d_]+|\d+")
# A shorter beginning is that of too many words.
_BEGINNING = 3


@dataclass(frozen=True)
class Keys:
    """What two words are compared by: the stem, the form without marks, and its letters."""

    stem: str
    skeleton: str
    letters: str

    def finds(self, other: Keys) -> bool:
        """Whether this word, as it is looked for, finds the other."""
        if self.stem in (other.stem, other.skeleton):
            return True
        if self.skeleton in (other.stem, other.skeleton):
            return True
        return len(self.letters) >= _BEGINNING and other.letters.startswith(self.letters)


@lru_cache(maxsize=50_000)
def _keys(word: str, lang: str) -> Keys:
    analysed = forms(word, lang)
    letters = plain(word) if lang == "kk" else word.replace("ё", "е")
    return Keys(analysed.stem, analysed.skeleton, letters)


@lru_cache(maxsize=10_000)
def _words_of(text: str) -> tuple[tuple[str, int, int], ...]:
    """The words of a text, lower-cased, and from where to where each stands."""
    return tuple((m.group().lower(), *m.span()) for m in _WORD.finditer(text))


def find_asked() -> str:
    """The words of ``?find=`` in one line; without a letter or a digit, none."""
    text = " ".join(request.args.get("find", "").replace("\x00", " ").split())[:MAX_FIND]
    return text if any(letter.isalnum() for letter in text) else ""


class Finder:
    """Marks the words looked for in one text after another, and numbers the marks."""

    def __init__(self, words: str) -> None:
        """Look for ``words``; without any, nothing is marked."""
        self._words = words
        self._wanted: dict[str, tuple[Keys, ...]] = {}
        self._known: dict[tuple[str, str], tuple[int, ...]] = {}
        self.marks = 0

    def mark(self, texts: Sequence[str], lang: str) -> tuple[Markup, ...]:
        """The texts as safe markup; marked only where together they have every word."""
        wanted = self._keys_wanted(lang)
        found = [self._matches(text, lang) for text in texts] if wanted else []
        if not wanted or {n for spans in found for n, _, _ in spans} != set(range(len(wanted))):
            return tuple(map(escape, texts))
        return tuple(self._marked(text, spans) for text, spans in zip(texts, found, strict=True))

    def _keys_wanted(self, lang: str) -> tuple[Keys, ...]:
        if lang not in self._wanted:
            words = self._words.lower()
            if lang == "kk" and words.isascii():
                words = from_latin(words)
            found = content_words(words, lang) if words else []
            self._wanted[lang] = tuple(_keys(word, lang) for word in dict.fromkeys(found))
        return self._wanted[lang]

    def _matches(self, text: str, lang: str) -> list[tuple[int, int, int]]:
        """Which of the words is found, and from where to where."""
        return [
            (number, start, end)
            for word, start, end in _words_of(text)
            for number in self._found_by(word, lang)
        ]

    def _found_by(self, word: str, lang: str) -> tuple[int, ...]:
        known = self._known.get((word, lang))
        if known is None:
            keys, wanted = _keys(word, lang), self._keys_wanted(lang)
            known = tuple(n for n, looked_for in enumerate(wanted) if looked_for.finds(keys))
            self._known[word, lang] = known
        return known

    def _marked(self, text: str, spans: Iterable[tuple[int, int, int]]) -> Markup:
        pieces, last = Markup(), 0
        for _, start, end in spans:
            if start < last:
                continue
            self.marks += 1
            pieces += escape(text[last:start])
            pieces += Markup('<mark id="m{}">{}</mark>').format(self.marks, text[start:end])
            last = end
        return pieces + escape(text[last:])
