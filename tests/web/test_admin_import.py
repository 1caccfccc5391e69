"""From the file to the site: what is shown, what is confirmed, what is written, what is refused."""

from __future__ import annotations

import html
import json
import os
import re
import stat
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kb.errors import StoreError
from kb.importing.read_file import LARGEST
from kb.web.admin_uploads import KEPT_S, MOST
from tests.importing.conftest import as_docx, as_html, as_pdf, as_text, filled
from tests.importing.test_refused import BLOCK, archive
from tests.web.admin_site import LIBRARY, Admin, message_of, text_of

SECOND = text_of("second.kk").encode()
LINES = filled(text_of("second.kk"))
FORMATS: dict[str, Callable[[], bytes]] = {
    "act.html": lambda: as_html(LINES),
    "act.docx": lambda: as_docx(LINES),
    "act.pdf": lambda: as_pdf(LINES),
    "act.txt": lambda: as_text(LINES, "utf-16"),
}


def plain(page: str) -> str:
    """The text of a page in one line."""
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_looked_at_confirmed_and_written(admin: Admin, name: str) -> None:
    where = admin.sent(FORMATS[name](), name)
    assert admin.held() == []
    text = plain(admin.get(where).text)
    assert "Nothing has been imported yet." in text
    assert "Amendments recorded in notes: 6" in text
    done = admin.post(where, action="import")
    assert (done.status_code, done.headers["Location"]) == (303, "/en/admin/build")
    [edition] = admin.held()
    assert (edition.key.act, edition.key.edition) == (LIBRARY, date(2021, 10, 12))
    assert len([c for c in edition.clauses if c.kind != "part"]) == 21
    assert admin.builder.asked == 1
    assert admin.kept() == []
    listed = plain(admin.get().text)
    assert name in listed
    assert "Imported on" in listed


def test_the_report_says_what_changed_against_the_edition_held(admin: Admin) -> None:
    first = admin.sent(text_of("first.kk").encode(), edition="2019-01-15")
    admin.post(first, action="import")
    where = admin.sent(SECOND)
    admin.lang = "ru"
    text = plain(admin.get(where).text)
    assert "день: 15 января 2019 г." in text.replace("\N{NO-BREAK SPACE}", " ").replace(
        "\u202f", " "
    )
    for said in (
        "Добавлено: 2 подпункт 2) пункта 2 Правил пункт 6-1 Правил",
        "Больше нет: 1 пункт 8 Правил",
        "пункт 5 Правил → пункт 11 Правил",
    ):
        assert said in text
    admin.post(where, action="import")
    russian = admin.sent(text_of("second.ru").encode())
    assert "Қазақша, день редакции" in plain(admin.get(russian).text)
    assert "пунктов, имеющих пару: 23" in plain(admin.get(russian).text)


def test_damaged_words_are_restored_where_they_are_ticked(admin: Admin) -> None:
    first = admin.sent(text_of("first.kk").encode(), edition="2019-01-15")
    admin.post(first, action="import")
    where = admin.sent(SECOND)
    page = admin.get(where).text
    [box] = admin.boxes(where)
    assert "<mark>Кiтапхананың</mark>" in page
    admin.post(where, action="import", accept=box)
    newest = max(admin.held(), key=lambda e: e.key.edition)
    assert [(r.before, r.after) for r in newest.restorations] == [("Кiтапхананың", "Кітапхананың")]


@pytest.mark.parametrize("action", ["look", "look-all"])
def test_looking_again_shows_what_the_ticked_words_make(admin: Admin, action: str) -> None:
    first = admin.sent(text_of("first.kk").encode(), edition="2019-01-15")
    admin.post(first, action="import")
    where = admin.sent(SECOND)
    [box] = admin.boxes(where)
    fields = {"accept": box} if action == "look" else {}
    page = admin.post(where, action=action, **fields)
    assert page.status_code == 200
    assert f'value="{box}" checked' in page.text
    assert len(admin.held()) == 1


def test_ticks_that_change_the_report_are_shown_before_they_are_imported(admin: Admin) -> None:
    scan = (Path(__file__).parents[2] / "kb/corpus/acts/U1500000153/decree-153.kk.txt").read_bytes()
    asked = {"act": "U1500000153", "edition": "2023-11-02"}
    where = admin.sent(scan, **asked)
    boxes = admin.boxes(where)
    assert len(boxes) > 10
    page = admin.post(where, action="import", accept=boxes)
    assert page.status_code == 409
    assert message_of(page).startswith("The report is no longer what you were shown")
    assert admin.held() == []
    shown = dict(re.findall(r'name="(form|shown)" value="([^"]+)"', page.text))
    url = f"/en/admin/{where}"
    sent = {**shown, "action": "import", "accept": boxes}
    assert admin.client.post(url, data=sent).status_code == 303
    [edition] = admin.held()
    assert len(edition.restorations) >= len(boxes)


def test_a_tick_that_was_never_offered_is_not_taken(admin: Admin) -> None:
    where = admin.sent(SECOND)
    for box in ("*", "0" * 20):
        assert admin.post(where, action="import", accept=box).status_code == 409
    assert admin.held() == []


def test_another_text_brought_in_meanwhile_is_seen_before_the_import(admin: Admin) -> None:
    where = admin.sent(SECOND)
    shown = admin.hidden(where)
    other = admin.sent(text_of("first.kk").encode(), edition="2019-01-15")
    admin.post(other, action="import")
    url = f"/en/admin/{where}"
    page = admin.client.post(url, data={**shown, "action": "import"})
    assert page.status_code == 409
    assert "Against the newest edition held here (day: 15" in plain(page.text)
    assert len(admin.held()) == 1
    assert admin.post(where, action="import").status_code == 303


def test_the_same_text_is_not_imported_twice(admin: Admin) -> None:
    admin.post(admin.sent(SECOND), action="import")
    where = admin.sent(as_docx(LINES), "act.docx")
    page = admin.get(where).text
    assert "This very text is held already" in page
    assert 'value="import"' not in page


def test_another_text_takes_the_place_of_one_held_only_when_ticked(admin: Admin) -> None:
    admin.post(admin.sent(SECOND), action="import")
    other = SECOND.replace("үш ай".encode(), "төрт ай".encode())
    assert other != SECOND
    where = admin.sent(other)
    page = admin.post(where, action="import")
    assert page.status_code == 400
    assert message_of(page).startswith("Another text of this edition is held")
    assert admin.post(where, action="import", replace="yes").status_code == 303
    [edition] = admin.held()
    assert "төрт ай" in " ".join(c.text for c in edition.clauses)


def test_a_line_that_is_not_understood_stops_the_import(admin: Admin) -> None:
    lines = text_of("second.kk").split("\n")
    lines.insert(30, "zzz құр сөз")
    where = admin.sent("\n".join(lines).encode())
    page = admin.get(where).text
    assert "Lines not understood: 1" in page
    assert "line 31" in page
    assert 'value="import"' not in page
    assert admin.post(where, action="import").status_code == 400
    assert admin.held() == []


# -- what is refused --------------------------------------------------------------------------

REFUSED = [
    (b"", {}, "Choose a file"),
    (b" \n", {}, "Choose a file"),
    (SECOND, {"act": "153"}, "The code of the act is not right"),
    (SECOND, {"edition": "12.10.2021"}, "The day of the edition is not a date"),
    (SECOND, {"adopted": "yesterday"}, "The day of adoption is not a date"),
    (SECOND, {"in_force": "2021-13-01"}, "The day of commencement is not a date"),
    (SECOND, {"act": "U1500000153"}, "its number is 96"),
    (SECOND, {"lang": "ru"}, "the text is Kazakh"),
    (SECOND, {"edition": "2999-01-01"}, "2999-01-01"),
    (b"%PDF-1.7\n" + bytes(5000), {}, "PDF is damaged"),
    (archive({"word/document.xml": b"0" * 30_000_000}), {}, "not opened"),
    (BLOCK.format("<p>1. А<script>x</script></p>").encode(), {}, "script"),
]


@pytest.mark.parametrize(("data", "fields", "why"), REFUSED)
def test_a_file_that_is_refused(
    admin: Admin, data: bytes, fields: dict[str, str], why: str
) -> None:
    page = admin.send(data, **fields)
    assert page.status_code == 400
    assert why in message_of(page)
    assert admin.kept() == []
    assert admin.held() == []


def test_the_reason_names_the_fields_of_the_form(admin: Admin) -> None:
    page = admin.send(SECOND, lang="ru")
    assert "“Language of the text” says ru" in html.unescape(message_of(page))


def test_what_was_typed_stays_in_the_form(admin: Admin) -> None:
    page = admin.send(b"", act="V1800016985", number="17").text
    assert 'value="V1800016985"' in page
    assert 'value="17"' in page


def test_a_full_disk_is_said(admin: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    where = admin.sent(SECOND)

    def full(*_: object, **__: object) -> None:
        raise StoreError("cannot write: No space left on device")

    monkeypatch.setattr("kb.web.admin_import.bring_in", full)
    page = admin.post(where, action="import")
    assert page.status_code == 500
    assert "No space left" in message_of(page)
    assert admin.builder.asked == 0


# -- between the pages ------------------------------------------------------------------------


def test_the_kept_file_is_the_sites_alone(admin: Admin) -> None:
    admin.sent(SECOND)
    for path in admin.config.uploads_folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(admin.config.uploads_folder.stat().st_mode) == 0o700


def test_a_file_is_given_up(admin: Admin) -> None:
    where = admin.sent(SECOND)
    assert admin.post(where, action="cancel").status_code == 303
    assert admin.kept() == []
    assert admin.get(where).status_code == 410


def test_a_confirmation_that_is_sent_again_does_nothing(admin: Admin) -> None:
    where = admin.sent(SECOND)
    sent = {**admin.hidden(where), "action": "import"}
    assert admin.client.post(f"/en/admin/{where}", data=sent).status_code == 303
    again = admin.client.post(f"/en/admin/{where}", data=sent)
    assert again.status_code == 410
    assert "no longer kept" in again.text
    assert admin.builder.asked == 1


def test_only_who_sent_a_file_sees_it(admin: Admin) -> None:
    where = admin.sent(SECOND)
    other = Admin(admin.app, admin.config, admin.app.test_client(), admin.builder)
    other.sign_in()
    assert other.get(where).status_code == 410
    sent = {**other.hidden(), "action": "cancel"}
    other.client.post(f"/en/admin/{where}", data=sent)
    assert admin.get(where).status_code == 200


def test_a_confirmation_holds_for_the_file_that_was_shown(admin: Admin) -> None:
    first, second = admin.sent(SECOND), admin.sent(text_of("first.kk").encode())
    sent = {**admin.hidden(first), "action": "import"}
    assert admin.client.post(f"/en/admin/{second}", data=sent).status_code == 400
    for shown in ("", "x", admin.hidden(first)["form"]):
        sent = {**admin.hidden(first), "action": "import", "shown": shown}
        assert admin.client.post(f"/en/admin/{first}", data=sent).status_code == 400
    assert admin.held() == []


def test_another_file_in_its_place_is_not_imported(admin: Admin) -> None:
    where = admin.sent(SECOND)
    sent = {**admin.hidden(where), "action": "import"}
    [data] = admin.config.uploads_folder.glob("*.data")
    data.write_bytes(SECOND + b"1. A")
    page = admin.client.post(f"/en/admin/{where}", data=sent)
    assert page.status_code == 400
    assert "not the one that you were shown" in page.text
    assert admin.kept() == []
    assert admin.held() == []


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"name": 1}', b"\xff"])
def test_a_damaged_description_is_none(admin: Admin, damage: bytes) -> None:
    where = admin.sent(SECOND)
    [facts] = admin.config.uploads_folder.glob("*.json")
    facts.write_bytes(damage)
    assert admin.get(where).status_code == 410


def test_old_files_and_too_many_are_forgotten(admin: Admin) -> None:
    paths = [admin.sent(SECOND, str(i)) for i in range(MOST + 1)]
    assert len(admin.kept()) == 2 * MOST
    [newest] = [p for p in admin.config.uploads_folder.glob("*.data") if p.stem in paths[-1]]
    old = time.time() - KEPT_S - 1
    os.utime(newest, (old, old))
    assert admin.get(paths[-1]).status_code == 410
    assert len(admin.kept()) == 2 * (MOST - 1)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("C:\\Users\\a\\акт.html", "акт.html"),
        ("../../etc/passwd", "passwd"),
        ("a\u202eb\u0007.txt", "ab.txt"),
        ("..", "file"),
        ("x" * 500, "x" * 150),
        ("a'\"b.txt", "a'\"b.txt"),
    ],
)
def test_file_names_are_shown_and_kept_as_names(sent: str, shown: str) -> None:
    from kb.web.admin_import import file_name

    assert file_name(sent) == shown


# -- what is held -----------------------------------------------------------------------------


def test_an_imported_edition_is_removed_when_one_is_sure(admin: Admin) -> None:
    admin.post(admin.sent(SECOND), action="import")
    where = f"remove/{LIBRARY}/2021-10-12.kk"
    assert where in admin.get().text
    assert admin.post(where).status_code == 400
    assert len(admin.held()) == 1
    done = admin.post(where, sure="yes")
    assert (done.status_code, done.headers["Location"]) == (303, "/en/admin/build")
    assert admin.held() == []
    assert admin.builder.asked == 2
    assert admin.get(where).status_code == 404
    assert not (admin.config.acts_folder / LIBRARY).exists()
    assert list(admin.config.acts_folder.glob(".import-*")) == []


def test_a_shipped_text_is_listed_and_cannot_be_removed(admin: Admin) -> None:
    assert "Comes with the program" in admin.get().text
    assert "/remove/" not in admin.get().text
    assert admin.get("remove/U1500000153/2022-02-22.kk").status_code == 404


def test_a_damaged_edition_is_listed_and_can_be_removed(admin: Admin) -> None:
    admin.post(admin.sent(SECOND), action="import")
    folder = admin.config.acts_folder / LIBRARY / "editions" / "2021-10-12.kk"
    for name in ("act.toml", "import.toml", "restorations.toml"):
        (folder / name).write_text("half", encoding="utf-8")
    assert "An imported edition that cannot be read" in admin.get().text
    assert admin.post(f"remove/{LIBRARY}/2021-10-12.kk", sure="yes").status_code == 303
    assert not folder.exists()


def test_where_an_edition_came_from_is_listed(admin: Admin) -> None:
    admin.post(admin.sent(SECOND, "бұйрық.txt"), action="import")
    text = plain(admin.get().text)
    import hashlib

    for said in (
        "бұйрық.txt",
        hashlib.sha256(SECOND).hexdigest(),
        LIBRARY,
        "Restorations accepted",
    ):
        assert said in text


def test_the_upload_limit_is_the_importers_own() -> None:
    assert json.dumps(LARGEST) == str(20 * 1024 * 1024)
