"""A program, not a test: ``python dies_building.py HOME ACTS N`` builds and dies at the N-th write.

A write is any file opened for writing, renamed or made under the data folder. With N = 0 it lives,
and prints how many writes there were.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kb.build import build
from kb.config import Config

home, acts, last = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
seen = 0


def watch(event: str, details: tuple[object, ...]) -> None:
    global seen
    opened = event == "open" and isinstance(details[1], str) and details[1] != "r"
    if (opened or event in {"os.rename", "os.mkdir"}) and str(home) in str(details[0]):
        seen += 1
        if seen == last:
            os._exit(9)


sys.addaudithook(watch)
build(Config(home=home, encoder="none"), corpus=acts, force=True)
sys.stdout.write(str(seen))
