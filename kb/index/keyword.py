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
_KEPT_TERMS = 20_000


class KeywordWriter:
    """Writes one document a clause, with a field for each view and language."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        """Create the index in an empty folder."""
        folder.mkdir(parents=True)
        text = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False)
        schema = fields.Schema(**dict.fromkeys(sorted(names), text))
        self._writer = index.create_in(str(folder), schema).writer(limitmb=128)

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
        self._kept: dict[tuple[str, str], tuple[NDArray[np.intp], Scores]] = {}
        self.size: int = self._searcher.doc_count_all()
        self.fields = frozenset(self._searcher.schema.names())

    def scores(
        self, field: str, terms: Mapping[str, float], deadline: float | None = None
    ) -> Scores:
        """BM25 of every document in one field: ``(n_documents,)``; terms carry weights.

        ``deadline`` is the monotonic time at which a search of several fields must end; without
        one this call has the whole limit to itself.
        """
        total: Scores = np.zeros(self.size)
        deadline = time.monotonic() + self._limit_s if deadline is None else deadline
        for term, weight in terms.items():
            _check_clock(deadline)
            if field in self.fields and (field, term) in self._searcher.reader():
                documents, scores = self._postings(field, term, deadline)
                total[documents] += weight * scores
        return total

    def _postings(self, field: str, term: str, deadline: float) -> tuple[NDArray[np.intp], Scores]:
        """The documents of a term and their scores; the index never changes, so they are kept."""
        key = (field, term)
        if key not in self._kept:
            if len(self._kept) >= _KEPT_TERMS:
                self._kept.clear()
            self._kept[key] = self._walk(field, term, deadline)
        return self._kept[key]

    def _walk(self, field: str, term: str, deadline: float) -> tuple[NDArray[np.intp], Scores]:
        matcher = self._searcher.postings(field, term)
        found: list[tuple[int, float]] = []
        while matcher.is_active():
            found.append((matcher.id(), matcher.score()))
            matcher.next()
            if len(found) % _POSTINGS_PER_LOOK == 0:
                _check_clock(deadline)
        return np.array([d for d, _ in found], dtype=np.intp), np.array([s for _, s in found])

    def knows(self, field: str, term: str) -> bool:
        """Whether the term occurs in the field."""
        return field in self.fields and (field, term) in self._searcher.reader()


def _check_clock(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise SearchTimeoutError("the search took too long; ask with fewer words")
