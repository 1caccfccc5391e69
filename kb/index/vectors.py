"""The vectors of all views: built with reuse, kept in one file, compared by dot product."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from pathlib import Path

import numpy as np

from kb.index.encoders import Encoder, Vectors
from kb.index.views import View

_BATCH = 64
SHIPPED = Path(str(resources.files("kb.index").joinpath("vectors.npz")))


def text_key(view: View) -> str:
    """Identify what was encoded, so that an unchanged text need not be encoded again."""
    kind = "q" if view.is_question else "p"
    return hashlib.sha256(f"{kind}\0{view.text}".encode()).hexdigest()[:32]


def encode_views(
    views: Sequence[View],
    encoder: Encoder,
    known: dict[str, Vectors],
    progress: Callable[[int, int], None],
) -> Vectors:
    """Return ``(n_views, dim)``; ``known`` holds vectors of an earlier index by ``text_key``.

    They are rounded as the index keeps them: a model is learned from the same ones each time.
    """
    keys = [text_key(view) for view in views]
    fresh = {key: view for key, view in zip(keys, views, strict=True) if key not in known}
    found = {key: known[key] for key in keys if key in known}
    done = len(views) - len(fresh)
    progress(done, len(views))
    for is_question in (True, False):
        pending = [(k, v) for k, v in fresh.items() if v.is_question is is_question]
        encode = encoder.queries if is_question else encoder.passages
        for start in range(0, len(pending), _BATCH):
            batch = pending[start : start + _BATCH]
            rows = encode([view.text for _, view in batch])
            found.update({key: row for (key, _), row in zip(batch, rows, strict=True)})
            done += len(batch)
            progress(min(done, len(views)), len(views))
    return np.stack([found[key] for key in keys]).astype(np.float16).astype(np.float32)


def save_vectors(path: Path, vectors: Vectors) -> None:
    """Write the matrix in half precision."""
    np.save(path, vectors.astype(np.float16), allow_pickle=False)


def read_vectors(path: Path) -> Vectors:
    """Read the matrix back in single precision."""
    vectors: Vectors = np.load(path, allow_pickle=False).astype(np.float32)
    return vectors


def shipped_vectors(fingerprint: str, path: Path = SHIPPED) -> dict[str, Vectors]:
    """The vectors of the shipped corpus by ``text_key``; none where another encoder made them.

    Encoding the corpus takes minutes; with these, a first build encodes only what is not shipped.
    """
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as data:
        if str(data["encoder"]) != fingerprint:
            return {}
        keys = (bytes(key).hex() for key in data["keys"])
        return dict(zip(keys, data["vectors"].astype(np.float32), strict=True))


def write_shipped(known: Mapping[str, Vectors], fingerprint: str, path: Path = SHIPPED) -> None:
    """Write vectors by ``text_key`` as ``shipped_vectors`` reads them, in half precision."""
    keys = sorted(known)
    np.savez(
        path,
        encoder=np.array(fingerprint),
        keys=np.array([list(bytes.fromhex(key)) for key in keys], dtype=np.uint8),
        vectors=np.stack([known[key] for key in keys]).astype(np.float16),
    )
