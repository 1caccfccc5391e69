"""Read amendment notes: which clause, what was done, by which act, in force from when.

The signing date in a note is never taken for the day of commencement.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from kb.corpus.drafting import fold
from kb.corpus.note_targets import targets_of
from kb.corpus.outline import NoteText
from kb.language.dates import FoundDate, find_dates
from kb.model import NOT_STATED, ActReference, Amendment, Clause

_CAPITALS = "А-ЯӘҒҚҢӨҰҮҺІA-Z"
_NUMBER_SIGN = re.compile(
    r"\.?\s*(?:ж\.|жыл\w*|г\.|года)?\s*(?:№|No|N)\s*"
    rf"(?P<number>(?:[{_CAPITALS}]{{2,}}[\s-]?)*\d+(?:[-/]\w+)*)"
)
_DASH = re.compile(r"\s[-–—]|(?<!\d)[-–—]\s")
_BRACKETED = re.compile(r"\([^()]*\)?")
# In Russian no dash divides: the act's kind stands in an oblique case before its date.
_RUSSIAN_ACT = re.compile(r"(?:в соответствии с\s+)?\b(?i:указ|закон|приказ|постановлени)\w+\b")
_ROMAN = str.maketrans("ІХ", "IX")


@cache
def _rules() -> dict[str, Any]:
    data = resources.files("kb.corpus").joinpath("notes.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


@dataclass(frozen=True)
class _Mention:
    """An amending act where the note names it, with the words before it and after it."""

    number: str
    signed: date
    before: str
    after: str


def read_notes(
    notes: Iterable[NoteText], known: set[str], act_id: str
) -> tuple[list[Amendment], list[NoteText]]:
    """Turn notes into amendments, and return beside them the notes that are not about a change.

    ``known`` holds the short addresses of the act's clauses; a target outside it stays as stated.
    """
    amendments: list[Amendment] = []
    others: list[NoteText] = []
    for note in notes:
        found = [] if note.is_remark else list(_read(note, known, act_id))
        amendments += found
        if not found:
            others.append(note)
    return amendments, others


def own_notes(clauses: Iterable[Clause]) -> Iterator[NoteText]:
    """The clauses whose own words say that they are no longer there, as notes about themselves."""
    for clause in clauses:
        if clause.status != "in-force" and clause.kind != "part":
            where = clause.address
            yield NoteText(
                where.component, clause.chapter, clause.text, clause.source_lines, about=where
            )


def named_acts(text: str) -> list[tuple[str, date]]:
    """Number and day of each act that the text names by them, in order."""
    return [(mention.number, mention.signed) for mention in _divide(fold(text))[1]]


def kind_of_act(words: str) -> str:
    """The kind of act that the words name, empty where they name none."""
    return _first("act", "kind", words)


def _read(note: NoteText, known: set[str], act_id: str) -> Iterator[Amendment]:
    """One amendment for each act and each target; a later act may say another action or target."""
    text = fold(note.text)
    head, mentions = _divide(text)
    if re.search(_rules()["pending"], head):
        return
    action, targets = _first("action", "name", head), targets_of(head, note, known)
    for index, mention in enumerate(mentions):
        said = _outside_brackets(mention.before) if index else ""
        if said_action := _first("action", "name", said):
            action = said_action
            targets = targets_of(said, note, known, targets)
        if not action:
            return
        by = _amending_act(mention, text[len(head) :])
        commencement = _commencement(mention.after, mention.signed)
        for target in targets:
            yield Amendment(
                target.inside(act_id), action, by, *commencement, note.text, note.source_lines
            )


def _divide(text: str) -> tuple[str, list[_Mention]]:
    """Separate what was done from by what it was done, and the amending acts from each other."""
    dates = sorted(find_dates(text), key=lambda found: found.start)
    numbered = [(d, m) for d in dates if (m := _NUMBER_SIGN.match(text, d.end))]
    if not numbered:
        return text, []
    head = text[: _head_end(text[: numbered[0][0].start])]
    return head, list(_mentions(text, len(head), numbered))


def _head_end(before_date: str) -> int:
    """Where the words about the change end: at the last dash, or where a Russian act is named."""
    ends = [
        match.start()
        for pattern in (_DASH, _RUSSIAN_ACT)
        for match in pattern.finditer(before_date)
    ]
    return max(ends, default=len(before_date))


def _mentions(
    text: str, start: int, numbered: Sequence[tuple[FoundDate, re.Match[str]]]
) -> Iterator[_Mention]:
    ends = [day.start for day, _ in numbered[1:]] + [len(text)]
    for (day, number), end in zip(numbered, ends, strict=True):
        before = text[start : day.start]
        after = text[number.end() : end]
        yield _Mention(_act_number(number["number"]), day.value, _last_of(before), _first_of(after))
        start = number.end()


def _act_number(number: str) -> str:
    """The number as printed; the Roman session of Parliament in Latin letters."""
    head, _, session = number.partition("-")
    if session and not session.translate(_ROMAN).strip("IVXL"):
        return f"{head}-{session.translate(_ROMAN)}"
    return number


def _outside_brackets(text: str) -> str:
    return _BRACKETED.sub(" ", text)


def _last_of(words: str) -> str:
    """Of the words between two acts, those about the second: after the last semicolon."""
    return _outside_brackets(words).rsplit(";", 1)[-1]


def _first_of(words: str) -> str:
    """Of the words between two acts, those about the first, its bracketed words with them."""
    depth = 0
    for index, letter in enumerate(words):
        depth += (letter == "(") - (letter == ")" and depth > 0)
        if letter == ";" and depth == 0:
            return words[:index]
    return words


def _first(table: str, name: str, text: str) -> str:
    for rule in _rules()[table]:
        if re.search(rule["pattern"], text):
            return str(rule[name])
    return ""


def _amending_act(mention: _Mention, tail: str) -> ActReference:
    """The act: its kind stands after its number in Kazakh, before its date in Russian."""
    candidates = (_outside_brackets(mention.after), mention.before, _outside_brackets(tail))
    kind = next(filter(None, (_first("act", "kind", words) for words in candidates)), "")
    code = act_code(kind, mention.number, mention.signed)
    return ActReference(mention.number, mention.signed, code, kind)


def _commencement(words: str, signed: date) -> tuple[str, str, date | None]:
    """The rule as stated, its words, and a day only where the note itself fixes one."""
    rule = _first("commencement", "rule", words)
    if not rule:
        return NOT_STATED, "", None
    match = re.search(r"\(([^()]*)\)?", words) or re.search(r"[.,]\s*([^()]*)\)", words)
    stated = (match.group(1) if match else words).strip(" .()")
    day = None
    if rule == "from the day stated":
        day = next((found.value for found in find_dates(stated)), None)
        rule = f"from {day.isoformat()}" if day else NOT_STATED
    elif rule == "from the day of signing":
        day = signed
    return rule, stated, day


def act_code(kind: str, number: str, signed: date | None) -> str | None:
    """The portal's registration code by its convention: letter, year, number in eight digits."""
    letter = next((rule["code"] for rule in _rules()["act"] if rule["kind"] == kind), "")
    digits = re.match(r"\d+", number)
    if not letter or not signed or not digits:
        return None
    return f"{letter}{signed.year % 100:02d}{int(digits.group()):08d}"
