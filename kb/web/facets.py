"""Facets of the clauses: the values that each clause has, and how many a choice would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.corpus.headnotes import ROLES
from kb.model import Clause
from kb.web.knowledge import knowledge
from kb.web.languages import current_language, term
from kb.web.links import this_page
from kb.web.params import chosen
from kb.web.states import component_name, named_act
from kb.web.timeline import act_key

FACETS = ("act", "component", "role", "topic", "by")
Chosen = Mapping[str, tuple[str, ...]]
Values = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Option:
    """One value of a facet, and the page with it put in, or taken out if it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True)
class Facet:
    """A facet and its options, the most frequent first."""

    name: str
    options: tuple[Option, ...]


def chosen_facets() -> Chosen:
    """What the query chooses of every facet."""
    return {name: chosen(name) for name in FACETS}


@lru_cache(maxsize=2)
def values_of(library: Library) -> Mapping[ClauseAddress, Values]:
    """The values of every clause, read once a library."""
    return {clause.address: _values(library, clause) for clause in library.records.clauses}


def _values(library: Library, clause: Clause) -> Values:
    note = library.headnote(clause.address)
    return {
        "act": frozenset({clause.address.act or ""}),
        "component": frozenset({clause.address.component}),
        "role": frozenset({note.role} if note else ()),
        "topic": frozenset(note.topics if note else ()),
        "by": frozenset(act_key(touch.amendment.by) for touch in library.touched(clause)),
    }


def admitted(clauses: Iterable[Clause], choice: Chosen) -> list[Clause]:
    """The clauses that have a chosen value of every facet."""
    values = values_of(knowledge().library)
    return [clause for clause in clauses if _admits(choice, values[clause.address])]


def _admits(choice: Chosen, values: Values, without: str = "") -> bool:
    """Whether the values are those chosen, one facet left out of account."""
    return all(
        not found or name == without or not values[name].isdisjoint(found)
        for name, found in choice.items()
    )


def facets(clauses: Sequence[Clause], choice: Chosen) -> tuple[Facet, ...]:
    """Every facet that has anything to choose, counted over what the other facets leave."""
    values = values_of(knowledge().library)
    own = [values[clause.address] for clause in clauses]
    found = (Facet(name, _options(name, own, choice)) for name in FACETS)
    return tuple(f for f in found if len(f.options) > 1 or any(o.chosen for o in f.options))


def _options(name: str, clauses: Sequence[Values], choice: Chosen) -> tuple[Option, ...]:
    taken, labels = choice.get(name, ()), _LABELS[name]()
    counts = Counter(
        value
        for values in clauses
        if _admits(choice, values, without=name)
        for value in values[name]
    )
    counts.update(dict.fromkeys(taken, 0))
    order = {value: place for place, value in enumerate(labels)}
    ranked = sorted(counts, key=lambda v: (_rank(name, counts[v]), order.get(v, len(order)), v))
    return tuple(
        Option(value, labels.get(value, value), counts[value], value in taken, href)
        for value, href in zip(ranked, _hrefs(name, ranked, taken), strict=True)
    )


def _rank(name: str, count: int) -> int:
    """Components and acts keep the order of the text and of time; the rest goes by frequency."""
    return 0 if name in {"act", "component", "by"} else -count


def _hrefs(name: str, values: Sequence[str], taken: tuple[str, ...]) -> Iterator[str]:
    """For each value the page with it put in, or taken out; always from the first page on."""
    for value in values:
        kept = [v for v in taken if v != value] if value in taken else [*taken, value]
        yield this_page(**{name: kept, "page": None})


def _act_labels() -> dict[str, str]:
    return {act.id: act.short[current_language()] for act in knowledge().acts}


def _component_labels() -> dict[str, str]:
    names = [component.name for act in knowledge().acts for component in act.components]
    return {name: component_name(name) for name in dict.fromkeys(names)}


def _role_labels() -> dict[str, str]:
    return {role: term("role", role) for role in ROLES}


def _topic_labels() -> dict[str, str]:
    return {topic.id: topic.label[current_language()] for topic in knowledge().records.topics}


def _by_labels() -> dict[str, str]:
    acts = {act_key(a.by): a.by for a in knowledge().records.amendments}
    newest = sorted(acts, key=lambda key: str(acts[key].date or ""), reverse=True)
    return {key: named_act(acts[key]) for key in newest}


_LABELS: Mapping[str, Callable[[], dict[str, str]]] = {
    "act": _act_labels,
    "component": _component_labels,
    "role": _role_labels,
    "topic": _topic_labels,
    "by": _by_labels,
}
