"""The page types that every check of the site goes over; addresses are within a language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from playwright.sync_api import Page

ACT = "U1500000153"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
PAGES = {
    "home": "./",
    "answer": "ask?q=" + quote("code/6/8"),
    "abstention": "ask?q=" + quote("what is the capital of France"),
    "act": f"act/{ACT}/",
    "act-source": f"act/{ACT}/?source=1",
    "act-on-a-day": f"act/{ACT}/?on=2017-01-01",
    "paragraph": f"act/{ACT}/code/6",
    "subparagraph": f"act/{ACT}/regulation/5/4",
    "amendments": "amendments",
    "commissioner": "commissioner",
    "about": "about",
    "not-found": f"act/{ACT}/code/66",
    "bad-day": "ask?q=x&on=yesterday",
}


def whole(page: Page) -> None:
    """Scroll to the end and back, so that whatever waits for it has happened."""
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(150)
    page.evaluate("window.scrollTo(0, 0)")
