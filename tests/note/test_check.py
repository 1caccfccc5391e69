"""A saved quote against the editions held: the same, altered, gone or unknown."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.note.check import Checked, Status, check, check_quote
from kb.note.difference import Piece, difference
from kb.note.later import Later
from kb.note.note import OwnWords, Quote, text_hash
from kb.note.passage import quote
from tests.note.making import FIRST, ORDER, SECOND, a_note, amended, quoted

LATER = date(2027, 1, 1)
TEXT = "Жаңа мәтін осы жерде тұр."


def both_of(pieces: tuple[Piece, ...]) -> tuple[str, str]:
    """The two texts that a difference is of."""
    old = "".join(p.text for p in pieces if p.kind != "new")
    return old, "".join(p.text for p in pieces if p.kind != "gone")


def forged(quote: Quote, text: str) -> Quote:
    """Other words under a hash of their own, as somebody who edits the file would write them."""
    return msgspec.structs.replace(quote, text=text, sha256=text_hash(text))


def test_a_fresh_quote_is_the_same(library: Library) -> None:
    for clause in library.records.clauses:
        checked = check_quote(quoted(library, clause.address.short), library)
        assert (checked.status, checked.difference) == (Status.SAME, ())


def test_an_edition_that_is_held_no_more_cannot_be_checked(library: Library) -> None:
    old = quoted(library, "code/7")
    checked = check_quote(old, amended(library, "code/7", TEXT, LATER))
    assert (checked.status, checked.held) == (Status.UNKNOWN, (LATER,))
    assert both_of(checked.difference) == (old.text, f"7. {TEXT}")
    assert checked.offered is checked.citation is not None


def test_the_words_of_the_newest_edition_are_known_whatever_edition_they_name(
    library: Library,
) -> None:
    later = amended(library, "code/6/8", TEXT, LATER)
    assert check_quote(quoted(library, "code/6"), later).status is Status.UNKNOWN
    same = check_quote(quoted(library, "code/6/7"), later)
    assert (same.status, same.held, same.later) == (Status.SAME, (LATER,), None)
    assert same.citation is not None
    assert same.citation.act.edition == LATER


def test_the_words_that_open_a_list_belong_to_the_quote(library: Library) -> None:
    later = amended(library, "code/6", TEXT, LATER)
    assert check_quote(quoted(library, "code/6/8"), later).status is Status.UNKNOWN
    assert check_quote(quoted(library, "code/6/8", opening=False), later).status is Status.SAME


def test_a_clause_that_no_edition_held_has_is_unknown(library: Library) -> None:
    later = amended(library, "code/7", None, LATER)
    checked = check_quote(quoted(library, "code/7"), later)
    assert (checked.status, checked.citation, checked.held) == (Status.UNKNOWN, None, (LATER,))


def test_an_edition_without_the_clause_is_gone(library: Library) -> None:
    later = amended(library, "code/7", None, LATER, held=True)
    named = msgspec.structs.replace(quoted(library, "code/7"), edition=LATER)
    assert check_quote(named, later) == Checked(named, Status.GONE)


# -- an older edition that is held ------------------------------------------------------------


def test_an_older_wording_is_the_same_and_the_newest_stands_beside_it(library: Library) -> None:
    old = quoted(library, "code/7")
    checked = check_quote(old, amended(library, "code/7", TEXT, LATER, held=True))
    assert checked.status is Status.SAME
    assert checked.citation is not None
    assert str(checked.citation.clause.address) == "U1500000153/code/7@2022-02-22"
    assert checked.later is not None
    assert checked.later.since == LATER
    assert both_of(checked.later.difference) == (old.text, f"7. {TEXT}")
    assert checked.offered is checked.later.citation


@pytest.mark.parametrize(
    ("address", "opening", "is_other"),
    [
        ("code/6/8", True, True),
        ("code/6/8", False, True),
        ("code/6", True, True),
        ("code/6/7", True, False),
        ("code/7", True, False),
    ],
)
def test_what_a_change_bears_on(
    library: Library, address: str, opening: bool, is_other: bool
) -> None:
    later = amended(library, "code/6/8", TEXT, LATER, held=True)
    checked = check_quote(quoted(library, address, opening=opening), later)
    assert (checked.status, checked.later is not None) == (Status.SAME, is_other)


def test_a_difference_of_print_is_no_other_wording(library: Library) -> None:
    text = library.get(ClauseAddress.parse("code/7")).text
    later = amended(library, "code/7", text.replace(" ", "  ", 1), LATER, held=True)
    assert check_quote(quoted(library, "code/7"), later).later is None


def test_a_clause_that_is_no_more_is_quoted_from_the_edition_that_has_it(library: Library) -> None:
    later = amended(library, "code/7", None, LATER, held=True)
    checked = check_quote(quoted(library, "code/7"), later)
    assert (checked.status, checked.later, checked.offered) == (Status.SAME, Later(LATER), None)


def test_words_of_the_newest_edition_are_not_those_of_an_older_one(library: Library) -> None:
    later = amended(library, "code/7", TEXT, LATER, held=True)
    old = quoted(library, "code/7")
    named = msgspec.structs.replace(quoted(later, "code/7"), edition=old.edition)
    checked = check_quote(named, later)
    assert checked.status is Status.ALTERED
    assert both_of(checked.difference) == (f"7. {TEXT}", old.text)
    assert checked.offered is checked.citation is not None
    assert checked.citation.act.edition == old.edition


@pytest.mark.parametrize(
    ("address", "label", "difference", "moved", "renumbered"),
    [
        ("rules/4", "пункт 4 Правил", True, False, False),
        # Renumbered, and moved to another chapter.
        ("rules/2/2", "подпункт 3) пункта 2 Правил", True, True, True),
        ("rules/5", "пункт 11 Правил", True, True, True),
        # An item of it is another one; excluded in its own words.
        ("rules/2", "пункт 2 Правил", True, False, False),
        ("rules/6", "пункт 6 Правил", True, False, False),
        ("rules/6/2", "подпункт 2) пункта 6 Правил", True, False, False),
        ("rules/8", None, False, False, False),
    ],
)
def test_what_a_clause_has_become(
    two: Library, address: str, label: str | None, difference: bool, moved: bool, renumbered: bool
) -> None:
    checked = check_quote(quoted(two, f"{ORDER}/{address}@{FIRST}"), two)
    later = checked.later
    assert (checked.status, later is not None) == (Status.SAME, True)
    assert later is not None
    now = later.citation
    assert (later.since, now.label("ru") if now else None) == (SECOND, label)
    assert bool(later.difference) == difference
    assert (later.address_changed, later.renumbered) == (moved, renumbered)


@pytest.mark.parametrize("address", ["rules/1", "rules/3", "rules/7", "rules/9", "order/1"])
def test_a_clause_that_reads_alike_in_both_editions(two: Library, address: str) -> None:
    checked = check_quote(quoted(two, f"{ORDER}/{address}@{FIRST}"), two)
    assert (checked.status, checked.later) == (Status.SAME, None)


def test_a_wording_that_came_back_is_said_to_have(three: Library) -> None:
    checked = check_quote(quoted(three, f"{ORDER}/rules/4@{FIRST}"), three)
    assert checked.later is not None
    assert (checked.later.since, checked.later.difference) == (SECOND, ())
    assert checked.offered is None


def test_every_clause_of_every_edition_is_the_same(three: Library) -> None:
    for text in three.shelf.texts(ORDER):
        for clause in text.clauses.values():
            assert check_quote(quote(three, clause), three).status is Status.SAME, clause.address


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
        "U1500000153/code/7@2019-07-22",
    ],
)
def test_what_cannot_be_looked_up_is_never_the_same(library: Library, address: str) -> None:
    one = msgspec.structs.replace(quoted(library, "code/7"), address=address)
    assert check_quote(one, library).status in {Status.UNKNOWN, Status.GONE}


def test_an_address_may_name_the_edition_too(library: Library) -> None:
    one = msgspec.structs.replace(
        quoted(library, "code/7"), address="U1500000153/code/7@2022-02-22"
    )
    assert check_quote(one, library).status is Status.SAME


def test_an_edition_later_than_the_one_held_is_unknown(library: Library) -> None:
    later = amended(library, "code/7", TEXT, LATER)
    assert check_quote(quoted(later, "code/7"), library).status is Status.UNKNOWN


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
