"""What is known of a clause on a day, and by which decree its wording was replaced."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.address import ClauseAddress
from kb.corpus.history import State, history, touches
from kb.model import Act, ActReference, Amendment, Chapter, Clause, Records

N, H, P, E = State.NOT_IN_FORCE, State.HELD, State.POSSIBLY_EARLIER, State.EARLIER_NOT_HELD
START = date(2016, 1, 1)
JUNE_2017, JULY_2019, FEB_2022 = date(2017, 6, 1), date(2019, 7, 22), date(2022, 2, 22)
DAY = timedelta(days=1)

# By what an amendment names: the clauses it bears on, and its signing day; in order of certainty.
CERTAIN = {"decree/1": FEB_2022, "regulation/2": JUNE_2017, "regulation/3": JUNE_2017}
CERTAIN |= {"regulation/5": JULY_2019, "regulation/6": JULY_2019}
CERTAIN |= {f"regulation/2/part-{n}": JUNE_2017 for n in range(1, 5)}
POSSIBLE = {f"decree/1/{n}": FEB_2022 for n in (1, 2)}
POSSIBLE |= {f"regulation/5/{n}": JULY_2019 for n in range(1, 5)}
POSSIBLE |= {f"regulation/6/part-{n}": JULY_2019 for n in (1, 2)}


def changed_on(address: str) -> tuple[date | None, bool]:
    """The day of the one amendment that bears on a shipped clause, and whether it is certain."""
    if address in CERTAIN:
        return CERTAIN[address], True
    if address in POSSIBLE:
        return POSSIBLE[address], False
    return (FEB_2022, False) if address.startswith("code/") else (None, False)


def expected_state(address: str, day: date) -> State:
    signed, certain = changed_on(address)
    if day < START:
        return N
    if signed is None or day >= signed:
        return H
    return E if certain else P


DAYS = [
    date(1995, 8, 30),
    START - DAY,
    START,
    date(2016, 12, 31),
    *(d + n * DAY for d in (JUNE_2017, JULY_2019, FEB_2022) for n in (-1, 0, 1)),
    date(2018, 5, 5),
    date(2030, 1, 1),
]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_state_of_every_shipped_clause(records: Records, act: Act, day: date) -> None:
    for clause in records.clauses:
        found = history(clause.address, act, records.amendments, day)
        assert found.state == expected_state(clause.address.short, day), clause.address
        assert found.after_edition == (day > FEB_2022)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_replacing_decree_of_every_shipped_clause(
    records: Records, act: Act, day: date
) -> None:
    for clause in records.clauses:
        signed, certain = changed_on(clause.address.short)
        replaced = history(clause.address, act, records.amendments, day).replaced_by
        if signed is None or day >= signed:
            assert replaced is None
        else:
            assert replaced is not None
            assert (replaced.amendment.by.date, replaced.certain) == (signed, certain)


BY_DECREE = [
    ("decree/1", "814", True),
    ("decree/1/2", "814", False),
    ("code/6/8", "814", False),
    ("regulation/2/part-3", "487", True),
    ("regulation/3", "487", True),
    ("regulation/5", "74", True),
    ("regulation/5/2", "74", False),
    ("regulation/6/part-1", "74", False),
]


@pytest.mark.parametrize(("address", "number", "certain"), BY_DECREE)
def test_a_clause_was_touched_by_one_decree(
    records: Records, address: str, number: str, certain: bool
) -> None:
    [touch] = touches(ClauseAddress.parse(address), records.amendments)
    assert (touch.amendment.by.number, touch.certain) == (number, certain)


@pytest.mark.parametrize("address", ["decree/3", "decree/preamble", "regulation/9", "annex/4"])
def test_an_untouched_clause_was_always_as_it_is(records: Records, act: Act, address: str) -> None:
    assert touches(ClauseAddress.parse(address), records.amendments) == []
    assert history(ClauseAddress.parse(address), act, records.amendments, START).state == H


def test_without_a_day_the_edition_is_meant(records: Records, act: Act) -> None:
    found = history(ClauseAddress.parse("code/6/8"), act, records.amendments)
    assert (found.on, found.state, found.after_edition) == (act.edition, H, False)


def test_a_start_that_the_note_ties_to_publication_stays_open(records: Records, act: Act) -> None:
    address = ClauseAddress.parse("regulation/2")
    on = {day: history(address, act, records.amendments, day) for day in (START, JUNE_2017)}
    assert [on[START].commencement_open, on[JUNE_2017].commencement_open] == [False, True]


RANK = {N: 0, E: 1, P: 2, H: 3}


@given(st.data())
def test_the_state_never_goes_back_in_time(records: Records, act: Act, data: st.DataObject) -> None:
    clause = data.draw(st.sampled_from(records.clauses))
    days = st.dates(date(2014, 1, 1), date(2030, 1, 1))
    one, other = sorted(data.draw(st.tuples(days, days)))
    states = [history(clause.address, act, records.amendments, d).state for d in (one, other)]
    assert RANK[states[0]] <= RANK[states[1]]


def change(target: str, action: str, signed: date, commences: date | None = None) -> Amendment:
    by = ActReference("1", signed)
    address = ClauseAddress.parse(target)
    return Amendment(address, action, by, "unknown", "", commences, "", (1,))


@given(st.lists(st.tuples(st.sampled_from(["amended", "restated", "excluded", "supplemented"]),
                          st.sampled_from(["law", "law/3", "law/3/2", "law/3/2/1", "law/4"]),
                          st.dates(START, date(2024, 1, 1)),
                          st.none() | st.dates(START, date(2025, 1, 1))), max_size=6))  # fmt: skip
def test_no_amendments_make_the_state_go_back(
    act: Act, drawn: list[tuple[str, str, date, date | None]]
) -> None:
    amendments = [change(target, action, *days) for action, target, *days in drawn]
    states = [
        history(ClauseAddress.parse("law/3/2"), act, amendments, START + 90 * n * DAY).state
        for n in range(-2, 42)
    ]
    assert sorted(states, key=RANK.__getitem__) == states


# What was changed, how, the clause asked about, and whether it is touched for certain.
BEARS_ON = [
    ("law/3", "restated", "law/3/2/1", True),
    ("law/3", "amended", "law/3/2/1", False),
    ("law/3", "excluded", "law/3/2", True),
    ("law/3/2/1", "restated", "law/3", True),
    ("law/5-1", "supplemented", "law/5-1/1", True),
    ("law/5", "supplemented", "law/5/1", False),
    ("law/5", "supplemented", "law/5", True),
    ("law", "restated", "law/5", True),
    ("law", "amended", "law/5", False),
    ("law/chapter-2", "restated", "law/3/2", True),
    ("law/chapter-2", "amended", "law/3", False),
    ("law/chapter-2", "heading-restated", "law/3", None),
    ("law", "heading-restated", "law/3", None),
    ("law/chapter-1", "restated", "law/3", None),
    ("law/4", "restated", "law/3", None),
    ("rules/3", "restated", "law/3", None),
]


@pytest.mark.parametrize(("target", "action", "address", "certain"), BEARS_ON)
def test_an_amendment_bears_on_a_clause(
    act: Act, target: str, action: str, address: str, certain: bool | None
) -> None:
    held = (ClauseAddress.parse("law/3"), ClauseAddress.parse("law/5"))
    law = replace(act, chapters=(Chapter("law", "2", "", (), held),))
    found = touches(ClauseAddress.parse(address), [change(target, action, JUNE_2017)], law)
    assert [touch.certain for touch in found] == ([] if certain is None else [certain])


def test_a_commencement_that_the_note_fixes_counts_instead_of_the_signing(act: Act) -> None:
    amendment = change("law/3", "restated", JUNE_2017, date(2018, 1, 1))
    address = ClauseAddress.parse("law/3")
    on = {d: history(address, act, [amendment], d) for d in (date(2017, 12, 31), date(2018, 1, 1))}
    assert [found.state for found in on.values()] == [E, H]
    assert not on[date(2018, 1, 1)].commencement_open


def test_another_acts_amendments_are_not_this_ones(act: Act, clauses: dict[str, Clause]) -> None:
    amendment = change("U9900000001/code/6", "restated", JUNE_2017)
    assert touches(clauses["code/6"].address, [amendment]) == []


# An edition of 2020 whose own notes record a change of 2019, and what the notes of other editions
# record: the day asked about, and what is known of the wording of the edition on it.
OWN = ("law/3", "restated", date(2019, 3, 1), None)
AMONG_EDITIONS = [
    ([], date(2019, 2, 28), E),
    ([], date(2019, 3, 1), H),
    ([("law/3", "restated", date(2021, 5, 5), None)], date(2021, 5, 4), H),
    ([("law/3", "restated", date(2021, 5, 5), None)], date(2021, 5, 5), E),
    ([("law/3", "restated", date(2021, 5, 5), date(2022, 1, 1))], date(2021, 12, 31), H),
    ([("law", "amended", date(2021, 5, 5), None)], date(2023, 1, 1), P),
    ([("law/4", "restated", date(2021, 5, 5), None)], date(2023, 1, 1), H),
    # Recorded by the edition itself as well: in its text from the first.
    ([OWN], date(2023, 1, 1), H),
    ([("law/3", "amended", date(2019, 3, 1), None)], date(2019, 6, 1), H),
    # Between the day and the edition, and not in its notes.
    ([("law/3", "amended", date(2019, 12, 1), None)], date(2019, 6, 1), E),
    ([("law/3", "amended", date(2019, 12, 1), None)], date(2019, 12, 1), H),
]


@pytest.mark.parametrize(("recorded", "day", "state"), AMONG_EDITIONS)
def test_an_editions_wording_on_a_day(
    act: Act, recorded: list[tuple[str, str, date, date | None]], day: date, state: State
) -> None:
    edition = replace(act, edition=date(2020, 1, 1))
    others = [change(target, action, *days) for target, action, *days in recorded]
    address = ClauseAddress.parse("law/3")
    newest = date(2024, 1, 1)
    own = [change(*OWN)]
    found = history(address, edition, own, day, recorded=others, newest=newest)
    assert (found.state, found.after_edition) == (state, False)
