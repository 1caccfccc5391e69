"""Find each clause of one edition in another: at its address, or renumbered, or moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from kb.address import ClauseAddress
from kb.language.noise import substance
from kb.model import Clause

SAME, RENUMBERED, MOVED = "same-address", "renumbered", "moved"
ADDED, GONE = "added", "gone"
# Texts this alike (0 to 100) are one clause at one address, and one clause at two addresses.
_ALIKE_HERE, _ALIKE_ELSEWHERE = 55.0, 75.0
# Shorter texts ("excluded", a single word) are alike by chance.
_TELLING_LENGTH = 20


@dataclass(frozen=True)
class Pair:
    """A clause as it stands in two editions; one of them is ``None`` where it is not there.

    ``how`` is ``same-address``, ``renumbered`` (another number under the same clause or chapter),
    ``moved`` (elsewhere), ``added`` or ``gone``.
    """

    old: Clause | None
    new: Clause | None
    how: str

    @property
    def clause(self) -> Clause:
        """The clause as the second edition has it, or else as the first had it."""
        found = self.new or self.old
        assert found is not None
        return found


def align(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Pair, ...]:
    """Pair the clauses of two editions, in the order of the second, those gone after the others.

    Whatever is paired one way round is paired the other way round.
    """
    matches = _Aligner(old, new).run()
    pairs = [
        Pair(one, other, _how(one, other)) if (one := matches.get(plain(other.address))) else
        Pair(None, other, ADDED)
        for other in new
    ]  # fmt: skip
    used = {plain(one.address) for one in matches.values()}
    return (*pairs, *(Pair(one, None, GONE) for one in old if plain(one.address) not in used))


def plain(address: ClauseAddress) -> ClauseAddress:
    """The address without its act and edition, as two texts of an act share it."""
    return replace(address, act=None, edition=None)


def _how(old: Clause, new: Clause) -> str:
    here, there = plain(old.address), plain(new.address)
    if here == there:
        return SAME
    is_near = here.parent == there.parent and old.chapter == new.chapter
    return RENUMBERED if is_near else MOVED


class _Aligner:
    """Pairs found so far, by the address in the new edition, and what is still to be paired."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause]) -> None:
        self.old = {plain(clause.address): clause for clause in old}
        self.new = {plain(clause.address): clause for clause in new}
        self.matches: dict[ClauseAddress, Clause] = {}
        self.words = {id(clause): substance(clause.text) for clause in (*old, *new)}

    def run(self) -> dict[ClauseAddress, Clause]:
        """Pair by address where the words are alike, then by words, then by address alone."""
        self._at_address(100.0)
        self._elsewhere(100.0)
        self._at_address(_ALIKE_HERE)
        self._elsewhere(_ALIKE_ELSEWHERE)
        self._under_pairs()
        self._at_address(0.0)
        return self.matches

    def _match(self, here: ClauseAddress, there: ClauseAddress) -> None:
        self.matches[there] = self.old.pop(here)
        del self.new[there]

    def _at_address(self, least: float) -> None:
        for address in [a for a in self.old if a in self.new]:
            one, other = self.words[id(self.old[address])], self.words[id(self.new[address])]
            if fuzz.ratio(one, other) >= least:
                self._match(address, address)

    def _under_pairs(self) -> None:
        """Items follow the clause that holds them: ``5/1`` becomes ``11/1`` where 5 became 11."""
        moved = {plain(one.address): there for there, one in self.matches.items()}
        for address in sorted(self.old, key=lambda a: len(a.path)):
            above = moved.get(address.parent) if address.parent else None
            if above is None or above == address.parent:
                continue
            there = replace(above, path=(*above.path, address.path[-1]))
            if there in self.new and self.new[there].kind == self.old[address].kind:
                self._match(address, there)
                moved[address] = there

    def _elsewhere(self, least: float) -> None:
        """Pair what is most alike first; equals in the order of their addresses."""
        old, new = self._telling(self.old), self._telling(self.new)
        if not old or not new:
            return
        scores = process.cdist(
            [self.words[id(self.old[a])] for a in old],
            [self.words[id(self.new[a])] for a in new],
            scorer=fuzz.ratio,
            score_cutoff=least,
            workers=1,
        )
        rows, columns = scores.nonzero()
        found = [
            (-float(scores[i, j]), *sorted((old[i].sort_key, new[j].sort_key)), old[i], new[j])
            for i, j in zip(rows, columns, strict=True)
            if self.old[old[i]].kind == self.new[new[j]].kind
        ]
        for *_, here, there in sorted(found, key=lambda entry: entry[:3]):
            if here in self.old and there in self.new:
                self._match(here, there)

    def _telling(self, clauses: dict[ClauseAddress, Clause]) -> list[ClauseAddress]:
        return [
            address
            for address, clause in clauses.items()
            if len(self.words[id(clause)]) >= _TELLING_LENGTH and clause.status == "in-force"
        ]


def counterparts(pairs: Iterable[Pair]) -> dict[ClauseAddress, Clause | None]:
    """By the address in the second edition, the clause of the first; ``None`` where it is added."""
    return {plain(pair.new.address): pair.old for pair in pairs if pair.new}
