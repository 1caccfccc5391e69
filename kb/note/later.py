"""How a later held edition reads where an older one is quoted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kb.answer.quote import Citation, Library
from kb.answer.shelf import Text
from kb.language.noise import substance
from kb.model import Clause
from kb.note.difference import Piece, difference
from kb.note.passage import passage, quoted_text


@dataclass(frozen=True)
class Later:
    """What became of a wording that is quoted from an older edition.

    ``since`` is the day of the first later edition that reads otherwise, or lacks the clause.
    ``citation`` is that of the newest edition, ``None`` where the clause is not in it;
    ``difference`` leads from the words quoted to its words, and is empty where it has them again.
    ``address_changed`` says that it stands elsewhere there; with ``renumbered`` that is all, and
    the words are the same in every later edition.
    """

    since: date
    citation: Citation | None = None
    difference: tuple[Piece, ...] = ()
    address_changed: bool = False
    renumbered: bool = False


def later_wording(library: Library, clause: Clause, opening: bool) -> Later | None:
    """Say how later editions read; ``None`` where all of them read as the clause does.

    Differences of print alone are none. A clause is followed to the number that it has later.
    """
    edition = clause.address.edition
    if edition is None:
        return None
    now, quoted = newest(library, clause), _reading(library, clause, opening)
    readings = [
        (text.day, _reading(library, _at(library, clause, now, text), opening))
        for text in library.shelf.texts(clause.address.act or "")
        if text.day > edition
    ]
    unlike = [day for day, reading in readings if reading != quoted]
    reworded = [day for day, (words, _) in readings if words != quoted[0]]
    if not unlike:
        return None
    since = (reworded or unlike)[0]
    if now is None:
        return Later(since)
    return Later(
        since,
        library.cite(now),
        _difference(library, clause, now, opening) if readings[-1][1] != quoted else (),
        now.address.short != clause.address.short,
        not reworded,
    )


def _difference(library: Library, clause: Clause, now: Clause, opening: bool) -> tuple[Piece, ...]:
    old, new = (quoted_text(passage(library, c, opening)) for c in (clause, now))
    return difference(old, new)


def newest(library: Library, clause: Clause) -> Clause | None:
    """The clause of the newest text that one of an older text has become, whatever its number."""
    text = library.text_of(clause)
    clauses = library.shelf.newest(clause.address.act or "").clauses
    here = clauses.get(clause.address.short)
    for other in ([here] if here else []) + list(clauses.values()):
        if library.shelf.counterpart(other, text) == clause:
            return other
    return None


def _at(library: Library, clause: Clause, now: Clause | None, text: Text) -> Clause | None:
    """Where a clause stands in a later text."""
    if now is None:
        return text.clauses.get(clause.address.short) if not text.is_newest else None
    return now if text.is_newest else library.shelf.counterpart(now, text)


def _reading(library: Library, clause: Clause | None, opening: bool) -> tuple[str, str]:
    """What a clause says, to be compared: without the numbers that lead to it, and with them."""
    if clause is None:
        return "", ""
    leading, lines = {clause.address, clause.parent}, passage(library, clause, opening)
    bare = (line.text if line.address in leading else line.printed for line in lines)
    return substance("\n".join(bare)), substance(quoted_text(lines))
