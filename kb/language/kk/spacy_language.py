"""Kazakh for spaCy, which has none: ``spacy.blank("kk")`` finds it by the package's entry point.

spaCy takes seconds to import, so only the build imports this module; answering a question does not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

from spacy.attrs import ORTH
from spacy.lang.char_classes import LIST_ELLIPSES, LIST_ICONS, LIST_PUNCT, LIST_QUOTES
from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc
from spacy.util import registry

from kb.language.stop_words import stop_words

_EVERYWHERE = (*LIST_PUNCT, *LIST_ELLIPSES, *LIST_QUOTES, *LIST_ICONS)
_SENTENCE_END = {".", "!", "?", "…"}
_OPENING = {"«", "(", "[", "„", "“"}


@cache
def _data() -> dict[str, Any]:
    data = resources.files("kb.language.kk").joinpath("tokenizer_exceptions.toml")
    return tomllib.loads(data.read_text(encoding="utf-8"))


def _exceptions() -> dict[str, list[dict[int, str]]]:
    words = _data()["abbreviations"]
    forms = {form for word in words for form in (word, word.capitalize())}
    return {form: [{ORTH: form}] for form in sorted(forms)}


def _whole_word() -> Callable[[str], re.Match[str] | None]:
    """Match what is never split: joined words and the markers of numbered items."""
    pattern = "|".join(f"(?:{_data()[name]})" for name in ("joined", "marker", "initial"))
    return re.compile(pattern).fullmatch


class KazakhDefaults(BaseDefaults):
    """Tokenizer rules and stop words of Kazakh."""

    tokenizer_exceptions = _exceptions()
    prefixes = (*_EVERYWHERE, "§", "№", "–", "—", "-")
    suffixes = (*_EVERYWHERE, "–", "—", r"(?<=[\w»\")])\.")
    infixes = (
        *LIST_ELLIPSES,
        *LIST_ICONS,
        r"(?<=[№])(?=\d)",
        r"(?<=\w)[,;:!?](?=\w)",
        "[–—]",
    )
    token_match = _whole_word()
    stop_words = set(stop_words("kk"))  # noqa: RUF012 - spaCy's own class attribute


@registry.languages("kk")
class Kazakh(Language):
    """The Kazakh language, Cyrillic script."""

    lang = "kk"
    Defaults = KazakhDefaults


@Language.component("kazakh_sentences")
def kazakh_sentences(doc: Doc) -> Doc:
    """Set sentence starts: after a closing mark, when what follows can begin a sentence.

    A closing quotation mark stays with the sentence it closes, an opening one begins the next.
    Abbreviations (``2016 ж.``), initials (``Н. Назарбаев``) and markers (``8)``, ``1.`` at the head
    of a line) are single tokens or are passed over, so they end no sentence.
    """
    previous_end = True
    for token in doc:
        begins = previous_end and (not token.is_punct or token.text in _OPENING)
        token.is_sent_start = begins and not token.is_space
        if token.is_space:
            previous_end = previous_end or "\n" in token.text
        elif begins or not previous_end:
            previous_end = _ends_sentence(doc, token.i)
    if len(doc):
        doc[0].is_sent_start = True
    return doc


def _ends_sentence(doc: Doc, index: int) -> bool:
    token = doc[index]
    if token.text not in _SENTENCE_END:
        return False
    before = doc[index - 1] if index else None
    if before is None or (before.is_digit and before.is_sent_start):
        return False
    following = doc[index + 1] if index + 1 < len(doc) else None
    return following is None or not following.text[:1].islower()
