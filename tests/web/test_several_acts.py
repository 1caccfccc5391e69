"""Pages that speak of several acts: the choice of one, its feed, its facet, its line in the bar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.config import Config
from kb.model import ActReference, Amendment, Clause, Records
from kb.web.app import create_app
from kb.web.knowledge import Knowledge

FIRST, SECOND = "U1500000153", "V2000020000"
NAME = "Order No. 7 of 1 June 2020"


def two_acts(records: Records) -> Records:
    """The shipped act, and an order of one paragraph that an order without a known day amended."""
    other = replace(
        records.acts[0],
        id=SECOND, kind="order", number="7", adopted=date(2020, 6, 1), in_force=date(2020, 7, 1),
        edition=date(2021, 1, 1), short=dict.fromkeys(("kk", "ru", "en"), NAME),
        components=(replace(records.acts[0].components[0], name="order"),), chapters=(),
    )  # fmt: skip
    address = ClauseAddress("order", ("1",), SECOND)
    clause = Clause(address, "paragraph", "1", None, None, "Бұйрық.", "Бұйрық.", (1,))
    by = ActReference("12", None, kind="order")
    change = Amendment(address, "restated", by, "unknown", "", None, "Ескерту.", (2,))
    return replace(
        records,
        acts=(*records.acts, other),
        clauses=(*records.clauses, clause),
        amendments=(*records.amendments, change),
    )


@pytest.fixture
def site(
    config: Config, records: Records, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FlaskClient]:
    app: Flask = create_app(config)
    library = Library(two_acts(records))
    monkeypatch.setattr(Knowledge, "library", property(lambda _: library))
    with app.test_client() as client:
        yield client


def test_one_act_is_chosen_of_several(site: FlaskClient) -> None:
    first, second = site.get("/en/amendments").text, site.get(f"/en/amendments?act={SECOND}").text
    assert f'<option value="{FIRST}" selected>' in first
    assert f'<option value="{SECOND}" selected>' in second
    assert "U2200000814 ·" in first
    assert "Order No. 12" not in first
    assert "Order No. 12" in second
    assert "U2200000814 ·" not in second
    assert "№ 814" not in second


def test_an_amending_act_without_a_day_is_drawn_without_a_mark(site: FlaskClient) -> None:
    picture = site.get(f"/en/amendments?act={SECOND}").text.split("<svg")[1].split("</svg>")[0]
    assert picture.count("<circle") == 3
    assert len(re.findall(r'class="drawn-event', picture)) == 4
    assert f'href="/en/act/{SECOND}/order/1"' in picture


def test_each_act_has_its_own_page_and_feed(site: FlaskClient) -> None:
    head = site.get(f"/en/amendments?act={SECOND}").text.split("<body>")[0]
    assert f'<link rel="canonical" href="http://localhost/en/amendments?act={SECOND}">' in head
    assert f'href="/en/feeds/{SECOND}.atom">' in head
    feed = site.get(f"/en/feeds/{SECOND}.atom").text
    assert f"<title>Order No. 12: {NAME}" in feed
    assert "<updated>2021-01-01T00:00:00+00:00</updated>" in feed
    assert f"/en/amendments?act={SECOND}" in site.get("/sitemap.xml").text


def test_acts_are_a_facet(site: FlaskClient) -> None:
    page = site.get(f"/en/search?act={SECOND}").text
    assert "1 clause</h2>" in page
    assert 'id="facet-act"' in page
    assert f"{NAME}" in page.split('class="found"')[1]


def test_the_bar_speaks_of_each_act(site: FlaskClient) -> None:
    bar = site.get("/en/?on=2020-06-15").text.split('class="day-bar"')[1].split("</aside>")[0]
    assert f"{NAME}: on that day the act had been adopted but was not yet in force" in bar
    assert "No. 153" not in bar


def many_acts(records: Records, number: int) -> Records:
    """The shipped act, and orders of one paragraph each."""
    both = two_acts(records)
    order, clause = both.acts[-1], both.clauses[-1]
    others = [
        replace(
            order,
            id=f"V20000200{n:02}",
            number=str(n),
            short=dict.fromkeys(order.short, f"Order {n}"),
        )
        for n in range(1, number)
    ]
    clauses = [replace(clause, address=clause.address.inside(act.id)) for act in others]
    return replace(
        both, acts=(*records.acts, *others), clauses=(*records.clauses, *clauses),
        amendments=records.amendments,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "rest", "on_act"),
    [(2, None, None), (3, None, None), (4, "1", "Order 3"), (9, "6", "8 acts")],
)
def test_a_few_acts_are_named_and_the_rest_counted(
    config: Config, records: Records, monkeypatch: pytest.MonkeyPatch,
    number: int, rest: str | None, on_act: str | None,
) -> None:  # fmt: skip
    library = Library(many_acts(records, number))
    app: Flask = create_app(config)
    monkeypatch.setattr(Knowledge, "library", property(lambda _: library))
    client = app.test_client()
    home = client.get("/en/").text
    for place in home.split('<footer class="site-foot">'):
        assert [f"Order {n}" in place for n in range(1, number)] == [
            n <= 2 for n in range(1, number)
        ]
        link = re.search(r'<a href="/en/about#coverage">Other acts held here: (\d+)</a>', place)
        assert (link and link[1]) == rest
    assert client.get("/en/about").text.count('id="texts-') == number
    act = (
        client.get(f"/en/act/{FIRST}/")
        .text.partition("Other acts held here:")[2]
        .partition("</p>")[0]
    )
    assert (on_act or "Order 1") in act
    assert ("Order 1<" in act) == (number <= 4)
