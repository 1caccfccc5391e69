"""The rules of drafting, one short text each; and lines that no rule recognises."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.corpus.load import shipped_acts
from kb.corpus.outline import Structure
from kb.corpus.parse import parse
from kb.corpus.read import split_lines
from kb.errors import ParseError

HEAD = """\
Алымдар туралы
Қазақстан Республикасы Президентінің 2020 жылғы 2 наурыздағы № 12 Жарлығы.
"""
LAW = """\
Алымдар туралы
Қазақстан Республикасының Заңы 2020 жылғы 2 наурыздағы № 12-VI ҚРЗ.
"""

# A text, and the clauses it gives: address, and the words of its reading text.
CLAUSES = [
    pytest.param(
        HEAD + "ҚАУЛЫ ЕТЕМІН:\n1. Алым белгіленсін.\n2. Алым төленсін.",
        {"decree/preamble": "ҚАУЛЫ ЕТЕМІН:", "decree/1": "Алым белгіленсін.", "decree/2": None},
        id="an act of two paragraphs",
    ),
    pytest.param(
        HEAD + "Алымдарды реттеу\nмақсатында\nҚАУЛЫ ЕТЕМІН:\n1. Алым белгіленсін.",
        {"decree/preamble": "Алымдарды реттеу мақсатында ҚАУЛЫ ЕТЕМІН:"},
        id="a preamble on three lines",
    ),
    pytest.param(
        HEAD + "1. Алым осы Жарлықтың 6-тармағының\n2) тармақшасында белгіленген.\n2. Соңы.",
        {"decree/1": "Алым осы Жарлықтың 6-тармағының 2) тармақшасында белгіленген."},
        id="a reference that a line break sets at the head of a line",
    ),
    pytest.param(
        HEAD + "1. Алым осы Жарлықтың 6-тармағының\n2) және 3) тармақшаларында көрсетілген.",
        {"decree/1": "Алым осы Жарлықтың 6-тармағының 2) және 3) тармақшаларында көрсетілген."},
        id="a list of references at the head of a line",
    ),
    pytest.param(
        HEAD + "1. Алым\n12\nбелгіленсін.\n2. Соңы.",
        {"decree/1": "Алым белгіленсін."},
        id="a page number inside a sentence",
    ),
    pytest.param(
        HEAD + "1. Алым.\nҚазақстан\nРеспубликасында\n12\nалым төленеді.\n2. Соңы.",
        {"decree/1/part-2": "Қазақстан Республикасында алым төленеді."},
        id="an indent on three lines and two pages",
    ),
    pytest.param(
        HEAD + "1. Алым\nwww.adilet.gov.kz\nсайтында жарияланады.\n2. Соңы.",
        {"decree/1": "Алым www.adilet.gov.kz сайтында жарияланады."},
        id="a foreign name inside a sentence",
    ),
    pytest.param(
        HEAD + "1.\nАлым белгіленсін.\n2. Соңы.",
        {"decree/1": "Алым белгіленсін."},
        id="a number alone on its line",
    ),
    pytest.param(
        HEAD + "1\\. Алым:\n1\\) салық;\n2\\) айып.",
        {"decree/1": "Алым:", "decree/1/1": "салық;", "decree/1/2": "айып."},
        id="numbers that Markdown escapes",
    ),
    pytest.param(
        HEAD + "**1.** Алым.\n- 2. Салық.\n#### 3. Айып.\n**4. Өсімпұл.**",
        {"decree/1": "Алым.", "decree/2": "Салық.", "decree/3": "Айып.", "decree/4": "Өсімпұл."},
        id="paragraphs in four kinds of Markdown",
    ),
    pytest.param(
        HEAD + "1. Алым мыналардан тұрады:\n- 1) салық;\n  - 2) айып;\n3) өсімпұл.",
        {"decree/1/1": "салық;", "decree/1/2": "айып;", "decree/1/3": "өсімпұл."},
        id="items as a Markdown list and as plain lines",
    ),
    pytest.param(
        HEAD + "1. Алым:\n1) мынадай төлем:\nТұрақты төлем;\nБір реттік төлем;\n2) айып.",
        {"decree/1/1": "мынадай төлем:\nТұрақты төлем; Бір реттік төлем;", "decree/1/2": "айып."},
        id="indents of an item",
    ),
    pytest.param(
        HEAD + "1. Алым:\n1) салық;\n2) айып.\nАлым теңгемен төленеді:\n1) бірден;\n2) бөліп.",
        {
            "decree/1": "Алым:\nАлым теңгемен төленеді:",
            "decree/1/2": "айып.",
            "decree/1/part-2": "Алым теңгемен төленеді:",
            "decree/1/part-2/1": "бірден;",
        },
        id="a second list in one paragraph",
    ),
    pytest.param(
        HEAD + "1. Алым.\n1-1. Қосымша алым.\n1-2. Тағы алым:\n1) бір;\n1-1) екі.\n2. Соңы.",
        {"decree/1-1": None, "decree/1-2/1-1": "екі.", "decree/2": "Соңы."},
        id="inserted numbers",
    ),
    pytest.param(
        HEAD + '1. Өзгеріс енгізілсін:\n1) 2-тармақ мынадай:\n"2. Алым.\n3. Айып.";\n2. Соңы.',
        {"decree/1/1": '2-тармақ мынадай:\n"2. Алым.\n3. Айып.";', "decree/2": "Соңы."},
        id="words put into another act",
    ),
    pytest.param(
        HEAD + "1. Өзгеріс енгізілсін:\n«1-бап. Алым\n1. Алым.\n2. Айып.».\n2. Соңы.",
        {
            "decree/1": "Өзгеріс енгізілсін:\n«1-бап. Алым\n1. Алым.\n2. Айып.».",
            "decree/2": "Соңы.",
        },
        id="articles put into another act",
    ),
    pytest.param(
        LAW + "1-бап. Алым түсінігі\nАлым – төлем.\n2-бап\nАлым төлеу\n1. Төленеді.",
        {"law/1": "Алым түсінігі\nАлым – төлем.", "law/2": "Алым төлеу", "law/2/1": "Төленеді."},
        id="articles with a heading beside and below the number",
    ),
    pytest.param(
        LAW + "1-бап. Мемлекеттік алымды\nтөлеу тәртібі\nАлым төленеді.",
        {"law/1": "Мемлекеттік алымды төлеу тәртібі\nАлым төленеді."},
        id="an article's heading on two lines",
    ),
    pytest.param(
        LAW + "1-бап . Мына заңға өзгерістер енгізілсін:\n1. Бір.\n2-бап. Осы Заң қолданылады.",
        {"law/1": "Мына заңға өзгерістер енгізілсін:", "law/1/1": "Бір.", "law/2": None},
        id="articles without a heading",
    ),
    pytest.param(
        HEAD
        + "1. Жалпы\n1.1. Алым.\n1.2. Айып:\n1) бір;\n2) екі.\n2. Төлеу\n2.1. Пеня.\n2.10. Соңы.",
        {"decree/1.1": "Алым.", "decree/1.2/2": "екі.", "decree/2.1": "Пеня.", "decree/2.10": None},
        id="paragraphs numbered by chapter",
    ),
    pytest.param(
        HEAD + "1. Алым 2021 жылғы\n1.5 пайыздан\n12.10.2021 жылғы тізбе бойынша төленеді.",
        {"decree/1": "Алым 2021 жылғы 1.5 пайыздан 12.10.2021 жылғы тізбе бойынша төленеді."},
        id="a decimal number and a date at the head of a line",
    ),
    pytest.param(
        HEAD + "1. Мөлшері:\nТүрі\tМөлшері\n1.\tБір\t5\nАлым теңгемен төленеді.\n2. Соңы.",
        {
            "decree/1": "Мөлшері:\nТүрі\tМөлшері\n1.\tБір\t5\nАлым теңгемен төленеді.",
            "decree/1/part-2": "Алым теңгемен төленеді.",
            "decree/2": "Соңы.",
        },
        id="a table in a paragraph",
    ),
    pytest.param(
        HEAD + "1. Алым:\n1) бір:\nА\tБ\n2) екі.\n2. Соңы.",
        {"decree/1/1": "бір:\nА\tБ", "decree/1/2": "екі."},
        id="a table in an item",
    ),
    pytest.param(
        HEAD + "1. Алым.\nТөраға Қ. Тоқаев\nЖарлыққа 1-қосымша\nМөлшері\nТүрі\tСаны\nБарлығы\t\n"
        "Барлық санаттар бойынша\n1. Пеня.",
        {"annex-1": "Түрі\tСаны\nБарлығы\nБарлық санаттар бойынша", "annex-1/1": "Пеня."},
        id="an annex that begins with a table",
    ),
    pytest.param(
        HEAD + "1. Алым.\nТөраға Қ. Тоқаев\nЖарлыққа 1-қосымша\nТізбе\n1) бір;\n2) екі.",
        {"annex-1/1": "бір;", "annex-1/2": "екі."},
        id="an annex that is a bare list",
    ),
    pytest.param(
        HEAD + "1. Алып тасталды – ҚР Президентінің 04.03.2021 № 540 Жарлығымен.\n2. Соңы.",
        {"decree/1": None, "decree/2": "Соңы."},
        id="an excluded paragraph",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CLAUSES)
def test_clauses(
    parsed: Callable[[str], Structure], text: str, expected: dict[str, str | None]
) -> None:
    found = {clause.address.short: clause.text for clause in parsed(text).clauses}
    for address, words in expected.items():
        assert address in found
        assert words is None or found[address] == words


# A text, and its headings: kind, number, words, and the top-level clauses that stand under it.
HEADINGS = [
    ("1-тарау. Алым\n1. А.\n2-тарау. Айып\n2. Б.", ["chapter 1 Алым: 1", "chapter 2 Айып: 2"]),
    ("Алым 1-тарау\n1. А.\nАйып 2-тарау.\n2. Б.", ["chapter 1 Алым: 1", "chapter 2 Айып: 2"]),
    ("### 1. Алым\n1. А.\n2. Айып\n2. Б.", ["chapter 1 Алым: 1", "chapter 2 Айып: 2"]),
    ("1. Алым\n1. А.\n1-1. Қ.\n2. Айып\n2. Б.", ["chapter 1 Алым: 1 1-1", "chapter 2 Айып: 2"]),
    ("1-ТАРАУ. АЛЫМ\n1. А.", ["chapter 1 АЛЫМ: 1"]),
    ("1-тарау. АЛЫМ\nЖӘНЕ АЙЫП\n1. А.", ["chapter 1 АЛЫМ ЖӘНЕ АЙЫП: 1"]),
    ("1-тарау\nАлым\n1. А.", ["chapter 1 Алым: 1"]),
    ("1-тарау. Алым\nжәне айып\n1. А.", ["chapter 1 Алым және айып: 1"]),
    ("1 тарау. Алым\n1. А.\n1-1-тарау. Айып\n2. Б.", ["chapter 1 Алым: 1", "chapter 1-1 Айып: 2"]),
    ("ІІ-тарау. Алым\n1. А.", ["chapter 2 Алым: 1"]),
    ("Глава 1. Сбор\n1. А.\nГЛАВА 2. ПЕНЯ\n2. Б.", ["chapter 1 Сбор: 1", "chapter 2 ПЕНЯ: 2"]),
    ("**1-тарау. А**\n1. А.\n## 2-тарау. Пеня\n2. Б.", ["chapter 1 А: 1", "chapter 2 Пеня: 2"]),
    ("1-бөлім. Жалпы\n1-тарау. Бір\n1. А.\n2-тарау. Екі\n2. Б.\n2-бөлім. Соңы\n3-тарау. Үш\n3. В.",
     ["section 1 Жалпы: 1 2", "chapter 1 Бір: 1", "chapter 2 Екі: 2", "section 2 Соңы: 3",
      "chapter 3 Үш: 3"]),
    ("1-тарау. Алым\n1-параграф. Кіріс\n1. А.\n2-параграф. Шығыс\n2. Б.\n2-тарау. Айып\n3. В.",
     ["chapter 1 Алым: 1 2", "subchapter 1 Кіріс: 1", "subchapter 2 Шығыс: 2",
      "chapter 2 Айып: 3"]),
    ("Раздел I. Общее\nГлава 1. Сбор\n§ 1. Вид\n1. А.",
     ["section 1 Общее: 1", "chapter 1 Сбор: 1", "subchapter 1 Вид: 1"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HEADINGS)
def test_headings(parsed: Callable[[str], Structure], text: str, expected: list[str]) -> None:
    structure = parsed(HEAD + text)
    found = [
        f"{c.kind} {c.number} {c.heading}: {' '.join(a.path[0] for a in c.clauses)}"
        for c in structure.chapters
    ]
    assert found == expected


@pytest.mark.parametrize(
    "line", ["1. Алым төленеді.", "1. Алымды төлеу\n2. Айыпты төлеу.", "1. Алым:\n1) бір;\n2) екі."]
)
def test_a_paragraph_is_no_heading(parsed: Callable[[str], Structure], line: str) -> None:
    assert parsed(HEAD + line).chapters == ()


SIGNATURES = [
    "Қазақстан Республикасының Президенті Қ. Тоқаев",
    "Қазақстан Республикасының Президенті\nҚ.Тоқаев",
    "Қазақстан Республикасының\nПрезиденті Қ. ТОҚАЕВ",
    "Қазақстан Республикасының\nПремьер-Министрі\nӘ. Смайылов",
    "Қазақстан Республикасының\nҚаржы министрінің міндетін атқарушы Б. Шолпанқұлов",
    "Төраға\nДархан Жазықбаев",
    "Алматы қаласы мәслихатының хатшысы\nІ. Сәрсенов",
    "Министр А. Сәрінжіпов",
    "Президент\nРеспублики Казахстан К. Токаев",
    "Н.Назарбаев",
    "Қазақстан Республикасының\nПремьер-Министрi",
]


@pytest.mark.parametrize("signature", SIGNATURES)
def test_signatures(parsed: Callable[[str], Structure], signature: str) -> None:
    structure = parsed(f"{HEAD}1. Алым белгіленсін.\n{signature}\n")
    assert structure.components[0].signatory == tuple(signature.split("\n"))
    assert [c.text for c in structure.clauses] == ["Алым белгіленсін."]


# An approval block with the title under it: the component's name, and the lines of the block.
BLOCKS = [
    ("БЕКІТІЛГЕН\nПрезидент Жарлығы\n2020 жылғы 2 наурыздағы № 12\nАлым ережесі", "regulation", 3),
    ("Қазақстан Республикасы\nПрезидентінің\n2020 жылғы 2 наурыздағы\n№ 12 Жарлығымен\nБЕКІТІЛГЕН\n"
     "Алымдар туралы\nЕРЕЖЕ", "regulation", 5),
    ("Қазақстан Республикасы\nПрезидентінің\n2020 жылғы 2 наурыздағы\n№ 12 Жарлығымен\nбекітілген\n"
     "Алым төлеу қағидалары", "rules", 5),
    ("Қазақстан Республикасы Президентінің 2020 жылғы 2 наурыздағы № 12 Жарлығымен бекітілген\n"
     "Алым нұсқаулығы", "instruction", 1),
    ("ҚОСЫМША\nПрезиденттің\nЖарлығына\n2020 жылғы 2 наурыздағы № 12\nОрындар тізбесі", "annex", 4),
    ("Жарлыққа 1-қосымша\nОрындар тізбесі", "annex-1", 1),
    ("Қазақстан Республикасы Президентінің\n2020 жылғы 2 наурыздағы\n№ 12 Жарлығына\n2-ҚОСЫМША\n"
     "Орындар тізбесі", "annex-2", 4),
    ("Қазақстан Республикасы Президентінің\n2020 жылғы 2 наурыздағы № 12\nЖарлығына\nқосымша\n"
     "Орындар тізбесі", "annex", 4),
    ("Жарлыққа 1-қосымша\nАлым төлеу қағидалары", "rules", 1),
    ("Приложение 3\nк Указу Президента\nРеспублики Казахстан\nот 2 марта 2020 года № 12\nПеречень",
     "annex-3", 4),
    ("УТВЕРЖДЕНЫ\nУказом Президента\nот 2 марта 2020 года № 12\nПравила уплаты сбора", "rules", 3),
    ("Приложение 1 к Указу Президента от 2 марта 2020 года № 12\nПравила уплаты", "rules", 1),
]  # fmt: skip


@pytest.mark.parametrize(("block", "name", "lines"), BLOCKS)
def test_approval_blocks(
    parsed: Callable[[str], Structure], block: str, name: str, lines: int
) -> None:
    sign = "Қазақстан Республикасының Президенті Қ. Тоқаев"
    structure = parsed(f"{HEAD}1. Бекітілсін.\n{sign}\n{block}\n1. Алым төленеді.\n")
    component = structure.components[1]
    assert (component.name, len(component.approval)) == (name, lines)
    assert component.title == " ".join(block.split("\n")[lines:])
    assert [c.address.short for c in structure.clauses] == ["decree/1", f"{name}/1"]


OPENINGS = [
    ("Қазақстан Республикасы Президентінің 2020 жылғы 2 наурыздағы № 12 Жарлығы.", "decree"),
    ("Қазақстан Республикасы Президентінің\n2020 жылғы 2 наурыздағы № 12\nЖарлығы", "decree"),
    ("Қазақстан Республикасының Заңы 2020 жылғы 2 наурыз № 12-VI ҚРЗ.", "law"),
    ("Қазақстан Республикасының Кодексі 2020 жылғы 2 наурыздағы № 12-VI ҚРЗ.", "code"),
    ("Қазақстан Республикасы Үкiметiнiң 1999 жылғы 2 шiлдедегi N 912 қаулысы", "resolution"),
    ("Қазақстан Республикасы Қаржы министрінің 2020 жылғы 2 наурыздағы № 12-НҚ бұйрығы. Қазақстан"
     " Республикасының Әділет министрлігінде 2020 жылғы 4 наурызда № 18377 тіркелді", "order"),
    ("Алматы қаласы мәслихатының 2021 жылғы 10 желтоқсандағы № 18/145 шешімі. Күші жойылды -"
     " Алматы қаласы мәслихатының 2023 жылғы 1 ақпандағы № 20/3 шешімімен", "resolution"),
    ("Указ Президента Республики Казахстан от 2 марта 2020 года № 12.", "decree"),
    ("Приказ Министра финансов Республики Казахстан от 2 марта 2020 года № 12.\nЗарегистрирован"
     " в Министерстве юстиции Республики Казахстан 4 марта 2020 года № 18377", "order"),
]  # fmt: skip


@pytest.mark.parametrize(("adoption", "name"), OPENINGS)
def test_openings(parsed: Callable[[str], Structure], adoption: str, name: str) -> None:
    structure = parsed(f"Алым қағидаларын бекіту туралы\n{adoption}\n1. Алым төленеді.")
    assert structure.title == "Алым қағидаларын бекіту туралы"
    assert structure.adoption == adoption.replace("\n", " ")
    assert [c.address.short for c in structure.clauses] == [f"{name}/1"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ҚАЗАҚСТАН РЕСПУБЛИКАСЫ ПРЕЗИДЕНТІНІҢ ЖАРЛЫҒЫ\nАлым қағидалары туралы\n1. А.", "decree"),
        ("Алым қағидаларын бекіту туралы\nБҰЙЫРАМЫН:\n1. А.", "order"),
        ("Алым қағидаларын бекіту туралы\nҮкімет ҚАУЛЫ ЕТЕДІ:\n1. А.", "resolution"),
        ("Алымдар туралы\n1-бап. Алым\n1. А.", "law"),
        ("Алым төлеу қағидалары\n1. А.", "rules"),
        ("Қаржы министрінің\n2020 жылғы 2 наурыздағы\n№ 12 бұйрығымен\nбекітілген\n"
         "Алым қағидалары\n1-тарау. Жалпы\n1. А.", "rules"),
    ],
)  # fmt: skip
def test_an_act_without_an_adoption_line_is_named_by_what_it_says(
    parsed: Callable[[str], Structure], text: str, name: str
) -> None:
    assert parsed(text).clauses[-1].address.component == name


def test_a_table_of_contents_is_no_text(parsed: Callable[[str], Structure]) -> None:
    structure = parsed(
        LAW + "МАЗМҰНЫ\n1-тарау. Алым\n1-бап. Түсінік\n2-бап. Төлеу\nОсы Заң алымды реттейді.\n"
        "1-тарау. Алым\n1-бап. Түсінік\nАлым – төлем.\n2-бап. Төлеу\nТөленеді."
    )
    found = [c.address.short for c in structure.clauses]
    assert found == ["law/preamble", "law/1", "law/2"]
    contents = [line.line for line in structure.lines if line.of == "contents"]
    assert contents == [3, 4, 5, 6]


# A text, and the lines that its notes take.
NOTES = [
    ("Ескерту. 1-тармаққа өзгеріс енгізілді - ҚР Президентінің 04.03.2021 № 540 Жарлығымен.", 1),
    ("Ескерту. 1-тармақ жаңа редакцияда - ҚР Президентінің\n04.03.2021 № 540 Жарлығымен.", 2),
    ("Сілтеме. 1-тармаққа өзгеріс енгізілді - ҚР Президентінің 04.03.2021 № 540 (алғашқы\n"
     "ресми жарияланған күнінен бастап қолданысқа енгізіледі)\nЖарлығымен.", 3),
    ("Ескерту. Өзгеріс енгізілді - ҚР Президентінің 04.03.2021 № 540 (бастап);\n"
     "05.06.2022 № 910 Жарлықтарымен.", 2),
    ("**С лтеме. 1-тармақ жаңа редакцияда - ҚР 01.06.2017 No 487 Жарлығымен.**", 1),
    ("Сноска. Пункт 1 в редакции Указа Президента РК\nот 04.03.2021 № 540.", 2),
    ("Ескерту. 1-тармаққа өзгеріс енгізілді - ҚР Президентінің 04.03.2021 № 540 Жарлығымен", 1),
    ("РҚАО-ның ескертпесі!\n1-тармаққа өзгеріс енгізу көзделген.", 2),
    ("ЗҚАИ-ның ескертпесі! 1-тармақты 2-тармақтан қараңыз.", 1),
    ("Примечание ИЗПИ!\nПункт 1 предусмотрен в редакции Указа.", 2),
]  # fmt: skip


@pytest.mark.parametrize(("note", "lines"), NOTES)
def test_notes(parsed: Callable[[str], Structure], note: str, lines: int) -> None:
    structure = parsed(f"{HEAD}1. Алым белгіленсін.\n{note}\nАлым теңгемен төленеді.\n2. Соңы.")
    assert [n.source_lines for n in structure.notes] == [tuple(range(4, 4 + lines))]
    assert structure.clauses[0].text == "Алым белгіленсін.\nАлым теңгемен төленеді."


# A text, and the line that no rule recognises.
STRAY = [
    (HEAD + "1-тарау. Алым\nБұл жол ешқандай ережеге сыймайды.\n1. Алым.", 4),
    (HEAD + "1. Алым.\nҚазақстан Республикасының Президенті Қ. Тоқаев\nАртық жол.", 5),
    (HEAD + "1. Алым.\n© 2012. Институт\nАртық жол.", 5),
    (HEAD + "1. Алым.\n© 2012. Институт\n2. Артық тармақ.", 5),
    (HEAD + "1. Алым.\nЖАЛПЫ ЕРЕЖЕЛЕР\n2. Айып.", 4),
    (HEAD + "1. Алым.\n## Жалпы ережелер\n2. Айып.", 4),
    (HEAD + "1. Алым.\nЖалпы ережелер\n2. Айып.", 4),
    (HEAD + "1. Алым:\n1) салық;\n2) айып.\nКездейсоқ жол\n2. Айып.", 6),
    (HEAD + "1. Алым.\nКездейсоқ жол", 4),
    (HEAD + "1. Алым.\nLorem ipsum dolor sit amet.\n2. Айып.", 4),
    (HEAD + "1. Алым.\n|---|---|\n2. Айып.", 4),
    (HEAD + "1-тарау. Алым\nА\tБ\n1. Алым.", 4),
    (HEAD + "1-тарау. Алым\n1) салық;", 4),
    (HEAD + "1) салық;", 3),
    (HEAD + "ҚАУЛЫ ЕТЕМІН:\n1) салық;", 4),
    (HEAD + "2. Алым.\n1. Айып.", 4),
    (HEAD + "1. Алым.\n1. Айып.", 4),
    (HEAD + "1. Алым:\n2) салық;\n1) айып.", 5),
    (LAW + "2-бап. Алым\n1. А.\n1-бап. Айып\n1. Б.", 5),
    (HEAD + "Бұл сөйлем де емес\n1. Алым.", 3),
    (HEAD + "1. Алым.\n1-тарау. Айып\nартық жол.\n2. Пеня.", 5),
]


@pytest.mark.parametrize(("text", "line"), STRAY)
def test_a_line_that_no_rule_recognises_is_named(
    parsed: Callable[[str], Structure], text: str, line: int
) -> None:
    with pytest.raises(ParseError, match=f"line {line}: ") as caught:
        parsed(text)
    assert caught.value.line == line
    assert "\n" not in str(caught.value)


def test_every_line_not_understood_is_gathered_and_the_rest_is_parsed() -> None:
    text = HEAD + "1. Алым.\nКездейсоқ жол\n2. Айып.\n1. Пеня.\n3. Соңы."
    lines = split_lines(text)
    refused: list[ParseError] = []
    structure = parse(lines, {line.number: line.text for line in lines}, refused)
    assert [error.line for error in refused] == [4, 6]
    assert [c.address.short for c in structure.clauses] == ["decree/1", "decree/2", "decree/3"]
    assert [line.line for line in structure.lines if line.role == "refused"] == [4, 6]


def test_line_ends_and_hard_spaces_change_nothing(parsed: Callable[[str], Structure]) -> None:
    text = HEAD + "1. Алым мыналардан тұрады:\n1) салық;\n2) айып.\n"
    expected = [(c.address, c.text) for c in parsed(text).clauses]
    for other in (
        text.replace("\n", "\r\n"),
        text.replace("\n", "\n\n"),
        text.replace("1. ", "1.\xa0"),
    ):
        assert [(c.address, c.text) for c in parsed(other).clauses] == expected


def parsed_or_refused(text: str) -> Structure | ParseError:
    """The structure of a text, or the error that names one of its lines."""
    lines = split_lines(text)
    try:
        structure = parse(lines, {line.number: line.text for line in lines})
    except ParseError as error:
        return error
    assert [line.line for line in structure.lines] == [line.number for line in lines]
    return structure


SHIPPED = (shipped_acts() / "U1500000153" / "decree-153.kk.txt").read_text(encoding="utf-8")


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(0, SHIPPED.count("\n")), max_size=30))
def test_whatever_is_left_of_an_act_each_line_is_placed_once_or_named(gone: set[int]) -> None:
    kept = ["" if n in gone else line for n, line in enumerate(SHIPPED.split("\n"))]
    found = parsed_or_refused("\n".join(kept))
    if isinstance(found, ParseError):
        assert kept[found.line - 1].strip()
    else:
        placed = [n for c in found.clauses if c.kind != "part" for n in c.source_lines]
        assert len(placed) == len(set(placed))


MARKS = [
    "1-тарау. Алым", "2. Айып", "1. Алым.", "2. Айып:", "1) салық;", "2) пеня.", "Алым төленеді.",
    "және айып", "1-бап. Алым", "2-бап.", "Ескерту. 1-тармақ алып тасталды.", "БЕКІТІЛГЕН", "№ 12",
    "Қ. Тоқаев", "Төраға", "«1. Алым", "алым».", "© 2012", "7", "ҚАУЛЫ ЕТЕМІН:", "Алым туралы",
    "Жарлыққа 1-қосымша", "МАЗМҰНЫ", "КЕЛІСІЛДІ", "РҚАО-ның ескертпесі!", "1-параграф. Алым",
    "Қазақстан Республикасы", "2020 жылғы 2 наурыздағы № 12 Жарлығы", "ЕРЕЖЕ", '"2. Алым";',
    "1) тармақшасында", "Алып тасталды.",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=25))
def test_any_order_of_lines_is_parsed_or_refused(chosen: list[str]) -> None:
    found = parsed_or_refused("\n".join(chosen))
    if isinstance(found, ParseError):
        assert chosen[found.line - 1]
    else:
        addresses = [clause.address for clause in found.clauses]
        assert len(addresses) == len(set(addresses))
        assert {c.parent for c in found.clauses if c.parent} <= set(addresses)
