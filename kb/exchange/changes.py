"""What changed since a day: the recorded amendments, and the texts that were brought in.

Another system that follows the acts asks with the day of its last visit.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kb.corpus.export import amendment_json
from kb.corpus.history import Noted, noted
from kb.errors import CorpusError
from kb.model import Act, ActReference, Amendment, Edition, Records


@dataclass(frozen=True)
class Change:
    """What one act did to another: all its recorded amendments together, each with its note."""

    act: str
    by: ActReference
    notes: tuple[Noted, ...]

    @property
    def amendments(self) -> tuple[Amendment, ...]:
        """What was done, clause by clause."""
        return tuple(note.amendment for note in self.notes)

    @property
    def day(self) -> date:
        """The latest day that is known of it: of signing, or of a stated commencement."""
        days = [a.commencement_date for a in self.amendments] + [self.by.date]
        return max((day for day in days if day), default=date.min)


@dataclass(frozen=True)
class BroughtIn:
    """A text that was imported: which one, when, and from which file."""

    act: str
    edition: date
    lang: str
    imported: datetime
    file: str


@dataclass(frozen=True)
class Changes:
    """What is new since a day, newest first."""

    since: date
    changes: tuple[Change, ...]
    editions: tuple[BroughtIn, ...]

    def as_json(self) -> dict[str, Any]:
        """The machine-readable list (docs/json.md)."""
        return {
            "since": self.since.isoformat(),
            "changes": [_change_json(change) for change in self.changes],
            "editions": [_edition_json(edition) for edition in self.editions],
        }


def changes_since(
    records: Records,
    since: date,
    *,
    act: str | None = None,
    brought_in: Iterable[BroughtIn] = (),
    notes: Iterable[Noted] | None = None,
) -> Changes:
    """Collect the changes signed or commencing on the day or later, and the texts imported since.

    An amendment counts by its signing day, and again by a day of commencement that a note states.
    ``notes`` are by default those of every text of ``records``; of the same change that several
    texts record, the newest edition's is taken.
    """
    found: dict[tuple[str, str, date | None], list[Noted]] = {}
    for note in recorded(records) if notes is None else notes:
        code, by = note.text.act, note.amendment.by
        if act in {None, code}:
            found.setdefault((code, by.number, by.date), []).append(note)
    changes = [
        Change(code, parts[0].amendment.by, tuple(parts)) for (code, *_), parts in found.items()
    ]
    recent = [change for change in changes if change.day >= since]
    texts = [t for t in brought_in if act in {None, t.act} and t.imported.date() >= since]
    return Changes(
        since,
        tuple(sorted(recent, key=lambda c: (c.day, c.by.number), reverse=True)),
        tuple(sorted(texts, key=lambda t: t.imported, reverse=True)),
    )


def imported_texts(acts_folder: Path) -> Iterator[BroughtIn]:
    """The texts of the data folder (``acts/CODE/editions/2023-11-02.kk``); none where it is absent.

    Raises ``CorpusError`` for one whose record cannot be read.
    """
    for file in sorted(acts_folder.glob("*/editions/*/import.toml")):
        edition, _, lang = file.parent.name.partition(".")
        try:
            record = tomllib.loads(file.read_text(encoding="utf-8"))
            when = record["imported"]
            moment = when if isinstance(when, datetime) else datetime.fromisoformat(str(when))
            day = date.fromisoformat(edition)
        except (OSError, ValueError, KeyError) as error:
            raise CorpusError(f"{file} is no record of an import: {error}") from None
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        yield BroughtIn(file.parents[2].name, day, lang, aware, str(record.get("file", "")))


def recorded(records: Records) -> Iterator[Noted]:
    """Every change that a note of any held text records, each once, act by act.

    The newest text of the main language is believed first, those of another language last.
    """
    for act in records.acts:
        older = [e for e in records.editions if e.key.act == act.id]
        older.sort(key=lambda e: (e.key.lang == act.lang, e.key.edition), reverse=True)
        yield from noted([_main(records, act), *older])


def _main(records: Records, act: Act) -> Edition:
    """The notes of the text that is searched and quoted."""
    return Edition(act, (), tuple(a for a in records.amendments if a.target.act == act.id))


def _change_json(change: Change) -> dict[str, Any]:
    by = change.by
    return {
        "act": change.act,
        "by": {
            "id": by.id,
            "kind": by.kind,
            "number": by.number,
            "date": by.date.isoformat() if by.date else None,
        },
        "amendments": [_note_json(note) for note in change.notes],
    }


def _note_json(note: Noted) -> dict[str, Any]:
    """An amendment, and the text whose note records it."""
    text = {"edition": note.text.edition.isoformat(), "lang": note.text.lang}
    return amendment_json(note.amendment) | text


def _edition_json(text: BroughtIn) -> dict[str, Any]:
    return {
        "act": text.act,
        "edition": text.edition.isoformat(),
        "lang": text.lang,
        "imported": text.imported.isoformat(timespec="seconds"),
        "file": text.file,
    }
