"""JSON-LD of the pages: it parses, and names the act or the clause and its edition."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from kb.config import Config
from kb.web.app import create_app
from kb.web.linked_data import clause_data
from tests.web.test_security import page_faults

DECREE, ORDER = "U1500000153", "V1800016985"
_SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def held(editions_home: Path) -> Iterator[FlaskClient]:
    with create_app(Config(home=editions_home, encoder="none")).test_client() as client:
        yield client


def data_of(page: str) -> list[dict[str, Any]]:
    """What stands in the head of a page as JSON-LD."""
    return [json.loads(found) for found in _SCRIPT.findall(page.split("<body>")[0])]


# Page, identifier, address of the page in Kazakh.
NAMED = [
    (f"/ru/act/{DECREE}/code/6/8", f"{DECREE}/code/6/8@2022-02-22", "code/6/8"),
    (
        f"/kk/act/{DECREE}/decree/preamble",
        f"{DECREE}/decree/preamble@2022-02-22",
        "decree/preamble",
    ),
    (f"/en/act/{ORDER}/rules/4", f"{ORDER}/rules/4@2021-10-12", "rules/4"),
    (f"/en/act/{ORDER}/rules/4@2019-01-15", f"{ORDER}/rules/4@2019-01-15", "rules/4@2019-01-15"),
    (f"/en/act/{ORDER}/rules/4?on=2020-01-01", f"{ORDER}/rules/4@2019-01-15", "rules/4@2019-01-15"),
]


@pytest.mark.parametrize(("path", "identifier", "address"), NAMED)
def test_a_clause_is_named_with_its_edition(
    held: FlaskClient, path: str, identifier: str, address: str
) -> None:
    page = held.get(path).text
    [found] = data_of(page)
    act = identifier.split("/")[0]
    assert found["legislationIdentifier"] == identifier
    assert found["@id"] == f"http://localhost/kk/act/{act}/{address}"
    assert found["isPartOf"]["@id"].startswith(f"http://localhost/kk/act/{act}/")
    assert page_faults(page) == []
    assert held.get(found["@id"].removeprefix("http://localhost")).status_code == 200


def test_the_words_are_the_laws_own(held: FlaskClient) -> None:
    [now] = data_of(held.get(f"/ru/act/{ORDER}/rules/4").text)
    [then] = data_of(held.get(f"/ru/act/{ORDER}/rules/4@2019-01-15").text)
    assert now["text"] == "Құжат оқырманға күнтізбелік отыз күнге беріледі."
    assert then["text"] == "Құжат оқырманға он бес жұмыс күніне беріледі."


def test_an_act_says_what_changed_it(held: FlaskClient) -> None:
    page = held.get(f"/en/act/{DECREE}/").text
    [found] = data_of(page)
    assert found["@id"] == f"http://localhost/kk/act/{DECREE}/"
    assert found["legislationDateVersion"] == "2022-02-22"
    changed_by = [act["legislationIdentifier"][0] for act in found["eli:changed_by"]]
    assert changed_by == ["U2200000814", "U1700000487", "U1900000074"]
    assert len(found["eli:repeals"]) == 4
    assert page_faults(page) == []


def test_the_page_of_an_older_edition_speaks_for_no_other(held: FlaskClient) -> None:
    assert data_of(held.get(f"/en/act/{ORDER}/?on=2020-01-01").text) == []
    assert len(data_of(held.get(f"/en/act/{ORDER}/?on=2022-01-01").text)) == 1


def test_the_public_address_comes_from_the_settings(editions_home: Path) -> None:
    config = Config(home=editions_home, encoder="none", site_url="https://adep.example.kz/")
    page = create_app(config).test_client().get(f"/kk/act/{DECREE}/code/7").text
    assert data_of(page)[0]["url"] == f"https://adep.example.kz/kk/act/{DECREE}/code/7"


@pytest.mark.parametrize("words", ["</script><script>alert(1)</script>", "a & b < c", "<!--"])
def test_no_words_of_a_text_end_the_script(held: FlaskClient, words: str) -> None:
    knowledge = held.application.extensions["adep"].get()
    with held.application.test_request_context("/kk/"):
        library = knowledge.library
        citation = library.cite(library.records.clauses[0])
        script = clause_data(replace(citation, clause=replace(citation.clause, text=words)))
    assert isinstance(script, Markup)
    [inside] = _SCRIPT.findall(script)
    assert not set("<>&") & set(inside)
    assert json.loads(inside)["text"] == words
