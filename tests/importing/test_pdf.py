"""Tables, columns and page dressing of PDFs: read as the page shows them, or doubted aloud."""

from __future__ import annotations

import io

import pypdf
import pytest
import typst
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from kb.importing.pdf_widths import Run, Widths
from kb.importing.read_file import source_text
from kb.importing.source import SourceText

SETTINGS = '#set page(paper: "a5", margin: 2cm)\n#set text(lang: "ru", size: 10pt)\n'
HEAD = "[№ п/п], [Наименование этапа], [Срок]"
ROWS = (
    "[1], [Подача заявления в уполномоченный орган с приложением всех документов], [до 1 марта],"
    "[2], [Отбор], [до 1 апреля текущего года включительно], [3], [], [нет]"
)
READ = [
    "№ п/п\tНаименование этапа\tСрок",
    "1\tПодача заявления в уполномоченный орган с приложением всех документов\tдо 1 марта",
    "2\tОтбор\tдо 1 апреля текущего года включительно",
    "3\tнет",
]
PARTED = "columns without ruled lines"


def printed(body: str, settings: str = SETTINGS) -> SourceText:
    """What is read of a document of Typst."""
    return source_text(bytes(typst.compile((settings + body).encode())))


def written(*contents: str) -> SourceText:
    """What is read of pages with these contents, letters of Helvetica among them."""
    writer = pypdf.PdfWriter()
    kind = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in kind.items()})
    # Of the second font the letters are half as wide as high.
    measured = DictionaryObject(font)
    measured[NameObject("/FirstChar")] = NumberObject(32)
    measured[NameObject("/Widths")] = ArrayObject([NumberObject(500)] * 95)
    for content in contents:
        stream = DecodedStreamObject()
        stream.set_data(content.encode())
        page = writer.add_blank_page(400, 400)
        fonts = DictionaryObject({NameObject("/F1"): font, NameObject("/F2"): measured})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return source_text(out.getvalue())


def at(x: float, y: float, words: str) -> str:
    return f"BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET "


def box(x: float, y: float, width: float, height: float, paint: str = "S") -> str:
    return f"{x} {y} {width} {height} re {paint} "


# What is set between two paragraphs, and what is read between them.
TABLES = [
    pytest.param(f"#table(columns: (auto, 2fr, 1fr), {HEAD}, {ROWS})", READ, id="wrapped cells"),
    pytest.param(
        "#table(columns: 3, [А], table.cell(colspan: 2)[Б и в], [Г], [Д], [Е])",
        ["А\tБ и в", "Г\tД\tЕ"], id="cells merged along a row",
    ),
    pytest.param(
        "#table(columns: 3, table.cell(rowspan: 2)[А], [Б], [В], [Г], [Д])",
        ["А\tБ\tВ", "Г\tД"], id="cells merged down a column",
    ),
    pytest.param(
        "#table(columns: 2, fill: luma(230), stroke: 0.4pt, [А], [Б], [В], [Г])",
        ["А\tБ", "В\tГ"], id="shaded",
    ),
    pytest.param(
        "#table(columns: 2, align: right + bottom, [А\\ а], [Б], [В], [Г])",
        ["А а\tБ", "В\tГ"], id="set to the right and the bottom",
    ),
    pytest.param(
        "#table(columns: 2, [А], [Б], [В], [Г])\n#v(1cm)\n#table(columns: 2, [Д], [Е], [Ж], [З])",
        ["А\tБ", "В\tГ", "Д\tЕ", "Ж\tЗ"], id="two tables",
    ),
    pytest.param(
        "#table(columns: 2, [УТВЕРЖДЕНЫ], [Министр\\ А. Иванов])",
        ["УТВЕРЖДЕНЫ", "Министр", "А. Иванов"], id="one row is two blocks",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "lines"), TABLES)
def test_a_table_with_ruled_lines_is_read_row_by_row(table: str, lines: list[str]) -> None:
    found = printed(f"1. Этапы:\n\n{table}\n\n2. Сбор не взимается.")
    assert list(found.lines) == ["1. Этапы:", *lines, "2. Сбор не взимается."]
    assert found.remarks == ()


def test_an_approval_block_at_the_right() -> None:
    block = "Приложение 1 \\ к приказу Министра \\ от 5 марта 2020 года № 12"
    found = printed(f"#grid(columns: (1fr, 1fr), [], [{block}])\n\nПравила\n\n1. Сбор взимается.")
    assert found.lines == (
        "Приложение 1", "к приказу Министра", "от 5 марта 2020 года № 12", "Правила",
        "1. Сбор взимается.",
    )  # fmt: skip
    assert found.remarks == ()


def test_blocks_side_by_side_are_said_to_be_in_doubt() -> None:
    body = "#grid(columns: (1fr, 1fr), [СОГЛАСОВАНО \\ Министр юстиции], [УТВЕРЖДЕНО \\ приказом])"
    found = printed(f"{body}\n\n1. Сбор взимается.")
    assert found.lines[-1] == "1. Сбор взимается."
    assert "УТВЕРЖДЕНО" in found.text
    assert found.remarks[0].startswith(PARTED)


def test_columns_without_ruled_lines_are_parted_and_said_to_be_in_doubt() -> None:
    cells = "[Книга], [5 МРП], [Карта], [10 МРП], [Рукопись], [25 МРП]"
    found = printed(f"1. Размер:\n\n#table(columns: (5cm, 3cm), stroke: none, {cells})\n\n2. Сбор.")
    assert found.lines == (
        "1. Размер:", "Книга\t5 МРП", "Карта\t10 МРП", "Рукопись\t25 МРП", "2. Сбор.",
    )  # fmt: skip
    [remark] = found.remarks
    assert remark.startswith(PARTED)
    assert remark.endswith(": lines 2–4, the first of them 'Книга 5 МРП'")


def test_a_table_over_two_pages_leaves_out_its_repeated_head_and_says_where_it_goes_on() -> None:
    cells = ", ".join(f"[{n}], [Этап {n}]" for n in range(1, 40))
    table = f"#table(columns: 2, table.header([№], [Этап]), {cells})"
    found = printed(f"1. Этапы:\n\n{table}\n\n2. Сбор не взимается.")
    assert found.lines[1:40] == ("№\tЭтап", *(f"{n}\tЭтап {n}" for n in range(1, 39)))
    assert found.lines[-1] == "2. Сбор не взимается."
    assert "repeated on 1 pages" in found.remarks[0]
    assert "goes on over a page" in found.remarks[1]


def test_an_item_that_hangs_below_its_first_words_is_one_line() -> None:
    item = "Сбор уплачивается в тенге при подаче заявления по месту жительства заявителя. " * 3
    found = printed(f"+ {item}\n+ Сбор возвращается.", SETTINGS + "#set text(hyphenate: false)\n")
    assert found.lines == (f"1. {item.strip()}", "2. Сбор возвращается.")


NUMBERS = ["- 1 -", "1 / 12", "стр. 1", "1 из 12", "1", "1 бет"]


@pytest.mark.parametrize("form", NUMBERS)
def test_numbers_of_pages_are_left_out(form: str) -> None:
    pattern = form.replace("1", "#context counter(page).display()", 1)
    foot = f"#set page(footer: align(center)[{pattern}])\n"
    found = printed("1. Сбор.\n#pagebreak()\n2. Пеня.", SETTINGS + foot)
    assert found.lines == ("1. Сбор.", "2. Пеня.")


def test_a_head_that_the_page_writes_last_is_left_out() -> None:
    one = at(50, 300, "1. Fee.") + at(50, 280, "2. Fine.") + at(50, 380, "Portal")
    two = at(50, 300, "3. Levy.") + at(50, 280, "4. Toll.") + at(50, 380, "Portal")
    found = written(one, two)
    assert found.lines == ("1. Fee.", "2. Fine.", "3. Levy.", "4. Toll.")
    assert found.remarks == ("on 2 pages the line 'Portal' was left out",)


def test_digits_set_above_the_line_stay_apart() -> None:
    up = "#super(typographic: false)"
    found = printed(f"Статья 6{up}[1]. Сбор\n\n1. Площадь 5 м{up}[2], сбор 10{up}[12]. H#sub[2]O.")
    assert found.lines == ("Статья 6¹. Сбор", "1. Площадь 5 м², сбор 10¹². H2O.")


def run(x: float, words: str) -> str:
    return f"q BT /F2 10 Tf 1 0 0 1 {x} 300 Tm {words} Tj ET Q "


# Runs of one line, ten points high: letters are five points wide.
RUNS = [
    pytest.param(run(50, "(1. Fe)") + run(75, "(e)"), "1. Fee", id="a word in two runs"),
    pytest.param(run(50, "(1. Fe)") + run(75, "( e)"), "1. Fe e", id="a space of the page's own"),
    pytest.param(run(50, "(1. Fe )") + run(80, "(e)"), "1. Fe e", id="a space before"),
    pytest.param(run(50, "(1. Fe)") + run(80, "(e)"), "1. Fe e", id="a gap"),
    pytest.param(run(50, "(1. )") + run(65, "(F)") + run(70, "(e)"), "1. Fe", id="three runs"),
]


@pytest.mark.parametrize(("runs", "line"), RUNS)
def test_a_word_whose_letters_come_from_two_fonts_stays_one(runs: str, line: str) -> None:
    """A browser takes the letters that a font has not from another one, in the midst of a word."""
    found = written(run(50, "(x)").replace("300 Tm", "350 Tm") + runs)
    assert found.lines[-1] == line


# What a damaged font may say of its widths.
WIDTHS = [
    {},
    {"/FirstChar": 32, "/Widths": [500, "/x", None]},
    {"/Widths": 5},
    {"/DescendantFonts": []},
    {"/DescendantFonts": [{"/W": [1, 2]}]},
    {"/DescendantFonts": [{"/W": [1, 2, 3, 4, ["a"]]}]},
    {"/DescendantFonts": [{"/W": [0, 10**12, 500], "/DW": "wide"}]},
]


@pytest.mark.parametrize("font", WIDTHS)
def test_a_font_without_sound_widths_has_none(font: dict[str, object]) -> None:
    widths = Widths()
    end = widths.end(Run(50, 300, b"ab"), font, 10)
    assert end is None or end >= 50


# Widths of a font, what is written with it at 50, and where that ends.
ENDS = [
    ({"/FirstChar": 97, "/Widths": [400, 600]}, b"ab", 60.0),
    ({"/FirstChar": 97, "/Widths": [400, 600]}, [b"a", -1000, b"b"], 70.0),
    ({"/DescendantFonts": [{"/W": [1, [300, 700]]}]}, b"\0\1\0\2", 60.0),
    ({"/DescendantFonts": [{"/W": [1, 9, 500], "/DW": 1000}]}, b"\0\1\0\x0b", 65.0),
]


@pytest.mark.parametrize(("font", "shown", "end"), ENDS)
def test_where_a_run_ends(font: dict[str, object], shown: object, end: float) -> None:
    assert Widths().end(Run(50, 300, shown), font, 10) == pytest.approx(end)


def test_cells_written_in_one_run_are_said_to_be_in_doubt() -> None:
    run = "BT /F1 10 Tf 1 0 0 1 60 350 Tm (A) Tj 100 0 Td (B) Tj ET "
    second = "BT /F1 10 Tf 1 0 0 1 60 330 Tm (C) Tj 100 0 Td (D) Tj ET "
    grid = "".join(box(x, y, 100, 20) for x in (50, 150) for y in (325, 345))
    found = written(grid + run + second)
    assert "words could not be parted" in found.remarks[0]
    assert found.remarks[0].endswith(": lines 1–2, the first of them 'A B'")


# Drawings that are no table.
DRAWN = [
    pytest.param(box(20, 20, 360, 360), id="a frame"),
    pytest.param(box(20, 20, 360, 360, "W n") + box(200, 20, 180, 360, "W n"), id="clipped to"),
    pytest.param("50 340 m 300 340 l S 50 320 m 300 320 l S ", id="lines across"),
    pytest.param("".join(box(x, 100, 0.5, 200, "f") for x in range(50, 300, 10)), id="upright"),
    pytest.param("1 w nonsense re S 5 l m re f ", id="operands that are none"),
]


@pytest.mark.parametrize("drawing", DRAWN)
def test_a_drawing_is_no_table(drawing: str) -> None:
    found = written(drawing + at(60, 350, "1. Fee is paid.") + at(60, 330, "2. Fine is paid."))
    assert found.lines == ("1. Fee is paid.", "2. Fine is paid.")
    assert found.remarks == ()


def test_a_page_with_too_many_ruled_lines_is_said() -> None:
    grid = "".join(f"{x} 10 m {x} 390 l S 5 {x} m 395 {x} l S " for x in range(10, 390, 4))
    more = "".join(
        f"{x} 2 m {x} 8 l S " * 2 + f"{x} {x} m {x} {x + 6} l S " for x in range(0, 4000, 4)
    )
    found = written(grid + more + at(60, 350, "1. Fee."))
    assert found.remarks == ("pages with too many ruled lines to see their tables: 1",)
