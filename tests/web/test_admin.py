"""Who gets into the admin area, what its forms need, and that nobody keeps its pages."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from kb.config import load_config
from kb.errors import ConfigError
from kb.web.admin_session import COOKIE, LASTS_S, Gate
from kb.web.app import create_app
from kb.web.security import MAX_BODY, MAX_UPLOAD
from tests.web.admin_site import LIBRARY, TOKEN, Admin, message_of, text_of
from tests.web.test_security import page_faults
from tests.web.test_xss import ATTACKS, executable

PAGES = ["", "import", "import/" + "0" * 32, "build", f"remove/{LIBRARY}/2021-10-12.kk", "sign-out"]
SECOND = text_of("second.kk").encode()


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_without_a_token_there_is_no_area(client: FlaskClient, lang: str, path: str) -> None:
    for method in ("GET", "POST"):
        page = client.open(f"/{lang}/admin/{path}", method=method, data={"token": ""})
        assert page.status_code == 404


@pytest.mark.parametrize("token", ["x", "fifteen letters", " " * 40])
def test_a_short_token_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(ConfigError, match="at least 16 characters") as caught:
        load_config(env={"KB_ADMIN_TOKEN": token})
    assert token.strip() == "" or token not in str(caught.value).replace("at least", "")


def test_the_token_is_in_no_description_of_the_settings() -> None:
    assert TOKEN not in repr(load_config(env={"KB_ADMIN_TOKEN": TOKEN}))


@pytest.mark.parametrize(
    ("lang", "words"),
    [("kk", "Токен дұрыс емес."), ("ru", "Токен неверен."), ("en", "The token is not right.")],
)
@pytest.mark.parametrize("token", ["", "жеті рет өлшеп, бір рет", TOKEN + " ", "x" * 5000, "\0"])
def test_a_wrong_token_is_said_in_one_line(
    visitor: Admin, lang: str, words: str, token: str
) -> None:
    visitor.lang = lang
    page = visitor.sign_in(token)
    assert page.status_code == 403
    assert message_of(page) == words
    assert "Set-Cookie" not in page.headers


def test_the_cookie_is_for_this_site_alone(visitor: Admin) -> None:
    cookie = visitor.sign_in().headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=Strict", f"Max-Age={LASTS_S}"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    safe = visitor.client.post("/en/admin/", data={"token": TOKEN}, base_url="https://localhost")
    assert "Secure" in safe.headers["Set-Cookie"].split("; ")
    assert TOKEN not in cookie


@pytest.mark.parametrize("path", PAGES[1:])
def test_who_is_not_signed_in_is_led_to_the_form(visitor: Admin, path: str) -> None:
    page = visitor.get(path)
    assert (page.status_code, page.headers["Location"]) == (303, "/en/admin/")
    assert 'type="password"' in visitor.get().text
    refused = visitor.client.post(f"/en/admin/{path}", data={"form": "x"})
    assert refused.status_code == 403
    assert message_of(refused).startswith("You are not signed in")
    assert visitor.builder.asked == 0


def test_signing_out_takes_the_cookie_away(admin: Admin) -> None:
    assert admin.get("build").status_code == 200
    assert admin.post("sign-out", **admin.hidden()).status_code == 303
    assert admin.get("build").status_code == 303


def test_a_session_dies_with_its_token_and_after_its_hours(
    admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = admin.client.get_cookie(COOKIE)
    assert cookie is not None
    other = create_app(replace(admin.config, admin_token="another token of 16")).test_client()
    other.set_cookie(COOKIE, cookie.value)
    assert other.get("/en/admin/build").status_code == 303
    from itsdangerous import timed

    now = timed.time.time()
    monkeypatch.setattr(timed.time, "time", lambda: now + LASTS_S + 2)
    assert admin.get("build").status_code == 303


@pytest.mark.parametrize(
    "cookie", ["", "x", "a.b.c", "Ing.aaaaaa.x", "🙂", "0" * 4000, '"x"', "eyJhIjoxfQ.aaa.bbb"]
)
def test_a_forged_cookie_is_none(visitor: Admin, cookie: str) -> None:
    visitor.client.set_cookie(COOKIE, cookie)
    assert visitor.get("build").status_code == 303


def test_what_is_signed_for_one_use_is_nothing_for_another() -> None:
    gate = Gate.of(TOKEN)
    assert gate.read("session", gate.sign("session", "a")) == "a"
    assert gate.read("session", gate.sign("form", "a")) is None
    assert Gate.of("").read("session", Gate.of("").sign("session", "a")) is None


def test_too_many_attempts_are_refused_right_or_wrong(visitor: Admin) -> None:
    assert [visitor.sign_in("wrong").status_code for _ in range(5)] == [403] * 5
    page = visitor.sign_in()
    assert page.status_code == 429
    # What is left of the minute that the first attempt began.
    assert 0 < int(page.headers["Retry-After"]) <= 60
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    other = visitor.client.post("/en/admin/", data={"token": TOKEN}, environ_base=elsewhere)
    assert other.status_code == 303


@pytest.mark.parametrize("path", PAGES[1:])
@pytest.mark.parametrize("form", ["", "x", "a.b.c"])
def test_a_form_that_is_not_ours_does_nothing(admin: Admin, path: str, form: str) -> None:
    page = admin.client.post(f"/ru/admin/{path}", data={"form": form, "sure": "yes"})
    assert page.status_code == 400
    assert "Эта форма устарела" in page.text
    assert admin.builder.asked == 0


def test_a_form_of_another_session_does_nothing(admin: Admin) -> None:
    form = admin.hidden()["form"]
    other = Admin(admin.app, admin.config, admin.app.test_client(), admin.builder)
    other.sign_in()
    assert other.client.post("/en/admin/build", data={"form": form}).status_code == 400
    assert admin.client.post("/en/admin/build", data={"form": form}).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["", "build", "import"])
def test_a_post_from_another_site_is_refused(
    admin: Admin, path: str, headers: dict[str, str]
) -> None:
    data = {"token": TOKEN, **admin.hidden()}
    page = admin.client.post(f"/en/admin/{path}", data=data, headers=headers)
    assert page.status_code == 403
    assert "did not come from a page of this site" in page.text
    assert admin.builder.asked == 0


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_no_page_is_kept_or_found(admin: Admin, lang: str) -> None:
    admin.lang = lang
    for path in ("", "build", admin.sent(SECOND), "remove/x/y", "import/x"):
        page = admin.get(path)
        assert "no-store" in page.headers["Cache-Control"]
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert 'name="robots" content="noindex' in page.text
        assert "canonical" not in page.text
        assert page_faults(page.text) == []


def test_the_area_is_in_nothing_that_machines_read(admin: Admin) -> None:
    for path in ("/sitemap.xml", "/robots.txt", "/en/", "/en/opensearch.xml"):
        assert "admin" not in admin.client.get(path).text


def test_the_token_is_in_no_page_address_or_log(
    visitor: Admin, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    pages = [visitor.sign_in(TOKEN + "x"), visitor.sign_in(), visitor.get(), visitor.get("build")]
    assert [page for page in pages if TOKEN in page.text + str(page.headers)] == []
    assert TOKEN not in caplog.text


# -- how large a request may be ---------------------------------------------------------------


class Unread(BytesIO):
    """A body that must not be read."""

    def read(self, *_: int | None) -> bytes:
        raise AssertionError("the body was read")


def test_a_file_of_an_act_may_be_larger_than_other_bodies(admin: Admin) -> None:
    padded = SECOND + b"\n" * (2 * MAX_BODY)
    page = admin.send(padded)
    assert page.status_code == 303
    page.request.environ["wsgi.input"].close()  # the client's own temporary file


def test_a_large_body_is_refused_with_its_limit(admin: Admin) -> None:
    for path in ("build", "import/x", ""):
        page = admin.client.post(f"/en/admin/{path}", data=b"x" * (MAX_BODY + 1))
        assert page.status_code == 413
        assert "1 megabyte" in page.text


@pytest.mark.parametrize(
    ("lang", "words"), [("kk", "20 МБ-тан үлкен"), ("ru", "больше 20 МБ"), ("en", "than 20 MB")]
)
def test_a_file_that_is_too_large_is_not_read(admin: Admin, lang: str, words: str) -> None:
    page = admin.client.post(
        f"/{lang}/admin/import",
        input_stream=Unread(),
        environ_overrides={"CONTENT_LENGTH": str(MAX_UPLOAD + 1)},
        content_type="multipart/form-data; boundary=x",
    )
    assert page.status_code == 413
    assert words in page.text


def test_nothing_is_read_of_a_file_from_a_stranger(visitor: Admin) -> None:
    page = visitor.client.post(
        "/en/admin/import",
        input_stream=Unread(),
        environ_overrides={"CONTENT_LENGTH": str(5 * MAX_BODY)},
        content_type="multipart/form-data; boundary=x",
    )
    assert page.status_code == 403


# -- what is typed stays text -----------------------------------------------------------------


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("field", ["act", "edition", "lang", "number", "adopted", "in_force"])
def test_fields_stay_text(admin: Admin, field: str, attack: str) -> None:
    page = admin.send(SECOND, **{field: attack})
    assert page.status_code in {303, 400}
    assert executable(page.text) == []


@pytest.mark.parametrize("attack", [a for a in ATTACKS if "\0" not in a])
def test_file_names_and_lines_stay_text(admin: Admin, attack: str) -> None:
    lines = text_of("second.kk").split("\n")
    lines.insert(30, attack)
    lines[40] = f"{lines[40]} {attack}"
    # As browsers send it: a quotation mark would end the name.
    name = attack.replace('"', "%22")
    where = admin.sent("\n".join(lines).encode(), f"{name}.txt")
    assert executable(admin.get(where).text) == []


@pytest.mark.parametrize("path", ["import/{}", "remove/{}/x", "remove/x/{}"])
@pytest.mark.parametrize("name", ["..", "%2e%2e%2fx", "x" * 300, "%00", "con", "<script>"])
def test_names_in_addresses_lead_nowhere(admin: Admin, path: str, name: str) -> None:
    page = admin.get(path.format(name))
    assert page.status_code in {404, 410, 308}
    assert not re.search("<script>(?!.*src)", page.text)
