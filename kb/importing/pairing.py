"""Pair the Russian text of an act with the Kazakh, clause by clause, by address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.model import Clause, Edition


@dataclass(frozen=True)
class Pairing:
    """Which edition the text was paired with, how many clauses pair, and those that do not.

    ``only_here`` and ``only_there`` are short addresses; ``differing`` are pairs of which one is
    excluded or of another kind.
    """

    edition: str
    paired: int
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    differing: tuple[str, ...]


def counterpart(editions: Sequence[Edition], act: str, lang: str, day: object) -> Edition | None:
    """The held text of the act in the other language: of the same day, or else the newest."""
    others = [e for e in editions if e.key.act == act and e.key.lang != lang]
    same = [e for e in others if e.key.edition == day]
    return max(same or others, key=lambda e: e.key, default=None)


def pair(clauses: Sequence[Clause], other: Edition) -> Pairing:
    """Pair the clauses with those of the edition in the other language."""
    here = {clause.address.short: clause for clause in clauses}
    there = {clause.address.short: clause for clause in other.clauses}
    both = [address for address in here if address in there]
    return Pairing(
        f"{other.key.edition}.{other.key.lang}",
        len(both),
        tuple(address for address in here if address not in there),
        tuple(address for address in there if address not in here),
        tuple(address for address in both if _differ(here[address], there[address])),
    )


def _differ(one: Clause, other: Clause) -> bool:
    return one.kind != other.kind or one.status != other.status
