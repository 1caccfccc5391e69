"""Why a question got its answer: language, forms, each signal's rank, fused score, threshold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.answer.answerer import Asked
from kb.answer.decide import Model, features
from kb.answer.understand import Named
from kb.index.analysis import content_words, forms
from kb.index.fusion import shipped_weights
from kb.index.searcher import SearchResult

_SHOWN = 5


def explain_answer(asked: Asked, model: Model) -> dict[str, Any]:
    """Report what decided, from the very search that answered; plain JSON types."""
    query = asked.query
    return {
        "language": query.lang,
        "from_latin": query.detected.from_latin,
        "searched_as": query.text,
        "corrections": query.corrections,
        "named": _named(asked.named),
        "words": [
            {
                "word": word,
                "stem": forms(word, query.lang).stem,
                "skeleton": forms(word, query.lang).skeleton,
            }
            for word in content_words(query.text, query.lang)
        ],
        "weights": shipped_weights(),
        "threshold": model.threshold,
        **_search(asked.result, model),
    }


def _named(named: Named) -> dict[str, Any]:
    return {
        "component": named.component,
        "path": list(named.path),
        "acts": list(named.act_numbers),
        "asks_change": named.asks_change,
        "year": named.year,
    }


def _search(result: SearchResult | None, model: Model) -> dict[str, Any]:
    """What the search found; nothing where what the question names was looked up instead."""
    found = features(result) if result else {}
    return {
        "searched": result is not None,
        "clauses": _clauses(result) if result else [],
        "features": {name: round(value, 4) for name, value in found.items()},
        "nearest_outside_subject": result.outside.subject if result else None,
        "probability": round(model.probability(found), 4) if result else None,
    }


def _clauses(result: SearchResult) -> list[dict[str, Any]]:
    """The first clauses with their fused score and their place in every signal."""
    places = {name: _places(result, name) for name in result.hits[0].signals}
    return [
        {
            "id": str(hit.clause.address),
            "score": round(hit.score, 4),
            "ranks": {name: place[str(hit.clause.address)] for name, place in places.items()},
        }
        for hit in result.hits[:_SHOWN]
    ]


def _places(result: SearchResult, name: str) -> dict[str, int]:
    ordered = sorted(result.hits, key=lambda hit: -hit.signals[name])
    return {str(hit.clause.address): place for place, hit in enumerate(ordered, start=1)}


def explanation_lines(explanation: dict[str, Any]) -> Iterator[str]:
    """The explanation as text."""
    yield f"language: {explanation['language']}; searched as: {explanation['searched_as']}"
    for wrong, right in explanation["corrections"].items():
        yield f"  taken for a misspelling: {wrong} -> {right}"
    forms_shown = (f"{w['word']} ({w['stem']}, {w['skeleton']})" for w in explanation["words"])
    yield "words (stem, skeleton): " + "; ".join(forms_shown)
    if not explanation["searched"]:
        yield "not searched: what the question names was looked up"
        return
    for clause in explanation["clauses"]:
        ranks = ", ".join(f"{name} {rank}" for name, rank in clause["ranks"].items())
        yield f"  {clause['score']:8.2f}  {clause['id']}  ranks: {ranks}"
    yield "features: " + ", ".join(f"{n} {v}" for n, v in explanation["features"].items())
    yield f"nearest subject outside the text: {explanation['nearest_outside_subject']}"
    yield f"probability {explanation['probability']}, threshold {explanation['threshold']}"
