"""The site served by a process of its own, as it is to readers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from kb.config import Config

_PROGRAM = """
from kb.config import load_config
from kb.web.server import serve
serve(load_config(), lambda: print("ready", flush=True))
"""


@contextmanager
def served(
    config: Config, port: int, said: IO[bytes] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A server of the keyword index on a port, once it answers; its errors go to ``said``."""
    env = {"KB_HOME": str(config.home), "KB_ENCODER": "none", "KB_PORT": str(port)}
    command = [sys.executable, "-c", _PROGRAM]
    with subprocess.Popen(
        command, env=os.environ | env, stdout=subprocess.PIPE, stderr=said
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        yield server
