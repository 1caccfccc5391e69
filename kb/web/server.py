"""Serve the site: granian on Linux, waitress elsewhere."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import partial

from flask import Flask
from threadpoolctl import threadpool_limits

from kb.config import Config
from kb.errors import ConfigError, StoreError
from kb.index.store import open_current
from kb.web.app import create_app

Ready = Callable[[], None]
_LOOK_S = 0.1
# As many as granian holds reasonable; they wait for the index more than they compute.
_THREADS = min(8, 2 * (os.cpu_count() or 1))
# Longer than any answer takes; after it, a worker that does not stop is stopped.
_DRAIN_S = 15


def serve(config: Config, ready: Ready) -> None:
    """Serve until stopped; ``ready`` is called once the port is open.

    Raises ``KbError`` when there is no index or the port cannot be used. On SIGTERM the requests
    in flight are finished first.
    """
    open_current(config.index_folder)
    _check_port(config)
    threading.Thread(target=_announce, args=(config, ready), daemon=True).start()
    if sys.platform == "linux":
        _serve_granian(config)
    else:
        _serve_waitress(config)


def application(config: Config) -> Flask:
    """The site of one worker, whose arithmetic takes this worker's share of the cores.

    BLAS otherwise keeps a thread a core in every worker, and they wait by spinning. Raises
    ``KbError`` when the index cannot be opened.
    """
    threadpool_limits(max(1, (os.cpu_count() or 1) // config.workers), user_api="blas")
    return create_app(config)


def _check_port(config: Config) -> None:
    """Refuse a port that is in use: the server itself would share it with another process."""
    try:
        family, kind, _, _, where = socket.getaddrinfo(
            config.host, config.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as error:
        raise ConfigError(
            f"cannot serve on {config.host}, port {config.port}: {error.strerror}; "
            "choose another host or port"
        ) from None


def _announce(config: Config, ready: Ready) -> None:
    """Call ``ready`` as soon as the port is open."""
    anywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- compared, not bound
    where = (anywhere.get(config.host, config.host), config.port)
    while True:
        try:
            socket.create_connection(where, timeout=1).close()
        except OSError:
            time.sleep(_LOOK_S)
        else:
            ready()
            return


def _serve_granian(config: Config) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "kb.web.app:create_app",
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=config.workers,
        blocking_threads=_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=_DRAIN_S,
        respawn_failed_workers=True,
    )
    try:
        server.serve(target_loader=partial(application, config), wrap_loader=False)
    except SystemExit as error:
        raise StoreError("the server stopped: its workers could not start") from error


def _serve_waitress(config: Config) -> None:
    import waitress

    # Left to its default, the signal would cut off the requests in flight.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    waitress.serve(
        create_app(config), host=config.host, port=config.port, threads=_THREADS, ident=None
    )
