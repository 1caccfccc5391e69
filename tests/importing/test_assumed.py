"""A day of commencement that no text gives is said to be assumed, wherever it would be shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kb.answer.answerer import state_notice
from kb.answer.quote import Library
from kb.config import Config
from kb.corpus.export import export
from kb.corpus.load import load_records
from kb.exchange.jsonld import document
from kb.importing.bring_in import bring_in
from kb.importing.inspect import Inspection
from kb.importing.metadata import Given
from kb.importing.report import report_json, report_lines
from kb.model import Records

EDITIONS = Path(__file__).parents[1] / "editions"
ADOPTED, GIVEN = date(2018, 5, 14), date(2018, 6, 12)
SAID = "in force since 2018-05-14, its day of adoption"
CODE = "V1800016985"


@pytest.fixture
def brought_in(
    inspected: Callable[..., Inspection], tmp_path: Path
) -> Callable[[Given], tuple[Inspection, Records]]:
    """The second edition of the library's order, inspected and loaded from a data folder."""

    def run(given: Given) -> tuple[Inspection, Records]:
        config = Config(home=tmp_path, encoder="none")
        found = inspected((EDITIONS / "second.kk.txt").read_bytes(), given=given)
        bring_in(config, found)
        return found, load_records(imported=config.acts_folder, with_references=False)

    return run


def only_imported(records: Records) -> Records:
    [act] = [act for act in records.acts if act.id == CODE]
    return replace(
        records, acts=(act,), clauses=tuple(c for c in records.clauses if c.address.act == CODE)
    )


def test_an_assumed_day_is_marked_in_the_dry_run_the_export_and_the_data_folder(brought_in) -> None:
    found, records = brought_in(Given())
    [act] = only_imported(records).acts
    assert (act.in_force, act.in_force_assumed) == (ADOPTED, True)
    assert report_json(found)["assumed"][0].startswith(SAID)
    assert any(SAID in line for line in report_lines(found))
    assert export(found.records)["acts"][0]["in_force_assumed"] is True
    assert export(only_imported(records))["acts"][0]["in_force_assumed"] is True
    assert "eli:first_date_entry_in_force" not in document([only_imported(records)])["@graph"][0]


def test_a_day_that_was_given_is_not(brought_in) -> None:
    found, records = brought_in(Given(in_force=GIVEN))
    [act] = only_imported(records).acts
    assert (act.in_force, act.in_force_assumed) == (GIVEN, False)
    assert report_json(found)["assumed"] == []
    assert export(found.records)["acts"][0]["in_force_assumed"] is False
    graph = document([only_imported(records)])["@graph"]
    assert graph[0]["eli:first_date_entry_in_force"] == "2018-06-12"


# A day, and whether a citation of it says that it is not known since when the act is in force.
DAYS = [
    (date(2018, 5, 20), True),
    (date(2021, 10, 11), True),
    (date(2021, 10, 12), False),
    (None, False),
]


@pytest.mark.parametrize(("on", "unknown"), DAYS)
def test_what_a_citation_says_of_a_day(brought_in, on: date | None, unknown: bool) -> None:
    library = Library(brought_in(Given())[1])
    clause = next(c for c in library.records.clauses if c.address.inside(CODE).short == "rules/1")
    notice = state_notice(library.cite(clause, on=on), "en") or ""
    assert ("does not say since when this act is in force" in notice) == unknown


def test_a_later_edition_of_an_act_keeps_what_is_assumed_until_somebody_says_it(
    brought_in, inspected: Callable[..., Inspection]
) -> None:
    held = brought_in(Given())[1]
    data, day = (EDITIONS / "first.kk.txt").read_bytes(), date(2019, 1, 15)
    assert inspected(data, CODE, day, held=held).act.in_force_assumed
    said = inspected(data, CODE, day, held=held, given=Given(in_force=GIVEN)).act
    assert (said.in_force, said.in_force_assumed) == (GIVEN, False)
