"""Let a language model phrase the lead line, and keep its text only when every quotation holds.

The model is asked only when ``llm_url`` is set. A quotation must be a contiguous run of the reading
text of the clause it is put under, white space aside; one that is not drops the whole text, and
the extractive answer stands.
"""

from __future__ import annotations

import itertools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from importlib import resources
from typing import Any

from kb.address import LANGUAGES, ClauseAddress
from kb.answer.answer import Answer, LeadBy
from kb.answer.model_endpoint import NoReplyError, ask_model
from kb.answer.quote import Citation
from kb.config import Config
from kb.errors import AddressError

_PHRASED_KINDS = {"clause", "reference"}
_LONGEST = 1200  # characters
_CLOSERS = {
    "«": "»",
    "“": "”",
    "„": "“”",
    "‟": "”",
    "‹": "›",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
    "'": "'",
}
_MARKS = frozenset("".join([*_CLOSERS, *_CLOSERS.values()]))
_SINGLE = "'’"
# A letter's own mark stands after it, so a run may not end between the two.
_WORD = r"[\w\u0300-\u036f]"


class Outcome(Enum):
    """What became of the model's text; each value names the reason."""

    PHRASED = "phrased"
    OFF = "no model is configured"
    NOT_PHRASED = "answers of this kind are not phrased"
    NO_REPLY = "the endpoint gave no usable reply"
    EMPTY = "the text is empty"
    TOO_LONG = "the text is too long or was cut off"
    VERDICT = "the text opens with a verdict"
    UNBALANCED = "quotation marks or brackets do not pair"
    OTHER_MARKS = "a quotation is set off in a way that cannot be checked"
    GAP = "a quotation leaves words out"
    MISQUOTED = "a quotation is not a run of the clause it is put under"
    OTHER_CLAUSE = "a clause or an act is named that is not cited"


@dataclass(frozen=True)
class LeadReport:
    """The answer to show, and what became of the model's text."""

    answer: Answer
    outcome: Outcome


@dataclass(frozen=True)
class _Mention:
    """A clause named at ``start:end``; ``citations`` are those that the name covers."""

    start: int
    end: int
    citations: tuple[Citation, ...]


class _RefusedError(Exception):
    """The text or the reply cannot be used."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome


def phrase_lead(answer: Answer, config: Config) -> Answer:
    """Return the answer with its lead phrased by the model, or unchanged."""
    return report_lead(answer, config).answer


def report_lead(answer: Answer, config: Config) -> LeadReport:
    """Phrase the lead and say what became of it; no failure of the endpoint is raised."""
    if not config.llm_url:
        return LeadReport(answer, Outcome.OFF)
    if not answer.answered or answer.kind not in _PHRASED_KINDS or not answer.citations:
        return LeadReport(answer, Outcome.NOT_PHRASED)
    try:
        text = checked_lead(_asked(answer, config), answer.citations)
    except _RefusedError as refused:
        return LeadReport(answer, refused.outcome)
    return LeadReport(replace(answer, text=text, lead_by=LeadBy.MODEL), Outcome.PHRASED)


@cache
def _data() -> dict[str, Any]:
    data = resources.files("kb.answer").joinpath("lead_prompt.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def _asked(answer: Answer, config: Config) -> str:
    """The model's text as the endpoint gave it."""
    try:
        reply = ask_model(config, _messages(answer))
    except NoReplyError:
        # What is wrong with the endpoint is not the asker's concern.
        raise _RefusedError(Outcome.NO_REPLY) from None
    if reply.cut_off:
        raise _RefusedError(Outcome.TOO_LONG)
    return reply.text


def _messages(answer: Answer) -> list[dict[str, str]]:
    data, lang = _data(), answer.lang
    clauses = "\n\n".join(
        data["clause"][lang].format(
            address=c.clause.address.short,
            label=c.label(lang),
            text=c.clause.text,
            summary=c.headnote.summary[lang] if c.headnote else "–",
        )
        for c in answer.citations
    )
    system = data["system"][lang].format(example=answer.citations[0].clause.address.short)
    user = data["user"][lang].format(question=answer.question, clauses=clauses)
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


# -- checking --------------------------------------------------------------------------------


def checked_lead(raw: str, citations: tuple[Citation, ...]) -> str:
    """Return the model's text, cleaned; raise when it may not be shown."""
    text = _cleaned(raw)
    _check_form(text)
    quotations = _quotations(text)
    prose = _blanked(text, quotations)
    mentions = _mentions(prose, citations)
    for start, end in quotations:
        _check_quotation(text, (start, end), quotations, mentions, citations)
    return text


def _cleaned(raw: str) -> str:
    """Drop control, format and surrogate characters, and white space that is not needed."""
    kept = "".join(
        ch if ch == "\n" or ch.isspace() or not unicodedata.category(ch).startswith("C") else ""
        for ch in raw
    )
    lines = (" ".join(line.split()) for line in kept.split("\n"))
    return "\n".join(filter(None, lines))


def _check_form(text: str) -> None:
    refused = _data()["refused"]
    if not any(ch.isalnum() for ch in text):
        raise _RefusedError(Outcome.EMPTY)
    if len(text) > _LONGEST:
        raise _RefusedError(Outcome.TOO_LONG)
    first = re.search(r"[^\W_]+", text)
    if first and first.group().lower() in refused["openings"]:
        raise _RefusedError(Outcome.VERDICT)
    if re.search(refused["marks"], text, re.MULTILINE | re.IGNORECASE):
        raise _RefusedError(Outcome.OTHER_MARKS)


def _quotations(text: str) -> list[tuple[int, int]]:
    """The spans between quotation marks, nested ones too, in the order they open."""
    opened: list[tuple[str, int]] = []
    found = []
    for at, mark in _marks(text):
        if opened and mark in _CLOSERS[opened[-1][0]]:
            found.append((opened.pop()[1], at))
        elif mark in _CLOSERS:
            opened.append((mark, at + 1))
        else:
            raise _RefusedError(Outcome.UNBALANCED)
    if opened:
        raise _RefusedError(Outcome.UNBALANCED)
    return sorted(found)


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """Every quotation mark; an apostrophe is none."""
    singles = re.search(r"[‘‚‛]|(?<!\w)['’]", text) is not None
    for at, ch in enumerate(text):
        after_letter = text[at - 1 : at].isalnum()
        inside = after_letter and text[at + 1 : at + 2].isalnum()
        # "servants' duties" ends no quotation as long as nothing opened one.
        apostrophe = ch in _SINGLE and (inside or (after_letter and not singles))
        if (ch in _MARKS or ch == "‛") and not apostrophe:
            yield at, ch


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spaces in the spans, so that offsets stay."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _check_quotation(
    text: str,
    span: tuple[int, int],
    quotations: list[tuple[int, int]],
    mentions: list[_Mention],
    citations: tuple[Citation, ...],
) -> None:
    """Hold a quotation to the clause named after it, and to one named in words before it."""
    start, end = span
    quote = " ".join(text[start:end].split())
    if re.search(_data()["refused"]["gap"], quote):
        raise _RefusedError(Outcome.GAP)
    before = [m for m in mentions if m.end <= start]
    after = [m for m in mentions if m.start >= end]
    last = max((e for _, e in quotations if e < start), default=0)
    in_words = [m for m in before if m.start >= last and text[m.start] != "["]
    # Where the text names a clause, a reader takes the quotation for that clause's.
    holders = [*in_words[-1:], *after[:1]] or before[-1:]
    held_to = [m.citations for m in holders] or [citations[:1]]
    for named in held_to:
        if not any(_is_run(quote, c.clause.text) for c in named):
            raise _RefusedError(Outcome.MISQUOTED)


def _is_run(quote: str, clause: str) -> bool:
    """Whether the quotation is whole words of the clause, in one run."""
    if not any(ch.isalnum() for ch in quote):
        return False
    pattern = rf"(?<!{_WORD})(?<!\w-){re.escape(quote)}(?!{_WORD})(?!-\w)"
    return re.search(pattern, " ".join(clause.split())) is not None


# -- clauses that the text names -------------------------------------------------------------


def _mentions(prose: str, citations: tuple[Citation, ...]) -> list[_Mention]:
    """Every clause named outside quotations; raise when one of them is not cited."""
    found: list[_Mention] = []
    for read in (_bracketed, _bare_addresses, _labels, _in_words):
        new = list(read(prose, citations))
        prose = _blanked(prose, [(m.start, m.end) for m in new])
        found += new
    _check_rest(prose, citations)
    return sorted(found, key=lambda m: m.start)


def _bracketed(prose: str, citations: tuple[Citation, ...]) -> Iterator[_Mention]:
    for match in re.finditer(r"\[([^\[\]]*)\]", prose):
        yield _Mention(*match.span(), _addressed(match[1], citations))


def _bare_addresses(prose: str, citations: tuple[Citation, ...]) -> Iterator[_Mention]:
    if "[" in prose or "]" in prose:
        raise _RefusedError(Outcome.UNBALANCED)
    for match in re.finditer(_data()["mentions"]["address"], prose):
        yield _Mention(*match.span(), _addressed(match.group(), citations))


def _addressed(text: str, citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    try:
        wanted = ClauseAddress.parse(text)
    except AddressError:
        raise _RefusedError(Outcome.OTHER_CLAUSE) from None
    for citation in citations:
        address = citation.clause.address
        same_act = wanted.act in {None, address.act}
        same_edition = wanted.edition in {None, citation.act.edition}
        if wanted.short == address.short and same_act and same_edition:
            return (citation,)
    raise _RefusedError(Outcome.OTHER_CLAUSE)


def _labels(prose: str, citations: tuple[Citation, ...]) -> Iterator[_Mention]:
    """The cited clauses' own labels, the longest first, because one may begin another."""
    labels = [(c.label(lang), c) for c in citations for lang in LANGUAGES]
    for label, citation in sorted(labels, key=lambda pair: -len(pair[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(label)}(?!\w)", prose, re.IGNORECASE):
            if prose[match.start() : match.end()].strip():
                prose = _blanked(prose, [match.span()])
                yield _Mention(*match.span(), _beneath([citation], citations))


def _in_words(prose: str, citations: tuple[Citation, ...]) -> Iterator[_Mention]:
    rules = _data()["mentions"]
    for form in rules["forms"]:
        pattern = form.replace("NUMBERS", rules["numbers"])
        matches = list(re.finditer(pattern, prose, re.IGNORECASE))
        prose = _blanked(prose, [m.span() for m in matches])
        for match in matches:
            yield _Mention(*match.span(), _named(match.groupdict(), citations))


def _named(groups: dict[str, str | None], citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The citations that a phrase with numbers names; each must be there."""
    component = groups.get("c") or groups.get("c2") or ""
    pars = _numbers(groups["par"])
    subs = _numbers(groups.get("sub") or groups.get("sub2"))
    paths = list(itertools.product(pars, subs)) if subs else [(par,) for par in pars]
    named = []
    for path in paths:
        cited = [
            c
            for c in citations
            if c.clause.address.path == path and _is_component(component, c.clause.address)
        ]
        if not cited:
            raise _RefusedError(Outcome.OTHER_CLAUSE)
        named += cited
    return _beneath(named, citations)


def _numbers(text: str | None) -> list[str]:
    return re.findall(r"\d+(?:-\d+)*", text or "")


def _is_component(words: str, address: ClauseAddress) -> bool:
    if not words:
        return True
    pattern = _data()["components"].get(address.component)
    return bool(pattern and re.search(pattern, words, re.IGNORECASE))


def _beneath(named: Iterable[Citation], citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The named citations and the cited items of their lists: words name a list as a whole."""
    heads = {c.clause.address for c in named}
    return tuple(
        c
        for c in citations
        if c.clause.address in heads or heads.intersection(c.clause.address.ancestors)
    )


def _check_rest(prose: str, citations: tuple[Citation, ...]) -> None:
    """Refuse what still names a clause by a number, or an act that is not the cited one."""
    rules = _data()["mentions"]
    level, number = rules["level"], rules["number"]
    beside = rf"{level}[\s№(]*{number}|{number}[\s)(-]*(?:\w{{1,4}}\s)?{level}"
    if re.search(beside, prose, re.IGNORECASE):
        raise _RefusedError(Outcome.OTHER_CLAUSE)
    acts = {c.act.number for c in citations}
    for match in re.finditer(rules["act"], prose, re.IGNORECASE):
        if match["n"] not in acts:
            raise _RefusedError(Outcome.OTHER_CLAUSE)
