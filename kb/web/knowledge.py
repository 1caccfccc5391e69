"""The opened index of a process: what every page reads from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Lock

from flask import current_app

from kb.answer.answerer import Answerer, Asked
from kb.answer.lead import phrase_lead
from kb.answer.quote import Library
from kb.config import Config
from kb.index.searcher import Searcher, SearchResult
from kb.model import Act, Clause, Records

MAX_QUESTION = 300
_KEY = "adep"
# Any question that is searched for; it makes the index read what it reads only once.
_FIRST_QUESTION = "әдеп"


class Knowledge:
    """One index, opened once; a newer build on disk is served after a restart."""

    def __init__(self, config: Config) -> None:
        """Open the index and load all of it; raises ``StoreError`` and its kinds."""
        searcher = Searcher(config)
        self.max_question = min(MAX_QUESTION, config.max_question)
        self.counts = searcher.manifest.counts
        self._answerer = Answerer(searcher, max_question=self.max_question)
        self._asking = Lock()
        # The parts of an index are read when first needed; a later build may remove its folder.
        self._config = replace(config, llm_url="")
        self.ask(_FIRST_QUESTION)
        self._config = config

    @property
    def library(self) -> Library:
        """The clauses by address."""
        return self._answerer.library

    @property
    def records(self) -> Records:
        """Everything the corpus holds."""
        return self.library.records

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts, in the order of the corpus."""
        return self.records.acts

    @property
    def asks_model(self) -> bool:
        """Whether questions are sent to a language model that the keeper of the site chose."""
        return bool(self._config.llm_url)

    @property
    def with_encoder(self) -> bool:
        """Whether questions are compared by meaning, or by their words alone."""
        return self._answerer.searcher.encoder is not None

    def ask(self, question: str, on: date | None = None) -> Asked:
        """Answer in the question's own language, one question at a time.

        Nothing promises that encoders and the keyword index may be shared by threads.
        """
        with self._asking:
            asked = self._answerer.consider(question, on=on)
        return replace(asked, answer=phrase_lead(asked.answer, self._config))

    def search(self, text: str, lang: str | None = None) -> SearchResult:
        """Rank every clause for a query, one query at a time."""
        with self._asking:
            return self._answerer.searcher.search(text, lang=lang)

    def named(self, text: str) -> tuple[Clause, ...]:
        """The clauses that a query names outright: by number, by address, by the decree."""
        with self._asking:
            answer = self._answerer.from_records(text)
        kinds = {"reference", "history"}
        return tuple(c.clause for c in answer.citations) if answer and answer.kind in kinds else ()

    def store_in(self, extensions: dict[str, object]) -> None:
        """Keep this among the extensions of an application."""
        extensions[_KEY] = self


def knowledge() -> Knowledge:
    """The knowledge of the current application."""
    found: Knowledge = current_app.extensions[_KEY]
    return found
