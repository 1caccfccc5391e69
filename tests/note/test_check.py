"""A saved quote against the corpus of another day: the same, changed, altered, gone, unknown."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.answer.quote import Library
from kb.note.check import Status, check, check_quote
from kb.note.difference import Piece, difference
from kb.note.note import OwnWords, Quote, text_hash
from tests.note.making import a_note, amended, quoted

LATER = date(2027, 1, 1)
TEXT = "Жаңа мәтін осы жерде тұр."


def forged(quote: Quote, text: str) -> Quote:
    """Other words under a hash of their own, as somebody who edits the file would write them."""
    return msgspec.structs.replace(quote, text=text, sha256=text_hash(text))


def test_a_fresh_quote_is_the_same(library: Library) -> None:
    for clause in library.records.clauses:
        checked = check_quote(quoted(library, clause.address.short), library)
        assert (checked.status, checked.difference) == (Status.SAME, ())


def test_an_amended_clause_has_changed(library: Library) -> None:
    old = quoted(library, "code/7")
    checked = check_quote(old, amended(library, "code/7", TEXT, LATER))
    assert checked.status is Status.CHANGED
    assert "".join(p.text for p in checked.difference if p.kind != "new") == old.text
    assert "".join(p.text for p in checked.difference if p.kind != "gone") == f"7. {TEXT}"


def test_an_item_that_changed_has_changed_its_paragraph(library: Library) -> None:
    later = amended(library, "code/6/8", TEXT, LATER)
    assert check_quote(quoted(library, "code/6"), later).status is Status.CHANGED
    assert check_quote(quoted(library, "code/6/7"), later).status is Status.SAME


def test_the_words_that_open_a_list_belong_to_the_quote(library: Library) -> None:
    later = amended(library, "code/6", TEXT, LATER)
    assert check_quote(quoted(library, "code/6/8"), later).status is Status.CHANGED
    assert check_quote(quoted(library, "code/6/8", opening=False), later).status is Status.SAME


def test_a_clause_that_is_no_more_is_gone(library: Library) -> None:
    later = amended(library, "code/7", None, LATER)
    checked = check_quote(quoted(library, "code/7"), later)
    assert (checked.status, checked.citation) == (Status.GONE, None)


def test_other_words_in_the_same_edition_are_altered(library: Library) -> None:
    one = quoted(library, "code/7")
    wrong_hash = msgspec.structs.replace(one, text=one.text.replace("7.", "8."))
    assert check_quote(wrong_hash, library).status is Status.ALTERED
    assert check_quote(forged(one, "7. Бәріне рұқсат."), library).status is Status.ALTERED
    assert check_quote(msgspec.structs.replace(one, sha256="0" * 64), library).status is (
        Status.ALTERED
    )


@pytest.mark.parametrize(
    "address",
    [
        "U0000000000/code/7",
        "U1500000153/code/99",
        "code/7",
        "nonsense",
        "U1500000153/code/7@2022-02-22",
    ],
)
def test_what_cannot_be_looked_up_is_never_the_same(library: Library, address: str) -> None:
    one = msgspec.structs.replace(quoted(library, "code/7"), address=address)
    assert check_quote(one, library).status in {Status.UNKNOWN, Status.GONE}


def test_an_edition_later_than_the_one_held_is_unknown(library: Library) -> None:
    later = amended(library, "code/7", TEXT, LATER)
    assert check_quote(quoted(later, "code/7"), library).status is Status.UNKNOWN
    gone = amended(library, "code/7", None, LATER)
    assert check_quote(quoted(library, "code/8"), gone).status is Status.SAME


def test_own_words_are_always_the_same(library: Library) -> None:
    checked = check(a_note(OwnWords("x"), quoted(library, "code/7")), library)
    assert [c.status for c in checked] == [Status.SAME, Status.SAME]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b", "a b", "=a b"),
        ("a b c", "a x c", "=a |-b|+x|= c"),
        ("a b c d", "a x y d", "=a |-b c|+x y|= d"),
        ("a b", "a b c", "=a b|+ c"),
        ("a b c", "a c", "=a |-b |=c"),
        ("a b", "c d", "-a b|+c d"),
        ("тыйым салынады;", "тыйым салынбайды;", "=тыйым |-салынады|+салынбайды|=;"),
        ("жеке мүлік", "мемлекеттік мүлік", "-жеке|+мемлекеттік|= мүлік"),
        ("", "a", "+a"),
        ("a", "", "-a"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_difference_goes_word_by_word(old: str, new: str, expected: str) -> None:
    signs = {"same": "=", "gone": "-", "new": "+"}
    pieces: tuple[Piece, ...] = difference(old, new)
    assert "|".join(signs[p.kind] + p.text for p in pieces) == expected


@given(st.text(alphabet="ab ,\n", max_size=60), st.text(alphabet="ab ,\n", max_size=60))
def test_both_texts_can_be_put_together_again(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(p.text for p in pieces if p.kind != "new") == old
    assert "".join(p.text for p in pieces if p.kind != "gone") == new
    assert all(p.text for p in pieces)


def test_a_long_forged_text_takes_no_long_time(library: Library) -> None:
    words = difference("a b " * 24_000, quoted(library, "regulation/4").text)
    assert "".join(p.text for p in words if p.kind != "new") == "a b " * 24_000
