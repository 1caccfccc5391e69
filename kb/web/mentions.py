"""What a clause refers to: other acts by their titles, and the texts of its own act."""

from __future__ import annotations

from dataclasses import dataclass

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.model import Act, Clause, Reference


@dataclass(frozen=True)
class Mention:
    """What is referred to, by its Kazakh title; ``address`` is where it can be read here."""

    title: str
    address: ClauseAddress | None


def mentions(library: Library, act: Act, clause: Clause) -> tuple[Mention, ...]:
    """What the clause, or a clause under it, refers to, each once and in the text's order."""
    within = (clause.address.act, clause.address.component, clause.address.path)
    found = (
        _mention(library, act, reference)
        for reference in library.records.references
        if _place(reference.clause, len(within[2])) == within
    )
    own = ClauseAddress(clause.address.component, act=act.id)
    return tuple(dict.fromkeys(m for m in found if m.address != own))


def _place(address: ClauseAddress, depth: int) -> tuple[str | None, str, tuple[str, ...]]:
    return address.act, address.component, address.path[:depth]


def _mention(library: Library, act: Act, reference: Reference) -> Mention:
    if reference.kind == "component":
        return Mention(reference.title, _component(act, reference.title))
    held = library.acts.get(reference.act_id or "")
    first = ClauseAddress(held.components[0].name, act=held.id) if held else None
    return Mention(reference.title, first)


def _component(act: Act, title: str) -> ClauseAddress | None:
    names = {ClauseAddress(c.name).cite("kk"): c.name for c in act.components}
    return ClauseAddress(names[title], act=act.id) if title in names else None
