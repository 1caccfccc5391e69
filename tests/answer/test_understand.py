"""What a question names outright."""

from datetime import date

import pytest

from kb.answer.named_clauses import NamedClause
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
    ("кодекс 6.8", {"component": "code", "path": ("6", "8")}),
    ("кодекс 6/8", {"path": ("6", "8")}),
    ("code 6 8", {"path": ("6", "8")}),
    ("Ереже 4.3 не туралы", {"component": "regulation", "path": ("4", "3")}),
    ("п. 6.8 кодекса", {"path": ("6", "8")}),
    ("paragraph 6(8) of the Code", {"path": ("6", "8")}),
    ("Code of Ethics para 6 sub 3", {"path": ("6", "3")}),
    ("п.6 пп.8 кодекса", {"path": ("6", "8")}),
    ("п. 9 на 9.12.2020", {"path": ("9",)}),
    ("кодекс от 29.12.2015", {"path": ()}),
    ("указ 12", {"path": ()}),
    ("кодекс 2005 года", {"path": ()}),
    # acts
    ("№ 487 Жарлық нені өзгертті?", {"act_numbers": ("487",), "asks_change": True}),
    ("Указ 1567 действует?", {"act_numbers": ("1567",), "asks_change": False}),
    ("What is Decree No. 999?", {"act_numbers": ("999",)}),
    # changes
    ("что изменилось в 2019 году?", {"asks_change": True, "year": 2019, "on": None}),
    ("Может ли начальник изменить мой график?", {"asks_change": False}),
    ("когда меняли положение", {"asks_change": True, "latest": False}),
    ("когда последний раз меняли положение", {"asks_change": True, "latest": True}),
    ("when was the code last amended", {"asks_change": True, "latest": True}),
    ("Ереже соңғы рет қашан өзгерді", {"asks_change": True, "latest": True}),
    ("соңғы өзгеріс қашан болды", {"asks_change": True, "latest": True, "component": "decree"}),
    ("какие последние изменения?", {"asks_change": True, "latest": True}),
    ("последние изменения в моей зарплате", {"asks_change": False}),
    ("сравни редакции кодекса 2015 и 2022 года", {"asks_change": True, "year": None, "on": None}),
    ("the last chance to ask", {"asks_change": False, "latest": False}),
    ("Was the Regulation amended?", {"asks_change": True, "component": "regulation"}),
    # days
    ("2018 жылы уәкіл қандай болды?", {"on": date(2018, 1, 1)}),
    ("what applied on 5 March 2018?", {"on": date(2018, 3, 5)}),
    ("Жарлық 2015 жылғы 29 желтоқсанда шықты ма?", {"on": None}),
    # who is acted on
    ("кто контролирует уполномоченного по этике", {"acted_on": "ethics-commissioner"}),
    ("уәкілді кім тағайындайды", {"acted_on": "ethics-commissioner"}),
    ("уәкілдің жұмысын кім тексереді", {"acted_on": "ethics-commissioner"}),
    ("who supervises the ethics commissioner", {"acted_on": "ethics-commissioner"}),
    ("who checks up on the commissioner?", {"acted_on": "ethics-commissioner"}),
    ("who keeps an eye on the ethics commissioner", {"acted_on": "ethics-commissioner"}),
    ("кто такой уполномоченный по этике", {"acted_on": None}),
    ("кто может попросить уполномоченного о совете", {"acted_on": None}),
    ("кого консультирует уполномоченный", {"acted_on": None}),
    ("кім уәкіл бола алады", {"acted_on": None}),
    ("who is the ethics commissioner", {"acted_on": None}),
    ("who can become the commissioner", {"acted_on": None}),
    # free text
    ("Сыйлық алуға бола ма?", {"path": (), "act_numbers": (), "asks_change": False, "on": None}),
    ("могут ли уволить за 3 опоздания", {"path": (), "act_numbers": ()}),
]


@pytest.mark.parametrize(("question", "expected"), CASES)
def test_what_is_named(question, expected):
    named = understand(question, DAYS)
    assert {name: getattr(named, name) for name in expected} == expected


def code(*path):
    return NamedClause("code", path)


def regulation(*path):
    return NamedClause("regulation", path)


SEVERAL = [
    ("пункты 5 и 6 Положения", [regulation("5"), regulation("6")]),
    ("пункт 3 и пункт 7 кодекса", [code("3"), code("7")]),
    ("paragraphs 5, 6 and 8 of the Regulation", [regulation(n) for n in "568"]),
    ("Ереженің 5 және 6-тармақтары", [regulation("5"), regulation("6")]),
    ("пункты 5–7 положения", [regulation(n) for n in "567"]),
    ("подпункты 3 и 8 пункта 6 кодекса", [code("6", "3"), code("6", "8")]),
    ("Кодекстің 6-тармағының 3) және 8) тармақшалары", [code("6", "3"), code("6", "8")]),
    ("подпункт 8 пункта 6 и пункт 7 кодекса", [code("6", "8"), code("7")]),
    ("п. 6 пп. 3 кодекса и пункт 7 положения", [code("6", "3"), regulation("7")]),
    ("приложение 2", [NamedClause("annex", ("2",))]),
    ("п. 3 кодекса и п. 5 положения", [code("3"), regulation("5")]),
    ("Кодекстің 3-тармағы мен Ереженің 8-тармағы", [code("3"), regulation("8")]),
    ("№ 487, 6-тармақ", [NamedClause(None, ("6",))]),
    ("подпункт 8", [NamedClause(None, ("*", "8"))]),
    ("статья 52 трудового кодекса", [NamedClause("other-act", ("52",))]),
    ("п. 9 закона о госслужбе", [NamedClause("other-act", ("9",))]),
    ("Еңбек кодексінің 52-бабы", [NamedClause("other-act", ("52",))]),
    ("article 5 of the civil service law", [NamedClause("other-act", ("5",))]),
    ("соответствует ли закону п. 6 кодекса", [code("6")]),
    ("законодательство, п. 6 положения", [regulation("6")]),
]


@pytest.mark.parametrize(("question", "expected"), SEVERAL)
def test_every_clause_named(question, expected):
    assert list(understand(question).clauses) == expected


def test_what_is_pasted_in_by_the_page_is_cut_off():
    assert len(understand("п. " + ", ".join(map(str, range(1, 500)))).clauses) == 20


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
