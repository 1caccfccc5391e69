"""Answer from the records what was amended and repealed, by which act, and what is not held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from kb.address import ClauseAddress
from kb.answer.answer import Answer, answered, refused
from kb.answer.from_references import References
from kb.answer.phrases import act_name, action_name, ended_words, say
from kb.answer.quote import Citation, Library
from kb.answer.shelf import Text
from kb.answer.understand import Named, understand
from kb.corpus.history import State
from kb.model import Amendment, Clause, Repeal

# Texts that an amendment can be asked about by themselves; a decree's number names the act too.
_PARTS = {"code", "regulation"}
# Numbers of acts that are named to one who asked for another; the first are those held.
_MOST_NUMBERS = 12


class Histories:
    """Answers on amendments and repeals, of one opened library."""

    def __init__(self, library: Library, references: References) -> None:
        """Read the library's records."""
        self._library = library
        self._references = references
        self._repeals = library.records.repeals

    @cached_property
    def _amendments(self) -> tuple[Amendment, ...]:
        """What the notes of any held edition record, act by act."""
        shelf = self._library.shelf
        return tuple(a for act in self._library.acts for a in shelf.recorded(act))

    def answer(self, named: Named, lang: str) -> Answer | None:
        """Answer a question on changes or on another act; ``None`` when it is about neither."""
        own = {act.number for act in self._library.acts.values()}
        numbers = [number for number in named.act_numbers if number not in own]
        if numbers and not named.path:
            return self._about_act(numbers[0], named, lang)
        dated_act = self._dated_act(named)
        if dated_act:
            return self._about_act(dated_act, named, lang)
        found = self._asked_for(named) if named.asks_change else None
        if found is None:
            return None
        if not found:
            return self._no_change(named, lang)
        newest = max(a.by.date or date.min for a in found)
        shown = [a for a in found if not named.latest or a.by.date == newest]
        return self._changes(shown, lang)

    def _dated_act(self, named: Named) -> str | None:
        """The number of the one amending or repealed act that "the decree of 2013" can mean."""
        if named.year is None or named.path or named.component not in {"decree", "code", "annex"}:
            return None
        acts = {r.act.number: r.act.date for r in self._repeals}
        if named.component == "decree":
            acts |= {a.by.number: a.by.date for a in self._amendments}
        found = [number for number, day in acts.items() if day and day.year == named.year]
        return found[0] if len(found) == 1 else None

    def _asked_for(self, named: Named) -> list[Amendment] | None:
        """The amendments that a change question is about; ``None`` when it names too little."""
        clauses = self._references.named(named)
        if clauses is not None:
            touched = [t.amendment for c in clauses for t in self._library.touched(c)]
            return [a for a in dict.fromkeys(touched) if _in_year(a, named)]
        if named.year is None and named.component not in {*_PARTS, "decree"}:
            return None
        return [a for a in self._amendments if _in_year(a, named) and _in_part(a, named)]

    def _about_act(self, number: str, named: Named, lang: str) -> Answer:
        found = [a for a in self._amendments if a.by.number == number]
        inside = [a for a in found if _in_part(a, named)]
        repealed = [r for r in self._repeals if r.act.number == number]
        if inside:
            return self._changes(inside, lang)
        if found:
            text = say(
                "no_change_in",
                lang,
                what=ClauseAddress(named.component or "", ()).cite(lang),
                changes=self._lines(found, lang),
            )
            return refused(lang, text, self._cited(found), kind="history")
        if repealed:
            return self._repealed(repealed, lang)
        text = say("no_act", lang, number=number, known=self._known_acts(lang))
        return refused(lang, text, (), kind="unknown-act")

    def _known_acts(self, lang: str) -> str:
        numbers = [act.number for act in self._library.acts.values()]
        numbers += [a.by.number for a in self._amendments] + [r.act.number for r in self._repeals]
        names = [say("act_number", lang, number=n) for n in dict.fromkeys(numbers)]
        known = ", ".join(names[:_MOST_NUMBERS])
        more = len(names) - _MOST_NUMBERS
        return say("and_more", lang, list=known, number=more) if more > 0 else known

    # -- amendments --------------------------------------------------------------------------

    def _changes(self, found: Sequence[Amendment], lang: str) -> Answer:
        return answered(lang, self._lines(found, lang), self._cited(found), kind="history")

    def _lines(self, found: Sequence[Amendment], lang: str) -> str:
        """One sentence an amending act."""
        return "\n".join(
            say(
                "changed",
                lang,
                act=act_name(by, lang),
                what="; ".join(
                    f"{a.target.cite(lang)} — {action_name(a.action, lang)}"
                    for a in found
                    if a.by == by
                ),
            )
            for by in dict.fromkeys(a.by for a in found)
        )

    def _cited(self, found: Sequence[Amendment]) -> tuple[Citation, ...]:
        """A citation of every clause concerned."""
        clauses = [c for a in found for c in self._concerned(a.target)]
        return tuple(self._library.cite(c) for c in dict.fromkeys(clauses))

    def _concerned(self, target: ClauseAddress) -> list[Clause]:
        """The clause an amendment names; for a whole component, its top-level clauses."""
        # A clause that the newest text no longer has is shown as the last one had it.
        clause = self._library.find(target, on=date.max)
        return [clause] if clause else self._top_level(target.component, target.act)

    def _top_level(self, component: str, act: str | None) -> list[Clause]:
        clauses = self._library.records.clauses
        inside = (c for c in clauses if c.address.component == component and c.parent is None)
        return [c for c in inside if act in {None, c.address.act}]

    def _no_change(self, named: Named, lang: str) -> Answer:
        clauses = self._references.named(named)
        if clauses is not None and named.year is None:
            related = [self._library.cite(c) for c in clauses]
            return refused(lang, say("never_changed", lang), related, kind="history")
        acts = dict.fromkeys(a.by for a in self._amendments)
        known = "; ".join(dict.fromkeys(act_name(by, lang) for by in acts))
        name = "no_change" if named.year else "never_changed_text"
        return refused(lang, say(name, lang, year=named.year, known=known), (), kind="history")

    # -- repeals -----------------------------------------------------------------------------

    def _repealed(self, repeals: Sequence[Repeal], lang: str) -> Answer:
        lines = [
            say(
                "repealed_provision" if r.provision else "repealed",
                lang,
                act=act_name(r.act, lang),
                act_of=act_name(r.act, lang, "of"),
                ended=ended_words(r.act, lang),
                provision=_provision(r.provision, lang),
                by=act_name(r.by, lang, "by"),
                effective=r.effective.isoformat() if r.effective else "?",
            )
            for r in repeals
        ]
        cited = [self._library.cite(self._library.get(r.clause)) for r in repeals]
        return answered(lang, "\n".join(lines), cited, kind="history")

    # -- a whole text on a day ---------------------------------------------------------------

    def text_on_day(self, named: Named, lang: str, on: date) -> Answer | None:
        """Say which edition of a text applied on a day; ``None`` when the question names none."""
        if named.component not in _PARTS or named.path:
            return None
        text = self._text_on(named.component, on)
        if text is None:
            return None
        top = [c for c in text.clauses.values() if c.parent is None]
        inside = [c for c in top if c.address.component == named.component]
        states = [self._library.cite(clause, on=on) for clause in inside]
        recorded = self._library.shelf.recorded(text.act.id)
        later = [a for a in recorded if a.target.component == named.component]
        later = [a for a in later if (a.by.date or date.min) > on]
        name = _name_of_day(states, text, later, on)
        said = say(
            name,
            lang,
            on=on.isoformat(),
            what=ClauseAddress(named.component, ()).cite(lang),
            edition=states[0].act.edition.isoformat(),
            in_force=text.act.in_force.isoformat(),
            changes=self._lines(later, lang),
        )
        if name in {"text_same", "text_of_day"}:
            return answered(lang, said, states, kind="history")
        return replace(refused(lang, said, states, kind="history"), notices=(said,))

    def _text_on(self, component: str, on: date) -> Text | None:
        """The text to read a component in on a day, of the first act that has it."""
        texts = (self._library.shelf.text_on(act, on) for act in self._library.acts)
        return next(
            (t for t in texts if any(c.address.component == component for c in t.clauses.values())),
            None,
        )


def _name_of_day(
    states: Sequence[Citation], text: Text, later: Sequence[Amendment], on: date
) -> str:
    """What is to be said of a whole text: that it is held, unchanged since, or not held."""
    if on < text.act.in_force:
        return "not_in_force"
    if not text.is_newest and all(c.state.state is State.HELD for c in states):
        return "text_of_day"
    return "text_not_held" if later else "text_same"


def _provision(text: str, lang: str) -> str:
    """A provision of a repealed decree in the asker's language; else as the text has it."""
    clauses = understand(text).clauses
    found = [ClauseAddress("decree", one.path).cite(lang) for one in clauses if "*" not in one.path]
    return ", ".join(found) or text


def _in_year(amendment: Amendment, named: Named) -> bool:
    day = amendment.by.date
    return named.year is None or (day is not None and day.year == named.year)


def _in_part(amendment: Amendment, named: Named) -> bool:
    return named.component not in _PARTS or amendment.target.component == named.component
