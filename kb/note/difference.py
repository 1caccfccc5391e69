"""The word-level difference between two wordings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

_TOKEN = re.compile(r"\w+(?:[-’']\w+)*|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A run of words that both have (``same``), the old alone (``gone``) or the new (``new``)."""

    kind: str
    text: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """Say how ``new`` differs from ``old``, word by word, by their longest common subsequence.

    The pieces that are not ``new`` make up the old text, those that are not ``gone`` the new.
    """
    pieces: list[Piece] = []
    gone = added = ""
    for same, before, after in [*_runs(old, new), (True, "", "")]:
        # A space that stands between two changes belongs to both of them.
        if not same or (before.isspace() and (gone or added)):
            gone, added = gone + before, added + after
            continue
        shared = _shared_end(gone, added)
        cut = len(shared)
        pieces += [Piece("gone", gone[: len(gone) - cut]), Piece("new", added[: len(added) - cut])]
        pieces.append(Piece("same", shared + before))
        gone = added = ""
    return tuple(piece for piece in pieces if piece.text)


def _runs(old: str, new: str) -> Iterator[tuple[bool, str, str]]:
    """Runs of both texts: whether they are the same, and the words of each."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    for step in Indel.opcodes(before, after):
        run = "".join(before[step.src_start : step.src_end])
        yield step.tag == "equal", run, "".join(after[step.dest_start : step.dest_end])


def _shared_end(gone: str, added: str) -> str:
    """The white space that both end with."""
    ends = [text[len(text.rstrip()) :] for text in (gone, added)]
    return ends[0] if ends[0] == ends[1] else ""
