"""For programs that write again and again, dying at a later step each time; forks, so POSIX alone.

A step is any opening, renaming, making or removing of a file that Python audits.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

STEPS = {
    "open",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.listdir",
    "os.scandir",
    "ctypes.dlsym",
}
KILLED = 9


def die_at(step: int) -> None:
    """Leave at once, as if killed, when the step is reached."""
    seen = 0

    def watch(event: str, _: tuple[object, ...]) -> None:
        nonlocal seen
        seen += event in STEPS
        if seen >= step:
            os._exit(KILLED)

    sys.addaudithook(watch)


def dies_in_a_child(write: Callable[[], object], step: int) -> bool:
    """Write in a child that dies at the step; whether it was killed before its end."""
    child = os.fork()
    if child == 0:
        die_at(step)
        write()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED
