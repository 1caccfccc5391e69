"""Our own facts in an Akoma Ntoso document: what the standard has no place for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kb.exchange.akn_elements import SOURCE, add, add_fact
from kb.exchange.akn_meta import note_ids
from kb.exchange.layout import Text
from kb.model import Act, ActReference, Chapter, Records


def add_facts(above: Any, records: Records, texts: Sequence[Text]) -> None:
    """Add where each text stands in its source, and the changes in full."""
    facts = add_fact(add(above, "proprietary", source=SOURCE), "records")
    act = records.acts[0]
    _act(facts, act)
    for text in texts:
        _text(facts, text)
    acts = list(dict.fromkeys(_acts_named(records)))
    for number, reference in enumerate(acts, 1):
        _reference(facts, reference, str(number))
    _amendments(facts, records, acts)
    _repeals(facts, records, acts)
    _mentions(facts, records)
    for line in act.lines:
        add_fact(facts, "line", n=str(line.line), role=line.role, of=line.of)


def _act(facts: Any, act: Act) -> None:
    add_fact(
        facts,
        "source",
        file=act.source_file,
        sha256=act.source_sha256,
        in_force_assumed="true" if act.in_force_assumed else None,
    )
    for lang, short in act.short.items():
        add_fact(facts, "short", short, lang=lang)


def _text(facts: Any, text: Text) -> None:
    part = text.component
    add_fact(
        facts,
        "component",
        of=f"#{text.eid or 'body'}",
        title_lines=_numbers(part.title_lines),
        approval_lines=_numbers(part.approval_lines),
        signatory_lines=_numbers(part.signatory_lines),
    )
    for unit in text.walk():
        of = unit.of
        if isinstance(of, Chapter):
            add_fact(facts, "heading", of=f"#{unit.eid}", lines=_numbers(of.source_lines))
            continue
        add_fact(
            facts,
            "clause",
            # Where the source has the same words and lines, it is not said twice.
            "" if of.source_text == of.text else of.source_text,
            of=f"#{unit.eid}",
            address=of.address.short,
            lines=_numbers(of.source_lines),
            status=of.status,
            verbatim=None if of.source_text == of.text else "true",
        )


def _acts_named(records: Records) -> Iterable[ActReference]:
    yield from (amendment.by for amendment in records.amendments)
    for repeal in records.repeals:
        yield from (repeal.act, repeal.by)


def _reference(facts: Any, act: ActReference, number: str) -> None:
    add_fact(
        facts,
        "act",
        act.title,
        n=number,
        number=act.number,
        date=_day(act.date),
        code=act.id,
        kind=act.kind,
    )


def _amendments(facts: Any, records: Records, acts: Sequence[ActReference]) -> None:
    notes = note_ids(records.amendments)
    for number, change in enumerate(records.amendments, 1):
        add_fact(
            facts,
            "amendment",
            of=f"#passiveMod_{number}",
            target=change.target.short,
            action=change.action,
            by=str(acts.index(change.by) + 1),
            commencement=change.commencement,
            stated=change.commencement_stated,
            date=_day(change.commencement_date),
            note=f"#{notes[change.note, change.source_lines]}",
            lines=_numbers(change.source_lines),
        )


def _repeals(facts: Any, records: Records, acts: Sequence[ActReference]) -> None:
    for number, repeal in enumerate(records.repeals, 1):
        add_fact(
            facts,
            "repeal",
            of=f"#activeMod_{number}",
            clause=repeal.clause.short,
            act=str(acts.index(repeal.act) + 1),
            by=str(acts.index(repeal.by) + 1),
            provision=repeal.provision,
            publication=repeal.publication,
            date=_day(repeal.effective),
        )


def _mentions(facts: Any, records: Records) -> None:
    for mention in records.references:
        add_fact(
            facts,
            "mention",
            mention.text,
            clause=mention.clause.short,
            start=str(mention.start),
            end=str(mention.end),
            kind=mention.kind,
            title=mention.title,
            code=mention.act_id,
        )


def _numbers(lines: Sequence[int]) -> str:
    return " ".join(map(str, lines))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
