"""Reading and citing: the pages of an act and of its clauses, in every way to look at them."""

from __future__ import annotations

import gzip
import hashlib
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.build import build
from kb.config import Config
from kb.web.app import create_app

ACT = "U1500000153"
READ = f"/act/{ACT}/"
LAW = "Z1800000152"
ORDER = "V1800000012"
ACT_TOML = """\
id = "{id}"
source = "act.txt"
sha256 = "{sha256}"
lang = "kk"
kind = "{kind}"
number = "152"
adopted = 2018-05-14
in_force = 2018-07-01
edition = 2021-10-12
short = {{ kk = "Архив туралы", ru = "Об архивах", en = "On archives" }}
"""


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A site over two invented acts that have no headnotes."""
    home = tmp_path_factory.mktemp("other")
    texts = Path(__file__).parent.parent / "corpus" / "acts"
    for act_id, kind in ((LAW, "law"), (ORDER, "order")):
        data = (texts / f"{kind}.txt").read_bytes()
        folder = home / "acts" / act_id
        folder.mkdir(parents=True)
        (folder / "act.txt").write_bytes(data)
        sha256 = hashlib.sha256(data).hexdigest()
        meta = ACT_TOML.format(id=act_id, kind=kind, sha256=sha256)
        (folder / "act.toml").write_text(meta, encoding="utf-8")
    config = Config(home=home / "index", encoder="none", requests_per_minute=1_000_000)
    build(config, corpus=home / "acts")
    with create_app(config).test_client() as client:
        yield client


def words(page: str) -> str:
    """What a page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


# -- beside -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "beside"),
    [
        (f"/kk{READ}", ""),
        (f"/ru{READ}", "ru"),
        (f"/en{READ}", "en"),
        (f"/kk{READ}?beside=en", "en"),
        (f"/ru{READ}?beside=none", ""),
        (f"/en{READ}?beside=ru", "ru"),
        (f"/en{READ}?beside=de", "en"),
        (f"/en{READ}code/6/8?beside=ru", "ru"),
        (f"/kk{READ}code/6/8", ""),
        (f"/ru{READ}code/6/8?beside=none", ""),
    ],
)
def test_translation_beside(client: FlaskClient, path: str, beside: str) -> None:
    page = client.get(path).text
    texts = {"ru": "использовать государственное имущество", "en": "use state property"}
    for lang, text in texts.items():
        inside = page.split("<main", 1)[1].split("</main>")[0]
        translations = re.findall(rf'lang="{lang}">(.*?)</div>\s*</div>', inside, re.DOTALL)
        assert any(text in part for part in translations) == (lang == beside)


def test_the_choice_goes_on_to_the_clauses_and_stays_in_every_language(
    client: FlaskClient,
) -> None:
    page = client.get(f"/en{READ}?beside=ru").text
    assert f'href="/en/act/{ACT}/code/6/8?beside=ru"' in page
    assert f'<a href="/kk/act/{ACT}/?beside=ru" lang="kk"' in page
    assert f'hreflang="kk" href="http://localhost/kk/act/{ACT}/">' in page
    assert f'href="/en/act/{ACT}/code/6/8"' in client.get(f"/en{READ}").text


# -- search within ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "asked", "said"),
    [
        ("kk", "уакил", "тармақта, "),
        ("ru", "уакил", " совпадений в "),
        ("en", "подарок", "The text shown here does not have “подарок”."),
        ("ru", "нетакогослова", "В показанном тексте нет «нетакогослова»."),
    ],
)
def test_search_within_says_what_it_found(
    client: FlaskClient, lang: str, asked: str, said: str
) -> None:
    page = client.get(f"/{lang}{READ}?find={asked}").text
    assert said in words(page)


def test_matches_are_counted_and_linked_one_after_another(client: FlaskClient) -> None:
    page = client.get(f"/en{READ}?find=уәкіл&beside=none").text
    marks = page.count("<mark ")
    found = re.search(r"(\d+) matches in (\d+) clauses", page)
    assert found
    assert int(found[1]) == marks
    listed = page.split('class="find-where"')[1].split("</ol>")[0]
    anchors = re.findall(r'href="#([\w-]+)"', listed)
    assert len(anchors) == int(found[2])
    assert all(f'id="{anchor}"' in page for anchor in anchors)
    turns = re.findall(r'<p class="find-turn">(.*?)</p>', page)
    assert [t.count("<a ") for t in turns] == [1, *[2] * (len(turns) - 2), 1]


@pytest.mark.parametrize("given", ["", "%20", "%3F%21", "%00"])
def test_no_words_find_nothing_and_are_not_answered(client: FlaskClient, given: str) -> None:
    page = client.get(f"/en{READ}?find={given}").text
    assert "<mark" not in page
    assert "does not have" not in page


def test_words_looked_for_are_escaped(client: FlaskClient) -> None:
    page = client.get(f'/en{READ}?find="><script>x</script>').text
    assert "<script>x" not in page


def test_a_found_page_is_not_indexed(client: FlaskClient) -> None:
    assert 'content="noindex"' in client.get(f"/en{READ}?find=a1").text
    assert 'content="noindex"' in client.get(f"/en{READ}?role=duty").text
    assert 'content="noindex"' not in client.get(f"/en{READ}").text


# -- show only --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "query", "said"),
    [
        ("en", "role=prohibition", "prohibitions – only 9 clauses are shown"),
        ("ru", "role=prohibition", "запреты – показаны только 9 пунктов"),
        ("kk", "role=prohibition", "тыйымдар – тек 9 тармақ көрсетілген"),
        (
            "en",
            "role=duty&actor=ethics-commissioner",
            "Ethics commissioner: duties – only 5 clauses are shown",
        ),
        ("ru", "role=liability", "ответственность – показан только 1 пункт"),
    ],
)
def test_show_only(client: FlaskClient, lang: str, query: str, said: str) -> None:
    page = client.get(f"/{lang}{READ}?{query}").text
    assert said in words(page)
    assert f'href="/{lang}/act/{ACT}/">' in page


def test_the_counts_are_what_the_links_show(client: FlaskClient) -> None:
    page = client.get(f"/en{READ}").text
    narrow = page.split('<details class="narrow">')[1].split("</details>")[0]
    links = re.findall(r'href="([^"]+)">[^<]+<span class="count">(\d+)<', narrow)
    assert len(links) > 20
    for href, count in links:
        shown = words(client.get(html.unescape(href)).text)
        assert f"only {count} clause" in shown


@pytest.mark.parametrize("query", ["role=nothing", "actor=nobody", "role=&actor="])
def test_an_unknown_choice_shows_all(client: FlaskClient, query: str, clauses: list[str]) -> None:
    page = client.get(f"/en{READ}?{query}").text
    assert all(f'id="{a.replace("/", "-")}"' in page for a in clauses)


# -- the source -------------------------------------------------------------------------------


def test_restored_letters_stand_under_the_line_as_it_is(client: FlaskClient) -> None:
    page = client.get(f"/en{READ}?source=1").text
    assert "Әдеп жөнндег уәк л – қызметт к" in page
    assert "жөн<ins>і</ins>ндег<ins>і</ins>" in page


def test_the_source_is_neither_searched_nor_narrowed(client: FlaskClient) -> None:
    page = client.get(f"/en{READ}?source=1&find=уәкіл&beside=ru").text
    assert "<mark" not in page
    assert "unit-translation" not in page


# -- a clause ---------------------------------------------------------------------------------


def forms(page: str) -> dict[str, str]:
    """The texts to copy, by the words on their buttons."""
    found = re.findall(r'data-copy="([^"]*)"[^>]*>([^<]+)</button>', page)
    return {label: html.unescape(text) for text, label in found}


def test_every_form_of_citation_is_offered_and_readable(client: FlaskClient) -> None:
    page = client.get(f"/en{READ}code/6/8?on=2023-01-01&beside=ru").text
    link = f"http://localhost/en/act/{ACT}/code/6/8"
    law = client.get(f"/en{READ}code/6/8").text.split('<span class="number">8)</span>')[1]
    law = "8) " + html.unescape(law.split("</p>")[0]).strip()
    en = (
        "Code of Ethics, paragraph 6, subparagraph 8) (Decree of the President of the Republic of "
        "Kazakhstan No. 153 of 29 December 2015), edition of 22 February 2022"
    )
    offered = forms(page)
    assert offered["Copy the citation in English"] == en
    assert offered["Copy the citation in Kazakh"].startswith("Әдеп кодексінің 6-тармағының 8) ")
    assert "редакция от 22 февраля 2022" in offered["Copy the citation in Russian"]
    assert offered["Copy the link"] == link
    quote = offered["Copy the quote"]
    assert law in quote
    assert quote.endswith(f"{en}\n{link}")
    assert offered["Copy the Markdown"].startswith("> 8\\) ")
    assert offered["Copy the Markdown"].endswith(f"]({link})")
    for text in offered.values():
        assert html.escape(text, quote=False) in page.replace("&#34;", '"').replace("&#39;", "'")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_subparagraph_stands_under_the_words_that_open_its_list(
    client: FlaskClient, lang: str
) -> None:
    law = client.get(f"/{lang}{READ}code/6/8").text.split('<div class="opener">')[1]
    assert "талаптар қойылады:" in law.split("</div>")[0]
    assert "[…]" in law.split("</div>")[0]
    first = client.get(f"/{lang}{READ}code/6/1").text.split('<div class="opener">')[1]
    assert "[…]" not in first.split("</div>")[0]
    assert 'class="opener"' not in client.get(f"/{lang}{READ}code/7").text


def test_a_clause_names_what_it_refers_to(client: FlaskClient) -> None:
    page = client.get(f"/en{READ}decree/1/1").text
    assert f'<a href="/en/act/{ACT}/#code" lang="kk">Әдеп кодексі</a>' in page
    assert "What this clause refers to" not in client.get(f"/en{READ}regulation/8").text


@pytest.mark.parametrize("path", [READ, f"{READ}code/6/8", "/ask?q=code/6/8"])
def test_paper_says_where_and_when_it_was_printed(client: FlaskClient, path: str) -> None:
    assert re.search(
        r'class="printed">Printed on \d+ \w+ 20\d\d from http://localhost/en',
        client.get(f"/en{path}").text,
    )


# -- other acts -------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", [f"{LAW}/", f"{ORDER}/", f"{LAW}/law/1/3", f"{LAW}/law/3/1/2"])
def test_an_act_without_headnotes_has_no_empty_boxes(
    other: FlaskClient, lang: str, path: str
) -> None:
    page = other.get(f"/{lang}/act/{path}")
    assert page.status_code == 200
    assert not re.search(r"<(p|div|dl|ul|ol|h\d)( [^>]*)?>\s*</\1>", _main(page.text))
    assert 'class="narrow"' not in page.text
    assert "unit-translation" not in page.text
    assert 'class="ours' not in page.text.split('class="source"')[0]


def _main(page: str) -> str:
    """The content, without what scripts fill in."""
    inside = page.split("<main", 1)[1].split("</main>")[0]
    return re.sub(r'<(p|div)[^>]*role="status"[^>]*>\s*</\1>', "", inside)


def test_an_excluded_clause_is_struck_and_says_so_once(other: FlaskClient) -> None:
    page = other.get(f"/en/act/{LAW}/").text
    unit = page.split('id="law-1-3"')[0].rsplit("<div", 1)[1]
    assert " gone" in unit
    inside = page.split('id="law-1-3"')[1].split('id="law-1-3-1"')[0]
    assert "Excluded" in inside
    assert inside.count("алып тасталды") == 1


# -- over the wire ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", [READ, f"{READ}?source=1", f"{READ}regulation/2"])
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_page_is_under_100_kb_over_the_wire(client: FlaskClient, lang: str, path: str) -> None:
    page = client.get(f"/{lang}{path}", headers={"Accept-Encoding": "gzip"})
    plain = client.get(f"/{lang}{path}")
    assert page.content_encoding == "gzip"
    assert "Accept-Encoding" in page.headers["Vary"]
    assert plain.content_encoding is None
    assert gzip.decompress(page.data) == plain.data
    linked = re.findall(r'(?:src|href)="(/static/[^"]+)"', plain.text)
    parts = [client.get(href, headers={"Accept-Encoding": "gzip"}).data for href in set(linked)]
    assert len(page.data) + sum(map(len, parts)) < 100_000


@pytest.mark.parametrize(
    ("path", "accepts", "encoding"),
    [
        (f"/en{READ}", "gzip, br", "gzip"),
        (f"/en{READ}", "gzip;q=0", None),
        (f"/en{READ}", "", None),
        ("/static/site.css", "gzip", "gzip"),
        ("/healthz", "gzip", None),
        ("/nothing", "gzip", "gzip"),
    ],
)
def test_compression(client: FlaskClient, path: str, accepts: str, encoding: str | None) -> None:
    page = client.get(path, headers={"Accept-Encoding": accepts})
    assert page.content_encoding == encoding
    assert len(page.data) == int(page.headers["Content-Length"])


def test_a_static_file_kept_by_the_browser_is_not_sent_again(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "gzip"}
    first = client.get("/static/site.css", headers=headers)
    again = client.get(
        "/static/site.css", headers=headers | {"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    again.close()
