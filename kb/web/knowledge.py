"""The opened index of a process: what every page reads from.

A build that is published while the site runs is opened beside the index in use, in the background,
and takes its place; a request that has begun keeps the one that it began with.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from threading import Lock, Thread

from flask import Flask, current_app, g

from kb.answer.answerer import Answerer, Asked
from kb.answer.lead import phrase_lead
from kb.answer.quote import Library
from kb.config import Config
from kb.errors import KbError
from kb.index.searcher import Searcher, SearchResult
from kb.index.store import current_age_s, current_name
from kb.model import Act, Clause, Records

MAX_QUESTION = 300
_KEY = "adep"
# Any question that is searched for; it makes the index read what it reads only once.
_FIRST_QUESTION = "әдеп"
_LOOK_S = 1.0
# Nobody asked since a build this old: the request that finds it waits, rather than read old text.
_WAITED_FOR_S, _LONGEST_WAIT_S = 30.0, 20.0
_LOG = logging.getLogger(__name__)


class Knowledge:
    """One opened index; it keeps serving what it opened, whatever is built meanwhile."""

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

    def ask(self, question: str, on: date | None = None, lang: str | None = None) -> Asked:
        """Answer in the question's own language or in ``lang``, one question at a time.

        Nothing promises that encoders and the keyword index may be shared by threads.
        """
        with self._asking:
            asked = self._answerer.consider(question, lang=lang, on=on)
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


class Latest:
    """The index that is served: the newest that could be opened.

    While two are held, the process needs the memory of both.
    """

    def __init__(self, config: Config, forget: Sequence[Callable[[], None]] = ()) -> None:
        """Open the index; ``forget`` are called when another takes its place. Raises as it does."""
        self._config, self._forget = config, forget
        self._name = current_name(config.index_folder)
        self._knowledge = Knowledge(config)
        self._looked = time.monotonic()
        self._opening = Lock()

    def get(self) -> Knowledge:
        """The knowledge to serve a request from; looks for a newer one once a second."""
        now = time.monotonic()
        if now - self._looked >= _LOOK_S:
            self._looked = now
            self._look()
        return self._knowledge

    @property
    def is_newest(self) -> bool:
        """Whether no newer build waits to be served."""
        current = current_name(self._config.index_folder)
        return current in {"", self._name} and not self._opening.locked()

    def _look(self) -> None:
        name = current_name(self._config.index_folder)
        if name in {"", self._name} or not self._opening.acquire(blocking=False):
            return
        # Tried once: a build that cannot be opened does not become better.
        self._name = name
        thread = Thread(target=self._open, daemon=True)
        thread.start()
        if current_age_s(self._config.index_folder) > _WAITED_FOR_S:
            thread.join(_LONGEST_WAIT_S)

    def _open(self) -> None:
        try:
            self._knowledge = Knowledge(self._config)
            for forget in self._forget:
                forget()
        except (KbError, OSError) as error:
            _LOG.warning("the new index cannot be served, the old one is: %s", error)
        finally:
            self._opening.release()


def init_knowledge(app: Flask, config: Config, forget: Sequence[Callable[[], None]] = ()) -> None:
    """Open the index for an application; raises ``KbError`` when it cannot be opened."""
    app.extensions[_KEY] = Latest(config, forget)


def latest() -> Latest:
    """The one of the current application."""
    found: Latest = current_app.extensions[_KEY]
    return found


def knowledge() -> Knowledge:
    """The knowledge of the current request: the same one from its beginning to its end."""
    if "knowledge" not in g:
        g.knowledge = latest().get()
    found: Knowledge = g.knowledge
    return found
