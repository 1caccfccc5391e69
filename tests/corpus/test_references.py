"""Mentions of other acts and of the act's own components, as spans of a clause's text."""

from collections import Counter

import pytest

from kb.address import ClauseAddress
from kb.corpus.references import find_references
from kb.model import Clause, Records, Reference

CIVIL_SERVICE, ANTI_CORRUPTION = "Z1500000416", "Z1500000410"


def test_every_span_holds_the_text_it_says(records: Records, clauses: dict[str, Clause]) -> None:
    assert records.references
    for reference in records.references:
        text = clauses[reference.clause.short].text
        assert text[reference.start : reference.end] == reference.text
        assert reference.clause.act == "U1500000153"


def test_no_two_mentions_overlap(records: Records) -> None:
    last: dict[str, int] = {}
    for reference in records.references:
        where = str(reference.clause)
        assert reference.start >= last.get(where, 0)
        last[where] = reference.end


def test_no_part_repeats_a_mention_of_its_paragraph(records: Records) -> None:
    assert not [r for r in records.references if r.clause.path[-1].startswith("part-")]


MENTIONED = [
    ("regulation/1", [CIVIL_SERVICE, ANTI_CORRUPTION, None, None]),
    ("regulation/2", [CIVIL_SERVICE, ANTI_CORRUPTION, ANTI_CORRUPTION, None]),
    ("regulation/4/1", [CIVIL_SERVICE, ANTI_CORRUPTION, None]),
    ("regulation/4/10", [CIVIL_SERVICE, ANTI_CORRUPTION, None]),
    ("regulation/6", [CIVIL_SERVICE]),
    ("decree/2", [None]),
    ("annex/1", ["U0500001567"]),
    ("annex/2", ["U0700000446"]),
    ("annex/3", ["U0500001567", "U1100001180"]),
    ("annex/4", ["U0500001567", "U1300000651"]),
    ("code/6/3", []),
    ("code/5/1", []),
]


@pytest.mark.parametrize(("address", "acts"), MENTIONED)
def test_a_clause_mentions(records: Records, address: str, acts: list[str | None]) -> None:
    assert [r.act_id for r in records.references if r.clause.short == address] == acts


def test_a_mention_is_of_an_act_or_of_a_component(records: Records) -> None:
    kinds = Counter(r.kind for r in records.references)
    assert kinds.keys() == {"act", "component"}
    assert all(r.act_id for r in records.references if r.kind == "act")
    assert all(r.title for r in records.references)


def mentions(text: str, kind: str = "paragraph") -> list[Reference]:
    clause = Clause(ClauseAddress("rules", ("1",)), kind, "1", None, None, text, text, (1,))
    return list(find_references([clause], "V1"))


FOUND = [
    ("Осы Жарлық қолданысқа енгізіледі.", ["Осы Жарлық"]),
    ("Осы Кодексте белгіленген нормалар.", ["Осы Кодексте"]),
    ("Әдеп кодексінің талаптары сақталады.", ["Әдеп кодексінің"]),
    ("Мемлекеттік қызмет туралы заңнама сақталады.", ["Мемлекеттік қызмет туралы"]),
    (
        "2005 жылғы 3 мамырдағы № 1567 Жарлығы күшін жойсын.",
        ["2005 жылғы 3 мамырдағы № 1567 Жарлығы"],
    ),
    ("Мемлекеттік қызмет беделін нығайту.", []),
    ("Мемлекеттік қызмет абыройлы. Заңдар сақталады.", []),
    ("Жарлық жарияланады.", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_what_counts_as_a_mention(text: str, expected: list[str]) -> None:
    assert [reference.text for reference in mentions(text)] == expected


def test_a_part_is_not_searched() -> None:
    assert mentions("Осы Жарлық қолданысқа енгізіледі.", kind="part") == []
