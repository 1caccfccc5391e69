"""Three acts invented for these tests: a law, an order with rules, a decree in Russian."""

from collections.abc import Callable
from datetime import date

import pytest

from kb.corpus.outline import Structure
from kb.model import Amendment

FROM_PUBLICATION = "from the day of first official publication"
TEN_DAYS = "ten calendar days after the day of first official publication"

COMPONENTS = {
    "law.txt": [("law", "Мемлекеттік архивтерге жүгіну туралы", ())],
    "order.txt": [
        ("order", "Ведомстволық музейлердің қорын есепке алу қағидаларын бекіту туралы", ()),
        ("rules", "Ведомстволық музейлердің қорын есепке алу қағидалары", (28, 29, 30, 31, 32)),
        ("annex-1", "Есеп кітабына енгізілетін мәліметтер", (73, 74, 75)),
    ],
    "decree.txt": [
        ("decree", "О порядке вручения памятных знаков", ()),
        ("regulation", "ПОЛОЖЕНИЕ о памятном знаке", (19, 20, 21, 22)),
        ("annex-2", "Описание памятного знака", (53, 54)),
    ],
}
SIGNED = {
    "law.txt": ("Қазақстан Республикасының", "Президенті Н. НАЗАРБАЕВ"),
    "order.txt": ("Қазақстан Республикасының", "Мәдениет министрі", "А. Мұхамедиұлы"),
    "decree.txt": ("Президент", "Республики Казахстан Н. Назарбаев"),
}
CHAPTERS = {
    "law.txt": [
        ("law", "1", "ЖАЛПЫ ЕРЕЖЕЛЕР", "law/1 law/2"),
        ("law", "2", "ЖҮГІНУ ТӘРТІБІ", "law/3 law/4 law/5 law/5-1"),
        ("law", "3", "ҚОРЫТЫНДЫ ЕРЕЖЕЛЕР", "law/6 law/7"),
    ],
    "order.txt": [
        ("rules", "1", "Жалпы ережелер", "rules/1 rules/2"),
        (
            "rules",
            "2",
            "Есепке алу және сақтау тәртібі",
            "rules/3 rules/4 rules/5 rules/6 rules/6-1",
        ),
    ],
    "decree.txt": [
        ("regulation", "1", "Общие положения", "regulation/1 regulation/2"),
        ("regulation", "2", "Порядок вручения", "regulation/3 regulation/4"),
        ("regulation", "3", "Заключительные положения", "regulation/5"),
    ],
}
# Address, kind, source lines, status, and the words that the text begins with.
CLAUSES = {
    "law.txt": [
        ("law/preamble", "preamble", (12,), "in-force", "Осы Заң азаматтардың"),
        ("law/1", "article", (16, 18), "in-force", "Осы Заңда пайдаланылатын негізгі ұғымдар\nОсы"),
        ("law/1/1", "subparagraph", (19,), "in-force", "архив – құжаттарды"),
        (
            "law/1/2",
            "subparagraph",
            (20, 21),
            "in-force",
            "жүгіну – азаматтың архивке жазбаша неме",
        ),
        ("law/1/3", "subparagraph", (22,), "excluded", "алып тасталды - ҚР 03.07.2019"),
        ("law/1/3-1", "subparagraph", (23,), "in-force", "көшірме – құжаттың"),
        ("law/2", "article", (27, 29, 31), "in-force", "Заңның қолданылу аясы\nОсы Заң"),
        ("law/2/part-1", "part", (29,), "in-force", "Осы Заң мемлекеттік"),
        ("law/2/part-2", "part", (31,), "in-force", "Жеке архивтердің"),
        ("law/3", "article", (35,), "in-force", "Өтініш беру"),
        ("law/3/1", "paragraph", (37, 40), "in-force", "Өтініш архивке мынадай мәліметтермен"),
        ("law/3/1/part-1", "part", (37,), "in-force", "Өтініш архивке"),
        ("law/3/1/part-2", "part", (40,), "in-force", "Өтінішке архив басшысының"),
        ("law/3/1/1", "subparagraph", (38,), "in-force", "өтініш берушінің"),
        ("law/3/1/2", "subparagraph", (39,), "in-force", "сұралатын құжаттың"),
        ("law/3/2", "paragraph", (42,), "in-force", "Өтініш бес жұмыс күні"),
        ("law/3/2-1", "paragraph", (46,), "in-force", "Шетелдік азаматтардың"),
        ("law/3/3", "paragraph", (48,), "excluded", "Алып тасталды - ҚР 26.11.2020"),
        ("law/4", "article", (52,), "excluded", "Алып тасталды - ҚР 03.07.2019"),
        ("law/5", "article", (54, 56), "in-force", "Өтінішті қараудан бас тарту\nМыналар"),
        ("law/5/1", "subparagraph", (57,), "in-force", "құжаттың жойылуы;"),
        ("law/5/2", "subparagraph", (58,), "in-force", "құжаттың мемлекеттік"),
        ("law/5-1", "article", (60, 62, 63), "in-force", "Шағым жасау\nАрхивтің шешіміне жоғары"),
        ("law/6", "article", (69, 71), "in-force", "Жауаптылық\nОсы Заңды"),
        ("law/7", "article", (73, 75), "in-force", "Осы Заңды қолданысқа енгізу тәртібі\nОсы"),
    ],
    "order.txt": [
        ("order/preamble", "preamble", (5, 6, 7), "in-force", '"Мәдениет туралы" 2006 жылғы'),
        ("order/1", "paragraph", (9,), "in-force", "Қоса беріліп отырған"),
        ("order/2", "paragraph", (11,), "in-force", "Мәдениет департаменті"),
        ("order/2/1", "subparagraph", (13,), "in-force", "осы бұйрықты Қазақстан"),
        ("order/2/2", "subparagraph", (15,), "in-force", "осы бұйрықты министрліктің"),
        ("order/3", "paragraph", (17,), "in-force", "Осы бұйрық алғашқы"),
        ("rules/1", "paragraph", (40,), "in-force", "Осы Қағидалар ведомстволық"),
        ("rules/2", "paragraph", (42,), "in-force", "Осы Қағидаларда мынадай"),
        ("rules/2/1", "subparagraph", (44,), "in-force", "музей қоры – есепке"),
        ("rules/2/2", "subparagraph", (46,), "in-force", "сақтаушы – қорға"),
        ("rules/3", "paragraph", (51,), "in-force", "Қорға түскен зат"),
        (
            "rules/4",
            "paragraph",
            (53, 55, 57),
            "in-force",
            "Сақтаушы есеп кітабын жүргізеді.\nЕсеп",
        ),
        ("rules/4/part-1", "part", (53,), "in-force", "Сақтаушы есеп кітабын"),
        ("rules/4/part-2", "part", (55,), "in-force", "Есеп кітабының парақтары"),
        ("rules/4/part-3", "part", (57,), "in-force", "Есеп кітабы музейде"),
        ("rules/5", "paragraph", (59,), "repealed", "Күші жойылды - ҚР Мәдениет"),
        ("rules/6", "paragraph", (61,), "in-force", "Қорды тексеру жылына"),
        ("rules/6-1", "paragraph", (63, 69), "in-force", "Кезектен тыс тексеру"),
        ("rules/6-1/part-1", "part", (63,), "in-force", "Кезектен тыс тексеру"),
        ("rules/6-1/part-2", "part", (69,), "in-force", "Тексеру нәтижелері"),
        ("rules/6-1/1", "subparagraph", (65,), "in-force", "сақтаушы ауысқанда;"),
        ("rules/6-1/2", "subparagraph", (67,), "in-force", "зат жоғалғанда."),
        ("annex-1/1", "paragraph", (79,), "in-force", "Заттың атауы"),
        ("annex-1/2", "paragraph", (81,), "in-force", "Заттың түскен күні."),
    ],
    "decree.txt": [
        ("decree/preamble", "preamble", (7,), "in-force", "В целях упорядочения"),
        ("decree/1", "paragraph", (9,), "in-force", "Утвердить прилагаемое"),
        ("decree/2", "paragraph", (11, 12), "in-force", "Правительству Республики"),
        ("decree/3", "paragraph", (14,), "in-force", "Настоящий Указ вводится"),
        ("regulation/1", "paragraph", (29,), "in-force", "Памятным знаком"),
        ("regulation/2", "paragraph", (30, 31), "in-force", "Памятный знак вручает Президент или"),
        ("regulation/2/1", "subparagraph", (33,), "in-force", "Государственный секретарь;"),
        ("regulation/2/2", "subparagraph", (34,), "excluded", "исключен Указом Президента РК"),
        ("regulation/2/3", "subparagraph", (35,), "in-force", "аким области."),
        ("regulation/3", "paragraph", (41,), "in-force", "Памятный знак носится"),
        ("regulation/4", "paragraph", (43,), "in-force", "Дубликат памятного знака"),
        ("regulation/5", "paragraph", (49, 51), "in-force", "Удостоверение подписывает Государ"),
        ("annex-2/1", "paragraph", (58,), "in-force", "Знак имеет форму круга."),
    ],
}
# Target, action, number, kind and signing day of the amending act, commencement and its day.
AMENDMENTS = {
    "law.txt": [
        ("law/1", "amended", "262-VI", "law", date(2019, 7, 3), "from 2020-01-01"),
        ("law/1", "amended", "381-VI", "law", date(2020, 11, 26), TEN_DAYS),
        ("law/3/2", "restated", "381-VI", "law", date(2020, 11, 26), TEN_DAYS),
        ("law/3/2-1", "supplemented", "381-VI", "law", date(2020, 11, 26), "unknown"),
        ("law/5-1", "supplemented", "381-VI", "law", date(2020, 11, 26), TEN_DAYS),
        ("law/1/3", "excluded", "262-VI", "law", date(2019, 7, 3), "from 2020-01-01"),
        ("law/3/3", "excluded", "381-VI", "law", date(2020, 11, 26), TEN_DAYS),
        ("law/4", "excluded", "262-VI", "law", date(2019, 7, 3), "from 2020-01-01"),
    ],
    "order.txt": [
        ("rules", "amended", "310", "order", date(2021, 10, 12), TEN_DAYS),
        ("rules/6-1", "supplemented", "310", "order", date(2021, 10, 12), "unknown"),
        ("rules/5", "repealed", "310", "order", date(2021, 10, 12), "unknown"),
    ],
    "decree.txt": [
        ("decree", "heading-restated", "265", "decree", date(2020, 2, 11), FROM_PUBLICATION),
        ("regulation/2", "amended", "349", "decree", date(2016, 10, 5), "unknown"),
        ("regulation/2", "amended", "265", "decree", date(2020, 2, 11), "from 2020-03-01"),
        ("regulation/4", "supplemented", "520", "decree", date(2021, 3, 1), "unknown"),
        ("regulation/2/2", "excluded", "265", "decree", date(2020, 2, 11), "unknown"),
    ],
}
FRONT_MATTER = {
    "law.txt": {
        1: "title",
        3: "title",
        8: "contents",
        10: "contents",
        77: "signatory",
        80: "place",
    },
    "order.txt": {19: "signatory", 23: "agreement", 26: "agreement", 28: "approval", 34: "title"},
    "decree.txt": {16: "signatory", 19: "approval", 24: "title", 50: "page", 60: "imprint"},
}
ACTS = sorted(CLAUSES)


@pytest.fixture(params=ACTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def structure(name: str, parsed_file: Callable[[str], Structure]) -> Structure:
    return parsed_file(name)


def test_its_components_are_named_titled_and_approved(name: str, structure: Structure) -> None:
    found = [(c.name, c.title, c.approval_lines) for c in structure.components]
    assert found == COMPONENTS[name]
    assert structure.components[0].signatory == SIGNED[name]
    assert all(not c.signatory for c in structure.components[1:])


def test_its_headings_hold_their_clauses(name: str, structure: Structure) -> None:
    found = [
        (c.component, c.number, c.heading, " ".join(a.short for a in c.clauses))
        for c in structure.chapters
    ]
    assert found == CHAPTERS[name]


def test_its_clauses_have_their_addresses_lines_and_status(name: str, structure: Structure) -> None:
    expected = [case[:4] for case in CLAUSES[name]]
    found = [(c.address.short, c.kind, c.source_lines, c.status) for c in structure.clauses]
    assert found == expected


def test_its_clauses_begin_with_their_own_words(name: str, structure: Structure) -> None:
    for clause, case in zip(structure.clauses, CLAUSES[name], strict=True):
        assert clause.text.startswith(case[4])


def test_its_notes_say_what_was_changed(
    name: str, structure: Structure, amendments_of: Callable[[Structure], list[Amendment]]
) -> None:
    found = [
        (a.target.short, a.action, a.by.number, a.by.kind, a.by.date, a.commencement)
        for a in amendments_of(structure)
    ]
    assert found == AMENDMENTS[name]


def test_its_other_lines_are_front_matter(name: str, structure: Structure) -> None:
    of = {line.line: line.of for line in structure.lines if line.role == "front-matter"}
    assert {line: of.get(line) for line in FRONT_MATTER[name]} == FRONT_MATTER[name]


def test_an_article_keeps_its_heading_apart(parsed_file: Callable[[str], Structure]) -> None:
    by_address = {c.address.short: c for c in parsed_file("law.txt").clauses}
    assert by_address["law/3"].heading == "Өтініш беру"
    assert by_address["law/4"].heading == ""
    assert by_address["law/3/1"].heading == ""


def test_the_adoption_line_keeps_number_and_registration(
    parsed_file: Callable[[str], Structure],
) -> None:
    assert parsed_file("law.txt").adoption.endswith("2018 жылғы 14 мамырдағы № 152-VI ҚРЗ.")
    assert parsed_file("order.txt").adoption.endswith("№ 18377 болып тіркелді.")
    assert parsed_file("decree.txt").adoption.endswith("от 3 апреля 2014 года № 790.")
