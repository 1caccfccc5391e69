"""The note on the site: its form, its files, its cookie, and what may not happen with them."""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from kb.config import Config
from kb.note.note import MAX_WORDS, Note, OwnWords, Quote, read_note, text_hash, write_note
from kb.web.app import create_app
from kb.web.notes import file_name
from tests.web.test_one_language import strangers

ACT = "U1500000153"
# A small act of two editions, as ``tests/editions`` has them.
ORDER = "V1800016985"
OLD, NEW = "он бес жұмыс күніне", "күнтізбелік отыз күнге"
LANGUAGES = ("kk", "ru", "en")
ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "' autofocus onfocus=alert(1) '",
    "{{ 7 * 7 }}{% raw %}",
    "</title><svg onload=alert(1)>",
    "%(name)s %s 100%",
]


def form_of(page: TestResponse) -> MultiDict[str, str]:
    """The fields of the note's form as a browser would send them."""
    text = page.text[page.text.index('id="note-form"') :].split("</form>")[0]
    fields: MultiDict[str, str] = MultiDict()
    for tag in re.findall(r"<input[^>]*>", text):
        values = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
        if values["type"] == "file" or (values["type"] == "checkbox" and " checked" not in tag):
            continue
        fields.add(
            values["name"],
            html.unescape(values.get("value", "on" if values["type"] == "checkbox" else "")),
        )
    for name, words in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', text, re.S
    ):
        fields.add(name, html.unescape(words))
    fields["language"] = re.search(r'<option value="(\w+)"[^>]*selected', text)[1]  # type: ignore[index]
    return fields


def press(client: FlaskClient, page: TestResponse, action: str, **changes: Any) -> TestResponse:
    fields = form_of(page)
    for name, value in changes.items():
        fields[name.replace("_", ".")] = value
    where = page.request.full_path.rstrip("?")
    return client.post(where, data={**fields, "action": action})


def started(client: FlaskClient, *addresses: str, lang: str = "en") -> TestResponse:
    page = client.get(f"/{lang}/note")
    for address in addresses:
        page = press(client, page, "add", add=address)
        assert page.status_code == 200
    return page


def saved(client: FlaskClient, page: TestResponse) -> Note:
    file = press(client, page, "save")
    assert file.headers["Content-Type"] == "application/json"
    return read_note(file.data)


def addresses(note: Note) -> list[str]:
    return [i.address.split("/", 1)[1] if isinstance(i, Quote) else i.text for i in note.items]


def opened(client: FlaskClient, data: bytes, **fields: Any) -> TestResponse:
    sent = {"action": "open", "file": (BytesIO(data), "note.json"), **fields}
    return client.post("/en/note", data=sent)


# -- the form, without scripts ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "words"),
    [("kk", "Жазба әзірге бос"), ("ru", "Записка пока пуста"), ("en", "The note is empty so far")],
)
def test_the_page_begins_empty_and_in_the_readers_language(
    client: FlaskClient, lang: str, words: str
) -> None:
    page = client.get(f"/{lang}/note")
    assert page.status_code == 200
    assert words in page.text
    assert form_of(page)["language"] == lang


def test_a_note_is_made_step_by_step(client: FlaskClient) -> None:
    page = started(client, "code/6/8", "Regulation, paragraph 9")
    page = press(client, page, "words.0")
    page = press(client, page, "keep", words_1="Осыған байланысты:\r\n«екінші»", title="Әдеп")
    assert addresses(saved(client, page)) == [
        "code/6/8", "Осыған байланысты:\n«екінші»", "regulation/9",
    ]  # fmt: skip
    page = press(client, page, "up.2")
    page = press(client, page, "down.0")
    assert addresses(saved(client, page))[0] == "regulation/9"
    page = press(client, page, "remove.0")
    note = saved(client, page)
    assert addresses(note) == ["code/6/8", "Осыған байланысты:\n«екінші»"]
    assert note.title == "Әдеп"


@pytest.mark.parametrize(
    ("action", "order"),
    [
        ("up.1", ["b", "a", "c"]),
        ("down.1", ["a", "c", "b"]),
        ("up.0", ["a", "b", "c"]),
        ("down.2", ["a", "b", "c"]),
        ("remove.2", ["a", "b"]),
        ("words.0", ["a", "", "b", "c"]),
        ("words", ["a", "b", "c", ""]),
        ("remove.9", ["a", "b", "c"]),
        ("renew.0", ["a", "b", "c"]),
        ("nonsense", ["a", "b", "c"]),
        ("<script>", ["a", "b", "c"]),
    ],
)
def test_each_button_does_one_thing(client: FlaskClient, action: str, order: list[str]) -> None:
    page = opened(client, write_note(Note("", "kk", tuple(map(OwnWords, "abc")))))
    assert addresses(saved(client, press(client, page, action))) == order


def test_the_cursor_follows_what_was_moved(client: FlaskClient) -> None:
    page = opened(client, write_note(Note("", "kk", tuple(map(OwnWords, "abc")))))
    moved = press(client, page, "up.2").text
    assert re.search(r'value="up\.1"[^>]* autofocus', moved)
    assert moved.count(" autofocus") == 1
    assert re.search(r'value="down\.0"[^>]* autofocus', press(client, page, "up.1").text)
    added = press(client, page, "words.0").text
    assert added.count(" autofocus") == 1
    assert re.search(r'<textarea[^>]* name="words\.1"[^>]* autofocus', added)


def test_return_in_the_box_adds_the_clause(client: FlaskClient) -> None:
    page = press(client, client.get("/en/note"), "keep", add="code/7")
    assert addresses(saved(client, page)) == ["code/7"]


def test_a_clause_is_quoted_once(client: FlaskClient) -> None:
    page = press(client, started(client, "code/7"), "add", add="code/7")
    assert addresses(saved(client, page)) == ["code/7"]
    assert "in the note already" in page.text


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("", "No such clause"),
        ("code/99", "No such clause"),
        ("nonsense", "No such clause"),
        ("paragraph 9", "Several texts"),
    ],
)
def test_a_name_that_is_none_is_said_and_loses_nothing(
    client: FlaskClient, typed: str, line: str
) -> None:
    page = press(client, started(client, "code/7"), "add", add=typed)
    assert page.status_code == 400
    assert line in page.text
    assert form_of(page)["add"] == typed
    assert addresses(saved(client, press(client, page, "keep", add=""))) == ["code/7"]


def test_choices_of_a_quote_are_kept(client: FlaskClient) -> None:
    page = started(client, "code/6/8", lang="ru")
    fields = form_of(page)
    assert {"translation.0", "opening.0", "remarks.0"} <= fields.keys()
    for name in ("translation.0", "opening.0", "remarks.0"):
        del fields[name]
    page = client.post("/ru/note", data={**fields, "action": "keep"})
    (quote,) = saved(client, page).quotes
    assert (quote.translation, quote.opening, quote.remarks) == (False, False, False)
    assert quote.text.startswith("8) ")
    assert "Неофициальный перевод" not in page.text


def test_a_choice_that_is_not_shown_stays(client: FlaskClient) -> None:
    page = started(client, "code/7", lang="en")
    page = press(client, page, "keep", language="kk")
    assert "translation.0" not in form_of(page)
    assert saved(client, page).quotes[0].translation


def test_clearing_asks_first(client: FlaskClient) -> None:
    asked = press(client, started(client, "code/7"), "clear")
    assert "Clear the whole note?" in asked.text
    assert addresses(saved(client, asked)) == ["code/7"]
    assert saved(client, press(client, asked, "clear.yes")).items == ()


def test_limits_of_what_is_typed(client: FlaskClient) -> None:
    page = press(client, client.get("/en/note"), "words")
    page = press(client, page, "keep", words_0="x" * (MAX_WORDS + 1))
    assert page.status_code == 400
    assert "20,000 characters" in page.text
    assert len(form_of(page)["words.0"]) == MAX_WORDS + 1


def test_most_items_fit_into_a_form(client: FlaskClient, clauses: list[str]) -> None:
    page = client.post(
        "/en/note", data={"action": "collected", "collected": [f"{ACT}/{c}" for c in clauses]}
    )
    assert len(saved(client, page).items) == len(clauses)


# -- files ------------------------------------------------------------------------------------


def test_saved_and_opened_again(client: FlaskClient) -> None:
    first = press(client, started(client, "code/6/8", "code/9"), "save")
    page = opened(client, first.data)
    assert page.status_code == 200
    assert press(client, page, "save").data == first.data


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "Choose the file of a saved note first"),
        (b"PK\x03\x04", "cannot be read"),
        (b"{}", "not a note"),
        (b'{"kind": "adep-note", "schema": 99}', "newer version"),
        (b'{"kind": "adep-note", "schema": 1}', "damaged"),
    ],
)
def test_a_bad_file_loses_nothing(client: FlaskClient, data: bytes, line: str) -> None:
    page = started(client, "code/7")
    bad = opened(client, data, **form_of(page))
    assert bad.status_code == 400
    assert line in bad.text
    assert addresses(saved(client, bad)) == ["code/7"]


def note_with(quote: Quote, **changes: Any) -> bytes:
    whole = json.loads(write_note(Note("", "en", (quote,))))
    whole["items"][0] |= changes
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"text": "7. Бәріне рұқсат."}, "not the text of the edition"),
        ({"text": "7. Ә.", "sha256": text_hash("7. Ә.")}, "not the text of the edition"),
        (
            {"text": "7. Ә.", "sha256": text_hash("7. Ә."), "edition": "2020-01-01"},
            "Editions held here: 22 February 2022.",
        ),
        ({"address": f"{ACT}/code/99"}, "The edition of 22 February 2022 has no such clause."),
        ({"address": "U0000000000/code/7"}, "could not be checked"),
        ({"address": "<b>"}, "could not be checked"),
    ],
)
@pytest.mark.parametrize("action", ["export.docx", "export.pdf", "export.md"])
def test_what_is_not_the_text_held_is_shown_and_not_exported(
    client: FlaskClient, changes: dict[str, str], line: str, action: str
) -> None:
    (quote,) = saved(client, started(client, "code/7")).quotes
    page = opened(client, note_with(quote, **changes))
    assert page.status_code == 200
    assert line in page.text
    assert '<blockquote class="law"' not in page.text
    refused = press(client, page, action)
    assert refused.status_code == 400
    assert "The document was not made" in refused.text
    assert saved(client, page) == saved(client, refused)


def test_the_difference_is_shown_and_the_present_text_taken(client: FlaskClient) -> None:
    (quote,) = saved(client, started(client, "code/7")).quotes
    old = quote.text.replace("7. ", "7. Бұрын ")
    data = note_with(quote, text=old, sha256=text_hash(old), edition="2020-01-01")
    page = opened(client, data)
    assert re.search(r"7\.\s*<del>\s*Бұрын\s*</del>\s*Мемлекеттік", page.text)
    renewed = press(client, page, "renew.0")
    assert saved(client, renewed).quotes == (quote,)
    assert press(client, renewed, "export.md").status_code == 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_exports_are_files_that_open(client: FlaskClient, lang: str) -> None:
    page = started(client, "code/6/8", lang=lang)
    page = press(client, page, "keep", title="Қызметтік әдеп: <б>")
    word = press(client, page, "export.docx")
    paragraphs = [p.text for p in docx.Document(BytesIO(word.data)).paragraphs]
    assert paragraphs[0] == "Қызметтік әдеп: <б>"
    assert "6. Мемлекеттік қызметшілерге мынадай талаптар қойылады:" in paragraphs
    assert zipfile.is_zipfile(BytesIO(word.data))
    pdf = press(client, page, "export.pdf")
    assert "Мемлекеттік қызметшілерге" in PdfReader(BytesIO(pdf.data)).pages[0].extract_text()
    markdown = press(client, page, "export.md")
    assert markdown.text.startswith("# Қызметтік әдеп: \\<б\\>")
    for file in (word, pdf, markdown):
        assert file.headers["Content-Disposition"].startswith("attachment; filename=")
        assert "no-store" in file.headers["Cache-Control"]


@pytest.mark.parametrize("action", ["export.docx", "export.pdf", "export.md"])
def test_an_empty_note_is_no_document(client: FlaskClient, action: str) -> None:
    page = press(client, client.get("/en/note"), action)
    assert page.status_code == 400
    assert "The note is empty." in page.text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Қызметтік әдеп", "Қызметтік әдеп"),
        ("../../etc/passwd", "etc passwd"),
        ('a"b\\c:d*e?f<g>h|i', "a b c d e f g h i"),
        ("x\r\nSet-Cookie: a=b", "x Set-Cookie a b"),
        ("", "Explanatory note"),
        ("😀", "adep"),
        ("CON", "CON"),
        ("x" * 300, "x" * 60),
    ],
)
def test_file_names_are_safe(title: str, name: str) -> None:
    made = file_name(Note(title, "en"), "pdf")
    assert re.fullmatch(re.escape(name) + r" \d{4}-\d\d-\d\d\.pdf", made)


# -- what the preview and the print show ------------------------------------------------------


def test_the_preview_is_the_document(client: FlaskClient) -> None:
    text = started(client, "code/6/8", lang="ru").text
    sheet = text[text.index('class="note-sheet"') :]
    assert 'lang="kk"' in sheet
    assert "Подпункт 8) пункта 6 Этического кодекса<sup>" in sheet
    assert "дата обращения" in sheet
    assert "Неофициальный перевод" in sheet


def test_characters_that_the_pdf_lacks_are_said(client: FlaskClient) -> None:
    page = press(client, client.get("/en/note"), "words")
    assert "The fonts of the PDF" in press(client, page, "keep", words_0="Жақсы 😀").text
    assert "The fonts of the PDF" not in press(client, page, "keep", words_0="Жақсы").text


# -- input that would do harm -----------------------------------------------------------------


class _Handlers(HTMLParser):
    """Gathers what no page of the site has: inline scripts, handlers, pictures from nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.found += [name for name in values if name.startswith("on")]
        if (tag == "script" and "src" not in values) or values.get("src") == "x" or tag == "b":
            self.found.append(tag)


def assert_harmless(page: TestResponse) -> None:
    assert page.status_code in {200, 400}
    reader = _Handlers()
    reader.feed(page.text)
    assert reader.found == []
    assert "49{% raw" not in page.text


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_typed_text_is_escaped(client: FlaskClient, lang: str, attack: str) -> None:
    page = press(client, client.get(f"/{lang}/note"), "words")
    for fields in ({"title": attack}, {"words_0": attack}, {"add": attack}, {"language": attack}):
        assert_harmless(press(client, page, "keep", **fields))
    assert_harmless(press(client, page, attack))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "field", ["title", "text", "address", "own", "language", "edition", "kind"]
)
def test_fields_of_a_file_are_escaped(client: FlaskClient, field: str, attack: str) -> None:
    (quote,) = saved(client, started(client, "code/7")).quotes
    whole = json.loads(write_note(Note("x", "en", (quote, OwnWords("x")))))
    if field in {"title", "language", "kind"}:
        whole[field] = attack
    elif field == "own":
        whole["items"][1]["text"] = attack
    else:
        whole["items"][0][field] = attack
    assert_harmless(opened(client, json.dumps(whole).encode()))


@pytest.mark.parametrize("attack", ATTACKS)
def test_hidden_fields_are_read_strictly(client: FlaskClient, attack: str) -> None:
    page = started(client, "code/7")
    for name in ("quote_0", "shown_0", "address", "collected", "saved"):
        assert_harmless(
            press(client, page, "open" if name == "saved" else "keep", **{name: attack})
        )


# -- the cookie -------------------------------------------------------------------------------


def collect(client: FlaskClient, address: str, back: str = "/en/", **headers: str) -> TestResponse:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    data = {"address": address, "back": back}
    return client.post("/en/note/collect", data=data, headers=names)


def test_a_clause_is_collected_without_scripts(client: FlaskClient) -> None:
    page = client.get(f"/en/act/{ACT}/code/6/8")
    assert f'name="address" value="{ACT}/code/6/8"' in page.text
    back = collect(client, f"{ACT}/code/6/8", f"/en/act/{ACT}/code/6/8")
    assert (back.status_code, back.location) == (303, f"/en/act/{ACT}/code/6/8#note-code-6-8")
    cookie = back.headers["Set-Cookie"]
    assert f"adep_note={ACT}/code/6/8;" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie
    marked = client.get(f"/en/act/{ACT}/code/6/8")
    assert "In the note" in marked.text
    assert "Cookie" in marked.headers["Vary"]
    assert addresses(saved(client, client.get("/en/note"))) == ["code/6/8"]


def test_what_is_removed_is_not_offered_again(client: FlaskClient) -> None:
    collect(client, f"{ACT}/code/7")
    collect(client, f"{ACT}/code/9")
    page = press(client, client.get("/en/note"), "remove.0")
    assert "Collected, but not in the note yet" not in page.text
    assert addresses(saved(client, client.get("/en/note"))) == ["code/9"]
    page = press(client, press(client, page, "clear"), "clear.yes")
    assert client.get_cookie("adep_note") is None


def test_what_was_collected_meanwhile_is_offered(client: FlaskClient) -> None:
    page = started(client, "code/7")
    collect(client, f"{ACT}/code/9")
    offered = press(client, page, "keep")
    assert "Collected, but not in the note yet" in offered.text
    assert addresses(saved(client, press(client, offered, "collected"))) == ["code/7", "code/9"]


@pytest.mark.parametrize("address", ["", "x", "code/99", "<b>", "U0000000000/code/7", "code"])
def test_only_clauses_are_collected(client: FlaskClient, address: str) -> None:
    page = collect(client, address)
    assert page.status_code == 400
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize(
    "back",
    ["", "https://example.com/", "//example.com", "/\\example.com", "/en\\..",
     "javascript:alert(1)", "/en/\r\nX: y", "/de/", "en/", "/static/x", "/en/" + "x" * 3000],
)  # fmt: skip
def test_the_way_back_stays_on_the_site(client: FlaskClient, back: str) -> None:
    assert collect(client, f"{ACT}/code/7", back).location == "/en/note#note-code-7"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "~~~",
        "x",
        "<script>",
        f"{ACT}/code/99",
        f"{ACT}/code/7~<b>",
        "~".join([f"{ACT}/code/7"] * 200),
    ],
)
def test_a_strange_cookie_does_no_harm(client: FlaskClient, value: str) -> None:
    client.set_cookie("adep_note", value)
    page = client.get("/en/note")
    assert page.status_code == 200
    assert addresses(saved(client, page)) in ([], ["code/7"])


def test_no_more_is_collected_than_a_cookie_holds(client: FlaskClient, clauses: list[str]) -> None:
    pages = [collect(client, f"{ACT}/{clause}") for clause in clauses[:61]]
    assert [page.status_code for page in pages] == [303] * 60 + [400]
    cookie = client.get_cookie("adep_note")
    assert cookie is not None
    assert len(cookie.value) < 4000


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec_Fetch_Site": "same-origin"}, 303),
        ({"Sec_Fetch_Site": "none"}, 303),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "null"}, 303),
        ({"Origin": "https://example.com"}, 403),
        ({"Origin": "https://localhost.example.com"}, 403),
        ({"Sec_Fetch_Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({}, 303),
    ],
)
def test_other_sites_may_not_change_the_cookie(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    page = collect(client, f"{ACT}/code/7", **headers)
    assert page.status_code == status
    assert ("Set-Cookie" in page.headers) == (status == 303)


def test_another_site_may_not_send_the_form(client: FlaskClient) -> None:
    page = client.post("/ru/note", data={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 403
    assert "с другого сайта" in page.text


# -- beside the other pages -------------------------------------------------------------------


def test_pages_with_clauses_have_the_button(client: FlaskClient) -> None:
    for path in (f"act/{ACT}/", f"act/{ACT}/code/6/8", "ask?q=code/6/8"):
        page = client.get(f"/kk/{path}").text
        assert page.count('id="note-collect"') == 1, path
        assert f'value="{ACT}/code/6/8"' in page, path
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids)), path


def test_the_note_is_not_for_caches(client: FlaskClient) -> None:
    for page in (client.get("/en/note"), client.post("/en/note", data={})):
        assert "no-store" in page.headers["Cache-Control"]


def test_the_day_of_the_site_is_kept(client: FlaskClient) -> None:
    page = client.get("/en/note?on=2016-05-01").text
    assert 'action="/en/note?on=2016-05-01"' in page
    data = {"action": "add", "add": "regulation/2"}
    marked = client.post("/en/note?on=2016-05-01", data=data).text
    assert "On 1 May 2016 an earlier wording" in marked
    assert "an earlier wording" not in client.post("/en/note", data=data).text


def test_the_day_of_a_document_is_today(app: Flask, client: FlaskClient) -> None:
    page = started(client, "code/7").text
    assert str(date.today().year) in page[page.index('class="sheet-notes"') :]


# -- several editions -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def editions_app(editions_home: Path) -> Flask:
    return create_app(Config(home=editions_home, encoder="none", requests_per_minute=1_000_000))


@pytest.fixture
def reader(editions_app: Flask) -> Iterator[FlaskClient]:
    """A browser on a site where an act has two editions."""
    with editions_app.test_client() as client:
        yield client


def editions(note: Note) -> list[tuple[str, str]]:
    return [(q.address.split("/", 1)[1], q.edition.isoformat()) for q in note.quotes]


FIRST, SECOND = "2019-01-15", "2021-10-12"


def buttons(page: TestResponse) -> set[str]:
    return set(re.findall(r'name="address" value="([^"]+)"', page.text))


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (f"act/{ORDER}/rules/4", "rules/4"),
        (f"act/{ORDER}/rules/4?on=2022-01-01", "rules/4"),
        (f"act/{ORDER}/rules/4?on=2020-01-01", f"rules/4@{FIRST}"),
        (f"act/{ORDER}/rules/4@{FIRST}", f"rules/4@{FIRST}"),
        (f"act/{ORDER}/rules/8@{FIRST}", f"rules/8@{FIRST}"),
        (f"act/{ORDER}/?on=2020-01-01", f"rules/2/2@{FIRST}"),
        (f"act/{ORDER}/", "rules/2/2"),
        (f"ask?q={ORDER}/rules/4&on=2020-01-01", f"rules/4@{FIRST}"),
        (f"ask?q={ORDER}/rules/4", "rules/4"),
    ],
)
def test_the_button_adds_the_wording_that_is_shown(
    reader: FlaskClient, path: str, address: str
) -> None:
    page = reader.get(f"/ru/{path}")
    assert f"{ORDER}/{address}" in buttons(page)
    assert f"{ORDER}/{address.split('@')[0]}" in buttons(page) or "@" in address
    collect(reader, f"{ORDER}/{address}")
    day = address.partition("@")[2] or SECOND
    note = saved(reader, reader.get("/ru/note"))
    assert editions(note) == [(address.split("@")[0], day)]


def test_a_clause_is_collected_from_both_editions(reader: FlaskClient) -> None:
    for address in (f"rules/4@{FIRST}", "rules/4", f"rules/4@{SECOND}"):
        assert collect(reader, f"{ORDER}/{address}").status_code == 303
    cookie = reader.get_cookie("adep_note")
    assert cookie is not None
    assert cookie.value == f"{ORDER}/rules/4@{FIRST}~{ORDER}/rules/4"
    page = reader.get("/ru/note")
    assert editions(saved(reader, page)) == [("rules/4", FIRST), ("rules/4", SECOND)]
    assert "✓" in reader.get(f"/ru/act/{ORDER}/rules/4@{FIRST}").text.split('id="note-rules-4"')[1]
    press(reader, page, "remove.0")
    assert editions(saved(reader, reader.get("/ru/note"))) == [("rules/4", SECOND)]


def test_what_takes_the_place_of_a_collected_wording_is_collected(reader: FlaskClient) -> None:
    collect(reader, f"{ORDER}/rules/4@{FIRST}")
    page = press(reader, reader.get("/en/note"), "renew.0")
    assert editions(saved(reader, page)) == [("rules/4", SECOND)]
    assert "Collected, but not in the note yet" not in page.text
    assert editions(saved(reader, reader.get("/en/note"))) == [("rules/4", SECOND)]


@pytest.mark.parametrize(
    ("day", "typed", "expected"),
    [
        ("", "rules/4", ("rules/4", SECOND)),
        ("", f"{ORDER}/rules/4@{FIRST}", ("rules/4", FIRST)),
        ("", f"rules/4@{FIRST}", ("rules/4", FIRST)),
        ("?on=2020-01-01", "rules/4", ("rules/4", FIRST)),
        ("?on=2020-01-01", "пункт 4 Правил", ("rules/4", FIRST)),
        ("?on=2020-01-01", f"rules/4@{SECOND}", ("rules/4", SECOND)),
        ("?on=2022-01-01", "rules/4", ("rules/4", SECOND)),
        ("?on=2020-01-01", "rules/8", ("rules/8", FIRST)),
        ("", f"rules/8@{FIRST}", ("rules/8", FIRST)),
    ],
)
def test_what_is_typed_is_the_wording_of_the_day(
    reader: FlaskClient, day: str, typed: str, expected: tuple[str, str]
) -> None:
    page = press(reader, reader.get(f"/ru/note{day}"), "add", add=typed)
    assert page.status_code == 200
    assert editions(saved(reader, page)) == [expected]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("rules/4@2018-01-01", "The editions held: 15 January 2019; 12 October 2021."),
        ("rules/8", f"Write its address: {ORDER}/rules/8@{FIRST}"),
        (f"rules/8@{SECOND}", f"Write its address: {ORDER}/rules/8@{FIRST}"),
    ],
)
def test_an_edition_that_does_not_have_it_is_said_with_those_that_do(
    reader: FlaskClient, typed: str, line: str
) -> None:
    page = press(reader, reader.get("/en/note"), "add", add=typed)
    assert page.status_code == 400
    assert line in page.text


def shown_item(page: TestResponse) -> str:
    """The first item of the editor, with single spaces."""
    return " ".join(html.unescape(page.text.split('id="item-0"')[1].split("</li>")[0]).split())


def test_an_older_wording_says_so_and_is_exported(reader: FlaskClient) -> None:
    page = started(reader, f"{ORDER}/rules/4@{FIRST}")
    item = shown_item(page)
    assert f'<blockquote class="law" lang="kk"><p class="depth-0">4. Құжат оқырманға {OLD}' in item
    assert "The edition of 12 October 2021 has other words." in item
    assert f"/act/{ORDER}/rules/4@{FIRST}" in item
    assert re.search(r"<del>он бес жұмыс күніне</del>\s*<ins>күнтізбелік отыз күнге</ins>", item)
    assert OLD in page.text.split('class="note-sheet"')[1]
    for ending, text in exported(reader, page).items():
        assert "".join(OLD.split()) in text, ending
        assert "".join(NEW.split()) not in text, ending
        assert "editionof15January2019" in text, ending
        assert f"{ORDER}/rules/4@{FIRST}" in text, ending
        assert "Theeditionof12October2021hasotherwords." in text, ending


def exported(client: FlaskClient, page: TestResponse) -> dict[str, str]:
    """What each format says when it is opened again, without white space."""
    files = {ending: press(client, page, f"export.{ending}") for ending in ("docx", "pdf", "md")}
    assert {file.status_code for file in files.values()} == {200}
    document = docx.Document(BytesIO(files["docx"].data))
    parts = document.part.package.iter_parts()
    notes = next(p.blob.decode() for p in parts if p.partname.endswith("/footnotes.xml"))
    texts = {
        "docx": "".join(p.text for p in document.paragraphs) + re.sub(r"<[^>]+>", "", notes),
        "pdf": "".join(p.extract_text() for p in PdfReader(BytesIO(files["pdf"].data)).pages),
        "md": re.sub(r"\\(.)", r"\1", files["md"].text),
    }
    return {ending: "".join(text.split()) for ending, text in texts.items()}


def test_one_press_takes_the_newest_wording(reader: FlaskClient) -> None:
    page = press(reader, started(reader, f"{ORDER}/rules/2/2@{FIRST}"), "renew.0")
    # The item has another number there, and what has its old number is another item.
    assert editions(saved(reader, page)) == [("rules/2/3", SECOND)]
    assert "note-known" not in page.text


def test_a_wording_that_came_later_is_changed_for_that_of_the_day(reader: FlaskClient) -> None:
    page = started(reader, "rules/4")
    at_day = reader.post("/en/note?on=2020-01-01", data={**form_of(page), "action": "keep"})
    item = shown_item(at_day)
    assert "On 1 January 2020 another wording applied: that of the edition of 15 January" in item
    assert f'href="/en/act/{ORDER}/rules/4"' in item
    page = press(reader, at_day, "dated.0")
    assert editions(saved(reader, page)) == [("rules/4", FIRST)]
    assert "On 1 January 2020 this was the wording (edition of 15 January 2019)." in shown_item(
        page
    )
    assert f'href="/en/act/{ORDER}/rules/4?on=2020-01-01"' in shown_item(page)


@pytest.mark.parametrize(
    ("address", "day", "line"),
    [
        (f"rules/8@{FIRST}", "", "The edition of 12 October 2021 does not have this provision."),
        (
            f"rules/5@{FIRST}",
            "",
            "the words are the same and the place another: Rules, paragraph 11.",
        ),
        ("rules/6-1", "2020-01-01", "On 1 January 2020 the text did not have this paragraph."),
        ("rules/4", "2030-01-01", "The edition held here is that of 12 October 2021; later"),
        (f"rules/7@{FIRST}", "2018-07-01", "On 1 July 2018 an earlier wording of this paragraph"),
    ],
)
def test_what_is_known_of_a_wording_is_said(
    reader: FlaskClient, address: str, day: str, line: str
) -> None:
    page = started(reader, f"{ORDER}/{address}")
    where = f"/en/note?on={day}" if day else "/en/note"
    assert line in shown_item(reader.post(where, data={**form_of(page), "action": "keep"}))


@pytest.mark.parametrize("day", [FIRST, SECOND])
@pytest.mark.parametrize("action", ["export.docx", "export.pdf", "export.md"])
def test_altered_words_of_any_edition_are_refused(
    reader: FlaskClient, day: str, action: str
) -> None:
    (quote,) = saved(reader, started(reader, f"{ORDER}/rules/4@{day}")).quotes
    lie = "4. Құжат оқырманға бір жылға беріледі."
    other = quote.text.replace(OLD, NEW) if day == FIRST else quote.text.replace(NEW, OLD)
    for text, digest in ((lie, quote.sha256), (lie, text_hash(lie)), (other, text_hash(other))):
        page = opened(reader, note_with(quote, text=text, sha256=digest))
        assert "not the text of the edition" in page.text
        assert press(reader, page, action).status_code == 400
        back = press(reader, page, "renew.0")
        assert saved(reader, back).quotes == (quote,)


def test_an_edition_that_is_not_held_is_refused_and_those_held_are_named(
    reader: FlaskClient,
) -> None:
    (quote,) = saved(reader, started(reader, f"{ORDER}/rules/4@{FIRST}")).quotes
    page = opened(reader, note_with(quote, edition="2020-05-05"))
    assert "no edition of 5 May 2020" in shown_item(page)
    assert "Editions held here: 15 January 2019; 12 October 2021." in shown_item(page)
    assert press(reader, page, "export.md").status_code == 400
    assert editions(saved(reader, press(reader, page, "renew.0"))) == [("rules/4", SECOND)]


def test_a_quote_names_the_edition_it_is_cited_from_where_its_own_is_not_held(
    reader: FlaskClient,
) -> None:
    (quote,) = saved(reader, started(reader, f"{ORDER}/rules/4")).quotes
    page = opened(reader, note_with(quote, edition="2023-03-03"))
    assert "The edition of 3 March 2023 is not held here." in shown_item(page)
    assert f"{ORDER}/rules/4@{SECOND}" in press(reader, page, "export.md").text


def test_the_official_text_is_offered_as_such(reader: FlaskClient) -> None:
    page = started(reader, f"{ORDER}/rules/4", lang="ru")
    assert "с официальным текстом на языке документа" in shown_item(page)
    sheet = page.text.split('class="note-sheet"')[1]
    assert '<div class="law"><p class="label">Официальный текст на русском языке' in sheet
    assert "на тридцать календарных дней" in sheet
    fields = form_of(page)
    del fields["translation.0"]
    bare = reader.post("/ru/note", data={**fields, "action": "keep"})
    assert "на тридцать календарных дней" not in bare.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_said_of_editions_is_in_the_language_of_the_page(
    reader: FlaskClient, lang: str
) -> None:
    quoted = (f"rules/4@{FIRST}", f"rules/5@{FIRST}", f"rules/8@{FIRST}", "rules/4", "rules/6-1")
    page = started(reader, *(f"{ORDER}/{address}" for address in quoted), lang=lang)
    page = reader.post(
        f"/{lang}/note?on=2020-01-01",
        data={**form_of(page), "action": "keep"},
    )
    assert page.text.count("note-known") == len(quoted)
    # The box shows an address as an example.
    assert strangers(re.sub(r' placeholder="[^"]*"', "", page.text), lang) == []
