"""The keyword index: the only module that knows Whoosh.

Texts arrive analysed; no query language exists here. A search walks the postings of the query's
terms in one field and adds up their BM25 scores, checking the clock between terms and postings,
so that no input can hold it longer than its limit. Whoosh's table of contents is pickled: open an
index only after its checksums hold (``store`` sees to that).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, index, scoring
from whoosh.analysis import SpaceSeparatedTokenizer

from kb.errors import SearchTimeoutError

Scores = NDArray[np.float64]
_POSTINGS_PER_LOOK = 256


class KeywordWriter:
    """Writes one document a clause, with a field for each view and language."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        """Create the index in an empty folder."""
        folder.mkdir(parents=True)
        text = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False)
        schema = fields.Schema(**dict.fromkeys(sorted(names), text))
        self._writer = index.create_in(str(folder), schema).writer(limitmb=64)

    def add(self, terms: Mapping[str, Sequence[str]]) -> None:
        """Add the next document: the terms of each of its fields."""
        self._writer.add_document(**{name: " ".join(found) for name, found in terms.items()})

    def close(self) -> None:
        """Write everything to disk as one segment, so that document numbers stay in order."""
        self._writer.commit(optimize=True)


class KeywordIndex:
    """Reads an index that ``KeywordWriter`` wrote."""

    def __init__(self, folder: Path, limit_s: float) -> None:
        """Open it; ``limit_s`` bounds one search, in seconds."""
        self._searcher = index.open_dir(str(folder), readonly=True).searcher(
            weighting=scoring.BM25F(B=0.75, K1=1.2)
        )
        self._limit_s = limit_s
        self.size: int = self._searcher.doc_count_all()
        self.fields = frozenset(self._searcher.schema.names())

    def scores(self, field: str, terms: Mapping[str, float]) -> Scores:
        """BM25 of every document in one field: ``(n_documents,)``; terms carry weights."""
        total: Scores = np.zeros(self.size)
        deadline = time.monotonic() + self._limit_s
        for term, weight in terms.items():
            _check_clock(deadline)
            if field in self.fields and (field, term) in self._searcher.reader():
                self._add_postings(total, field, term, weight, deadline)
        return total

    def _add_postings(
        self, total: Scores, field: str, term: str, weight: float, deadline: float
    ) -> None:
        matcher = self._searcher.postings(field, term)
        seen = 0
        while matcher.is_active():
            total[matcher.id()] += weight * matcher.score()
            matcher.next()
            seen += 1
            if seen % _POSTINGS_PER_LOOK == 0:
                _check_clock(deadline)

    def knows(self, field: str, term: str) -> bool:
        """Whether the term occurs in the field."""
        return field in self.fields and (field, term) in self._searcher.reader()


def _check_clock(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise SearchTimeoutError("the search took too long; ask with fewer words")
