"""What differs in print and not in substance: spaces, quotes, dashes, ``№``, look-alike letters."""

from __future__ import annotations

import re
import unicodedata

from kb.language.letters import LOOK_ALIKES

_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_QUOTES = re.compile("[«»“”„‟‹›‘’‚‛'`]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_NUMBER_SIGN = re.compile(r"\bN[oо°º]?\.?(?=\s*\d)")
# A space between two digits parts two numbers; every other one may come and go.
_SPACES = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_CYRILLIC = re.compile("[а-яёәғқңөұүһі]", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_LETTERS = LOOK_ALIKES | str.maketrans("iI", "іІ")


def substance(text: str) -> str:
    """Return the text as it compares: equal for texts that differ in typographic noise alone."""
    text = _HIDDEN.sub("", unicodedata.normalize("NFC", text))
    text = _DASHES.sub("-", _QUOTES.sub('"', text))
    text = _NUMBER_SIGN.sub("№", _WORD.sub(_one_alphabet, text))
    return _SPACES.sub("", text)


def _one_alphabet(word: re.Match[str]) -> str:
    """Write a word that has a Cyrillic letter with Cyrillic letters alone."""
    found = word.group()
    return found.translate(_LETTERS) if _CYRILLIC.search(found) else found


def without_restored(text: str) -> str:
    """Leave out the letter that scans lose, besides all typographic noise."""
    return substance(text).replace("і", "").replace("І", "")
