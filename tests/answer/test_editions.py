"""The wording of a day among several editions, and what is said where none is held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.address import ClauseAddress
from kb.answer.answerer import Answer, Answerer, state_notice
from kb.answer.quote import Library
from kb.answer.records import cited_record
from kb.answer.text import citation_lines
from kb.config import Config
from kb.corpus.history import State
from kb.corpus.load import load_records
from kb.errors import UnknownAddressError
from kb.index.searcher import Searcher
from kb.model import Records

ACT = "V1800016985"
HELD, POSSIBLE, NOT_HELD = State.HELD, State.POSSIBLY_EARLIER, State.EARLIER_NOT_HELD
ABSENT, BEFORE = State.NOT_IN_TEXT, State.NOT_IN_FORCE
FIRST, SECOND = "2019-01-15", "2021-10-12"


@pytest.fixture(scope="module")
def held(imported_acts: Path) -> Records:
    return load_records(imported=imported_acts, with_references=False)


@pytest.fixture(scope="module")
def library(held: Records) -> Library:
    return Library(held)


@pytest.fixture(scope="module")
def answerer(editions_home: Path) -> Answerer:
    return Answerer(Searcher(Config(home=editions_home, encoder="none")))


def at(text: str) -> ClauseAddress:
    return ClauseAddress.parse(f"{ACT}/{text}")


# Address, day, state, edition quoted, the words that the quote begins with.
ON_A_DAY = [
    # Restated by order 310 of 2021-10-12.
    ("rules/4", "2020-01-01", HELD, FIRST, "Құжат оқырманға он бес жұмыс"),
    ("rules/4", "2021-10-11", HELD, FIRST, "Құжат оқырманға он бес жұмыс"),
    ("rules/4", "2021-10-12", HELD, SECOND, "Құжат оқырманға күнтізбелік отыз"),
    ("rules/4", "2030-01-01", HELD, SECOND, "Құжат оқырманға күнтізбелік отыз"),
    ("rules/4", "2018-07-01", HELD, FIRST, "Құжат оқырманға он бес жұмыс"),
    ("rules/4", "2018-01-01", BEFORE, FIRST, "Құжат оқырманға он бес жұмыс"),
    # Restated by order 12 of 2019-01-15, which both editions have.
    ("rules/7", "2020-01-01", HELD, FIRST, "Кітапхана қызметкері берілген"),
    ("rules/7", "2018-07-01", NOT_HELD, SECOND, "Кітапхана қызметкері берілген"),
    ("rules/7/part-2", "2018-07-01", NOT_HELD, SECOND, "Есепке алу кітабы"),
    # Items of a list that was renumbered: the address means what stood there on the day.
    ("rules/2/2", "2020-01-01", HELD, FIRST, "оқырман –"),
    ("rules/2/2", "2022-01-01", HELD, SECOND, "құжат –"),
    ("rules/2/4", "2020-01-01", ABSENT, SECOND, "абонемент –"),
    # Inserted, moved, gone.
    ("rules/6-1", "2020-01-01", ABSENT, SECOND, "Құжатты мерзімінде"),
    ("rules/6-1", "2021-10-12", HELD, SECOND, "Құжатты мерзімінде"),
    ("rules/6-1", "2018-01-01", BEFORE, SECOND, "Құжатты мерзімінде"),
    ("rules/11", "2020-01-01", ABSENT, SECOND, "Сирек кездесетін"),
    ("rules/8", "2020-01-01", HELD, FIRST, "Қорды түгендеу"),
    ("rules/8", "2022-01-01", ABSENT, FIRST, "Қорды түгендеу"),
    # Excluded in its own words.
    ("rules/6/2", "2020-01-01", HELD, FIRST, "жоғалған құжаттың"),
    ("rules/6/2", "2022-01-01", HELD, SECOND, "алып тасталды"),
    # Changed without a note, and announced without a change.
    ("rules/10", "2020-01-01", HELD, FIRST, "Осы Қағидаларды бұзған оқырман кітапхана қызметін"),
    ("rules/9", "2020-01-01", HELD, FIRST, "Кітапхана жыл сайын"),
]


@pytest.mark.parametrize(("address", "day", "state", "edition", "begins"), ON_A_DAY)
def test_the_wording_of_a_day(
    library: Library, address: str, day: str, state: State, edition: str, begins: str
) -> None:
    on = date.fromisoformat(day)
    citation = library.cite(library.get(at(address), on), on=on)
    assert citation.state.state is state
    assert citation.act.edition.isoformat() == edition
    assert citation.clause.text.startswith(begins)
    named = citation.clause.address.edition
    assert (named is None) == (edition == SECOND)
    assert citation.state.after_edition == (on > date.fromisoformat(SECOND))


def test_a_single_edition_is_as_before(library: Library) -> None:
    clause = library.get(ClauseAddress.parse("code/6/8"))
    citation = library.cite(clause, on=date(2018, 5, 5))
    assert (citation.clause, citation.state.state) == (clause, POSSIBLE)
    assert (citation.changed_in, citation.ended_in, citation.official) == (None, None, {})


# -- addresses -------------------------------------------------------------------------------


def test_an_edition_in_the_address_names_the_text(library: Library) -> None:
    old, new = (library.get(at(f"rules/4@{day}")) for day in (FIRST, SECOND))
    assert (str(old.address), str(new.address)) == (f"{ACT}/rules/4@{FIRST}", f"{ACT}/rules/4")
    assert old.text != new.text
    citation = library.cite(old)
    assert (citation.state.state, citation.state.on) == (HELD, date(2019, 1, 15))
    assert citation.changed_in == date(2021, 10, 12)
    assert citation.label("ru") == "пункт 4 Правил"


REFUSED = [
    ("rules/4@2018-01-01", "the editions held are 2019-01-15, 2021-10-12"),
    ("rules/8", f"{ACT}/rules/8@2019-01-15"),
    ("rules/8", "no longer in that of 2021-10-12"),
    ("rules/99", "the nearest are"),
    ("rules/6-1@2019-01-15", "the nearest are"),
]


@pytest.mark.parametrize(("address", "said"), REFUSED)
def test_what_is_not_there_is_refused_with_what_is(
    library: Library, address: str, said: str
) -> None:
    with pytest.raises(UnknownAddressError) as error:
        library.get(at(address))
    assert said in str(error.value)


def test_the_clauses_under_an_older_one_are_of_its_edition(library: Library) -> None:
    head = library.get(at(f"rules/2@{FIRST}"))
    assert [str(c.address) for c in library.children(head)] == [
        f"{ACT}/rules/2/{n}@{FIRST}" for n in (1, 2, 3)
    ]
    assert len(library.children(library.get(at("rules/2")))) == 4


def test_what_an_editions_notes_record_stays_with_it(library: Library) -> None:
    old, new = (library.get(at(f"rules/7@{day}")) for day in (FIRST, SECOND))
    assert [t.amendment.by.number for t in library.touched(old)] == ["12"]
    assert library.touched(library.get(at(f"rules/4@{FIRST}"))) == ()
    assert [t.amendment.by.number for t in library.touched(new)] == ["12"]


# -- what is said ----------------------------------------------------------------------------

NOTICES = [
    ("rules/4", "2020-01-01", "В редакции 2021-10-12 текст иной"),
    ("rules/8", "2020-01-01", "В редакции 2021-10-12 этого пункта нет"),
    ("rules/8", "2022-01-01", "уже не было: он есть в редакции 2019-01-15"),
    ("rules/6-1", "2020-01-01", "На 2020-01-01 этого пункта в тексте не было"),
    ("rules/7", "2018-07-01", "Она заменена Приказом № 12 от 2019-01-15"),
    ("rules/10", "2020-01-01", "В редакции 2021-10-12 текст иной"),
    ("rules/9", "2020-01-01", None),
    ("rules/4", "2022-01-01", "Здесь есть редакция 2021-10-12"),
]


@pytest.mark.parametrize(("address", "day", "said"), NOTICES)
def test_the_notice_of_a_day(library: Library, address: str, day: str, said: str | None) -> None:
    on = date.fromisoformat(day)
    notice = state_notice(library.cite(library.get(at(address), on), on=on), "ru")
    assert (said is None and notice is None) or (said is not None and said in (notice or ""))


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize(("address", "day", "said"), NOTICES)
def test_every_notice_exists_in_every_language(
    library: Library, address: str, day: str, said: str | None, lang: str
) -> None:
    on = date.fromisoformat(day)
    notice = state_notice(library.cite(library.get(at(address), on), on=on), lang)
    assert bool(notice) == bool(said)


def test_an_older_quote_says_its_edition_in_print(library: Library) -> None:
    citation = library.cite(library.get(at("rules/4")), on=date(2020, 1, 1))
    lines = list(citation_lines(citation, "kk"))
    assert lines[0].endswith(f"[rules/4@{FIRST}]")
    assert cited_record(library, citation, "kk")["edition"] == FIRST


# -- the official Russian text ---------------------------------------------------------------

OFFICIAL = [
    ("rules/4", None, "Документ выдается читателю на тридцать календарных дней."),
    ("rules/2/3", None, "читатель – работник, пользующийся услугами библиотеки;"),
    # The Russian text is of the second edition; of these words it was the text before, too.
    ("rules/9", "2021-11-01", "Библиотека ежегодно до 1 февраля"),
    ("rules/1", "2020-01-01", "Настоящие Правила определяют"),
    # Restated since: the first edition's words have no Russian text here.
    ("rules/4", "2020-01-01", None),
    ("rules/8", "2020-01-01", None),
]


@pytest.mark.parametrize(("address", "day", "begins"), OFFICIAL)
def test_the_official_text_is_that_of_the_words_quoted(
    library: Library, address: str, day: str | None, begins: str | None
) -> None:
    on = date.fromisoformat(day) if day else None
    clause = library.get(at(address), on)
    found = library.translation(clause, "ru", on)
    assert (found.text if found else "").startswith(begins or "")
    assert bool(found) == bool(begins)
    citation = library.cite(clause, on=on)
    official = citation.as_json("ru")["official"]
    assert official == (found.as_json() if found else None)
    assert citation.as_json("kk")["official"] is None


def test_the_official_text_is_printed_as_such(library: Library) -> None:
    lines = list(citation_lines(library.cite(library.get(at("rules/4"))), "ru"))
    at_line = lines.index("  Официальный текст на русском языке (редакция 12.10.2021):")
    assert lines[at_line + 1].startswith("    Документ выдается читателю")


# -- wordings --------------------------------------------------------------------------------

WORDINGS = [
    ("rules/4", [([FIRST], []), ([SECOND], ["310"])]),
    ("rules/9", [([FIRST, SECOND], [])]),
    ("rules/7", [([FIRST, SECOND], ["12"])]),
    ("rules/6/2", [([FIRST], []), ([SECOND], ["310"])]),
    ("rules/10", [([FIRST], []), ([SECOND], [])]),
    ("rules/8", [([FIRST], [])]),
    ("rules/6-1", [([SECOND], ["310"])]),
]


@pytest.mark.parametrize(("address", "expected"), WORDINGS)
def test_the_wordings_of_a_clause(
    library: Library, address: str, expected: list[tuple[list[str], list[str]]]
) -> None:
    found = [
        ([d.isoformat() for d in w.editions], [t.amendment.by.number for t in w.made_by])
        for w in library.wordings(at(address))
    ]
    assert found == expected


# -- answers ---------------------------------------------------------------------------------


def quoted(answer: Answer) -> list[str]:
    return [str(c.clause.address).removeprefix(f"{ACT}/") for c in answer.citations]


def test_a_reference_is_answered_with_the_wording_of_the_day(answerer: Answerer) -> None:
    answer = answerer.ask(f"{ACT}/rules/4", on=date(2020, 1, 1))
    assert (answer.answered, quoted(answer)) == (True, [f"rules/4@{FIRST}"])
    assert len(answer.notices) == 1


def test_a_list_is_quoted_as_it_was(answerer: Answerer) -> None:
    answer = answerer.ask(f"{ACT}/rules/2", on=date(2020, 1, 1))
    assert quoted(answer) == [f"rules/2{n}@{FIRST}" for n in ("", "/1", "/2", "/3")]


def test_a_clause_that_is_gone_is_said_to_be(answerer: Answerer) -> None:
    answer = answerer.ask(f"{ACT}/rules/8", lang="en")
    assert (answer.answered, answer.kind) == (False, "no-clause")
    assert "edition of 2019-01-15 and not in that of 2021-10-12" in answer.text
    assert [str(c.clause.address) for c in answer.related] == [f"{ACT}/rules/8@{FIRST}"]


def test_a_clause_of_another_day_is_no_answer(answerer: Answerer) -> None:
    answer = answerer.ask(f"{ACT}/rules/6-1", on=date(2020, 1, 1))
    assert (answer.answered, answer.citations, answer.kind) == (False, (), "history")
    assert answer.text.startswith(f"{answer.notices[0]}\n")


# The clause found in the newest text, and where it stood in the first.
FOLLOWED = [
    ("rules/2/3", f"rules/2/2@{FIRST}", HELD),
    ("rules/11", f"rules/5@{FIRST}", HELD),
    ("rules/4", f"rules/4@{FIRST}", HELD),
    ("rules/2/2", "rules/2/2", ABSENT),
    ("rules/6-1", "rules/6-1", ABSENT),
]


@pytest.mark.parametrize(("found", "stood", "state"), FOLLOWED)
def test_a_clause_that_search_found_is_followed_to_its_number_of_the_day(
    library: Library, found: str, stood: str, state: State
) -> None:
    citation = library.cite(library.get(at(found)), on=date(2020, 1, 1), follow=True)
    assert str(citation.clause.address) == f"{ACT}/{stood}"
    assert citation.state.state is state


def test_a_search_as_at_a_day_quotes_what_was_found(answerer: Answerer) -> None:
    hits = answerer.searcher.search("абонемент кітапханадан тыс жерде пайдалануға беру нысаны")
    assert hits.hits[0].clause.address.short == "rules/2/4"
    answer = answerer.ask(
        "абонемент кітапханадан тыс жерде пайдалануға беру нысаны", on=date(2020, 1, 1)
    )
    first = (*answer.citations, *answer.related)[0]
    assert str(first.clause.address) == f"{ACT}/rules/2/3@{FIRST}"
    assert first.clause.text.startswith("абонемент")


def test_the_index_reads_an_older_edition_only_when_asked(editions_home: Path) -> None:
    answerer = Answerer(Searcher(Config(home=editions_home, encoder="none")))
    editions = answerer.searcher.editions
    answerer.ask("code/6/8")
    assert [key for key in editions if editions.is_decoded(key)] == []
    answerer.ask("Құжат оқырманға қанша күнге беріледі?")
    assert [key.lang for key in editions if editions.is_decoded(key)] == ["ru"]
    answerer.ask(f"{ACT}/rules/4", on=date(2020, 1, 1))
    decoded = [(k.edition.isoformat(), k.lang) for k in editions if editions.is_decoded(k)]
    assert decoded == [(FIRST, "kk"), (SECOND, "ru")]


# -- properties ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def three(
    tmp_path_factory: pytest.TempPathFactory,
    edition_texts: dict[str, str],
    edition_writer: Callable[..., Path],
) -> Library:
    """The small act in three editions; in the last one paragraph 4 is amended once more."""
    acts = tmp_path_factory.mktemp("three")
    second = edition_texts["second.kk"]
    third = second.replace("күнтізбелік отыз күнге", "күнтізбелік он күнге").replace(
        "Ескерту. 4-тармақ жаңа редакцияда – ҚР Мәдениет министрінің 12.10.2021 № 310",
        "Ескерту. 4-тармақ жаңа редакцияда – ҚР Мәдениет министрінің 05.03.2024 № 77",
    )
    assert third.count("№ 77") == 1
    edition_writer(acts, edition_texts["first.kk"], FIRST)
    edition_writer(acts, second, SECOND)
    edition_writer(acts, third, "2024-03-05")
    return Library(load_records(imported=acts, with_references=False))


# Paragraph 4, whose third edition no longer has the note of the second.
THREE = [
    ("2020-01-01", HELD, FIRST),
    ("2021-10-12", HELD, SECOND),
    ("2024-03-04", HELD, SECOND),
    ("2024-03-05", HELD, "2024-03-05"),
]


@pytest.mark.parametrize(("day", "state", "edition"), THREE)
def test_a_note_that_a_later_edition_dropped_still_counts(
    three: Library, day: str, state: State, edition: str
) -> None:
    citation = three.cite(three.get(at("rules/4")), on=date.fromisoformat(day))
    assert (citation.state.state, citation.act.edition.isoformat()) == (state, edition)


@given(st.data(), st.integers(0, 3000))
def test_what_is_quoted_is_the_text_of_the_edition_named(
    three: Library, data: st.DataObject, days: int
) -> None:
    day = date(2017, 1, 1) + timedelta(days=days)
    texts = three.shelf.texts(ACT)
    clause = data.draw(st.sampled_from([c for t in texts for c in t.clauses.values()]))
    citation = three.cite(clause, on=day)
    edition = next(t.edition for t in texts if t.day == citation.act.edition)
    own = {c.address.short: c.text for c in edition.clauses}
    assert citation.clause.address.short == clause.address.short
    assert own[clause.address.short] == citation.clause.text


@given(st.data(), st.integers(0, 2000), st.integers(0, 2000))
def test_a_held_wording_is_not_parted_from_the_day_by_a_certain_amendment(
    three: Library, data: st.DataObject, days: int, later: int
) -> None:
    clause = data.draw(st.sampled_from(list(three.shelf.newest(ACT).clauses.values())))
    one = date(2018, 6, 12) + timedelta(days=days)
    citations = [three.cite(clause, on=d) for d in (one, one + timedelta(days=later))]
    touched = [
        t.amendment.by.date
        for t in three.touched(clause)
        if t.certain and t.amendment.by.date and one < t.amendment.by.date <= citations[1].state.on
    ]
    both = [c for c in citations if c.state.state is HELD]
    if len(both) == 2 and both[0].clause.text != both[1].clause.text:
        # Without a note, the text may only differ between two editions.
        assert touched or citations[0].act.edition != citations[1].act.edition


# -- what is ours, and the words it was written for ------------------------------------------


@pytest.fixture(scope="module")
def reworded(held: Records) -> Library:
    """The shipped act with an invented newer edition in which code/6/8 has another word."""
    [shipped] = [e for e in held.editions if e.shipped]
    act = replace(shipped.act, edition=date(2023, 11, 2))
    clauses = tuple(
        replace(c, text=c.text.replace("мүлкі", "мүліктері"))
        if c.address.short == "code/6/8"
        else c
        for c in shipped.clauses
    )
    newer = replace(shipped, act=act, clauses=clauses, shipped=False)
    headnotes = tuple(
        replace(n, review=n.address.short == "code/6/8")
        for n in held.headnotes
        if n.address.act == act.id
    )
    return Library(
        replace(held, acts=(act,), clauses=clauses, headnotes=headnotes, editions=(shipped, newer))
    )


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("code/6/8", False),
        ("code/6/8@2022-02-22", True),
        ("code/6/9", True),
        ("code/6/9@2022-02-22", True),
    ],
)
def test_a_headnote_is_shown_only_beside_the_words_it_was_written_for(
    reworded: Library, address: str, shown: bool
) -> None:
    clause = reworded.get(ClauseAddress.parse(address))
    assert (reworded.cite(clause).headnote is not None) == shown


def test_an_editors_note_is_shown_only_beside_its_word(reworded: Library) -> None:
    now, then = (reworded.get(ClauseAddress.parse(a)) for a in ("code/6/8", "code/6/8@2022-02-22"))
    assert (len(reworded.cite(now).notes), len(reworded.cite(then).notes)) == (0, 1)
