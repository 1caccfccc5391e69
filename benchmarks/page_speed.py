"""Measure every kind of page: ``python benchmarks/page_speed.py [--runs N]``.

Uses the configured index (``KB_HOME``, ``KB_ENCODER``), which must exist. Times are the server's
own, warm, in milliseconds; sizes are in thousands of bytes, as made and as sent with gzip.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import sys
import time

from flask.testing import FlaskClient

from kb.config import load_config
from kb.errors import KbError
from kb.web.app import create_app

ACT = "U1500000153"
PAGES = {
    "home": "/",
    "answer": "/ask?q=можно ли использовать служебную машину",
    "answer, a list": "/ask?q=список принципов служебной этики",
    "abstention": "/ask?q=как получить визу",
    "search": "/search?q=подарки",
    "act": f"/act/{ACT}/",
    "act, source": f"/act/{ACT}/?source=1",
    "act, a day": f"/act/{ACT}/?on=2018-01-01",
    "paragraph": f"/act/{ACT}/regulation/4",
    "subparagraph": f"/act/{ACT}/code/6/8",
    "amendments": "/amendments",
    "note": "/note",
    "commissioner": "/commissioner",
    "about": "/about",
    "not found": f"/act/{ACT}/code/66",
}
LANGUAGES = ("kk", "ru", "en")
LARGEST_KB, SLOWEST_MS = 100.0, 50.0


def measure(client: FlaskClient, path: str, runs: int) -> tuple[float, float, float]:
    """The median time in ms, and the size as made and as sent, in thousands of bytes."""
    times = []
    client.get(path)
    for _ in range(runs):
        start = time.perf_counter()
        body = client.get(path).data
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), len(body) / 1000, len(gzip.compress(body)) / 1000


def main() -> int:
    """Print a row a page, the worst of the three languages; 1 when a page is over a limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    try:
        client = create_app(load_config()).test_client()
    except KbError as error:
        sys.exit(f"page_speed: {error}")
    # One reader asks for more pages here than any person would.
    client.environ_base["REMOTE_ADDR"] = ""
    over = []
    print(f"{'page':<18}{'ms':>8}{'kB':>8}{'gzip':>8}")
    for name, path in PAGES.items():
        rows = [measure(client, f"/{lang}{path}", runs) for lang in LANGUAGES]
        ms, made, sent = (max(column) for column in zip(*rows, strict=True))
        print(f"{name:<18}{ms:>8.1f}{made:>8.1f}{sent:>8.1f}")
        if ms > SLOWEST_MS or sent > LARGEST_KB:
            over.append(name)
    if over:
        print(f"over {SLOWEST_MS:.0f} ms or {LARGEST_KB:.0f} kB sent: {', '.join(over)}")
    return bool(over)


if __name__ == "__main__":
    sys.exit(main())
