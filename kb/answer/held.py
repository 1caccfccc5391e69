"""Which acts are held, said in a sentence beside what they do not answer."""

from __future__ import annotations

from collections.abc import Sequence

from kb.answer.phrases import is_phrase, say
from kb.model import Act

# More acts than these are not named but counted; the site lists them all.
MOST_NAMED = 3


def say_of_held(name: str, acts: Sequence[Act], lang: str) -> str:
    """A phrase about all the texts there are, and the acts that these are of.

    The one act that has a phrase of its own is spoken of by the names of its parts.
    """
    own = f"{name}_{acts[0].id}" if len(acts) == 1 else ""
    return say(own, lang) if is_phrase(own) else f"{say(name, lang)} {held_acts(acts, lang)}"


def held_acts(acts: Sequence[Act], lang: str) -> str:
    """The acts that are held: a few by their short names, many by their number."""
    if len(acts) > MOST_NAMED:
        return say("held_many", lang, number=len(acts))
    names = "; ".join(act.short[lang] for act in acts)
    return say("held_few" if len(acts) > 1 else "held_one", lang, acts=names)
