"""Which clauses of an act a reader wants to see: those of a role, of an actor, or all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import request

from kb.corpus.headnotes import ACTORS, ROLES
from kb.model import Headnote
from kb.web.languages import gettext, term
from kb.web.links import this_page
from kb.web.reading import ComponentText, Unit


@dataclass(frozen=True)
class Choice:
    """The role and the actor chosen; an empty one admits all."""

    role: str = ""
    actor: str = ""

    def __bool__(self) -> bool:
        return bool(self.role or self.actor)

    def admits(self, note: Headnote | None) -> bool:
        """Whether a clause with this headnote is wanted."""
        if note is None:
            return not self
        return self.role in {"", note.role} and self.actor in {"", note.actor}

    @property
    def label(self) -> str:
        """What is shown, in words."""
        actor = term("actor", self.actor) if self.actor else ""
        role = term("roles", self.role) if self.role else ""
        return ": ".join(filter(None, (actor, role)))


@dataclass(frozen=True)
class Option:
    """One link: what it shows, how many clauses, and whether that is shown now."""

    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """The links of an actor, itself first as ``head``; of all actors together, without a head."""

    title: str
    head: Option | None
    options: tuple[Option, ...]


def choice_asked() -> Choice:
    """The choice of ``?role=`` and ``?actor=``; what is on no list chooses nothing."""
    role, actor = request.args.get("role", ""), request.args.get("actor", "")
    return Choice(role if role in ROLES else "", actor if actor in ACTORS else "")


def with_headnotes(units: Iterable[Unit]) -> Iterator[tuple[Unit, Headnote | None]]:
    """Every unit with lines of its own, and the headnote that says what it is."""
    for unit in units:
        yield from _with_headnotes(unit, None)


def _with_headnotes(unit: Unit, above: Headnote | None) -> Iterator[tuple[Unit, Headnote | None]]:
    note = headnote_of(unit, above)
    if unit.lines:
        yield unit, note
    for inner in unit.under:
        yield from _with_headnotes(inner, note)


def headnote_of(unit: Unit, above: Headnote | None) -> Headnote | None:
    """The headnote of a unit; a part without one has that of its paragraph."""
    return unit.citation.headnote or (above if unit.clause.kind == "part" else None)


def groups(components: Iterable[ComponentText], choice: Choice) -> tuple[Group, ...]:
    """The choices that an act offers, the commonest first; none where it has no headnotes."""
    units = [unit for part in components for section in part.sections for unit in section.units]
    pairs = Counter((n.actor, n.role) for _, n in with_headnotes(units) if n)
    if not pairs:
        return ()
    actors, roles = Counter[str](), Counter[str]()
    for (actor, role), count in pairs.items():
        actors[actor] += count
        roles[role] += count
    return (
        _group("", gettext("narrow.everyone"), roles, choice, None),
        *(
            _group(
                actor,
                term("actor", actor),
                Counter({r: n for (a, r), n in pairs.items() if a == actor}),
                choice,
                count,
            )
            for actor, count in actors.most_common()
        ),
    )


def _group(actor: str, title: str, roles: Counter[str], choice: Choice, total: int | None) -> Group:
    head = _option(Choice("", actor), gettext("narrow.all_of"), total, choice) if total else None
    options = tuple(
        _option(Choice(role, actor), term("roles", role), count, choice)
        for role, count in roles.most_common()
    )
    return Group(title, head, options if len(options) > 1 or head is None else ())


def _option(offered: Choice, label: str, count: int, choice: Choice) -> Option:
    href = this_page(role=offered.role or None, actor=offered.actor or None)
    return Option(label, count, href, offered == choice)
