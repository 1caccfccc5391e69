"""Parse the lines of an act into components, chapters and clauses, by the rules of legal drafting.

The parser knows no line numbers and no one act: a line is placed by its own mark (see
``drafting``), by what is open above it, and by the marks that follow it. Every line is placed
exactly once, or ``ParseError`` names it.
"""

from __future__ import annotations

from kb.corpus import front_matter
from kb.corpus.clauses import ClauseReader
from kb.corpus.component_names import name_component
from kb.corpus.cursor import Cursor
from kb.corpus.drafting import says
from kb.corpus.front_matter import Block, Lines
from kb.corpus.headings import HeadingReader
from kb.corpus.note_lines import NoteReader
from kb.corpus.outline import (
    OpenComponent,
    Structure,
    close_clauses,
    close_component,
    close_headings,
)
from kb.corpus.read import RawLine
from kb.errors import ParseError

# With more lines than this that no rule knows, a file is no act, and listing them helps nobody.
_MOST_REFUSED = 1000
_HEADINGS = {"section", "chapter", "subchapter"}


def parse(
    lines: list[RawLine], reading: dict[int, str], refused: list[ParseError] | None = None
) -> Structure:
    """Parse source lines, with the reading text of each by number, into the act's structure.

    Raises ``ParseError`` for the first line that no rule recognises; where a list of ``refused``
    lines is given, they are added to it and left out instead, up to a thousand.
    """
    return _Parser(Lines(lines, reading), refused).run()


class _Parser:
    """Decide for each line in turn which reader takes it."""

    def __init__(self, lines: Lines, refused: list[ParseError] | None = None) -> None:
        self.refused = refused
        self.cursor = Cursor(lines)
        self.clauses = ClauseReader(self.cursor)
        self.headings = HeadingReader(self.cursor)
        self.notes = NoteReader(self.cursor)
        self.adoption = ""

    def run(self) -> Structure:
        """Place every line, then close what was gathered."""
        self._opening()
        while self.cursor.at < len(self.cursor.lines):
            try:
                self._take_line()
            except ParseError as error:
                if self.refused is None or len(self.refused) >= _MOST_REFUSED:
                    raise
                self.refused.append(error)
                self.cursor.place("refused", self.cursor.part.name)
        return self._structure()

    def _take_line(self) -> None:
        if self.clauses.in_quotation:
            self.clauses.quoted()
        else:
            self._step()

    # -- one line --------------------------------------------------------------------------

    def _step(self) -> None:
        """Place the line at hand; what is not a page number ends a heading or note above it."""
        cursor, kind = self.cursor, self.cursor.mark.kind
        if kind == "page":
            cursor.place("front-matter", "page")
        elif kind == "contents":
            cursor.place_front(front_matter.contents_end(cursor.lines, cursor.at), "contents")
        elif kind in {"note", "remark"}:
            self._finish_line_above()
            self.notes.begin(self.clauses.clause)
        elif kind == "row":
            self._finish_line_above()
            self.clauses.row()
        elif kind == "text" or (self.clauses.clause and cursor.lines.is_reference(cursor.at)):
            self._unmarked()
        else:
            self._finish_line_above()
            self._marked(kind)

    def _finish_line_above(self) -> None:
        self.headings.just_read = self.notes.just_read = False

    def _marked(self, kind: str) -> None:
        """A line that carries a number, or the portal's imprint."""
        if kind == "paragraph" and self.headings.is_numbered_heading():
            kind = "chapter"
        if kind in _HEADINGS:
            self.clauses.close()
            self.headings.begin(kind)
        elif kind == "article":
            self.clauses.article()
        elif kind == "paragraph":
            self.clauses.paragraph()
        elif kind == "subparagraph":
            self.clauses.subparagraph()
        else:
            self._end(self.cursor.at + 1, kind)

    def _unmarked(self) -> None:
        """A line without a mark: it goes on with a note or a heading, or else is placed afresh."""
        if self.notes.goes_on():
            self.notes.extend()
        elif self.headings.goes_on():
            self.headings.extend()
        else:
            self._finish_line_above()
            self._front_or_clause()

    def _front_or_clause(self) -> None:
        """A line that begins or ends a component, or else words of a clause."""
        cursor = self.cursor
        if block := self._block():
            self._begin_component(block)
        elif end := self._signature():
            cursor.part.signatory = cursor.lines.texts[cursor.at : end]
            cursor.part.signatory_lines = cursor.lines.numbers(cursor.at, end)
            self._end(end, "signatory")
        elif end := front_matter.agreement_end(cursor.lines, cursor.at):
            self._end(end, "agreement")
        elif cursor.ended and says("place", cursor.text):
            cursor.place("front-matter", "place")
        else:
            self.clauses.text()

    # -- front matter ----------------------------------------------------------------------

    def _opening(self) -> None:
        """Title and adoption line of the act."""
        lines, main = self.cursor.lines, self.cursor.part
        found = front_matter.opening(lines)
        main.name = front_matter.act_kind(lines, found)
        main.title = [lines.texts[i] for i in found.title]
        main.title_lines = lines.numbers(0, found.end)
        self.adoption = " ".join(lines.texts[i] for i in found.adoption)
        self.cursor.place_front(found.end, "title")

    def _block(self) -> Block | None:
        """An approval block ends the component above it, which must have some text."""
        cursor = self.cursor
        if cursor.at and not cursor.part.clauses:
            return None
        return front_matter.block_at(cursor.lines, cursor.at, fresh=cursor.ended)

    def _begin_component(self, block: Block) -> None:
        cursor, lines = self.cursor, self.cursor.lines
        part = OpenComponent(
            title=lines.texts[block.split : block.end],
            title_lines=lines.numbers(block.split, block.end),
            approval=lines.texts[block.start : block.split],
            approval_lines=lines.numbers(block.start, block.split),
        )
        cursor.parts.append(part)
        part.name = name_component(part, cursor.parts)
        cursor.place_front(block.split, "approval")
        cursor.place_front(block.end, "title")
        self.clauses.close()
        cursor.ended = False

    def _signature(self) -> int | None:
        part = self.cursor.part
        if not part.clauses or part.signatory:
            return None
        return front_matter.signatory_end(self.cursor.lines, self.cursor.at)

    def _end(self, end: int, of: str) -> None:
        """Place the lines that end a text: nothing but a new component may follow."""
        self.cursor.place_front(end, of)
        self.clauses.close()
        self.cursor.ended = True

    # -- records ---------------------------------------------------------------------------

    def _structure(self) -> Structure:
        parts = [part for part in self.cursor.parts if part.clauses or part.title_lines]
        placed = self.cursor.placed
        return Structure(
            title=" ".join(parts[0].title) if parts else "",
            adoption=self.adoption,
            components=tuple(map(close_component, parts)),
            chapters=tuple(c for part in parts for c in close_headings(part)),
            clauses=tuple(c for part in parts for c in close_clauses(part)),
            notes=tuple(self.notes.notes),
            lines=tuple(placed[line.number] for line in self.cursor.lines.raw),
        )
