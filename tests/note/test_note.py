"""The file of a note: what is written is read again, what is not a note is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.answer.quote import Library
from kb.compare.resting import read_notes
from kb.errors import NoteError
from kb.note.note import (
    MAX_FILE,
    MAX_ITEMS,
    MAX_TITLE,
    MAX_WORDS,
    Note,
    OwnWords,
    Quote,
    checked_note,
    cleaned,
    read_note,
    read_quote,
    text_hash,
    write_note,
    write_quote,
)
from tests.note.making import a_note, quoted

ROOT = Path(__file__).parent.parent.parent


def file_of(**changes: Any) -> bytes:
    whole = {"kind": "adep-note", "schema": 1, "title": "x", "language": "ru", "items": []}
    return json.dumps(whole | changes, ensure_ascii=False).encode()


def test_a_note_is_read_as_it_was_written(library: Library) -> None:
    note = a_note(
        OwnWords("Бірінші жол.\n\n«Екінші» & <b> {{ }} 😀"),
        quoted(library, "code/6/8", opening=False),
        quoted(library, "regulation/9", remarks=False),
        title="Түсіндірме",
        language="ru",
    )
    assert read_note(write_note(note)) == note
    assert write_note(read_note(write_note(note))) == write_note(note)


def test_the_file_says_what_was_quoted(library: Library) -> None:
    saved = json.loads(write_note(a_note(quoted(library, "code/6/8"))))
    item = saved["items"][0]
    assert (saved["kind"], saved["schema"], item["type"]) == ("adep-note", 1, "quote")
    assert (item["address"], item["edition"]) == ("U1500000153/code/6/8", "2022-02-22")
    assert item["text"].startswith("6. Мемлекеттік қызметшілерге мынадай талаптар қойылады:\n8) ")
    assert item["sha256"] == text_hash(item["text"])


QUOTE = {"type": "quote", "address": "a/1", "edition": "2022-02-22", "sha256": "0" * 64, "text": ""}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b"PK\x03\x04", "not-json"),
        (b"\xff\xfe", "not-json"),
        (b"[]", "not-a-note"),
        (b"null", "not-a-note"),
        (b"{}", "not-a-note"),
        (b'{"kind": 7}', "not-a-note"),
        (file_of(kind="other"), "not-a-note"),
        (file_of(schema=2), "newer"),
        (file_of(schema=0), "damaged"),
        (file_of(schema="1"), "not-a-note"),
        (file_of(language="de"), "damaged"),
        (file_of(title=7), "damaged"),
        (file_of(title="x" * (MAX_TITLE + 1)), "damaged"),
        (file_of(more=1), "damaged"),
        (file_of(items={}), "damaged"),
        (file_of(items=[{}]), "damaged"),
        (file_of(items=[{"type": "script", "text": ""}]), "damaged"),
        (file_of(items=[{"type": "own-words"}]), "damaged"),
        (file_of(items=[{"type": "own-words", "text": "x" * (MAX_WORDS + 1)}]), "damaged"),
        (file_of(items=[{"type": "own-words", "text": ""}] * (MAX_ITEMS + 1)), "damaged"),
        (file_of(items=[QUOTE | {"sha256": "0" * 63}]), "damaged"),
        (file_of(items=[QUOTE | {"sha256": "G" * 64}]), "damaged"),
        (file_of(items=[QUOTE | {"edition": "yesterday"}]), "damaged"),
        (file_of(items=[QUOTE | {"html": "<b>"}]), "damaged"),
        (b" " * (MAX_FILE + 1), "too-large"),
        (b'{"kind":"adep-note","schema":1,"title":"\\ud800","language":"kk","items":[]}', None),
    ],
)  # fmt: skip
def test_what_is_not_a_note_is_refused_in_one_line(data: bytes, reason: str | None) -> None:
    with pytest.raises(NoteError) as caught:
        read_note(data)
    assert reason is None or caught.value.reason == reason
    assert "\n" not in str(caught.value)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_note(b"\xef\xbb\xbf" + file_of()) == Note("x", "ru")


def test_most_that_a_note_may_have_is_read() -> None:
    items = [{"type": "own-words", "text": "x"}] * (MAX_ITEMS - 1)
    longest = {"type": "own-words", "text": "ә" * MAX_WORDS}
    note = read_note(file_of(title="ү" * MAX_TITLE, items=[*items, longest]))
    assert len(note.items) == MAX_ITEMS


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ӘәҒғҚқҢңӨөҰұҮүҺһІі", "ӘәҒғҚқҢңӨөҰұҮүҺһІі"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00b\x07\x1bc\x85d\ufeff", "abcd"),
        ("a\tb", "a\tb"),
        ("\u202edrawkcab\u202c \u2066x\u2069", "drawkcab x"),
        ("שלום مرحبا", "שלום مرحبا"),
        ("👩‍👧 😀", "👩‍👧 😀"),
        ("и\u0306", "й"),
        ("\ud800x\uffff", "x"),
    ],
)
def test_text_from_outside_is_cleaned(text: str, kept: str) -> None:
    assert cleaned(text) == kept


@pytest.mark.parametrize(
    ("title", "items", "reason"),
    [
        ("x" * (MAX_TITLE + 1), (), "title-too-long"),
        ("", (OwnWords("x" * (MAX_WORDS + 1)),), "too-long"),
        ("", (OwnWords(""),) * (MAX_ITEMS + 1), "too-many"),
    ],
)
def test_limits_hold_for_what_is_typed_too(
    title: str, items: tuple[OwnWords, ...], reason: str
) -> None:
    with pytest.raises(NoteError) as caught:
        checked_note(title, "kk", items)
    assert caught.value.reason == reason


def test_a_title_is_one_line() -> None:
    assert checked_note(" a \n b\x00 ", "kk", ()).title == "a b"


def test_a_quote_travels_on_one_line(library: Library) -> None:
    one = quoted(library, "code/6")
    assert "\n" not in write_quote(one)
    assert read_quote(write_quote(one)) == one
    with pytest.raises(NoteError):
        read_quote('{"type": "own-words", "text": ""}')


def test_the_example_of_the_documentation_is_a_note() -> None:
    text = (ROOT / "docs" / "note.md").read_text(encoding="utf-8")
    example = text.split("```json\n")[1].split("```")[0]
    note = read_note(example.encode())
    assert [quote.intact for quote in note.quotes] == [True]


def test_the_quotes_of_a_file_are_found_with_their_editions(tmp_path: Path) -> None:
    words = "4. Құжат беріледі."
    quotes = [
        Quote(address, edition, text_hash(words), words)
        for address, edition in (
            ("V1800016985/rules/4", date(2019, 1, 15)),
            ("V1800016985/rules/4", date(2021, 10, 12)),
            ("V1800016985/rules/8@2019-01-15", date(2019, 1, 15)),
        )
    ]
    (tmp_path / "one.json").write_bytes(write_note(Note("x", "kk", (*quotes, OwnWords("y")))))
    assert [(r.address.short, r.edition) for r in read_notes(tmp_path, "V1800016985")] == [
        ("rules/4", date(2019, 1, 15)),
        ("rules/4", date(2021, 10, 12)),
        ("rules/8", date(2019, 1, 15)),
    ]
    assert [q.full_address for q in quotes][1:] == [
        "V1800016985/rules/4@2021-10-12",
        "V1800016985/rules/8@2019-01-15",
    ]
