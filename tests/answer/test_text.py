"""Answers as a terminal prints them: days as the reader writes them, and who phrased what."""

from dataclasses import replace
from datetime import date

import pytest

from kb.address import ClauseAddress
from kb.answer.answer import LeadBy, answered, dated
from kb.answer.quote import Library
from kb.answer.text import answer_text, citation_lines, said_day, said_days
from kb.corpus.load import load_records


@pytest.fixture(scope="module")
def library():
    return Library(load_records(with_references=False))


def citation(library, address):
    return library.cite(library.get(ClauseAddress.parse(address)))


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("kk", "22.02.2022"), ("ru", "22.02.2022"), ("en", "22 February 2022")],
)
def test_a_day(lang, expected):
    assert said_day(date(2022, 2, 22), lang) == expected


DAYS = [
    ("Указ № 74 от 2019-07-22: внесены изменения", "Указ № 74 от 22.07.2019: внесены изменения"),
    ("2018-01-01, 2019-01-02.", "01.01.2018, 02.01.2019."),
    ("U1500000153/code/6@2022-02-22x", "U1500000153/code/6@2022-02-22x"),
    ("2022-99-99", "2022-99-99"),
    ("1-2022-02-22", "1-2022-02-22"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_days_in_our_words(text, expected):
    assert said_days(text, "ru") == expected


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_no_iso_day_is_printed_under_a_quote(library, lang):
    printed = "\n".join(citation_lines(citation(library, "regulation/2"), lang))
    assert "2017" in printed
    assert "2017-06-01" not in printed
    assert "2022-02-22" not in printed


@pytest.mark.parametrize(
    ("lang", "label"),
    [
        ("kk", "тілдік модель тұжырымдаған; дәйексөздері тексерілген"),
        ("ru", "сформулировано языковой моделью; цитаты проверены"),
        ("en", "phrased by a language model; quotations checked"),
    ],
)
def test_a_lead_of_a_model_is_labelled(library, lang, label):
    own = answered(lang, "…", [citation(library, "code/7")], kind="clause")
    assert label not in answer_text(own)
    assert label in answer_text(replace(own, lead_by=LeadBy.MODEL))
    assert replace(own, lead_by=LeadBy.MODEL).as_json()["lead_by"] == "model"
    assert own.as_json()["lead_by"] == "corpus"


def test_no_letter_of_a_models_text_is_touched(library):
    own = answered("ru", "«… 2022-02-22 …»", [citation(library, "code/7")], kind="clause")
    assert "22.02.2022 …" in answer_text(own)
    assert "«… 2022-02-22 …»" in answer_text(replace(own, lead_by=LeadBy.MODEL))


@pytest.mark.parametrize("address", ["code/5/1", "code/6/1", "decree/3", "regulation/4/3"])
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_translation_is_printed_without_the_number_of_its_clause(library, lang, address):
    lines = list(citation_lines(citation(library, address), lang))
    heading = next(i for i, line in enumerate(lines) if "перевод" in line or "translation" in line)
    assert not lines[heading + 1].strip()[0].isdigit()


def test_the_wording_held_is_printed_where_the_answer_says_it_is_below(library):
    on = date(2018, 1, 1)
    clause = library.get(ClauseAddress.parse("regulation/5"))
    cited = [library.cite(c, on=on) for c in (clause, *library.children(clause))]
    printed = answer_text(dated(answered("en", "", cited, kind="reference")))
    said, held = printed.split("The text held (edition of 22 February 2022):")
    assert "Below is the edition of 22 February 2022" in " ".join(said.split())
    for citation in cited:
        assert " ".join(citation.clause.text.split())[:40] in " ".join(
            held.replace("  | ", "").split()
        )


def test_a_number_stays_beside_its_sign(library):
    lines = answer_text(answered("ru", "слово " * 13 + "Указы № 487", (), kind="history"))
    assert "№ 487" in lines
    assert len(lines.split("\n")) > 1
