"""What a text says of its act: kind, number, day, title; and whether that is the one asked for."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from rapidfuzz import fuzz

from kb.corpus.notes import named_acts
from kb.corpus.outline import Structure
from kb.errors import InputError
from kb.language.dates import find_dates
from kb.model import Act

_CODE = re.compile(r"(?P<letter>[A-Z])(?P<year>\d{2})(?P<number>\d{7,8})_?")
# A title may be restated; below this it is another act's.
_LIKE_TITLE, _SAME_TITLE = 50.0, 85.0
_LONGEST_SHORT = 200
# Acts registered with the Ministry of Justice are coded by their registration.
_REGISTERED = "V"


@dataclass(frozen=True)
class Stated:
    """What the text itself says, each empty where it does not; ``title`` without line breaks."""

    kind: str
    title: str
    adoption: str
    number: str = ""
    adopted: date | None = None
    registered: tuple[str, date] | None = None
    in_force: date | None = None


@dataclass(frozen=True)
class Given:
    """What the person says of the act where its text does not."""

    number: str | None = None
    adopted: date | None = None
    in_force: date | None = None


@cache
def _words() -> dict[str, Any]:
    data = resources.files("kb.importing").joinpath("metadata.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def stated_in(structure: Structure) -> Stated:
    """Read the adoption line, the title and the clause of commencement."""
    main = structure.components[0].name.split("-")[0] if structure.components else "act"
    named = named_acts(structure.adoption)
    is_registered = len(named) > 1 and re.search(_words()["registration"], structure.adoption)
    number, adopted = named[0] if named else ("", None)
    return Stated(
        main,
        structure.title,
        structure.adoption,
        number,
        adopted,
        named[1] if is_registered else None,
        _in_force(structure, main, adopted),
    )


def _in_force(structure: Structure, main: str, adopted: date | None) -> date | None:
    words = _words()
    said = [
        c.text
        for c in structure.clauses
        if c.address.component == main and re.search(words["commencement"], c.text)
    ]
    if not said:
        return None
    if re.search(words["on_signing"], said[-1]):
        return adopted
    if not re.search(words["from_day"], said[-1]):
        return None
    return next((found.value for found in find_dates(said[-1])), None)


# -- is it the act that was asked for --------------------------------------------------------


def check_is_act(act_id: str, stated: Stated, held: Act | None, lang: str, page_code: str) -> None:
    """Raise ``InputError`` where number, day, title or the saved page itself name another act."""
    if page_code and page_code != act_id:
        raise InputError(f"this is another act: the page was saved from {page_code}, not {act_id}")
    if held is None:
        _check_code(act_id, stated)
        return
    if stated.number and stated.number != held.number:
        raise _another(act_id, f"its number is {stated.number}, not {held.number}")
    if stated.adopted and stated.adopted != held.adopted:
        raise _another(act_id, f"it was adopted on {stated.adopted}, not {held.adopted}")
    alike = fuzz.ratio(stated.title.lower(), held.title.lower()) if held.lang == lang else None
    known = bool(stated.number and stated.adopted)
    if alike is not None and alike < (_LIKE_TITLE if known else _SAME_TITLE):
        raise _another(act_id, f"its title is {_brief(stated.title)!r}")
    if alike is None and not known:
        raise InputError(
            f"the text does not say that it is {act_id}: its first lines must have the number and "
            "the day of adoption"
        )


def check_is_asked(act: Act, act_id: str, edition: date, lang: str | None, given: Given) -> None:
    """Raise ``InputError`` where a document of records is of another text, or says otherwise."""
    if (act.id, act.edition) != (act_id, edition) or lang not in {None, act.lang}:
        raise InputError(
            f"the document is {act.id}, edition {act.edition} ({act.lang}); give it as --act, "
            "--edition and --lang if that is what you want"
        )
    for name in ("number", "adopted", "in_force"):
        if getattr(given, name) not in {None, getattr(act, name)}:
            option = name.replace("_", "-")
            raise InputError(f"the document says {getattr(act, name)} itself; leave out --{option}")
    _check_days(edition, act.adopted)


def _another(act_id: str, why: str) -> InputError:
    return InputError(f"this is not {act_id}: {why}; check the file and --act")


def _brief(title: str) -> str:
    return title if len(title) <= 80 else title[:77] + "..."


def _check_code(act_id: str, stated: Stated) -> None:
    """The portal's codes are built of a letter, the year and the number."""
    code = _CODE.fullmatch(act_id)
    if not code:
        return
    registered = code["letter"] == _REGISTERED
    named = stated.registered if registered else (stated.number, stated.adopted)
    if named is None or not named[0] or named[1] is None:
        return
    digits = re.search(r"\d+", named[0])
    year = named[1].year
    if int(code["year"]) != year % 100 or (digits and int(digits[0]) != int(code["number"])):
        what = "registered" if registered else "adopted"
        raise _another(act_id, f"it was {what} in {year} under the number {named[0]}")


# -- the act's record ------------------------------------------------------------------------


def metadata(
    act_id: str, edition: date, lang: str, stated: Stated, held: Act | None, given: Given
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What ``act.toml`` of the edition says, and what of it is assumed; dates are checked."""
    number = (held.number if held else stated.number) or given.number
    adopted = (held.adopted if held else stated.adopted) or given.adopted
    if not number or not adopted:
        missing = "its number: give --number" if not number else "its day: give --adopted"
        raise InputError(f"the text does not say {missing}")
    known = held.in_force if held and not held.in_force_assumed else stated.in_force
    since = given.in_force or known
    in_force, is_assumed = since or adopted, since is None
    _check_days(edition, adopted)
    kind = held.kind if held else stated.kind
    meta = {
        "id": act_id,
        "lang": lang,
        "kind": kind,
        "number": number,
        "adopted": adopted,
        "in_force": in_force,
        "edition": edition,
        "in_force_assumed": is_assumed,
        "short": dict(held.short) if held else short_names(kind, number, adopted, stated, lang),
    }
    return meta, (assumed_in_force(in_force),) if is_assumed else ()


def assumed_in_force(day: date) -> str:
    """Say that a day of commencement is only the day of adoption."""
    return (
        f"in force since {day}, its day of adoption: the text gives no day; say it with --in-force"
    )


def _check_days(edition: date, adopted: date) -> None:
    if edition < adopted:
        raise InputError(f"the edition {edition} is earlier than the act's adoption, {adopted}")
    if edition > date.today():
        raise InputError(
            f"the edition {edition} lies in the future; it is consolidated as at a day"
        )


def short_names(kind: str, number: str, adopted: date, stated: Stated, lang: str) -> dict[str, str]:
    """How the act is called in the three languages: in the text's own by its adoption line."""
    words = _words()
    forms = words["short"].get(kind, words["short"]["act"])
    names = {
        code: form.format(
            y=adopted.year, d=adopted.day, m=words["months"][code][adopted.month - 1], n=number
        )
        for code, form in forms.items()
    }
    own = re.split(r"(?<=\w\w)\.(?:\s|$)", stated.adoption)[0].strip()
    if lang in {"kk", "ru"} and own and len(own) <= _LONGEST_SHORT:
        names[lang] = own
    return names
