"""An ethics commissioner reads, collects, writes and exports on a phone; the files are opened."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from pypdf import PdfReader

from tests.browser.pages import ACT, follow

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.needs_browser

WORDS = {"kk": "мүлік", "ru": "имущество", "en": "property"}
TITLES = {
    "kk": "Қызметтік әдеп туралы түсіндірме",
    "ru": "Разъяснение о служебной этике",
    "en": "A note on service ethics",
}
OWN = 'Ескерту: <b>&"қалың"</b> 100%, {{ 7 * 7 }}\nӘә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі – «тырнақша»'
EXPLAINED = {
    "kk": "Жұмысқа қандай киім киген дұрыс?",
    "ru": "Как нужно одеваться на работу?",
    "en": "What should I wear to work?",
}


def squeezed(text: str) -> str:
    """Without white space, since a line of a document may end anywhere."""
    return "".join(text.split())


def downloaded(page: Page, action: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator(f"button[value='{action}']").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def text_of(file: Path) -> str:
    """What a reader of the file sees, footnotes included, without white space."""
    if file.suffix == ".docx":
        document = docx.Document(str(file))
        found = [p.text for p in document.paragraphs]
        parts = document.part.package.iter_parts()
        notes = next(p.blob.decode() for p in parts if p.partname.endswith("/footnotes.xml"))
        return squeezed("".join(found) + re.sub(r"<[^>]+>", "", notes))
    if file.suffix == ".pdf":
        return squeezed("".join(p.extract_text() for p in PdfReader(file, strict=True).pages))
    lines = file.read_text(encoding="utf-8").split("\n")
    return squeezed(re.sub(r"\\(.)", r"\1", "".join(line.removeprefix("> ") for line in lines)))


def add(page: Page, address: str, scripted: bool) -> None:
    """Press the clause's button; the reader stays, and is told."""
    page.locator(f"button[name=address][value='{ACT}/{address}']").first.click()
    if scripted:
        page.locator(".note-toast a").wait_for()
    else:
        page.locator(f"#note-{address.replace('/', '-')} .note-in").first.wait_for()


def cited(page: Page) -> list[str]:
    """The addresses of the quotes, in their order."""
    hrefs = [a.get_attribute("href") or "" for a in page.locator("h2.note-cited a").all()]
    return [href.split(f"{ACT}/")[1] for href in hrefs]


def open_file(page: Page, file: Path, quotes: int) -> None:
    page.set_input_files("#note-file", file)
    page.locator("button[value=open]").click()
    page.locator(".note-item").nth(quotes).wait_for()


@pytest.mark.parametrize("lang", WORDS)
def test_commissioner_reads_the_act(page: Page, lang: str) -> None:
    page.goto(f"/{lang}/")
    follow(page.locator(".doors a").first)
    page.locator(".contents-bar summary").click()
    page.locator(".contents-bar a[href='#regulation']").click()
    page.wait_for_function(
        "Math.abs(document.getElementById('regulation').getBoundingClientRect().top) < 200"
    )

    follow(page.locator(f".switch a[href*='beside={lang if lang != 'kk' else 'ru'}']"))
    page.wait_for_url("**beside=*")
    assert page.locator("#code-6-8 .unit-translation").get_attribute("lang") == (
        lang if lang != "kk" else "ru"
    )
    page.fill("#find", WORDS[lang])
    page.press("#find", "Enter")
    page.locator("#act-text mark").first.wait_for()
    assert page.locator("#code-6-8 mark").count() > 0

    every = page.locator("#act-text .unit").count()
    page.locator(".narrow summary").click()
    follow(page.locator(".narrow a[href*='role=prohibition']").first)
    page.wait_for_url("**role=prohibition*")
    assert 0 < page.locator("#act-text .unit").count() < every
    page.goto(f"/{lang}/act/{ACT}/")
    follow(page.locator(".looks .toggle"))
    page.wait_for_url("**source=1*")
    assert page.locator("table.source .restored").count() > 0
    follow(page.locator(".looks .toggle"))
    page.wait_for_url(lambda url: "source" not in url)
    assert page.locator("table.source").count() == 0


@pytest.fixture
def collected(page: Page, scripted: bool, lang: str) -> Page:
    """The page of a note with three quotes, each added on another page of the site."""
    page.goto(f"/{lang}/act/{ACT}/")
    add(page, "regulation/9", scripted)
    follow(page.locator("#code-6-8 > .unit-mark"))
    page.wait_for_url("**/code/6/8*")
    add(page, "code/6/8", scripted)
    page.goto(f"/{lang}/ask?q={EXPLAINED[lang]}")
    add(page, "code/7", scripted)
    follow(page.locator(f".site-nav a[href='/{lang}/note']"))
    page.locator(".note-item").nth(2).wait_for()
    return page


@pytest.mark.parametrize("lang", WORDS)
def test_commissioner_writes_a_note_and_opens_what_was_made(
    collected: Page, tmp_path: Path, lang: str
) -> None:
    page = collected
    assert cited(page) == ["regulation/9", "code/6/8", "code/7"]
    page.locator("button[value='up.1']").click()
    page.locator("#item-0 a[href*='code/6/8']").wait_for()
    page.fill("#note-title", TITLES[lang])
    page.locator("button[value='words.0']").click()
    page.fill("#words-1", OWN)
    page.locator("button[data-refresh]").click()
    page.locator(".note-sheet", has_text="100%").wait_for()
    assert page.locator(".note-sheet b").count() == 0
    assert page.locator(".sheet-title").inner_text() == TITLES[lang]
    assert page.locator(".sheet-notes li").count() == 3
    shown = squeezed(page.locator(".note-sheet").inner_text())
    assert squeezed(OWN) in shown

    saved = downloaded(page, "save", tmp_path)
    note = json.loads(saved.read_text(encoding="utf-8"))
    assert (note["title"], note["language"]) == (TITLES[lang], lang)
    assert [item.get("address") for item in note["items"]] == [
        f"{ACT}/code/6/8", None, f"{ACT}/regulation/9", f"{ACT}/code/7",
    ]  # fmt: skip
    assert note["items"][1]["text"] == OWN
    quotes = [item["text"] for item in note["items"] if item["type"] == "quote"]
    footnotes = page.locator(".sheet-notes li").all_inner_texts()
    for ending in ("docx", "pdf", "md"):
        file = downloaded(page, f"export.{ending}", tmp_path)
        assert file.suffix == f".{ending}"
        text = text_of(file)
        lines = [line for quote in quotes for line in quote.split("\n")]
        expected = [TITLES[lang], *OWN.split("\n"), *lines, *footnotes]
        assert [e for e in expected if squeezed(e) not in text] == []

    page.locator("button[value=clear]").click()
    page.locator("button[value='clear.yes']").click()
    page.locator(".note-empty").wait_for()
    open_file(page, saved, 3)
    assert cited(page) == ["code/6/8", "regulation/9", "code/7"]
    assert page.locator("#words-1").input_value() == OWN
    assert page.locator("#note-title").input_value() == TITLES[lang]


def tampered(note: dict[str, Any]) -> dict[str, Any]:
    """The first quote with other words, the second as of an edition that is not held."""
    first, second = note["items"][0], note["items"][1]
    first["text"] = first["text"].replace("болуы", "болмауы", 1) + " Рұқсат етіледі."
    second["text"] += " Бұрынғы сөз."
    second["edition"] = "2019-07-22"
    second["sha256"] = hashlib.sha256(second["text"].encode()).hexdigest()
    return note


@pytest.mark.parametrize("lang", ["ru"])
def test_words_that_are_not_the_laws_are_shown_and_not_exported(
    collected: Page, tmp_path: Path, lang: str
) -> None:
    page = collected
    saved = downloaded(page, "save", tmp_path)
    note = tampered(json.loads(saved.read_text(encoding="utf-8")))
    saved.write_text(json.dumps(note), encoding="utf-8")
    open_file(page, saved, 2)
    # The note that was there has as many quotes; only the opened one has a difference.
    page.locator("#item-0 .note-difference").wait_for()
    assert page.locator("#item-0 .note-difference").locator("del").all_inner_texts() == [
        " Рұқсат етіледі."
    ]
    assert "Сохранённая цитата" in page.locator("#item-0 .notice").inner_text()
    assert "Здесь есть редакции: 22 февраля" in page.locator("#item-1 .notice").inner_text()
    assert page.locator("#item-2 .note-difference").count() == 0
    assert page.locator(".note-sheet").count() == 0

    page.locator("button[value='export.docx']").click()
    page.locator(".note-error").wait_for()
    for place in (0, 1):
        page.locator(f"button[value='renew.{place}']").click()
        page.locator(f"#item-{place} .note-difference").wait_for(state="detached")
    text = text_of(downloaded(page, "export.docx", tmp_path))
    assert "Бұрынғысөз" not in text
    assert "Рұқсатетіледі" not in text


@pytest.mark.parametrize("lang", ["kk"])
def test_note_is_there_when_the_reader_comes_back(
    collected: Page, scripted: bool, lang: str
) -> None:
    """With scripts the browser keeps it; without, the cookie keeps what was collected."""
    page = collected
    page.fill("#note-title", TITLES[lang])
    page.goto(f"/{lang}/")
    page.goto(f"/{lang}/note")
    page.locator(".note-item").nth(2).wait_for()
    assert cited(page) == ["regulation/9", "code/6/8", "code/7"]
    assert page.locator("#note-title").input_value() == (TITLES[lang] if scripted else "")
