"""Legal staff sign in, send a file, read its report, confirm, and see the new text on the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kb.build import why_stale
from kb.config import Config
from tests.browser.conftest import serving
from tests.browser.pages import DESKTOP, LOOKS, PHONE, Look, follow
from tests.browser.test_accessibility import FITS, violations
from tests.web.admin_site import EDITIONS, LIBRARY, TOKEN, Builder

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.needs_browser

_PATIENCE_MS = 60_000


@pytest.fixture
def site(plain_home: Path, plain_acts: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site with the plain act, a data folder of its own, and an open admin area."""
    monkeypatch.setattr("kb.importing.bring_in.shipped_acts", lambda: plain_acts)
    monkeypatch.setattr("kb.importing.held.shipped_acts", lambda: plain_acts)
    monkeypatch.setattr(
        "kb.web.admin_build.why_stale", lambda config: why_stale(config, plain_acts)
    )
    monkeypatch.setattr("kb.web.admin_build.start", Builder(plain_acts).start)
    config = Config(home=plain_home, encoder="none", requests_per_minute=100_000, admin_token=TOKEN)
    with serving(config) as address:
        yield address


def sign_in(page: Page, lang: str) -> None:
    page.goto(f"/{lang}/admin/")
    page.get_by_label("Токен" if lang != "en" else "Token").fill(TOKEN)
    follow(page.locator("main button[type=submit]"))
    page.locator("#bring-in").wait_for()


def send(page: Page, name: str, day: str) -> None:
    page.set_input_files("#admin-file", EDITIONS / name)
    page.fill("#admin-act", LIBRARY)
    page.fill("#admin-edition", day)
    follow(page.locator("form[enctype] button[type=submit]"))
    page.locator("#structure").wait_for()


def test_a_new_act_is_brought_in_read_and_removed(page: Page) -> None:
    sign_in(page, "ru")
    send(page, "second.kk.txt", "2021-10-12")
    assert page.evaluate(FITS)
    follow(page.get_by_role("link", name="English"))
    page.get_by_text("Amendments recorded in notes: 6").wait_for()
    follow(page.get_by_role("link", name="Русский"))
    page.get_by_role("button", name="Добавить", exact=True).click()
    page.get_by_text("Готово: сайт показывает").wait_for(timeout=_PATIENCE_MS)
    page.goto(f"/ru/act/{LIBRARY}/rules/6-1")
    assert page.locator("h1").inner_text().startswith("Пункт 6-1")
    page.goto("/ru/admin/")
    follow(page.get_by_role("link", name="Удалить"))
    page.get_by_label("Да, удалить эту редакцию").check()
    page.get_by_role("button", name="Удалить").click()
    page.get_by_text("Готово: сайт показывает").wait_for(timeout=_PATIENCE_MS)
    follow(page.get_by_role("link", name="Вернуться к текстам"))
    assert page.locator(".admin-held > li").count() == 1
    follow(page.get_by_role("button", name="Выйти"))
    assert page.locator("#admin-token").count() == 1


def test_a_wrong_token_and_a_wrong_file_are_said(page: Page) -> None:
    page.goto("/kk/admin/")
    page.get_by_label("Токен").fill("басқа нәрсе, токен емес")
    follow(page.locator("main button[type=submit]"))
    assert page.get_by_role("alert").inner_text() == "Токен дұрыс емес."
    sign_in(page, "kk")
    page.set_input_files("#admin-file", EDITIONS / "second.kk.txt")
    page.fill("#admin-act", "U1500000153")
    page.fill("#admin-edition", "2021-10-12")
    follow(page.locator("form[enctype] button[type=submit]"))
    assert "its number is 96" in page.get_by_role("alert").inner_text()
    assert page.input_value("#admin-act") == "U1500000153"


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_axe_finds_nothing_and_nothing_overflows(
    chromium: Browser, site: str, look: Look, tmp_path: Path
) -> None:
    lang, theme = look
    context = chromium.new_context(base_url=site, color_scheme=theme, viewport=DESKTOP)
    page = context.new_page()

    def check() -> None:
        assert violations(page) == []
        for size in (PHONE, {"width": 320, "height": 640}, DESKTOP):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert page.evaluate(FITS)

    page.goto(f"/{lang}/admin/")
    check()
    page.locator("#admin-token").fill("wrong")
    follow(page.locator("main button[type=submit]"))
    check()
    sign_in(page, lang)
    check()
    send(page, "first.kk.txt", "2019-01-15")
    follow(page.locator("button[value=import]"))
    page.goto(f"/{lang}/admin/build?still=1")
    check()
    page.goto(f"/{lang}/admin/")
    check()
    lines = (EDITIONS / "second.kk.txt").read_text(encoding="utf-8").split("\n")
    lines.insert(30, "zzz құр сөз " + "ұ" * 200)
    page.set_input_files(
        "#admin-file",
        {"name": "x" * 140, "mimeType": "text/plain", "buffer": "\n".join(lines).encode()},
    )
    page.fill("#admin-act", LIBRARY)
    page.fill("#admin-edition", "2021-10-12")
    follow(page.locator("form[enctype] button[type=submit]"))
    assert page.locator(".admin-stop li").count() == 1
    assert page.locator("input[name=accept]").count() == 1
    check()
    page.goto(f"/{lang}/admin/remove/{LIBRARY}/2019-01-15.kk")
    check()
    context.close()
