"""Citations: the law's own words, where they stand, which edition, and what amended them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from kb.address import ClauseAddress
from kb.answer.shelf import Shelf, Text, by_key, same_words
from kb.corpus.history import HistoryState, State, Touch, change_key, touches
from kb.errors import UnknownAddressError
from kb.language.noise import substance
from kb.model import Act, Clause, Edition, EditionKey, EditorNote, Headnote, Records, Restoration


@dataclass(frozen=True)
class Official:
    """A clause's words in another language of the act, as an edition of that text has them."""

    lang: str
    text: str
    edition: date

    def as_json(self) -> dict[str, Any]:
        """The text and its edition."""
        return {"lang": self.lang, "text": self.text, "edition": self.edition.isoformat()}


@dataclass(frozen=True)
class Wording:
    """One wording of a clause: the editions that have it, and the amendments that may have made it.

    ``made_by`` is empty for the first wording held, unless its own edition's notes say.
    """

    clause: Clause
    editions: tuple[date, ...]
    made_by: tuple[Touch, ...]


@dataclass(frozen=True)
class Citation:
    """One clause as cited: verbatim quote, address, label, edition, history.

    ``levels`` are the levels of the address's numbers, so that the label can be printed in any
    language; ``score`` is the likelihood, 0 to 1, that the clause answers. ``act`` is that of the
    edition quoted. Of an older edition, ``changed_in`` is the first later one with other words at
    the address and ``ended_in`` the first without the clause. ``official`` has the clause in the
    other languages in which the act is held.
    """

    clause: Clause
    levels: tuple[str, ...]
    act: Act
    touched: tuple[Touch, ...]
    state: HistoryState
    headnote: Headnote | None
    notes: tuple[EditorNote, ...]
    score: float
    changed_in: date | None = None
    ended_in: date | None = None
    official: Mapping[str, Official] = field(default_factory=dict)

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
            "changed_in": self.changed_in.isoformat() if self.changed_in else None,
            "ended_in": self.ended_in.isoformat() if self.ended_in else None,
            "translation": self.headnote.translation.get(lang) if self.headnote else None,
            "official": self.official[lang].as_json() if lang in self.official else None,
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


def wording_json(wording: Wording) -> dict[str, Any]:
    """A wording for JSON: its text, the editions that have it, what made it."""
    return {
        "text": wording.clause.text,
        "status": wording.clause.status,
        "editions": [day.isoformat() for day in wording.editions],
        "made_by": [touch_json(touch) for touch in wording.made_by],
    }


class Library:
    """Looks up clauses and makes citations of them."""

    def __init__(
        self, records: Records, editions: Mapping[EditionKey, Edition] | None = None
    ) -> None:
        """Index the records by address; ``editions`` are by default those of the records."""
        self.records = records
        self.acts = {act.id: act for act in records.acts}
        self.shelf = Shelf(records, by_key(records.editions) if editions is None else editions)
        self._notes = {note.address: note for note in records.headnotes}

    # -- look-ups ----------------------------------------------------------------------------

    @cached_property
    def _editor_notes_near(self) -> dict[tuple[str, ...], list[EditorNote]]:
        found: dict[tuple[str, ...], list[EditorNote]] = {}
        for note in self.records.editor_notes:
            found.setdefault(_place(note.address), []).append(note)
        return found

    def find(self, address: ClauseAddress, on: date | None = None) -> Clause | None:
        """The clause at an address; without an act, in the first act that has it.

        An edition in the address names the text to look in. With ``on``, a clause that the newest
        text no longer has is found in the latest one that has it.
        """
        for act in [address.act] if address.act else self.acts:
            if act in self.acts and (clause := self._find(act, address, on)):
                return clause
        return None

    def _find(self, act: str, address: ClauseAddress, on: date | None) -> Clause | None:
        if address.edition is not None:
            if address.edition not in self.shelf.days(act):
                return None
            return self.shelf.text(act, address.edition).clauses.get(address.short)
        found = self.shelf.newest(act).clauses.get(address.short)
        return found or (self._last(act, address) if on else None)

    def _last(self, act: str, address: ClauseAddress) -> Clause | None:
        """The clause in the latest text that has it."""
        texts = self.shelf.texts(act)[::-1]
        return next((t.clauses[address.short] for t in texts if address.short in t.clauses), None)

    def gone(self, address: ClauseAddress) -> Clause | None:
        """The clause of an older edition at an address that the newest no longer has."""
        if address.edition is not None or self.find(address):
            return None
        return self.find(address, on=date.max)

    def elsewhere(self, address: ClauseAddress) -> tuple[Clause, ...]:
        """The clause at an address in every held edition that has it, newest first."""
        acts = [act for act in self.acts if address.act in {None, act}]
        texts = [text for act in acts for text in self.shelf.texts(act)[::-1]]
        return tuple(t.clauses[address.short] for t in texts if address.short in t.clauses)

    def get(self, address: ClauseAddress, on: date | None = None) -> Clause:
        """The clause at an address, or ``UnknownAddressError`` with what there is instead."""
        clause = self.find(address, on)
        if clause is not None:
            return clause
        acts = [a for a in self.acts if address.act in {None, a}]
        days = sorted({day for act in acts for day in self.shelf.days(act)})
        if address.edition is not None and address.edition not in days and days:
            held = ", ".join(day.isoformat() for day in days)
            raise UnknownAddressError(str(address), hint=f"the editions held are {held}")
        if last := self.gone(address):
            day, ended = last.address.edition, self.shelf.ended(last)
            hint = f"it stands in the edition of {day} and no longer in that of {ended}"
            raise UnknownAddressError(str(address), hint=f"{hint}: {last.address}")
        raise UnknownAddressError(str(address), self.nearest(address))

    def nearest(self, address: ClauseAddress, limit: int = 3) -> tuple[str, ...]:
        """Addresses that exist and are spelt or numbered most alike."""
        act = address.act if address.act in self.acts else next(iter(self.acts))
        same = [c.address for c in self.records.clauses if c.address.act == act]
        wanted = address.inside(act)
        ranked = sorted(same, key=lambda other: _distance(wanted, other))
        return tuple(other.short for other in ranked[:limit])

    def text_of(self, clause: Clause) -> Text:
        """The held text that a clause is of."""
        return self.shelf.text(clause.address.act or "", clause.address.edition)

    def children(self, clause: Clause) -> list[Clause]:
        """The clauses directly under this one, in the order of its text."""
        return self.text_of(clause).children.get(clause.address.short, [])

    def headnote(self, address: ClauseAddress) -> Headnote | None:
        """The headnote of a clause, if it has one that was written for the words it has now."""
        note = self._notes.get(replace(address, edition=None))
        return None if note and note.review else note

    def levels(self, clause: Clause) -> tuple[str, ...]:
        """The level of each number in the address, as the text itself has them."""
        clauses = self.text_of(clause).clauses
        above = [clauses.get(a.short) for a in clause.address.ancestors if a.path]
        kinds = [clause.kind, *(c.kind if c else "" for c in above)]
        if not clause.address.path:  # the text of an annex that has no numbers
            return ()
        guessed = clause.address.levels()
        return tuple(kind or guess for kind, guess in zip(reversed(kinds), guessed, strict=True))

    def restorations(self, clause: Clause) -> tuple[Restoration, ...]:
        """The letters and spaces put back in a clause."""
        return tuple(
            entry
            for entry in self.text_of(clause).edition.restorations
            if entry.line in clause.source_lines and entry.before in clause.source_text
        )

    def touched(self, clause: Clause) -> tuple[Touch, ...]:
        """The amendments that the notes of the clause's edition record of it, oldest first."""
        edition = self.text_of(clause).edition
        return tuple(touches(clause.address, edition.amendments, edition.act))

    # -- citations ---------------------------------------------------------------------------

    def cite(
        self, clause: Clause, score: float = 1.0, on: date | None = None, *, follow: bool = False
    ) -> Citation:
        """Make the citation of a clause as at a day: the wording of that day, where it is held.

        Without a day the clause is cited from its own edition. ``follow`` goes after the clause
        itself where it had another number then; else the address is what counts.
        """
        if on is None or len(self.shelf.days(clause.address.act or "")) == 1:
            return self._citation(clause, self._state(clause, on), score)
        address = replace(clause.address, edition=None)
        if follow and clause.address.edition is None:
            before = self.shelf.counterpart(clause, self.shelf.text_on(address.act or "", on))
            if before is None:
                state = self._state(clause, on)
                return self._citation(clause, replace(state, state=State.NOT_IN_TEXT), score)
            address = replace(before.address, edition=None)
        place = self.shelf.standing(address, on)
        if place is None or place.clause is None:
            return self._citation(clause, self._state(clause, on), score)
        return self._citation(place.clause, place.state, score)

    def _state(self, clause: Clause, on: date | None) -> HistoryState:
        return self.shelf.state(clause.address, self.text_of(clause), on)

    def _citation(self, clause: Clause, state: HistoryState, score: float) -> Citation:
        return Citation(
            clause,
            self.levels(clause),
            self.text_of(clause).act,
            self.touched(clause),
            state,
            self._fitting_headnote(clause),
            tuple(self._editor_notes(clause)),
            score,
            self.shelf.changed(clause),
            self.shelf.ended(clause),
            self._official(clause),
        )

    def _fitting_headnote(self, clause: Clause) -> Headnote | None:
        """The headnote, where it was written for these very words."""
        note = self._notes.get(replace(clause.address, edition=None))
        if note is None or clause.address.edition is None:
            return self.headnote(clause.address)
        newest = self.shelf.newest(clause.address.act or "").clauses[clause.address.short]
        same = substance(clause.text) == substance(newest.text)
        was_written_for = self.text_of(clause).edition.shipped if note.review else same
        return replace(note, review=False) if was_written_for else None

    def _editor_notes(self, clause: Clause) -> Iterable[EditorNote]:
        """Notes on the clause, and those on its paragraph whose word stands in this part."""
        address = replace(clause.address, edition=None)
        parent = address.parent
        for note in self._editor_notes_near.get(_place(address), ()):
            own = note.address == address
            above = note.address == parent and clause.kind == "part"
            below = clause.kind != "part" and note.address.parent == address
            is_part = note.address.path and note.address.path[-1].startswith("part-")
            if (own or above or (below and is_part)) and note.word in clause.text:
                yield note

    # -- other wordings ----------------------------------------------------------------------

    def translation(self, clause: Clause, lang: str, on: date | None = None) -> Official | None:
        """The clause in another language in which the act is held, never one of ours."""
        cited = self.cite(clause, on=on).clause if on else clause
        return self._official(cited).get(lang)

    def _official(self, clause: Clause) -> dict[str, Official]:
        text, official = self.text_of(clause), {}
        for lang in self.shelf.languages(clause.address.act or ""):
            if found := self.shelf.official(clause, text, lang):
                official[lang] = Official(lang, found[0].text, found[1])
        return official

    def wordings(self, address: ClauseAddress) -> tuple[Wording, ...]:
        """Each wording that the held editions have of a clause, oldest first."""
        clause = self.get(address, on=date.max)
        found: list[Wording] = []
        known: set[object] = set()
        for text in self.shelf.texts(clause.address.act or ""):
            there = text.clauses.get(clause.address.short)
            if there and found and same_words(found[-1].clause, there):
                found[-1] = replace(found[-1], editions=(*found[-1].editions, text.day))
            elif there:
                new = (t for t in self.touched(there) if change_key(t.amendment) not in known)
                found.append(Wording(there, (text.day,), tuple(new)))
            known |= {change_key(a) for a in text.edition.amendments}
        return tuple(found)


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
