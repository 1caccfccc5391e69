"""The shipped corpus, read once, and short texts parsed like any act."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kb.corpus.load import load_records
from kb.corpus.notes import own_notes, read_notes
from kb.corpus.outline import NoteText, Structure
from kb.corpus.parse import parse
from kb.corpus.read import split_lines
from kb.model import Act, Amendment, Clause, Records

ACTS = Path(__file__).parent / "acts"


@pytest.fixture(scope="session")
def records() -> Records:
    return load_records()


@pytest.fixture(scope="session")
def act(records: Records) -> Act:
    return records.acts[0]


@pytest.fixture(scope="session")
def clauses(records: Records) -> dict[str, Clause]:
    return {clause.address.short: clause for clause in records.clauses}


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], Structure]:
    """Parse a text that needs no restoration."""

    def read(text: str) -> Structure:
        lines = split_lines(text)
        return parse(lines, {line.number: line.text for line in lines})

    return read


@pytest.fixture(scope="session")
def parsed_file(parsed: Callable[[str], Structure]) -> Callable[[str], Structure]:
    """Parse one of the synthetic acts beside the tests."""
    return lambda name: parsed((ACTS / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def amendments_of() -> Callable[[Structure], list[Amendment]]:
    """Read the notes of a structure."""

    def read(structure: Structure) -> list[Amendment]:
        notes: Iterable[NoteText] = [*structure.notes, *own_notes(structure.clauses)]
        return read_notes(notes, {c.address.short for c in structure.clauses}, "U1")[0]

    return read
