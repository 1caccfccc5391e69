"""What a quote of a clause holds: its lines as the act reads, with what opens them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.model import Clause
from kb.note.note import Quote, text_hash

# How the act prints the number before a unit of each kind.
MARKS = {"paragraph": "{}.", "subparagraph": "{})"}


@dataclass(frozen=True)
class Line:
    """A line of a quote: the number before it, the words, how deep it stands, whose words it is.

    A line without words stands where items of the list were left out.
    """

    mark: str
    text: str
    depth: int
    address: ClauseAddress
    heading: bool = False

    @property
    def printed(self) -> str:
        """The line as the act prints it."""
        return f"{self.mark} {self.text}".strip()

    @property
    def omission(self) -> bool:
        """Whether the line stands for items that are left out."""
        return not self.text


def passage(library: Library, clause: Clause, opening: bool = True) -> tuple[Line, ...]:
    """The lines of a quote: the clause with all under it.

    With ``opening``, a subparagraph stands under the words of its paragraph that open the list.
    """
    above = opener(library, clause) if opening else None
    if above is None:
        return tuple(_lines(library, clause, 0))
    lines = list(own_lines(above, 0))
    if left_out(library, clause, above):
        lines.append(Line("", "", 1, clause.address))
    return (*lines, *_lines(library, clause, 1))


def opener(library: Library, clause: Clause) -> Clause | None:
    """The paragraph whose words open the list that a subparagraph is an item of."""
    if clause.kind != "subparagraph" or clause.parent is None:
        return None
    above = library.find(clause.parent)
    return above if above and not _only_parts(library, above) else None


def quoted_text(lines: tuple[Line, ...]) -> str:
    """The law's words of a quote; the sign of an omission is ours and left out."""
    return "\n".join(line.printed for line in lines if not line.omission)


def quote(
    library: Library,
    clause: Clause,
    *,
    translation: bool = True,
    opening: bool = True,
    remarks: bool = True,
) -> Quote:
    """Quote a clause as the text that it is of has it."""
    text = quoted_text(passage(library, clause, opening))
    address, edition = str(replace(clause.address, edition=None)), library.text_of(clause).day
    return Quote(address, edition, text_hash(text), text, translation, opening, remarks)


def full_address(library: Library, clause: Clause) -> ClauseAddress:
    """The address of a clause with the edition of its text, the newest included."""
    return replace(clause.address, edition=library.text_of(clause).day)


def in_order(library: Library, clause: Clause) -> list[Clause]:
    """The clauses under one, as they are read; none where its own text is that of its parts."""
    if _only_parts(library, clause):
        return []
    return sorted(library.children(clause), key=lambda child: child.source_lines[:1])


def left_out(library: Library, clause: Clause, above: Clause) -> bool:
    """Whether items stand between the words that open a list and the item quoted."""
    return library.children(above)[0] != clause


def _only_parts(library: Library, clause: Clause) -> bool:
    """Whether the text of the clause is that of its parts, which repeat it."""
    parts = [child.text for child in library.children(clause) if child.kind == "part"]
    return bool(parts) and "\n".join(parts) == "\n".join(_body(clause))


def _lines(library: Library, clause: Clause, depth: int) -> Iterator[Line]:
    yield from own_lines(clause, depth)
    for child in in_order(library, clause):
        yield from _lines(library, child, depth + 1)


def _body(clause: Clause) -> list[str]:
    """The lines of a clause without the heading of an article, which its text begins with."""
    lines = clause.text.split("\n")
    return lines[1:] if clause.heading and lines[0] == clause.heading else lines


def own_lines(clause: Clause, depth: int) -> Iterator[Line]:
    """The lines of a clause's own text, without those under it."""
    mark = MARKS.get(clause.kind, "").format(clause.number)
    if clause.heading:
        yield Line("", clause.heading, depth, clause.address, heading=True)
    for number, text in enumerate(line for line in _body(clause) if line):
        yield Line("" if number else mark, text, depth, clause.address)
