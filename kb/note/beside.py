"""What stands beside a quote in the document's language: the official text, or our translation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kb.answer.quote import Library
from kb.model import Clause
from kb.note.passage import MARKS, Line, in_order, left_out, opener, own_lines

# The lines of one clause in another language, at a depth; none where they are not held.
_Own = Callable[[Clause, int], list[Line] | None]


@dataclass(frozen=True)
class Beside:
    """The lines of a quote in another language.

    ``official`` is the day of the edition whose own words they are; ``None`` where they are ours.
    """

    lines: tuple[Line, ...] = ()
    official: date | None = None


def beside(library: Library, clause: Clause, lang: str, opening: bool = True) -> Beside:
    """The official text of a quote where the whole of it is held, else our translation of it."""
    found = official(library, clause, lang, opening)
    return found if found.lines else Beside(translated(library, clause, lang, opening))


def translated(
    library: Library, clause: Clause, lang: str, opening: bool = True
) -> tuple[Line, ...]:
    """The unofficial translation of the lines of a quote; empty when a part of it is missing."""
    return _walked(library, clause, opening, lambda c, depth: _translation(library, c, lang, depth))


def official(library: Library, clause: Clause, lang: str, opening: bool = True) -> Beside:
    """The lines of a quote in the official text in another language, all of one edition."""
    days: set[date] = set()

    def own(part: Clause, depth: int) -> list[Line] | None:
        found = library.shelf.official(part, library.text_of(part), lang)
        if found is None:
            return None
        days.add(found[1])
        return list(own_lines(found[0], depth))

    lines = _walked(library, clause, opening, own)
    return Beside(lines, days.pop()) if lines and len(days) == 1 else Beside()


def _walked(library: Library, clause: Clause, opening: bool, own: _Own) -> tuple[Line, ...]:
    """The same lines as those of the quote, as ``own`` has them; empty when it lacks one."""
    above = opener(library, clause) if opening else None
    if above is None:
        return tuple(_under(library, clause, 0, own) or ())
    opens, inner = own(above, 0), _under(library, clause, 1, own)
    if opens is None or inner is None:
        return ()
    if left_out(library, clause, above):
        opens.append(Line("", "", 1, clause.address))
    return (*opens, *inner)


def _under(library: Library, clause: Clause, depth: int, own: _Own) -> list[Line] | None:
    lines = own(clause, depth)
    for child in in_order(library, clause) if lines is not None else ():
        found = _under(library, child, depth + 1, own)
        if found is None or lines is None:
            return None
        lines += found
    return lines


def _translation(library: Library, clause: Clause, lang: str, depth: int) -> list[Line] | None:
    # That of an older wording counts where it was written for these very words.
    is_older = clause.address.edition is not None
    note = library.cite(clause).headnote if is_older else library.headnote(clause.address)
    text = note.translation.get(lang, "") if note else ""
    if not text:
        return None
    mark = MARKS.get(clause.kind, "").format(clause.number)
    lines = []
    for number, line in enumerate(text.split("\n")):
        words = line.removeprefix(mark).strip() if mark else line.strip()
        lines.append(Line("" if number else mark, words, depth, clause.address))
    return lines
