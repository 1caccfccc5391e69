"""The held texts of the acts: which one holds a clause's wording on a day, and where it stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from kb.address import ClauseAddress
from kb.compare.align import align, counterparts, plain
from kb.corpus.history import HistoryState, State, change_key, history
from kb.model import Act, Amendment, Clause, Edition, EditionKey, Records


class Text:
    """One held text of an act, with its clauses by address.

    The clauses of an older text carry its edition in their addresses, so that each says which text
    it is of; those of the newest do not.
    """

    def __init__(self, edition: Edition, *, is_newest: bool) -> None:
        """Index the clauses of ``edition``."""
        self.edition = edition
        self.is_newest = is_newest
        day = None if is_newest else edition.act.edition
        self.clauses = {c.address.short: _of_edition(c, day) for c in edition.clauses}
        self.act = edition.act if is_newest else _layout_of(edition.act, day)

    @property
    def day(self) -> date:
        """The day at which the text is consolidated."""
        return self.edition.act.edition

    @cached_property
    def children(self) -> dict[str, list[Clause]]:
        """The clauses directly under each clause, in the text's order."""
        found: dict[str, list[Clause]] = {}
        for clause in self.clauses.values():
            if clause.parent:
                found.setdefault(clause.parent.short, []).append(clause)
        return found


def _of_edition(clause: Clause, day: date | None) -> Clause:
    if day is None:
        return clause
    parent = replace(clause.parent, edition=day) if clause.parent else None
    return replace(clause, address=replace(clause.address, edition=day), parent=parent)


def _layout_of(act: Act, day: date | None) -> Act:
    chapters = (
        replace(c, clauses=tuple(replace(a, edition=day) for a in c.clauses)) for c in act.chapters
    )
    return replace(act, chapters=tuple(chapters))


@dataclass(frozen=True)
class Standing:
    """Where an address stands on a day: the text to show, its clause there, and what is known."""

    text: Text
    clause: Clause | None
    state: HistoryState


class Shelf:
    """Every held text, decoded and indexed when it is first asked for."""

    def __init__(self, records: Records, editions: Mapping[EditionKey, Edition]) -> None:
        """Use the newest texts of ``records``, and the others of ``editions``."""
        self._editions = editions
        self._newest = {act.id: Text(_newest(act, records), is_newest=True) for act in records.acts}
        self._older: dict[EditionKey, Text] = {}
        self._recorded: dict[str, list[Amendment]] = {}
        self._days = {act: self._held(act) for act in self._newest}
        self._moved: dict[tuple[str, date], dict[ClauseAddress, Clause | None]] = {}

    def newest(self, act: str) -> Text:
        """The newest text of an act."""
        return self._newest[act]

    def days(self, act: str, lang: str | None = None) -> list[date]:
        """The days of an act's held editions, by default in its main language, oldest first."""
        return self._days[act].get(lang or self._newest[act].edition.key.lang, [])

    def _held(self, act: str) -> dict[str, list[date]]:
        """The days of an act's editions by language."""
        days: dict[str, set[date]] = {}
        for key in [self._newest[act].edition.key, *self._editions]:
            if key.act == act:
                days.setdefault(key.lang, set()).add(key.edition)
        return {lang: sorted(found) for lang, found in days.items()}

    def languages(self, act: str) -> list[str]:
        """The languages besides the main one in which an act is held."""
        main = self._newest[act].edition.key.lang
        return sorted(lang for lang in self._days[act] if lang != main)

    def text(self, act: str, day: date | None = None, lang: str | None = None) -> Text:
        """The text of an edition; by default the newest in the act's main language."""
        newest = self._newest[act]
        main = newest.edition.key
        key = EditionKey(act, day or main.edition, lang or main.lang)
        if key == main:
            return newest
        if key not in self._older:
            self._older[key] = Text(self._editions[key], is_newest=False)
        return self._older[key]

    def texts(self, act: str) -> list[Text]:
        """Every text of an act in its main language, oldest first."""
        return [self.text(act, day) for day in self.days(act)]

    def recorded(self, act: str) -> list[Amendment]:
        """Every amendment that the notes of any held edition record, as the latest records it."""
        if act not in self._recorded:
            found = {change_key(a): a for t in self.texts(act) for a in t.edition.amendments}
            self._recorded[act] = list(found.values())
        return self._recorded[act]

    def text_on(self, act: str, on: date) -> Text:
        """The text to lay an act out by on a day: the last one by then, else the first held."""
        return self._by_nearness(act, on)[0]

    def _by_nearness(self, act: str, on: date) -> list[Text]:
        """The texts of the day or before, latest first; then the later ones, nearest first."""
        texts = self.texts(act)
        before = [text for text in texts if text.day <= on]
        return before[::-1] + [text for text in texts if text.day > on]

    def state(self, address: ClauseAddress, text: Text, on: date | None) -> HistoryState:
        """What the notes of all editions say of a wording of ``text`` on a day."""
        edition, act = text.edition, text.edition.act
        where = replace(address, edition=None)
        if len(self.days(act.id)) == 1 or (text.is_newest and on is None):
            return history(where, act, edition.amendments, on)
        newest = self._newest[act.id].day
        return history(
            where, act, edition.amendments, on, recorded=self.recorded(act.id), newest=newest
        )

    def official(self, clause: Clause, text: Text, lang: str) -> tuple[Clause, date] | None:
        """A clause of ``text`` in another language, and the day of the edition that has it.

        That of the same edition; else of another one whose wording certainly held then.
        """
        act = text.act.id
        for day in sorted(self.days(act, lang), key=lambda day: (day != text.day, day)):
            other = self.text(act, day, lang)
            found = other.clauses.get(clause.address.short)
            if found and (day == text.day or self._held_at(found.address, other, text.day)):
                return found, day
        return None

    def _held_at(self, address: ClauseAddress, text: Text, day: date) -> bool:
        act, recorded = text.edition.act, self.recorded(text.act.id)
        found = history(address, act, text.edition.amendments, day, recorded=recorded)
        return found.state is State.HELD

    def standing(self, address: ClauseAddress, on: date) -> Standing | None:
        """Where ``address``, of a known act, stands on a day; ``None`` where no text ever had it.

        The nearest text whose wording held counts, then one whose wording possibly held; without
        one the newest text is what there is, and it is not that of the day.
        """
        texts = self._by_nearness(address.act or "", on)
        having = [text for text in texts if address.short in text.clauses]
        possible = None
        for text in texts if having else ():
            place = Standing(text, text.clauses.get(address.short), self.state(address, text, on))
            # Only a text whose wording held says for certain that a clause was not there.
            if place.state.state is State.HELD:
                return place if place.clause else _absent(place, _latest(having), address)
            if place.clause and place.state.state is State.NOT_IN_FORCE:
                return place
            if place.clause and place.state.state is State.POSSIBLY_EARLIER:
                possible = possible or place
        if possible or not having:
            return possible
        last = _latest(having)
        return Standing(last, last.clauses[address.short], self.state(address, last, on))

    def counterpart(self, clause: Clause, text: Text) -> Clause | None:
        """The clause of an older ``text`` that a clause of the newest was, whatever its number."""
        act = clause.address.act or ""
        key = (act, text.day)
        if key not in self._moved:
            newest = list(self._newest[act].clauses.values())
            self._moved[key] = counterparts(align(list(text.clauses.values()), newest))
        return self._moved[key].get(plain(clause.address))

    def ended(self, clause: Clause) -> date | None:
        """The day of the first edition that no longer has a clause of an older one."""
        later = self._later(clause)
        return next((t.day for t in later if clause.address.short not in t.clauses), None)

    def changed(self, clause: Clause) -> date | None:
        """The day of the first edition that has other words at the address of an older clause."""
        found = ((t.day, t.clauses.get(clause.address.short)) for t in self._later(clause))
        return next((day for day, other in found if other and not same_words(clause, other)), None)

    def _later(self, clause: Clause) -> list[Text]:
        edition = clause.address.edition
        if edition is None:
            return []
        return [t for t in self.texts(clause.address.act or "") if t.day > edition]


def _latest(texts: Iterable[Text]) -> Text:
    return max(texts, key=lambda text: text.day)


def _absent(place: Standing, latest: Text, address: ClauseAddress) -> Standing:
    """Say beside the latest text that has the clause that the day's text has none."""
    state = replace(place.state, state=State.NOT_IN_TEXT)
    return Standing(latest, latest.clauses[address.short], state)


def same_words(one: Clause, other: Clause) -> bool:
    """Whether two clauses read alike and have the same status."""
    return one.text == other.text and one.status == other.status


def _newest(act: Act, records: Records) -> Edition:
    """The newest text of an act, put together from the records."""

    def own(address: ClauseAddress) -> bool:
        return address.act == act.id

    return Edition(
        act,
        tuple(c for c in records.clauses if own(c.address)),
        tuple(a for a in records.amendments if own(a.target)),
        tuple(r for r in records.restorations if r.act == act.id),
    )


def by_key(editions: Iterable[Edition]) -> dict[EditionKey, Edition]:
    """The editions by act, day and language."""
    return {edition.key: edition for edition in editions}
