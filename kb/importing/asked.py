"""What a person asks for who brings in a file: checked, in the same way on every surface."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kb.errors import FieldError
from kb.importing.inspect import Request
from kb.importing.metadata import Given

_ACT = re.compile(r"[A-Z][0-9]{2}[A-Z0-9]{7,8}_?")


@dataclass(frozen=True)
class Wish:
    """What was typed: an act's code, the day of its edition, and what the text may not say."""

    act: str
    edition: str
    lang: str | None = None
    number: str | None = None
    adopted: str | None = None
    in_force: str | None = None


def request_for(file: str, data: bytes, wish: Wish) -> Request:
    """The request for a file; a ``FieldError`` names what was typed wrongly."""
    if not _ACT.fullmatch(wish.act):
        raise FieldError(
            "act", f"{wish.act!r} is not a registration code; write one like U1500000153"
        )
    edition = _day("edition", wish.edition)
    given = Given(
        wish.number or None,
        _day("adopted", wish.adopted) if wish.adopted else None,
        _day("in_force", wish.in_force) if wish.in_force else None,
    )
    return Request(file, data, wish.act, edition, wish.lang or None, given)


def _day(field: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FieldError(field, f"{text!r} is not a date; write one like 2018-01-01") from None
