"""Two editions side by side: the choice of them, the summary, the marks, what is to be reviewed."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.answer.quote import Library
from kb.compare.report import compare
from kb.config import Config
from kb.model import Clause, Edition, Records
from kb.web import compared
from kb.web.app import create_app
from kb.web.knowledge import Knowledge, knowledge
from tests.web.test_one_language import strangers
from tests.web.test_security import page_faults
from tests.web.test_xss import ATTACKS, executable

ACT, SHIPPED = "V1800016985", "U1500000153"
PAIR = f"compare/{ACT}/2019-01-15/2021-10-12"
LANGUAGES = ("kk", "ru", "en")
_MARK = re.compile(r"<(ins|del)( class=\"noise\")?[^>]*>(.*?)</\1>", re.DOTALL)


@pytest.fixture(scope="module")
def site(editions_home: Path) -> Flask:
    config = Config(home=editions_home, encoder="none", requests_per_minute=1_000_000)
    return create_app(config)


@pytest.fixture
def client(site: Flask) -> Iterator[FlaskClient]:
    with site.test_client() as client:
        yield client


def flat(text: str) -> str:
    return " ".join(html.unescape(text).split())


def words(fragment: str) -> str:
    """What a reader reads of a fragment."""
    return flat(re.sub(r"<[^>]+>", "", fragment))


def rows(page: str) -> dict[str, str]:
    """Each clause of the page by its id."""
    found = re.split(r'<article class="card change" id="([^"]+)"', page)
    return dict(
        zip(found[1::2], (part.split("</article>")[0] for part in found[2::2]), strict=True)
    )


def marks(row: str) -> list[tuple[str, str]]:
    return [(kind, html.unescape(text)) for kind, _, text in _MARK.findall(row)]


def law(row: str) -> list[str]:
    """The texts of the law in a row, letter for letter."""
    texts = re.findall(r'<div class="law compared" lang="\w+">(.*?)</div>', row, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", text)) for text in texts]


# -- the choice of two editions -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("kk", "салыстыратын ештеңе жоқ"),
        ("ru", "Сравнивать пока нечего"),
        ("en", "nothing to compare yet"),
    ],
)
def test_with_one_edition_the_page_says_so_and_how_another_comes(
    client: FlaskClient, lang: str, said: str
) -> None:
    page = client.get(f"/{lang}/compare?act={SHIPPED}")
    assert page.status_code == 200
    assert said in page.text
    assert f"kb import FILE --act {SHIPPED} --edition" in page.text
    assert '<form class="choices"' not in page.text


def test_the_editions_held_can_be_chosen_in_each_language_that_has_two(client: FlaskClient) -> None:
    page = client.get("/ru/compare").text
    form = page.split('<form class="choices"')[1].split("</form>")[0]
    assert page.count('<form class="choices"') == 1
    for name, chosen in (("old", "2019-01-15"), ("new", "2021-10-12")):
        select = form.split(f'name="{name}"')[1].split("</select>")[0]
        assert re.findall(r'value="([^"]+)"', select) == ["2019-01-15", "2021-10-12"]
        assert re.findall(r'value="([^"]+)" selected', select) == [chosen]
    # The Russian text is held in one edition.
    assert "есть только одна редакция – 12 октября 2021" in flat(page)


CHOSEN = [
    ("?act={act}&old=2019-01-15&new=2021-10-12", "/ru/" + PAIR),
    ("?act={act}&old=2021-10-12&new=2019-01-15&text=kk", "/ru/" + PAIR),
    ("?act={act}&old=2019-01-15&new=2021-10-12&on=2020-01-01", f"/ru/{PAIR}?on=2020-01-01"),
    ("/{act}/2021-10-12/2019-01-15", "/ru/" + PAIR),
]


@pytest.mark.parametrize(("query", "target"), CHOSEN)
def test_what_was_chosen_leads_to_the_comparison_earlier_edition_first(
    client: FlaskClient, query: str, target: str
) -> None:
    page = client.get("/ru/compare" + query.format(act=ACT))
    assert (page.status_code, page.location) == (302, target)


REFUSED = [
    # What was asked for, the status, what is said, the day that is offered.
    ("compare?act=U9900000000", 404, "Акта «U9900000000» здесь нет", "2019-01-15"),
    ("compare/U9900000000/2019-01-15/2021-10-12", 404, "Акта «U9900000000»", "2019-01-15"),
    (f"compare/{ACT}/2018-01-01/2021-10-12", 404, "Редакции «2018-01-01»", "2019-01-15"),
    (f"compare/{ACT}/2019-01-15/20211012", 404, "Редакции «20211012»", "2019-01-15"),
    (f"compare/{ACT}/yesterday/2021-13-45", 404, "Редакции «yesterday»", "2019-01-15"),
    (f"compare?act={ACT}&old=x&new=2021-10-12", 404, "Редакции «x»", "2019-01-15"),
    (f"{PAIR}?text=ru", 404, "Редакции «2019-01-15»", "2019-01-15"),
    (f"{PAIR}?text=de", 404, "на языке «de»", "2019-01-15"),
    (f"compare/{ACT}/2019-01-15/2019-01-15", 200, "Дважды выбрана одна", "2019-01-15"),
]


@pytest.mark.parametrize(("path", "status", "said", "offered"), REFUSED)
def test_what_is_not_held_is_said_beside_what_is(
    client: FlaskClient, path: str, status: int, said: str, offered: str
) -> None:
    page = client.get(f"/ru/{path}")
    assert page.status_code == status
    alert = flat(page.text.split('role="alert">')[1].split("</p>")[0])
    assert said in alert
    assert f'<option value="{offered}"' in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    assert ('rel="canonical"' in page.text) == (status == 200)


def test_a_day_that_is_none_is_refused_as_everywhere(client: FlaskClient) -> None:
    assert client.get(f"/ru/{PAIR}?on=yesterday").status_code == 400


@pytest.mark.parametrize("at", ["rules/99", "nonsense", "пункт", "rules/", f"{SHIPPED}/code/6"])
def test_an_address_of_neither_edition_is_not_found(client: FlaskClient, at: str) -> None:
    page = client.get(f"/ru/{PAIR}", query_string={"at": at})
    assert page.status_code == 404
    assert "error" not in page.text.split("<main")[1][:400].lower()


# -- the summary --------------------------------------------------------------------------------


def test_the_summary_counts_clauses_and_noise(client: FlaskClient) -> None:
    page = client.get(f"/en/{PAIR}").text
    counts = page.split('<dl class="counts">')[1].split("</dl>")[0]
    found = re.findall(r"<dt>([^<]+)</dt><dd><a [^>]+>(\d+)<", counts)
    assert dict(found) == {
        "Words changed": "3", "Added": "2", "No longer there": "1", "Renumbered": "2",
        "Moved": "1", "Printed otherwise": "2", "Unchanged": "11",
    }  # fmt: skip
    assert (
        "print alone: 6 (quotation marks, dashes, № – 4; spaces – 1; look-alike letters – 1)."
        in flat(page)
    )


def test_what_needs_a_look_stands_in_the_summary(client: FlaskClient) -> None:
    page = client.get(f"/en/{PAIR}").text
    box = page.split("attention-list")[1].split("</div>")[0]
    unexplained, announced = box.split("<p>")[1:]
    assert re.findall(r'href="#([^"]+)"', unexplained) == ["rules.10", "rules.11", "gone.rules.8"]
    assert words(announced) == (
        "A note announces a change and the text is the same: Rules, paragraph 9."
    )


def test_the_table_says_which_act_touched_which_clauses(client: FlaskClient) -> None:
    page = client.get(f"/en/{PAIR}").text
    table = page.split('<table class="by-act">')[1].split("</table>")[0]
    assert words(table.split("<tbody>")[1].split("</tr>")[0]) == "Order No. 310 of 12 October 2021"
    cells = [row.split("<td>")[1:] for row in table.split("<tr>")[1:] if "<td>" in row]
    found = {words(a.split("<details>")[0]): words(b.split("</td>")[0]) for a, b in cells}
    assert found == {
        "Rules, paragraph 2 amended": "Rules, paragraph 2, subparagraph 2); "
        "Rules, paragraph 2, subparagraph 3); Rules, paragraph 2, subparagraph 4)",
        "Rules, paragraph 4 restated": "Rules, paragraph 4",
        "Rules, paragraph 6, subparagraph 2) excluded": "Rules, paragraph 6, subparagraph 2)",
        "Rules, paragraph 6-1 supplemented": "Rules, paragraph 6-1",
        "Rules, paragraph 9 amended": "the text is the same",
    }
    assert "4-тармақ жаңа редакцияда – ҚР Мәдениет министрінің" in table


def test_every_link_inside_the_page_leads_somewhere(client: FlaskClient) -> None:
    for query in ("", "?kind=gone", "?show=all", "?at=rules/6"):
        page = client.get(f"/kk/{PAIR}{query}").text
        targets = set(re.findall(r'href="#([^"]+)"', page))
        assert targets <= set(re.findall(r'id="([^"]+)"', page))
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))


# -- clause by clause ---------------------------------------------------------------------------

ROWS = [
    ("rules.4", [("del", "он бес жұмыс күніне"), ("ins", "күнтізбелік отыз күнге")]),
    ("rules.10", [("del", "алты"), ("ins", "үш")]),
    ("rules.2.3", []),
    ("rules.6-1", [("ins", "Құжатты мерзімінде қайтармаған оқырманға жаңа құжат берілмейді.")]),
    (
        "gone.rules.8",
        [("del", "Қорды түгендеу нәтижелері мекеменің баспа басылымында жарияланады.")],
    ),
]


@pytest.mark.parametrize(("key", "expected"), ROWS)
def test_the_words_that_differ_are_marked(
    client: FlaskClient, key: str, expected: list[tuple[str, str]]
) -> None:
    assert marks(rows(client.get(f"/ru/{PAIR}").text)[key]) == expected


def test_a_mark_is_heard_and_is_no_part_of_the_text(client: FlaskClient) -> None:
    row = rows(client.get(f"/ru/{PAIR}").text)["rules.4"]
    assert '<del data-begins="исключено" data-ends="конец исключённого">' in row
    assert '<ins data-begins="добавлено" data-ends="конец добавленного">' in row
    assert law(row) == ["Құжат оқырманға он бес жұмыс күнінекүнтізбелік отыз күнге беріледі."]
    assert '<div class="law compared" lang="kk">' in row


@pytest.mark.parametrize("show", ["substance", "with-noise", "noise", "all"])
def test_side_by_side_each_text_stands_letter_for_letter(
    client: FlaskClient, site: Flask, show: str
) -> None:
    page = rows(client.get(f"/ru/{PAIR}?look=sides&show={show}").text)
    with site.app_context():
        library = knowledge().library
    for day, side in ((date(2019, 1, 15), 0), (date(2021, 10, 12), -1)):
        texts = {law(row)[side] for row in page.values() if law(row)}
        held = {clause.text for clause in library.shelf.text(ACT, day).edition.clauses}
        one_sided = {law(row)[0] for row in page.values() if len(law(row)) == 1}
        assert texts - one_sided <= held
    assert len(page) > 1


@pytest.mark.parametrize(
    ("key", "links"),
    [
        ("rules.4", ["rules/4@2019-01-15", "rules/4"]),
        ("rules.11", ["rules/5@2019-01-15", "rules/11"]),
        ("rules.6-1", ["rules/6-1"]),
        ("gone.rules.8", ["rules/8@2019-01-15"]),
    ],
)
@pytest.mark.parametrize("query", ["", "?on=2020-01-01", "?look=sides"])
def test_a_clause_opens_in_each_edition_whatever_the_day(
    client: FlaskClient, key: str, links: list[str], query: str
) -> None:
    row = rows(client.get(f"/ru/{PAIR}{query}").text)[key]
    found = re.findall(rf'href="/ru/act/{ACT}/([^"]+)"', row)
    assert found == links
    assert [client.get(f"/ru/act/{ACT}/{link}").status_code for link in found] == [200] * len(found)


def test_what_explains_a_change_stands_with_it_or_that_nothing_does(client: FlaskClient) -> None:
    page = rows(client.get(f"/ru/{PAIR}").text)
    assert "новая редакция Приказ № 310 от 12 октября 2021 г." in words(page["rules.4"])
    assert "не сказано" not in page["rules.4"]
    assert "В сносках об этом изменении не сказано" in page["rules.10"]


SUBSTANCE = {
    "rules.2.2", "rules.2.3", "rules.2.4", "rules.4", "rules.6.2", "rules.6-1", "rules.10",
    "rules.11", "gone.rules.8",
}  # fmt: skip
SHOWN = [
    ("", SUBSTANCE),
    ("?show=substance", SUBSTANCE),
    ("?show=whatever", SUBSTANCE),
    ("?show=with-noise", SUBSTANCE | {"rules.1", "rules.3"}),
    ("?show=noise", {"rules.1", "rules.3"}),
    ("?show=all&at=rules/6", {"rules.6", "rules.6.1", "rules.6.2", "rules.6.3"}),
    ("?kind=added", {"rules.2.2", "rules.6-1"}),
    ("?kind=added&at=rules/2", {"rules.2.2"}),
    ("?kind=unchanged", set()),
    ("?kind=noise&show=with-noise", {"rules.1", "rules.3"}),
    ("?kind=nothing", SUBSTANCE),
    ("?at=rules/5", {"rules.11"}),
    ("?at=пункт 4 Правил", {"rules.4"}),
    (f"?at={ACT}/rules/4@2019-01-15", {"rules.4"}),
    ("?at=order", set()),
]


@pytest.mark.parametrize(("query", "expected"), SHOWN)
def test_which_clauses_are_shown(client: FlaskClient, query: str, expected: set[str]) -> None:
    page = client.get(f"/kk/{PAIR}{query}")
    assert page.status_code == 200
    assert rows(page.text).keys() == expected
    assert ("Мұндай өзгеріс жоқ." in page.text) == (not expected)


def test_noise_is_marked_apart_and_only_when_asked_for(client: FlaskClient) -> None:
    with_noise = rows(client.get(f"/ru/{PAIR}?show=all").text)["rules.3"]
    assert with_noise.count('<ins class="noise"') == with_noise.count('<del class="noise"') == 4
    assert 'class="noise"' not in client.get(f"/ru/{PAIR}").text


@pytest.mark.parametrize("query", ["?at=rules/4", "?kind=gone", "?show=all", "?look=sides"])
def test_a_look_at_a_part_is_not_indexed_and_has_the_address_of_the_whole(
    client: FlaskClient, query: str
) -> None:
    whole, part = (client.get(f"/ru/{PAIR}{q}").text.split("<body>")[0] for q in ("", query))
    assert "noindex" not in whole
    assert "noindex" in part
    own = f'<link rel="canonical" href="http://localhost/ru/{PAIR}">'
    assert own in whole
    assert own in part


# -- the Russian text ---------------------------------------------------------------------------


@pytest.fixture
def russian(site: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A site that holds an earlier edition of the Russian text, whose Kazakh text it lacks."""
    with site.app_context():
        library = knowledge().library
    second = library.shelf.text(ACT, date(2021, 10, 12), "ru").edition
    words = (replace(c, text=c.text.replace("тридцать", "двадцать")) for c in second.clauses)
    act = replace(second.act, edition=date(2020, 3, 1))
    held = [second, replace(second, clauses=tuple(words), act=act)]
    held += [library.shelf.text(ACT, day).edition for day in library.shelf.days(ACT)]
    other = Library(library.records, {edition.key: edition for edition in held})
    monkeypatch.setattr(Knowledge, "library", property(lambda _: other))
    with site.test_client() as client:
        yield client


def test_the_russian_texts_are_compared_in_russian(russian: FlaskClient) -> None:
    page = russian.get(f"/kk/compare/{ACT}/2020-03-01/2021-10-12?text=ru")
    assert page.status_code == 200
    row = rows(page.text)["rules.4"]
    assert marks(row) == [("del", "двадцать"), ("ins", "тридцать")]
    assert '<div class="law compared" lang="ru">' in row
    # No Kazakh text of the earlier day is held, so it has no page to open.
    assert re.findall(rf'href="(/kk/act/{ACT}/[^"]+)"', row) == [f"/kk/act/{ACT}/rules/4?beside=ru"]
    assert "орысша мәтін" in page.text


def test_both_texts_can_be_chosen_where_both_have_two_editions(russian: FlaskClient) -> None:
    page = russian.get("/en/compare").text
    assert re.findall(r'name="text" value="(\w+)"', page) == ["kk", "ru"]
    target = russian.get(f"/en/compare?act={ACT}&text=ru&old=2020-03-01&new=2021-10-12").location
    assert target == f"/en/compare/{ACT}/2020-03-01/2021-10-12?text=ru"
    head = russian.get(target).text.split("<body>")[0]
    assert f'href="http://localhost/en/compare/{ACT}/2020-03-01/2021-10-12?text=ru"' in head


# -- what rests on the changes ------------------------------------------------------------------


@pytest.fixture
def amended(
    config: Config, records: Records, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FlaskClient]:
    """A site of the shipped act and a later edition in which one paragraph of the Code changed."""

    def later(clause: Clause) -> Clause:
        changed = clause.address.short == "code/7"
        return replace(clause, text=clause.text + " Өзгерді.") if changed else clause

    first, act = records.acts[0], replace(records.acts[0], edition=date(2024, 5, 1))
    clauses = tuple(map(later, records.clauses))
    newest = replace(records, acts=(act,), clauses=clauses, editions=())
    texts = [
        Edition(first, records.clauses, records.amendments),
        Edition(act, clauses, records.amendments),
    ]
    library = Library(newest, {text.key: text for text in texts})
    app = create_app(config)
    monkeypatch.setattr(Knowledge, "library", property(lambda _: library))
    with app.test_client() as client:
        yield client


AMENDED = f"compare/{SHIPPED}/2022-02-22/2024-05-01"


def test_the_headnote_of_a_changed_clause_is_to_be_reviewed(amended: FlaskClient) -> None:
    page = amended.get(f"/ru/{AMENDED}").text
    section = page.split('<section class="review"')[1].split("</section>")[0]
    assert not section.split(">")[0].count("hidden")
    items = [words(item) for item in re.findall(r"<li>(.*?)</li>", section.split("<template>")[0])]
    assert items == ["проверить пояснение: пункт 7 Этического кодекса – текст изменён"]
    elsewhere = amended.get(f"/ru/{AMENDED}?at=regulation").text
    assert '<li><span class="badge review">' not in elsewhere.split("<template>")[0]


@pytest.mark.parametrize("quoted", ["code/7", "code/7@2022-02-22"])
def test_a_note_that_quotes_a_changed_clause_is_to_be_reviewed(
    amended: FlaskClient, quoted: str
) -> None:
    collected = f"{SHIPPED}/{quoted}~{SHIPPED}/code/8~{SHIPPED}/zzz/1"
    amended.set_cookie("adep_note", collected)
    page = amended.get(f"/en/{AMENDED}")
    assert "Cookie" in page.headers["Vary"]
    found = page.text.split("data-notes>")[1].split("</ul>")[0]
    assert words(found) == "review your note: Code of Ethics, paragraph 7 – the words changed"


def test_a_note_that_the_browser_keeps_is_told_why(amended: FlaskClient) -> None:
    page = amended.get(f"/en/{AMENDED}").text
    reasons = json.loads(html.unescape(re.findall(r'data-reasons="([^"]+)"', page)[0]))
    assert reasons[f"{SHIPPED}/code/7"] == ["Code of Ethics, paragraph 7", "the words changed"]
    assert f"{SHIPPED}/code/8" not in reasons
    assert 'data-edition="2024-05-01"' in page


# -- the site around ----------------------------------------------------------------------------


def test_a_comparison_is_made_once(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(compared, "compare", lambda *pair: made.append(pair) or compare(*pair))
    compared.forget()
    for query in ("", "?show=all", "?at=rules/4", "?look=sides"):
        for lang in LANGUAGES:
            assert site.test_client().get(f"/{lang}/{PAIR}{query}").status_code == 200
    assert len(made) == 1
    assert compared._compared.cache_info().maxsize == 8
    compared.forget()


def test_the_pages_around_lead_to_the_comparison(client: FlaskClient) -> None:
    for path in (f"act/{ACT}/", f"amendments?act={ACT}"):
        assert f'href="/ru/{PAIR}"' in client.get(f"/ru/{path}").text, path
    assert f'href="/ru/compare?act={SHIPPED}"' in client.get("/ru/amendments").text
    assert "/compare" not in client.get(f"/ru/act/{SHIPPED}/").text
    assert f"/ru/{PAIR}?on=2020-01-01" in client.get(f"/ru/amendments?act={ACT}&on=2020-01-01").text


def test_search_engines_are_told_of_the_comparison(client: FlaskClient) -> None:
    sitemap = client.get("/sitemap.xml").text
    for path in ("compare", PAIR):
        assert f"<loc>http://localhost/kk/{path}</loc>" in sitemap
    assert SHIPPED not in "".join(re.findall(r"<loc>[^<]*compare/[^<]*</loc>", sitemap))


def test_the_menu_shows_where_the_reader_is(client: FlaskClient) -> None:
    page = client.get(f"/ru/{PAIR}").text
    assert '<a href="/ru/amendments" aria-current="true">' in page


EVERY = [
    "compare", f"compare?act={SHIPPED}", PAIR, f"{PAIR}?show=all&look=sides", f"{PAIR}?show=noise",
    f"{PAIR}?at=rules/2&kind=added", f"{PAIR}?at=order", f"compare/{ACT}/2019-01-15/2019-01-15",
]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", EVERY)
def test_page_is_whole_and_in_one_language(client: FlaskClient, path: str, lang: str) -> None:
    page = client.get(f"/{lang}/{path}")
    assert page.status_code == 200
    assert page_faults(page.text) == []
    shown = re.sub(r'<code class="command">.*?</code>|placeholder="[^"]*"', "", page.text)
    shown = re.sub(r"<strong>(rules|order)[^<]*</strong>", "", shown)
    assert strangers(shown, lang) == []


FIELDS = [
    ("compare", "act"), (f"compare?act={ACT}&new=x", "old"), (f"compare?act={ACT}&old=x", "new"),
    (f"compare?act={ACT}&old=x&new=y", "text"), (PAIR, "text"), (PAIR, "at"), (PAIR, "show"),
    (PAIR, "kind"), (PAIR, "look"), (PAIR, "on"),
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(("path", "field"), FIELDS)
def test_field_of_an_address_stays_text(
    client: FlaskClient, path: str, field: str, attack: str
) -> None:
    place, _, query = path.partition("?")
    given = dict(pair.split("=") for pair in query.split("&") if pair)
    page = client.get(f"/ru/{place}", query_string={**given, field: attack})
    assert page.status_code in {200, 400, 404}
    assert executable(page.text) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_path_stays_text(client: FlaskClient, attack: str) -> None:
    for path in (f"compare/{attack}/a/b", f"compare/{ACT}/{attack}/b"):
        page = client.get(f"/en/{path}")
        assert page.status_code in {308, 404}
        assert executable(page.text) == []
