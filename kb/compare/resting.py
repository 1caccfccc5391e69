"""What rests on the words of a clause, and has to be read again when they change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kb.address import ClauseAddress
from kb.compare.align import ADDED, plain
from kb.compare.report import ClauseChange, Comparison, holds
from kb.errors import InputError, KbError
from kb.model import Headnote

HEADNOTE, QUESTION, NOTE = "headnote", "judged-question", "saved-note"
CONTEXT, QUOTE = "context", "quote"


@dataclass(frozen=True)
class Resting:
    """Something that rests on the words of a clause: a headnote, a judged question, a saved note.

    ``text_sha256`` is that of the words quoted and ``edition`` the one they were quoted from, where
    they are recorded.
    """

    kind: str
    id: str
    address: ClauseAddress
    edition: date | None = None
    text_sha256: str = ""


@dataclass(frozen=True)
class Review:
    """What is to be read again, and why.

    The reason is the kind of the clause's change, ``context`` for one around or under it, or
    ``quote`` where the words quoted are those of neither edition.
    """

    resting: Resting
    reason: str


def to_review(comparison: Comparison, resting: Iterable[Resting]) -> tuple[Review, ...]:
    """What rests on a clause that changed, on one that holds it, or on one under it.

    What was quoted from the second edition itself is left out.
    """
    reader = _Reader(comparison)
    found = ((item, reader.reason(item)) for item in resting)
    return tuple(Review(item, reason) for item, reason in found if reason)


def resting_under(review: Iterable[Review], wanted: ClauseAddress | None) -> tuple[Review, ...]:
    """What is to be read again of what rests at and under an address; by default all."""
    if wanted is None:
        return tuple(review)
    above = plain(wanted)
    return tuple(found for found in review if holds(above, plain(found.resting.address)))


class _Reader:
    """The changes of a comparison by where the clauses stood in the first edition."""

    def __init__(self, comparison: Comparison) -> None:
        self.edition = comparison.new.edition
        self.own = {plain(c.pair.old.address): c for c in comparison.clauses if c.pair.old}
        self.changed = {a for a, change in self.own.items() if change.is_substantive}
        new = (c.pair.new for c in comparison.clauses if c.kind == ADDED)
        added = (plain(clause.address) for clause in new if clause)
        # Each with what holds it: an act may have thousands of clauses, and all may have changed.
        self.held_changes = {a for c in (*self.changed, *added) for a in (c, *c.ancestors)}

    def reason(self, item: Resting) -> str:
        """Why an item is to be read again; empty when it is not."""
        if item.edition == self.edition:
            return ""
        wanted = plain(item.address)
        own = self.own.get(wanted)
        if own and own.is_substantive:
            return own.kind
        if own and item.text_sha256 and item.text_sha256 not in _hashes(own):
            return QUOTE
        under_change = any(above in self.changed for above in wanted.ancestors)
        return CONTEXT if under_change or wanted in self.held_changes else ""


def _hashes(change: ClauseChange) -> set[str]:
    texts = (clause.text for clause in (change.pair.old, change.pair.new) if clause)
    return {hashlib.sha256(text.encode()).hexdigest() for text in texts}


def clauses_reviewed(comparison: Comparison) -> dict[str, str]:
    """Why a note that quotes a clause is to be read again, by the clause's address in the act.

    The clauses of the first edition are looked at; one that gives no reason is left out.
    """
    old = (change.pair.old for change in comparison.clauses if change.pair.old)
    items = (Resting(NOTE, clause.address.short, clause.address) for clause in old)
    return {found.resting.id: found.reason for found in to_review(comparison, items)}


def headnotes_of(headnotes: Iterable[Headnote], act: str) -> Iterator[Resting]:
    """The headnotes of an act."""
    for note in headnotes:
        if note.address.act == act:
            yield Resting(HEADNOTE, note.address.short, note.address)


def read_notes(folder: Path, act: str) -> list[Resting]:
    """The items of the saved notes of a folder that quote an act; ``InputError`` names a bad file.

    A note is a JSON object whose ``items`` have ``address``, ``edition`` and perhaps
    ``text_sha256``; the notes that ``kb.note`` writes are such files.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder of saved notes")
    return [
        item
        for file in sorted(folder.glob("*.json"))
        for item in _note_items(file)
        if item.address.act in {None, act}
    ]


def _note_items(file: Path) -> Iterator[Resting]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        name = str(data.get("id") or file.stem)
        for item in data["items"]:
            # What the author of a note wrote stands on no clause.
            if item.get("type") != "own-words":
                yield _item(name, item)
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, KbError):
        raise InputError(
            f"{file} is no saved note: an object whose items have address, edition and text_sha256"
        ) from None


def _item(name: str, item: dict[str, Any]) -> Resting:
    address = ClauseAddress.parse(item["address"])
    day = item.get("edition") or address.edition
    edition = day if isinstance(day, date) or day is None else date.fromisoformat(day)
    return Resting(NOTE, name, address, edition, str(item.get("text_sha256") or ""))


def questions_of(accepted: Iterable[tuple[str, Sequence[str]]], act: str) -> Iterator[Resting]:
    """Judged questions by id, with the addresses that each accepts, of an act."""
    for name, addresses in accepted:
        for text in addresses:
            address = ClauseAddress.parse(text)
            if address.act in {None, act}:
                yield Resting(QUESTION, name, address, address.edition)
