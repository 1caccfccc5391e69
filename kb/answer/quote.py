"""Citations: the law's own words, where they stand, which edition, and what amended them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from kb.address import ClauseAddress
from kb.corpus.history import HistoryState, Touch, history, touches
from kb.errors import UnknownAddressError
from kb.model import Act, Clause, EditorNote, Headnote, Records


@dataclass(frozen=True)
class Citation:
    """One clause as cited: verbatim quote, address, label, edition, history.

    ``levels`` are the levels of the address's numbers, so that the label can be printed in any
    language; ``score`` is the likelihood, 0 to 1, that the clause answers.
    """

    clause: Clause
    levels: tuple[str, ...]
    act: Act
    touched: tuple[Touch, ...]
    state: HistoryState
    headnote: Headnote | None
    notes: tuple[EditorNote, ...]
    score: float

    def label(self, lang: str) -> str:
        """The citation in words."""
        return self.clause.address.cite(lang, self.levels)

    def full_label(self, lang: str) -> str:
        """The citation with the act it stands in."""
        return f"{self.label(lang)} ({self.act.short[lang]})"

    def as_json(self, lang: str) -> dict[str, Any]:
        """The citation as ``kb ask --json`` prints it; ``docs/json.md`` has the schema."""
        return {
            "id": str(self.clause.address),
            "label": self.label(lang),
            "quote": self.clause.text,
            "lines": list(self.clause.source_lines),
            "edition": self.act.edition.isoformat(),
            "amended_by": [touch_json(touch) for touch in self.touched],
            "score": round(self.score, 4),
            "on": self.state.on.isoformat(),
            "state": self.state.state.value,
            "translation": self.headnote.translation.get(lang) if self.headnote else None,
            "editor_notes": [
                {"word": note.word, "meant": note.meant, "text": note.text[lang]}
                for note in self.notes
            ],
        }


def touch_json(touch: Touch) -> dict[str, Any]:
    """An amendment of a clause for JSON: what, by which act, certain or possible."""
    amendment = touch.amendment
    by = amendment.by
    return {
        "id": by.id,
        "number": by.number,
        "date": by.date.isoformat() if by.date else None,
        "action": amendment.action,
        "target": str(amendment.target),
        "commencement": amendment.commencement,
        "certain": touch.certain,
    }


class Library:
    """Looks up clauses and makes citations of them."""

    def __init__(self, records: Records) -> None:
        """Index the records by address."""
        self.records = records
        self.acts = {act.id: act for act in records.acts}
        self._clauses = {str(clause.address): clause for clause in records.clauses}
        self._notes = {str(note.address): note for note in records.headnotes}

    @cached_property
    def _children(self) -> dict[str, list[Clause]]:
        found: dict[str, list[Clause]] = {}
        for clause in self.records.clauses:
            if clause.parent:
                found.setdefault(str(clause.parent), []).append(clause)
        return found

    @cached_property
    def _editor_notes_near(self) -> dict[tuple[str, ...], list[EditorNote]]:
        found: dict[tuple[str, ...], list[EditorNote]] = {}
        for note in self.records.editor_notes:
            found.setdefault(_place(note.address), []).append(note)
        return found

    def find(self, address: ClauseAddress) -> Clause | None:
        """The clause at an address; without an act, in the first act that has it."""
        acts = [address.act] if address.act else list(self.acts)
        for act in acts:
            clause = self._clauses.get(f"{act}/{address.short}")
            if clause:
                return clause
        return None

    def get(self, address: ClauseAddress) -> Clause:
        """The clause at an address, or ``UnknownAddressError`` with the nearest ones."""
        clause = self.find(address)
        if clause is None or self._wrong_edition(address, clause):
            raise UnknownAddressError(str(address), self.nearest(address))
        return clause

    def _wrong_edition(self, address: ClauseAddress, clause: Clause) -> bool:
        act = self.acts[clause.address.act or ""]
        return address.edition is not None and address.edition != act.edition

    def nearest(self, address: ClauseAddress, limit: int = 3) -> tuple[str, ...]:
        """Addresses that exist and are spelt or numbered most alike."""
        act = address.act if address.act in self.acts else next(iter(self.acts))
        same = [c.address for c in self.records.clauses if c.address.act == act]
        wanted = address.inside(act)
        ranked = sorted(same, key=lambda other: _distance(wanted, other))
        return tuple(other.short for other in ranked[:limit])

    def children(self, clause: Clause) -> list[Clause]:
        """The clauses directly under this one, in the text's order."""
        return self._children.get(str(clause.address), [])

    def headnote(self, address: ClauseAddress) -> Headnote | None:
        """The headnote of a clause, if it has one."""
        return self._notes.get(str(address))

    def levels(self, clause: Clause) -> tuple[str, ...]:
        """The level of each number in the address, as the text itself has them."""
        above = [self._clauses.get(str(a)) for a in clause.address.ancestors if a.path]
        kinds = [clause.kind, *(c.kind if c else "" for c in above)]
        guessed = clause.address.levels()
        return tuple(kind or guess for kind, guess in zip(reversed(kinds), guessed, strict=True))

    def touched(self, clause: Clause) -> tuple[Touch, ...]:
        """The amendments that bear on the clause, oldest first."""
        act = self.acts[clause.address.act or ""]
        return tuple(touches(clause.address, self.records.amendments, act))

    def cite(self, clause: Clause, score: float = 1.0, on: date | None = None) -> Citation:
        """Make the citation of a clause as at a day."""
        act = self.acts[clause.address.act or ""]
        return Citation(
            clause,
            self.levels(clause),
            act,
            self.touched(clause),
            history(clause.address, act, self.records.amendments, on),
            self.headnote(clause.address),
            tuple(self._editor_notes(clause)),
            score,
        )

    def _editor_notes(self, clause: Clause) -> Iterable[EditorNote]:
        """Notes on the clause, and those on its paragraph whose word stands in this part."""
        for note in self._editor_notes_near.get(_place(clause.address), ()):
            own = note.address == clause.address
            above = note.address == clause.parent and clause.kind == "part"
            below = clause.kind != "part" and note.address.parent == clause.address
            is_part = note.address.path and note.address.path[-1].startswith("part-")
            if own or ((above or (below and is_part)) and note.word in clause.text):
                yield note


def _place(address: ClauseAddress) -> tuple[str, ...]:
    """The top-level clause that an address stands in."""
    return (address.act or "", address.component, *address.path[:1])


def _distance(wanted: ClauseAddress, other: ClauseAddress) -> tuple[int, int, int, int]:
    """Component first, then how many leading numbers agree, then how far the next number is."""
    shared = 0
    for mine, theirs in zip(wanted.path, other.path, strict=False):
        if mine != theirs:
            break
        shared += 1
    gap = abs(_number(wanted.path, shared) - _number(other.path, shared))
    depth = abs(len(wanted.path) - len(other.path))
    return (int(wanted.component != other.component), -shared, gap, depth)


def _number(path: Sequence[str], index: int) -> int:
    if index >= len(path):
        return 0
    digits = "".join(ch for ch in path[index] if ch.isdigit())
    return int(digits[:6]) if digits else 999
