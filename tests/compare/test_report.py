"""What a comparison says of every clause, and which amending act made which change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.address import ClauseAddress
from kb.compare.as_json import comparison_json
from kb.compare.report import Comparison, compare
from kb.model import ActReference, Amendment, Edition

# Every clause of the small act that differs: kind, the note that explains it.
CHANGED = {
    "rules/1": ("noise", []),
    "rules/2/2": ("added", ["rules/2 amended"]),
    "rules/2/3": ("renumbered", ["rules/2 amended"]),
    "rules/2/4": ("renumbered", ["rules/2 amended"]),
    "rules/3": ("noise", []),
    "rules/4": ("changed", ["rules/4 restated"]),
    "rules/6/2": ("changed", ["rules/6/2 excluded"]),
    "rules/6-1": ("added", ["rules/6-1 supplemented"]),
    "rules/8": ("gone", []),
    "rules/10": ("changed", []),
    "rules/11": ("moved", []),
}


def test_what_happened_to_every_clause(comparison: Comparison) -> None:
    found = {
        c.pair.clause.address.short: (
            c.kind,
            [f"{n.target.short} {n.action}" for n in c.explained_by],
        )
        for c in comparison.under(None)
        if c.kind != "unchanged"
    }
    assert found == CHANGED


def test_what_no_note_speaks_of(comparison: Comparison) -> None:
    found = [c.pair.clause.address.short for c in comparison.under(None) if c.is_unexplained]
    assert sorted(found) == ["rules/10", "rules/11", "rules/8"]


def test_which_act_touched_which_clauses(comparison: Comparison) -> None:
    [(by, changes)] = comparison.by_act().items()
    assert (by.number, by.date, by.kind) == ("310", date(2021, 10, 12), "order")
    found = {c.amendment.target.short: [a.short for a in c.clauses] for c in changes}
    assert found == {
        "rules/2": ["rules/2/2", "rules/2/3", "rules/2/4"],
        "rules/4": ["rules/4"],
        "rules/6/2": ["rules/6/2"],
        "rules/6-1": ["rules/6-1"],
        "rules/9": [],
    }
    assert [c.amendment.target.short for c in changes if c.is_unchanged] == ["rules/9"]


def test_counts(comparison: Comparison) -> None:
    assert comparison.counts == {
        "unchanged": 11,
        "noise": 2,
        "added": 2,
        "renumbered": 2,
        "changed": 3,
        "moved": 1,
        "gone": 1,
    }
    assert comparison.noise == {"signs": 4, "spaces": 1, "look-alikes": 1}


UNDER = [
    ("rules/6", ["rules/6", "rules/6/1", "rules/6/2", "rules/6/3"]),
    ("rules/5", ["rules/11"]),
    ("rules/11", ["rules/11"]),
    ("rules/2/2", ["rules/2/2", "rules/2/3"]),
    ("rules/7", ["rules/7"]),
    ("rules/7/part-2", ["rules/7/part-2"]),
    ("rules/99", []),
]


@pytest.mark.parametrize(("address", "expected"), UNDER)
def test_the_clauses_at_an_address_of_either_edition(
    comparison: Comparison, address: str, expected: list[str]
) -> None:
    found = comparison.under(ClauseAddress.parse(address))
    assert [c.pair.clause.address.short for c in found] == expected


def test_a_heading_that_changed(first: Edition, second: Edition) -> None:
    from dataclasses import replace

    chapters = [replace(c, heading=c.heading + " туралы") for c in second.act.chapters[:1]]
    act = replace(second.act, chapters=(*chapters, *second.act.chapters[1:]))
    by = ActReference("400", date(2022, 1, 1), None, "order")
    target = ClauseAddress("rules", ("chapter-1",), act.id)
    note = Amendment(target, "heading-restated", by, "unknown", "", None, "", (1,))
    found = compare(first, replace(second, act=act, amendments=(*second.amendments, note)))
    assert [(str(h.address), h.new) for h in found.headings] == [
        ("rules/chapter-1", "Жалпы ережелер туралы")
    ]
    last = found.announced[-1]
    assert (last.amendment, last.clauses, last.is_unchanged) == (note, (), False)


def test_an_edition_does_not_differ_from_itself(first: Edition, second: Edition) -> None:
    for edition in (first, second):
        assert compare(edition, edition).is_empty
    assert not compare(first, second).is_empty


def test_the_json_lists_what_was_asked_for(comparison: Comparison) -> None:
    wanted = comparison.under(ClauseAddress.parse("rules/4"))
    found = comparison_json(comparison, wanted, ())
    [clause] = found["clauses"]
    assert clause["new"]["id"] == "V1800016985/rules/4"
    [difference] = clause["differences"]
    texts = [clause[side]["text"][slice(*difference[side])] for side in ("old", "new")]
    assert texts == ["он бес жұмыс күніне", "күнтізбелік отыз күнге"]
    assert (found["old"]["edition"], found["new"]["edition"]) == ("2019-01-15", "2021-10-12")


# -- properties ------------------------------------------------------------------------------

TEXT = "Кітапхана қызметкері берілген құжаттарды есепке алады және оларды сақтайды."
TEXTS = st.sampled_from([
    TEXT, TEXT.replace("К", "K"), TEXT.replace("алады", "жазады"), "атауы;",
    "Оқырман жоғалтқан құжаттың орнына басқа құжат тапсырады – бағасы бірдей.",
    "Оқырман жоғалтқан құжаттың орнына басқа құжат тапсырады - бағасы бірдей.",
])  # fmt: skip
ADDRESSES = st.sampled_from(["code/1", "code/1/1", "code/1/2", "code/2", "code/2/1", "rules/1"])
CLAUSES = st.dictionaries(ADDRESSES, TEXTS, max_size=6)
NOTES = st.lists(
    st.builds(
        lambda target, action, number: Amendment(
            ClauseAddress.parse(target).inside("V1800016985"), action,
            ActReference(number, date(2019, 5, 5)), "unknown", "", None, "", (1,),
        ),
        st.sampled_from(["code", "code/1", "code/1/1", "code/2", "rules/1", "rules/5"]),
        st.sampled_from(["amended", "restated", "excluded"]),
        st.sampled_from(["7", "8"]),
    ),
    max_size=4,
).map(tuple)  # fmt: skip
DAYS = st.sampled_from([date(2019, 1, 1), date(2020, 1, 1)])
DRAWN = st.tuples(CLAUSES, DAYS, NOTES)


@given(DRAWN)
def test_compare_of_the_same_is_empty(made: Callable[..., Edition], drawn: tuple) -> None:
    assert compare(made(*drawn), made(*drawn)).is_empty


def reported(comparison: Comparison, *, mirror: bool) -> set[tuple]:
    """Every clause with its kind, spans and notes; with ``mirror`` as the other way has it."""
    swapped = {"added": "gone", "gone": "added"} if mirror else {}
    found = set()
    for c in comparison.clauses:
        sides = [p and str(p.address) for p in (c.pair.old, c.pair.new)]
        spans = {d.mirrored if mirror else d for d in c.differences}
        notes = frozenset(c.explained_by)
        found.add((*(sides[::-1] if mirror else sides), swapped.get(c.kind, c.kind),
                   frozenset(spans), notes, c.is_unexplained))  # fmt: skip
    return found


@given(DRAWN, CLAUSES, NOTES)
def test_the_other_way_round_the_same_is_reported(
    made: Callable[..., Edition], old: tuple, clauses: dict[str, str], notes: tuple
) -> None:
    one, other = made(*old), made(clauses, date(2021, 1, 1), notes)
    there, back = compare(one, other), compare(other, one)
    assert reported(there, mirror=False) == reported(back, mirror=True)
    assert [a.amendment for a in there.announced] == [a.amendment for a in back.announced]
    assert [a.is_unchanged for a in there.announced] == [a.is_unchanged for a in back.announced]
