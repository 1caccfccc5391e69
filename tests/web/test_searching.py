"""The search page: hits and their highlighting, facets, pages, corrections, and finding nothing."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup

from kb.errors import SearchTimeoutError
from kb.index.highlight import Snippet
from kb.web.excerpts import marked
from kb.web.knowledge import Knowledge
from kb.web.searching import PAGE_LENGTH, Pages

ACT = "U1500000153"


def search(client: FlaskClient, lang: str, q: str = "", **more: object) -> str:
    response = client.get(f"/{lang}/search", query_string={"q": q, **more})
    assert response.status_code == 200
    return response.text


def found(page: str) -> list[str]:
    """The addresses of the hits, in their order."""
    return re.findall(rf'class="cite-label"><a href="/\w+/act/{ACT}/([^"?]+)', page)


def options(page: str, facet: str) -> dict[str, tuple[int, str]]:
    """The options of a facet: label, then count and address."""
    if f'id="facet-{facet}"' not in page:
        return {}
    section = page.split(f'id="facet-{facet}"')[1].split("</section>")[0]
    rows = re.findall(r'href="([^"]*)"[^>]*><span>([^<]*).*?class="count">(\d+)', section)
    return {label.strip(): (int(count), html.unescape(href)) for href, label, count in rows}


def total(page: str) -> int:
    heading = re.search(r'<h2 id="results">([^<]*)', page)
    assert heading
    return int(re.findall(r"\d+", heading[1])[0])


# -- hits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "q", "first"),
    [
        ("kk", "мемлекеттік мүлік", "code/6/8"),
        ("ru", "государственное имущество", "code/6/8"),
        ("en", "state property", "code/6/8"),
        ("en", "code/6/8", "code/6/8"),
        ("ru", "пункт 9 положения", "regulation/9"),
        ("kk", "Ереженің 9-тармағы", "regulation/9"),
        ("ru", "№ 487", "regulation/2"),
    ],
)
def test_the_best_clause_stands_first(client: FlaskClient, lang: str, q: str, first: str) -> None:
    assert found(search(client, lang, q))[0] == first


@pytest.mark.parametrize(
    ("lang", "q", "marks"),
    [
        # Endings, special letters left out, and Latin letters do not hide a stem.
        ("kk", "уәкіл", {"уәкіл", "уәкілдің"}),
        ("kk", "уакил", {"уәкіл", "уәкілдің"}),
        ("kk", "adep", {"Әдеп", "әдеп"}),
        ("ru", "уполномоченный", {"Уполномоченный", "уполномоченного"}),
        ("en", "commissioners", {"commissioner"}),
    ],
)
def test_matches_are_marked_in_every_form(
    client: FlaskClient, lang: str, q: str, marks: set[str]
) -> None:
    page = search(client, lang, q)
    assert marks <= set(re.findall("<mark>([^<]*)</mark>", page))


def test_the_laws_words_are_the_laws_and_kazakh(client: FlaskClient) -> None:
    page = search(client, "ru", "code/6/8")
    law = re.search(r'<div class="law"><p lang="kk">(.*?)</p>', page, re.DOTALL)
    assert law
    assert re.sub("<[^>]*>", "", law[1]).startswith("мемлекеттік мүлкінің сақталуын")
    ours = page.split('class="ours found-ours"')[1].split("</div>")[0]
    assert "Неофициальный перевод" in ours
    assert '<p lang="ru">' in ours


def test_a_match_in_everyday_words_says_where_it_is(client: FlaskClient) -> None:
    """No clause says "gift"; a question written for a clause does, and is marked as ours."""
    page = search(client, "en", "gifts")
    assert "A question that this clause answers (written by Adep)" in page
    assert "<mark>" in page


def test_kazakh_pages_show_ours_only_where_it_says_why(client: FlaskClient) -> None:
    assert (
        "found-ours"
        not in search(client, "kk", "мемлекеттік мүлік").split('class="found"')[1][:900]
    )
    assert "found-ours" in search(client, "kk", "сыйлық")


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        (Snippet("a <b> c", ((3, 4),)), "a &lt;<mark>b</mark>&gt; c"),
        (Snippet("<script>", ()), "&lt;script&gt;"),
        (Snippet("x & y", ((0, 1), (4, 5))), "<mark>x</mark> &amp; <mark>y</mark>"),
    ],
)
def test_marks_are_the_only_markup(cut: Snippet, expected: str) -> None:
    assert marked(cut) == Markup(expected)


# -- facets -----------------------------------------------------------------------------------


def test_without_words_all_clauses_stand_in_their_order(
    client: FlaskClient, clauses: list[str]
) -> None:
    page = search(client, "en")
    assert total(page) == len(clauses)
    assert found(page) == clauses[:PAGE_LENGTH]


def test_counts_add_up(client: FlaskClient, clauses: list[str]) -> None:
    page = search(client, "en")
    components = options(page, "component")
    assert list(components) == [
        "Decree", "Code of Ethics", "Regulation on the Ethics Commissioner", "Annex",
    ]  # fmt: skip
    assert sum(count for count, _ in components.values()) == len(clauses)
    assert sum(count for count, _ in options(page, "role").values()) == len(clauses)
    roles = [count for count, _ in options(page, "role").values()]
    assert roles == sorted(roles, reverse=True)


@pytest.mark.parametrize("facet", ["component", "role", "topic", "by"])
@pytest.mark.parametrize("q", ["", "уәкіл"])
def test_a_facet_leaves_as_many_as_it_says(client: FlaskClient, facet: str, q: str) -> None:
    offered = options(search(client, "kk", q), facet)
    assert offered
    for count, href in list(offered.values())[:4]:
        assert total(client.get(href).text) == count


def test_values_of_a_facet_widen_and_facets_narrow(client: FlaskClient) -> None:
    code, both = (
        total(search(client, "en", component=value)) for value in ("code", ["code", "annex"])
    )
    assert (code, both) == (45, 49)
    narrowed = search(client, "en", component="code", role="prohibition")
    assert 0 < total(narrowed) < 45
    assert all(address.startswith("code/") for address in found(narrowed))


def test_what_is_chosen_can_be_taken_out(client: FlaskClient) -> None:
    page = search(client, "ru", "служебный", component="code", role="duty", on="2019-01-01")
    taken = page.split('class="taken"')[1].split("</ul>")[0]
    hrefs = [html.unescape(href) for href in re.findall('href="([^"]*)"', taken)]
    left = [parse_qs(urlsplit(href).query) for href in hrefs]
    assert [set(query) for query in left] == [
        {"q", "on", "role"}, {"q", "on", "component"}, {"q", "on"},
    ]  # fmt: skip
    # A new word keeps what is chosen.
    form = page.split('class="search-form"')[1].split("</form>")[0]
    for name, value in (("component", "code"), ("role", "duty"), ("on", "2019-01-01")):
        assert f'type="hidden" name="{name}" value="{value}"' in form


@pytest.mark.parametrize(
    "query",
    [
        {"role": "<script>alert(1)</script>"},
        {"by": "U0000000000"},
        {"topic": "nothing", "component": "code"},
    ],
)
def test_values_that_do_not_exist_find_nothing_and_can_be_dropped(
    client: FlaskClient, query: dict[str, str]
) -> None:
    page = search(client, "en", **query)
    assert total(page) == 0
    assert "Nothing is found with these filters." in page
    assert 'href="/en/search">Remove all filters' in page
    assert "<script>alert" not in page


# -- pages ------------------------------------------------------------------------------------


def test_pages_hold_every_clause_once(client: FlaskClient, clauses: list[str]) -> None:
    pages = [search(client, "en", page=number) for number in range(1, 10)]
    assert [address for page in pages for address in found(page)] == clauses
    assert 'rel="prev"' not in pages[0].split("<body>")[1]
    assert 'rel="next"' not in pages[8].split("<body>")[1]
    assert '<ol class="found" start="11">' in pages[1]


@pytest.mark.parametrize(
    ("given", "shown"), [("0", 1), ("-1", 1), ("x", 1), ("9", 9), ("10", 9), ("9" * 40, 1)]
)
def test_a_page_that_is_none_is_the_nearest(client: FlaskClient, given: str, shown: int) -> None:
    assert f'aria-current="page">{shown}</a>' in search(client, "en", page=given)


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 9, [1, 2, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (3, 9, [1, 2, 3, 4, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_numbers_of_pages(number: int, last: int, shown: list[int | None]) -> None:
    assert Pages(number, last).shown == shown


# -- spelling, languages, nothing -------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "q", "read"),
    [
        ("kk", "адеп жониндеги уакил", "әдеп жөніндегі уәкіл"),
        ("kk", "adep zhonindegi uakil", "әдеп жөніндегі уәкіл"),
        ("ru", "служебная машна", "служебная машина"),
        ("ru", "уакил", "уәкіл"),
    ],
)
def test_what_a_misspelt_query_is_read_as(
    client: FlaskClient, lang: str, q: str, read: str
) -> None:
    page = search(client, lang, q)
    corrected = page.split('class="corrected"')[1].split("</p>")[0]
    assert f">{read}</strong>" in corrected
    assert total(page) > 0
    assert f'value="{q}"' in page


def test_a_right_spelling_is_not_corrected(client: FlaskClient) -> None:
    assert 'class="corrected"' not in search(client, "ru", "служебная машина")


def test_a_word_of_two_languages_is_read_in_that_of_the_page(client: FlaskClient) -> None:
    russian = re.findall("<mark>([^<]*)</mark>", search(client, "ru", "этика"))
    assert {"этике", "этики"} & set(russian)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", "сөздері бірде-бір тармақта кездеспейді"),
        ("ru", "нет ни в одном пункте"),
        ("en", "No clause has the words “xyzzy”"),
    ],
)
def test_finding_nothing_helps(client: FlaskClient, lang: str, words: str) -> None:
    page = search(client, lang, "xyzzy")
    assert total(page) == 0
    assert words in page
    assert f'action="/{lang}/ask"' in page
    assert 'value="xyzzy"' in page.split(f'action="/{lang}/ask"')[1]
    assert page.count("topic=") >= 1
    assert f'href="/{lang}/act/{ACT}/' in page.split('id="nearest"')[1]


def test_a_decree_that_is_named_leads_to_its_changes(client: FlaskClient) -> None:
    page = search(client, "ru", "№ 74")
    assert 'href="/ru/amendments?by=U1900000074"' in page
    assert found(page)[:2] == ["regulation/5", "regulation/6"]


# -- limits -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("q", "status"),
    [("a" * 300, 200), ("a" * 301, 400), ("\x00", 200), ("???", 200), ("и в на", 200), ("%", 200)],
)
def test_limits(client: FlaskClient, q: str, status: int) -> None:
    assert client.get("/ru/search", query_string={"q": q}).status_code == status


def test_a_search_that_takes_too_long(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object) -> None:
        raise SearchTimeoutError("the search took too long")

    monkeypatch.setattr(Knowledge, "search", slow)
    page = app.test_client().get("/ru/search?q=code")
    assert page.status_code == 503
    assert "слишком много времени" in page.text


def test_what_was_searched_for_is_not_kept(client: FlaskClient) -> None:
    assert "no-store" in client.get("/en/search?q=code").headers["Cache-Control"]


def test_slash_reaches_the_search_box(client: FlaskClient) -> None:
    page = search(client, "en")
    assert re.search(r'<input id="search-q"[^>]* data-search', page)
