"""What a quote holds: the clause, what stands under it, and the words that open its list."""

from __future__ import annotations

import pytest

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.note.beside import translated
from kb.note.passage import passage, quoted_text
from kb.web.reading import ActReader, Unit


def marks(library: Library, address: str, opening: bool = True) -> list[str]:
    clause = library.get(ClauseAddress.parse(address))
    lines = passage(library, clause, opening)
    return ["…" if line.omission else f"{line.depth}:{line.mark}" for line in lines]


@pytest.mark.parametrize(
    ("address", "opening", "expected"),
    [
        ("code/6", True, ["0:6.", *(f"1:{n})" for n in range(1, 10))]),
        ("code/6", False, ["0:6.", *(f"1:{n})" for n in range(1, 10))]),
        ("code/6/1", True, ["0:6.", "1:1)"]),
        ("code/6/8", True, ["0:6.", "…", "1:8)"]),
        ("code/6/8", False, ["0:8)"]),
        ("code/9", True, ["0:9.", "0:", "0:", "0:"]),
        ("regulation/9/part-2", True, ["0:"]),
        ("decree/preamble", True, ["0:"]),
        ("decree/1", True, ["0:1.", "1:1)", "1:2)"]),
    ],
)
def test_a_quote_has_the_lines_that_the_act_has(
    library: Library, address: str, opening: bool, expected: list[str]
) -> None:
    assert marks(library, address, opening) == expected


def read(unit: Unit) -> list[str]:
    """The lines of a unit as the site reads it."""
    own = [line for line in unit.lines if line]
    return own + [line for inner in unit.under for line in read(inner)]


def test_every_clause_is_quoted_as_the_site_reads_it(library: Library) -> None:
    reader = ActReader(library, library.records.acts[0])
    for clause in library.records.clauses:
        lines = passage(library, clause, opening=False)
        assert [line.text for line in lines] == read(reader.unit(clause)), clause.address


def test_the_sign_of_an_omission_is_not_the_laws(library: Library) -> None:
    clause = library.get(ClauseAddress.parse("code/6/8"))
    text = quoted_text(passage(library, clause))
    assert text.count("\n") == 1
    assert "…" not in text


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_clause_has_its_translation_line_by_line(library: Library, lang: str) -> None:
    for clause in library.records.clauses:
        lines = translated(library, clause, lang)
        law = passage(library, clause)
        assert [line.mark for line in lines if line.mark] == [x.mark for x in law if x.mark]


def test_a_number_is_not_said_twice(library: Library) -> None:
    for clause in library.records.clauses:
        for line in translated(library, clause, "ru"):
            assert not (line.mark and line.text.startswith(line.mark)), clause.address


def test_nothing_is_translated_into_the_acts_own_language(library: Library) -> None:
    clause = library.get(ClauseAddress.parse("code/6"))
    assert translated(library, clause, "kk") == ()
