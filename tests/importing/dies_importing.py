"""A program, not a test: write an edition again and again, dying at a later step each time.

``python dies_importing.py FOLDER new|replace`` forks a child for each step; a step is any opening,
renaming, making or removing of a file that Python audits. Prints how many steps there were.
"""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path

from kb.importing.write import edition_folder, write_edition

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


def die_at(step: int) -> None:
    """Leave at once, as if killed, when the step is reached."""
    seen = 0

    def watch(event: str, _: tuple[object, ...]) -> None:
        nonlocal seen
        seen += event in STEPS
        if seen >= step:
            os._exit(9)

    sys.addaudithook(watch)


def write(folder: Path, content: str) -> None:
    files = {name: content.encode() for name in ("act.toml", "source.txt", "import.toml")}
    write_edition(folder, files, replacing=folder.exists())


def in_a_child(folder: Path, step: int) -> bool:
    """Write in a child that dies at the step; whether it was killed before its end."""
    child = os.fork()
    if child == 0:
        die_at(step)
        write(folder, "new")
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def main() -> None:
    """Die at every step in turn; what is there after it must be whole, and the next write work."""
    acts, replaces, step = Path(sys.argv[1]), sys.argv[2] == "replace", 1
    folder = edition_folder(acts, "U1500000153", date(2023, 11, 2), "kk")
    if replaces:
        write(folder, "old")
    while in_a_child(folder, step):
        found = {path.read_text() for path in folder.iterdir()} if folder.exists() else set()
        names = {path.name for path in folder.iterdir()} if folder.exists() else set()
        assert found in ([{"old"}, {"new"}] if replaces else [set(), {"new"}]), (step, found)
        assert names in (set(), {"act.toml", "source.txt", "import.toml"}), (step, names)
        write(folder, "old")
        assert {path.read_text() for path in folder.iterdir()} == {"old"}, step
        left = [path.name for path in acts.iterdir() if path.name.startswith(".import-")]
        assert not left, (step, left)
        if not replaces:
            shutil.rmtree(folder)
        step += 1
    sys.stdout.write(str(step))


if __name__ == "__main__":
    main()
