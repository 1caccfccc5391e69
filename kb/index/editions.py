"""The records in an index: those of the newest texts, and a file for each edition held.

An edition is decoded when somebody asks for it: most questions are about the newest text alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec

from kb.model import Edition, EditionKey, Records

_RECORDS = "records.json"
_EDITIONS = "editions"


class StoredEditions(Mapping[EditionKey, Edition]):
    """The editions of an opened index by act, day and language, each decoded at its first use."""

    def __init__(self, stored: Mapping[EditionKey, bytes]) -> None:
        """Keep the bytes: two builds later the folder they came from is gone."""
        self._stored = dict(stored)
        self._decoded: dict[EditionKey, Edition] = {}

    def __getitem__(self, key: EditionKey) -> Edition:
        if key not in self._decoded:
            self._decoded[key] = msgspec.json.decode(self._stored[key], type=Edition)
        return self._decoded[key]

    def __iter__(self) -> Iterator[EditionKey]:
        return iter(self._stored)

    def is_decoded(self, key: EditionKey) -> bool:
        """Whether an edition was asked for already."""
        return key in self._decoded

    def __len__(self) -> int:
        return len(self._stored)


def write_records(folder: Path, records: Records) -> None:
    """Write the records into the folder of a build."""
    newest = replace(records, editions=())
    (folder / _RECORDS).write_bytes(msgspec.json.encode(newest))
    (folder / _EDITIONS).mkdir()
    for edition in records.editions:
        act, day, lang = edition.key
        path = folder / _EDITIONS / f"{act}@{day.isoformat()}.{lang}.json"
        path.write_bytes(msgspec.json.encode(edition))


def read_records(folder: Path) -> tuple[Records, StoredEditions]:
    """Read the newest texts' records, and beside them every edition, not yet decoded."""
    records = msgspec.json.decode((folder / _RECORDS).read_bytes(), type=Records)
    files = sorted((folder / _EDITIONS).glob("*.json"))
    return records, StoredEditions({_key(path): path.read_bytes() for path in files})


def _key(path: Path) -> EditionKey:
    act, _, rest = path.stem.partition("@")
    day, _, lang = rest.partition(".")
    return EditionKey(act, date.fromisoformat(day), lang)
