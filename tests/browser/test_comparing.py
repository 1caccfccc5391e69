"""Legal staff and a commissioner compare two editions: the pages' checks, and the walk itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kb.config import Config
from tests.browser.conftest import serving
from tests.browser.pages import DESKTOP, PHONE, follow
from tests.browser.test_accessibility import WATCH_SHIFTS, EveryPage, in_every_look, stops_seen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.needs_browser

ACT, SHIPPED = "V1800016985", "U1500000153"
PAIR = f"compare/{ACT}/2019-01-15/2021-10-12"
PAGES = {
    "choice": "compare",
    "nothing-to-compare": f"compare?act={SHIPPED}",
    "unknown-edition": f"compare/{ACT}/2018-01-01/2021-10-12",
    "comparison": PAIR,
    "noise": f"{PAIR}?show=noise",
    "side-by-side": f"{PAIR}?show=all&look=sides",
    "narrowed": f"{PAIR}?at=rules/2&kind=renumbered",
    "nothing": f"{PAIR}?at=order",
}


@pytest.fixture(scope="module")
def site(editions_home: Path) -> Iterator[str]:
    """The address of a site where an act has two editions."""
    with serving(Config(home=editions_home, encoder="none", requests_per_minute=100_000)) as site:
        yield site


@in_every_look(PAGES)
class TestEveryPage(EveryPage):
    pass


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_keyboard_reaches_everything_and_is_seen(chromium: Browser, site: str, path: str) -> None:
    page = chromium.new_page(base_url=f"{site}/en/", viewport=DESKTOP)
    page.goto(path)
    assert stops_seen(page, 60) > 10
    page.close()


def test_layout_does_not_shift(chromium: Browser, site: str) -> None:
    page = chromium.new_page(base_url=f"{site}/kk/", viewport=PHONE)
    page.add_init_script(WATCH_SHIFTS)
    page.goto(PAIR)
    page.wait_for_timeout(150)
    assert page.evaluate("shifts") < 0.01
    page.close()


_LOOK_OF = """([row, tag]) => {
  const mark = document.getElementById(row).querySelector(tag);
  const style = getComputedStyle(mark);
  return {
    line: style.textDecorationLine,
    heard: getComputedStyle(mark, "::before").content + getComputedStyle(mark, "::after").content,
    selected: (getSelection().selectAllChildren(mark), getSelection().toString()),
  };
}"""


@pytest.mark.parametrize("media", ["screen", "print"])
def test_marks_are_seen_without_colour_and_heard_and_are_not_copied(
    chromium: Browser, site: str, media: str
) -> None:
    page = chromium.new_page(base_url=f"{site}/en/", viewport=PHONE)
    page.goto(PAIR)
    page.emulate_media(media="print" if media == "print" else "screen")
    removed, inserted = (page.evaluate(_LOOK_OF, ["rules.4", tag]) for tag in ("del", "ins"))
    assert (removed["line"], inserted["line"]) == ("line-through", "underline")
    assert "taken out" in removed["heard"]
    assert "put in" in inserted["heard"]
    assert removed["selected"] == "он бес жұмыс күніне"
    assert inserted["selected"] == "күнтізбелік отыз күнге"
    assert page.locator(".legend").is_visible()
    page.close()


def test_side_by_side_stands_in_columns_on_a_desktop_and_below_each_other_on_a_phone(
    chromium: Browser, site: str
) -> None:
    page = chromium.new_page(base_url=f"{site}/ru/", viewport=DESKTOP)
    page.goto(f"{PAIR}?look=sides")
    for size, beside in ((DESKTOP, True), (PHONE, False)):
        page.set_viewport_size(size)
        boxes = [side.bounding_box() for side in page.locator("#rules\\.4 .side").all()]
        tops = [box["y"] for box in boxes if box]
        assert (tops[0] == tops[1]) == beside
    page.close()


# -- the walk ---------------------------------------------------------------------------------

REVIEW = {
    "kk": ("сіздің жазбаңыз", "мәтін өзгерген"),
    "ru": ("ваша записка", "текст изменён"),
    "en": ("your note", "the words changed"),
}


@pytest.mark.parametrize("lang", REVIEW)
def test_legal_staff_see_what_changed_and_open_the_clause_in_each_edition(
    page: Page, lang: str
) -> None:
    page.goto(f"/{lang}/amendments?act={ACT}")
    pair = f"main a[href='/{lang}/compare?act={ACT}'], main a[href='/{lang}/{PAIR}']"
    follow(page.locator(pair).first)
    follow(page.locator(".crumbs a").last)
    page.wait_for_url(f"**/{lang}/compare?act={ACT}")
    page.select_option(f"#old-{ACT}-kk", "2019-01-15")
    follow(page.locator("main form.choices button").first)
    page.wait_for_url(f"**/{lang}/{PAIR}")

    follow(page.locator(".attention-list a").first)
    page.wait_for_url("**#rules.10")
    page.select_option("#choice-kind", "gone")
    follow(page.locator("form.choices button").last)
    page.wait_for_url("**kind=gone*")
    assert page.locator("article.change").count() == 1
    follow(page.locator("article.change .standing a"))
    page.wait_for_url(f"**/{lang}/act/{ACT}/rules/8@2019-01-15")


@pytest.mark.parametrize("lang", REVIEW)
def test_a_commissioners_note_is_named_where_its_clause_changed(
    page: Page, scripted: bool, lang: str
) -> None:
    page.goto(f"/{lang}/about")
    if scripted:
        quotes = [("rules/4", "2019-01-15"), ("rules/10", "2021-10-12"), ("rules/9", "2019-01-15")]
        items = [{"type": "quote", "address": f"{ACT}/{a}", "edition": d} for a, d in quotes]
        note = json.dumps({"kind": "adep-note", "items": [*items, {"type": "own-words"}]})
        page.evaluate("note => localStorage.setItem('adep.note', note)", note)
    else:
        cookie = {"name": "adep_note", "value": f"{ACT}/rules/4~{ACT}/rules/9", "url": page.url}
        page.context.add_cookies([cookie])
    page.goto(f"/{lang}/{PAIR}")
    items_shown = page.locator("section.review li")
    assert items_shown.count() == 1
    for words in REVIEW[lang]:
        assert words in items_shown.inner_text()
    follow(items_shown.locator("a"))
    page.wait_for_url("**#rules.4")


def test_a_note_that_the_browser_keeps_damaged_is_passed_over(page: Page, scripted: bool) -> None:
    if not scripted:
        return
    page.goto("/en/about")
    for kept in ("{", "null", '{"items": [null, 7, {"address": 5}]}', '{"items": {}}'):
        page.evaluate("kept => localStorage.setItem('adep.note', kept)", kept)
        page.goto(f"/en/{PAIR}")
        assert page.locator("section.review").is_hidden()
