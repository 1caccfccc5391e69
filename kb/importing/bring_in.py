"""Bring an inspected text into the data folder, once, and know it again when it comes back."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kb.config import Config
from kb.corpus.editions import combine, edition_folders
from kb.corpus.load import load_act, load_edition, merge, shipped_acts
from kb.corpus.read import read_text, read_toml
from kb.corpus.stored import RECORDS_FILE, stored
from kb.errors import CorpusError, InputError, KbError
from kb.importing.inspect import SOURCE_FILE, Inspection, structure_counts
from kb.importing.read_akn import DOCUMENT
from kb.importing.read_plain import read_plain
from kb.importing.write import edition_folder, toml, write_edition
from kb.model import Records

_ENDINGS = {"html": "html", "docx": "docx", "pdf": "pdf", "text": "txt", DOCUMENT: "xml"}


class Standing(enum.Enum):
    """How a text stands to what is held of the same edition and language."""

    NEW = "new"
    SAME = "same"
    OTHER = "other"


def held_records(config: Config, corpus: Path | None = None) -> tuple[Records, tuple[str, ...]]:
    """The records of every held text, and what is wrong with the imported ones that are damaged.

    A damaged edition must not stand in the way of importing it again.
    """
    root = corpus or shipped_acts()
    parts = [load_act(path.parent) for path in sorted(root.glob("*/act.toml"))]
    damaged = []
    for folder in edition_folders(config.acts_folder):
        try:
            parts.append(load_edition(folder))
        except KbError as error:
            damaged.append(str(error))
    if not parts:
        raise CorpusError(f"{root} holds no act: a folder with an act.toml was expected")
    return merge(list(combine(parts))), tuple(damaged)


def standing(config: Config, inspection: Inspection) -> Standing:
    """Compare the text with the held one of its edition: the imported one, or the shipped one."""
    folder = _folder(config, inspection)
    if folder.is_dir():
        return _standing_in(folder, inspection)
    act = inspection.act
    shipped = shipped_acts() / act.id
    if not (shipped / "act.toml").is_file():
        return Standing.NEW
    meta = read_toml(shipped / "act.toml")
    if (meta.get("edition"), meta.get("lang")) != (act.edition, act.lang):
        return Standing.NEW
    if inspection.source.format == DOCUMENT:
        return Standing.SAME if _alike(load_act(shipped), inspection) else Standing.OTHER
    same = _filled(read_plain((shipped / str(meta["source"])).read_bytes()).lines)
    return Standing.SAME if same == _filled(inspection.source.lines) else Standing.OTHER


def _standing_in(folder: Path, inspection: Inspection) -> Standing:
    try:
        if _commencement(read_toml(folder / "act.toml")) != _commencement(
            _act(inspection, "", b"")
        ):
            return Standing.OTHER
        if inspection.source.format == DOCUMENT or (folder / RECORDS_FILE).is_file():
            same = _alike(load_edition(folder), inspection)
            return Standing.SAME if same else Standing.OTHER
        text = read_text(folder / SOURCE_FILE)
        entries = read_toml(folder / "restorations.toml").get("restoration", [])
    except KbError:
        return Standing.OTHER
    ours = [(r.line, r.before, r.after) for r in inspection.restorations]
    theirs = [(e.get("line"), e.get("before"), e.get("after")) for e in entries]
    same = _filled(text.split("\n")) == _filled(inspection.source.lines) or (
        # Two formats of one text may break its lines in other places.
        not ours and not theirs and _alike(load_edition(folder), inspection)
    )
    # Asked for no restoration, the text is the same as one in which some were accepted.
    return Standing.SAME if same and (not ours or ours == theirs) else Standing.OTHER


def _commencement(meta: dict[str, Any]) -> tuple[object, bool]:
    return meta.get("in_force"), bool(meta.get("in_force_assumed"))


def _alike(held: Records, inspection: Inspection) -> bool:
    """Whether the clauses and what is recorded of them are the same, wherever their lines stand."""
    return _said(held) == _said(inspection.records)


def _said(records: Records) -> object:
    clauses = [(c.address, c.text, c.status) for c in records.clauses]
    amendments = [(a.target, a.action, a.by, a.commencement_date) for a in records.amendments]
    [act] = records.acts
    headings = [(c.component, c.number, c.heading) for c in act.chapters]
    around = [(c.title, " ".join(c.approval), " ".join(c.signatory)) for c in act.components]
    return act.title, headings, around, clauses, amendments


def _filled(lines: Iterable[str]) -> list[str]:
    return [line.strip(" ") for line in lines if line.strip()]


def bring_in(config: Config, inspection: Inspection, *, replacing: bool = False) -> Path:
    """Write the edition; ``InputError`` when a line was not understood, or another text is held."""
    inspection.check_complete()
    found = standing(config, inspection)
    folder = _folder(config, inspection)
    if found is Standing.SAME:
        return folder
    if found is Standing.OTHER and not replacing:
        act = inspection.act
        raise InputError(
            f"another text of {act.id} is held for the edition {act.edition} ({act.lang}); "
            "check the date, or put this one in its place with --replace"
        )
    write_edition(folder, _files(inspection), replacing=replacing)
    return folder


def _folder(config: Config, inspection: Inspection) -> Path:
    act = inspection.act
    return edition_folder(config.acts_folder, act.id, act.edition, act.lang)


def _files(inspection: Inspection) -> dict[str, bytes]:
    ending = _ENDINGS[inspection.source.format]
    return {
        **_text_files(inspection),
        f"original.{ending}": inspection.request.data,
        "import.toml": toml(_origin(inspection)),
    }


def _text_files(inspection: Inspection) -> dict[str, bytes]:
    """What an edition is loaded from: its text, or its records where they came as records."""
    if inspection.source.format == DOCUMENT:
        data = stored(inspection.records)
        return {"act.toml": toml(_act(inspection, RECORDS_FILE, data)), RECORDS_FILE: data}
    data = inspection.source.text.encode("utf-8")
    return {
        "act.toml": toml(_act(inspection, SOURCE_FILE, data)),
        SOURCE_FILE: data,
        "restorations.toml": toml({"restoration": _restorations(inspection)}),
    }


def _act(inspection: Inspection, source: str, data: bytes) -> dict[str, Any]:
    act = inspection.act
    assumed = {"in_force_assumed": True} if act.in_force_assumed else {}
    return {
        "id": act.id,
        "source": source,
        "sha256": hashlib.sha256(data).hexdigest(),
        "lang": act.lang,
        "kind": act.kind,
        "number": act.number,
        "adopted": act.adopted,
        "in_force": act.in_force,
        **assumed,
        "edition": act.edition,
        "short": act.short,
    }


def _restorations(inspection: Inspection) -> list[dict[str, Any]]:
    return [
        {"line": r.line, "before": r.before, "after": r.after, "reason": r.reason, "count": r.count}
        for r in inspection.restorations
    ]


def _origin(inspection: Inspection) -> dict[str, Any]:
    """Where the edition came from: the file, its checksum, and what was found in it."""
    return {
        "imported": datetime.now(UTC).replace(microsecond=0),
        "file": Path(inspection.request.file).name,
        "sha256": hashlib.sha256(inspection.request.data).hexdigest(),
        "format": inspection.source.format,
        "remarks": inspection.source.remarks,
        "assumed": inspection.assumed,
        "counts": {
            "lines": len(inspection.source.lines),
            "clauses": sum(part["clauses"] for part in structure_counts(inspection)),
            "amendments": len(inspection.records.amendments),
            "restorations": len(inspection.restorations),
        },
        "anchors": {str(line): name for line, name in reversed(inspection.source.anchors)},
    }
