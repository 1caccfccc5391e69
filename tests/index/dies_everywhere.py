"""A program, not a test: build over an index again and again, dying at a later step each time.

``python dies_everywhere.py FOLDER`` forks a child for each step; a step is any opening, renaming,
making or removing of a file that Python audits. Prints how many steps there were.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kb.index import store

STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.listdir", "os.scandir"}


def die_at(step: int) -> None:
    """Leave at once, as if killed, when the step is reached."""
    seen = 0

    def watch(event: str, _: tuple[object, ...]) -> None:
        nonlocal seen
        seen += event in STEPS
        if seen >= step:
            os._exit(9)

    sys.addaudithook(watch)


def publish(root: Path, content: str) -> None:
    """Build an index of two files with the same content in both."""
    with store.building(root) as folder:
        (folder / "keyword").mkdir()
        for name in ("records.json", "keyword/toc"):
            (folder / name).write_text(content)
        manifest = store.Manifest(
            store.SCHEMA_VERSION, "0", "2022-02-22", "", "", "none", "", {}, store.checksums(folder)
        )
        store.publish(root, folder, manifest)


def in_a_child(root: Path, step: int) -> bool:
    """Build in a child that dies at the step; whether it was killed before its end."""
    child = os.fork()
    if child == 0:
        die_at(step)
        publish(root, "new")
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def opened(root: Path) -> set[str]:
    """The contents of the files of the current index, which must be one and the same."""
    folder, manifest = store.open_current(root)
    return {(folder / name).read_text() for name in manifest.files}


def main() -> None:
    """Die at every step in turn; after each, the index must be whole and the next build work."""
    root, step = Path(sys.argv[1]), 1
    publish(root, "old")
    while in_a_child(root, step):
        found = opened(root)
        assert found in ({"old"}, {"new"}), (step, found)
        publish(root, "old")
        assert opened(root) == {"old"}, step
        left = [path for path in root.iterdir() if path.name.startswith(("building-", "current."))]
        assert not left, (step, left)
        step += 1
    sys.stdout.write(str(step))


if __name__ == "__main__":
    main()
