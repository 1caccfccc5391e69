"""The metadata of an Akoma Ntoso document: who, when, and which act changed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kb.address import ClauseAddress
from kb.exchange.akn_elements import SOURCE, add, wording
from kb.exchange.layout import Text, eids
from kb.exchange.naming import (
    component_iri,
    expression_iri,
    language,
    original_iri,
    reference_iri,
    work_iri,
)
from kb.model import Act, ActReference, Amendment, Records, Repeal

# The eId of each component, heading and clause, by component and path.
Places = Mapping[tuple[str, tuple[str, ...]], str]


@dataclass(frozen=True)
class Events:
    """The eIds of what happened to the act, by what it was.

    ``amended`` is keyed by the amending act, ``commenced`` by the day that a note itself gives.
    """

    generated: str
    in_force: str
    amended: dict[ActReference, str]
    commenced: dict[date, str]


def add_meta(above: Any, records: Records, texts: Sequence[Text]) -> None:
    """Add the metadata of the whole document, but for our own facts."""
    act = records.acts[0]
    amending = list(dict.fromkeys(a.by for a in records.amendments))
    repealed = list(dict.fromkeys(r.act for r in records.repeals))
    identification(above, act)
    events = _lifecycle(above, act, amending, records.amendments)
    periods = {day: f"tmpg_{n}" for n, day in enumerate(events.commenced, 2)}
    if records.amendments or records.repeals:
        analysis = add(above, "analysis", source=SOURCE)
        places = eids(texts)
        _active(analysis, records.repeals, repealed, places)
        _passive(analysis, records.amendments, amending, places, periods)
    _temporal_data(above, events, periods)
    _references(above, act, amending, repealed)
    if records.amendments:
        _notes(above, records.amendments)


def identification(above: Any, act: Act, component: str = "") -> None:
    """Add the FRBR identification of the act, or of one of the texts inside it."""
    found = add(above, "identification", source=SOURCE)
    edition = act.edition.isoformat()
    work = add(found, "FRBRWork")
    aliases = {} if component else {"code": act.id}
    _core(work, work_iri(act), component, aliases, (act.adopted.isoformat(), "signed"), "#issuer")
    add(work, "FRBRcountry", value="kz")
    add(work, "FRBRsubtype", value=component or act.kind)
    add(work, "FRBRnumber", value=act.number)
    expression = add(found, "FRBRExpression")
    aliases = {} if component else {"title": act.title}
    _core(expression, expression_iri(act), component, aliases, (edition, "edition"), "#issuer")
    # The official text is the one published on paper; this is a consolidation of it.
    add(expression, "FRBRauthoritative", value="false")
    add(expression, "FRBRlanguage", language=language(act.lang))
    manifestation = add(found, "FRBRManifestation")
    _core(manifestation, expression_iri(act), component, {}, (edition, "edition"), SOURCE, ".akn")
    add(manifestation, "FRBRformat", value="application/akn+xml")


def _core(
    level: Any,
    iri: str,
    component: str,
    aliases: dict[str, str],
    dated: tuple[str, str],
    author: str,
    suffix: str = "",
) -> None:
    add(level, "FRBRthis", value=(component_iri(iri, component) if component else iri) + suffix)
    add(level, "FRBRuri", value=iri + suffix)
    for name, value in aliases.items():
        add(level, "FRBRalias", value=value, name=name)
    add(level, "FRBRdate", date=dated[0], name=dated[1])
    add(level, "FRBRauthor", href=author)


def note_ids(amendments: Sequence[Amendment]) -> dict[tuple[str, tuple[int, ...]], str]:
    """The eId of each note: one note may record several changes."""
    notes = dict.fromkeys((a.note, a.source_lines) for a in amendments)
    return {note: f"note_{number}" for number, note in enumerate(notes, 1)}


def _lifecycle(
    above: Any, act: Act, amending: Sequence[ActReference], amendments: Sequence[Amendment]
) -> Events:
    """The signing days of the acts, and the days of commencement that are stated."""
    life = add(above, "lifecycle", source=SOURCE)
    add(
        life, "eventRef", eId="eventRef_1", date=act.adopted.isoformat(), source="#original_1",
        type="generation", refersTo="#signing",
    )  # fmt: skip
    add(
        life, "eventRef", eId="eventRef_2", date=act.in_force.isoformat(), source="#original_1",
        refersTo="#commencement",
    )  # fmt: skip
    amended: dict[ActReference, str] = {}
    for number, by in enumerate(amending, 1):
        if by.date:
            amended[by] = f"eventRef_{len(life) + 1}"
            add(
                life, "eventRef", eId=amended[by], date=by.date.isoformat(),
                source=f"#passiveRef_{number}", type="amendment", refersTo="#signing",
            )  # fmt: skip
    commenced: dict[date, str] = {}
    for amendment in amendments:
        day = amendment.commencement_date
        if day and day not in commenced:
            commenced[day] = f"eventRef_{len(life) + 1}"
            source = f"#passiveRef_{amending.index(amendment.by) + 1}"
            add(
                life, "eventRef", eId=commenced[day], date=day.isoformat(), source=source,
                refersTo="#commencement",
            )  # fmt: skip
    return Events("eventRef_1", "eventRef_2", amended, commenced)


def _active(
    analysis: Any, repeals: Sequence[Repeal], repealed: Sequence[ActReference], places: Places
) -> None:
    if not repeals:
        return
    active = add(analysis, "activeModifications")
    for number, repeal in enumerate(repeals, 1):
        change = add(active, "textualMod", eId=f"activeMod_{number}", type="repeal")
        add(change, "source", href=f"#{_eid(places, repeal.clause)}")
        add(change, "destination", href=f"#activeRef_{repealed.index(repeal.act) + 1}")
        add(change, "force", period="#tmpg_1")


def _passive(
    analysis: Any,
    amendments: Sequence[Amendment],
    amending: Sequence[ActReference],
    places: Places,
    periods: dict[date, str],
) -> None:
    if not amendments:
        return
    kinds = wording()["modification"]
    passive = add(analysis, "passiveModifications")
    for number, amendment in enumerate(amendments, 1):
        kind = kinds.get(amendment.action, "substitution")
        change = add(passive, "textualMod", eId=f"passiveMod_{number}", type=kind)
        add(change, "source", href=f"#passiveRef_{amending.index(amendment.by) + 1}")
        add(change, "destination", href=f"#{_eid(places, amendment.target)}")
        if amendment.commencement_date:
            add(change, "force", period=f"#{periods[amendment.commencement_date]}")


def _eid(places: Places, address: ClauseAddress) -> str:
    """The eId of a clause, or of the nearest thing above it that the text has."""
    for candidate in (address, *address.ancestors):
        if found := places.get((candidate.component, candidate.path)):
            return found
    return "body"


def _temporal_data(above: Any, events: Events, periods: dict[date, str]) -> None:
    temporal = add(above, "temporalData", source=SOURCE)
    starts = {"tmpg_1": events.in_force} | {
        periods[day]: event for day, event in events.commenced.items()
    }
    for period, start in starts.items():
        group = add(temporal, "temporalGroup", eId=period)
        add(group, "timeInterval", refersTo="#commencement", start=f"#{start}")


def _references(
    above: Any, act: Act, amending: Sequence[ActReference], repealed: Sequence[ActReference]
) -> None:
    found = add(above, "references", source=SOURCE)
    title = act.title or act.id
    add(found, "original", eId="original_1", href=original_iri(act), showAs=title)
    for tag, acts in (("passiveRef", amending), ("activeRef", repealed)):
        for number, other in enumerate(acts, 1):
            href = reference_iri(other) or f"#{tag}_{number}"
            add(found, tag, eId=f"{tag}_{number}", href=href, showAs=other.title or other.number)
    issuer = wording()["issuer"].get(act.kind) or wording()["issuer"]["other"]
    organisation = "/akn/ontology/organization/kz/"
    named = issuer.get(act.lang, issuer["en"])
    add(found, "TLCOrganization", eId="issuer", href=organisation + issuer["path"], showAs=named)
    add(found, "TLCOrganization", eId="adep", href=organisation + "adep", showAs="Adep")
    for concept in ("signing", "commencement"):
        href = f"/akn/ontology/concept/{concept}"
        add(found, "TLCConcept", eId=concept, href=href, showAs=concept)


def _notes(above: Any, amendments: Sequence[Amendment]) -> None:
    notes = add(above, "notes", source=SOURCE)
    for (text, _), eid in note_ids(amendments).items():
        add(add(notes, "note", eId=eid, class_="amendment"), "p", text)
