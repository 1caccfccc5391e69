"""What the product is compared with: plain BM25, and the naive hybrid on the raw clauses."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from kb.index.encoders import Encoder
from kb.index.fusion import Scores, standardise
from kb.language.kk.tokens import tokens

_K1, _B = 1.5, 0.75
_PREFIX = 5
_NAIVE = (0.3, 0.7)


def prefixes(text: str) -> list[str]:
    """The first five letters of each word."""
    return [word[:_PREFIX] for word in tokens(text)]


class Bm25:
    """Okapi BM25 over five-letter prefixes of the raw clause texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Count the terms of ``texts``."""
        self._counts = [Counter(prefixes(text)) for text in texts]
        lengths = np.array([sum(count.values()) for count in self._counts])
        self._norm = _K1 * (1 - _B + _B * lengths / lengths.mean())
        self._frequency = Counter(term for count in self._counts for term in count)

    def scores(self, query: str) -> Scores:
        """One score a text: ``(n_texts,)``."""
        total: Scores = np.zeros(len(self._counts))
        for term in set(prefixes(query)):
            found = np.array([count[term] for count in self._counts], dtype=np.float64)
            n = self._frequency[term]
            idf = math.log(1 + (len(self._counts) - n + 0.5) / (n + 0.5))
            total += idf * found * (_K1 + 1) / (found + self._norm)
        return total


class NaiveHybrid:
    """Standardised BM25 and cosine on the raw clauses, added with weights 0.3 and 0.7."""

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        """Encode ``texts`` as passages."""
        self._bm25 = Bm25(texts)
        self._encoder = encoder
        self._passages = encoder.passages(texts)

    def scores(self, query: str) -> Scores:
        """One score a text: ``(n_texts,)``."""
        cosine = (self._passages @ self._encoder.queries([query])[0]).astype(np.float64)
        keyword, vector = standardise(self._bm25.scores(query)), standardise(cosine)
        return _NAIVE[0] * keyword + _NAIVE[1] * vector
