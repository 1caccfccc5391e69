"""Load the acts of a folder as records: the one entry point of the corpus."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from kb.address import LANGUAGES, ClauseAddress
from kb.corpus.editions import EDITION_FILES, combine, edition_folders
from kb.corpus.headnotes import (
    check_editor_notes,
    check_headnotes,
    load_editor_notes,
    load_headnotes,
    load_subjects,
    load_topics,
)
from kb.corpus.notes import own_notes, read_notes
from kb.corpus.outline import Structure
from kb.corpus.parse import parse
from kb.corpus.read import read_text, read_toml, split_lines, verify_checksum
from kb.corpus.repeals import read_repeals
from kb.corpus.restore import load_restorations, restore_lines
from kb.corpus.stored import RECORDS_FILE, load_stored
from kb.errors import CorpusError, InputError, KbError
from kb.model import Act, Amendment, Chapter, Clause, Edition, Records, Reference, Restoration

_FIELDS = (
    "id",
    "source",
    "sha256",
    "lang",
    "kind",
    "number",
    "adopted",
    "in_force",
    "edition",
    "short",
)
_DATES = ("adopted", "in_force", "edition")
_TEXTS = ("id", "source", "sha256", "lang", "kind", "number")


def shipped_acts() -> Path:
    """The folder of the acts that come with the package."""
    return Path(str(resources.files("kb.corpus").joinpath("acts")))


def corpus_hash(folder: Path | None = None, imported: Path | None = None) -> str:
    """One sha256 over every data file of the corpus and of the imported editions, names included.

    Of an imported edition the file as it was received does not count, only what was read from it.
    """
    root = folder or shipped_acts()
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        _add_file(digest, path, root)
    for edition in edition_folders(imported):
        for path in sorted(edition / name for name in EDITION_FILES):
            _add_file(digest, path, edition.parents[2])
    return digest.hexdigest()


def _add_file(digest: hashlib._Hash, path: Path, root: Path) -> None:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    digest.update(str(path.relative_to(root)).encode())
    digest.update(hashlib.sha256(data).digest())


def load_records(
    folder: Path | None = None, *, imported: Path | None = None, with_references: bool = True
) -> Records:
    """Parse every act of the folder, and every imported edition of the folder ``imported``.

    ``with_references`` imports spaCy, which takes seconds. Raises a ``CorpusError`` where data and
    text do not agree.
    """
    root = folder or shipped_acts()
    acts = [load_act(path.parent) for path in sorted(root.glob("*/act.toml"))]
    if not acts:
        raise CorpusError(f"{root} holds no act: a folder with an act.toml was expected")
    records = merge(list(combine([*acts, *map(load_edition, edition_folders(imported))])))
    if not with_references:
        return records
    return replace(records, references=tuple(_references(records)))


def merge(parts: Sequence[Records]) -> Records:
    """Put the records of several acts one after another."""
    names = Records.__dataclass_fields__
    return Records(
        **{name: tuple(x for part in parts for x in getattr(part, name)) for name in names}
    )


def _references(records: Records) -> list[Reference]:
    from kb.corpus.references import find_references  # spaCy: the build alone pays for it

    return [
        reference
        for act in records.acts
        for reference in find_references(
            (c for c in records.clauses if c.address.act == act.id), act.id
        )
    ]


def load_act(folder: Path) -> Records:
    """Read, restore and parse one act, and check what we add to it against its clauses."""
    meta = _metadata(folder / "act.toml")
    records, structure = _read_text_of(folder, meta, shipped=True)
    headnotes = load_headnotes(folder / "headnotes", folder / "questions")
    notes = load_editor_notes(folder / "editor-notes")
    topics = load_topics(folder / "topics.toml")
    if headnotes:
        check_headnotes(headnotes, structure.clauses, topics)
    check_editor_notes(notes, structure.clauses)
    act = records.acts[0].id
    return replace(
        records,
        headnotes=tuple(replace(n, address=n.address.inside(act)) for n in headnotes),
        editor_notes=tuple(replace(n, address=n.address.inside(act)) for n in notes),
        topics=tuple(topics),
        subjects=tuple(load_subjects(folder.glob("elsewhere*.toml"))),
    )


def load_edition(folder: Path) -> Records:
    """Read one imported edition; a ``CorpusError`` that names the folder when it is damaged."""
    try:
        meta = _metadata(folder / "act.toml")
        _check_folder(folder, meta)
        if meta["source"] == RECORDS_FILE:
            return load_stored(folder, meta)
        return _read_text_of(folder, meta, shipped=False)[0]
    except KbError as error:
        raise CorpusError(
            f"the imported edition in {folder} cannot be used: {error}; "
            "import it again, or take the folder away"
        ) from None


def _check_folder(folder: Path, meta: dict[str, Any]) -> None:
    """Refuse a folder whose name does not say which text it holds."""
    named = (folder.parents[1].name, folder.name)
    if named != (meta["id"], f"{meta['edition']}.{meta['lang']}") or meta["lang"] not in LANGUAGES:
        raise CorpusError(f"act.toml is about {meta['id']} {meta['edition']}.{meta['lang']}")
    if meta["source"] not in {"source.txt", RECORDS_FILE}:
        raise CorpusError(f"the text of an imported edition is source.txt or {RECORDS_FILE}")


def _read_text_of(
    folder: Path, meta: dict[str, Any], *, shipped: bool
) -> tuple[Records, Structure]:
    """Restore and parse the text of an act's folder: its records with the one edition they are."""
    source = folder / meta["source"]
    verify_checksum(source, meta["sha256"])
    entries = _optional_restorations(folder / "restorations.toml")
    lines = split_lines(read_text(source))
    structure = parse(lines, restore_lines(lines, entries))
    records = records_of(structure, meta)
    [act] = records.acts
    restorations = tuple(replace(entry, act=act.id) for entry in entries)
    edition = Edition(act, records.clauses, records.amendments, restorations, shipped)
    return replace(records, restorations=restorations, editions=(edition,)), structure


def _metadata(path: Path) -> dict[str, Any]:
    meta = read_toml(path)
    missing = [name for name in _FIELDS if name not in meta]
    if missing:
        raise CorpusError(f"{path}: {', '.join(missing)} is missing")
    if undated := [name for name in _DATES if type(meta[name]) is not date]:
        raise CorpusError(f"{path}: {', '.join(undated)} must be a date like 2022-02-22")
    if unread := [name for name in _TEXTS if not isinstance(meta[name], str)]:
        raise CorpusError(f"{path}: {', '.join(unread)} must be text")
    short = meta["short"]
    if not isinstance(short, dict) or not all(isinstance(short.get(n), str) for n in LANGUAGES):
        raise CorpusError(f"{path}: short must have a text for each of {', '.join(LANGUAGES)}")
    return meta


def _optional_restorations(path: Path) -> tuple[Restoration, ...]:
    return load_restorations(path) if path.is_file() else ()


def records_of(structure: Structure, meta: dict[str, Any]) -> Records:
    """Join what the text says with the act's metadata; every address names its act."""
    act_id = meta["id"]
    act = Act(
        act_id,
        meta["kind"],
        meta["number"],
        meta["adopted"],
        meta["in_force"],
        meta["edition"],
        meta["lang"],
        structure.title,
        meta["short"],
        meta["source"],
        meta["sha256"],
        structure.components,
        tuple(_chapter_inside(c, act_id) for c in structure.chapters),
        structure.lines,
        bool(meta.get("in_force_assumed")),
    )
    clauses = tuple(_clause_inside(c, act_id) for c in structure.clauses)
    known = {clause.address.short for clause in clauses}
    notes = [*structure.notes, *own_notes(structure.clauses)]
    amendments, _ = read_notes(notes, known, act_id)
    repeals = read_repeals(act, clauses)
    clauses = _with_status(clauses, amendments)
    return Records((act,), clauses, tuple(amendments), tuple(repeals), (), (), (), (), (), ())


def _with_status(clauses: Iterable[Clause], amendments: Iterable[Amendment]) -> tuple[Clause, ...]:
    """Mark the clauses that a note, not their own words, says were excluded or repealed last."""
    by_day = sorted(amendments, key=lambda a: a.by.date or date.min)
    last = {a.target: a.action for a in by_day if a.action != "heading-restated"}
    gone = {target: action for target, action in last.items() if action in {"excluded", "repealed"}}
    return tuple(replace(c, status=gone.get(c.address, c.status)) for c in clauses)


def _inside(address: ClauseAddress | None, act: str) -> ClauseAddress | None:
    return address.inside(act) if address else None


def _clause_inside(clause: Clause, act: str) -> Clause:
    return replace(clause, address=clause.address.inside(act), parent=_inside(clause.parent, act))


def _chapter_inside(chapter: Chapter, act: str) -> Chapter:
    return replace(chapter, clauses=tuple(a.inside(act) for a in chapter.clauses))
