"""Gather the lines of notes and of the portal's remarks; ``notes`` reads what they say."""

from __future__ import annotations

from dataclasses import replace

from kb.corpus.cursor import Cursor
from kb.corpus.drafting import says
from kb.corpus.outline import NoteText, OpenClause

# A note that has grown longer than this has swallowed what is no part of it.
_NOTE_LENGTH = 20_000
_NOTE_TAIL = 200  # the last words tell whether a note is complete


class NoteReader:
    """The notes met so far; ``just_read`` while the next line may go on with the last one."""

    def __init__(self, cursor: Cursor) -> None:
        """Read from ``cursor``."""
        self.cursor = cursor
        self.notes: list[NoteText] = []
        self.just_read = False

    def begin(self, holder: OpenClause | None) -> None:
        """Open the note at hand, which stands under ``holder``."""
        part, line = self.cursor.part, self.cursor.line
        self.notes.append(
            NoteText(
                part.name,
                part.chapter,
                self.cursor.text,
                (line.number,),
                holder.address if holder else None,
                part.article.address if part.article else None,
                is_remark=self.cursor.mark.kind == "remark",
            )
        )
        self.just_read = True
        self.cursor.place("note", part.name)

    def goes_on(self) -> bool:
        """Whether the line at hand belongs to the note above it."""
        if not self.just_read:
            return False
        note, text = self.notes[-1].text, self.cursor.text
        if says("remark_head", note[-_NOTE_TAIL:]) or says("note_tail", text):
            return True
        if len(note) > _NOTE_LENGTH:
            return False
        complete = note.endswith((".", "!", ")")) or says("note_end", note[-_NOTE_TAIL:])
        return not complete or (note.endswith(")") and text[:1].islower())

    def extend(self) -> None:
        """Take the line at hand into the note above it."""
        note = self.notes[-1]
        lines = (*note.source_lines, self.cursor.line.number)
        text = f"{note.text} {self.cursor.text}"
        self.notes[-1] = replace(note, text=text, source_lines=lines)
        self.cursor.place("note", self.cursor.part.name)
