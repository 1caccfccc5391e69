"""Source lines are numbered from 1, and their Markdown dressing is set apart."""

from pathlib import Path

import pytest

from kb.corpus.read import RawLine, read_text, split_lines, undress
from kb.errors import InputError

DRESSED = [
    ("1. Алым.", "1. Алым.", ""),
    ("  1) салық;  ", "1) салық;", ""),
    ("- 1) салық;", "1) салық;", "-"),
    ("  - 3-1) салық;", "3-1) салық;", "-"),
    ("* 2. Айып.", "2. Айып.", "*"),
    ("- **4.** Пеня.", "4. Пеня.", "-"),
    ("- салық деген алым", "- салық деген алым", ""),
    ("– салық деген алым", "– салық деген алым", ""),
    ("### 1. Жалпы ережелер", "1. Жалпы ережелер", "###"),
    ("#### 8. Мемлекеттік қызметші:", "8. Мемлекеттік қызметші:", "####"),
    ("**Ескерту. Өзгеріс.**", "Ескерту. Өзгеріс.", ""),
    ("**Ескерту.** Өзгеріс.", "Ескерту. Өзгеріс.", ""),
    ("*Ескерту. Өзгеріс.*", "Ескерту. Өзгеріс.", ""),
    ("_Сноска. Изменение._", "Сноска. Изменение.", ""),
    ("**С лтеме. енг з лед ).**", "С лтеме. енг з лед ).", ""),
    ("**1-бап.** Алым", "1-бап. Алым", ""),
    ("1\\. Алым.", "1. Алым.", ""),
    ("3-1\\) салық;", "3-1) салық;", ""),
    ("алым **салықпен** бірге", "алым **салықпен** бірге", ""),
    ("**алым** деген **салық**", "**алым** деген **салық**", ""),
    ("№153 Жарлығына  ", "№153 Жарлығына", ""),
    ("#Алым", "#Алым", ""),
    ("____", "____", ""),
    ("***", "***", ""),
]


@pytest.mark.parametrize(("line", "text", "mark"), DRESSED)
def test_dressing_is_set_apart(line: str, text: str, mark: str) -> None:
    assert undress(7, line) == RawLine(7, text, mark)
    assert undress(7, line).is_markdown_heading == mark.startswith("#")


def test_empty_lines_are_counted_and_dropped() -> None:
    lines = split_lines("\n\nбір\r\n \t\nекі\n\xa0\nүш")
    assert [(line.number, line.text) for line in lines] == [(3, "бір"), (5, "екі"), (7, "үш")]


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("бір".encode("utf-8-sig"))
    assert read_text(path) == "бір"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot read .*a\.txt"):
        read_text(tmp_path / "a.txt")
