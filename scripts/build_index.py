"""Build the index without the ``kb`` command: ``python scripts/build_index.py [DATA_FOLDER]``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from kb.build import build
from kb.config import load_config
from kb.errors import KbError


def show_progress(stage: str, done: int, total: int) -> None:
    """Rewrite one line on a terminal; say nothing in a pipe."""
    if sys.stderr.isatty():
        end = "\n" if done >= total > 1 else "\r"
        print(f"{stage}: {done} of {total}    ", end=end, file=sys.stderr)


def main() -> int:
    """Build and say what was done; return the exit status."""
    try:
        config = load_config()
        if len(sys.argv) > 1:
            config = replace(config, home=Path(sys.argv[1]))
        report = build(config, progress=show_progress)
    except KbError as error:
        print(f"build_index: {error}", file=sys.stderr)
        return 2
    print(f"{'Built' if report.built else 'Up to date'}: {report.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
