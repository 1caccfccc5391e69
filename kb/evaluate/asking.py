"""Ask many judged questions, on all cores.

Processes do it, not threads: nothing promises that encoders and the keyword index may be shared.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from multiprocessing import get_context

from threadpoolctl import threadpool_limits

from kb.config import Config
from kb.errors import StoreError
from kb.evaluate.judged import Judged
from kb.evaluate.metrics import Outcome

Progress = Callable[[str, int, int], None]
Ask = Callable[[Judged], Outcome]
# Opens a system that answers; a function of a module, since every process calls it by its name.
System = Callable[[Config], Ask]

# Opening an index takes as long as some dozens of answers.
_WORTH_A_PROCESS = 100
_AT_A_TIME = 8


def ask_each(
    system: System, config: Config, questions: Sequence[Judged], verb: str, progress: Progress
) -> list[Outcome]:
    """The outcome of every question, in their order; ``verb`` names the work to who waits for it.

    Raises ``KbError`` as opening the system does.
    """
    outcomes = []
    for outcome in _outcomes(system, config, questions):
        outcomes.append(outcome)
        progress(verb, len(outcomes), len(questions))
    return outcomes


def _outcomes(system: System, config: Config, questions: Sequence[Judged]) -> Iterator[Outcome]:
    """Ask here where the questions are few, and in as many processes as are worth it."""
    processes = min(os.cpu_count() or 1, len(questions) // _WORTH_A_PROCESS)
    if processes < 2:
        yield from map(system(config), questions)
        return
    ask = partial(_ask_in_process, system, config)
    try:
        with ProcessPoolExecutor(processes, get_context("spawn"), _prepare) as pool:
            yield from pool.map(ask, questions, chunksize=_AT_A_TIME)
    except BrokenProcessPool as error:
        raise StoreError(
            "a process that asked has ended, perhaps for want of memory; ask fewer questions"
        ) from error


def _prepare() -> None:
    # Who stops the work stops the process that started it, and that one says so.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Each process has a core; BLAS would keep a thread on every one, and wait by spinning.
    threadpool_limits(1, user_api="blas")


@cache
def _opened(system: System, config: Config) -> Ask:
    return system(config)


def _ask_in_process(system: System, config: Config, judged: Judged) -> Outcome:
    return _opened(system, config)(judged)
