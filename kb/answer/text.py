"""Answers, clauses and histories as plain text for a terminal or a file."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from babel.dates import format_date

from kb.answer.answer import Answer, LeadBy, is_held
from kb.answer.phrases import act_name, action_name, commencement_words, say
from kb.answer.quote import Citation, Wording
from kb.corpus.history import Touch

_WIDTH = 88
# Stands for a space at which a line is not broken: a character that no text has.
_GLUE = "\ue000"
_ISO_DAY = re.compile(r"(?<![\w-])(\d{4}-\d{2}-\d{2})(?![\w-])")


def answer_text(answer: Answer) -> str:
    """The whole answer: lead line, notices, quotes with their citations, nearest clauses."""
    return "\n".join(_answer_lines(answer))


def said_day(day: date, lang: str) -> str:
    """A day as the reader writes it: 22.02.2022, or 22 February 2022."""
    return str(format_date(day, say("day", lang), locale=lang))


def said_days(text: str, lang: str) -> str:
    """Our words with their ISO dates as the reader writes them."""

    def said(found: re.Match[str]) -> str:
        try:
            return said_day(date.fromisoformat(found[1]), lang)
        except ValueError:
            return found[1]

    return _ISO_DAY.sub(said, text)


def _answer_lines(answer: Answer) -> Iterator[str]:
    lang = answer.lang
    by_model = answer.lead_by is LeadBy.MODEL
    # A model's text may quote the law, and no letter of a quotation is touched.
    yield from _wrapped(answer.text if by_model else said_days(answer.text, lang))
    if answer.answered and answer.kind in {"clause", "reference"}:
        model = f"; {say('phrased_by_model', lang)}" if by_model else ""
        yield f"  [{say('editorial', lang)}{model}]"
    for notice in answer.notices:
        if notice not in answer.text:
            yield ""
            yield from _wrapped(f"! {said_days(notice, lang)}")
    for citation in answer.citations:
        yield ""
        yield from citation_lines(citation, lang)
    shown = _held_now(answer)
    if shown:
        yield ""
        edition = said_day(shown[0].act.edition, lang)
        yield f"{say('held_now', lang, edition=edition)}:"
    for citation in shown:
        yield ""
        yield from citation_lines(citation, lang)
    near = [citation for citation in answer.related if citation not in shown]
    if near:
        yield ""
        yield f"{say('related', lang)}:"
        for citation in near:
            yield f"  {_in_act(citation):<22} {_title(citation, lang)}"


def _held_now(answer: Answer) -> list[Citation]:
    """What is held of a wording that is not held for the day: the answer says that it is below."""
    if answer.answered or not answer.notices:
        return []
    gone = {c.clause.address for c in answer.related if not is_held(c)}
    return [c for c in answer.related if gone & {c.clause.address, c.clause.parent}]


def _title(citation: Citation, lang: str) -> str:
    title = citation.headnote.title[lang] if citation.headnote else ""
    return f"{citation.label(lang)}{f' — {title}' if title else ''}"


def _in_act(citation: Citation) -> str:
    """The address within the act, with the edition where it is an older one."""
    return str(replace(citation.clause.address, act=None))


def citation_lines(citation: Citation, lang: str, *, quote: bool = True) -> Iterator[str]:
    """A quote with its label, edition, lines, amendments, translation and editor's notes."""
    act = citation.act
    yield f"{citation.full_label(lang)} [{_in_act(citation)}]"
    if quote:
        yield f"  {say(f'quote_{act.lang}', lang)}:"
        yield from _wrapped(citation.clause.text, "  | ")
    lines = ", ".join(map(str, citation.clause.source_lines))
    edition = say("edition", lang, edition=said_day(act.edition, lang))
    yield f"  {edition}; {say('source_lines', lang, lines=lines)}"
    yield from (f"  * {touch_line(touch, lang)}" for touch in citation.touched)
    translation = citation.headnote.translation.get(lang) if citation.headnote else None
    official = citation.official.get(lang)
    if official:
        edition = say("edition", lang, edition=said_day(official.edition, lang))
        yield f"  {say(f'official_{lang}', lang)} ({edition}):"
        yield from _wrapped(official.text, "    ")
    elif translation and quote:
        yield f"  {say('translation', lang)}:"
        yield from _wrapped(_unnumbered(translation, citation), "    ")
    for note in citation.notes:
        yield f"  {say('editor_note', lang)}:"
        yield from _wrapped(note.text[lang], "    ")


def _unnumbered(translation: str, citation: Citation) -> str:
    """A translation without the number of its own clause, as the quote stands without it."""
    number = re.escape(citation.clause.number)
    return re.sub(rf"^{number}[.)]\s+", "", translation) if number else translation


def touch_line(touch: Touch, lang: str) -> str:
    """One amendment of a clause, in words."""
    amendment = touch.amendment
    said = f"{act_name(amendment.by, lang)}: {action_name(amendment.action, lang)}"
    said = said_days(said, lang)
    if not touch.certain:
        said += f" — {amendment.target.cite(lang)}"
    parts = [said, commencement_words(amendment.commencement, lang)]
    if not touch.certain:
        parts.append(say("possibly", lang))
    return "; ".join(parts)


def wording_lines(wordings: Sequence[Wording], lang: str) -> Iterator[str]:
    """The wordings of a clause, newest first: their editions, what made them, the text."""
    for wording in reversed(wordings):
        days = ", ".join(said_day(day, lang) for day in wording.editions)
        yield ""
        yield f"  {say('edition', lang, edition=days)}"
        yield from (f"  * {touch_line(touch, lang)}" for touch in wording.made_by)
        yield from _wrapped(wording.clause.text, "  | ")


def marked(text: str, spans: tuple[tuple[int, int], ...], mark: Callable[[str], str]) -> str:
    """Apply ``mark`` to each span of ``text``."""
    pieces, last = [], 0
    for start, end in spans:
        pieces += [text[last:start], mark(text[start:end])]
        last = end
    return "".join([*pieces, text[last:]])


def _wrapped(text: str, indent: str = "") -> Iterator[str]:
    for paragraph in text.split("\n"):
        lines = textwrap.wrap(
            paragraph.replace("№ ", f"№{_GLUE}"), _WIDTH, initial_indent=indent,
            subsequent_indent=indent, break_on_hyphens=False, break_long_words=False,
        )  # fmt: skip
        yield from (line.replace(_GLUE, " ") for line in lines)
