"""Ids on the page of an act: one for each address, and those of the shipped act as they were."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kb.address import ClauseAddress
from kb.model import Records
from kb.web.links import anchor

IDS = [
    ("code/6/8", "code-6-8"),
    ("regulation/2/part-3", "regulation-2-part-3"),
    ("decree/preamble", "decree-preamble"),
    ("code/chapter-2", "code-chapter-2"),
    ("law/5/1", "law-5-1"),
    ("law/5-1", "law-5_1"),
    ("law/5-1/1-2", "law-5_1-1_2"),
    ("law/chapter-2-1", "law-chapter-2_1"),
    ("rules/1.2", "rules-1.2"),
    ("annex/2", "annex-2"),
    ("annex-2", "annex_2"),
    ("annex-2/1", "annex_2-1"),
]


@pytest.mark.parametrize(("address", "found"), IDS)
def test_the_id_of_an_address(address: str, found: str) -> None:
    assert anchor(ClauseAddress.parse(address)) == found


_NUMBER = st.from_regex(r"[1-9][0-9]?(?:[-.][1-9])?", fullmatch=True)
_COMPONENT = st.builds(
    lambda name, number: f"{name}-{number}" if number else name,
    st.sampled_from(("law", "annex", "rules")),
    st.sampled_from(("", "1", "2")),
)
_ADDRESSES = st.builds(
    lambda component, path, part: ClauseAddress(component, (*path, *part)),
    _COMPONENT,
    st.lists(_NUMBER, max_size=3),
    st.sampled_from(((), ("part-1",), ("part-2",), ("chapter-1",), ("chapter-1-1",))),
)


@given(st.lists(_ADDRESSES, min_size=2, max_size=30, unique=True))
def test_no_two_addresses_share_an_id(addresses: list[ClauseAddress]) -> None:
    found = {anchor(address) for address in addresses}
    assert len(found) == len(addresses)
    assert all(re.fullmatch(r"[a-z][a-z0-9_.-]*", one) for one in found)


def test_the_ids_of_the_shipped_act_stay(records: Records, client: FlaskClient) -> None:
    page = client.get("/en/act/U1500000153/").text
    ids = re.findall(r'<div class="unit [^>]*id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == len(records.clauses)
    assert set(ids) == {clause.address.short.replace("/", "-") for clause in records.clauses}
