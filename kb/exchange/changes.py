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
from kb.errors import CorpusError
from kb.model import ActReference, Amendment, Records


@dataclass(frozen=True)
class Change:
    """What one act did to another: all its recorded amendments together."""

    act: str
    by: ActReference
    amendments: tuple[Amendment, ...]

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
) -> Changes:
    """Collect the changes signed or commencing on the day or later, and the texts imported since.

    An amendment counts by its signing day, and again by a day of commencement that a note states;
    of the same change that several editions record, the newest edition's is taken.
    """
    found: dict[tuple[str, ActReference], list[Amendment]] = {}
    for amendment in _recorded(records):
        code = amendment.target.act or ""
        if act in {None, code}:
            found.setdefault((code, amendment.by), []).append(amendment)
    changes = [Change(code, by, tuple(parts)) for (code, by), parts in found.items()]
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


def _recorded(records: Records) -> Iterator[Amendment]:
    """Every amendment of any held text, each once: the newest edition says it first."""
    seen = set()
    older = [a for e in reversed(records.editions) for a in e.amendments]
    for amendment in (*records.amendments, *older):
        key = (amendment.target, amendment.action, amendment.by.number, amendment.by.date)
        if key not in seen:
            seen.add(key)
            yield amendment


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
        "amendments": [amendment_json(a) for a in change.amendments],
    }


def _edition_json(text: BroughtIn) -> dict[str, Any]:
    return {
        "act": text.act,
        "edition": text.edition.isoformat(),
        "lang": text.lang,
        "imported": text.imported.isoformat(timespec="seconds"),
        "file": text.file,
    }
