"""Decree No. 153 as records: every address, heading, line and word of the source is where it is."""

import hashlib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import kb
from kb.corpus.load import shipped_acts
from kb.corpus.read import undress
from kb.model import Act, Clause, Records

SHA256 = "9a4957ded9e70e7a71c168dbfbbadbb9ef00052dc2c371cf1127797640a57eca"
SOURCE = shipped_acts() / "U1500000153" / "decree-153.kk.txt"
HANDED_OVER = Path(kb.__file__).parents[2] / "shared" / "source" / "decree-153.kk.txt"


def numbered(component: str, items: dict[int, int], last: int) -> list[str]:
    """The addresses of paragraphs 1 to ``last``, and of the items that some of them have."""
    addresses = []
    for n in range(1, last + 1):
        addresses.append(f"{component}/{n}")
        addresses += [f"{component}/{n}/{item}" for item in range(1, items.get(n, 0) + 1)]
    return addresses


NUMBERED = [
    "decree/preamble",
    *numbered("decree", {1: 2}, 3),
    *numbered("code", {5: 6, 6: 9, 8: 8}, 12),
    *numbered("regulation", {4: 12, 5: 4}, 10),
    *numbered("annex", {}, 4),
]
PARTS = {"code/1": 6, "code/9": 4, "regulation/2": 4, "regulation/6": 2, "regulation/9": 3}


def source_lines() -> list[str]:
    return SOURCE.read_text(encoding="utf-8").split("\n")


def test_the_shipped_source_is_the_text_that_was_reviewed() -> None:
    assert hashlib.sha256(SOURCE.read_bytes()).hexdigest() == SHA256


def test_the_shipped_source_is_a_byte_for_byte_copy() -> None:
    if not HANDED_OVER.is_file():
        pytest.skip("the text as it was handed over is not beside this checkout")
    assert SOURCE.read_bytes() == HANDED_OVER.read_bytes()


def test_the_act_has_seventy_one_numbered_clauses_in_the_texts_order(records: Records) -> None:
    found = [c.address.short for c in records.clauses if c.kind != "part"]
    assert found == NUMBERED
    assert len(found) == 71


def test_only_paragraphs_with_several_indents_have_parts(records: Records) -> None:
    found = [c.address.short for c in records.clauses if c.kind == "part"]
    assert found == [f"{a}/part-{n}" for a, count in PARTS.items() for n in range(1, count + 1)]


def test_a_part_repeats_its_paragraphs_words(clauses: dict[str, Clause]) -> None:
    for address, count in PARTS.items():
        parts = [clauses[f"{address}/part-{n}"] for n in range(1, count + 1)]
        assert "\n".join(part.text for part in parts) == clauses[address].text
        assert all(part.parent == clauses[address].address for part in parts)
        lines = tuple(n for part in parts for n in part.source_lines)
        assert lines == clauses[address].source_lines


def test_every_address_names_the_act_and_its_parent(records: Records) -> None:
    addresses = {clause.address for clause in records.clauses}
    for clause in records.clauses:
        assert clause.address.act == "U1500000153"
        expected = clause.address.parent if len(clause.address.path) > 1 else None
        assert clause.parent == expected
        assert clause.parent is None or clause.parent in addresses


CHAPTERS = [
    ("code", "1", "Жалпы ережелер", 39, range(1, 5)),
    ("code", "2", "Мемлекеттік қызметтің этикалық принциптері", 61, range(5, 6)),
    (
        "code",
        "3",
        "Мемлекеттік қызметшілердің қызметтік этикасының нормалары",
        77,
        range(6, 11),
    ),
    ("code", "4", "Кәсіби этика нормаларын бұзудың алдын алуды үйлестіру", 116, range(11, 12)),
    ("code", "5", "Қызметтік этиканы бұзғаны үшін жауапкершілік", 120, range(12, 13)),
    ("regulation", "1", "Жалпы ережелер", 136, range(1, 4)),
    ("regulation", "2", "Әдеп жөніндегі уәкілдің негізгі функциялары", 158, range(4, 7)),
    ("regulation", "3", "Әдеп жөніндегі уәкілдің қызметін ұйымдастыру", 206, range(7, 11)),
]


def test_five_chapters_of_the_code_and_three_of_the_regulation(act: Act) -> None:
    found = [(c.component, c.number, c.heading, c.source_lines) for c in act.chapters]
    assert found == [
        (name, number, heading, (line,)) for name, number, heading, line, _ in CHAPTERS
    ]
    for chapter, (name, _, _, _, held) in zip(act.chapters, CHAPTERS, strict=True):
        assert [a.short for a in chapter.clauses] == [f"{name}/{n}" for n in held]
        assert chapter.kind == "chapter"


def test_a_clause_names_the_chapter_that_holds_it(act: Act, clauses: dict[str, Clause]) -> None:
    held = {a.short: c.number for c in act.chapters for a in c.clauses}
    for address, clause in clauses.items():
        top = "/".join(address.split("/")[:2])
        assert clause.chapter == held.get(top)


def test_the_act_knows_its_title_number_and_days(act: Act) -> None:
    assert act.title.startswith("Қазақстан Республикасы мемлекеттік қызметшілерінің әдептік")
    assert act.title.endswith("жөніндегі шаралар туралы")
    assert (act.id, act.kind, act.number, act.lang) == ("U1500000153", "decree", "153", "kk")
    assert (act.adopted, act.in_force) == (date(2015, 12, 29), date(2016, 1, 1))
    assert act.edition == date(2022, 2, 22)
    assert act.source_sha256 == SHA256


COMPONENTS = [
    ("decree", (5, 7), ()),
    ("code", (35,), (27, 29, 31, 33)),
    ("regulation", (132, 134), (124, 126, 128, 130)),
    ("annex", (226, 228, 229), (220, 222, 223, 224)),
]


def test_every_component_has_its_title_and_approval_block(act: Act) -> None:
    found = [(c.name, c.title_lines, c.approval_lines) for c in act.components]
    assert found == COMPONENTS
    by_name = {c.name: c for c in act.components}
    assert by_name["code"].approval[0] == "БЕКІТІЛГЕН"
    assert by_name["code"].approval[-1] == "2015 жылғы 29 желтоқсандағы №153"
    assert (
        by_name["code"].title == "Қазақстан Республикасы мемлекеттік қызметшілерінің әдеп кодексі"
    )
    assert by_name["regulation"].title == "POSITION Әдеп жөніндегі уәкіл туралы"


def test_the_decree_is_signed_by_the_president(act: Act) -> None:
    signed = {c.name: (c.signatory, c.signatory_lines) for c in act.components if c.signatory}
    names = ("Қазақстан Республикасының Президенті", "Н.Назарбаев")
    assert signed == {"decree": (names, (23, 25))}


LINES_OF = [
    ("decree/preamble", (9,)),
    ("decree/1", (11,)),
    ("decree/1/2", (15,)),
    ("code/1", (41, 43, 45, 47, 49, 51, 53)),
    ("code/1/part-4", (47, 49)),
    ("code/6/1", (81,)),
    ("code/6/9", (89,)),
    ("code/7", (90,)),
    ("code/8", (92,)),
    ("code/8/5", (98,)),
    ("code/8/6", (100,)),
    ("code/9/part-3", (110,)),
    ("regulation/2", (140, 142, 144, 146, 148)),
    ("regulation/2/part-3", (144, 146)),
    ("regulation/3", (152, 154)),
    ("regulation/4/10", (180, 182)),
    ("regulation/4/12", (186,)),
    ("regulation/9/part-2", (214,)),
    ("regulation/10", (218,)),
    ("annex/4", (239,)),
]


@pytest.mark.parametrize(("address", "lines"), LINES_OF)
def test_a_clause_names_its_source_lines(
    clauses: dict[str, Clause], address: str, lines: tuple[int, ...]
) -> None:
    assert clauses[address].source_lines == lines


def test_every_line_with_words_is_accounted_for_exactly_once(act: Act) -> None:
    with_words = [n for n, line in enumerate(source_lines(), start=1) if line.strip()]
    assert [line.line for line in act.lines] == with_words
    roles = Counter(line.role for line in act.lines)
    assert roles.keys() == {"clause", "heading", "note", "front-matter"}
    assert (roles["heading"], roles["note"]) == (8, 6)


def test_a_line_is_a_clauses_exactly_where_the_clause_says_so(records: Records, act: Act) -> None:
    by_line = {line.line: line.of for line in act.lines if line.role == "clause"}
    whole = [clause for clause in records.clauses if clause.kind != "part"]
    assert by_line == {n: c.address.short for c in whole for n in c.source_lines}
    notes = {line.line for line in act.lines if line.role == "note"}
    assert notes == {n for a in records.amendments for n in a.source_lines}


def test_verbatim_text_stands_on_its_lines_character_for_character(records: Records) -> None:
    lines = source_lines()
    for clause in records.clauses:
        quoted = clause.source_text.split("\n")
        assert len(quoted) == len(clause.source_lines)
        for words, number in zip(quoted, clause.source_lines, strict=True):
            assert words
            assert words in lines[number - 1]


def test_verbatim_text_leaves_out_nothing_but_marks(records: Records) -> None:
    lines = source_lines()
    for clause in records.clauses:
        for words, number in zip(clause.source_text.split("\n"), clause.source_lines, strict=True):
            before = undress(number, lines[number - 1]).text.removesuffix(words)
            own = (
                clause.parent.path[-1] if clause.kind == "part" and clause.parent else clause.number
            )
            assert before.strip() in {"", f"{own}.", f"{own})"}


def test_no_text_keeps_a_list_mark_or_a_number_before_it(records: Records) -> None:
    for clause in records.clauses:
        assert not clause.text.startswith(("-", "#", "*", f"{clause.number}.", f"{clause.number})"))
        assert clause.text == clause.text.strip()
        assert "**" not in clause.text
        assert clause.status == "in-force"
