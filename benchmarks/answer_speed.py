"""Measure how long an answer takes: ``python benchmarks/answer_speed.py [--runs N]``.

Uses the configured index (``KB_HOME``, ``KB_ENCODER``), which must exist. Times are in
milliseconds, each beside what was measured.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice

from kb.answer.answerer import Answerer
from kb.config import Config, load_config
from kb.errors import KbError
from kb.index.searcher import Searcher
from kb.web.app import create_app

QUESTIONS = {
    "kk": ["сыйлық алуға бола ма", "қызметші қалай киінуі тиіс", "уәкілді кім тағайындайды",
           "мүдделер қақтығысы туралы кімге хабарлаймын", "әдеп кодексі қашан күшіне енді"],
    "ru": ["можно ли принимать подарки", "как должен одеваться служащий",
           "кто назначает уполномоченного", "кому сообщить о конфликте интересов",
           "когда вступил в силу кодекс этики"],
    "en": ["may I accept gifts", "what should a civil servant wear",
           "who appoints the ethics commissioner", "whom do I tell about a conflict of interest",
           "when did the code of ethics enter into force"],
}  # fmt: skip
PAGES = ("/kk/", "/ru/ask?q=можно+ли+принимать+подарки", "/en/ask?q=may+I+accept+gifts")
COLD_RUNS = 5


def timed(call: Callable[[], object]) -> float:
    """Milliseconds that a call takes."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def row(name: str, times: Sequence[float]) -> str:
    """One row: the median, the 95th percentile and the number of runs."""
    p95 = sorted(times)[min(len(times) - 1, round(0.95 * (len(times) - 1)))]
    return f"{name:<44}{statistics.median(times):>10.1f}{p95:>10.1f}{len(times):>7}"


def cold(config: Config) -> list[float]:
    """A new process for each question."""
    env = os.environ | {"KB_HOME": str(config.home), "KB_ENCODER": config.encoder}
    command = [sys.executable, "-m", "kb", "ask", QUESTIONS["kk"][0]]

    def ask() -> None:
        subprocess.run(command, env=env, check=True, capture_output=True)

    return [timed(ask) for _ in range(COLD_RUNS)]


def warm(answerer: Answerer, lang: str, runs: int) -> list[float]:
    """Questions of one language in one process, after the first of each."""
    for question in QUESTIONS[lang]:
        answerer.ask(question)
    return [timed(lambda q=q: answerer.ask(q)) for q in islice(cycle(QUESTIONS[lang]), runs)]


def pages(config: Config, runs: int) -> dict[str, list[float]]:
    """Whole pages, rendered by the site without a network between."""
    client = create_app(config).test_client()
    times = {}
    for path in PAGES:
        status = client.get(path).status_code
        name = f"page {path.split('=')[0]} ({status})"
        times[name] = [timed(lambda path=path: client.get(path)) for _ in range(runs)]
    return times


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=50, help="warm runs a row")
    runs = max(1, parser.parse_args().runs)
    try:
        config = load_config()
        searcher = Searcher(config)
        answerer = Answerer(searcher, max_question=config.max_question)
        print(f"encoder {config.encoder}, {len(searcher.clauses)} clauses; milliseconds")
        print(f"{'':<44}{'median':>10}{'p95':>10}{'runs':>7}")
        print(row("start: open the index, its checksums", [timed(lambda: Searcher(config))]))
        print(row("first question, models loaded", [timed(lambda: answerer.ask("подарок"))]))
        for lang in QUESTIONS:
            print(row(f"warm question, {lang}", warm(answerer, lang, runs)))
        for name, times in pages(config, runs).items():
            print(row(name, times))
        print(row("cold: kb ask, a new process", cold(config)))
    except KbError as error:
        print(f"answer_speed: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
