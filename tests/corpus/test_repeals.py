"""The annex: which earlier acts are repealed, in which provision, and where they were published."""

from collections.abc import Callable
from datetime import date

import pytest

from kb.corpus.load import records_of
from kb.corpus.outline import Structure
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


def test_an_entry_that_names_no_act_by_day_and_number_is_no_repeal(
    parsed: Callable[[str], Structure], act: Act
) -> None:
    structure = parsed(ANNEX.format(verb="жойылды", number="Жарлығы"))
    assert records_from(structure, act).repeals == ()


RUSSIAN = """\
О сборах
Указ Президента Республики Казахстан от 2 марта 2020 года № 12.
1. Признать утратившими силу указы согласно приложению к настоящему Указу.
Президент Республики Казахстан К. Токаев
Приложение
к Указу Президента
от 2 марта 2020 года № 12
Перечень
1. Указ Президента Республики Казахстан от 5 мая 2010 года № 900 "О сборах" (САПП, ст. 1).
2. Подпункт 9) пункта 1 Указа Президента Республики Казахстан от 6 мая 2011 года № 901 "О внесении \
изменения в Указ от 5 мая 2010 года № 900" (САПП, ст. 2).
3. Постановление Правительства Республики Казахстан от 7 мая 2012 года № 902 "О пене".
"""


def test_a_russian_list_of_repeals(parsed: Callable[[str], Structure], act: Act) -> None:
    found = [
        (r.act.number, r.act.id, r.act.title, r.provision, r.publication)
        for r in records_from(parsed(RUSSIAN), act).repeals
    ]
    changed = "О внесении изменения в Указ от 5 мая 2010 года № 900"
    assert found == [
        ("900", "U1000000900", "О сборах", "", "САПП, ст. 1"),
        ("901", "U1100000901", changed, "Подпункт 9) пункта 1", "САПП, ст. 2"),
        ("902", "P1200000902", "О пене", "", ""),
    ]
