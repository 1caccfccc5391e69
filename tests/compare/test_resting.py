"""What rests on a changed clause is named, with the reason; nothing else is."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from kb.address import ClauseAddress
from kb.compare.report import Comparison, compare
from kb.compare.resting import (
    Resting,
    clauses_reviewed,
    questions_of,
    read_notes,
    resting_under,
    to_review,
)
from kb.errors import InputError
from kb.model import Edition
from kb.note.note import Note, OwnWords, Quote, text_hash
from kb.note.note import write_note as note_file

ACT = "V1800016985"
SECOND = date(2021, 10, 12)

REASONS = [
    ("rules/4", "changed"),
    ("rules/10", "changed"),
    ("rules/8", "gone"),
    ("rules/5", "moved"),
    ("rules/2/2", "renumbered"),
    ("rules/6/2", "changed"),
    # A paragraph whose item changed, and one that has a new item.
    ("rules/6", "context"),
    ("rules/2", "context"),
    # Only print differs, or nothing.
    ("rules/1", None),
    ("rules/3", None),
    ("rules/9", None),
    ("rules/7", None),
    ("rules/6/3", None),
    ("order/2", None),
]


@pytest.mark.parametrize(("address", "reason"), REASONS)
def test_why_something_is_to_be_reviewed(
    comparison: Comparison, address: str, reason: str | None
) -> None:
    item = Resting("headnote", address, ClauseAddress.parse(f"{ACT}/{address}"))
    assert [r.reason for r in to_review(comparison, [item])] == ([reason] if reason else [])


def test_every_clause_that_a_note_may_quote_has_its_reason(comparison: Comparison) -> None:
    found = clauses_reviewed(comparison)
    named = {address: reason for address, reason in REASONS if reason}
    assert {address: found[address] for address in named} == named
    assert not [address for address, reason in REASONS if reason is None and address in found]
    # The second edition alone has these: no note quotes them from the first.
    assert not {"rules/6-1", "rules/11", "rules/2/4"} & found.keys()


@pytest.mark.parametrize(
    ("under", "expected"),
    [
        (None, ["rules/2", "rules/2/2", "rules/4"]),
        ("rules", ["rules/2", "rules/2/2", "rules/4"]),
        ("rules/2", ["rules/2", "rules/2/2"]),
        (f"{ACT}/rules/2/2@2019-01-15", ["rules/2/2"]),
        ("rules/9", []),
    ],
)
def test_what_rests_under_an_address(
    comparison: Comparison, under: str | None, expected: list[str]
) -> None:
    places = [ClauseAddress.parse(a) for a in ("rules/2", "rules/2/2", "rules/4", "rules/9")]
    review = to_review(comparison, [Resting("saved-note", a.short, a) for a in places])
    found = resting_under(review, ClauseAddress.parse(under) if under else None)
    assert [r.resting.id for r in found] == expected


def test_an_item_whose_heads_words_changed_is_reviewed(first: Edition) -> None:
    from dataclasses import replace

    changed = [
        replace(c, text="Оқырманға тыйым салынады:") if c.address.short == "rules/6" else c
        for c in first.clauses
    ]
    found = compare(first, replace(first, clauses=tuple(changed)))
    item = Resting("saved-note", "n", ClauseAddress.parse("rules/6/1"))
    assert [r.reason for r in to_review(found, [item])] == ["context"]


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_saved_quote_that_neither_edition_has(comparison: Comparison, first: Edition) -> None:
    text = next(c.text for c in first.clauses if c.address.short == "rules/9")
    address = ClauseAddress.parse("rules/9")
    kept = Resting("saved-note", "a", address, date(2019, 1, 15), sha(text))
    lost = Resting("saved-note", "b", address, date(2019, 1, 15), sha(text + "!"))
    found = to_review(comparison, [kept, lost])
    assert [(r.resting.id, r.reason) for r in found] == [("b", "quote")]


def test_what_was_quoted_from_the_newer_edition_is_left_out(comparison: Comparison) -> None:
    address = ClauseAddress.parse("rules/4")
    items = [Resting("saved-note", str(d), address, d) for d in (date(2019, 1, 15), SECOND)]
    assert [r.resting.id for r in to_review(comparison, items)] == ["2019-01-15"]


def test_judged_questions_of_the_act() -> None:
    accepted = [
        ("q-1", ("rules/4", f"{ACT}/rules/5")),
        ("q-2", ()),
        ("q-3", ("U1500000153/code/6",)),
    ]
    found = list(questions_of(accepted, ACT))
    assert [(r.id, r.address.short) for r in found] == [("q-1", "rules/4"), ("q-1", "rules/5")]


def write_note(folder: Path, name: str, value: object) -> None:
    text = value if isinstance(value, str) else json.dumps(value)
    (folder / f"{name}.json").write_text(text, encoding="utf-8")


def test_saved_notes_are_read(tmp_path: Path) -> None:
    item = {"address": f"{ACT}/rules/4", "edition": "2019-01-15", "text_sha256": "ab"}
    other = {"address": "U1500000153/code/6", "edition": "2022-02-22", "text_sha256": "cd"}
    write_note(tmp_path, "one", {"id": "note-7", "items": [item, other], "title": "x"})
    write_note(tmp_path, "two", {"items": [{"address": "rules/5@2019-01-15"}]})
    (tmp_path / "other.txt").write_text("x")
    found = read_notes(tmp_path, ACT)
    assert [(r.id, r.address.short, r.edition, r.text_sha256) for r in found] == [
        ("note-7", "rules/4", date(2019, 1, 15), "ab"),
        ("two", "rules/5", date(2019, 1, 15), ""),
    ]


BAD_NOTES = {
    "no JSON": "{",
    "a list": [],
    "no items": {"id": "x"},
    "items of another kind": {"items": [5]},
    "an item without an address": {"items": [{"edition": "2019-01-15"}]},
    "an address that is none": {"items": [{"address": "кодекс"}]},
    "an edition that is no day": {"items": [{"address": "code/6", "edition": "2019"}]},
    "an edition of another kind": {"items": [{"address": "code/6", "edition": 2019}]},
    "nested": "[" * 100_000,
}


@pytest.mark.parametrize("note", BAD_NOTES.values(), ids=BAD_NOTES)
def test_a_bad_note_is_named_in_one_line(tmp_path: Path, note: object) -> None:
    write_note(tmp_path, "bad", note)
    with pytest.raises(InputError, match=r"bad\.json is no saved note") as error:
        read_notes(tmp_path, ACT)
    assert "\n" not in str(error.value)


def test_a_folder_of_notes_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a folder of saved notes"):
        read_notes(tmp_path / "none", ACT)


def test_a_note_of_the_site_is_read(tmp_path: Path) -> None:
    words = "сөз"
    quote = Quote(f"{ACT}/rules/4", date(2019, 1, 15), text_hash(words), words)
    note = Note("Тақырып", "kk", (OwnWords("менің сөзім"), quote))
    (tmp_path / "one.json").write_bytes(note_file(note))
    found = read_notes(tmp_path, ACT)
    assert [(r.id, r.address.short, r.edition) for r in found] == [
        ("one", "rules/4", date(2019, 1, 15))
    ]
