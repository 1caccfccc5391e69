"""Which texts are named, and which clauses of a comparison are shown."""

from __future__ import annotations

from datetime import date

import pytest

from kb.address import ClauseAddress
from kb.compare.choose import KINDS, Show, chosen, held_of, named
from kb.compare.report import Comparison
from kb.errors import UnknownAddressError
from kb.model import EditionKey

ACT = "V1800016985"
FIRST, SECOND = EditionKey(ACT, date(2019, 1, 15), "kk"), EditionKey(ACT, date(2021, 10, 12), "kk")
KEYS = [
    SECOND,
    EditionKey("U1500000153", date(2019, 1, 15), "kk"),
    FIRST,
    SECOND._replace(lang="ru"),
]


def test_the_held_editions_of_an_act_stand_oldest_first() -> None:
    assert held_of(KEYS, ACT, "kk") == [FIRST, SECOND]
    assert held_of(KEYS, ACT, "ru") == [SECOND._replace(lang="ru")]
    assert held_of(KEYS, "V0000000000", "kk") == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-01-15", FIRST),
        ("2021-10-12", SECOND),
        ("2020-01-01", None),
        ("20190115", None),
        ("", None),
    ],
)
def test_an_edition_is_named_by_its_day(day: str, expected: EditionKey | None) -> None:
    assert named([FIRST, SECOND], day) == expected


SHOWN = [
    # What is shown of everything, and of rules/3, which differs in print alone.
    (Show.SUBSTANCE, 9, 0, False),
    (Show.WITH_NOISE, 11, 1, True),
    (Show.NOISE, 2, 1, True),
    (Show.ALL, 22, 1, True),
]


@pytest.mark.parametrize(("show", "everything", "printed", "marks"), SHOWN)
def test_how_many_clauses_are_shown(
    comparison: Comparison, show: Show, everything: int, printed: int, marks: bool
) -> None:
    assert len(chosen(comparison, None, show)) == everything
    assert len(chosen(comparison, ClauseAddress.parse("rules/3"), show)) == printed
    assert show.marks_noise == marks


def test_every_kind_can_be_chosen(comparison: Comparison) -> None:
    assert comparison.counts.keys() == set(KINDS)


def test_an_address_of_neither_edition_is_refused(comparison: Comparison) -> None:
    with pytest.raises(UnknownAddressError, match="neither of the two editions"):
        chosen(comparison, ClauseAddress.parse("rules/99"), Show.ALL)
