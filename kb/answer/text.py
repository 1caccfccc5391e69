"""Answers, clauses and histories as plain text for a terminal or a file."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kb.answer.answerer import Answer
from kb.answer.phrases import act_name, action_name, commencement_words, say
from kb.answer.quote import Citation, Wording
from kb.corpus.history import Touch

_WIDTH = 88


def answer_text(answer: Answer) -> str:
    """The whole answer: lead line, notices, quotes with their citations, nearest clauses."""
    return "\n".join(_answer_lines(answer))


def _answer_lines(answer: Answer) -> Iterator[str]:
    lang = answer.lang
    yield from _wrapped(answer.text)
    if answer.answered and answer.kind in {"clause", "reference"}:
        yield f"  [{say('editorial', lang)}]"
    for notice in answer.notices:
        if notice != answer.text:
            yield ""
            yield from _wrapped(f"! {notice}")
    for citation in answer.citations:
        yield ""
        yield from citation_lines(citation, lang)
    if answer.related:
        yield ""
        yield f"{say('related', lang)}:"
        for citation in answer.related:
            yield f"  {citation.clause.address.short:<22} {_title(citation, lang)}"


def _title(citation: Citation, lang: str) -> str:
    title = citation.headnote.title[lang] if citation.headnote else ""
    return f"{citation.label(lang)}{f' — {title}' if title else ''}"


def citation_lines(citation: Citation, lang: str, *, quote: bool = True) -> Iterator[str]:
    """A quote with its label, edition, lines, amendments, translation and editor's notes."""
    act = citation.act
    address = replace(citation.clause.address, act=None)
    yield f"{citation.full_label(lang)} [{address}]"
    if quote:
        yield f"  {say('quote', lang)}:"
        yield from _wrapped(citation.clause.text, "  | ")
    lines = ", ".join(map(str, citation.clause.source_lines))
    edition = say("edition", lang, edition=act.edition.isoformat())
    yield f"  {edition}; {say('source_lines', lang, lines=lines)}"
    yield from (f"  * {touch_line(touch, lang)}" for touch in citation.touched)
    translation = citation.headnote.translation.get(lang) if citation.headnote else None
    official = citation.official.get(lang)
    if official:
        edition = say("edition", lang, edition=official.edition.isoformat())
        yield f"  {say(f'official_{lang}', lang)} ({edition}):"
        yield from _wrapped(official.text, "    ")
    elif translation and quote:
        yield f"  {say('translation', lang)}:"
        yield from _wrapped(translation, "    ")
    for note in citation.notes:
        yield f"  {say('editor_note', lang)}:"
        yield from _wrapped(note.text[lang], "    ")


def touch_line(touch: Touch, lang: str) -> str:
    """One amendment of a clause, in words."""
    amendment = touch.amendment
    said = f"{act_name(amendment.by, lang)}: {action_name(amendment.action, lang)}"
    if not touch.certain:
        said += f" — {amendment.target.cite(lang)}"
    parts = [said, commencement_words(amendment.commencement, lang)]
    if not touch.certain:
        parts.append(say("possibly", lang))
    return "; ".join(parts)


def wording_lines(wordings: Sequence[Wording], lang: str) -> Iterator[str]:
    """The wordings of a clause, newest first: their editions, what made them, the text."""
    for wording in reversed(wordings):
        days = ", ".join(day.isoformat() for day in wording.editions)
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
        yield from textwrap.wrap(
            paragraph, _WIDTH, initial_indent=indent, subsequent_indent=indent,
            break_on_hyphens=False, break_long_words=False,
        )  # fmt: skip
