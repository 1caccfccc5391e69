"""What a quote of a clause holds: its lines as the act reads, with what opens them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    lines = list(_own_lines(above, 0))
    if library.children(above)[0] != clause:
        lines.append(Line("", "", 1, clause.address))
    return (*lines, *_lines(library, clause, 1))


def opener(library: Library, clause: Clause) -> Clause | None:
    """The paragraph whose words open the list that a subparagraph is an item of."""
    if clause.kind != "subparagraph" or clause.parent is None:
        return None
    above = library.find(clause.parent)
    return above if above and not _only_parts(library, above) else None


def translated(
    library: Library, clause: Clause, lang: str, opening: bool = True
) -> tuple[Line, ...]:
    """The unofficial translation of the same lines; empty when a part of it is missing."""
    above = opener(library, clause) if opening else None
    clauses = [*([(above, 0, False)] if above else []), (clause, 1 if above else 0, True)]
    lines: list[Line] = []
    for holder, depth, whole in clauses:
        found = _translation(library, holder, lang, depth, whole)
        if found is None:
            return ()
        if lines and above and library.children(above)[0] != clause:
            lines.append(Line("", "", 1, clause.address))
        lines += found
    return tuple(lines)


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
    """Quote a clause in the edition held."""
    text = quoted_text(passage(library, clause, opening))
    edition = library.acts[clause.address.act or ""].edition
    address = str(clause.address)
    return Quote(address, edition, text_hash(text), text, translation, opening, remarks)


def _only_parts(library: Library, clause: Clause) -> bool:
    """Whether the text of the clause is that of its parts, which repeat it."""
    parts = [child.text for child in library.children(clause) if child.kind == "part"]
    return bool(parts) and "\n".join(parts) == "\n".join(_body(clause))


def _lines(library: Library, clause: Clause, depth: int) -> Iterator[Line]:
    yield from _own_lines(clause, depth)
    if not _only_parts(library, clause):
        under = sorted(library.children(clause), key=lambda child: child.source_lines[:1])
        for child in under:
            yield from _lines(library, child, depth + 1)


def _body(clause: Clause) -> list[str]:
    """The lines of a clause without the heading of an article, which its text begins with."""
    lines = clause.text.split("\n")
    return lines[1:] if clause.heading and lines[0] == clause.heading else lines


def _own_lines(clause: Clause, depth: int) -> Iterator[Line]:
    mark = MARKS.get(clause.kind, "").format(clause.number)
    if clause.heading:
        yield Line("", clause.heading, depth, clause.address, heading=True)
    for number, text in enumerate(line for line in _body(clause) if line):
        yield Line("" if number else mark, text, depth, clause.address)


def _translation(
    library: Library, clause: Clause, lang: str, depth: int, whole: bool
) -> list[Line] | None:
    note = library.headnote(clause.address)
    text = note.translation.get(lang, "") if note else ""
    if not text:
        return None
    mark = MARKS.get(clause.kind, "").format(clause.number)
    lines = []
    for number, line in enumerate(text.split("\n")):
        words = line.removeprefix(mark).strip() if mark else line.strip()
        lines.append(Line("" if number else mark, words, depth, clause.address))
    if whole and not _only_parts(library, clause):
        for child in sorted(library.children(clause), key=lambda c: c.source_lines[:1]):
            found = _translation(library, child, lang, depth + 1, whole)
            if found is None:
                return None
            lines += found
    return lines
