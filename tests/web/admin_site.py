"""A site whose admin area is open, driven as a browser without scripts does it."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.config import Config
from kb.corpus.load import load_records
from kb.model import Edition
from kb.web.admin_build_process import rebuild

TOKEN = "жеті рет өлшеп, бір рет кес"
LIBRARY = "V1800016985"
EDITIONS = Path(__file__).parents[1] / "editions"
_HIDDEN = re.compile(r'name="(form|shown)" value="([^"]+)"')
_BOXES = re.compile(r'name="accept" value="([0-9a-f]+)"')


def text_of(name: str) -> str:
    return (EDITIONS / f"{name}.txt").read_text(encoding="utf-8")


def message_of(page: TestResponse) -> str:
    """What an alert of the page says, in one line."""
    found = re.search(r'<(p|div) [^>]*role="alert">(.*?)</\1>', page.text, re.DOTALL)
    plain = re.sub(r"<[^>]+>", " ", found[2]) if found else ""
    return " ".join(plain.split())


class Builder:
    """Stands in for the process that builds: notes that it was asked, or builds here."""

    def __init__(self, corpus: Path | None = None) -> None:
        self.asked = 0
        self.corpus = corpus
        self.ended = threading.Event()

    def start(self, config: Config) -> Builder:
        self.asked += 1
        self._config = config
        return self

    def wait(self) -> int:
        if self.corpus:
            rebuild(self._config, self.corpus)
        self.ended.set()
        return 0


@dataclass
class Admin:
    """One browser at the admin area of a site."""

    app: Flask
    config: Config
    client: FlaskClient
    builder: Builder
    lang: str = "en"

    def get(self, path: str = "") -> TestResponse:
        return self.client.get(f"/{self.lang}/admin/{path}")

    def hidden(self, path: str = "") -> dict[str, str]:
        return dict(_HIDDEN.findall(self.get(path).text))

    def boxes(self, path: str) -> list[str]:
        return _BOXES.findall(self.get(path).text)

    def sign_in(self, token: str = TOKEN) -> TestResponse:
        return self.client.post(f"/{self.lang}/admin/", data={"token": token})

    def post(self, path: str, **fields: object) -> TestResponse:
        """Press a button: the hidden values of the page are sent along."""
        data = {**self.hidden("" if path in {"import", "build"} else path), **fields}
        return self.client.post(f"/{self.lang}/admin/{path}", data=data)

    def send(self, data: bytes, name: str = "act.txt", **fields: str) -> TestResponse:
        """Send a file as the second edition of the small act."""
        asked = {"act": LIBRARY, "edition": "2021-10-12", "lang": "", **fields}
        return self.post("import", file=(BytesIO(data), name), **asked)

    def sent(self, data: bytes, name: str = "act.txt", **fields: str) -> str:
        """Send a file that is taken; the path of its report within the area."""
        page = self.send(data, name, **fields)
        assert page.status_code == 303, page.text
        return page.headers["Location"].partition("/admin/")[2]

    def held(self) -> list[Edition]:
        """The imported editions in the data folder."""
        records = load_records(imported=self.config.acts_folder, with_references=False)
        return [edition for edition in records.editions if not edition.shipped]

    def kept(self) -> list[str]:
        """The names of the files that wait."""
        return sorted(path.name for path in self.config.uploads_folder.glob("*"))
