"""Where the words of a query stand in a text, and the snippet around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.index.analysis import content_words, forms

_WORD = re.compile(r"[^\W\d_]+|\d+")
_SNIPPET = 240


@dataclass(frozen=True)
class Snippet:
    """An excerpt and the spans in it to highlight, as character offsets ``(start, end)``."""

    text: str
    spans: tuple[tuple[int, int], ...]


def matching_spans(text: str, query: str, lang: str) -> list[tuple[int, int]]:
    """Spans of the words of ``text`` that share a stem or a skeleton with a word of ``query``."""
    wanted = [forms(word, lang) for word in content_words(query.lower(), lang)]
    keys = {key for f in wanted for key in (f.stem, f.skeleton)}
    return [
        match.span()
        for match in _WORD.finditer(text)
        if keys & {(f := forms(match.group().lower(), lang)).stem, f.skeleton}
    ]


def snippet(text: str, query: str, lang: str, length: int = _SNIPPET) -> Snippet:
    """The stretch of at most ``length`` characters that holds the most matches, cut at words."""
    spans = matching_spans(text, query, lang)
    if len(text) <= length:
        return Snippet(text, tuple(spans))
    start = _best_start(spans, length)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = len(text) if start + length >= len(text) else text.rfind(" ", start, start + length)
    head, tail = ("… " if start else ""), (" …" if end < len(text) else "")
    inside = [(s, e) for s, e in spans if s >= start and e <= end]
    shift = len(head) - start
    return Snippet(head + text[start:end] + tail, tuple((s + shift, e + shift) for s, e in inside))


def _best_start(spans: Iterable[tuple[int, int]], length: int) -> int:
    starts = [start for start, _ in spans]
    counts = [sum(1 for other in starts if 0 <= other - start < length) for start in starts]
    return starts[counts.index(max(counts))] if starts else 0
