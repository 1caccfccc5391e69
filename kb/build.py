"""Where corpus and index meet: records in, a published index out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from kb import __version__
from kb.config import Config
from kb.corpus.load import corpus_hash, load_records
from kb.errors import ConfigError, StoreError
from kb.index import store
from kb.index.adapter import OUTSIDE, train
from kb.index.analysis import streams
from kb.index.editions import write_records
from kb.index.encoders import Encoder, Vectors, load_encoder, quick_fingerprint
from kb.index.keyword import KeywordWriter
from kb.index.reuse import Earlier, learned_from, vectors_of
from kb.index.searcher import FILES, field_name
from kb.index.spelling import vocabulary
from kb.index.vectors import SHIPPED, encode_views, save_vectors, write_shipped
from kb.index.views import View, views_of
from kb.index.wording import learn
from kb.model import Records

Progress = Callable[[str, int, int], None]
# What decides the contents of an index, besides the corpus and the encoder.
_LAYERS = ("corpus", "language", "index")
_MODULES = ("address.py", "build.py", "model.py")


@dataclass(frozen=True)
class BuildReport:
    """What a build did: whether anything was written, what changed, and the counts."""

    built: bool
    reasons: tuple[str, ...]
    counts: dict[str, int]
    folder: Path


def silent(stage: str, done: int, total: int) -> None:
    """Report no progress."""


def build(
    config: Config,
    *,
    force: bool = False,
    progress: Progress = silent,
    corpus: Path | None = None,
) -> BuildReport:
    """Build the index of the configured data folder, unless the current one is up to date.

    ``corpus`` is the folder of acts, by default the shipped ones. Raises ``KbError``; on any
    failure the previous index stays in use.
    """
    root = config.index_folder
    before = store.current_name(root)
    reasons = why_stale(config, corpus) or _encoder_changed(config)
    if not reasons and not force:
        return _nothing_to_do(root)
    with store.building(root) as folder:
        # Another process may have built the same while this one waited for the lock.
        if not force and store.current_name(root) != before and not why_stale(config, corpus):
            return _nothing_to_do(root)
        progress("reading the corpus", 0, 1)
        # Taken first: of a text that comes while this one is read, the index is then out of date.
        read = corpus_hash(corpus, config.acts_folder)
        records = load_records(corpus, imported=config.acts_folder)
        encoder = load_encoder(config.encoder)
        counts, learned = _write(folder, records, encoder, Earlier.open(root), progress)
        manifest = store.Manifest(
            store.SCHEMA_VERSION,
            __version__,
            datetime.now(UTC).isoformat(timespec="seconds"),
            read,
            pipeline_hash(),
            config.encoder,
            encoder.fingerprint if encoder else "",
            counts,
            store.checksums(folder),
            learned,
        )
        final = store.publish(root, folder, manifest)
    return BuildReport(True, tuple(reasons or ["asked to"]), counts, final)


def _nothing_to_do(root: Path) -> BuildReport:
    folder, manifest = store.open_current(root)
    return BuildReport(False, (), manifest.counts, folder)


def why_stale(config: Config, corpus: Path | None = None) -> list[str]:
    """Say why the current index is not what a build would make now; empty when it is."""
    try:
        _, manifest = store.open_current(config.index_folder)
    except StoreError as error:
        return [str(error).split(";")[0]]
    return differences(manifest, config, corpus)


def differences(manifest: store.Manifest, config: Config, corpus: Path | None = None) -> list[str]:
    """Say how an opened index differs from what a build would make now."""
    reasons = {
        "the corpus changed": manifest.corpus_hash != corpus_hash(corpus, config.acts_folder),
        "the program changed": manifest.pipeline_hash != pipeline_hash(),
        "another encoder is configured": manifest.encoder != config.encoder,
        "the encoder changed": quick_fingerprint(config.encoder)
        not in {manifest.encoder_hash, None},
    }
    return [reason for reason, holds in reasons.items() if holds]


def _encoder_changed(config: Config) -> list[str]:
    """Load the encoder to see whether it is still the one that built the index."""
    if quick_fingerprint(config.encoder) is not None:
        return []
    encoder = load_encoder(config.encoder)
    _, manifest = store.open_current(config.index_folder)
    changed = encoder is not None and encoder.fingerprint != manifest.encoder_hash
    return ["the encoder changed"] if changed else []


@cache
def pipeline_hash() -> str:
    """One sha256 over the code and data that turn a corpus into an index."""
    root = Path(str(resources.files("kb")))
    digest = hashlib.sha256()
    layers = [path for name in _LAYERS for path in (root / name).rglob("*")]
    for path in sorted([root / name for name in _MODULES] + layers):
        # The fusion weights rank what an index holds; they do not change it.
        if path.name == "fusion.toml" or "acts" in path.parts:
            continue
        if path.suffix in {".py", ".toml", ".txt"}:
            digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def ship_vectors(config: Config, progress: Progress = silent, path: Path = SHIPPED) -> int:
    """Build an index, and write its vectors as those that come with the package; returns how many.

    The data folder must hold no imported act. Raises ``KbError``.
    """
    if config.encoder == "none":
        raise ConfigError("vectors need an encoder; set encoder to bundled")
    build(config, progress=progress)
    folder, manifest = store.open_current(config.index_folder)
    vectors = vectors_of(folder)
    write_shipped(vectors, manifest.encoder_hash, path)
    return len(vectors)


def _write(
    folder: Path,
    records: Records,
    encoder: Encoder | None,
    earlier: Earlier,
    progress: Progress,
) -> tuple[dict[str, int], dict[str, str]]:
    """Write all but the manifest; return the counts, and what each learned model came from."""
    views = views_of(records)
    progress("writing the keyword index", 0, 1)
    _write_keywords(folder, records, views)
    write_records(folder, records)
    (folder / FILES.views).write_bytes(msgspec.json.encode(views))
    words = vocabulary((view.lang, view.text) for view in views)
    (folder / FILES.vocabulary).write_bytes(msgspec.json.encode(words))
    subjects = {subject.id for subject in records.subjects}
    learned = _learn_wording(folder, views, subjects, earlier, progress)
    if encoder:
        known = earlier.vectors(encoder)
        vectors = encode_views(
            views, encoder, known, lambda done, total: progress("encoding", done, total)
        )
        save_vectors(folder / FILES.vectors, vectors)
        progress("training the adapter", 0, 1)
        learned |= _train_adapter(folder, views, vectors, subjects, earlier)
    counts = {
        "acts": len(records.acts),
        "clauses": len(records.clauses),
        "amendments": len(records.amendments),
        "views": len(views),
    }
    return counts, learned


def _learn_wording(
    folder: Path,
    views: Sequence[View],
    subjects: Collection[str],
    earlier: Earlier,
    progress: Progress,
) -> dict[str, str]:
    """Learn how clauses are asked for, where any is; a model of the same questions is kept."""
    questions = [
        (OUTSIDE if view.target in subjects else view.target, view.lang, view.text)
        for view in views
        if view.is_question
    ]
    if all(target == OUTSIDE for target, _, _ in questions):
        return {}
    source = learned_from(pipeline_hash(), msgspec.json.encode(questions))
    if not earlier.take(FILES.wording, source, folder):
        model = learn(questions, lambda done, of: progress("learning the wording", done, of))
        model.save(folder / FILES.wording)
    return {FILES.wording: source}


def _train_adapter(
    folder: Path,
    views: Sequence[View],
    vectors: Vectors,
    subjects: Collection[str],
    earlier: Earlier,
) -> dict[str, str]:
    """Train on the views of whatever has questions; these are what users write, and the centre.

    An act without headnotes is left out, so that it changes nothing for the others; alone, it is
    trained on.
    """
    questions = [row for row, view in enumerate(views) if view.is_question]
    asked = {views[row].target for row in questions}
    rows = [row for row, view in enumerate(views) if view.target in asked] or range(len(views))
    centre = vectors[questions or slice(None)].mean(axis=0)
    targets = [OUTSIDE if views[row].target in subjects else views[row].target for row in rows]
    used = vectors[rows]
    data = (msgspec.json.encode(targets), used.tobytes(), centre.tobytes())
    source = learned_from(pipeline_hash(), *data)
    if not earlier.take(FILES.adapter, source, folder):
        train(used, targets, centre).save(folder / FILES.adapter)
    return {FILES.adapter: source}


def _write_keywords(folder: Path, records: Records, views: Sequence[View]) -> None:
    """One document a clause, in the order of the records; a field for each view and stream."""
    documents: dict[str, dict[str, list[str]]] = {str(c.address): {} for c in records.clauses}
    names: set[str] = set()
    for view in views:
        if view.target not in documents:
            continue
        for stream, terms in streams(view.text, view.lang).items():
            name = field_name(view.name, view.lang, stream)
            names.add(name)
            documents[view.target].setdefault(name, []).extend(terms)
    writer = KeywordWriter(folder / FILES.keywords, names)
    for document in documents.values():
        writer.add(document)
    writer.close()
