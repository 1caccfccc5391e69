"""In which language a question is read where its own words do not tell: the page's decides."""

from __future__ import annotations

from datetime import date

from kb.address import LANGUAGES
from kb.answer.answerer import Asked
from kb.index.searcher import SearchResult
from kb.language.detect import is_kazakh, language_words
from kb.language.kk.latin import from_latin
from kb.web.knowledge import knowledge
from kb.web.languages import current_language

# Up to so many words the language of a query is a guess; a guess that fits has this share known.
_SHORT, _KNOWN = 3, 0.5
# What may stand around a word that is asked alone.
_AROUND = " ?!.,«»\"'"


def asked_in_page(question: str, on: date | None) -> Asked:
    """Answer a question; where its own words do not tell the language, in that of the page.

    An address, a code or a number is in no language, and a single word may be in several.
    """
    words = language_words(question)
    if is_kazakh(question) or (words and [question.strip(_AROUND)] != words):
        return knowledge().ask(question, on)
    lang = searched(question).query.lang if words else current_language()
    latin = lang == "kk" and words and question.isascii()
    return knowledge().ask(from_latin(question.lower()) if latin else question, on, lang)


def searched(text: str) -> SearchResult:
    """Search in the language of the query.

    A word or two may be of several languages; the page's own is then as good a guess as the
    detected one, and better where the corpus knows more of the words in it.
    """
    own = current_language()
    if not language_words(text) and not is_kazakh(text):
        return knowledge().search(text, own)
    result = knowledge().search(text)
    if len(text.split()) > _SHORT:
        return result
    for lang in (own, *(other for other in LANGUAGES if other != own)):
        wanted = result.matched if lang == own else _KNOWN
        if lang == result.query.lang or (lang != own and result.matched):
            continue
        latin = lang == "kk" and text.isascii()
        other = knowledge().search(from_latin(text.lower()) if latin else text, lang)
        if other.matched and other.matched >= wanted:
            result = other
    return result
