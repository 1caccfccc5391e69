"""Files that were sent in and looked at, until they are imported, given up or an hour old."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec

from kb.durable import readable_errors
from kb.importing.inspect import Request
from kb.importing.metadata import Given

KEPT_S = 3600
MOST = 5
_NAME = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """A file that was sent in: whose it is, its checksum, and what it is said to be.

    ``owner`` is the session that sent it; no other one sees it.
    """

    name: str
    owner: str
    sha256: str
    file: str
    act: str
    edition: date
    lang: str | None = None
    given: Given = field(default_factory=Given)

    def request(self, data: bytes) -> Request:
        """What is asked of the importer."""
        return Request(self.file, data, self.act, self.edition, self.lang, self.given)


class Uploads:
    """The uploads in a folder: two files each, readable by the site's own user alone."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, which is made when the first file comes."""
        self._folder = folder

    def keep(self, request: Request, owner: str) -> Upload:
        """Keep a file; the oldest goes when there are too many. Raises ``StoreError``."""
        digest = hashlib.sha256(request.data).hexdigest()
        asked = (request.file, request.act, request.edition, request.lang, request.given)
        upload = Upload(secrets.token_hex(16), owner, digest, *asked)
        with readable_errors(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.sweep(most=MOST - 1)
            _write_private(self._data(upload.name), request.data)
            # The description comes last: with it the upload is there.
            _write_private(self._facts(upload.name), msgspec.json.encode(upload))
        return upload

    def get(self, name: str, owner: str) -> Upload | None:
        """The upload of this name, if it is the owner's and not too old."""
        self.sweep()
        if not _NAME.fullmatch(name):
            return None
        try:
            found = msgspec.json.decode(self._facts(name).read_bytes(), type=Upload)
        except (OSError, msgspec.DecodeError):
            return None
        return found if (found.name, found.owner) == (name, owner) else None

    def data(self, upload: Upload) -> bytes | None:
        """The bytes that were sent in; ``None`` when others, or none, stand there now."""
        try:
            data = self._data(upload.name).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == upload.sha256 else None

    def drop(self, name: str) -> None:
        """Forget an upload."""
        if _NAME.fullmatch(name):
            self._facts(name).unlink(missing_ok=True)
            self._data(name).unlink(missing_ok=True)

    def sweep(self, *, most: int = MOST) -> None:
        """Forget what is too old, and the oldest of more than ``most``."""
        found = sorted(self._ages())
        too_many = len(found) - most
        for place, (sent, name) in enumerate(found):
            if place < too_many or time.time() - sent > KEPT_S:
                self.drop(name)

    def _ages(self) -> list[tuple[float, str]]:
        """When each upload was sent, and its name."""
        ages = []
        for path in self._folder.glob("*.data"):
            try:
                ages.append((path.stat().st_mtime, path.stem))
            except OSError:  # another process took it away
                continue
        return ages

    def _data(self, name: str) -> Path:
        return self._folder / f"{name}.data"

    def _facts(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def _write_private(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
