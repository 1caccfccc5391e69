"""The area of questions: the home page with its one box, and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from kb.address import ClauseAddress
from kb.answer.answerer import Answer
from kb.answer.quote import Citation
from kb.web.knowledge import knowledge
from kb.web.languages import current_language, gettext, preferred_language
from kb.web.params import day_asked, question_asked

area = Blueprint("asking", __name__, url_prefix="/<any(kk, ru, en):lang>")
entrance = Blueprint("entrance", __name__)

# Where the act itself says that the ethics commissioner receives people.
_RECEPTION = "regulation/9"
_EXAMPLES = tuple(f"example.{number}" for number in range(1, 5))
# Above these probabilities the words are "answers" and "probably answers".
_SURE, _PROBABLE = 0.9, 0.75


@dataclass(frozen=True)
class Card:
    """A cited clause, and the cited clauses that stand under it."""

    citation: Citation
    items: tuple[Citation, ...]


def cards(citations: Sequence[Citation]) -> tuple[Card, ...]:
    """Put the items of a list under the clause that opens it."""
    heads = {c.clause.address for c in citations if c.clause.parent is None}
    tops = [c for c in citations if c.clause.parent not in heads]
    return tuple(
        Card(top, tuple(c for c in citations if c.clause.parent == top.clause.address))
        for top in tops
    )


def confidence_words(answer: Answer) -> str:
    """The message key that says how sure the answer is."""
    if answer.kind != "clause":
        return f"confidence.{answer.kind}" if answer.kind == "reference" else "confidence.history"
    if answer.confidence >= _SURE:
        return "confidence.sure"
    return "confidence.probable" if answer.confidence >= _PROBABLE else "confidence.possible"


@entrance.get("/")
def choose_language() -> BaseResponse:
    """Send the reader to the home page of the language that the browser asks for."""
    response = redirect(url_for("asking.home", lang=preferred_language()), 303)
    response.vary.add("Accept-Language")
    return response


@area.get("/")
def home() -> str:
    """The ask box, example questions, and what this is."""
    return _home()


def _home(message: str = "") -> str:
    return render_template("home.html", message=message, examples=map(gettext, _EXAMPLES))


@area.get("/ask")
def ask() -> Response:
    """The answer to ``?q=``, as at ``?on=`` if given."""
    question = question_asked(knowledge().max_question)
    on = day_asked()
    if not any(letter.isalnum() for letter in question):
        return make_response(_home(gettext("home.empty")))
    answer = knowledge().ask(question, on)
    page = render_template(
        "ask.html",
        answer=answer,
        cards=cards(answer.citations),
        notices=[notice for notice in answer.notices if notice != answer.text],
        confidence=confidence_words(answer),
        translation_lang=_translation_language(answer),
        reception=knowledge().library.find(ClauseAddress.parse(_RECEPTION)),
        question=question,
        on=answer.on,
    )
    return make_response(page)


def _translation_language(answer: Answer) -> str | None:
    """The asker's language, else the reader's; nothing is translated for Kazakh."""
    for lang in (answer.lang, current_language()):
        if lang != "kk":
            return lang
    return None
