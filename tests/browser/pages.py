"""The page types that every check of the site goes over; addresses are within a language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ACT = "U1500000153"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
# (language, theme): every theme and every language, not every pair.
Look = tuple[str, Literal["light", "dark"]]
LOOKS: list[Look] = [("en", "light"), ("kk", "dark"), ("ru", "light")]
FILLED = "note?"
PAGES = {
    "home": "./",
    "answer": "ask?q=" + quote("code/6/8"),
    "abstention": "ask?q=" + quote("what is the capital of France"),
    "act": f"act/{ACT}/",
    "act-source": f"act/{ACT}/?source=1",
    "act-on-a-day": f"act/{ACT}/?on=2017-01-01",
    "act-marked": f"act/{ACT}/?find=" + quote("мүлік"),
    "act-of-a-role": f"act/{ACT}/?role=prohibition",
    "act-alone": f"act/{ACT}/?beside=none",
    "paragraph": f"act/{ACT}/code/6",
    "subparagraph": f"act/{ACT}/regulation/5/4",
    "search-hits": "search?q=" + quote("сыйлвқ"),
    "search-all": "search?component=code&on=2018-01-01",
    "search-none": "search?q=zzzzzz",
    "note": "note",
    "note-filled": FILLED,
    "amendments": "amendments",
    "commissioner": "commissioner",
    "about": "about",
    "not-found": f"act/{ACT}/code/66",
    "mistyped": "serch",
    "bad-day": "ask?q=x&on=yesterday",
}


def visit(page: Page, path: str) -> None:
    """Open a page; the filled note as a reader has it who collected three clauses."""
    if path == FILLED:
        page.goto("about")
        addresses = "~".join(f"{ACT}/{short}" for short in ("code/6/8", "regulation/9", "code/7"))
        page.evaluate(f"document.cookie = 'adep_note={addresses}; path=/'")
    page.goto(path)
    if path == FILLED:
        assert page.locator(".note-item").count() == 3
        page.evaluate("document.cookie = 'adep_note=; path=/; max-age=0'")


def follow(link: Locator) -> None:
    """Click, and wait until what it leads to has loaded: a click alone may return before that."""
    with link.page.expect_navigation():
        link.click()


def enter(page: Page, box: str) -> None:
    """Send the form of a box by the keyboard, and wait until what comes has loaded."""
    with page.expect_navigation():
        page.press(box, "Enter")


def whole(page: Page) -> None:
    """Scroll to the end and back, so that whatever waits for it has happened."""
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(150)
    page.evaluate("window.scrollTo(0, 0)")
