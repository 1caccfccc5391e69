"""Bring the index up to date in a process of its own: ``python -m kb.web.admin_build_process``.

The settings come from ``KB_HOME`` and ``KB_ENCODER``. What it does is written into ``rebuild.json``
of the data folder, for whichever process of the site is asked. It may be killed anywhere: the index
in use stays, and the file tells that a build was left.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import filelock
import msgspec

from kb.build import build
from kb.config import Config
from kb.errors import KbError, StoreError

_FILE, _LOCK = "rebuild.json", "rebuild.lock"
# How often the file is written: the page that shows it is read every few seconds.
_WRITE_S = 0.5


@dataclass(frozen=True)
class BuildState:
    """How far the last build that was asked for has come; ``since`` is when it was asked for.

    ``why`` is the error of a failed one, in English; empty when it just stopped.
    """

    state: Literal["asked", "running", "failed", "done"]
    since: datetime
    stage: str = ""
    done: int = 0
    total: int = 0
    why: str = ""

    @property
    def unfinished(self) -> bool:
        """Whether the build is still to end."""
        return self.state in {"asked", "running"}


def asked_now() -> BuildState:
    """The state of a build that is asked for."""
    return BuildState("asked", datetime.now(UTC))


def read_state(home: Path) -> BuildState | None:
    """What the file says; ``None`` when no build was asked for."""
    try:
        return msgspec.json.decode((home / _FILE).read_bytes(), type=BuildState)
    except (OSError, msgspec.DecodeError):
        return None


def write_state(home: Path, state: BuildState) -> None:
    """Write the file in one step."""
    temporary = home / f"{_FILE}.{os.getpid()}"
    temporary.write_bytes(msgspec.json.encode(state))
    os.replace(temporary, home / _FILE)


def is_running(home: Path) -> bool:
    """Whether some process is building for the site."""
    try:
        with filelock.FileLock(home / _LOCK, timeout=0):
            return False
    except filelock.Timeout:
        return True


def rebuild(config: Config, corpus: Path | None = None) -> BuildState:
    """Build unless the index is up to date, and write down how it goes and ends.

    One that is running may have read the texts too early: this waits for it, and looks again.
    """
    with filelock.FileLock(config.home / _LOCK):
        state = replace(read_state(config.home) or asked_now(), state="running", why="")
        report = _Progress(config.home, state)
        try:
            write_state(config.home, state)
            build(config, progress=report, corpus=corpus)
            state = replace(state, state="done")
        except KbError as error:
            state = replace(state, state="failed", why=str(error))
        except OSError as error:
            state = replace(state, state="failed", why=str(StoreError(error.strerror or error)))
        with contextlib.suppress(OSError):  # a full disk: the file keeps saying "running"
            write_state(config.home, state)
        return state


class _Progress:
    """Writes the stage of a build into the file, now and then."""

    def __init__(self, home: Path, state: BuildState) -> None:
        self._home, self._state, self._written = home, state, 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage == self._state.stage and now - self._written < _WRITE_S:
            return
        self._state = replace(self._state, stage=stage, done=done, total=total)
        self._written = now
        write_state(self._home, self._state)


def main() -> int:
    """Build for the settings of the environment."""
    config = Config(home=Path(os.environ["KB_HOME"]), encoder=os.environ["KB_ENCODER"])
    return 0 if rebuild(config).state == "done" else 1


if __name__ == "__main__":
    sys.exit(main())
