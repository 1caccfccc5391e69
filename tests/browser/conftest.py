"""The site in a real browser: a server over a keyword index, and Chromium."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wsgi import ClosingIterator

from kb.config import Config
from kb.web.app import create_app
from tests.browser.pages import DESKTOP, LOOKS, PHONE, Look, visit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# A page is there in a fraction of a second, on a busy machine in two or three.
_PATIENCE_MS = 10_000
_COMMISSIONER = """
name = "Сәуле Нұрланқызы Әбдірахманова"
phone = "+7 7172 55 00 11"
body = { kk = "«Мысал» мекемесі", ru = "Учреждение «Мысал»", en = "The Mysal institution" }
office = { kk = "214-кабинет", ru = "каб. 214", en = "room 214" }

[[reception]]
weekday = "wednesday"
week = 1
from = "15:00"
to = "17:00"
"""


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Leave the tests' output alone."""


class _AtOnce:
    """Ends each response before it is sent.

    The server of the tests does not end one itself when its reader leaves at the wrong moment, as
    a browser does that goes to another page; the file that was being sent would stay open.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        with closing(ClosingIterator(self._app(environ, start))) as answered:
            return [b"".join(answered)]


class _InPieces(_AtOnce):
    """Sends each page's body as a slow line does, a few tags at a time, with pauses between."""

    _PIECES = 40
    _PAUSE_S = 0.01
    # The head first: what follows is painted only when the style sheets are there.
    _STYLED_S = 0.2

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        (sent,) = super().__call__(environ, start)
        head, body, rest = sent.partition(b"<body>")
        return self._slowly(head, body + rest) if body else [sent]

    def _slowly(self, head: bytes, body: bytes) -> Iterator[bytes]:
        yield head
        time.sleep(self._STYLED_S)
        tags = [found.end() for found in re.finditer(b">", body[:12_000])]
        cuts = [0, *tags[:: max(1, len(tags) // self._PIECES)], len(body)]
        for start, end in pairwise(cuts):
            yield body[start:end]
            time.sleep(self._PAUSE_S)


@contextmanager
def serving(config: Config, *, in_pieces: bool = False) -> Iterator[str]:
    """The address of a site that runs until the end of the block."""
    served = (_InPieces if in_pieces else _AtOnce)(create_app(config))
    server = make_server("127.0.0.1", 0, served, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def config(keyword_index_home: Path) -> Config:
    return Config(home=keyword_index_home, encoder="none", requests_per_minute=100_000)


@pytest.fixture(scope="session")
def site(config: Config) -> Iterator[str]:
    """The address of a running site."""
    with serving(config) as address:
        yield address


@pytest.fixture(scope="session")
def slow_site(config: Config) -> Iterator[str]:
    """The address of a site whose pages arrive in pieces."""
    with serving(config, in_pieces=True) as address:
        yield address


@pytest.fixture(scope="session")
def manned_site(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that knows its commissioner."""
    file: Path = tmp_path_factory.mktemp("manned") / "commissioner.toml"
    file.write_text(_COMMISSIONER, encoding="utf-8")
    with serving(replace(config, commissioner=str(file))) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, found on the path or named by ``CHROMIUM``."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="the browser extra is missing")
    named = os.environ.get("CHROMIUM")
    path = next(filter(None, map(shutil.which, (named,) if named else _NAMES)), None)
    if path is None:
        pytest.skip("no Chromium found; install it or set CHROMIUM to its path")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def looking(chromium: Browser, site: str) -> Iterator[dict[Look, Page]]:
    """A blank page for every look, its addresses within the look's language."""
    contexts = {
        (lang, theme): chromium.new_context(
            base_url=f"{site}/{lang}/", color_scheme=theme, viewport=DESKTOP
        )
        for lang, theme in LOOKS
    }
    yield {look: context.new_page() for look, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="module")
def opened(request: pytest.FixtureRequest, looking: dict[Look, Page]) -> Page:
    """A page in a look, loaded once for the checks that leave it as it was."""
    look, path = request.param
    visit(looking[look], path)
    return looking[look]


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripted(request: pytest.FixtureRequest) -> bool:
    """Whether the reader's browser runs scripts."""
    return bool(request.param)


@pytest.fixture
def context(scripted: bool, chromium: Browser, site: str) -> Iterator[BrowserContext]:
    """A reader's fresh browser on a phone."""
    context = chromium.new_context(
        base_url=site, viewport=PHONE, java_script_enabled=scripted, accept_downloads=True
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """An open page; what its scripts or its policy complain of fails the test."""
    page = context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if _is_fault(said) else None)
    yield page
    assert complaints == []


def _is_fault(said: ConsoleMessage) -> bool:
    """An error, other than that a page, not a file of it, was sent with an error's status."""
    is_page = "/static/" not in said.location["url"] and "Failed to load" in said.text
    return said.type == "error" and not is_page
