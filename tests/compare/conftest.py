"""The two editions of the small act, and editions put together from texts by address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from kb.address import ClauseAddress
from kb.compare.report import Comparison, compare
from kb.corpus.load import load_records
from kb.model import Act, Amendment, Clause, Edition

ACT = "V1800016985"


@pytest.fixture(scope="session")
def editions(imported_acts: Path) -> dict[str, Edition]:
    """The editions of the small act by day and language."""
    records = load_records(imported=imported_acts, with_references=False)
    own = (e for e in records.editions if e.key.act == ACT)
    return {f"{e.key.edition}.{e.key.lang}": e for e in own}


@pytest.fixture(scope="session")
def first(editions: dict[str, Edition]) -> Edition:
    return editions["2019-01-15.kk"]


@pytest.fixture(scope="session")
def second(editions: dict[str, Edition]) -> Edition:
    return editions["2021-10-12.kk"]


@pytest.fixture(scope="session")
def comparison(first: Edition, second: Edition) -> Comparison:
    return compare(first, second)


def made_clause(address: str, text: str) -> Clause:
    where = ClauseAddress.parse(address).inside(ACT)
    kind = (
        "part"
        if where.path[-1].startswith("part-")
        else ("paragraph", "subparagraph")[len(where.path) > 1]
    )
    parent = where.parent if len(where.path) > 1 else None
    return Clause(where, kind, where.path[-1], parent, "1", text, text, (1,))


@pytest.fixture(scope="session")
def made() -> Callable[..., Edition]:
    """An edition of clauses by address, with the amendments that its notes record."""

    def make(
        texts: Mapping[str, str], day: date = date(2020, 1, 1), notes: tuple[Amendment, ...] = ()
    ) -> Edition:
        act = Act(ACT, "order", "96", day, day, day, "kk", "", {}, "", "", (), (), ())
        return Edition(act, tuple(made_clause(a, t) for a, t in texts.items()), notes)

    return make
