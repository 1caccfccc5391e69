"""The held texts of the acts: which one holds a clause's wording on a day, and where it stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from kb.address import ClauseAddress
from kb.compare.align import align, counterparts, plain
from kb.corpus.history import HistoryState, Noted, State, change_key, history, noted, touches
from kb.language.noise import substance
from kb.model import Act, Amendment, Clause, Edition, EditionKey, Records

_TAKES_OUT, _PUTS_IN = {"excluded", "repealed"}, {"supplemented"}


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
        self._noted: dict[str, tuple[Noted, ...]] = {}
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

    def held(self, act: str) -> list[tuple[date, tuple[str, ...]]]:
        """Each day at which a text is held, newest first, with the languages of its texts."""
        main = self._newest[act].edition.key.lang
        by_lang = {lang: self.days(act, lang) for lang in (main, *self.languages(act))}
        days = sorted({day for days in by_lang.values() for day in days}, reverse=True)
        return [(day, tuple(lang for lang in by_lang if day in by_lang[lang])) for day in days]

    def brought_in(self, act: str) -> list[EditionKey]:
        """The texts of an act that do not come with the package, oldest first."""
        own = [key for key in self._editions if key.act == act]
        return sorted(key for key in own if not self._editions[key].shipped)

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
            texts = (text.edition for text in self.texts(act)[::-1])
            self._recorded[act] = [note.amendment for note in noted(texts)]
        return self._recorded[act]

    def noted(self, act: str) -> tuple[Noted, ...]:
        """The same with the texts that record them; those in another language are read last."""
        if act not in self._noted:
            languages = [self._newest[act].edition.key.lang, *self.languages(act)]
            texts = (
                self.text(act, day, lang).edition
                for lang in languages
                for day in self.days(act, lang)[::-1]
            )
            self._noted[act] = noted(texts)
        return self._noted[act]

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
            if found and (day == text.day or self._same_then(clause, found, other, text.day)):
                return found, day
        return None

    def _same_then(self, clause: Clause, found: Clause, other: Text, day: date) -> bool:
        """Whether a clause in another language, of another edition, is of the same words."""
        held = self._held_at(found.address, other, day)
        return held and self._reads_alike(clause, other.day)

    def _reads_alike(self, clause: Clause, day: date) -> bool:
        """Whether the edition of a day has the words of a clause too, where its main text is held.

        A wording may have changed without a note that says so.
        """
        act = clause.address.act or ""
        if day not in self.days(act):
            return True
        there = self.text(act, day).clauses.get(clause.address.short)
        return there is not None and substance(there.text) == substance(clause.text)

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

    def ended_by(self, clause: Clause) -> Amendment | None:
        """The recorded amendment that took a clause of an older edition out of the text."""
        return self._made_by(clause.address, clause.address.edition, _TAKES_OUT, self.ended(clause))

    def begun_by(self, clause: Clause, absent: date) -> Amendment | None:
        """The recorded amendment that put a clause in, which the edition of ``absent`` lacks."""
        first = clause.address.edition or self._newest[clause.address.act or ""].day
        return self._made_by(clause.address, absent, _PUTS_IN, first)

    def _made_by(
        self, address: ClauseAddress, before: date | None, actions: set[str], after: date | None
    ) -> Amendment | None:
        """The certain amendment of such an action between the editions of two days."""
        if before is None or after is None:
            return None
        act = self.text(address.act or "", before).edition.act
        known = {change_key(a) for a in self.text(act.id, before).edition.amendments}
        where = replace(address, edition=None)
        found = touches(where, (a for a in self.recorded(act.id) if change_key(a) not in known))
        fitting = (t.amendment for t in found if t.certain and t.amendment.action in actions)
        return next((a for a in fitting if before < (a.by.date or after) <= after), None)

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
