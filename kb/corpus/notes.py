"""Read amendment notes: which clause, what was done, by which act, in force from when.

The signing date in a note is never taken for the day of commencement.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from kb.address import ClauseAddress
from kb.corpus.parse import NoteText
from kb.language.dates import find_dates
from kb.model import NOT_STATED, ActReference, Amendment

_NUMBER_SIGN = re.compile(r"\s*(?:№|No|N)\s*(?P<number>\d+)(?:-[\wІVX]+)?")
_DASH = re.compile(r"\s[-–—]\s")


@cache
def _rules() -> dict[str, Any]:
    data = resources.files("kb.corpus").joinpath("notes.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def read_notes(
    notes: Iterable[NoteText], known: set[str], act_id: str
) -> tuple[list[Amendment], list[NoteText]]:
    """Turn notes into amendments, and return beside them the notes that are not about a change.

    ``known`` holds the short addresses of the act's clauses; a target outside it stays as stated.
    """
    amendments: list[Amendment] = []
    others: list[NoteText] = []
    for note in notes:
        found = _read(note, known, act_id)
        amendments += found
        if not found:
            others.append(note)
    return amendments, others


def _read(note: NoteText, known: set[str], act_id: str) -> list[Amendment]:
    head, tail = _split(note.text)
    action = _first("action", "name", head)
    if not action:
        return []
    return [
        Amendment(
            target.inside(act_id), action, by, rule, stated, day, note.text, note.source_lines
        )
        for by, rule, stated, day in _amending_acts(tail)
        for target in _targets(head, note, known)
    ]


def _split(text: str) -> tuple[str, str]:
    """Separate what was done from by what it was done; the first dash after the verb divides."""
    match = _DASH.search(text)
    return (text[: match.start()], text[match.end() :]) if match else (text, text)


def _first(table: str, name: str, text: str) -> str:
    for rule in _rules()[table]:
        if re.search(rule["pattern"], text):
            return str(rule[name])
    return ""


def _targets(head: str, note: NoteText, known: set[str]) -> list[ClauseAddress]:
    """The clauses that the note names; the whole component when it names none by number."""
    numbers = {level: _numbers(level, head) for level in _rules()["targets"]}
    if not any(numbers.values()):
        return [ClauseAddress(note.component)]
    if numbers["chapter"] and not (numbers["article"] or numbers["paragraph"]):
        return [ClauseAddress(note.component, (f"chapter-{n}",)) for n in numbers["chapter"]]
    paths = [(n,) for n in numbers["article"]] or [()]
    if not numbers["article"] and note.after and f"{note.component}/{note.after.path[0]}" in known:
        paths = _article_of(note, numbers["paragraph"], known)
    paths = [(*p, n) for p in paths for n in numbers["paragraph"]] or paths
    paths = [(*p, n) for p in paths for n in numbers["subparagraph"]] or paths
    return [ClauseAddress(note.component, path) for path in paths if path]


def _article_of(note: NoteText, paragraphs: list[str], known: set[str]) -> list[tuple[str, ...]]:
    """In a law, a paragraph named without its article is one of the article above the note."""
    assert note.after is not None
    top = note.after.path[:1]
    inside = [n for n in paragraphs if "/".join((note.component, *top, n)) in known]
    outside = [n for n in paragraphs if f"{note.component}/{n}" in known]
    return [top] if note.component == "law" and (inside or not outside) else [()]


def _numbers(level: str, head: str) -> list[str]:
    found = re.finditer(_rules()["targets"][level], head)
    return [next(group for group in match.groups() if group) for match in found]


def _amending_acts(tail: str) -> list[tuple[ActReference, str, str, date | None]]:
    """Each act that the note names, with the commencement that stands after it."""
    found = []
    dates = sorted(find_dates(tail), key=lambda d: d.start)
    numbered = [(d, m) for d in dates if (m := _NUMBER_SIGN.match(tail, d.end))]
    for index, (day, number) in enumerate(numbered):
        end = numbered[index + 1][0].start if index + 1 < len(numbered) else len(tail)
        words = tail[number.end() : end]
        kind = _first("act", "kind", words) or _first("act", "kind", tail)
        by = ActReference(
            number["number"], day.value, act_code(kind, number["number"], day.value), kind
        )
        found.append((by, *_commencement(words, day.value)))
    return found


def _commencement(words: str, signed: date) -> tuple[str, str, date | None]:
    """The rule as stated, its words, and a day only where the note itself fixes one."""
    rule = _first("commencement", "rule", words)
    if not rule:
        return NOT_STATED, "", None
    match = re.search(r"\(([^()]*)\)", words) or re.search(r"[.,]\s*([^()]*)\)", words)
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
    if not letter or not signed:
        return None
    return f"{letter}{signed.year % 100:02d}{int(number):08d}"
