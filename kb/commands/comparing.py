"""The command that sets two editions of an act side by side: `kb compare`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from kb.address import LANGUAGES
from kb.answer.phrases import act_name, action_name, say
from kb.answer.text import said_day, said_days
from kb.commands.opening import address_of, open_index, print_json
from kb.compare.align import plain
from kb.compare.as_json import comparison_json
from kb.compare.choose import Show, chosen, held_of, named
from kb.compare.report import Announced, ClauseChange, Comparison, compare
from kb.compare.resting import (
    Resting,
    Review,
    headnotes_of,
    questions_of,
    read_notes,
    resting_under,
    to_review,
)
from kb.compare.words import LETTERS, segments
from kb.config import Config
from kb.errors import InputError
from kb.evaluate.judged import read_judged
from kb.model import Edition, EditionKey, Headnote

_SPEC = re.compile(r"(?P<act>[A-Z][A-Z0-9]+_?)@(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})")
_MARKS = {"removed": "[-{}-]", "inserted": "{{+{}+}}", "same": "{}"}
_COLOURS = {"removed": "red", "inserted": "green"}


@click.command("compare")
@click.argument("old", metavar="ACT@EDITION")
@click.argument("new", metavar="ACT@EDITION")
@click.argument("address", required=False)
@click.option("--all", "everything", is_flag=True, help="Also what is alike or differs in print.")
@click.option("--noise", is_flag=True, help="Only what differs in print: spaces, quotes, dashes.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="kk", help="The language of words.")
@click.option("--text", type=click.Choice(["kk", "ru"]), default="kk", help="Which texts.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (docs/json.md).")
@click.option("--judged", type=click.Path(path_type=Path), help="A folder of judged questions.")
@click.option("--notes", type=click.Path(path_type=Path), help="A folder of saved notes.")
@click.pass_obj
def compare_command(
    config: Config,
    old: str,
    new: str,
    address: str | None,
    everything: bool,
    noise: bool,
    lang: str,
    text: str,
    as_json: bool,
    judged: Path | None,
    notes: Path | None,
) -> None:
    """Compare two editions of an act, clause by clause: what changed, by which act."""
    if everything and noise:
        raise InputError("--all and --noise exclude each other; give one of them")
    searcher = open_index(config)
    first, second = (_edition(searcher.editions, spec, text) for spec in (old, new))
    if first.act.id != second.act.id:
        raise InputError("the two editions are of different acts; compare editions of one act")
    comparison = compare(first, second)
    wanted = address_of(address) if address else None
    resting = _resting(searcher.records.headnotes, first.act.id, judged, notes)
    review = resting_under(to_review(comparison, resting), wanted)
    comparison = comparison.narrowed(wanted) if wanted else comparison
    show = Show.ALL if everything else Show.NOISE if noise else Show.SUBSTANCE
    shown = chosen(comparison, wanted, show)
    if as_json:
        print_json(comparison_json(comparison, shown, review))
        return
    click.echo("\n".join(_lines(comparison, shown, review, lang, with_noise=show.marks_noise)))


def _edition(editions: Mapping[EditionKey, Edition], spec: str, lang: str) -> Edition:
    """The held edition that ``ACT@EDITION`` names; ``InputError`` says which ones there are."""
    match = _SPEC.fullmatch(spec.strip())
    if not match:
        raise InputError(f"{spec!r} names no edition; write one like U1500000153@2022-02-22")
    held = held_of(editions, match["act"], lang)
    key = named(held, match["day"])
    if key is None:
        known = ", ".join(f"{k.act}@{k.edition}" for k in held or sorted(editions))
        raise InputError(f"no edition {spec} is held in {lang}; those held are {known}")
    return editions[key]


def _resting(
    headnotes: Iterable[Headnote], act: str, judged: Path | None, notes: Path | None
) -> list[Resting]:
    found = list(headnotes_of(headnotes, act))
    if judged:
        found += questions_of(((q.id, q.accept) for q in read_judged(judged)), act)
    return [*found, *(read_notes(notes, act) if notes else ())]


# -- what is printed -------------------------------------------------------------------------


def _lines(
    comparison: Comparison,
    shown: Sequence[ClauseChange],
    review: Sequence[Review],
    lang: str,
    *,
    with_noise: bool,
) -> Iterator[str]:
    days = [said_day(act.edition, lang) for act in (comparison.old, comparison.new)]
    yield say("compare_title", lang, act=comparison.new.short[lang], old=days[0], new=days[1])
    if comparison.is_empty:
        yield say("compare_same", lang)
    for change in shown:
        yield ""
        yield from _clause_lines(change, lang, with_noise=with_noise)
    yield from _heading_lines(comparison, lang)
    yield from _act_lines(comparison, lang)
    yield from _review_lines(review, lang)
    hidden = sum(comparison.noise.values())
    if hidden and not with_noise:
        letters = comparison.noise.get(LETTERS, 0)
        yield ""
        yield say("compare_noise_hidden", lang, number=hidden, letters=letters)


def _clause_lines(change: ClauseChange, lang: str, *, with_noise: bool) -> Iterator[str]:
    old, new = change.pair.old, change.pair.new
    address = change.pair.clause.address
    kind = say(f"compare_{change.kind}", lang, was=old.address.short if old else "")
    yield f"{address.cite(lang)} [{address.short}]: {kind}"
    if old and new:
        found = segments(old.text, new.text, change.differences, with_noise=with_noise)
        text = "".join(_marked(s.kind, s.text) for s in found)
    else:
        text = _marked("inserted" if new else "removed", change.pair.clause.text)
    yield from (f"  | {line}" for line in text.split("\n"))
    for note in change.explained_by:
        yield f"  * {said_days(act_name(note.by, lang), lang)}: {action_name(note.action, lang)}"
    if change.is_unexplained:
        yield f"  ! {say('compare_unexplained', lang)}"


def _marked(kind: str, text: str) -> str:
    marked = _MARKS[kind].format(text)
    return click.style(marked, fg=_COLOURS[kind]) if kind in _COLOURS else marked


def _heading_lines(comparison: Comparison, lang: str) -> Iterator[str]:
    if comparison.headings:
        yield ""
        yield f"{say('compare_headings', lang)}:"
    for heading in comparison.headings:
        texts = (("removed", heading.old), ("inserted", heading.new))
        marked = " ".join(_marked(kind, text) for kind, text in texts if text)
        yield f"  {heading.address.inside(comparison.new.id).cite(lang)}: {marked}"


def _act_lines(comparison: Comparison, lang: str) -> Iterator[str]:
    acts = comparison.by_act()
    if acts:
        yield ""
        yield f"{say('compare_by_act', lang)}:"
    for by, changes in acts.items():
        yield f"  {said_days(act_name(by, lang), lang)}"
        yield from (f"    {_announced_line(change, lang)}" for change in changes)


def _announced_line(change: Announced, lang: str) -> str:
    target = change.amendment.target
    where = [plain(a).short for a in (*change.clauses, *change.headings)]
    found = ", ".join(where) if where else f"! {say('compare_announced', lang)}"
    return f"{target.cite(lang)}, {action_name(change.amendment.action, lang)}: {found}"


def _review_lines(review: Sequence[Review], lang: str) -> Iterator[str]:
    if review:
        yield ""
        yield f"{say('compare_review', lang)}:"
    for found in review:
        item = found.resting
        name = item.id if item.id != item.address.short else ""
        kind = " ".join(filter(None, (say(f"resting_{item.kind}", lang), name)))
        yield f"  [{item.address.short}] {kind}: {say(f'reason_{found.reason}', lang)}"
