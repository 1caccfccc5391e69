"""The whole export against a file that a person can read, line by line."""

import os
from pathlib import Path
from typing import Any

import pytest

from kb.corpus.export import export
from kb.model import Records

GOLDEN = Path(__file__).parent / "golden" / "export.txt"
HEADER = """\
# The records of the shipped corpus, one line or short block each, as kb.corpus.export writes them.
# After a deliberate change, refresh this file and read the difference before keeping it:
#     REFRESH_GOLDEN=1 python -m pytest tests/corpus/test_golden.py
"""


def shortened(text: str | None, width: int = 36) -> str:
    """The beginning and the end of a text, on one line."""
    flat = (text or "").replace("\n", " ⏎ ")
    return flat if len(flat) <= 2 * width + 3 else f"{flat[:width]} … {flat[-width:]}"


def lines_of(record: dict[str, Any]) -> str:
    return ",".join(map(str, record["source_lines"]))


def act_lines(act: dict[str, Any]) -> list[str]:
    days = f"adopted {act['adopted']}, in force {act['in_force']}, edition {act['edition']}"
    lines = [f"ACT {act['id']} {act['kind']} {act['number']} ({act['lang']}): {days}"]
    lines.append(f"    {act['title']}")
    for component in act["components"]:
        lines.append(f"COMPONENT {component['id']} lines {component['title_lines']}")
        lines.append(f"    {component['title']}")
        for name in ("approval", "signatory"):
            if component[name]:
                lines.append(
                    f"    {name} {component[name + '_lines']}: {' | '.join(component[name])}"
                )
    for chapter in act["chapters"]:
        where = f"{chapter['component']} {chapter['kind']} {chapter['number']}"
        lines.append(f"CHAPTER {where} lines {lines_of(chapter)}: {chapter['heading']}")
        lines.append(f"    holds {' '.join(id_.split('/', 1)[1] for id_ in chapter['clauses'])}")
    return lines


def clause_line(clause: dict[str, Any]) -> str:
    where = f"{clause['id']} {clause['kind']} {clause['status']} chapter {clause['chapter'] or '-'}"
    return f"CLAUSE {where} lines {lines_of(clause)}: {shortened(clause['text'])}"


def change_lines(amendment: dict[str, Any]) -> list[str]:
    by = amendment["by"]
    stated = amendment["commencement_stated"] or "-"
    return [
        f"AMENDMENT {amendment['target']} {amendment['action']} by {by['id']} No. {by['number']}"
        f" of {by['date']} lines {lines_of(amendment)}",
        f"    {amendment['commencement']} [{amendment['commencement_date'] or '-'}]: {stated}",
    ]


def repeal_lines(repeal: dict[str, Any]) -> list[str]:
    act = repeal["act"]
    return [
        f"REPEAL {repeal['clause']}: {act['id']} No. {act['number']} of {act['date']}"
        f" by {repeal['by']['id']} from {repeal['effective']}",
        f"    {shortened(act['title'])} | {repeal['provision'] or '-'} | {repeal['publication']}",
    ]


def reference_line(reference: dict[str, Any]) -> str:
    where = f"{reference['clause']} [{reference['start']}:{reference['end']}]"
    to = reference["act"] or reference["title"]
    return f"REFERENCE {where} {reference['kind']} {reference['text']!r} -> {to}"


def rendered(data: dict[str, Any]) -> str:
    lines = [line for act in data["acts"] for line in act_lines(act)]
    lines += [clause_line(clause) for clause in data["clauses"]]
    lines += [line for amendment in data["amendments"] for line in change_lines(amendment)]
    lines += [line for repeal in data["repeals"] for line in repeal_lines(repeal)]
    lines += [reference_line(reference) for reference in data["references"]]
    return HEADER + "\n".join(lines) + "\n"


def test_the_export_is_what_the_golden_file_says(records: Records) -> None:
    text = rendered(export(records))
    if os.environ.get("REFRESH_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
        pytest.skip("the golden file was refreshed; read its difference before keeping it")
    assert text.splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_every_id_in_the_export_is_a_full_address(records: Records) -> None:
    data = export(records)
    ids = [clause["id"] for clause in data["clauses"]]
    ids += [amendment["target"] for amendment in data["amendments"]]
    assert all(id_.startswith("U1500000153/") for id_ in ids)
    assert len({clause["id"] for clause in data["clauses"]}) == len(data["clauses"])
