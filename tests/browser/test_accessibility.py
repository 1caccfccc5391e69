"""Every page type meets WCAG 2.2 AA as far as axe sees, in both themes; reflow and focus beside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.browser.pages import DESKTOP, LOOKS, PAGES, PHONE, Look, visit, whole

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.needs_browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WATCH_SHIFTS = """window.shifts = 0; new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) shifts += entry.value;
}).observe({type: 'layout-shift', buffered: true});"""
_FOCUSED = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    tag: element.tagName,
    href: element.getAttribute("href"),
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
# Elements of the content that hide a part of their own text.
_CUT_OFF = """() => [...document.querySelectorAll('main *')]
  .filter(e => getComputedStyle(e).overflow === 'hidden'
    && !e.closest('.hidden, svg') && e.scrollHeight > e.clientHeight + 2)
  .map(e => e.className)"""
_TEXT = "document.documentElement.style.setProperty('font-size', '{}')"


@contextmanager
def narrow(page: Page) -> Iterator[None]:
    """Show the page at 320 CSS pixels, which is also 1280 at 400%."""
    page.set_viewport_size({"width": 320, "height": 640})
    yield
    page.set_viewport_size(DESKTOP)


@contextmanager
def large_text(page: Page) -> Iterator[None]:
    """Show the page with text twice as large; the sheet says 106.25%."""
    page.evaluate(_TEXT.format("212.5%"))
    yield
    page.evaluate(_TEXT.format(""))


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds: the rule, and the first places."""
    from axe_playwright_python.sync_playwright import Axe

    # What holds is not described element by element: on a long page that takes most of the time.
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found]


def in_every_look(pages: dict[str, str]) -> pytest.MarkDecorator:
    """Hand each page in each look to a test as ``opened``."""
    every = [
        pytest.param((look, pages[name]), id="-".join([*look, name]))
        for look, name in product(LOOKS, pages)
    ]
    return pytest.mark.parametrize("opened", every, indirect=True)


class EveryPage:
    """What holds of every page of the site."""

    def test_axe_finds_nothing(self, opened: Page) -> None:
        assert violations(opened) == []

    def test_nothing_is_lost_at_320_pixels(self, opened: Page) -> None:
        """WCAG 1.4.10: nothing scrolls sideways."""
        with narrow(opened):
            assert opened.evaluate(FITS)

    def test_nothing_is_lost_with_text_at_200_percent(self, opened: Page) -> None:
        """WCAG 1.4.4: text twice as large neither overflows the page nor is cut off."""
        with large_text(opened):
            assert opened.evaluate(FITS)
            assert opened.evaluate(_CUT_OFF) == []


@in_every_look(PAGES)
class TestEveryPage(EveryPage):
    pass


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_axe_finds_nothing_where_a_commissioner_is_named(
    looking: dict[Look, Page], look: Look, manned_site: str
) -> None:
    page = looking[look]
    page.goto(f"{manned_site}/{look[0]}/commissioner")
    assert page.locator(".person").count() == 1
    assert violations(page) == []
    with narrow(page):
        assert page.evaluate(FITS)


def _focused(page: Page) -> dict[str, object]:
    found: dict[str, object] = page.evaluate(_FOCUSED)
    return found


def stops_seen(page: Page, most: int) -> int:
    """Go on by the tabulator to the end of the page, or so many stops; each is visible, in view."""
    for stops in range(most):
        page.keyboard.press("Tab")
        stop = _focused(page)
        if stop["tag"] == "BODY":
            return stops
        assert stop["seen"], stop
        assert stop["inside"], stop
    return most


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_keyboard_reaches_everything_and_is_seen(chromium: Browser, site: str, path: str) -> None:
    """WCAG 2.1.1, 2.4.3, 2.4.7, 2.4.11: each stop is visible, in view, and in the text's order."""
    page = chromium.new_page(base_url=f"{site}/en/", viewport=DESKTOP)
    visit(page, path)
    page.keyboard.press("Tab")
    assert _focused(page)["href"] == "#main"
    assert stops_seen(page, 25) > 5
    page.close()


def test_skip_link_goes_to_the_content(chromium: Browser, site: str) -> None:
    page = chromium.new_page(base_url=site, viewport=PHONE)
    page.goto("/en/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.close()


def test_slash_puts_the_cursor_into_the_search_box(chromium: Browser, site: str) -> None:
    page = chromium.new_page(base_url=site)
    page.goto("/en/ask?q=" + quote("dress code"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.hasAttribute('data-search')")
    page.keyboard.type("a/b")
    assert page.evaluate("document.activeElement.value") == "a/b"
    page.close()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_layout_does_not_shift(chromium: Browser, slow_site: str, path: str) -> None:
    """What stands on a phone's screen stays where it is while the rest of the page arrives."""
    page = chromium.new_page(base_url=f"{slow_site}/kk/", viewport=PHONE)
    page.add_init_script(WATCH_SHIFTS)
    visit(page, path)
    whole(page)
    # A fifth of what web.dev calls good; where a piece ends, a link of the head may still move.
    assert page.evaluate("shifts") < 0.02
    page.close()
