"""What the product itself says, from ``phrases.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from kb.model import ActReference


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
    """Name an amending act by kind, number and day; as the doer, in the ``form`` ``by``."""
    key = f"kind_{act.kind}" if f"kind_{act.kind}" in _phrases() else "kind_act"
    kind = say(key if form == "name" else f"{key}_by", lang)
    day = act.date.isoformat() if act.date else "?"
    return say("numbered_act", lang, kind=kind, number=act.number, date=day)


def act_title(act_id: str, title: str, lang: str) -> str:
    """Name an act in the language where we have its name; else by the title in the text."""
    key = f"act_{act_id}"
    return say(key, lang) if key in _phrases() else title
