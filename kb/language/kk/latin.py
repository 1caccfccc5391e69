"""Kazakh in Latin letters: the alphabets of 2017, 2018 and 2021, and informal ASCII, to Cyrillic.

The aim is search, not spelling: a word in Latin letters comes out with the skeleton of the word in
Cyrillic. `k` and `q`, `zh` and `j`, `n` and `ñ` need not be told apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from kb.language.kk.letters import fuse
from kb.language.kk.skeleton import skeleton, skeleton_stem
from kb.language.stop_words import stop_words

_LETTERS: Final = {
    "a": "а", "ä": "ә", "á": "ә", "ə": "ә", "b": "б", "c": "ц", "ç": "ч", "d": "д", "e": "е",
    "é": "е", "f": "ф", "g": "г", "ğ": "ғ", "ǵ": "ғ", "h": "х", "i": "і", "ı": "и", "í": "и",
    "j": "ж", "k": "к", "l": "л", "m": "м", "n": "н", "ñ": "ң", "ń": "ң", "ŋ": "ң", "o": "о",
    "ö": "ө", "ó": "ө", "p": "п", "q": "қ", "r": "р", "s": "с", "ş": "ш", "t": "т", "u": "у",
    "ū": "ұ", "ü": "ү", "ú": "ү", "v": "в", "w": "у", "x": "х", "y": "ы", "ý": "у", "z": "з",
}  # fmt: skip
_GROUPS: Final = {
    "shch": "щ", "sh": "ш", "zh": "ж", "ch": "ч", "kh": "х", "gh": "ғ", "yo": "ё", "ex": "екс",
    "a'": "ә", "o'": "ө", "u'": "ү", "g'": "ғ", "n'": "ң", "s'": "ш", "c'": "ч", "i'": "и",
    "y'": "у", "'": "",
}  # fmt: skip
_SPELLING: Final = (
    (re.compile(r"(?<=[аәоөеұү])[ыиі]|(?<=[^аәоөеұү]у)[ыиі](?=[аәоөеуыиі])"), "й"),
    (re.compile(r"\b[ыі](?=[ауео])"), "й"),
    (re.compile(r"(?<=[иі])[ыі](?=[ау])|(?<=[иі])(?=[ау])"), "й"),
    (re.compile(r"нг(?=[бгдклмнпртқғ])"), "ң"),
    (re.compile(r"(?<!м[иі]т[иі])(?<!рейт[иі])(?<!трен[иі])(?<!кет[иі])нг\b"), "ң"),
)
_NO_EVIDENCE: Final = 0.49
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’ʼ‘`´ʻ′", "'"))
_LATIN: Final = re.compile(r"[a-zäáəçéğǵıíñńŋöóşūüúýõ']+")
_UNIT: Final = re.compile("|".join(sorted(map(re.escape, _GROUPS), key=len, reverse=True)) + "|.")

_KAZAKH_SHAPE: Final = re.compile(
    r"[äáəğǵñńŋöóşūüúýı]|[gnsy]'|q(?!u)|qu[rtlmnpqs]|zh|^kh|yz|yq|yk$|[ae]u$|uy|zy|"
    r"(?:[nd][yi]n?|t[yi]n|[nd][ae]g[yi]|[ldt][ae]r(?:[dy]?[yi]n?)?|[gkq][ae]n|"
    r"[ae]d[yi]|[ae]t[yi]n|[yi]m[yi]z|[ldt][yi][kq]|[yi]nd[ae]|s[yi]z|sh[yi]|m[ae][yi]d[yi])$"
)
_ENGLISH_SHAPE: Final = re.compile(
    r"th|wh|ck|qu|tion|ing$|ness$|ment$|ed$|ly$|ous$|ee|oo|ea|ould|ght|w|x|c(?!h)|v|^[bcdfgkpt]r|ity$|ss|pp|ff"
)


def from_latin(text: str) -> str:
    """Return the text lower-cased, with its Latin words in Cyrillic; other text stays as it is."""
    lowered = unicodedata.normalize("NFC", text.lower().replace("\u0307", ""))
    return _LATIN.sub(_cyrillic, lowered.translate(_APOSTROPHES))


def looks_kazakh_latin(text: str) -> float:
    """Return how Kazakh Latin text looks, from 0 to 1; from a half on, more so than English."""
    lowered = unicodedata.normalize("NFC", text.lower().replace("\u0307", ""))
    words = _LATIN.findall(lowered.translate(_APOSTROPHES))
    if not words:
        return 0.0
    total = sum(map(_leaning, words))
    return min(1.0, max(0.0, _NO_EVIDENCE + total / (2 * len(words))))


def _cyrillic(match: re.Match[str]) -> str:
    word = _UNIT.sub(lambda unit: _GROUPS.get(unit[0]) or _LETTERS.get(unit[0], ""), match[0])
    for pattern, letters in _SPELLING:
        word = pattern.sub(letters, word)
    return fuse(word)


def _leaning(word: str) -> float:
    """Return 1 for a word that looks Kazakh, -1 for one that looks English, or between."""
    if word in stop_words("en"):
        return -1.0
    cyrillic = from_latin(word)
    if skeleton(cyrillic) in _function_words():
        return 1.0
    leaning = 0.7 * bool(_KAZAKH_SHAPE.search(word)) - 0.9 * bool(_ENGLISH_SHAPE.search(word))
    known = skeleton_stem(cyrillic) != skeleton(cyrillic)
    return max(-1.0, min(1.0, leaning + 0.3 * known))


@cache
def _function_words() -> frozenset[str]:
    return frozenset(skeleton(word) for word in stop_words("kk"))
