"""Clauses of two editions paired: at their address, renumbered, moved, added, gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.compare.align import align
from kb.model import Edition

LONG = "Кітапхана қызметкері берілген құжаттарды есепке алады және оларды сақтайды."
OTHER = "Оқырман жоғалтқан құжаттың орнына бағасы бірдей басқа құжат тапсырады."
THIRD = "Сирек кездесетін құжаттар тек оқу залында қызметкердің қатысуымен беріледі."


def short(pairs: object) -> set[tuple[str | None, str | None, str]]:
    return {
        (p.old and p.old.address.short, p.new and p.new.address.short, p.how)
        for p in pairs  # type: ignore[attr-defined]
    }


def test_the_small_act(first: Edition, second: Edition) -> None:
    found = {entry for entry in short(align(first.clauses, second.clauses)) if entry[0] != entry[1]}
    assert found == {
        (None, "rules/2/2", "added"),
        ("rules/2/2", "rules/2/3", "renumbered"),
        ("rules/2/3", "rules/2/4", "renumbered"),
        (None, "rules/6-1", "added"),
        ("rules/5", "rules/11", "moved"),
        ("rules/8", None, "gone"),
    }


# The texts by address in the one edition and in the other, and how they pair.
CASES = {
    "nothing on one side": ({}, {"code/1": LONG}, {(None, "code/1", "added")}),
    "another text at the address": (
        {"code/1": LONG},
        {"code/1": OTHER},
        {("code/1", "code/1", "same-address")},
    ),
    "two that changed places": (
        {"code/1": LONG, "code/2": OTHER},
        {"code/1": OTHER, "code/2": LONG},
        {("code/1", "code/2", "renumbered"), ("code/2", "code/1", "renumbered")},
    ),
    "moved to another component": (
        {"code/1": LONG},
        {"rules/7": LONG},
        {("code/1", "rules/7", "moved")},
    ),
    "moved with one word changed": (
        {"code/1": LONG, "code/2": OTHER},
        {"code/2": OTHER, "code/9": LONG.replace("сақтайды", "қорғайды")},
        {("code/1", "code/9", "renumbered"), ("code/2", "code/2", "same-address")},
    ),
    "short items are not looked for elsewhere": (
        {"code/1/1": "атауы;"},
        {"code/2/5": "атауы;"},
        {("code/1/1", None, "gone"), (None, "code/2/5", "added")},
    ),
    "short items follow their paragraph": (
        {"code/5": LONG, "code/5/1": "атауы;", "code/5/2": "күні."},
        {"code/5": THIRD, "code/8": LONG, "code/8/1": "атауы;", "code/8/2": "күні."},
        {
            ("code/5", "code/8", "renumbered"),
            (None, "code/5", "added"),
            ("code/5/1", "code/8/1", "moved"),
            ("code/5/2", "code/8/2", "moved"),
        },
    ),
    "an item inserted at the head of a list": (
        {"code/1/1": LONG, "code/1/2": OTHER},
        {"code/1/1": THIRD, "code/1/2": LONG, "code/1/3": OTHER},
        {
            (None, "code/1/1", "added"),
            ("code/1/1", "code/1/2", "renumbered"),
            ("code/1/2", "code/1/3", "renumbered"),
        },
    ),
    "a paragraph is no item": (
        {"code/1": LONG},
        {"code/2/1": LONG},
        {("code/1", None, "gone"), (None, "code/2/1", "added")},
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_pairs(
    made: Callable[..., Edition],
    old: dict[str, str],
    new: dict[str, str],
    expected: set[tuple[str | None, str | None, str]],
) -> None:
    assert short(align(made(old).clauses, made(new).clauses)) == expected


ADDRESSES = st.sampled_from(
    ["code/1", "code/1/1", "code/1/2", "code/2", "code/2/1", "code/3", "rules/1", "rules/2"]
)
TEXTS = st.sampled_from([LONG, OTHER, THIRD, LONG + " " + OTHER, "атауы;", "күні.", ""])
EDITIONS = st.dictionaries(ADDRESSES, TEXTS, max_size=8)


@given(EDITIONS, EDITIONS)
def test_every_clause_is_in_one_pair(
    made: Callable[..., Edition], old: dict[str, str], new: dict[str, str]
) -> None:
    pairs = align(made(old).clauses, made(new).clauses)
    assert sorted(p.old.address.short for p in pairs if p.old) == sorted(old)
    assert sorted(p.new.address.short for p in pairs if p.new) == sorted(new)


@given(EDITIONS, EDITIONS)
def test_the_other_way_round_the_pairs_are_the_same(
    made: Callable[..., Edition], old: dict[str, str], new: dict[str, str]
) -> None:
    one, other = made(old).clauses, made(new).clauses
    swapped = {"added": "gone", "gone": "added"}
    there = {(a, b, how) for a, b, how in short(align(one, other))}
    back = {(b, a, swapped.get(how, how)) for a, b, how in short(align(other, one))}
    assert there == back
