"""The ethics commissioner of the body that runs the site: who, where and when, from a TOML file.

What it holds is what Regulation, paragraph 9 obliges a body to publish; `docs/configuration.md`
shows one. It is read once, when the site starts, and strictly.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec
from flask import Flask, current_app
from msgspec import Meta, Struct

from kb.address import LANGUAGES
from kb.config import Config
from kb.errors import ConfigError

MAX_PHOTO = 1_000_000
# All of Kazakhstan has kept one time since 1 March 2024.
ZONE = timezone(timedelta(hours=5))
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[str, ...] = get_args(Weekday)
_KEY = "adep-commissioner"
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{3,24}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# A picture is known by how it begins, whatever its name says.
_PICTURES = {
    "image/jpeg": ((".jpg", ".jpeg"), re.compile(rb"\xff\xd8\xff")),
    "image/png": ((".png",), re.compile(rb"\x89PNG\r\n\x1a\n")),
    "image/webp": ((".webp",), re.compile(rb"RIFF....WEBP", re.DOTALL)),
}
_DAYS_AHEAD, _MOST_DAYS = 400, 3

_Line = Annotated[str, Meta(min_length=1, max_length=300)]
_Words = _Line | dict[str, _Line]
_Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Said = dict[str, str]


class _Hours(Struct, forbid_unknown_fields=True):
    """An entry of the schedule, as the file has it."""

    start: _Clock = msgspec.field(name="from")
    end: _Clock = msgspec.field(name="to")
    weekday: Weekday | None = None
    week: Literal[1, 2, 3, 4, "last"] | None = None
    day: date | None = msgspec.field(name="date", default=None)


class _File(Struct, forbid_unknown_fields=True):
    """The file as it stands; texts are one for all languages, or one for each."""

    name: _Words
    body: _Words
    office: _Words
    phone: _Line | list[_Line]
    reception: Annotated[list[_Hours], Meta(min_length=1, max_length=30)]
    position: _Words | None = None
    note: _Words | None = None
    email: _Line | None = None
    photo: _Line | None = None
    no_reception: list[date] = []


@dataclass(frozen=True)
class Hours:
    """When people are received: every such weekday, one of the month, or on one date.

    ``week`` is 1 to 4, -1 for the last of the month and 0 for every week.
    """

    start: time
    end: time
    weekday: int = 0
    week: int = 0
    only: date | None = None

    def includes(self, day: date) -> bool:
        """Whether people are received on the day by this entry."""
        if self.only:
            return day == self.only
        if day.weekday() != self.weekday:
            return False
        is_last = (day + timedelta(days=7)).month != day.month
        return not self.week or (is_last if self.week < 0 else (day.day - 1) // 7 + 1 == self.week)


@dataclass(frozen=True)
class Photo:
    """A picture and its media type."""

    data: bytes
    kind: str


@dataclass(frozen=True)
class Commissioner:
    """Who is asked, where and when; texts by language, empty where the file has none."""

    name: Said
    body: Said
    office: Said
    position: Said
    note: Said
    phones: tuple[str, ...]
    email: str
    photo: Photo | None
    reception: tuple[Hours, ...]
    no_reception: frozenset[date]

    def next_days(self, now: datetime) -> tuple[tuple[date, Hours], ...]:
        """The next days on which people are received, today's while it is not over."""
        return tuple(pair for _, pair in zip(range(_MOST_DAYS), self._days(now), strict=False))

    def _days(self, now: datetime) -> Iterator[tuple[date, Hours]]:
        here = now.astimezone(ZONE)
        for ahead in range(_DAYS_AHEAD):
            day = here.date() + timedelta(days=ahead)
            for hours in sorted(self.reception, key=lambda hours: hours.start):
                over = not ahead and hours.end <= here.time()
                if hours.includes(day) and day not in self.no_reception and not over:
                    yield day, hours


def telephone(phone: str) -> str:
    """The address that dials a number."""
    return "tel:" + re.sub(r"[^+0-9]", "", phone)


def read_commissioner(config: Config) -> Commissioner | None:
    """Read the file that the settings name; none where it may be missing and is.

    Raises ``ConfigError`` that names the file and the field.
    """
    path = config.commissioner_file
    if not config.commissioner and not path.is_file():
        return None
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return _checked(msgspec.convert(data, _File), path.parent)
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error
    except (msgspec.ValidationError, ValueError) as error:
        raise ConfigError(f"{path}: {str(error).replace('$.', '')}") from error


def _checked(file: _File, folder: Path) -> Commissioner:
    return Commissioner(
        name=_said("name", file.name),
        body=_said("body", file.body),
        office=_said("office", file.office),
        position=_said("position", file.position),
        note=_said("note", file.note),
        phones=_phones([file.phone] if isinstance(file.phone, str) else file.phone),
        email=_email(file.email or ""),
        photo=_photo(folder, file.photo) if file.photo else None,
        reception=tuple(_hours(number, entry) for number, entry in enumerate(file.reception, 1)),
        no_reception=frozenset(file.no_reception),
    )


def _said(field: str, words: _Words | None) -> Said:
    if words is None:
        return {}
    said = dict.fromkeys(LANGUAGES, words) if isinstance(words, str) else words
    if set(said) != set(LANGUAGES):
        raise ValueError(f"{field} has to be one text, or a table with kk, ru and en")
    if any(not text.strip() or _CONTROL.search(text) for text in said.values()):
        raise ValueError(f"{field} has to be one line of text")
    return said


def _phones(phones: list[str]) -> tuple[str, ...]:
    if not phones or not all(_PHONE.fullmatch(phone) for phone in phones):
        raise ValueError('phone has to be a number like "+7 7172 00 00 00", or a list of them')
    return tuple(phones)


def _email(email: str) -> str:
    if email and not _EMAIL.fullmatch(email):
        raise ValueError(f"email has to be an address like name@example.kz, not {email!r}")
    return email


def _hours(number: int, entry: _Hours) -> Hours:
    where = f"reception, entry {number}"
    if (entry.weekday is None) == (entry.day is None):
        raise ValueError(f"{where}: give either a weekday or a date")
    if entry.day and entry.week:
        raise ValueError(f"{where}: week goes with a weekday, not with a date")
    start, end = time.fromisoformat(entry.start), time.fromisoformat(entry.end)
    if start >= end:
        raise ValueError(f"{where}: from has to be earlier than to")
    weekday = WEEKDAYS.index(entry.weekday) if entry.weekday else 0
    return Hours(start, end, weekday, -1 if entry.week == "last" else entry.week or 0, entry.day)


def _photo(folder: Path, name: str) -> Photo:
    if Path(name).name != name:
        raise ValueError("photo has to be the name of a file in the same folder, without a path")
    path = folder / name
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_PHOTO else b""
    except OSError as error:
        raise ValueError(f"photo: cannot read {path}: {error.strerror}") from error
    for kind, (suffixes, start) in _PICTURES.items():
        if path.suffix.lower() in suffixes and start.match(data):
            return Photo(data, kind)
    raise ValueError(f"photo: {name} has to be a JPEG, PNG or WebP picture of at most 1 MB")


def init_commissioner(app: Flask, config: Config) -> None:
    """Read the commissioner once, when the site starts."""
    app.extensions[_KEY] = read_commissioner(config)


def commissioner() -> Commissioner | None:
    """The commissioner of the current application, where the file is there."""
    found: Commissioner | None = current_app.extensions[_KEY]
    return found
