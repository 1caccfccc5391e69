"""The index on disk: one folder a build, a manifest with checksums, and an atomic swap.

``<home>/index/current`` names the folder in use and, on a second line, the sha256 of its manifest.
A build writes a new folder under a temporary name, syncs it, renames it, then replaces
``current``. Killed anywhere, it leaves the old folder serving; the next build clears what it left.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import filelock
import msgspec

from kb.durable import readable_errors, sync_folder, sync_tree, write_synced
from kb.errors import IndexDamagedError, IndexMissingError, IndexSchemaError, StoreError

SCHEMA_VERSION = 3
_POINTER = "current"
_MANIFEST = "manifest.json"
_TEMPORARY = "building-"
_LOCK_WAIT_S = 600


@dataclass(frozen=True)
class Manifest:
    """What an index was built from and with, and the sha256 of each of its files."""

    schema_version: int
    program: str
    built: str
    corpus_hash: str
    pipeline_hash: str
    encoder: str
    encoder_hash: str
    counts: dict[str, int]
    files: dict[str, str]
    # What each learned model was learned from, by its file's name; see kb.index.reuse.
    learned: dict[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def building(root: Path) -> Iterator[Path]:
    """Yield an empty folder to build in, under a lock; it is removed unless it was published."""
    with readable_errors(root):
        root.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(root / "lock", timeout=_LOCK_WAIT_S)
    try:
        with readable_errors(root), lock:
            _clear_leftovers(root)
            folder = root / f"{_TEMPORARY}{uuid.uuid4().hex[:8]}"
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except filelock.Timeout:
        raise StoreError(f"another build holds {root}; wait for it to end") from None


def publish(root: Path, folder: Path, manifest: Manifest) -> Path:
    """Seal the built folder with its manifest and make it the current one."""
    with readable_errors(root):
        (folder / _MANIFEST).write_text(
            json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        sync_tree(folder)
        name = manifest.built.replace(":", "").replace("-", "")
        final = root / f"{name}-{uuid.uuid4().hex[:6]}"
        folder.rename(final)
        previous, _ = _pointer(root)
        point(root, final)
        _drop_old(root, keep={final.name, previous})
    return final


def checksums(folder: Path) -> dict[str, str]:
    """The sha256 of every file under ``folder`` but the manifest, by relative path."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and p.name != _MANIFEST)
    return {p.relative_to(folder).as_posix(): _sha256(p) for p in files}


def open_current(root: Path) -> tuple[Path, Manifest]:
    """Return the current folder after its checksums hold.

    Raises ``IndexMissingError``, ``IndexSchemaError`` (built by another version) or
    ``IndexDamagedError`` (which file).
    """
    name, seal = _pointer(root)
    folder = root / name
    if not name or not _is_folder(folder):
        raise IndexMissingError(f"there is no index in {root}; run: kb build")
    manifest = _read_manifest(folder / _MANIFEST, seal)
    for relative, expected in manifest.files.items():
        if _sha256(folder / relative) != expected:
            raise _damaged(folder / relative)
    return folder, manifest


def _damaged(path: Path) -> IndexDamagedError:
    return IndexDamagedError(f"the index is damaged ({path}); rebuild it: kb build")


def _read_manifest(path: Path, seal: str) -> Manifest:
    # A pointer that an earlier version wrote has no seal.
    if seal and _sha256(path) != seal:
        raise _damaged(path)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise _damaged(path) from None
    version = data.get("schema_version") if isinstance(data, dict) else None
    if version != SCHEMA_VERSION:
        raise IndexSchemaError(
            f"the index has schema {version} and this program reads schema {SCHEMA_VERSION}; "
            "rebuild it: kb build"
        )
    try:
        return msgspec.convert(data, Manifest)
    except msgspec.ValidationError:
        raise _damaged(path) from None


def current_name(root: Path) -> str:
    """The name of the folder in use, nothing of it checked; empty where there is none."""
    return _pointer(root)[0]


def current_age_s(root: Path) -> float:
    """How long ago the folder in use became that, in seconds; 0 where there is none."""
    try:
        return max(0.0, time.time() - (root / _POINTER).stat().st_mtime)
    except OSError:
        return 0.0


def _pointer(root: Path) -> tuple[str, str]:
    """The name of the current folder and the sha256 of its manifest; empty where unknown."""
    try:
        name, _, seal = (root / _POINTER).read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return "", ""
    # The pointer names a folder beside it, never a path.
    inside = name == Path(name).name and name != ".."
    return (name, seal.strip()) if inside else ("", "")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long, a folder that may not be entered
        return False


def point(root: Path, folder: Path) -> None:
    """Make ``folder``, which lies in ``root`` and has its manifest, the current one."""
    temporary = root / f"{_POINTER}.{uuid.uuid4().hex[:8]}"
    write_synced(temporary, f"{folder.name}\n{_sha256(folder / _MANIFEST)}\n".encode())
    sync_folder(root)
    os.replace(temporary, root / _POINTER)
    sync_folder(root)


def _clear_leftovers(root: Path) -> None:
    for path in root.glob(f"{_TEMPORARY}*"):
        shutil.rmtree(path, ignore_errors=True)
    for path in root.glob(f"{_POINTER}.*"):
        path.unlink(missing_ok=True)


def _drop_old(root: Path, keep: set[str]) -> None:
    """Remove all but the current folder and the one before it, which a reader may still hold."""
    for path in root.iterdir():
        if path.is_dir() and path.name not in keep and not path.name.startswith(_TEMPORARY):
            shutil.rmtree(path, ignore_errors=True)


def _sha256(path: Path) -> str:
    """The checksum of a file; empty when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
