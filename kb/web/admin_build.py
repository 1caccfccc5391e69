"""Have the index built in the background, and tell how far it is."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kb.build import why_stale
from kb.config import Config
from kb.durable import readable_errors
from kb.web.admin_build_process import (
    BuildState,
    asked_now,
    is_running,
    read_state,
    write_state,
)

# A process that was asked for takes the lock within seconds, on a busy machine within many.
_STARTS_WITHIN = timedelta(seconds=60)
_FAILED_AS_TOLD = (0, 1)


def ask_for_build(config: Config) -> None:
    """Start a build in a process of its own, which outlives this one; raises ``StoreError``."""
    with readable_errors(config.home):
        write_state(config.home, asked_now())
        process = start(config)
    threading.Thread(target=_wait, args=(process, config.home), daemon=True).start()


def start(config: Config) -> subprocess.Popen[bytes]:
    """Start the process. It gets the settings that a build needs, and not the token."""
    env = {name: value for name, value in os.environ.items() if name != "KB_ADMIN_TOKEN"}
    return subprocess.Popen(
        [sys.executable, "-m", "kb.web.admin_build_process"],
        env=env | {"KB_HOME": str(config.home.absolute()), "KB_ENCODER": config.encoder},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait(process: subprocess.Popen[bytes], home: Path) -> None:
    """Note a process that ended without a word, as one that ran out of memory does."""
    if process.wait() in _FAILED_AS_TOLD:
        return
    state = read_state(home)
    if state and state.unfinished and not is_running(home):
        write_state(home, replace(state, state="failed"))


def build_state(config: Config) -> BuildState | None:
    """How far the last build is; one that nobody works on any more has failed."""
    state = read_state(config.home)
    if state is None or not state.unfinished or is_running(config.home):
        return state
    state = read_state(config.home) or state  # it may have ended between the two looks
    if not state.unfinished:
        return state
    late = datetime.now(UTC) - state.since > _STARTS_WITHIN
    return replace(state, state="failed") if late or state.state == "running" else state


def finish_what_was_left(config: Config) -> None:
    """Start the build again that a stopped server left, when the site starts."""
    state = read_state(config.home)
    if state and state.unfinished and not is_running(config.home):
        ask_for_build(config)


@dataclass(frozen=True)
class Standstill:
    """What the page of the build shows: the state, and whether a build would change anything."""

    state: BuildState | None
    stale: bool


def look(config: Config) -> Standstill:
    """The state of the build, and whether the index lacks what is held."""
    state = build_state(config)
    busy = state is not None and state.unfinished
    return Standstill(state, not busy and bool(why_stale(config)))
