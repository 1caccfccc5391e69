"""Walk the lines of an act, and note what each of them is."""

from __future__ import annotations

from kb.corpus.drafting import Mark
from kb.corpus.front_matter import Lines
from kb.corpus.outline import OpenComponent
from kb.corpus.read import RawLine
from kb.errors import ParseError
from kb.model import SourceLine


class Cursor:
    """The line at hand, the components met so far, and the place of the lines already read."""

    def __init__(self, lines: Lines) -> None:
        """Stand before the first line, in a component that has no name yet."""
        self.lines = lines
        self.at = 0
        self.parts = [OpenComponent()]
        self.placed: dict[int, SourceLine] = {}
        self.ended = False

    @property
    def part(self) -> OpenComponent:
        """The component being filled."""
        return self.parts[-1]

    @property
    def in_annex(self) -> bool:
        """Whether the component is an annex, which may be a table, a form or a bare list."""
        return self.part.name.split("-")[0] == "annex"

    @property
    def line(self) -> RawLine:
        """The source line at hand."""
        return self.lines.raw[self.at]

    @property
    def text(self) -> str:
        """The reading text of the line at hand."""
        return self.lines.texts[self.at]

    @property
    def mark(self) -> Mark:
        """What the line at hand begins with."""
        return self.lines.marks[self.at]

    def fail(self, why: str) -> ParseError:
        """The error that names the line at hand."""
        return ParseError(self.line.number, self.text, why)

    def place(self, role: str, of: str) -> None:
        """Note what the line at hand is, and go to the next."""
        self.placed[self.line.number] = SourceLine(self.line.number, role, of)
        self.at += 1

    def place_front(self, end: int, of: str) -> None:
        """Note the lines up to the index ``end`` as front matter."""
        while self.at < end:
            self.place("front-matter", of)
