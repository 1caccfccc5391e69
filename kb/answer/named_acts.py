"""Which held act a question names beside a clause: by its code, its number, or its title.

A title counts only word for word, whatever the endings: one that says more is another act's, and a
quote of the wrong act is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kb.address import ClauseAddress
from kb.answer.named_clauses import OTHER_ACT, NamedClause
from kb.answer.quote import Library
from kb.answer.understand import Named, naming_rules
from kb.index.analysis import content_words, forms
from kb.model import Act

_QUOTES = str.maketrans("", "", "«»“”„\"'")
_END = re.compile(r"[.,;:?!()\d№]")


def with_held_act(named: Named, question: str, library: Library) -> Named:
    """Give the clauses of "another act" to the held act that the question names, if it does."""
    if not any(one.component == OTHER_ACT for one in named.clauses):
        return named
    text = " ".join(question.lower().translate(_QUOTES).split())
    places = list(re.finditer(naming_rules()["other_act"], text))
    # Of two acts named it is not certain whose the number is.
    if len(places) != 1:
        return named
    acts = [act for act in library.acts.values() if _names(text, places[0], act, library)]
    if len(acts) != 1:
        return named
    clauses = (_inside(one, acts[0], library) for one in named.clauses)
    return replace(named, clauses=tuple(clause for found in clauses for clause in found))


def _names(text: str, place: re.Match[str], act: Act, library: Library) -> bool:
    number = re.escape(act.number.lower())
    if act.id.lower() in text or re.search(rf"(?:№|\bno\.?)\s*{number}(?![\w-])", text):
        return True
    beside = [_END.split(text[: place.start()])[-1], _END.split(text[place.end() :])[0]]
    return any(
        wanted in [_stems(run, lang) for run in beside]
        for lang, title in _titles(act, library)
        if (wanted := _stems(title, lang))
    )


def _titles(act: Act, library: Library) -> Iterator[tuple[str, str]]:
    """The title of the act in each language in which it is held."""
    yield act.lang, act.title
    for lang in library.shelf.languages(act.id):
        day = library.shelf.days(act.id, lang)[-1]
        yield lang, library.shelf.text(act.id, day, lang).act.title


def _stems(text: str, lang: str) -> frozenset[str]:
    """The stems of the words that tell a title from others."""
    words: Iterable[str] = content_words(text.lower().translate(_QUOTES), lang)
    generic = naming_rules()["of_every_title"]
    return frozenset(forms(word, lang).stem for word in words if word not in generic)


def _inside(one: NamedClause, act: Act, library: Library) -> Sequence[NamedClause]:
    """The clause in each text of the act that has it; in the first one, where none has."""
    if one.component != OTHER_ACT:
        return [one]
    names = [component.name for component in act.components]
    having = [n for n in names if library.find(ClauseAddress(n, one.path, act.id))]
    return [replace(one, component=name, act=act.id) for name in having or names[:1]]
