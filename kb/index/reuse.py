"""What the index in use already holds and a new one may take over: vectors and learned models.

An import changes a few texts; encoding and learning all the others again would take the most of a
build.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from kb.errors import StoreError
from kb.index import store
from kb.index.encoders import Encoder, Vectors
from kb.index.searcher import FILES, read_views
from kb.index.vectors import read_vectors, shipped_vectors, text_key


@dataclass(frozen=True)
class Earlier:
    """The index in use when a build began, its checksums verified; nothing where there is none."""

    folder: Path | None
    manifest: store.Manifest | None

    @classmethod
    def open(cls, root: Path) -> Earlier:
        """Open the current index of ``root``; one that is missing or damaged gives nothing."""
        try:
            return cls(*store.open_current(root))
        except StoreError:
            return cls(None, None)

    def vectors(self, encoder: Encoder) -> dict[str, Vectors]:
        """What the same encoder made before, by ``text_key``: the shipped vectors, the index's."""
        shipped = shipped_vectors(encoder.fingerprint)
        if not (self.folder and self.manifest and (self.folder / FILES.vectors).is_file()):
            return shipped
        same = self.manifest.encoder_hash == encoder.fingerprint
        return shipped | vectors_of(self.folder) if same else shipped

    def take(self, name: str, learned_from: str, folder: Path) -> bool:
        """Copy a model learned from the same into ``folder``; whether there was one."""
        if not (self.folder and self.manifest and self.manifest.learned.get(name) == learned_from):
            return False
        try:
            shutil.copyfile(self.folder / name, folder / name)
        except OSError:  # another build has just cleared the folder away
            return False
        return True


def vectors_of(folder: Path) -> dict[str, Vectors]:
    """The vectors of an index by ``text_key``."""
    keys = map(text_key, read_views(folder))
    return dict(zip(keys, read_vectors(folder / FILES.vectors), strict=True))


def learned_from(pipeline: str, *data: bytes) -> str:
    """Identify all that a learned model depends on: the sha256 of the code's hash and the data."""
    digest = hashlib.sha256(pipeline.encode())
    for part in data:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()
