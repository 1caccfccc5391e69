"""A program, not a test: build over an index again and again, dying at a later step each time.

``python dies_everywhere.py FOLDER`` forks a child for each step, and prints how many there were.
The folder ``tests`` must be on the path.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dying import dies_in_a_child

from kb.index import store


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


def opened(root: Path) -> set[str]:
    """The contents of the files of the current index, which must be one and the same."""
    folder, manifest = store.open_current(root)
    return {(folder / name).read_text() for name in manifest.files}


def main() -> None:
    """Die at every step in turn; after each, the index must be whole and the next build work."""
    root, step = Path(sys.argv[1]), 1
    publish(root, "old")
    while dies_in_a_child(lambda: publish(root, "new"), step):
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
