"""A program, not a test: write an edition again and again, dying at a later step each time.

``python dies_importing.py FOLDER new|replace`` forks a child for each step, and prints
how many there were. The folder ``tests`` must be on the path.
"""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

from dying import dies_in_a_child

from kb.importing.write import edition_folder, write_edition


def write(folder: Path, content: str) -> None:
    files = {name: content.encode() for name in ("act.toml", "source.txt", "import.toml")}
    write_edition(folder, files, replacing=folder.exists())


def main() -> None:
    """Die at every step in turn; what is there after it must be whole, and the next write work."""
    acts, replaces, step = Path(sys.argv[1]), sys.argv[2] == "replace", 1
    folder = edition_folder(acts, "U1500000153", date(2023, 11, 2), "kk")
    if replaces:
        write(folder, "old")
    while dies_in_a_child(lambda: write(folder, "new"), step):
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
