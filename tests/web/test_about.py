"""The page about the site says what the records hold and what was measured, and nothing else."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.config import Config
from kb.model import Records
from kb.web.about import Share, covered, measured
from kb.web.app import create_app

QUALITY = Path(__file__).parent.parent.parent / "docs" / "quality.md"
ACT = "U1500000153"
# The columns of docs/quality.md, by their headings.
COLUMNS = {
    "right": "accuracy@1",
    "refused": "refusal recall",
    "wrongly_refused": "false refusals",
}


def table() -> dict[str, dict[str, str]]:
    """The rows of our system in the table of questions not fitted on, by language."""
    text = QUALITY.read_text(encoding="utf-8")
    section = text.split("## Questions not fitted on", 1)[1].split("\n## ", 1)[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith("|")
    ]
    return {row[1]: dict(zip(rows[0], row, strict=True)) for row in rows if row[0] == "Adep"}


def test_figures_are_those_of_the_quality_report() -> None:
    """After a new measurement, copy the figures of docs/quality.md into kb/web/measured.toml."""
    rows = table()
    assert set(rows) == {"kk", "ru", "en", "all"}
    for figures in measured()[1]:
        row = rows[figures.lang]
        assert figures.questions == int(row["n"])
        for name, column in COLUMNS.items():
            shown = [float(number) for number in re.findall(r"[0-9.]+", row[column])]
            share = getattr(figures, name)
            assert [share.value, share.low, share.high] == shown, (figures.lang, name)


def test_day_of_the_measurement_is_that_of_the_quality_report() -> None:
    day = measured()[0]
    words = f"{day.day} {day:%B %Y}"
    assert f"The figures below are of {words}." in QUALITY.read_text(encoding="utf-8")


def test_share_in_words() -> None:
    share = Share(0.944, 0.901, 1.0)
    assert (share.percent, share.interval) == ("94", "90–100")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", ["1 маусым", "№ 814", "бейресми", "сұрағыңыз ешқайда"]),
        ("ru", ["Указ № 487 от 1 июня 2017", "неофициальные", "нигде не записывается"]),
        ("en", ["Decree No. 74 of 22 July 2019", "unofficial", "written down nowhere"]),
    ],
)
def test_page_says_what_is_included_and_what_not(
    client: FlaskClient, lang: str, words: list[str]
) -> None:
    page = html.unescape(client.get(f"/{lang}/about").text)
    shown = " ".join(page.split()).lower()
    assert [w for w in words if w.lower() not in shown] == []
    assert (
        f'href="https://adilet.zan.kz/{ {"kk": "kaz", "ru": "rus", "en": "eng"}[lang] }/docs/{ACT}"'
        in page
    )
    for figures in measured()[1]:
        assert f"<td>{figures.questions}</td>" in page
        assert f"({figures.right.interval})" in page


def test_counts_are_those_of_the_records(records: Records) -> None:
    rows = {
        row.name: (row.paragraphs, row.subparagraphs)
        for row in covered(records.acts[0], records.clauses)
    }
    # Counted in the source text by hand.
    assert rows == {
        "decree": (3, 2),
        "code": (12, 23),
        "regulation": (10, 16),
        "annex": (4, 0),
    }


def test_language_model_is_named_where_one_is_connected(
    client: FlaskClient, config: Config
) -> None:
    words = "connected a language model"
    assert words not in client.get("/en/about").text
    asking = replace(config, llm_url="http://127.0.0.1:9/v1", llm_model="any")
    assert words in create_app(asking).test_client().get("/en/about").text


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_page_sets_no_cookie_and_is_in_the_menu(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/{lang}/about")
    assert "Set-Cookie" not in page.headers
    assert f'<a href="/{lang}/about" aria-current="page">' in page.text
    assert len(page.data) < 100_000
