"""One text in every format gives the same records; and what each reader makes of odd files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from kb.importing.inspect import Inspection
from kb.importing.read_file import source_text

HERE = Path(__file__).parent
ACTS, EDITIONS = HERE / "acts", HERE.parent / "editions"
TEXTS = ("first.kk.txt", "second.kk.txt", "second.ru.txt")
# A format, the name of its writer, and what that is told.
WRITERS = [
    ("html", "as_html", {}),
    ("docx", "as_docx", {}),
    ("pdf", "as_pdf", {}),
    ("pdf", "as_pdf", {"indent": "0em"}),
    ("text", "as_text", {"encoding": "utf-8-sig"}),
    ("text", "as_text", {"encoding": "utf-16"}),
    ("text", "as_text", {"encoding": "utf-16-le"}),
]


def told(found: Inspection) -> object:
    """The records, without the line numbers that differ with the empty lines of a file."""
    clauses = [(c.address, c.kind, c.text, c.heading, c.status) for c in found.records.clauses]
    amendments = [(a.target, a.action, a.by, a.commencement) for a in found.records.amendments]
    components = [(c.name, c.title, c.approval, c.signatory) for c in found.act.components]
    chapters = [(c.number, c.heading, c.clauses) for c in found.act.chapters]
    return found.act.title, components, chapters, clauses, amendments


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(("form", "writer", "told_to"), WRITERS)
def test_every_format_gives_the_same_records(
    inspected: Callable[..., Inspection],
    files: SimpleNamespace,
    name: str,
    form: str,
    writer: str,
    told_to: dict[str, str],
) -> None:
    text = (EDITIONS / name).read_text(encoding="utf-8")
    data = getattr(files, writer)(files.filled(text), **told_to)
    plain, other = inspected(text.encode()), inspected(data)
    assert not plain.refused
    assert not other.refused
    assert told(other) == told(plain)
    assert other.source.format == form


@pytest.mark.parametrize(
    ("name", "encoding"), [("second.ru.txt", "windows-1251"), ("second.kk.txt", "kz1048")]
)
def test_one_byte_encodings(inspected: Callable[..., Inspection], name: str, encoding: str) -> None:
    text = (EDITIONS / name).read_text(encoding="utf-8")
    assert told(inspected(text.encode(encoding))) == told(inspected(text.encode()))


def test_a_saved_page_keeps_its_anchors_and_its_code(files: SimpleNamespace) -> None:
    lines = files.filled((EDITIONS / "second.kk.txt").read_text(encoding="utf-8"))
    found = source_text(files.as_html(lines))
    assert found.code == "V1800016985"
    assert found.anchors[:2] == ((3, "z1"), (4, "z2"))
    assert list(found.lines) == lines


def test_page_dressing_of_a_pdf_is_left_out_and_said(files: SimpleNamespace) -> None:
    lines = files.filled((EDITIONS / "second.kk.txt").read_text(encoding="utf-8"))
    found = source_text(files.as_pdf(lines, head="12.10.2021 басылған"))
    assert list(found.lines) == lines
    assert found.remarks == ("on 3 pages the line '#.#.# басылған' was left out",)


HTML = [
    pytest.param("<p>1. А&nbsp;б&shy;в.</p><p>2. Г</p>", ["1. А бв.", "2. Г"], id="entities"),
    pytest.param("<p>Қазақстан<br>Республикасы</p>", ["Қазақстан", "Республикасы"], id="a break"),
    pytest.param("<p>1.  <b>А</b>лым<i>.</i></p>", ["1. Алым."], id="inline marks"),
    pytest.param("<pre>1. А\n2. Б</pre>", ["1. А", "2. Б"], id="preformatted lines"),
    pytest.param("<p>6<sup>1</sup>-бап</p>", ["6¹-бап"], id="raised digits stay apart"),
    pytest.param("<ol><li>А</li><li>Б</li></ol>", ["1. А", "2. Б"], id="numbers of a list"),
    pytest.param("<!-- 1. Жоқ --><p>А</p><style>p{}</style>", ["А"], id="no text"),
    pytest.param(
        "<table><tr><td></td><td>А<br>1-қосымша</td></tr></table>", ["А", "1-қосымша"],
        id="an approval block set as a table",
    ),
    pytest.param(
        "<table><tr><td>А</td><td>Б<br>в</td></tr><tr><td colspan=2>Г</td></tr></table>",
        ["А\tБ в", "Г\t"], id="the rows of a table",
    ),
    pytest.param(
        "<table><tr><td>А</td><td><table><tr><td>1</td></tr><tr><td>2</td></tr></table></td></tr>"
        "<tr><td>Б</td><td>В</td></tr></table>",
        ["А\t1 2", "Б\tВ"], id="a table in a table",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("block", "lines"), HTML)
def test_lines_of_a_page(block: str, lines: list[str]) -> None:
    page = f'<html><body><div class="container_gamma text">{block}</div></body></html>'
    assert list(source_text(page.encode()).lines) == lines


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_a_page_in_the_encoding_that_it_declares(encoding: str) -> None:
    page = f"<html><head><meta charset={encoding}></head><body><p>1. Сбор.</p></body></html>"
    assert source_text(page.encode(encoding)).lines == ("1. Сбор.",)


def numbered(paragraph: object, list_number: int, level: int = 0) -> None:
    """Give a paragraph a number of Word's own."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # type: ignore[attr-defined]
    properties.get_or_add_numId().val = list_number
    properties.get_or_add_ilvl().val = level


def test_numbers_that_word_sets_by_itself(files: SimpleNamespace) -> None:
    document = Document()
    levels = {
        0: ("decimal", "%1."),
        1: ("decimal", "%2)"),
        2: ("russianLower", "%3)"),
        3: ("bullet", "•"),
    }
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    for depth, (form, text) in levels.items():
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for tag, value in (("start", "1"), ("numFmt", form), ("lvlText", text)):
            child = OxmlElement(f"w:{tag}")
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
    numbering.insert(0, abstract)
    number = numbering.add_num(90).numId
    for text, depth in (
        ("А.", 0),
        ("Б:", 0),
        ("в;", 1),
        ("г;", 2),
        ("ғ;", 3),
        ("д.", 1),
        ("Е.", 0),
    ):
        numbered(document.add_paragraph(text), number, depth)
    lines = source_text(files.saved(document)).lines
    assert lines == ("1. А.", "2. Б:", "1) в;", "а) г;", "ғ;", "2) д.", "3. Е.")


def test_parts_of_a_word_document(files: SimpleNamespace) -> None:
    document = Document()
    paragraph = document.add_paragraph("1. Алым")
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("белгіленсін")
    paragraph.add_run("2").font.superscript = True
    document.add_paragraph("А\tб").add_run().add_break()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), "АБВГ", strict=True):
        cell.text = text
    document.sections[0].header.paragraphs[0].text = "Басы"
    lines = source_text(files.saved(document)).lines
    assert lines == ("1. Алым белгіленсін²", "А б", "А\tБ", "В\tГ")


def test_words_broken_by_a_hyphen_at_the_end_of_a_line(files: SimpleNamespace) -> None:
    words = "Государственные служащие соблюдают общепринятые морально-этические нормы. " * 6
    found = source_text(files.as_pdf([f"1. {words.strip()}"], hyphenate="true"))
    assert found.lines[-1] == f"1. {words.strip()}"
    assert "words joined over a line's end" in found.remarks[0]


@pytest.mark.parametrize(
    ("name", "act", "components"),
    [
        ("law.kk.txt", "Z2000000331", ["law"]),
        ("law.ru.txt", "Z2000000331", ["law"]),
        ("order.kk.html", "V2100022345", ["order", "rules", "annex-1", "annex-2"]),
    ],
)
def test_acts_never_seen_before(
    inspected: Callable[..., Inspection], name: str, act: str, components: list[str]
) -> None:
    found = inspected((ACTS / name).read_bytes(), act, date(2023, 7, 1))
    assert not found.refused
    assert [c.name for c in found.act.components] == components


def test_a_law_in_two_languages_has_the_same_addresses(
    inspected: Callable[..., Inspection],
) -> None:
    kazakh, russian = (
        inspected((ACTS / f"law.{lang}.txt").read_bytes(), "Z2000000331", date(2023, 7, 1))
        for lang in ("kk", "ru")
    )
    for one, other in zip(kazakh.records.clauses, russian.records.clauses, strict=True):
        assert (one.address, one.kind, one.status) == (other.address, other.kind, other.status)
    assert [(a.target, a.action, a.by, a.commencement) for a in kazakh.records.amendments] == [
        (a.target, a.action, a.by, a.commencement) for a in russian.records.amendments
    ]
    kk, ru = ([(c.kind, c.number, c.clauses) for c in f.act.chapters] for f in (kazakh, russian))
    assert kk == ru
    assert (kazakh.act.in_force, kazakh.act.kind, kazakh.act.number) == (
        date(2020, 7, 1), "law", "331-VI",
    )  # fmt: skip


def test_the_russian_decree_has_the_addresses_of_the_kazakh_one(
    inspected: Callable[..., Inspection],
) -> None:
    kazakh, russian = (
        inspected((ACTS / f"decree.{lang}.txt").read_bytes(), "U1500000153", date(2022, 2, 22))
        for lang in ("kk", "ru")
    )
    assert not kazakh.refused
    assert not russian.refused
    names = [component.name for component in russian.act.components]
    assert names == ["decree", "code", "regulation", "annex"]
    addresses = [(c.address, c.kind) for c in kazakh.records.clauses]
    assert addresses == [(c.address, c.kind) for c in russian.records.clauses]
    repealed = [(r.act.number, r.act.date) for r in kazakh.records.repeals]
    assert repealed == [(r.act.number, r.act.date) for r in russian.records.repeals]


def test_tables_stand_in_the_clause_or_annex_that_they_are_in(
    inspected: Callable[..., Inspection],
) -> None:
    found = inspected((ACTS / "order.kk.html").read_bytes(), "V2100022345", date(2023, 7, 1))
    texts = {c.address.short: c for c in found.records.clauses}
    assert texts["rules/2"].text.split("\n")[1:] == [
        "Р/с №\tКезең\tМерзімі",
        "1.\tӨтінім беру\t1 наурызға дейін",
        "2.\tІріктеу\t1 сәуірге дейін",
    ]
    assert texts["annex-1"].kind == "text"
    assert texts["annex-1"].text.split("\n") == [
        "Өлшемшарт\tБалл",
        "Негізгі өлшемшарттар",
        "Мазмұны\t10",
        "Безендірілуі\t5",
        "Ескертпе: балл бүтін санмен қойылады.",
    ]
    assert texts["annex-2/2"].text == "жұмыстың көшірмесі."
    assert not any(c.kind == "part" for c in found.records.clauses)
