"""A commissioner looks into conduct of an earlier day, and quotes the wording of that day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kb.config import Config
from tests.browser.conftest import serving
from tests.browser.test_note_journey import downloaded, open_file, squeezed, text_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.needs_browser

ORDER, DAY = "V1800016985", "2020-01-01"
OLD, NEW = "он бес жұмыс күніне", "күнтізбелік отыз күнге"


@pytest.fixture(scope="module")
def site(editions_home: Path) -> Iterator[str]:
    """The address of a site where an act has two editions."""
    with serving(Config(home=editions_home, encoder="none", requests_per_minute=100_000)) as site:
        yield site


def add(page: Page, path: str, scripted: bool) -> None:
    """Press the button of a clause's page; the reader stays, and is told."""
    page.goto(path)
    page.locator(".note-add button[name=address]").first.click()
    page.locator(".note-toast a" if scripted else ".note-add .note-in").first.wait_for()


def test_the_wording_of_the_day_is_quoted_and_the_newest_is_one_press_away(
    page: Page, scripted: bool, tmp_path: Path
) -> None:
    add(page, f"/ru/act/{ORDER}/rules/4?on={DAY}", scripted)
    add(page, f"/ru/act/{ORDER}/rules/8@2019-01-15", scripted)
    page.locator(".site-nav a[href='/ru/note']").click()
    page.locator("#item-1").wait_for()
    assert OLD in page.locator("#item-0 blockquote").inner_text()
    known = page.locator("#item-0 .note-known")
    said = squeezed(known.inner_text())
    assert squeezed("В редакции от 12 октября 2021 г. текст иной.") in said
    known.locator("summary").click()
    assert known.locator("ins").all_inner_texts() == [NEW]
    assert "этой нормы нет" in page.locator("#item-1 .note-known").inner_text()
    assert "редакция от 15 января 2019" in page.locator(".sheet-cited").first.inner_text()

    saved = downloaded(page, "save", tmp_path)
    for ending in ("docx", "pdf", "md"):
        text = text_of(downloaded(page, f"export.{ending}", tmp_path))
        assert squeezed(OLD) in text
        assert squeezed(NEW) not in text
        assert f"{ORDER}/rules/4@2019-01-15" in text
        assert squeezed("редакция от 15 января 2019 г.") in text

    page.locator("button[value='renew.0']").click()
    page.locator("#item-0 .note-known").wait_for(state="detached")
    assert NEW in page.locator("#item-0 blockquote").inner_text()
    open_file(page, saved, 1)
    page.locator("#item-0 .note-known").wait_for()
    assert OLD in page.locator("#item-0 blockquote").inner_text()


def test_both_wordings_of_a_clause_are_collected(page: Page, scripted: bool) -> None:
    for path in ("rules/4@2019-01-15", "rules/4"):
        add(page, f"/kk/act/{ORDER}/{path}", scripted)
    page.goto("/kk/note")
    page.locator("#item-1").wait_for()
    quotes = page.locator(".note-item blockquote").all_inner_texts()
    assert [OLD in quotes[0], NEW in quotes[1]] == [True, True]
    if scripted:
        # What is in the note is known by its edition.
        page.goto(f"/kk/act/{ORDER}/rules/4")
        page.locator(".note-add button[name=address]").first.click()
        page.locator(".note-toast a").wait_for()
        assert "Бұл тармақ жазбада бар" in page.locator(".note-toast").inner_text()
