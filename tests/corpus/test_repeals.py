"""The annex: which earlier acts are repealed, in which provision, and where they were published."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from kb.corpus.load import records_of
from kb.corpus.outline import Structure
from kb.corpus.repeals import read_repeals
from kb.errors import CorpusError
from kb.model import Act, Records

SHIPPED = [
    ("annex/1", "1567", date(2005, 5, 3), "U0500001567", "", "2005 ж., N 19, 1-бап. 225"),
    ("annex/2", "446", date(2007, 11, 27), "U0700000446", "1-тармағының 9) тармақшасы", "499-бап"),
    ("annex/3", "1180", date(2011, 4, 1), "U1100001180", "", "2011 ж., № 30, 365-бап"),
    ("annex/4", "651", date(2013, 10, 1), "U1300000651", "", "2013 ж., No 58, 786-бап"),
]


def test_the_shipped_act_repeals_four_acts(records: Records) -> None:
    found = [
        (r.clause.short, r.act.number, r.act.date, r.act.id, r.provision) for r in records.repeals
    ]
    assert found == [case[:5] for case in SHIPPED]
    for repeal, case in zip(records.repeals, SHIPPED, strict=True):
        assert repeal.publication.endswith(case[5])
        assert repeal.act.title.endswith("туралы")


def test_they_are_repealed_by_this_act_from_its_first_day(records: Records) -> None:
    for repeal in records.repeals:
        assert (repeal.by.number, repeal.by.id) == ("153", "U1500000153")
        assert repeal.effective == date(2016, 1, 1)


ANNEX = """\
Алымдар туралы
Қазақстан Республикасы Президентінің 2020 жылғы 2 наурыздағы № 12 Жарлығы.
1. Кейбір жарлықтардың күші {verb} деп танылсын осы Жарлыққа қосымшаға сәйкес.
Қазақстан Республикасының Президенті Қ. Тоқаев
ҚОСЫМША
Жарлығына
2020 жылғы 2 наурыздағы № 12
Тізбе
1. «Алым туралы» Қазақстан Республикасы Президентінің 2010 жылғы 5 мамырдағы {number} (ПҮАЖ).
"""


def records_from(structure: Structure, act: Act) -> Records:
    meta = {
        "id": "U2000000012",
        "kind": "decree",
        "number": "12",
        "adopted": date(2020, 3, 2),
        "in_force": date(2020, 4, 1),
        "edition": date(2020, 3, 2),
        "lang": "kk",
        "short": {},
        "source": "",
        "sha256": "",
    }
    return records_of(structure, meta)


@pytest.mark.parametrize("number", ["№ 900 Жарлығы", "N 900 Жарлығының 2-тармағы", "No900 Жарлығы"])
def test_a_repeal_in_another_act(parsed: Callable[[str], Structure], act: Act, number: str) -> None:
    [repeal] = records_from(parsed(ANNEX.format(verb="жойылды", number=number)), act).repeals
    assert (repeal.act.number, repeal.act.title) == ("900", "Алым туралы")
    assert repeal.provision == ("2-тармағы" if "тармағы" in number else "")
    assert repeal.publication == "ПҮАЖ"
    assert repeal.effective == date(2020, 4, 1)


def test_an_annex_of_an_act_that_repeals_nothing_is_no_repeal(
    parsed: Callable[[str], Structure], act: Act
) -> None:
    text = ANNEX.format(verb="бекітілді", number="№ 900 Жарлығы")
    assert records_from(parsed(text), act).repeals == ()


def test_a_repealed_act_without_a_number_is_refused(
    parsed: Callable[[str], Structure], act: Act
) -> None:
    structure = parsed(ANNEX.format(verb="жойылды", number="Жарлығы"))
    with pytest.raises(CorpusError, match="annex/1: the repealed act has no date and number"):
        read_repeals(replace(act, components=structure.components), structure.clauses)
