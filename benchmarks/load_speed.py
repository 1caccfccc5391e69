"""Measure answers while several readers ask: ``python benchmarks/load_speed.py [--readers N]``.

Serves the configured index (``KB_HOME``, ``KB_ENCODER``, ``KB_WORKERS``) on a free port, asks
questions of the corpus, and prints the milliseconds from one answer to the next.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote
from urllib.request import urlopen

from kb.config import load_config
from kb.corpus.load import load_records
from kb.web.knowledge import MAX_QUESTION

QUESTIONS = 160


def ask(port: int, lang: str, question: str) -> None:
    """Read one answer page whole."""
    with urlopen(f"http://127.0.0.1:{port}/{lang}/ask?q={quote(question)}") as page:
        page.read()


def main() -> int:
    """Print a row for one reader, and one for so many at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=4)
    readers = parser.parse_args().readers
    config = load_config()
    notes = load_records().headnotes
    every = ((lang, q) for note in notes for lang, some in note.questions.items() for q in some)
    asked = [(lang, q) for lang, q in every if len(q) <= MAX_QUESTION]
    asked = asked[:: max(1, len(asked) // QUESTIONS)]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    settings = os.environ | {"KB_REQUESTS_PER_MINUTE": "1000000"}
    command = [sys.executable, "-m", "kb", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE) as server:
        try:
            if not any(b"Adep is at" in line for line in server.stdout or ()):
                return 1
            for count in (1, readers):
                with ThreadPoolExecutor(count) as pool:
                    list(pool.map(lambda one: ask(port, *one), asked[:8]))
                    start = time.perf_counter()
                    list(pool.map(lambda one: ask(port, *one), asked))
                apart_ms = (time.perf_counter() - start) * 1000 / len(asked)
                print(f"{config.workers} workers, {count} readers: {apart_ms:.0f} ms an answer")
        finally:
            server.terminate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
