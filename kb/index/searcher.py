"""Open an index and search it: every view's signals for a query, fused into ranked hits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.config import Config
from kb.errors import EncoderError
from kb.index import store
from kb.index.adapter import Adapter
from kb.index.analysis import WORD_STREAMS, streams, weigh
from kb.index.encoders import Encoder, Vectors, load_encoder
from kb.index.fusion import Scores, fuse, shipped_weights
from kb.index.keyword import KeywordIndex
from kb.index.vectors import read_vectors
from kb.index.views import View
from kb.language.detect import Detected, detect
from kb.model import Clause, Records

# Keyword signals, and the views whose fields each one adds up.
_KEYWORD_VIEWS: Mapping[str, tuple[str, ...]] = {
    "questions": ("questions",),
    "headnote": ("headnote",),
    "terms": ("terms",),
    "text": ("text", "translation"),
}
_GRAM_VIEWS: Mapping[str, tuple[str, ...]] = {
    "questions": ("questions",),
    "text": ("text", "translation", "headnote", "terms"),
}
_CORRECTED = 0.7


@dataclass(frozen=True)
class _Files:
    records: str = "records.json"
    views: str = "views.json"
    vectors: str = "vectors.npy"
    adapter: str = "adapter.npz"
    keywords: str = "keyword"


FILES = _Files()


@dataclass(frozen=True)
class Query:
    """A question as it is searched: its text, its language, and what misspelt words stand for."""

    text: str
    detected: Detected
    corrections: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        """The language detected or asked for."""
        return self.detected.lang


@dataclass(frozen=True)
class Hit:
    """A clause, its fused score, and the signals that made it (raw, by name)."""

    clause: Clause
    score: float
    signals: dict[str, float]


@dataclass(frozen=True)
class Outside:
    """What speaks for a subject that the corpus does not answer.

    ``log_odds`` is the adapter's log odds of all clauses together against all subjects together,
    ``subject`` its best subject, ``likeness`` the best cosine with a question of any subject.
    """

    log_odds: float = 0.0
    subject: str = ""
    likeness: float = 0.0

    @classmethod
    def of(cls, clauses: Scores, subjects: Mapping[str, float]) -> Outside:
        """Weigh the adapter's scores of the clauses against those of the subjects."""
        if not subjects:
            return cls()
        values = np.array(list(subjects.values()))
        odds = np.logaddexp.reduce(clauses) - np.logaddexp.reduce(values)
        return cls(float(odds), max(subjects, key=lambda name: subjects[name]))


@dataclass(frozen=True)
class SearchResult:
    """Ranked hits, best first; what lies outside; the share of the question's words known."""

    query: Query
    hits: tuple[Hit, ...]
    outside: Outside
    matched: float


def field_name(view: str, lang: str, stream: str) -> str:
    """Name a keyword field: ``questions_kk_stem``."""
    return f"{view}_{lang}_{stream}"


def read_views(folder: Path) -> list[View]:
    """Read the views that an index was built from, in the order of its vectors."""
    return msgspec.json.decode((folder / FILES.views).read_bytes(), type=list[View])


class Searcher:
    """One opened index. It keeps serving what it opened, whatever is built meanwhile."""

    def __init__(self, config: Config) -> None:
        """Open the current index; raises ``StoreError`` and its kinds."""
        folder, self.manifest = store.open_current(config.index_folder)
        if self.manifest.encoder != config.encoder:
            raise EncoderError(
                f"the index was built with the encoder {self.manifest.encoder!r}, and "
                f"{config.encoder!r} is configured; rebuild it: kb build"
            )
        self._config = config
        self._folder = folder
        self.records = msgspec.json.decode((folder / FILES.records).read_bytes(), type=Records)
        self.clauses = self.records.clauses
        self._keywords = KeywordIndex(folder / FILES.keywords, config.search_limit_s)

    # -- vectors -----------------------------------------------------------------------------

    @cached_property
    def encoder(self) -> Encoder | None:
        """The encoder that built the index; loaded at the first question."""
        encoder = load_encoder(self._config.encoder)
        if encoder and encoder.fingerprint != self.manifest.encoder_hash:
            raise EncoderError(
                f"the index was built by {self.manifest.encoder_hash}, this encoder is "
                f"{encoder.fingerprint}; rebuild it: kb build"
            )
        return encoder

    @cached_property
    def _views(self) -> list[View]:
        return read_views(self._folder)

    @cached_property
    def _vectors(self) -> Vectors:
        return read_vectors(self._folder / FILES.vectors)

    @cached_property
    def _rows(self) -> dict[tuple[str, str], tuple[Vectors, NDArray[np.intp]]]:
        """For each view name and language: its rows, and the clause number of each row."""
        numbers = {str(clause.address): i for i, clause in enumerate(self.clauses)}
        groups: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for row, view in enumerate(self._views):
            groups.setdefault((view.name, view.lang), []).append(
                (row, numbers.get(view.target, -1))
            )
        return {
            key: (self._vectors[[r for r, _ in pairs]], np.array([n for _, n in pairs]))
            for key, pairs in groups.items()
        }

    def _nearest(self, vector: Vectors, keep: Callable[[str, str], bool]) -> Scores:
        """The best cosine of each clause over the views that ``keep`` admits: ``(n_clauses,)``."""
        best: Scores = np.full(len(self.clauses), -1.0)
        for (name, lang), (rows, owners) in self._rows.items():
            if keep(name, lang):
                np.maximum.at(best, owners, rows @ vector)
        # A clause without such a view is as far as the farthest that has one.
        seen = best > -1.0
        best[~seen] = best[seen].min() if seen.any() else 0.0
        return best

    @cached_property
    def _adapter(self) -> Adapter:
        return Adapter.read(self._folder / FILES.adapter)

    def _adapter_signal(self, vector: Vectors) -> tuple[Scores, Outside]:
        """The adapter's score of every clause, and what it says of the outside subjects."""
        scores = dict(zip(self._adapter.targets, self._adapter.scores(vector), strict=True))
        own: Scores = np.array([scores[str(clause.address)] for clause in self.clauses])
        others = {name: value for name, value in scores.items() if name in self._subject_ids}
        return own, Outside.of(own, others)

    @cached_property
    def _subject_ids(self) -> set[str]:
        return {subject.id for subject in self.records.subjects}

    def _vector_signals(self, query: Query, vector: Vectors) -> dict[str, Scores]:
        own = query.lang
        return {
            "vector.questions": self._nearest(
                vector, lambda n, lang: n == "questions" and lang == own
            ),
            "vector.questions-any": self._nearest(vector, lambda n, _: n == "questions"),
            "vector.headnote": self._nearest(vector, lambda n, _: n in {"headnote", "terms"}),
            "vector.text": self._nearest(vector, lambda n, _: n in {"text", "translation"}),
        }

    def _nearest_subject(self, vector: Vectors) -> float:
        """The best cosine with a question about a subject that the corpus does not answer."""
        rows = [rows for (name, _), (rows, _) in self._rows.items() if name == "subject"]
        return max((float((group @ vector).max()) for group in rows), default=0.0)

    # -- keywords ----------------------------------------------------------------------------

    def _keyword_signals(self, query: Query) -> dict[str, Scores]:
        lang = query.lang
        found = streams(query.text, lang)
        signals: dict[str, Scores] = {}
        for name, views in _KEYWORD_VIEWS.items():
            total: Scores = np.zeros(len(self.clauses))
            for view in views:
                for stream, weight in WORD_STREAMS.items():
                    terms = self._corrected(query, stream, found[stream])
                    total += weight * self._keywords.scores(field_name(view, lang, stream), terms)
            signals[f"keyword.{name}"] = total
        terms = weigh(found["grams"])
        for name, views in _GRAM_VIEWS.items():
            fields = (field_name(view, lang, "grams") for view in views)
            signals[f"grams.{name}"] = sum(
                (self._keywords.scores(f, terms) for f in fields), np.zeros(len(self.clauses))
            )
        return signals

    def _corrected(self, query: Query, stream: str, terms: Sequence[str]) -> dict[str, float]:
        """Weigh the terms; one that the index does not know brings in those spelt like it."""
        weighed = weigh(terms)
        if stream != "skeleton":
            return weighed
        lexicon = field_name("questions", query.lang, stream)
        for term in list(weighed):
            if not self._keywords.knows(lexicon, term):
                for word, likeness in self._keywords.alike(lexicon, term):
                    weighed.setdefault(word, _CORRECTED * likeness)
        return weighed

    def _matched(self, query: Query) -> float:
        """The share of the question's words that the index knows in any view, 0 to 1."""
        terms = streams(query.text, query.lang)["skeleton"]
        fields = [
            field_name(v, query.lang, "skeleton")
            for v in ("questions", "text", "terms", "translation")
        ]
        known = [t for t in terms if any(self._keywords.knows(f, t) for f in fields)]
        return len(known) / len(terms) if terms else 0.0

    # -- search ------------------------------------------------------------------------------

    def understand(self, text: str, lang: str | None = None) -> Query:
        """Detect the language; one given by the asker wins, but Latin Kazakh is still read."""
        detected = detect(text)
        if lang and lang != detected.lang:
            detected = Detected(lang, text)
        return Query(detected.text, detected)

    def signals(self, query: Query) -> tuple[dict[str, Scores], Outside]:
        """Every signal of the query, one score a clause, by name; and what lies outside."""
        signals = self._keyword_signals(query)
        if self.encoder is None:
            return signals, Outside()
        vector = self.encoder.queries([query.text])[0]
        signals |= self._vector_signals(query, vector)
        signals["adapter"], outside = self._adapter_signal(vector)
        return signals, replace(outside, likeness=self._nearest_subject(vector))

    def search(
        self, text: str, *, lang: str | None = None, limit: int | None = None
    ) -> SearchResult:
        """Rank every clause for a question, best first; ``limit`` cuts the list."""
        query = self.understand(text, lang)
        signals, outside = self.signals(query)
        fused = fuse(signals, shipped_weights())
        order = np.argsort(-fused, kind="stable")[: limit or len(fused)]
        hits = tuple(
            Hit(self.clauses[i], float(fused[i]), {n: float(s[i]) for n, s in signals.items()})
            for i in order
        )
        return SearchResult(query, hits, outside, self._matched(query))
