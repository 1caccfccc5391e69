"""The commissioner's file and page: read strictly, days worked out by hand, the law quoted."""

from __future__ import annotations

import html
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from importlib import resources
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.config import Config, load_config
from kb.errors import ConfigError
from kb.model import Records
from kb.web.app import create_app
from kb.web.commissioner import (
    MAX_PHOTO,
    WEEKDAYS,
    Commissioner,
    Hours,
    read_commissioner,
    telephone,
)
from kb.web.contact import hours_words

FILE = """
name = "Сәуле Нұрланқызы Әбдірахманова"
phone = ["+7 7172 55 00 11", "8 (7172) 55-00-12"]
email = "adep@example.kz"
photo = "photo.png"
no_reception = [2026-12-25]
position = { kk = "Әдеп жөніндегі уәкіл", ru = "Уполномоченный", en = "Ethics commissioner" }
body = { kk = "«Мысал» мекемесі", ru = "Учреждение «Мысал»", en = "The Mysal institution" }
office = { kk = "214-кабинет", ru = "каб. 214", en = "room 214" }
note = { kk = "Жазылу керек емес.", ru = "Запись не нужна.", en = "No appointment is needed." }

[[reception]]
weekday = "wednesday"
week = 1
from = "15:00"
to = "17:00"

[[reception]]
weekday = "friday"
week = "last"
from = "10:00"
to = "12:00"
"""
PNG = b"\x89PNG\r\n\x1a\n" + b"rest of a picture"
Write = Callable[..., Config]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the file, some of its words replaced, and the picture; return the settings."""

    def written(*changes: tuple[str, str], photo: bytes = PNG, name: str = "photo.png") -> Config:
        text = FILE
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        (tmp_path / "commissioner.toml").write_text(text, encoding="utf-8")
        (tmp_path / name).write_bytes(photo)
        return Config(home=tmp_path)

    return written


@pytest.fixture
def kept(write: Write) -> Commissioner:
    found = read_commissioner(write())
    assert found
    return found


# -- the file ---------------------------------------------------------------------------------


def test_file_is_read_whole(kept: Commissioner) -> None:
    assert kept.name == dict.fromkeys(("kk", "ru", "en"), "Сәуле Нұрланқызы Әбдірахманова")
    assert kept.office["ru"] == "каб. 214"
    assert kept.phones == ("+7 7172 55 00 11", "8 (7172) 55-00-12")
    assert kept.reception[1] == Hours(time(10), time(12), WEEKDAYS.index("friday"), -1)
    assert kept.photo
    assert kept.photo.kind == "image/png"


def test_without_the_file_there_is_no_commissioner(tmp_path: Path) -> None:
    assert read_commissioner(Config(home=tmp_path)) is None


def test_file_that_is_named_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot read .*nobody\.toml"):
        read_commissioner(Config(home=tmp_path, commissioner="nobody.toml"))


def test_file_may_be_elsewhere(write: Write, tmp_path: Path) -> None:
    write()
    named = load_config(env={"KB_HOME": "/nowhere", "KB_COMMISSIONER": str(tmp_path / "c.toml")})
    (tmp_path / "commissioner.toml").rename(tmp_path / "c.toml")
    assert named.commissioner_file == tmp_path / "c.toml"
    assert read_commissioner(named)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("name = ", "nаme = ", "not TOML"),
        ("name = ", "names = ", "names"),
        ('"Сәуле Нұрланқызы Әбдірахманова"', '""', "name"),
        ('"Сәуле Нұрланқызы Әбдірахманова"', "7", "name"),
        ('"Сәуле Нұрланқызы Әбдірахманова"', '"a\\nb"', "name has to be one line"),
        ('"Сәуле Нұрланқызы Әбдірахманова"', f'"{"a" * 301}"', "name"),
        ('office = { kk = "214-кабинет", ', "office = { ", "office has to be one text, or a table"),
        ('"+7 7172 55 00 11"', '"call me"', "phone has to be a number"),
        ('["+7 7172 55 00 11", "8 (7172) 55-00-12"]', "[]", "phone has to be a number"),
        ("adep@example.kz", "adep at example", "email has to be an address"),
        ("adep@example.kz", "a@b.kz?subject=x", "email has to be an address"),
        ("wednesday", "Wednesday", r"reception\[0\].weekday"),
        ("week = 1", "week = 5", r"reception\[0\].week"),
        ('weekday = "wednesday"\n', "", "reception, entry 1: give either a weekday or a date"),
        ('weekday = "friday"', "date = 2026-12-04", "entry 2: week goes with a weekday"),
        ('to = "17:00"', 'to = "14:00"', "entry 1: from has to be earlier than to"),
        ('to = "17:00"', 'to = "5 pm"', r"reception\[0\].to"),
        ("[2026-12-25]", '["soon"]', "no_reception"),
        ("photo.png", "../photo.png", "photo has to be the name of a file"),
        ("photo.png", "none.png", "photo: cannot read .*none.png"),
    ],
)
def test_mistake_is_named_in_one_line(write: Write, before: str, after: str, said: str) -> None:
    config = write((before, after))
    with pytest.raises(ConfigError, match=said) as caught:
        read_commissioner(config)
    assert "\n" not in str(caught.value)
    assert "commissioner.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "photo"),
    [
        ("photo.png", b"<svg onload=alert(1)>"),
        ("photo.svg", b"<svg></svg>"),
        ("photo.png", b"\xff\xd8\xff a JPEG under another name"),
        ("photo.png", PNG + b"x" * MAX_PHOTO),
        ("photo.png", b""),
    ],
)
def test_what_is_no_picture_is_refused(write: Write, name: str, photo: bytes) -> None:
    config = write(("photo.png", name), name=name, photo=photo)
    with pytest.raises(ConfigError, match="JPEG, PNG or WebP picture of at most 1 MB"):
        read_commissioner(config)


def test_serve_ends_with_status_2_before_it_builds(write: Write, tmp_path: Path) -> None:
    write(("week = 1", "week = 9"))
    env = os.environ | {"KB_HOME": str(tmp_path), "KB_ENCODER": "none"}
    command = [sys.executable, "-m", "kb", "serve"]
    done = subprocess.run(command, env=env, capture_output=True, timeout=120, check=False)
    said = done.stderr.decode()
    assert (done.returncode, said.count("\n")) == (2, 1)
    assert "reception[0].week" in said
    assert not (tmp_path / "index").exists()


# -- the days ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "days"),
    [
        # 2026-12-02 is the first Wednesday; its hours are 10:00 to 12:00 UTC.
        (datetime(2026, 12, 1, 12, tzinfo=UTC), ["2026-12-02", "2027-01-06", "2027-01-29"]),
        (datetime(2026, 12, 2, 11, 59, tzinfo=UTC), ["2026-12-02", "2027-01-06", "2027-01-29"]),
        (datetime(2026, 12, 2, 12, tzinfo=UTC), ["2027-01-06", "2027-01-29", "2027-02-03"]),
        # In Astana the 27th has begun when it is 19:00 of the 26th in UTC.
        (datetime(2026, 11, 26, 19, tzinfo=UTC), ["2026-11-27", "2026-12-02", "2027-01-06"]),
        (datetime(2026, 11, 27, 7, 0, tzinfo=UTC), ["2026-12-02", "2027-01-06", "2027-01-29"]),
    ],
)
def test_next_days_of_reception(kept: Commissioner, now: datetime, days: list[str]) -> None:
    """The last Friday of December, the 25th, is a day without reception."""
    assert [day.isoformat() for day, _ in kept.next_days(now)] == days


@pytest.mark.parametrize(
    ("hours", "days"),
    [
        (Hours(time(9), time(10), 0), [2, 9, 16, 23, 30]),
        (Hours(time(9), time(10), 0, 1), [2]),
        (Hours(time(9), time(10), 0, 4), [23]),
        (Hours(time(9), time(10), 0, -1), [30]),
        (Hours(time(9), time(10), 1, -1), [24]),
        (Hours(time(9), time(10), only=date(2026, 11, 18)), [18]),
    ],
)
def test_days_of_an_entry_in_november_2026(hours: Hours, days: list[int]) -> None:
    assert [d for d in range(1, 31) if hours.includes(date(2026, 11, d))] == days


def test_days_that_are_past_are_not_given(write: Write) -> None:
    entry = 'weekday = "wednesday"\nweek = 1\n'
    config = write(
        (entry, "date = 2020-01-02\n"),
        ('weekday = "friday"\nweek = "last"\n', "date = 2020-01-03\n"),
    )
    found = read_commissioner(config)
    assert found
    assert found.next_days(datetime(2026, 1, 1, tzinfo=UTC)) == ()


@pytest.mark.parametrize(
    ("lang", "hours", "words"),
    [
        ("kk", Hours(time(9), time(10), 2, 1), "айдың бірінші сәрсенбісінде"),
        ("kk", Hours(time(9), time(10), 4, -1), "айдың соңғы жұмасында"),
        ("kk", Hours(time(9), time(10), 0), "әр дүйсенбі күні"),
        ("ru", Hours(time(9), time(10), 2, 1), "в первую среду месяца"),
        ("ru", Hours(time(9), time(10), 1, 2), "во второй вторник месяца"),
        ("ru", Hours(time(9), time(10), 4, -1), "в последнюю пятницу месяца"),
        ("ru", Hours(time(9), time(10), 6, 3), "в третье воскресенье месяца"),
        ("en", Hours(time(9), time(10), 3, -1), "on the last Thursday of the month"),
        ("en", Hours(time(9), time(10), 0), "every Monday"),
    ],
)
def test_schedule_in_words(client: FlaskClient, lang: str, hours: Hours, words: str) -> None:
    with client.application.test_request_context(f"/{lang}/"):
        client.application.preprocess_request()
        assert hours_words(hours) == words


def test_every_day_has_its_words_in_every_language() -> None:
    wording = tomllib.loads(resources.files("kb.web").joinpath("reception.toml").read_text("utf-8"))
    assert tuple(wording) == ("kk", "ru", "en")
    for days in wording.values():
        assert tuple(days) == WEEKDAYS
        assert all(len(set(forms)) == 6 for forms in days.values())


@pytest.mark.parametrize(
    ("phone", "link"),
    [("+7 7172 55 00 11", "tel:+77172550011"), ("8 (7172) 55-00-12", "tel:87172550012")],
)
def test_number_can_be_dialled(phone: str, link: str) -> None:
    assert telephone(phone) == link


# -- the page ---------------------------------------------------------------------------------


@pytest.fixture
def manned(config: Config, write: Write, tmp_path: Path) -> FlaskClient:
    write()
    named = replace(config, commissioner=str(tmp_path / "commissioner.toml"))
    return create_app(named).test_client()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", ["214-кабинет", "Айдың бірінші сәрсенбісінде", "Жазылу керек емес."]),
        ("ru", ["каб. 214", "В первую среду месяца", "Запись не нужна."]),
        ("en", ["room 214", "On the first Wednesday of the month", "No appointment is needed."]),
    ],
)
def test_page_says_who_where_and_when(manned: FlaskClient, lang: str, words: list[str]) -> None:
    page = manned.get(f"/{lang}/commissioner").text
    assert [w for w in [*words, "Сәуле Нұрланқызы Әбдірахманова"] if w not in page] == []
    assert 'href="tel:+77172550011"' in page
    assert 'href="mailto:adep@example.kz"' in page
    assert f'src="/{lang}/commissioner/photo"' in page
    assert "commissioner.toml" not in page


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_page_quotes_the_law_word_for_word(
    client: FlaskClient, records: Records, lang: str
) -> None:
    page = html.unescape(client.get(f"/{lang}/commissioner").text)
    law = page[page.index('<blockquote class="law">') : page.index("</blockquote>")]
    clause = next(c for c in records.clauses if c.address.short == "regulation/9")
    assert [line for line in clause.text.split("\n") if line not in law] == []
    for address in ("regulation/4/1", "regulation/7", "regulation/10"):
        assert f'/{lang}/act/U1500000153/{address}"' in page


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", ["интернет-ресурсынан", "айына кемінде бір рет", "деректер қалтасына"]),
        ("ru", ["На интернет-ресурсе", "не реже раза в месяц", "папку данных"]),
        ("en", ["On the website", "at least once a month", "data folder"]),
    ],
)
def test_without_the_file_the_page_says_where_to_look_and_how_to_add_it(
    client: FlaskClient, lang: str, words: list[str]
) -> None:
    page = client.get(f"/{lang}/commissioner").text
    assert [w for w in [*words, "commissioner.toml"] if w not in page] == []
    assert "tel:" not in page


def test_example_of_the_page_is_a_file_that_can_be_used(
    client: FlaskClient, tmp_path: Path
) -> None:
    page = html.unescape(client.get("/ru/commissioner").text)
    text = page[page.index("<code>") + 6 : page.index("</code>")]
    (tmp_path / "commissioner.toml").write_text(text, encoding="utf-8")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff picture")
    found = read_commissioner(Config(home=tmp_path))
    assert found
    assert found.reception == (Hours(time(15), time(17), 2, 1),)


def test_photo_is_served_as_what_it_is(manned: FlaskClient, client: FlaskClient) -> None:
    photo = manned.get("/kk/commissioner/photo")
    assert (photo.status_code, photo.mimetype, photo.data) == (200, "image/png", PNG)
    assert photo.headers["X-Content-Type-Options"] == "nosniff"
    again = manned.get("/kk/commissioner/photo", headers={"If-None-Match": photo.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/kk/commissioner/photo").status_code == 404


@pytest.mark.parametrize("question", ["code/6/8", "What is the capital of France?"])
def test_answer_and_refusal_lead_to_the_commissioner(manned: FlaskClient, question: str) -> None:
    page = " ".join(manned.get(f"/en/ask?q={question}").text.split())
    link = '<a href="/en/commissioner">Сәуле Нұрланқызы Әбдірахманова</a>. The next reception: '
    assert link in page


def test_texts_of_the_file_are_escaped(config: Config, write: Write, tmp_path: Path) -> None:
    write(('"Сәуле Нұрланқызы Әбдірахманова"', '"<script>alert(1)</script>"'))
    named = replace(config, commissioner=str(tmp_path / "commissioner.toml"))
    client = create_app(named).test_client()
    for path in ("/ru/commissioner", "/ru/ask?q=code/6/8"):
        assert "<script>alert" not in client.get(path).text
