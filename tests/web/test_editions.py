"""Pages as at a day, where several editions are held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.config import Config
from kb.web.app import create_app

ACT = "V1800016985"
OLD, NEW = "он бес жұмыс күніне", "күнтізбелік отыз күнге"


@pytest.fixture(scope="module")
def client(editions_home: Path) -> Iterator[FlaskClient]:
    with create_app(Config(home=editions_home, encoder="none")).test_client() as client:
        yield client


PAGES = [
    (f"/kk/act/{ACT}/", NEW, OLD),
    (f"/kk/act/{ACT}/?on=2020-01-01", OLD, NEW),
    (f"/kk/act/{ACT}/?on=2022-01-01", NEW, OLD),
    (f"/kk/act/{ACT}/rules/4", NEW, OLD),
    (f"/kk/act/{ACT}/rules/4?on=2020-01-01", OLD, NEW),
    (f"/kk/act/{ACT}/rules/4@2019-01-15", OLD, NEW),
    (f"/ru/act/{ACT}/rules/8?on=2020-01-01", "Қорды түгендеу", NEW),
    (f"/ru/act/{ACT}/rules/8@2019-01-15", "Қорды түгендеу", NEW),
    (f"/kk/act/{ACT}/?on=2020-01-01", "Қорды түгендеу", "Құжатты мерзімінде қайтармаған"),
]


@pytest.mark.parametrize(("address", "shown", "other"), PAGES)
def test_the_page_has_the_wording_of_the_day(
    client: FlaskClient, address: str, shown: str, other: str
) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert shown in response.text
    assert other not in response.text


@pytest.mark.parametrize("address", [f"/kk/act/{ACT}/rules/8", f"/kk/act/{ACT}/rules/4@2018-01-01"])
def test_what_the_text_does_not_have_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_newest_edition_has_the_page_without_one(client: FlaskClient) -> None:
    response = client.get(f"/kk/act/{ACT}/rules/4@2021-10-12")
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"/kk/act/{ACT}/rules/4")


@pytest.mark.parametrize("day", ["2018-01-01", "2018-07-01", "2020-01-01", "2022-01-01"])
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_clause_of_a_day_has_its_page(client: FlaskClient, lang: str, day: str) -> None:
    for address in ("order/preamble", "rules/2/2", "rules/6-1", "rules/7/part-2", "rules/8"):
        response = client.get(f"/{lang}/act/{ACT}/{address}?on={day}")
        assert response.status_code == 200, address


def test_the_links_of_an_older_page_stay_in_its_edition(client: FlaskClient) -> None:
    text = client.get(f"/kk/act/{ACT}/rules/2/2@2019-01-15").text
    assert f"/kk/act/{ACT}/rules/2/3@2019-01-15" in text
    assert f"/kk/act/{ACT}/rules/2@2019-01-15" in text


OFFICIAL = [
    # The page, the words of the official text, the edition that it is of.
    (f"/ru/act/{ACT}/rules/4", "Документ выдается читателю на тридцать", "12 октября 2021"),
    (
        f"/en/act/{ACT}/rules/4?beside=ru",
        "Документ выдается читателю на тридцать",
        "12 October 2021",
    ),
    (f"/ru/act/{ACT}/", "Документ выдается читателю на тридцать", "12 октября 2021"),
    (f"/ru/act/{ACT}/rules/2", "читатель – работник, пользующийся", "12 октября 2021"),
    # These words were the text before, too, and the Russian is of the second edition.
    (f"/ru/act/{ACT}/rules/1?on=2020-01-01", "Настоящие Правила определяют", "12 октября 2021"),
]


@pytest.mark.parametrize(("address", "words", "edition"), OFFICIAL)
def test_the_official_text_stands_beside_the_law_with_its_edition(
    client: FlaskClient, address: str, words: str, edition: str
) -> None:
    page = client.get(address).text
    before, found, _ = page.partition(words)
    assert found
    label = before.rpartition('<p class="label"')[2].split("</p>")[0]
    said = "официальный текст на русском" if "/ru/" in address else "official text in Russian"
    assert said.lower() in label.lower()
    assert edition in " ".join(label.split())


@pytest.mark.parametrize(
    "address",
    [
        f"/kk/act/{ACT}/rules/4",
        f"/ru/act/{ACT}/rules/4?beside=none",
        f"/ru/act/{ACT}/rules/4?on=2020-01-01",
        f"/ru/act/{ACT}/rules/4@2019-01-15",
        # Changed without a note that says so.
        f"/ru/act/{ACT}/rules/10@2019-01-15",
    ],
)
def test_no_official_text_where_none_is_of_these_words(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    assert "Документ выдается читателю" not in page
    assert "на три месяца" not in page


def test_an_older_clause_is_cited_with_one_edition_and_the_kind_of_the_amending_act(
    client: FlaskClient,
) -> None:
    then = client.get(f"/ru/act/{ACT}/rules/4@2019-01-15").text
    assert f">{ACT}/rules/4@2019-01-15<" in then
    assert "@2019-01-15@" not in then
    assert f'name="address" value="{ACT}/rules/4@2019-01-15"' in then
    now = client.get(f"/ru/act/{ACT}/rules/4").text
    assert f">{ACT}/rules/4@2021-10-12<" in now
    assert f'name="address" value="{ACT}/rules/4"' in now
    assert "Приказом № 310" in now
    assert "Указом № 310" not in now


@pytest.mark.parametrize(
    ("address", "status"),
    [("rules/4", 303), ("rules/4@2019-01-15", 303), ("rules/4@2018-01-01", 400)],
)
def test_a_note_collects_clauses_of_every_text_held(
    client: FlaskClient, address: str, status: int
) -> None:
    form = {"address": f"{ACT}/{address}", "back": "/ru/"}
    assert client.post("/ru/note/collect", data=form).status_code == status
