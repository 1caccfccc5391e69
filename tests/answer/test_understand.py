"""What a question names outright."""

from datetime import date

import pytest

from kb.answer.understand import Named, understand

DAYS = {date(2015, 12, 29), date(2016, 1, 1), date(2022, 2, 22)}

CASES = [
    # clauses
    ("6-тармақ 8) не дейді?", {"path": ("6", "8")}),
    ("Кодекстің 6-тармағының 8) тармақшасы", {"component": "code", "path": ("6", "8")}),
    ("кодекстің 6 тармағы 8 тармақшасы", {"component": "code", "path": ("6", "8")}),
    ("п. 9 Положения", {"component": "regulation", "path": ("9",)}),
    ("подпункт 8 пункта 6 Этического кодекса", {"component": "code", "path": ("6", "8")}),
    ("paragraph 6 subparagraph 8 of the Code", {"component": "code", "path": ("6", "8")}),
    ("Ереженің 9-тармағының 3-бөлігі", {"component": "regulation", "path": ("9", "part-3")}),
    ("что сказано в 12 пункте кодекса", {"component": "code", "path": ("12",)}),
    # acts
    ("№ 487 Жарлық нені өзгертті?", {"act_numbers": ("487",), "asks_change": True}),
    ("Указ 1567 действует?", {"act_numbers": ("1567",), "asks_change": False}),
    ("What is Decree No. 999?", {"act_numbers": ("999",)}),
    # changes
    ("что изменилось в 2019 году?", {"asks_change": True, "year": 2019, "on": None}),
    ("Может ли начальник изменить мой график?", {"asks_change": False}),
    ("Was the Regulation amended?", {"asks_change": True, "component": "regulation"}),
    # days
    ("2018 жылы уәкіл қандай болды?", {"on": date(2018, 1, 1)}),
    ("what applied on 5 March 2018?", {"on": date(2018, 3, 5)}),
    ("Жарлық 2015 жылғы 29 желтоқсанда шықты ма?", {"on": None}),
    # free text
    ("Сыйлық алуға бола ма?", {"path": (), "act_numbers": (), "asks_change": False, "on": None}),
    ("могут ли уволить за 3 опоздания", {"path": (), "act_numbers": ()}),
]


@pytest.mark.parametrize(("question", "expected"), CASES)
def test_what_is_named(question, expected):
    named = understand(question, DAYS)
    assert {name: getattr(named, name) for name in expected} == expected


ADDRESSES = [
    ("code/6/8 дегенді түсіндір", "code/6/8"),
    ("что такое U1500000153/code/6/8?", "U1500000153/code/6/8"),
    ("V1800016985/rules/6-1@2021-10-12", "V1800016985/rules/6-1@2021-10-12"),
    ("rules-2/4/part-1, соны", "rules-2/4/part-1"),
    ("code/6/8/", "code/6/8"),
]


@pytest.mark.parametrize(("question", "address"), ADDRESSES)
def test_address_is_read(question, address):
    assert str(understand(question).address) == address


@pytest.mark.parametrize("text", ["", "?", "№", "№ ", "code/", "пункт", "6-", ")))", "2018"])
def test_scraps_name_nothing(text):
    named = understand(text)
    assert (named.path, named.act_numbers, named.address) == ((), (), None)
    assert isinstance(named, Named)
