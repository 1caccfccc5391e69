"""What of an act a page shows: laid out, narrowed, searched; and letters put back in a line."""

from __future__ import annotations

import pytest
from flask import Flask

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.model import Records, Restoration
from kb.web.finding import Finder
from kb.web.mentions import mentions
from kb.web.narrowing import Choice
from kb.web.reading import laid_out
from kb.web.restored import letter_by_letter, restored_line
from kb.web.shown import Showing, ShownAct

ACT = "U1500000153"


@pytest.fixture(scope="module")
def library(records: Records) -> Library:
    return Library(records)


def show(
    library: Library, words: str = "", beside: str = "", choice: Choice | None = None
) -> ShownAct:
    showing = Showing(beside, choice or Choice(), Finder(words))
    return showing.act(laid_out(library, ACT, None))


def addresses(shown: ShownAct) -> list[str]:
    return [
        one.unit.clause.address.short
        for part in shown.components
        for section in part.sections
        for top in section.units
        for one in top.walk()
    ]


@pytest.mark.parametrize(
    ("words", "lang", "text", "marked"),
    [
        ("уәкіл", "kk", "Әдеп жөніндегі уәкілдің міндеті", "Әдеп жөніндегі [уәкілдің] міндеті"),
        ("уакил", "kk", "уәкілге", "[уәкілге]"),
        ("uakil", "kk", "уәкілге", "[уәкілге]"),
        ("қызм", "kk", "мемлекеттік қызметші", "мемлекеттік [қызметші]"),
        ("әд", "kk", "әдеп", "әдеп"),
        ("мүлік уәкіл", "kk", "мүлік туралы", "мүлік туралы"),
        ("мүлік уәкіл", "kk", "уәкілдің мүлкі", "[уәкілдің] [мүлкі]"),
        ("имущества", "ru", "беречь имущество", "беречь [имущество]"),
        ("учет", "ru", "на учёте", "на [учёте]"),
        ("gift", "en", "No gifts, no favours", "No [gifts], no favours"),
        ("487", "kk", "№ 487 Жарлығымен", "№ [487] Жарлығымен"),
        ("", "kk", "әдеп", "әдеп"),
        ("b<c", "en", "a <b> c", "a &lt;[b]&gt; [c]"),
    ],
)
def test_words_are_marked_in_all_their_forms(words: str, lang: str, text: str, marked: str) -> None:
    finder = Finder(words)
    (found,) = finder.mark([text], lang)
    for number in range(finder.marks):
        found = found.replace(f'<mark id="m{number + 1}">', "[")
    assert found.replace("</mark>", "]") == marked


def test_words_may_stand_in_several_lines_of_one_clause() -> None:
    lines = Finder("мүлік уәкіл").mark(["Мүлік.", "Уәкіл."], "kk")
    assert [line.count("<mark") for line in lines] == [1, 1]


def test_marks_are_numbered_as_they_stand(library: Library) -> None:
    shown = show(library, "әдеп", beside="ru")
    marks = [
        piece.split('"')[0]
        for part in shown.components
        for section in part.sections
        for top in section.units
        for one in top.walk()
        for text in (*one.lines, *one.translation)
        for piece in text.split('<mark id="m')[1:]
    ]
    assert marks == sorted(marks, key=int)
    assert 0 < len(marks) <= shown.marks


def test_a_translation_is_searched_only_where_it_is_shown(library: Library) -> None:
    assert show(library, "имущество").found == ()
    found = show(library, "имущество", beside="ru").found
    assert "code/6/8" in [one.unit.clause.address.short for one in found]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_translation_has_no_number_of_its_own(library: Library, lang: str) -> None:
    shown = show(library, beside=lang)
    for part in shown.components:
        for section in part.sections:
            for top in section.units:
                for one in top.walk():
                    assert not (one.translation and one.translation[0][:1].isdigit())


# -- narrowing --------------------------------------------------------------------------------


def test_every_clause_is_shown_without_a_choice(library: Library, clauses: list[str]) -> None:
    assert sorted(addresses(show(library))) == sorted(clauses)


@pytest.mark.parametrize(
    ("role", "actor", "has", "lacks"),
    [
        ("prohibition", "", ["code/6", "code/6/6"], ["code/6/8", "regulation/1"]),
        ("duty", "ethics-commissioner", ["regulation/10"], ["code/6", "decree/1"]),
        ("", "president", ["decree/1", "annex/1"], ["code/6"]),
    ],
)
def test_a_choice_shows_its_clauses_and_what_opens_them(
    library: Library, role: str, actor: str, has: list[str], lacks: list[str]
) -> None:
    found = addresses(show(library, choice=Choice(role, actor)))
    assert set(has) <= set(found)
    assert not set(lacks) & set(found)


def test_the_opening_words_are_told_from_what_was_chosen(library: Library) -> None:
    shown = show(library, choice=Choice("prohibition"))
    by_address = {
        one.unit.clause.address.short: one
        for part in shown.components
        for section in part.sections
        for top in section.units
        for one in top.walk()
    }
    assert by_address["code/6"].opens
    assert not by_address["code/6/6"].opens
    assert by_address["code/6"].omitted == 9 - len(by_address["code/6"].under) > 0
    chosen = [one for one in by_address.values() if one.unit.lines and not one.opens]
    assert shown.clauses == len(chosen)
    assert {one.unit.citation.headnote.role for one in chosen if one.unit.citation.headnote} == {
        "prohibition"
    }


# -- restored letters -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("уәк л", "уәкіл", "уәк<del> </del><ins>і</ins>л"),
        ("жөнндег", "жөніндегі", "жөн<ins>і</ins>ндег<ins>і</ins>"),
        ("біржақтылықпен", "біржақтылық пен", "біржақтылық<ins> </ins>пен"),
        ("мәжбүрlemeу", "мәжбүрлемеу", "мәжбүр<del>leme</del><ins>леме</ins>у"),
        ("a<b", "a<bі", "a&lt;b<ins>і</ins>"),
    ],
)
def test_letters_are_shown_one_by_one(before: str, after: str, shown: str) -> None:
    assert letter_by_letter(before, after) == shown


def test_every_restored_line_leads_to_the_reading_text(records: Records) -> None:
    lines = {
        number: restored_line(number, text, clause, records.restorations)
        for clause in records.clauses
        for number, text in zip(clause.source_lines, clause.source_text.split("\n"), strict=False)
    }
    in_clauses = {entry.line for entry in records.restorations} & lines.keys()
    assert len(in_clauses) > 10
    assert [number for number in in_clauses if lines[number] is None] == []


def test_another_acts_restoration_is_not_shown(records: Records) -> None:
    clause = records.clauses[0]
    line, text = clause.source_lines[0], clause.source_text.split("\n")[0]
    word = text.split()[0]
    assert restored_line(line, text, clause, [Restoration(line, word, word + "і", "x")]) is None


# -- what a clause refers to ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("decree/1/1", ["Әдеп кодексі"]),
        ("regulation/8", []),
        ("annex/2", ["2007 жылғы 27 қарашадағы N 446 Жарлығының"]),
    ],
)
def test_mentions(app: Flask, library: Library, address: str, titles: list[str]) -> None:
    clause = library.get(ClauseAddress.parse(f"{ACT}/{address}"))
    found = mentions(library, library.acts[ACT], clause)
    assert [mention.title for mention in found] == titles


def test_a_text_of_the_same_act_can_be_opened(library: Library) -> None:
    clause = library.get(ClauseAddress.parse(f"{ACT}/decree/1/1"))
    (mention,) = mentions(library, library.acts[ACT], clause)
    assert mention.address == ClauseAddress("code", act=ACT)
