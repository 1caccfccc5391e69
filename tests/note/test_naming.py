"""What a line names: an address, a citation in three languages, or as people write it."""

from __future__ import annotations

from datetime import date

import pytest

from kb.address import LANGUAGES
from kb.answer.quote import Library
from kb.errors import NoteError
from kb.note.naming import named_in
from tests.note.making import FIRST, ORDER, SECOND


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("code/6/8", "code/6/8"),
        ("  U1500000153/code/6/8@2022-02-22 ", "code/6/8"),
        ("п. 9 Положения", "regulation/9"),
        ("6-тармақ 8)", "code/6/8"),
        ("пункты 4 и 5 Положения", "regulation/4 regulation/5"),
        ("Code of Ethics, paragraph 6, subparagraph 8)", "code/6/8"),
        ("Әдеп кодексінің 6-тармағының 8) тармақшасы", "code/6/8"),
    ],
)
def test_a_clause_is_found(library: Library, line: str, found: str) -> None:
    assert " ".join(c.address.short for c in named_in(line, library)) == found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_citation_that_the_site_copies_is_read(library: Library, lang: str) -> None:
    for clause in library.records.clauses:
        label = library.cite(clause).full_label(lang)
        for form in (label, label[:1].upper() + label[1:]):
            assert named_in(form, library) == (clause,), form


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "nothing-named"),
        ("   ", "nothing-named"),
        ("hello", "nothing-named"),
        ("code", "nothing-named"),
        ("code/99", "nothing-named"),
        ("U1500000153/code/6@2016-01-01", "not-held"),
        ("<script>alert(1)</script>", "nothing-named"),
        ("пункт 99 Кодекса", "nothing-named"),
        ("пункт 9", "ambiguous"),
        ("x" * 100_000, "nothing-named"),
    ],
)
def test_what_names_nothing_is_refused(library: Library, line: str, reason: str) -> None:
    with pytest.raises(NoteError) as caught:
        named_in(line, library)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("line", "day", "found"),
    [
        ("rules/4", None, "rules/4"),
        ("rules/4", date(2020, 1, 1), "rules/4@2019-01-15"),
        ("rules/4", date(2022, 1, 1), "rules/4"),
        ("rules/4@2021-10-12", date(2020, 1, 1), "rules/4"),
        ("rules/4@2019-01-15", None, "rules/4@2019-01-15"),
        ("пункт 4 Правил", date(2020, 1, 1), "rules/4@2019-01-15"),
        ("rules/8", date(2020, 1, 1), "rules/8@2019-01-15"),
        # The address means what stood there on the day.
        ("rules/2/2", date(2020, 1, 1), "rules/2/2@2019-01-15"),
    ],
)
def test_a_clause_is_found_as_it_read_on_the_day(
    two: Library, line: str, day: date | None, found: str
) -> None:
    (clause,) = named_in(line, two, day)
    assert str(clause.address) == f"{ORDER}/{found}"


@pytest.mark.parametrize(
    ("line", "reason", "values"),
    [
        ("rules/4@2020-02-02", "not-held", {"days": (FIRST, SECOND)}),
        ("rules/8", "other-edition", {"address": f"{ORDER}/rules/8@2019-01-15"}),
        ("rules/8@2021-10-12", "other-edition", {"address": f"{ORDER}/rules/8@2019-01-15"}),
        ("rules/6-1@2019-01-15", "other-edition", {"address": f"{ORDER}/rules/6-1@2021-10-12"}),
        ("rules/99@2019-01-15", "nothing-named", {}),
    ],
)
def test_another_edition_is_named_where_the_clause_stands(
    two: Library, line: str, reason: str, values: dict[str, object]
) -> None:
    with pytest.raises(NoteError) as caught:
        named_in(line, two)
    given = {k: v if isinstance(v, tuple) else str(v) for k, v in caught.value.values.items()}
    assert (caught.value.reason, given) == (reason, values)
