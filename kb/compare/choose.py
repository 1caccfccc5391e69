"""What of a comparison a reader asks for: which two texts, which clauses, which differences."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from kb.address import ClauseAddress
from kb.compare.report import NOISE, UNCHANGED, ClauseChange, Comparison
from kb.errors import UnknownAddressError
from kb.model import EditionKey


class Show(StrEnum):
    """Which clauses are shown, and whether what differs in print is marked in them."""

    SUBSTANCE = "substance"
    WITH_NOISE = "with-noise"
    NOISE = "noise"
    ALL = "all"

    @property
    def marks_noise(self) -> bool:
        """Whether differences of print are marked beside those of substance."""
        return self is not Show.SUBSTANCE

    def admits(self, change: ClauseChange) -> bool:
        """Whether a clause is shown."""
        if self is Show.NOISE:
            return any(difference.noise for difference in change.differences)
        if self is Show.WITH_NOISE:
            return change.is_substantive or change.kind == NOISE
        return self is Show.ALL or change.is_substantive


# In the order in which a reader asks about them.
KINDS = ("changed", "added", "gone", "renumbered", "moved", NOISE, UNCHANGED)


def held_of(keys: Iterable[EditionKey], act: str, lang: str) -> list[EditionKey]:
    """The held editions of an act in one language, oldest first."""
    return sorted(key for key in keys if key.act == act and key.lang == lang)


def named(held: Iterable[EditionKey], day: str) -> EditionKey | None:
    """The edition of a day written like 2022-02-22, where it is among those held."""
    return next((key for key in held if key.edition.isoformat() == day), None)


def chosen(
    comparison: Comparison, wanted: ClauseAddress | None, show: Show
) -> tuple[ClauseChange, ...]:
    """The clauses to show of those at and under an address; by default of all.

    Raises ``UnknownAddressError`` where neither edition has the address.
    """
    found = comparison.under(wanted)
    if wanted and not found:
        raise UnknownAddressError(str(wanted), hint="neither of the two editions has it")
    return tuple(change for change in found if show.admits(change))
