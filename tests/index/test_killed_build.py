"""A build that is killed, anywhere, leaves the previous index answering and the next one able."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb.build import build
from kb.config import Config
from kb.index import store
from kb.index.searcher import Searcher

HERE = Path(__file__).parent
QUESTION = "сыйлық алуға бола ма"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills with a POSIX signal")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, arguments)]
    env = os.environ | {"PYTHONPATH": str(HERE.parent)}
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)


def answers(home: Path) -> list[str]:
    hits = Searcher(Config(home=home, encoder="none")).search(QUESTION, limit=3).hits
    return [hit.clause.address.short for hit in hits]


def test_dying_at_every_step_of_the_store(tmp_path: Path) -> None:
    done = run(HERE / "dies_everywhere.py", tmp_path / "index")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20


# Shares of the writes of a whole build, keyword index and all.
@pytest.mark.parametrize("share", [0.0, 0.4, 0.8, 1.0])
def test_dying_in_the_middle_of_a_build(
    plain_home: Path, plain_acts: Path, writes: int, share: float
) -> None:
    config, before = Config(home=plain_home, encoder="none"), answers(plain_home)
    step = 1 + round(share * (writes - 1))
    assert run(HERE / "dies_building.py", plain_home, plain_acts, str(step)).returncode == 9
    assert answers(plain_home) == before
    assert build(config, corpus=plain_acts, force=True).built
    assert answers(plain_home) == before
    names = [path.name for path in config.index_folder.iterdir()]
    assert not [name for name in names if name.startswith(("building-", "current."))]


@pytest.fixture(scope="module")
def writes(
    plain_index_home: Path, plain_acts: Path, tmp_path_factory: pytest.TempPathFactory
) -> int:
    """How many writes a build makes."""
    home = tmp_path_factory.mktemp("counted") / "home"
    shutil.copytree(plain_index_home, home)
    done = run(HERE / "dies_building.py", home, plain_acts, "0")
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.fixture(scope="module")
def killed_home(keyword_index_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for every kill below: each finds what the kill before it left."""
    home = tmp_path_factory.mktemp("killed") / "home"
    shutil.copytree(keyword_index_home, home)
    return home


@pytest.mark.parametrize("seconds", [0.2, 0.5, 0.9, 1.4, 2.0, 4.0, "when writing"])
def test_kill_9_of_the_command(killed_home: Path, seconds: float | str) -> None:
    before = answers(killed_home)
    command = subprocess.Popen(
        [sys.executable, "-m", "kb", "build", "--force"],
        env=os.environ | {"KB_HOME": str(killed_home), "KB_ENCODER": "none"},
    )
    wait(command, killed_home / "index", seconds)
    command.send_signal(signal.SIGKILL)
    assert command.wait(30) == -signal.SIGKILL
    store.open_current(killed_home / "index")
    assert answers(killed_home) == before


def wait(command: subprocess.Popen[bytes], root: Path, seconds: float | str) -> None:
    """Wait for so long, or until the build has its own folder and a little more."""
    if isinstance(seconds, float):
        time.sleep(seconds)
        return
    left = set(root.glob("building-*/keyword/*"))
    deadline = time.monotonic() + 120
    while command.poll() is None and time.monotonic() < deadline:
        if set(root.glob("building-*/keyword/*")) - left:
            return
        time.sleep(0.01)
    pytest.fail("the build never wrote")
