"""Bytes cut out, doubled or replaced in a file of any format: a report, or one line of refusal."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import KbError
from kb.exchange import akn
from kb.importing.inspect import Inspection
from kb.importing.pdf_tables import Drawing, tables
from kb.importing.report import report_json, report_lines

SECOND = Path(__file__).parents[1] / "editions" / "second.kk.txt"
LONGEST_S = 2.0
FORMATS = ("text", "html", "docx", "pdf", "akn")
SETTINGS = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def good(inspected: Callable[..., Inspection], files: SimpleNamespace) -> dict[str, bytes]:
    """One text in every format."""
    lines = files.filled(SECOND.read_text(encoding="utf-8"))
    text = SECOND.read_bytes()
    return {
        "text": text,
        "html": files.as_html(lines),
        "docx": files.as_docx(lines),
        "pdf": files.as_pdf(lines),
        "akn": akn.write(inspected(text).records),
    }


@pytest.mark.parametrize("form", FORMATS)
@SETTINGS
@given(data=st.data())
def test_a_damaged_file_is_reported_or_refused(
    inspected: Callable[..., Inspection], good: dict[str, bytes], form: str, data: st.DataObject
) -> None:
    whole = good[form]
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 2000)))
    put = data.draw(st.one_of(st.binary(max_size=40), st.just(whole[start:end] * 2)))
    started = time.process_time()
    try:
        found = inspected(whole[:start] + put + whole[end:])
    except KbError as error:
        said = str(error)
    else:
        said = " ".join(report_lines(found))
        assert report_json(found)["act"] == "V1800016985"
    assert said
    assert "\n" not in said
    assert time.process_time() - started < LONGEST_S


NUMBERS = st.floats(-1e6, 1e6) | st.sampled_from([0.0, 10.0, 20.0, 30.0, float("inf"), 1e300])
OPERATORS = st.tuples(
    st.sampled_from([b"m", b"l", b"re", b"S", b"f", b"n", b"h", b"W"]),
    st.lists(NUMBERS, max_size=5),
)


@given(st.lists(OPERATORS, max_size=60), st.lists(NUMBERS, min_size=6, max_size=6))
def test_tables_of_any_drawing_have_cells_inside_them(
    operators: list[tuple[bytes, list[float]]], matrix: list[float]
) -> None:
    drawing = Drawing()
    for operator, operands in operators:
        drawing.draw(operator, operands, matrix)
    for table in tables(drawing):
        places = {(r, c) for r in range(len(table.ys) - 1) for c in range(table.columns)}
        assert set(table.cell_of) == places
        assert set(table.cell_of.values()) <= places
        assert all(table.cell_of[first] == first for first in table.cell_of.values())
