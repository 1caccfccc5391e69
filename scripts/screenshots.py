"""Take the pictures of the README: ``python scripts/screenshots.py [FOLDER]``.

Starts the site on a free port with the configured index and the commissioner of
``scripts/commissioner.toml``, and photographs it with Chromium. Needs the ``browser`` extra; set
``CHROMIUM`` where the browser is not found on its own.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlencode
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_START_S = 600
_COMMISSIONER = Path(__file__).with_name("commissioner.toml")
ACT = "U1500000153"


@dataclass(frozen=True)
class Picture:
    """A page and the window that it is seen in; sizes are in CSS pixels.

    ``collected`` are addresses of clauses that the reader has put into the note.
    """

    name: str
    path: str
    width: int = 1280
    height: int = 900
    scale: float = 1.0
    theme: Literal["light", "dark"] = "light"
    collected: tuple[str, ...] = ()


def _ask(lang: str, question: str) -> str:
    return f"/{lang}/ask?" + urlencode({"q": question})


_PHONE = (390, 844, 1.5)
PICTURES = (
    Picture(
        "answer-ru",
        _ask("ru", "Можно ли использовать государственное имущество в личных целях?"),
        height=1000,
    ),
    Picture("answer-kk-phone", _ask("kk", "Жұмысқа қандай киім киюге болады?"), *_PHONE),
    Picture("refusal-en-phone", _ask("en", "How do I renew my passport?"), *_PHONE),
    Picture("read-ru", f"/ru/act/{ACT}/?find=" + quote("имущество") + "#code-6-7", height=720),
    Picture("search-kk", "/kk/search?q=" + quote("уәкіл")),
    Picture("clause-kk-dark", f"/kk/act/{ACT}/regulation/2?on=2016-06-01", theme="dark"),
    Picture("amendments-ru", "/ru/amendments"),
    Picture("note-kk", "/kk/note", collected=(f"{ACT}/code/6/8", f"{ACT}/regulation/9/part-1")),
    Picture("commissioner-kk", "/kk/commissioner"),
)


def find_chromium() -> str:
    """The browser's path; ends the script with a message where there is none."""
    named = os.environ.get("CHROMIUM")
    found = next(filter(None, map(shutil.which, (named,) if named else _NAMES)), None)
    if found is None:
        sys.exit("screenshots: no Chromium found; install it or set CHROMIUM to its path")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving() -> Iterator[str]:
    """Run the site and yield its address; the index is built first where there is none."""
    port = _free_port()
    command = [sys.executable, "-m", "kb", "serve", "--port", str(port)]
    named = {**os.environ, "KB_COMMISSIONER": str(_COMMISSIONER)}
    with subprocess.Popen(command, env=named) as server:  # noqa: S603
        try:
            yield _when_ready(server, f"http://127.0.0.1:{port}")
        finally:
            server.terminate()


def _when_ready(server: subprocess.Popen[bytes], address: str) -> str:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310 -- our own address
        except OSError:
            time.sleep(0.2)
        else:
            return address
    sys.exit("screenshots: the site did not start")


def shoot(browser: Browser, address: str, picture: Picture, folder: Path) -> Path:
    """Photograph one page; returns the file."""
    file = folder / f"{picture.name}.png"
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=picture.scale,
        color_scheme=picture.theme,
    )
    if picture.collected:
        context.add_cookies(
            [{"name": "adep_note", "value": "~".join(picture.collected), "url": address}]
        )
    page = context.new_page()
    page.goto(address + picture.path, wait_until="networkidle")
    page.screenshot(path=file)
    context.close()
    return file


def main() -> int:
    """Take every picture."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    chromium = find_chromium()
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in PICTURES:
            print(shoot(browser, address, picture, folder))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
