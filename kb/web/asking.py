"""The area of questions: the home page with its one box, and the answer."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from kb.answer.answer import Answer, LeadBy
from kb.answer.answerer import Asked
from kb.answer.confidence import confidence_word
from kb.answer.held import MOST_NAMED
from kb.answer.quote import Citation
from kb.model import Act, Component
from kb.web.citing import quote_text
from kb.web.commissioner import commissioner
from kb.web.contact import next_reception
from kb.web.knowledge import knowledge
from kb.web.languages import current_language, gettext, long_date, preferred_language, say
from kb.web.links import absolute, clause_url
from kb.web.params import day_asked, question_asked
from kb.web.question_language import asked_in_page

area = Blueprint("asking", __name__, url_prefix="/<any(kk, ru, en):lang>")
entrance = Blueprint("entrance", __name__)

# How many examples there is room for under a refusal.
_FEW = 3
# What a refusal is, by the kind of the answer; a wording that is not held comes before these.
_REFUSALS = {
    "abstention": "ask.no_answer",
    "no-clause": "ask.no_clause",
    "unknown-act": "ask.unknown_act",
    "history": "ask.no_change",
}


@dataclass(frozen=True)
class Card:
    """A cited clause, and the cited clauses that stand under it."""

    citation: Citation
    items: tuple[Citation, ...]


@dataclass(frozen=True)
class Example:
    """A question that shows what can be asked, and the clauses that answer it."""

    question: dict[str, str]
    accept: tuple[str, ...]


@cache
def examples() -> tuple[Example, ...]:
    """The example questions, as ``examples.toml`` has them."""
    text = resources.files("kb.web").joinpath("examples.toml").read_text(encoding="utf-8")
    return tuple(
        Example({k: v for k, v in entry.items() if k != "accept"}, tuple(entry["accept"]))
        for entry in tomllib.loads(text)["example"]
    )


def _example_questions() -> list[str]:
    return [example.question[current_language()] for example in examples()]


def cards(citations: Sequence[Citation]) -> tuple[Card, ...]:
    """Put the items of a list under the clause that opens it."""
    heads = {c.clause.address for c in citations if c.clause.parent is None}
    tops = [c for c in citations if c.clause.parent not in heads]
    return tuple(
        Card(top, tuple(c for c in citations if c.clause.parent == top.clause.address))
        for top in tops
    )


def confidence_words(answer: Answer) -> str:
    """The message key that says how sure the answer is, by what was measured of such answers."""
    if answer.kind != "clause":
        return f"confidence.{answer.kind}" if answer.kind == "reference" else "confidence.history"
    word = confidence_word(answer.probability, with_encoder=knowledge().with_encoder)
    return f"confidence.{word}"


def heading_words(answer: Answer) -> str:
    """The message key of what became of the question."""
    if answer.answered:
        return "ask.answer"
    if answer.notices or (answer.kind == "history" and answer.on):
        return "ask.not_held"
    return _REFUSALS.get(answer.kind, "ask.no_answer")


def searched_as(asked: Asked) -> str:
    """The question as it was read, where that is not as it was written; else nothing."""
    read_otherwise = asked.query.corrections or asked.query.detected.from_latin
    return asked.query.text if asked.result and read_otherwise else ""


def citation_text(citation: Citation) -> str:
    """A citation to copy: the clause, its act and edition, in the reader's language."""
    return say(
        "copy.citation_form",
        citation=citation.full_label(current_language()),
        edition=long_date(citation.act.edition),
    )


def quoted(citation: Citation, beside: str | None) -> str:
    """A quote to copy, with the official text in ``beside`` and the page of the clause."""
    return quote_text(citation, absolute(clause_url(citation.clause.address)), beside or "")


def covered() -> list[tuple[Act, list[tuple[Component, str]]]]:
    """The acts that are searched: each text in them, with a sentence on what it is about."""
    return [
        (act, [(component, _what_it_covers(act, component.name)) for component in act.components])
        for act in knowledge().acts[:MOST_NAMED]
    ]


def _what_it_covers(act: Act, name: str) -> str:
    """The sentence on a text of the shipped act; one that comes with another act has none."""
    key = f"covers.{name}"
    said = gettext(key) if act.id == knowledge().acts[0].id else key
    return "" if said == key else said


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
    return render_template(
        "home.html", message=message, examples=_example_questions(), most_named=MOST_NAMED
    )


@area.get("/ask")
def ask() -> Response:
    """The answer to ``?q=``, as at ``?on=`` if given."""
    question = question_asked(knowledge().max_question)
    on = day_asked()
    if not any(letter.isalnum() for letter in question):
        return make_response(_home(gettext("home.empty")))
    asked = asked_in_page(question, on)
    return make_response(_answer_page(question, asked))


def _answer_page(question: str, asked: Asked) -> str:
    answer = asked.answer
    return render_template(
        "ask.html",
        answer=answer,
        heading=heading_words(answer),
        cards=cards(answer.citations),
        notices=[notice for notice in answer.notices if notice not in answer.text],
        confidence=confidence_words(answer),
        by_measure=answer.kind == "clause",
        by_model=answer.lead_by is LeadBy.MODEL,
        searched_as=searched_as(asked),
        searched_lang=asked.query.lang,
        translation_lang=_translation_language(answer),
        question=question,
        on=answer.on,
        citation_text=citation_text,
        quote_text=quoted,
        covered=covered() if answer.kind == "abstention" else (),
        acts_not_named=max(0, len(knowledge().acts) - MOST_NAMED),
        examples=_example_questions()[:_FEW] if answer.kind == "abstention" else (),
        commissioner=commissioner(),
        reception_next=next_reception(),
        searchable="searching.search_page" in current_app.view_functions,
    )


def _translation_language(answer: Answer) -> str | None:
    """The asker's language, else the reader's; nothing is translated for Kazakh."""
    for lang in (answer.lang, current_language()):
        if lang != "kk":
            return lang
    return None
