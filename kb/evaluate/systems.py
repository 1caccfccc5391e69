"""What is measured: the product, and the baselines that it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from kb.answer.answerer import Answerer
from kb.config import Config
from kb.errors import InputError
from kb.evaluate.asking import Ask, System
from kb.evaluate.baselines import Bm25, NaiveHybrid
from kb.evaluate.judged import Judged
from kb.evaluate.metrics import Outcome
from kb.index.fusion import Scores
from kb.index.searcher import Searcher
from kb.model import Clause

_SHOWN = 5


def adep(config: Config) -> Ask:
    """The product, asked as a user would, the language detected."""
    answerer = Answerer(Searcher(config), max_question=config.max_question)

    def ask(judged: Judged) -> Outcome:
        answer = answerer.ask(judged.question)
        shown = [*answer.citations, *answer.related]
        ranked = tuple(citation.clause.address.short for citation in shown)
        return Outcome(judged, ranked, answer.answered, answer.probability)

    return ask


def bm25_alone(config: Config) -> Ask:
    """BM25 on the raw clauses."""
    clauses = Searcher(config).clauses
    return _baseline(clauses, Bm25([clause.text for clause in clauses]).scores)


def naive_hybrid(config: Config) -> Ask:
    """BM25 and the encoder on the raw clauses; ``InputError`` without an encoder."""
    searcher = Searcher(config)
    if searcher.encoder is None:
        raise InputError("the naive hybrid needs an encoder; configure one and run: kb build")
    texts = [clause.text for clause in searcher.clauses]
    return _baseline(searcher.clauses, NaiveHybrid(texts, searcher.encoder).scores)


def _baseline(clauses: Sequence[Clause], scores: Callable[[str], Scores]) -> Ask:
    """Rank by scores, one a clause, and never refuse."""
    addresses = [clause.address.short for clause in clauses]

    def ask(judged: Judged) -> Outcome:
        order = np.argsort(-scores(judged.question), kind="stable")[:_SHOWN]
        return Outcome(judged, tuple(addresses[i] for i in order), True, 1.0)

    return ask


SYSTEMS: dict[str, System] = {
    "Adep": adep,
    "BM25 alone": bm25_alone,
    "naive hybrid": naive_hybrid,
}
