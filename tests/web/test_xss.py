"""Whatever a reader or the keeper of the site can fill in stays text: in pages and in files."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import docx
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.config import Config
from kb.note.note import Note, OwnWords, text_hash, write_note
from kb.web.app import create_app
from tests.web.test_security import page_faults

ACT = "U1500000153"
# Each has the word that its element or handler would be found by.
ATTACKS = [
    "<script>zqx(1)</script>",
    '"><img src=x onerror=zqx(1)>',
    "' onfocus=zqx(1) autofocus x='",
    "</textarea></title></style><svg/onload=zqx(1)>",
    "javascript:zqx(1)//",
    "--><zqx><!--",
    "]]><a href='javascript:zqx(1)'>",
    "{{ zqx }}{% raw %}${zqx}",
    "%3Cscript%3Ezqx(1)%3C/script%3E",
    "\u202ezqx\u0000<b>zqx</b>",
]
_HOURS = """
[[reception]]
weekday = "wednesday"
from = "15:00"
to = "17:00"
"""


class _Reader(HTMLParser):
    """Gathers elements, attributes and scripts that hold the word of the attacks as code."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag == "script"
        if "zqx" in tag:
            self.found.append(tag)
        for name, value in attrs:
            links = name in {"href", "src", "action", "formaction", "srcdoc", "style"}
            text = (value or "").strip().lower()
            if "zqx" in name or name.startswith("on") or (links and text.startswith("javascript:")):
                self.found.append(f"{tag} {name}")

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_comment(self, data: str) -> None:
        if "zqx" in data:
            self.found.append("comment")

    def handle_data(self, data: str) -> None:
        if self._script and "</" in data:
            self.found.append("script")


def executable(page: str) -> list[str]:
    """What of the attacks a browser would run, or build into the page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    built = [f"<{tag}" for tag in ("b>zqx", "img src=x", "svg/onload") if f"<{tag}" in page]
    return [*reader.found, *built, *page_faults(page)]


@pytest.mark.parametrize("attack", ATTACKS[:4] + ATTACKS[5:7] + ATTACKS[9:])
def test_attacks_would_be_seen(attack: str) -> None:
    assert executable(f"<p title='{attack}'>{attack}</p><p title=\"{attack}\">") != []


FIELDS = [
    ("ask", "q"), ("ask", "on"), ("ask?q=code/6/8", "on"), ("search", "q"), ("search", "component"),
    ("search", "role"), ("search", "topic"), ("search", "by"), ("search", "act"),
    ("search", "page"), ("search?q=code", "page"), ("amendments", "component"),
    ("amendments", "year"), ("amendments", "by"), ("amendments", "act"), ("compare", "act"),
    (f"act/{ACT}/", "find"),
    (f"act/{ACT}/", "role"), (f"act/{ACT}/", "actor"), (f"act/{ACT}/", "beside"),
    (f"act/{ACT}/", "source"), (f"act/{ACT}/", "on"), (f"act/{ACT}/code/6/8", "beside"),
    (f"act/{ACT}/code/6/8", "on"), ("note", "on"), ("commissioner", "on"), ("about", "on"),
    ("", "on"), (f"feeds/{ACT}.atom", "on"), ("serch", "q"),
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(("path", "field"), FIELDS)
def test_field_of_an_address_stays_text(
    client: FlaskClient, path: str, field: str, attack: str
) -> None:
    joint = "&" if "?" in path else "?"
    page = client.get(f"/ru/{path}{joint}{field}={quote(attack)}")
    assert page.status_code in {200, 400, 404}
    if page.mimetype == "text/html":
        assert executable(page.text) == []


SHOWN = ["ask?q=", "search?q=", f"act/{ACT}/?find=", "ask?q=x&on="]


@pytest.mark.parametrize("path", SHOWN)
def test_words_that_are_shown_are_shown_as_they_were_typed(client: FlaskClient, path: str) -> None:
    page = client.get(f"/en/{path}{quote(ATTACKS[0])}").text
    assert "&lt;script&gt;zqx(1)&lt;/script&gt;" in page
    assert ATTACKS[0] not in page


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "path", ["/{}", "/{}/", "/en/{}", "/en/act/{}/", f"/en/act/{ACT}/{{}}", "/en/feeds/{}.atom"]
)
def test_path_stays_text(client: FlaskClient, path: str, attack: str) -> None:
    page = client.get(path.format(quote(attack, safe="")))
    assert page.status_code in {308, 400, 404}
    assert executable(page.text) == []


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "header", ["Accept-Language", "Referer", "User-Agent", "Cookie", "X-Forwarded-Host"]
)
def test_header_stays_text(client: FlaskClient, header: str, attack: str) -> None:
    value = f"adep_note={quote(attack)}~{ACT}/code/7" if header == "Cookie" else attack
    value = value.replace("\0", "").encode().decode("latin-1")
    for path in ("/", "/kk/", "/kk/note", f"/kk/act/{ACT}/code/7", "/kk/serch"):
        page = client.get(path, headers={header: value}, follow_redirects=True)
        assert page.status_code in {200, 404}
        assert executable(page.text) == []
        assert "zqx" not in page.text


# -- the note ---------------------------------------------------------------------------------


def posted(client: FlaskClient, **fields: object) -> TestResponse:
    return client.post("/en/note", data={"action": "keep", "language": "en", **fields})


def an_item(**changes: object) -> dict[str, object]:
    text = "7. Сөз."
    item = {
        "type": "quote", "address": f"{ACT}/code/7", "edition": "2022-02-22",
        "sha256": text_hash(text), "text": text,
    }  # fmt: skip
    return {**item, **changes}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "field",
    ["title", "language", "add", "words.0", "action", "shown.0", "quote.0", "saved", "collected"],
)
def test_field_of_the_note_stays_text(client: FlaskClient, field: str, attack: str) -> None:
    action = {"add": "add", "saved": "open", "collected": "collected"}.get(field, "keep")
    page = posted(client, **{"action": action, field: attack})
    assert page.status_code in {200, 400}
    assert executable(page.text) == []
    if field in {"title", "words.0"} and attack == ATTACKS[0]:
        assert "&lt;script&gt;zqx(1)&lt;/script&gt;" in page.text


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "field", ["text", "address", "sha256", "edition", "title", "language", "type", "kind"]
)
def test_field_of_an_opened_note_stays_text(client: FlaskClient, field: str, attack: str) -> None:
    note: dict[str, object] = {"kind": "adep-note", "schema": 1, "title": "", "language": "en"}
    item = an_item(**({field: attack} if field in an_item() else {}))
    if field == "text":
        item["sha256"] = text_hash(attack)
    note |= {"items": [item]} | ({field: attack} if field in {*note, "kind"} else {})
    file = (BytesIO(json.dumps(note).encode()), f"{attack.replace(chr(0), '')}.json")
    page = posted(client, action="open", file=file)
    assert page.status_code in {200, 400}
    assert executable(page.text) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_own_words_stay_text_in_every_file(client: FlaskClient, attack: str) -> None:
    words = "".join(c for c in attack if c not in "\0\u202e")
    sent = {"title": attack, "words.0": attack}
    markdown = posted(client, action="export.md", **sent).text
    for unescaped in ("<script", "<img", "<svg", "<b>", "<zqx", "<a "):
        assert unescaped not in markdown.replace("\\<", "")
    word = docx.Document(BytesIO(posted(client, action="export.docx", **sent).data))
    assert [p.text for p in word.paragraphs][:2] == [" ".join(words.split()), words]
    pdf = posted(client, action="export.pdf", **sent).data
    assert [
        name
        for name in (b"/JavaScript", b"/JS", b"/OpenAction", b"/Launch", b"/URI")
        if name in pdf
    ] == []
    saved = posted(client, action="save", **sent)
    assert saved.headers["Content-Disposition"].startswith("attachment;")
    assert saved.mimetype == "application/json"
    assert write_note(Note(" ".join(words.split()), "en", (OwnWords(words),))) == saved.data


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example/", "https://evil.example/", "/\\evil.example", "/en/\\..\\..//evil.example",
        "javascript:zqx(1)", "/en/note\r\nSet-Cookie: a=b", "/xx/../..//evil.example",
        "\t//evil.example",
        "/en/x#frag@evil.example", "", *ATTACKS,
    ],
)  # fmt: skip
def test_collecting_returns_to_this_site_alone(client: FlaskClient, back: str) -> None:
    sent = {"address": f"{ACT}/code/7", "back": back}
    page = client.post("/en/note/collect", data=sent, headers={"Referer": "https://evil.example/"})
    assert page.status_code == 303
    assert page.headers["Location"] == "/en/note#note-code-7"
    assert page.headers.getlist("Set-Cookie")[0].startswith("adep_note=")


# -- the commissioner's file ------------------------------------------------------------------


@pytest.mark.parametrize("attack", [a for a in ATTACKS if "\0" not in a])
def test_texts_of_the_commissioner_stay_text(config: Config, tmp_path: Path, attack: str) -> None:
    text = json.dumps(attack)
    fields = ("name", "position", "body", "office", "note")
    lines = [*(f"{name} = {text}" for name in fields), 'phone = "+7 7172 55 00 11"', _HOURS]
    file = tmp_path / "commissioner.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    client = create_app(replace(config, commissioner=str(file))).test_client()
    for path in ("/ru/commissioner", "/ru/ask?q=code/6/8"):
        page = client.get(path).text
        assert html.escape(attack).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
        assert executable(page) == []
