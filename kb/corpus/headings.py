"""Read the headings of chapters, of sections above them and of subchapters inside them."""

from __future__ import annotations

from kb.corpus.cursor import Cursor
from kb.corpus.drafting import follows, is_closed
from kb.corpus.outline import OpenHeading

_LENGTH = 200
_PARAGRAPH = frozenset({"paragraph"})


class HeadingReader:
    """Open headings in the component at hand; ``just_read`` while a next line may complete one."""

    def __init__(self, cursor: Cursor) -> None:
        """Read from ``cursor``."""
        self.cursor = cursor
        self.just_read = False

    def is_numbered_heading(self) -> bool:
        """Whether a bare ``2. …`` is a chapter's heading: the numbers say that it is no paragraph.

        It has no closing punctuation, carries the next chapter's number, and the paragraph after
        it goes on where the last one stopped.
        """
        mark, part = self.cursor.mark, self.cursor.part
        if not mark.text or is_closed(mark.text) or len(mark.text) > _LENGTH:
            return False
        if part.article or not follows(mark.number, part.chapter):
            return False
        coming = self.cursor.lines.next_mark(self.cursor.at + 1, _PARAGRAPH)
        if coming is None:
            return False
        if "." in coming.number:
            return coming.number == f"{mark.number}.1"
        return follows(coming.number, part.last_number)

    def begin(self, kind: str) -> None:
        """Open the heading at hand."""
        mark, line = self.cursor.mark, self.cursor.line
        self._place(OpenHeading(kind, mark.number, mark.text, [line.number]))
        self.just_read = True

    def _place(self, heading: OpenHeading) -> None:
        part = self.cursor.part
        if not part.headings or part.headings[-1] is not heading:
            part.headings.append(heading)
        self.cursor.place("heading", f"{part.name}/{heading.kind}-{heading.number}")

    def goes_on(self) -> bool:
        """A heading on two lines: under a bare number, in small letters, or both in capitals."""
        text = self.cursor.text
        if not self.just_read or is_closed(text) or len(text) > _LENGTH:
            return False
        above = self.cursor.part.headings[-1].text
        return not above or text[0].islower() or (above.isupper() and text.isupper())

    def extend(self) -> None:
        """Take the line at hand into the heading above it."""
        heading = self.cursor.part.headings[-1]
        heading.text = f"{heading.text} {self.cursor.text}".strip()
        heading.lines.append(self.cursor.line.number)
        self._place(heading)
