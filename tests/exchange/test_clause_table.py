"""CSV: every clause a line by the rules of RFC 4180, and nothing that a sheet would run."""

import csv
import io
from dataclasses import replace

import pytest

from kb.exchange.clause_table import COLUMNS, write


def rows(*texts):
    text = write(texts).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_clause_is_a_line_with_every_column(text):
    found = rows(text)
    assert [row["id"] for row in found] == [str(clause.address) for clause in text.clauses]
    assert tuple(found[0]) == COLUMNS


def test_the_words_come_back_as_they_are(text):
    kept = {"heading", "status", "kind", "number"}
    for row, clause in zip(rows(text), text.clauses, strict=True):
        assert (row["text"], row["source_text"]) == (clause.text, clause.source_text)
        assert {name: row[name] for name in kept} == {n: getattr(clause, n) for n in kept}


def test_a_line_of_the_shipped_act(shipped):
    row = next(r for r in rows(shipped) if r["id"].endswith("/regulation/2"))
    assert row["citation_ru"] == "пункт 2 Положения об уполномоченном по этике"
    assert row["source_lines"] == "140 142 144 146 148"
    assert row["amended_by"] == "restated U1700000487 2017-06-01"
    assert (row["edition"], row["chapter"], row["component"]) == ("2022-02-22", "1", "regulation")


def test_the_file_opens_in_excel(shipped):
    data = write([shipped])
    assert data.startswith("\ufeffid,act,".encode())
    # A line break inside a quoted cell is the text's own; a line ends with CR LF.
    assert data.count(b"\r\n") == len(shipped.clauses) + 1


@pytest.mark.parametrize("text", ["=1+1", "+7 701", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_is_never_a_formula(shipped, text):
    clause = replace(shipped.clauses[0], text=text)
    assert rows(replace(shipped, clauses=(clause,)))[0]["text"] == f"'{text}"


@pytest.mark.parametrize("text", ['a "b", c', "a\nb", "– тире", "№ 5", "1=1", ""])
def test_other_cells_are_untouched(shipped, text):
    clause = replace(shipped.clauses[0], text=text)
    assert rows(replace(shipped, clauses=(clause,)))[0]["text"] == text
