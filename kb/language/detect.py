"""Tell Kazakh, Russian and English apart; Kazakh also without its letters, or in Latin ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from kb.language.kk.latin import from_latin, looks_kazakh_latin

_KAZAKH_LETTER = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)
# Above this the quick model is never wrong on our questions; below it the full one is loaded.
_SURE = 0.97
_LATIN_KAZAKH = 0.5


# What names something in any language: a number, an address, the code of an act.
_NAMING = re.compile(r"\S*[\d/@]\S*")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Detected:
    """The language of a text, and the text as it is to be searched: Latin Kazakh in Cyrillic."""

    lang: str
    text: str
    from_latin: bool = False


def detect(text: str) -> Detected:
    """Return the language; a text without letters counts as Kazakh, the law's own language."""
    if is_kazakh(text):
        return Detected("kk", text)
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic and cyrillic >= latin / 2:
        return Detected(_cyrillic_language(text), text)
    if not latin:
        return Detected("kk", text)
    if looks_kazakh_latin(text) >= _LATIN_KAZAKH:
        return Detected("kk", from_latin(text.lower()), from_latin=True)
    return Detected("en", text)


def language_words(text: str) -> list[str]:
    """The words that a text is in a language by; codes, addresses and numbers are in none."""
    return _WORD.findall(_NAMING.sub(" ", text))


def is_kazakh(text: str) -> bool:
    """Whether the text has a letter that of the three languages Kazakh alone has."""
    return _KAZAKH_LETTER.search(text) is not None


def _cyrillic_language(text: str) -> str:
    lang, sureness = _judge(text, full=False)
    return lang if sureness >= _SURE else _judge(text, full=True)[0]


def _judge(text: str, *, full: bool) -> tuple[str, float]:
    values = _detector(full).compute_language_confidence_values(text)
    return values[0].language.iso_code_639_1.name.lower(), values[0].value


@cache
def _detector(full: bool) -> Any:
    from lingua import Language, LanguageDetectorBuilder  # 0.7 s in full; seldom needed

    builder = LanguageDetectorBuilder.from_languages(Language.KAZAKH, Language.RUSSIAN)
    return (builder if full else builder.with_low_accuracy_mode()).build()
