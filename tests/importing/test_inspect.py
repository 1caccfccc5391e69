"""What a dry run finds: changes, pairs, notes; and suspected damage of a scan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.corpus.load import load_records, shipped_acts
from kb.corpus.read import split_lines
from kb.errors import KbError
from kb.importing.damage import Lexicon, suspicions
from kb.importing.inspect import Inspection
from kb.importing.report import report_json, report_lines
from kb.language.letters import same_letters
from kb.model import Edition, Records

EDITIONS = Path(__file__).parents[1] / "editions"
ACTS = Path(__file__).parent / "acts"


def text(name: str) -> bytes:
    return (EDITIONS / name).read_bytes()


def with_edition(held: Records, found: Inspection) -> Records:
    """The held records, the inspected edition among them."""
    edition = Edition(found.act, found.records.clauses, found.records.amendments, (), False)
    return replace(held, acts=(*held.acts, found.act), editions=(*held.editions, edition))


@pytest.fixture(scope="module")
def second(held: Records, inspected: Callable[..., Inspection]) -> Inspection:
    first = inspected(text("first.kk.txt"), edition=date(2019, 1, 15))
    return inspected(text("second.kk.txt"), held=with_edition(held, first))


def test_changes_against_the_newest_held_edition(second: Inspection) -> None:
    changes = second.changes
    assert changes is not None
    assert changes.against == "2019-01-15.kk"
    assert changes.added == ("rules/2/2", "rules/6-1")
    assert changes.gone == ("rules/8",)
    assert changes.changed == ("rules/4", "rules/6/2", "rules/10")
    assert changes.retouched == ("rules/1", "rules/3")
    assert set(changes.renumbered) == {
        ("rules/2/2", "rules/2/3"), ("rules/2/3", "rules/2/4"), ("rules/5", "rules/11"),
    }  # fmt: skip


def test_a_first_text_has_nothing_to_be_compared_with(
    inspected: Callable[..., Inspection],
) -> None:
    assert inspected(text("first.kk.txt")).changes is None


def test_a_russian_text_pairs_with_the_kazakh_one(
    held: Records, inspected: Callable[..., Inspection], second: Inspection
) -> None:
    records = with_edition(held, second)
    whole = inspected(text("second.ru.txt"), held=records).pairing
    assert whole is not None
    assert (whole.edition, whole.only_here, whole.only_there, whole.differing) == (
        "2021-10-12.kk", (), (), (),
    )  # fmt: skip
    assert whole.paired == len(second.records.clauses)
    lacking = text("second.ru.txt").decode().replace("11. Редкие", "12. Редкие").replace(
        "2) исключен приказом", "2) изменен приказом"
    )  # fmt: skip
    pairing = inspected(lacking.encode(), held=records).pairing
    assert pairing is not None
    assert pairing.only_here == ("rules/12",)
    assert pairing.only_there == ("rules/11",)
    assert pairing.differing == ("rules/6/2",)


def test_the_report_says_what_was_found(second: Inspection) -> None:
    found = report_json(second)
    assert found["structure"] == [
        {"name": "order", "chapters": 0, "clauses": 4,
         "title": "Мекемелік кітапхананың қорын пайдалану қағидаларын бекіту туралы"},
        {"name": "rules", "chapters": 3, "clauses": 17,
         "title": "Мекемелік кітапхананың қорын пайдалану қағидалары"},
    ]  # fmt: skip
    assert found["importable"] is True
    assert found["notes"]["amendments"] == 6
    assert found["suspected"] == [
        {"line": 40, "before": "Кiтапхананың", "after": "Кітапхананың", "count": 1,
         "reason": "letters of another alphabet stand in the word"}
    ]  # fmt: skip
    lines = list(report_lines(second))
    assert "  gone: 1" in lines
    assert "    rules/5 → rules/11" in lines


def test_an_accepted_restoration_changes_the_reading_text_alone(
    inspected: Callable[..., Inspection], second: Inspection
) -> None:
    found = inspected(text("second.kk.txt"), accepted=second.proposals)
    [clause] = [c for c in found.records.clauses if c.address.short == "rules/3"]
    assert clause.text.startswith("Кітапхананың")
    assert clause.source_text.startswith("Кiтапхананың")
    assert found.suspicions == ()
    assert [r.after for r in found.records.restorations] == ["Кітапхананың"]


LEXICON = Lexicon(
    ["Мемлекеттік қызметші Әдеп жөніндегі уәкіл іс-қимыл жасайды заңдарын өтініш мәжбүрлемеу"]
)
# A line, and what is proposed.
DAMAGE = [
    ("Әдеп жөнндег уәк л", {"уәк л": "уәкіл", "жөнндег": "жөніндегі"}),
    ("мемлекетт к қызметш", {"мемлекетт к": "мемлекеттік", "қызметш": "қызметші"}),
    ("жөн ндег уәк л.", {"жөн ндег": "жөніндегі", "уәк л": "уәкіл"}),
    ("мәжбүрlemeу", {"мәжбүрlemeу": "мәжбүрлемеу"}),
    ("с-қимыл", {"с-қимыл": "іс-қимыл"}),
    ("3 аңдарын", {"3 аңдарын": "Заңдарын"}),
    ("ӨТІНIШ", {"ӨТІНIШ": "ӨТІНІШ"}),
    ("мемлекеттікқызметші", {"мемлекеттікқызметші": "мемлекеттік қызметші"}),
    ("жасайды .", {"жасайды .": "жасайды."}),
    ("Мемлекеттік қызметші жасайды.", {}),
    ("№ 381-VI және XIX", {}),
    ("Google сайты", {}),
]


@pytest.mark.parametrize(("line", "expected"), DAMAGE)
def test_damage(line: str, expected: dict[str, str]) -> None:
    found = {s.before: s.after for s in suspicions(split_lines(line), LEXICON)}
    assert found == expected


def test_what_is_proposed_for_the_shipped_scan_is_what_was_reviewed() -> None:
    records = load_records(with_references=False)
    act = records.acts[0]
    source = (shipped_acts() / act.id / act.source_file).read_text(encoding="utf-8")
    lexicon = Lexicon(clause.text for clause in records.clauses)
    found = [s for s in suspicions(split_lines(source), lexicon) if s.after]
    reviewed: dict[int, str] = {}
    for entry in records.restorations:
        reviewed[entry.line] = reviewed.get(entry.line, "") + " " + entry.after
    right = sum(s.after.rstrip(".,;:").split()[-1] in reviewed.get(s.line, "") for s in found)
    assert len(found) > 60
    assert right / len(found) > 0.95
    assert all(same_letters(s.before, s.after) for s in found)
    clean = split_lines("\n".join(clause.text for clause in records.clauses))
    assert suspicions(clean, lexicon) == []


# -- properties ------------------------------------------------------------------------------

SHIPPED = load_records(with_references=False)
LINES = [
    line
    for name in ("first.kk.txt", "second.ru.txt")
    for line in (EDITIONS / name).read_text(encoding="utf-8").split("\n")
    if line
]
MARKS = [
    "1-тарау. Алым",
    "1. А.",
    "1) б;",
    "«1. В",
    "А\tБ",
    "Сноска.",
    "МАЗМҰНЫ",
    "Статья 1",
    "1.1. Г",
    "7",
]
PAGES = [
    "<p>",
    "</p>",
    "<table>",
    "<tr><td>",
    "</table>",
    "<ol><li>",
    "<sup>2</sup>",
    "&nbsp;",
    "<pre>",
    "<!--",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES + MARKS), max_size=40))
def test_any_lines_are_inspected_or_refused(
    inspected: Callable[..., Inspection], lines: list[str]
) -> None:
    inspected_or_refused(inspected, "\n".join(lines).encode())


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PAGES + MARKS), max_size=40))
def test_any_page_is_inspected_or_refused(
    inspected: Callable[..., Inspection], parts: list[str]
) -> None:
    inspected_or_refused(inspected, ("<html><body>" + "".join(parts)).encode())


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe"]), st.binary())
def test_any_bytes_are_inspected_or_refused(
    inspected: Callable[..., Inspection], start: bytes, data: bytes
) -> None:
    inspected_or_refused(inspected, start + data)


def inspected_or_refused(inspected: Callable[..., Inspection], data: bytes) -> None:
    try:
        found = inspected(data)
    except KbError:
        return
    assert found.records.clauses
    assert len({c.address for c in found.records.clauses}) == len(found.records.clauses)


TEXTS = [
    EDITIONS / "first.kk.txt",
    EDITIONS / "second.ru.txt",
    ACTS / "law.kk.txt",
    ACTS / "law.ru.txt",
    ACTS / "order.kk.html",
]
CODES = ["V1800016985", "V1800016985", "Z2000000331", "Z2000000331", "V2100022345"]


@pytest.mark.parametrize(("path", "act"), list(zip(TEXTS, CODES, strict=True)))
def test_importing_what_was_imported_is_the_identity(
    inspected: Callable[..., Inspection], path: Path, act: str
) -> None:
    once = inspected(path.read_bytes(), act, date(2023, 7, 1))
    again = inspected(once.source.text.encode(), act, date(2023, 7, 1))
    assert again.records == once.records


def test_importing_the_shipped_text_gives_the_shipped_records(
    inspected: Callable[..., Inspection],
) -> None:
    act = SHIPPED.acts[0]
    data = (shipped_acts() / act.id / act.source_file).read_bytes()
    found = inspected(data, act.id, act.edition)
    ours = {c.address: c.source_text for c in found.records.clauses}
    assert ours == {c.address: c.source_text for c in SHIPPED.clauses}
    assert [a.target for a in found.records.amendments] == [a.target for a in SHIPPED.amendments]
