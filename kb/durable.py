"""Write to the disk so that what is said to be written is there after a power cut."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import filelock

from kb.errors import StoreError


@contextlib.contextmanager
def readable_errors(folder: Path) -> Iterator[None]:
    """Turn an error of the system into a ``StoreError`` that names ``folder``.

    A lock that could not be had in time is let through: only who asked for it knows who holds it.
    """
    try:
        yield
    except OSError as error:
        if isinstance(error, filelock.Timeout):
            raise
        raise StoreError(f"cannot write to {folder}: {error.strerror or error}") from error


def write_synced(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it; its name is safe after ``sync_folder``."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder, where the system lets a folder be synced."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Wait until the disk has every file and every name under ``folder``."""
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            sync_folder(path)
            continue
        with path.open("rb+") as file:  # Windows syncs only what is open for writing
            os.fsync(file.fileno())
