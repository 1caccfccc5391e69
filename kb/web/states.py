"""What a page says about the day that it is read for, and dates inside sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from markupsafe import Markup, escape

from kb.address import ClauseAddress
from kb.answer.answerer import state_notice
from kb.answer.phrases import act_name
from kb.answer.quote import Citation
from kb.corpus.history import State
from kb.model import ActReference
from kb.web.languages import current_language, long_date, say, term

# Kazakh puts the ablative on a month before "бастап"; there the digits are left to the reader.
_ISO_DAY = re.compile(r"\b([0-9]{4}-[0-9]{2}-[0-9]{2})\b(?! бастап)(\.?)")

# "6-тармағы" is one word to a reader, but not to a browser.
_NUMBERED = re.compile(r"[0-9]+(?:-[0-9]+)*-\w+")


def day_notice(citation: Citation) -> str:
    """What must be said of a clause on the day asked for; empty when its text is that day's."""
    lang = current_language()
    return dated(state_notice(citation, lang) or "", lang)


def dated(text: str, lang: str) -> str:
    """Write the days of a sentence in words: ``2022-02-22`` as 22 February 2022."""
    return _ISO_DAY.sub(lambda found: _in_words(found.group(1), found.group(2), lang), text)


def _in_words(day: str, stop: str, lang: str) -> str:
    try:
        words = long_date(date.fromisoformat(day), lang)
    except ValueError:
        return day + stop
    # "22 февраля 2022 г." ends with a full stop of its own.
    return words if words.endswith(".") else words + stop


def is_other_wording(citation: Citation) -> bool:
    """Whether the clause had, or may have had, another wording on the day."""
    return citation.state.state in {
        State.EARLIER_NOT_HELD,
        State.POSSIBLY_EARLIER,
        State.NOT_IN_TEXT,
    }


def unbroken(text: str) -> Markup:
    """The text, in which no line ends between a number and its ending."""
    return Markup(_NUMBERED.sub(r'<span class="unbroken">\g<0></span>', str(escape(text))))  # noqa: S704 -- escaped


def component_name(name: str) -> str:
    """A text inside an act, as it is called in the reader's language."""
    return ClauseAddress(name).cite(current_language())


def named_act(act: ActReference, *, with_day: bool = True) -> str:
    """Another act by its kind and number, and the day of its signing where that is recorded."""
    kind = term("act_kind", act.kind)
    if with_day and act.date:
        return say("amendment.named", kind=kind, number=act.number, date=long_date(act.date))
    return say("amendment.named.short", kind=kind, number=act.number)


def named_by(act: ActReference) -> str:
    """Another act by its kind and number, as the one by which something was done."""
    undated = replace(act, date=None)
    return say("history.by", act=act_name(undated, current_language(), "by"))
