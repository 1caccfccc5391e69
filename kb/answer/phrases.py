"""What the product itself says, from ``phrases.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from kb.model import ActReference, Amendment


@cache
def _phrases() -> dict[str, dict[str, str]]:
    data = resources.files("kb.answer").joinpath("phrases.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def say(name: str, lang: str, **values: object) -> str:
    """Return the phrase in ``kk``, ``ru`` or ``en`` with its values filled in."""
    return _phrases()[name][lang].format(**values)


def action_name(action: str, lang: str) -> str:
    """Name an amendment's action."""
    return say(f"action_{action}", lang)


def commencement_words(rule: str, lang: str) -> str:
    """Say a commencement rule; one without a phrase of its own is given as recorded."""
    key = f"commencement_{rule.replace(' ', '-')}"
    return say(key, lang) if key in _phrases() else rule


def act_name(act: ActReference, lang: str, form: str = "name") -> str:
    """Name an act by kind, number and day.

    The ``form`` ``by`` names it as the doer, ``of`` as what something belongs to.
    """
    kind = say(_kind(act) if form == "name" else f"{_kind(act)}_{form}", lang)
    day = say("of_day", lang, date=act.date.isoformat()) if act.date else ""
    return say("numbered_act", lang, kind=kind, number=act.number, day=day)


def ended_words(act: ActReference, lang: str) -> str:
    """Say of an act that it was repealed; in Russian the words agree with the kind of the act."""
    return say(f"{_kind(act)}_ended", lang)


def ended_by(amendment: Amendment, lang: str) -> str:
    """Say which act a note gives as the one that took a clause out of the text, or put it in."""
    act, action = act_name(amendment.by, lang), action_name(amendment.action, lang)
    return say("by_the_note", lang, act=act, action=action)


def is_phrase(name: str) -> bool:
    """Whether there is a phrase of that name."""
    return name in _phrases()


def _kind(act: ActReference) -> str:
    key = f"kind_{act.kind}"
    return key if key in _phrases() else "kind_act"


def act_title(act_id: str, title: str, lang: str) -> str:
    """Name an act in the language where we have its name; else by the title in the text."""
    key = f"act_{act_id}"
    return say(key, lang) if key in _phrases() else title
