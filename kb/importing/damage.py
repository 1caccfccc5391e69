"""Suspect scan damage in a text, and propose what was lost: letters and spaces, never another word.

A proposal takes its word from the clean texts that are held. It is for a person to accept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.corpus.read import RawLine
from kb.language.letters import LOOK_ALIKES, letter_skeleton
from kb.model import Restoration

_WORD = re.compile(r"\w+(?:-\w+)*")
_CYRILLIC = re.compile("[а-яёәғқңөұүһі]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_ROMAN = re.compile("[\\dIVXLCІХС-]+")
_STRAY_SPACE = re.compile(r" ([.,;:])(?!\S)")
_MOST_WORDS = 4  # that a lost letter may have split one word into
_SHORTEST = 4
_CLEARLY = 3  # times as frequent as the next candidate
_LOST, _MIXED, _SPLIT, _JOINED = (
    "the letter і is lost",
    "letters of another alphabet stand in the word",
    "a space splits the word",
    "a space is lost between two words",
)
_BEFORE_SIGN = "a space stands before the sign"
# Why words look damaged, each by a short key that a translation is found by.
REASONS = {
    "lost": _LOST,
    "mixed": _MIXED,
    "split": _SPLIT,
    "joined": _JOINED,
    "sign": _BEFORE_SIGN,
}


@dataclass(frozen=True)
class Suspicion:
    """Words on a line that look damaged; ``after`` is what they are proposed to be, if anything."""

    line: int
    before: str
    after: str
    reason: str
    count: int = 1

    def restoration(self, act: str) -> Restoration:
        """The entry that an accepted proposal becomes."""
        return Restoration(self.line, self.before, self.after, self.reason, self.count, act)


class Lexicon:
    """The words of clean texts, and each by its letters without those that a scan loses."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Count the words of ``texts``; those with letters of two alphabets are not clean."""
        self.words = Counter(
            word
            for text in texts
            for word in _WORD.findall(text.lower())
            if not _is_mixed(word) and not any(ch.isdigit() for ch in word)
        )
        self._by_skeleton: dict[str, list[str]] = {}
        for word in self.words:
            self._by_skeleton.setdefault(_letters(word), []).append(word)

    def __contains__(self, word: str) -> bool:
        return word.lower() in self.words

    def restored(self, letters: str) -> str | None:
        """The one word with these letters, or the one that is by far the most frequent."""
        found = self._by_skeleton.get(_letters(letters), [])
        ranked = sorted(found, key=lambda word: (-self.words[word], word))
        if not ranked:
            return None
        clear = len(ranked) == 1 or self.words[ranked[0]] >= _CLEARLY * self.words[ranked[1]]
        return ranked[0] if clear else None


def _letters(word: str) -> str:
    return letter_skeleton(word.lower()).lower()


def suspicions(lines: Sequence[RawLine], lexicon: Lexicon) -> list[Suspicion]:
    """What looks damaged, line by line; the entries of a line fit together."""
    found: list[Suspicion] = []
    for line in lines:
        found += _counted(line, dict.fromkeys(_of_line(line.text, lexicon)))
    return found


def _of_line(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        taken, before, after, reason = _at(text, words[at : at + _MOST_WORDS], lexicon)
        stray = _STRAY_SPACE.match(text, words[at + taken - 1].end())
        if stray and not before.isdigit():
            before, after = before + stray[0], (after or before) + stray[1]
            reason = reason or _BEFORE_SIGN
        if reason:
            yield before, after, reason
        at += taken


def _at(text: str, words: list[re.Match[str]], lexicon: Lexicon) -> tuple[int, str, str, str]:
    """How many of the words belong together, what they are, and what they are proposed to be."""
    for count in range(len(words), 0, -1):
        span = words[:count]
        before = text[span[0].start() : span[-1].end()]
        if proposal := _proposal(before, [word.group() for word in span], lexicon):
            return (count, before, *proposal)
    word = words[0].group()
    amiss = _is_mixed(word) and not _ROMAN.fullmatch(word)
    return 1, word, "", _MIXED if amiss else ""


def _proposal(before: str, words: list[str], lexicon: Lexicon) -> tuple[str, str] | None:
    """What the words are proposed to be, and why; ``None`` where nothing seems amiss."""
    if all(word in lexicon for word in words) or not re.fullmatch(r"[\w\s-]+", before):
        return None
    if any(word.isdigit() and word != "3" for word in words):
        return None
    whole = "".join(words)
    if len(whole) < _SHORTEST or not _CYRILLIC.search(whole):
        return None
    if len(words) > 1:
        return _split(words, lexicon)
    word = words[0]
    after = lexicon.restored(word) or (_respelt(word) if _is_mixed(word) else None)
    if after and (_is_mixed(word) or word.startswith("3") or _has_more_i(after, word)):
        return _cased(after, word), _MIXED if _is_mixed(word) else _LOST
    return _apart(word, lexicon)


def _has_more_i(after: str, word: str) -> bool:
    return after.count("і") > word.lower().count("і")


def _split(words: list[str], lexicon: Lexicon) -> tuple[str, str] | None:
    """One word that a space splits; some piece of it must be no word by itself."""
    after = lexicon.restored("".join(words))
    strange = [word for word in words if word not in lexicon]
    if not after or not strange or after in {word.lower() for word in words}:
        return None
    return _cased(after, words[0]), _SPLIT


def _apart(word: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """Two known words that run together, each long enough to be no ending."""
    for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
        first, second = word[:at], word[at:]
        if first in lexicon and second in lexicon:
            return f"{first} {second}", _JOINED
    return None


def _respelt(word: str) -> str | None:
    """The word with the letters of another alphabet put right, where that leaves none of them."""
    after = word.replace("i", "і").replace("I", "І").translate(LOOK_ALIKES)
    return after.lower() if not _LATIN.search(after) else None


def _is_mixed(word: str) -> bool:
    return bool(_CYRILLIC.search(word) and _LATIN.search(word))


def _cased(after: str, before: str) -> str:
    letters = [ch for ch in before if ch.isalpha()]
    if len(letters) > 1 and all(ch.isupper() for ch in letters):
        return after.upper()
    return after[:1].upper() + after[1:] if before[:1].isupper() or before[:1] == "3" else after


def _counted(line: RawLine, found: Iterable[tuple[str, str, str]]) -> Iterator[Suspicion]:
    """Count each on its line as restorations are applied: the longest first, as whole words."""
    text = line.text
    for before, after, reason in sorted(found, key=lambda entry: -len(entry[0])):
        pattern = re.compile(rf"(?<!\w){re.escape(before)}(?!\w)")
        text, count = pattern.subn((after or before).replace("\\", r"\\"), text)
        if count:
            yield Suspicion(line.number, before, after, reason, count)
