"""The page of amendments: events, choices, the drawing; acts with one amending act or forty."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.model import ActReference, Amendment, Records
from kb.web.amendments import drawn
from kb.web.drawing import LINE, Drawing, Drawn, Label, draw
from kb.web.timeline import AMENDED, Choice, Event, chosen_events, events_of, years_of

ACT = "U1500000153"
HELD = "edition-2022-02-22"
KINDS = ["edition"] + ["amended"] * 3 + ["in-force", "adopted"] + ["predecessor"] * 4
DAYS = [
    "2022-02-22", "2022-02-22", "2019-07-22", "2017-06-01", "2016-01-01", "2015-12-29",
    "2013-10-01", "2011-04-01", "2007-11-27", "2005-05-03",
]  # fmt: skip


@pytest.fixture
def events(records: Records) -> tuple[Event, ...]:
    return events_of(records.acts[0], Library(records))


def amendment(number: str, day: date | None, target: str = "code/6") -> Amendment:
    address = ClauseAddress.parse(f"{ACT}/{target}")
    by = ActReference(number, day)
    return Amendment(address, "amended", by, "unknown", "", None, "Сілтеме.", (1,))


def with_amendments(records: Records, *found: Amendment) -> Library:
    return Library(replace(records, amendments=found, repeals=()))


# -- the events -------------------------------------------------------------------------------


def test_events_of_the_act_newest_first(events: tuple[Event, ...]) -> None:
    assert [event.kind for event in events] == KINDS
    assert [str(event.day) for event in events] == DAYS
    assert [len(event.changes) for event in events[:4]] == [0, 2, 2, 2]


def test_an_event_without_a_day_comes_last(records: Records) -> None:
    known = amendment("1", date(2020, 1, 1))
    found = events_of(records.acts[0], with_amendments(records, amendment("2", None), known))
    assert [event.key for event in found] == [
        HELD, "amended-1", "in-force", "adopted", "amended-2",
    ]  # fmt: skip


def test_other_acts_are_left_out(records: Records) -> None:
    foreign = replace(
        amendment("9", date(2020, 1, 1)), target=ClauseAddress.parse("Z1500000416/law/1")
    )
    found = events_of(records.acts[0], with_amendments(records, foreign))
    assert [event.kind for event in found] == ["edition", "in-force", "adopted"]


@pytest.mark.parametrize(
    ("choice", "keys"),
    [
        (Choice(component="regulation"), [HELD, "74", "487", "in-force", "adopted"]),
        (Choice(component="decree"), [HELD, "814", "in-force", "adopted"]),
        (Choice(component="annex"), [HELD, "in-force", "adopted", "651", "1180", "446", "1567"]),
        (Choice(year="2019"), ["74"]),
        (Choice(year="2016"), ["in-force", "651", "1180", "446", "1567"]),
        (Choice(year="2005"), ["1567"]),
        (Choice(by="U2200000814"), ["814"]),
        (Choice(by="487"), ["487"]),
        (Choice(component="code", by="487"), []),
        (Choice(year="twenty"), []),
        (Choice(by="1567"), []),
    ],
)
def test_choices(events: tuple[Event, ...], choice: Choice, keys: list[str]) -> None:
    found = chosen_events(events, choice)
    assert [event.by.number if event.by else event.key for event in found] == keys


def test_a_component_keeps_only_its_own_changes(events: tuple[Event, ...]) -> None:
    found = chosen_events(events, Choice(component="decree"))
    assert [str(change.target) for change in found[1].changes] == [f"{ACT}/decree/1"]


def test_years_to_choose_from(events: tuple[Event, ...]) -> None:
    assert years_of(events) == [
        "2022", "2019", "2017", "2016", "2015", "2013", "2011", "2007", "2005",
    ]  # fmt: skip


# -- the drawing ------------------------------------------------------------------------------


def event_at(day: date | None, lines: int = 2) -> Drawn:
    return Drawn(day, AMENDED, False, tuple(Label.of("name", "x") for _ in range(lines)))


def assert_readable(drawing: Drawing) -> None:
    """No text covers another or lies outside, and marks stand in the order of time."""
    for above, below in pairwise(drawing.rows):
        assert above.top + above.drawn.height <= below.top + 0.02
    last = drawing.rows[-1]
    assert drawing.rows[0].top > 0
    assert last.top + last.drawn.height <= drawing.height + 0.02
    marks = [row.mark for row in drawing.rows if row.mark is not None]
    assert marks == sorted(marks)
    assert all(0 < mark < drawing.height for mark in marks)
    ticks = [y for y, _ in drawing.ticks]
    assert all(b - a > 1 for a, b in pairwise(ticks))


@pytest.mark.parametrize(
    "days",
    [
        [date(2020, 5, 1)],
        [date(2020, 5, 1), date(2020, 5, 1)],
        [date(2020, 5, 1), None],
        [None],
        [date(2022, 1, 1), date(2021, 12, 31), date(2021, 12, 30), date(1994, 1, 1)],
        [date(2024, 1, 1) - timedelta(days=97 * n) for n in range(40)],
        [date(2024, 1, 1) - timedelta(days=n) for n in range(40)],
        [date(2024, 1, 1), *(date(1924, 1, 1) - timedelta(days=n) for n in range(5))],
    ],
)
def test_drawing_is_readable(days: list[date | None]) -> None:
    drawing = draw([event_at(day) for day in days])
    assert len(drawing.rows) == len(days)
    assert_readable(drawing)


def test_marks_are_to_scale() -> None:
    days = [date(2022, 1, 1), date(2012, 1, 1), date(2002, 1, 1)]
    first, middle, last = (row.mark or 0.0 for row in draw([event_at(d) for d in days]).rows)
    assert middle - first == pytest.approx(last - middle, abs=0.02)


def test_years_on_the_axis_thin_out() -> None:
    near = draw([event_at(date(2022, 1, 1)), event_at(date(2020, 1, 1))])
    assert [year for _, year in near.ticks] == ["2022", "2021", "2020"]
    far = draw([event_at(date(2022, 1, 1)), event_at(date(1962, 1, 1))])
    assert [year for _, year in far.ticks] == ["2020", "2000", "1980"]


def test_long_texts_are_broken_for_a_phone() -> None:
    label = Label.of("clause", "подпункт 3) пункта 12 Положения об уполномоченном по этике")
    assert len(label.lines) == 3
    assert max(map(len, label.lines)) <= 25
    assert label.height > 3 * LINE


def test_many_events_name_fewer_clauses(app: Flask, records: Records) -> None:
    changes = [
        amendment(str(n), date(2016, 2, 1) + timedelta(days=70 * n), f"code/{clause}")
        for n in range(40)
        for clause in (5, 6, 7, 8, 9)
    ]
    found = events_of(records.acts[0], with_amendments(records, *changes))
    with app.test_request_context("/en/amendments"):
        app.preprocess_request()
        many, few = drawn(found, None), drawn(found[:3], None)
    assert_readable(many)
    assert len(many.rows) == 43
    amending = many.rows[0], few.rows[1 if few.rows[0].drawn.kind == "edition" else 0]
    assert [len(row.labels) for row in amending] == [4, 6]
    assert many.rows[0].labels[-1][1].lines == ("and 4 more",)


# -- the page ---------------------------------------------------------------------------------


def test_each_event_opens_its_clauses_in_the_drawing_and_in_words(client: FlaskClient) -> None:
    page = client.get("/en/amendments").text
    picture = page.split("<svg")[1].split("</svg>")[0]
    rest = page.replace(picture, "")
    for address in ("decree/1", "regulation/2", "regulation/5", "annex/1"):
        href = f'href="/en/act/{ACT}/{address}"'
        assert href in picture
        assert href in rest
    for anchor in re.findall(r'href="#([\w-]+)"', picture):
        assert f'id="{anchor}"' in rest


def test_the_drawing_has_a_name_and_no_style(client: FlaskClient) -> None:
    picture = client.get("/kk/amendments").text.split("<svg")[1].split("</svg>")[0]
    assert "<title" in picture
    assert "<desc" in picture
    assert "style=" not in picture


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("component=regulation", "Decree No. 74 of 22 July 2019", "U2200000814 ·"),
        ("year=2022", "U2200000814 ·", "U1900000074 ·"),
        ("by=U1700000487", "U1700000487 ·", "U2200000814 ·"),
        ("year=1900", "No such event is recorded.", "<svg"),
        ("component=%3Cscript%3E", "Show all events", "<script>"),
    ],
)
def test_choices_of_the_page(client: FlaskClient, query: str, there: str, gone: str) -> None:
    page = client.get(f"/en/amendments?{query}").text
    assert there in page
    assert gone not in page


def test_events_after_the_day_are_marked_and_stay(client: FlaskClient) -> None:
    page = client.get("/ru/amendments?on=2018-01-01").text
    assert (
        page.count("Этот акт принят после 1\xa0января 2018")
        + page.count("Этот акт принят после 1 января 2018")
        == 2
    )
    assert page.count('class="card later"') == 2
    assert "drawn-later" in page
    assert "drawn-later" not in client.get("/ru/amendments").text


def test_a_note_on_a_whole_component_leads_to_what_may_have_changed(client: FlaskClient) -> None:
    page = client.get("/en/amendments").text
    href = "/en/search?by=U2200000814&amp;component=code"
    assert href in page
    assert "45 clauses" in client.get(href.replace("&amp;", "&")).text


@pytest.mark.parametrize(("act", "status"), [(ACT, 200), ("", 200), ("U0000000000", 404)])
def test_act_choice(client: FlaskClient, act: str, status: int) -> None:
    assert client.get(f"/en/amendments?act={act}").status_code == status


def test_crumbs(client: FlaskClient) -> None:
    crumbs = client.get("/en/amendments").text.split('class="crumbs"')[1].split("</nav>")[0]
    assert f'href="/en/act/{ACT}/"' in crumbs
    assert '<li aria-current="page">Amendments</li>' in crumbs
