"""What a line names: an address, a citation in three languages, or as people write it."""

from __future__ import annotations

import pytest

from kb.address import LANGUAGES
from kb.answer.quote import Library
from kb.errors import NoteError
from kb.note.naming import named_in


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
        ("U1500000153/code/6@2016-01-01", "nothing-named"),
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
