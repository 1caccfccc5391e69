"""Take the pictures of the README: ``python scripts/screenshots.py [FOLDER]``.

Starts the site on a free port with the configured index, and photographs it with Chromium. Set
``CHROMIUM`` where the browser is not found on its own.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_START_S = 600
_SHOT_S = 120


@dataclass(frozen=True)
class Picture:
    """A page and the window that it is seen in; sizes are in CSS pixels."""

    name: str
    path: str
    width: int
    height: int
    scale: float = 1.0


def _ask(lang: str, question: str) -> str:
    return f"/{lang}/ask?" + urlencode({"q": question})


PICTURES = (
    Picture(
        "answer-ru",
        _ask("ru", "Можно ли использовать служебную машину в личных целях?"),
        1280,
        1240,
    ),
    Picture(
        "answer-kk-phone", _ask("kk", "Жұмысқа қандай киім киюге болады?"), 390, 844, scale=2.0
    ),
    Picture("clause-en", "/en/act/U1500000153/code/6/8", 1280, 1240),
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
    with subprocess.Popen(command) as server:  # noqa: S603
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


def shoot(chromium: str, address: str, picture: Picture, folder: Path) -> Path:
    """Photograph one page; returns the file."""
    file = folder / f"{picture.name}.png"
    with tempfile.TemporaryDirectory() as profile:
        command = [
            chromium,
            "--headless",
            "--no-sandbox",
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
            f"--window-size={picture.width},{picture.height}",
            f"--force-device-scale-factor={picture.scale}",
            f"--screenshot={file.resolve()}",
            address + picture.path,
        ]
        subprocess.run(  # noqa: S603
            command, check=True, timeout=_SHOT_S, stderr=subprocess.DEVNULL
        )
    return file


def main() -> int:
    """Take every picture."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    chromium = find_chromium()
    with serving() as address:
        for picture in PICTURES:
            print(shoot(chromium, address, picture, folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
