"""Renew the shipped vectors: ``python scripts/ship_vectors.py``, once for a release.

They are what the bundled encoder makes of the shipped corpus; with them a first build encodes
nothing. What they lack is encoded when an index is built: they are never wrong, only
incomplete. Each renewal adds 18 MB to the repository, so not with every change of a headnote.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from build_index import show_progress

from kb.build import ship_vectors
from kb.config import load_config
from kb.errors import KbError


def main() -> int:
    """Build an index of the shipped corpus alone, and keep its vectors; return the exit status."""
    try:
        with tempfile.TemporaryDirectory() as home:
            config = replace(load_config(), home=Path(home), encoder="bundled")
            print(f"Wrote {ship_vectors(config, show_progress)} vectors.")
    except KbError as error:
        print(f"ship_vectors: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
