"""Open an index and search it: every view's signals for a query, fused into ranked hits."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.config import Config
from kb.errors import EncoderError
from kb.index import store
from kb.index.adapter import OUTSIDE, Adapter
from kb.index.analysis import streams, weigh, word_streams
from kb.index.editions import read_records
from kb.index.encoders import Encoder, Vectors, load_encoder
from kb.index.fusion import (
    Scores,
    fuse_apart,
    shipped_bare_weights,
    shipped_weights,
    used_signals,
)
from kb.index.keyword import KeywordIndex
from kb.index.spelling import Speller, Vocabulary
from kb.index.vectors import read_vectors
from kb.index.views import View
from kb.index.wording import Wording
from kb.language.asking import asking_part
from kb.language.detect import Detected, detect
from kb.model import Clause

# Keyword signals, and the views whose fields each one adds up.
_KEYWORD_VIEWS: Mapping[str, tuple[str, ...]] = {
    "questions": ("questions",),
    "headnote": ("headnote", "terms"),
    "text": ("text", "translation"),
}
_GRAM_VIEWS: Mapping[str, tuple[str, ...]] = {
    "questions": ("questions",),
    "text": ("text", "translation", "headnote", "terms"),
}
_OWN_TEXTS = ("text", "translation")
# Every signal, by the name it has in ``fusion.toml``.
SIGNALS = (
    *(f"keyword.{name}" for name in _KEYWORD_VIEWS),
    *(f"grams.{name}" for name in _GRAM_VIEWS),
    "wording", "vector.questions", "vector.questions-any", "vector.text", "adapter",
)  # fmt: skip
# What the decision to answer looks at; computed even where the ranking gives it no weight.
DECIDING = frozenset(
    {"keyword.questions", "keyword.text", "grams.questions", "vector.questions",
     "vector.questions-any"}
)  # fmt: skip


# From this many words on, what leads up to a question hides it; shorter ones need their context.
# Both values were chosen from a grid over the judged questions; shorter texts lose by it.
_STORY_WORDS = 20
_STORY_SHARE = 0.2


@dataclass(frozen=True)
class _Files:
    views: str = "views.json"
    vectors: str = "vectors.npy"
    adapter: str = "adapter.npz"
    wording: str = "wording.npz"
    vocabulary: str = "vocabulary.json"
    keywords: str = "keyword"


FILES = _Files()


@dataclass(frozen=True)
class Query:
    """A question as it is searched: its text, its language, and what misspelt words stand for."""

    text: str
    detected: Detected
    corrections: dict[str, str] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        """The language detected or asked for."""
        return self.detected.lang


@dataclass(frozen=True)
class Hit:
    """A clause, its fused score, and the signals that made it (raw, by name).

    A ``bare`` clause has no headnote, and so no question to be found by.
    """

    clause: Clause
    score: float
    signals: dict[str, float]
    bare: bool = False


@dataclass(frozen=True)
class Outside:
    """What speaks for a subject that the corpus does not answer.

    ``log_odds`` is the adapter's log odds of all clauses together against what lies outside, and
    ``worded`` the same of the question's words; ``likeness`` is the best cosine with a question of
    any subject, ``subject`` the one it is about.
    """

    worded: float = 0.0
    log_odds: float = 0.0
    subject: str = ""
    likeness: float = 0.0


@dataclass(frozen=True)
class Story:
    """A question of several sentences, looked at once more by those that ask.

    ``outside`` is for these alone, ``likeness`` their best cosine with a question of any clause,
    0 where no encoder is at hand.
    """

    outside: Outside
    likeness: float


@dataclass(frozen=True)
class SearchResult:
    """Ranked hits, best first; what lies outside; the share of the question's words known.

    ``story`` is ``None`` where all of the question asks.
    """

    query: Query
    hits: tuple[Hit, ...]
    outside: Outside
    matched: float
    story: Story | None = None

    @property
    def answering(self) -> tuple[Hit, ...]:
        """The hits that an answer may be taken from: those with a headnote, where there are any.

        How near a question is to the text alone says too little to answer by.
        """
        return tuple(hit for hit in self.hits if not hit.bare) or self.hits


@dataclass(frozen=True)
class _Group:
    """Rows of vectors gathered by clause: ``owners[i]`` owns the rows from ``starts[i]`` on."""

    owners: NDArray[np.intp]
    starts: NDArray[np.intp]
    rows: Vectors

    @classmethod
    def of(cls, pairs: Sequence[tuple[int, int]], vectors: Vectors) -> _Group:
        """Gather ``(clause number, row)`` pairs, sorted."""
        owners, starts = np.unique([owner for owner, _ in pairs], return_index=True)
        return cls(owners, starts, vectors[[row for _, row in pairs]])

    def nearest(self, vector: Vectors) -> Scores:
        """The best cosine of each owner: ``(n_owners,)``."""
        best: Scores = np.maximum.reduceat(self.rows @ vector, self.starts).astype(np.float64)
        return best


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
        self.records, self.editions = read_records(folder)
        self.clauses = self.records.clauses
        self._keywords = KeywordIndex(folder / FILES.keywords, config.search_limit_s)
        self._spellers: dict[str, Speller] = {}
        # Everything is read now: two builds later this folder is gone.
        self._views = read_views(folder)
        self._vocabulary = msgspec.json.decode(
            (folder / FILES.vocabulary).read_bytes(), type=Vocabulary
        )
        self._learned: tuple[Vectors, Adapter] | None = None
        if (folder / FILES.vectors).is_file():
            adapter = Adapter.read(folder / FILES.adapter)
            self._learned = (read_vectors(folder / FILES.vectors), adapter)
        # None where the corpus has no question to learn from.
        self._wording: Wording | None = None
        if (folder / FILES.wording).is_file():
            self._wording = Wording.read(folder / FILES.wording)

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
    def _groups(self) -> dict[tuple[str, str], _Group]:
        """The rows of each view name and language, gathered by clause."""
        numbers = {str(clause.address): i for i, clause in enumerate(self.clauses)}
        found: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for row, view in enumerate(self._views):
            if view.name != "subject":
                found.setdefault((view.name, view.lang), []).append((numbers[view.target], row))
        vectors = self._learned[0] if self._learned else np.zeros((len(self._views), 1), np.float32)
        return {key: _Group.of(sorted(pairs), vectors) for key, pairs in found.items()}

    def _nearest(self, vector: Vectors, keep: Callable[[str, str], bool]) -> Scores:
        """The best cosine of each clause over the views that ``keep`` admits: ``(n_clauses,)``."""
        best: Scores = np.full(len(self.clauses), -1.0)
        for (name, lang), group in self._groups.items():
            if keep(name, lang):
                nearest = group.nearest(vector)
                best[group.owners] = np.maximum(best[group.owners], nearest)
        # A clause without such a view is as far as the farthest that has one.
        seen = best > -1.0
        best[~seen] = best[seen].min() if seen.any() else 0.0
        return best

    def _weighed(self, learned: Mapping[str, float]) -> tuple[Scores, float]:
        """A learned score of every clause, and the log odds of them all against the outside.

        ``learned`` is by target; a clause that is none has the least score.
        """
        known: Scores = np.array([score for name, score in learned.items() if name != OUTSIDE])
        least = float(known.min())
        own = np.array([learned.get(str(clause.address), least) for clause in self.clauses])
        odds = np.logaddexp.reduce(known) - learned[OUTSIDE] if OUTSIDE in learned else 0.0
        return own, float(odds)

    @cached_property
    def _bare(self) -> NDArray[np.bool_]:
        """Which clauses have no question to be found by: ``(n_clauses,)``."""
        asked = {view.target for view in self._views if view.name == "questions"}
        return np.array([str(clause.address) not in asked for clause in self.clauses], dtype=bool)

    @cached_property
    def _subject_questions(self) -> tuple[list[str], Vectors]:
        """The subject of each question that the corpus does not answer, and their vectors."""
        rows = [row for row, view in enumerate(self._views) if view.name == "subject"]
        vectors = self._learned[0][rows] if self._learned else np.zeros((0, 1), np.float32)
        return [self._views[row].target for row in rows], vectors

    def _vector_signals(self, query: Query, vector: Vectors) -> dict[str, Scores]:
        own = query.lang
        texts = {"text", "translation", "headnote"}
        in_own = self._nearest(vector, lambda n, lang: n == "questions" and lang == own)
        in_others = self._nearest(vector, lambda n, lang: n == "questions" and lang != own)
        return {
            "vector.questions": in_own,
            "vector.questions-any": np.maximum(in_own, in_others),
            "vector.text": self._nearest(vector, lambda n, _: n in texts),
        }

    def _nearest_subject(self, vector: Vectors) -> tuple[str, float]:
        """The subject nearest among those that the corpus does not answer, and its best cosine."""
        subjects, rows = self._subject_questions
        if not subjects:
            return "", 0.0
        cosines = rows @ vector
        best = int(cosines.argmax())
        return subjects[best], float(cosines[best])

    def _fused(self, query: Query, signals: Mapping[str, Scores]) -> Scores:
        """Fuse the signals: of clauses with a headnote, and of those with their own text alone.

        A text in another language than the question shares no words with it, only its meaning.
        """
        words = shipped_bare_weights()
        meaning = {"vector.text": sum(words.values())}
        nothing = np.zeros(len(self.clauses), dtype=bool)
        read = self._read_in.get(query.lang, nothing)
        return fuse_apart(
            signals,
            (
                (~self._bare, shipped_weights()),
                (self._bare & read, words),
                (self._bare & ~read, meaning),
            ),
        )

    @cached_property
    def _read_in(self) -> dict[str, NDArray[np.bool_]]:
        """Which clauses are held in a language: ``(n_clauses,)`` for each."""
        texts: dict[str, set[str]] = {}
        for view in self._views:
            if view.name in _OWN_TEXTS:
                texts.setdefault(view.lang, set()).add(view.target)
        addresses = [str(clause.address) for clause in self.clauses]
        return {lang: np.array([a in held for a in addresses]) for lang, held in texts.items()}

    def _told(
        self, query: Query, fused: Scores, weights: Mapping[str, float]
    ) -> tuple[Scores, Story | None]:
        """Look once more at the sentences of a story that ask; what it tells before hides them.

        Returns the scores, in which a long story counts for less, and what the sentences are near.
        """
        part = asking_part(query.text)
        if part in {"", query.text.strip()}:
            return fused, None
        asking = replace(query, text=part)
        if len(query.text.split()) >= _STORY_WORDS:
            signals, outside = self.signals(asking, used_signals(weights))
            own = self._fused(asking, signals)
            fused = (1 - _STORY_SHARE) * fused + _STORY_SHARE * own
        else:
            signals, outside = self._by_learning(asking)
        nearest = signals.get("vector.questions-any")
        return fused, Story(outside, 0.0 if nearest is None else float(nearest.max()))

    # -- keywords ----------------------------------------------------------------------------

    def _keyword_signals(self, query: Query, wanted: Container[str]) -> dict[str, Scores]:
        lang, deadline = query.lang, time.monotonic() + self._config.search_limit_s
        found = {stream: weigh(terms) for stream, terms in streams(query.text, lang).items()}
        signals = {
            f"keyword.{name}": self._sum(views, lang, found, word_streams(lang), deadline)
            for name, views in _KEYWORD_VIEWS.items()
            if f"keyword.{name}" in wanted
        }
        return signals | {
            f"grams.{name}": self._sum(views, lang, found, {"grams": 1.0}, deadline)
            for name, views in _GRAM_VIEWS.items()
            if f"grams.{name}" in wanted
        }

    def _sum(
        self,
        views: Sequence[str],
        lang: str,
        terms: Mapping[str, Mapping[str, float]],
        weights: Mapping[str, float],
        deadline: float,
    ) -> Scores:
        """The weighted BM25 of the query's streams over the fields of some views."""
        total: Scores = np.zeros(len(self.clauses))
        for view in views:
            for stream, weight in weights.items():
                name = field_name(view, lang, stream)
                total += weight * self._keywords.scores(name, terms[stream], deadline)
        return total

    def _matched(self, query: Query) -> float:
        """The share of the question's words that the index knows in any view, 0 to 1."""
        stream = "skeleton" if query.lang == "kk" else "stem"
        terms = streams(query.text, query.lang)[stream]
        views = ("questions", "text", "terms", "translation")
        names = [field_name(view, query.lang, stream) for view in views]
        known = [t for t in terms if any(self._keywords.knows(name, t) for name in names)]
        return len(known) / len(terms) if terms else 0.0

    def _speller(self, lang: str) -> Speller:
        if lang not in self._spellers:
            self._spellers[lang] = Speller(lang, self._vocabulary.get(lang, {}))
        return self._spellers[lang]

    # -- search ------------------------------------------------------------------------------

    def understand(self, text: str, lang: str | None = None) -> Query:
        """Detect the language; one given by the asker wins, but Latin Kazakh is still read."""
        detected = detect(text)
        if lang and lang != detected.lang:
            detected = Detected(lang, text)
        corrected, corrections = self._speller(detected.lang).correct(detected.text)
        return Query(corrected, detected, corrections)

    def signals(
        self, query: Query, wanted: Container[str] = SIGNALS
    ) -> tuple[dict[str, Scores], Outside]:
        """The wanted signals of the query, one score a clause, by name; and what lies outside.

        The signals of vectors come from one product each, and are computed together.
        """
        by_learning, outside = self._by_learning(query)
        return self._keyword_signals(query, wanted) | by_learning, outside

    def _by_learning(self, query: Query) -> tuple[dict[str, Scores], Outside]:
        """The signals of what is learned: from words, and from meanings where an encoder is."""
        signals: dict[str, Scores] = {}
        outside = Outside()
        if self._wording:
            learned = self._wording.scores(query.text, query.lang)
            signals["wording"], worded = self._weighed(learned)
            outside = Outside(worded)
        if self.encoder is None or self._learned is None:
            return signals, outside
        vector = self.encoder.queries([query.text])[0]
        signals |= self._vector_signals(query, vector)
        signals["adapter"], log_odds = self._weighed(self._learned[1].scores(vector))
        return signals, Outside(outside.worded, log_odds, *self._nearest_subject(vector))

    def search(
        self,
        text: str,
        *,
        lang: str | None = None,
        limit: int | None = None,
        every_signal: bool = False,
    ) -> SearchResult:
        """Rank every clause for a question, best first; ``limit`` cuts the list.

        Signals that neither the ranking nor the decision uses are left out, unless asked for.
        """
        return self.rank(self.understand(text, lang), limit=limit, every_signal=every_signal)

    def rank(
        self, query: Query, *, limit: int | None = None, every_signal: bool = False
    ) -> SearchResult:
        """Rank every clause for a query that is understood; else as ``search``."""
        weights = shipped_weights()
        signals, outside = self.signals(
            query, SIGNALS if every_signal else used_signals(weights) | DECIDING
        )
        fused, story = self._told(query, self._fused(query, signals), weights)
        order = self._order(fused, outside)[: limit or len(fused)]
        hits = tuple(
            Hit(
                self.clauses[i],
                float(fused[i]),
                {n: float(s[i]) for n, s in signals.items()},
                bool(self._bare[i]),
            )
            for i in order
        )
        return SearchResult(query, hits, outside, self._matched(query), story)

    def _order(self, fused: Scores, outside: Outside) -> NDArray[np.intp]:
        """The clauses, best first: ``(n_clauses,)``.

        Scores of clauses with and without a headnote are not of one scale. Those without come
        first where the question is about none of the others; no encoder, no such judgement.
        """
        order = np.argsort(-fused, kind="stable")
        if self.encoder is None or self._learned is None:
            return order
        last = self._bare if outside.log_odds >= 0 else ~self._bare
        return order[np.argsort(last[order], kind="stable")]
