"""The site in a real browser: a server over a keyword index, and Chromium."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from kb.build import build
from kb.config import Config
from kb.web.app import create_app
from tests.browser.pages import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Leave the tests' output alone."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running site."""
    config = Config(
        home=tmp_path_factory.mktemp("browser"), encoder="none", requests_per_minute=100_000
    )
    build(config)
    server = make_server("127.0.0.1", 0, create_app(config), threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


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


@pytest.fixture(params=["with scripts", "without scripts"])
def context(
    request: pytest.FixtureRequest, chromium: Browser, site: str
) -> Iterator[BrowserContext]:
    """A reader's fresh browser on a phone, with and without JavaScript."""
    context = chromium.new_context(
        base_url=site,
        viewport=PHONE,
        java_script_enabled=request.param == "with scripts",
        accept_downloads=True,
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """An open page; what its scripts or its policy complain of fails the test."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    yield page
    assert complaints == []
