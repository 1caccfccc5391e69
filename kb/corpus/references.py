"""Find the acts and components that a clause mentions, with a spaCy pipeline for Kazakh.

Imported by the build alone: importing spaCy takes seconds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Span

from kb.corpus.notes import act_code
from kb.language.dates import find_dates
from kb.language.kk import spacy_language
from kb.model import Clause, Reference

_NUMBER = re.compile(r"(?:№|No|N)\s*(\d+)")


@cache
def _mentions() -> dict[str, dict[str, Any]]:
    data = resources.files("kb.corpus").joinpath("references.toml").read_text(encoding="utf-8")
    return {mention["label"]: mention for mention in tomllib.loads(data)["mention"]}


@cache
def pipeline() -> Language:
    """The Kazakh pipeline: tokens, sentence boundaries, and the entity ruler of mentions."""
    nlp = spacy.blank(spacy_language.Kazakh.lang)
    nlp.add_pipe("kazakh_sentences")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": label, "pattern": pattern}
            for label, mention in _mentions().items()
            for pattern in mention["patterns"]
        ]
    )
    return nlp


def find_references(clauses: Iterable[Clause], act_id: str) -> Iterator[Reference]:
    """Yield the mentions in the reading text of each clause; parts repeat no mention."""
    for clause in clauses:
        if clause.kind == "part":
            continue
        for span in pipeline()(clause.text).ents:
            if _stands(span):
                yield _reference(clause, span, act_id)


def _stands(span: Span) -> bool:
    """Whether the words that make the mention one follow it in its sentence."""
    needed = _mentions()[span.label_].get("within")
    if not needed:
        return True
    rest = span.doc[span.start : span.sent.end]
    return any(token.lower_.startswith(tuple(needed)) for token in rest)


def _reference(clause: Clause, span: Span, act_id: str) -> Reference:
    mention = _mentions()[span.label_]
    return Reference(
        clause.address.inside(act_id),
        span.start_char,
        span.end_char,
        span.text,
        mention["kind"],
        mention["title"]["kk"] or span.text,
        mention.get("id") or _numbered_id(span.text),
    )


def _numbered_id(text: str) -> str | None:
    day = next(find_dates(text), None)
    number = _NUMBER.search(text)
    if day is None or number is None or "жарлы" not in text.lower():
        return None
    return act_code("decree", number.group(1), day.value)
