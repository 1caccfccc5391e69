"""Questions asked by several processes come back as if one had asked them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.config import Config
from kb.errors import ConfigError, StoreError
from kb.evaluate.asking import Ask, ask_each
from kb.evaluate.judged import Judged
from kb.evaluate.metrics import Outcome

MANY, FEW = 250, 20


def echo(config: Config) -> Ask:
    """Say again what was asked, and who says it."""
    return lambda judged: Outcome(judged, (judged.question, config.encoder), True, os.getpid())


def closed(config: Config) -> Ask:
    raise ConfigError("it does not open")


def dying(config: Config) -> Ask:
    return lambda judged: os._exit(1)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(home=tmp_path, encoder="none")


def questions(count: int) -> list[Judged]:
    return [Judged(f"q{n}", "kk", f"{n}?", ()) for n in range(count)]


@pytest.mark.parametrize(("count", "asked_here"), [(0, False), (FEW, True), (MANY, False)])
def test_outcomes_come_in_the_order_of_the_questions(
    config: Config, monkeypatch: pytest.MonkeyPatch, count: int, asked_here: bool
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    told: list[tuple[str, int, int]] = []
    found = ask_each(echo, config, questions(count), "asking", lambda *said: told.append(said))
    assert [o.judged for o in found] == questions(count)
    assert [o.ranked for o in found] == [(f"{n}?", "none") for n in range(count)]
    assert any(o.probability == os.getpid() for o in found) == asked_here
    assert told == [("asking", done, count) for done in range(1, count + 1)]


@pytest.mark.parametrize("count", [FEW, MANY])
def test_what_cannot_be_opened_says_why(config: Config, count: int) -> None:
    with pytest.raises(ConfigError, match="it does not open"):
        ask_each(closed, config, questions(count), "asking", lambda *_: None)


def test_a_process_that_ends_is_an_error_of_ours(config: Config) -> None:
    with pytest.raises(StoreError, match="has ended"):
        ask_each(dying, config, questions(MANY), "asking", lambda *_: None)
