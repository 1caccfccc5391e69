"""Write an edition into the data folder: prepared beside its place, set there by one rename."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import sys
import uuid
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import filelock

from kb.durable import readable_errors, sync_folder, write_synced
from kb.errors import InputError, StoreError

_TEMPORARY = ".import-"
_LOCK = ".lock"
_LOCK_WAIT_S = 60
_AT_FDCWD, _EXCHANGE = -100, 2  # of renameat2(2)


def edition_folder(acts: Path, act: str, edition: date, lang: str) -> Path:
    """Where an imported edition lies."""
    return acts / act / "editions" / f"{edition.isoformat()}.{lang}"


def write_edition(folder: Path, files: Mapping[str, bytes], *, replacing: bool = False) -> None:
    """Write the files of an edition to ``folder``, all or none.

    ``folder`` is as ``edition_folder`` gives it. Killed anywhere, what was there before is there
    still, or else the whole of the new edition is.
    """
    acts = folder.parents[2]
    with readable_errors(acts), _locked(acts):
        _clear_leftovers(acts)
        prepared = acts / f"{_TEMPORARY}{uuid.uuid4().hex[:8]}"
        try:
            prepared.mkdir()
            for name, data in files.items():
                write_synced(prepared / name, data)
            sync_folder(prepared)
            folder.parent.mkdir(parents=True, exist_ok=True)
            if folder.exists():
                if not replacing:
                    raise InputError(
                        f"{folder} exists already; --replace puts another in its place"
                    )
                _exchange(prepared, folder)
            else:
                prepared.rename(folder)
            sync_folder(folder.parent)
        finally:
            shutil.rmtree(prepared, ignore_errors=True)


def remove_folder(acts: Path, folder: Path) -> None:
    """Take an edition's folder away: out of sight in one rename, then from the disk."""
    with readable_errors(acts), _locked(acts):
        _clear_leftovers(acts)
        aside = acts / f"{_TEMPORARY}{uuid.uuid4().hex[:8]}"
        folder.rename(aside)
        sync_folder(folder.parent)
        for emptied in (folder.parent, folder.parent.parent):
            with contextlib.suppress(OSError):  # another edition is in it
                emptied.rmdir()
        shutil.rmtree(aside, ignore_errors=True)


@contextlib.contextmanager
def _locked(acts: Path) -> Iterator[None]:
    acts.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(acts / _LOCK, timeout=_LOCK_WAIT_S):
            yield
    except filelock.Timeout:
        raise StoreError(f"another import holds {acts}; wait for it to end") from None


def _clear_leftovers(acts: Path) -> None:
    for path in acts.glob(f"{_TEMPORARY}*"):
        shutil.rmtree(path, ignore_errors=True)


def _exchange(prepared: Path, folder: Path) -> None:
    """Let two folders change places in one step; where the system cannot, in two.

    In two steps a reader may for an instant find no edition there; one killed between them loses
    the old one, which ``--replace`` was to take away.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        names = (os.fsencode(prepared), os.fsencode(folder))
        rename = getattr(libc, "renameat2", None)
        if rename and rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0:
            return
    aside = prepared.with_name(prepared.name + "-old")
    folder.rename(aside)
    prepared.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)


# -- TOML ------------------------------------------------------------------------------------


def toml(values: Mapping[str, Any]) -> bytes:
    """Write values, then tables of values, then lists of tables; what ``tomllib`` reads back."""
    plain = [f"{key} = {_value(v)}" for key, v in values.items() if not _is_table(v)]
    tables = [
        line
        for key, table in values.items()
        if _is_table(table)
        for line in _table_lines(key, table)
    ]
    return ("\n".join([*plain, *tables]) + "\n").encode("utf-8")


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list | tuple) and bool(value) and isinstance(value[0], Mapping)
    )


def _table_lines(key: str, table: Any) -> Iterator[str]:
    if isinstance(table, Mapping):
        yield from ("", f"[{key}]", *(f"{_key(k)} = {_value(v)}" for k, v in table.items()))
        return
    for entry in table:
        yield from ("", f"[[{key}]]", *(f"{_key(k)} = {_value(v)}" for k, v in entry.items()))


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else json.dumps(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    # A JSON string is a TOML one, but for the delete character, which no tidied text has.
    return json.dumps(value, ensure_ascii=False)
