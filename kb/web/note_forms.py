"""The form of the explanatory note: the note that it carries, and what its buttons do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

import msgspec

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.errors import AddressError, NoteError, UnknownAddressError
from kb.model import Clause
from kb.note.check import Status, check_quote
from kb.note.naming import named_in, worded_on
from kb.note.note import (
    MAX_TITLE,
    Item,
    Language,
    Note,
    OwnWords,
    Quote,
    checked_note,
    cleaned,
    read_note,
    read_quote,
)
from kb.note.passage import full_address, quote

OPTIONS = ("translation", "opening", "remarks")
_FIELD = re.compile(r"(quote|words)\.([0-9]{1,3})")
_ACTION = re.compile(r"([a-z]+)(?:\.([a-z0-9]{1,4}))?")


@dataclass(frozen=True)
class Action:
    """What a button asks for, and of which item or in which format."""

    name: str
    of: str = ""

    @classmethod
    def parse(cls, text: str) -> Action:
        """Read the value of a button; anything else changes nothing."""
        found = _ACTION.fullmatch(text)
        return cls(found[1], found[2] or "") if found else cls("keep")

    @property
    def index(self) -> int:
        """The item that is meant; -1 when none is."""
        return int(self.of) if self.of.isdigit() else -1


@dataclass(frozen=True)
class Outcome:
    """The note after an action, the key of what is said of it, and what to put the cursor on.

    ``dropped`` are the full addresses of quotes that are no longer in it, ``taken`` the clause that
    took the place of one.
    """

    note: Note
    said: str = ""
    focus: str = ""
    dropped: tuple[str, ...] = ()
    taken: ClauseAddress | None = None


def note_of_form(form: Mapping[str, str], library: Library) -> Note:
    """Read the note out of the form, as it is: also one that is over the limits.

    Raises ``NoteError`` when a quote in it cannot be read.
    """
    found = [match for name in form if (match := _FIELD.fullmatch(name))]
    items: list[Item] = []
    for match in sorted(found, key=lambda m: int(m[2])):
        if match[1] == "words":
            items.append(OwnWords(cleaned(form[match[0]])))
        else:
            items.append(_quote(form, match[2], library))
    language = form.get("language", "kk")
    title = " ".join(cleaned(form.get("title", "")).split())
    return Note(title, language_of(language), tuple(items))


def language_of(text: str) -> Language:
    """One of the languages of a document; the first one for anything else."""
    known: tuple[Language, ...] = get_args(Language)
    return next((lang for lang in known if lang == text), "kk")


def _quote(form: Mapping[str, str], index: str, library: Library) -> Quote:
    """A quote with the choices of its boxes; a choice that was not shown stays as it was."""
    saved = read_quote(form[f"quote.{index}"])
    shown = form.get(f"shown.{index}", "").split()
    chosen = {name: f"{name}.{index}" in form for name in OPTIONS if name in shown}
    changed = msgspec.structs.replace(saved, **chosen)
    if changed.opening == saved.opening:
        return changed
    checked = check_quote(saved, library)
    if checked.status is not Status.SAME or checked.citation is None:
        return saved
    return _quoted_as(changed, checked.citation.clause, library)


def _quoted_as(saved: Quote, clause: Clause, library: Library) -> Quote:
    """The clause as its text has it, with the choices of a saved quote."""
    return quote(
        library,
        clause,
        translation=saved.translation,
        opening=saved.opening,
        remarks=saved.remarks,
    )


def with_clauses(note: Note, clauses: Sequence[Clause], library: Library) -> Note:
    """Add clauses at the end, those that are not quoted yet from the same edition."""
    known = {item.full_address for item in note.quotes}
    new = [quote(library, c) for c in clauses if str(full_address(library, c)) not in known]
    return checked_note(note.title[:MAX_TITLE], note.language, (*note.items, *new))


def known_clauses(addresses: Sequence[str], library: Library) -> Iterator[Clause]:
    """The clauses at addresses from outside; those that are none are passed over."""
    for address in addresses:
        try:
            yield library.get(ClauseAddress.parse(address))
        except (AddressError, UnknownAddressError):
            continue


def changed(
    note: Note,
    action: Action,
    form: Mapping[str, str],
    library: Library,
    on: date | None = None,
) -> Outcome:
    """Do what a button asks; raise ``NoteError`` when it cannot be done.

    What is added is the wording of the day ``on``, where that is held.
    """
    if action.name in {"keep", "add"} and (action.name == "add" or form.get("add", "").strip()):
        clauses = named_in(form.get("add", ""), library, on)
        added = with_clauses(note, clauses, library)
        said = "added" if len(added.items) > len(note.items) else "known"
        return Outcome(added, said, "add")
    if action.name == "words":
        return _with_words(note, action.index)
    if action.name == "dated":
        return _dated(note, action.index, library, on)
    if action.name in _MOVES and 0 <= action.index < len(note.items):
        return _MOVES[action.name](note, action.index, library)
    return Outcome(note)


def _with_words(note: Note, after: int) -> Outcome:
    place = after + 1 if 0 <= after < len(note.items) else len(note.items)
    items = (*note.items[:place], OwnWords(""), *note.items[place:])
    return Outcome(checked_note(note.title, note.language, items), "words", f"text.{place}")


def _up(note: Note, index: int, _library: Library) -> Outcome:
    return _swapped(note, index, index - 1, "up")


def _down(note: Note, index: int, _library: Library) -> Outcome:
    return _swapped(note, index, index + 1, "down")


def _swapped(note: Note, index: int, place: int, way: str) -> Outcome:
    if not 0 <= place < len(note.items):
        return Outcome(note)
    items = list(note.items)
    items[index], items[place] = items[place], items[index]
    # At an end the button is no longer there: the other one takes the cursor.
    at_end = place == (0 if way == "up" else len(items) - 1)
    focus = {"up": "down", "down": "up"}[way] if at_end else way
    return Outcome(_with_items(note, items), "moved", f"{focus}.{place}")


def _removed(note: Note, index: int, _library: Library) -> Outcome:
    item = note.items[index]
    items = note.items[:index] + note.items[index + 1 :]
    dropped = (item.full_address,) if isinstance(item, Quote) else ()
    focus = f"remove.{min(index, len(items) - 1)}" if items else "add"
    return Outcome(_with_items(note, items), "removed", focus, dropped)


def _renewed(note: Note, index: int, library: Library) -> Outcome:
    """Take the text that is offered in place of a quote; the author has seen how it differs."""
    item = note.items[index]
    offered = check_quote(item, library).offered if isinstance(item, Quote) else None
    return _replaced(note, index, offered.clause, library) if offered else Outcome(note)


def _dated(note: Note, index: int, library: Library, on: date | None) -> Outcome:
    """Take the wording of a day in place of that of another one."""
    item = note.items[index] if 0 <= index < len(note.items) else None
    citation = check_quote(item, library).citation if isinstance(item, Quote) else None
    if citation is None:
        return Outcome(note)
    clause = worded_on(library, citation.clause, on, follow=True)
    return _replaced(note, index, clause, library)


def _replaced(note: Note, index: int, clause: Clause, library: Library) -> Outcome:
    item = note.items[index]
    if not isinstance(item, Quote):
        return Outcome(note)
    items = list(note.items)
    items[index] = _quoted_as(item, clause, library)
    focus = f"remove.{index}"
    dropped = (item.full_address,)
    return Outcome(_with_items(note, items), "renewed", focus, dropped, clause.address)


_MOVES = {"up": _up, "down": _down, "remove": _removed, "renew": _renewed}


def _with_items(note: Note, items: Sequence[Item]) -> Note:
    return Note(note.title, note.language, tuple(items))


def opened(data: bytes) -> Note:
    """The note of a file; raise ``NoteError`` when nothing was chosen or it cannot be read."""
    if not data:
        raise NoteError("no-file", "choose the file of a saved note first")
    return read_note(data)
