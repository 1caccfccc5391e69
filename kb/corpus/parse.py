"""Parse the lines of an act into components, chapters and clauses, by the rules of legal drafting.

The parser knows no line numbers and no one act: a line is placed by its own mark (see
``drafting``), by what is open above it, and by the marks that follow it. Every line is placed
exactly once, or ``ParseError`` names it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.address import ClauseAddress
from kb.corpus.drafting import (
    Mark,
    component_kind,
    continues,
    follows,
    is_closed,
    is_front_line,
    is_title_line,
    mark_of,
    number_key,
    says,
)
from kb.corpus.read import RawLine
from kb.errors import ParseError
from kb.model import Chapter, Clause, Component, SourceLine

_BLOCK_REACH = 8
_HEADING_LENGTH = 200
_STRUCTURE = {"chapter", "section", "article", "paragraph", "subparagraph"}


@dataclass(frozen=True)
class NoteText:
    """An amendment note as it stands: where it was met, its words and its source lines."""

    component: str
    chapter: str | None
    after: ClauseAddress | None
    text: str
    source_lines: tuple[int, ...]


@dataclass(frozen=True)
class Structure:
    """What parsing yields: the act's texts, headings, clauses, notes, and the place of each line."""

    title: str
    adoption: str
    components: tuple[Component, ...]
    chapters: tuple[Chapter, ...]
    clauses: tuple[Clause, ...]
    notes: tuple[NoteText, ...]
    lines: tuple[SourceLine, ...]


@dataclass
class _Run:
    """A run of text of a clause: lines of one indent, joined where a page end broke them."""

    reading: list[str]
    source: list[str]
    lines: list[int]


@dataclass
class _Open:
    """A clause while its lines are being gathered."""

    address: ClauseAddress
    kind: str
    number: str
    chapter: str | None
    heading: str = ""
    runs: list[_Run] = field(default_factory=list)
    last_item: str | None = None
    # The run after whose list of items a further indent began; its items hang under that part.
    items_under: int = 0


@dataclass
class _Part:
    """A component while it is being parsed."""

    name: str
    title: list[str] = field(default_factory=list)
    title_lines: list[int] = field(default_factory=list)
    approval: list[str] = field(default_factory=list)
    approval_lines: list[int] = field(default_factory=list)
    signatory: list[str] = field(default_factory=list)
    signatory_lines: list[int] = field(default_factory=list)
    chapters: list[_Heading] = field(default_factory=list)
    clauses: list[_Open] = field(default_factory=list)
    last_paragraph: str | None = None


@dataclass
class _Heading:
    kind: str
    number: str
    text: str
    lines: list[int]
    chapter: str


def parse(lines: list[RawLine], reading: dict[int, str]) -> Structure:
    """Parse numbered source lines, with the reading text of each, into the act's structure."""
    return _Parser(lines, reading).run()


class _Parser:
    def __init__(self, lines: list[RawLine], reading: dict[int, str]) -> None:
        self.lines = lines
        self.texts = [reading[line.number] for line in lines]
        self.marks = [mark_of(text) for text in self.texts]
        self.at = 0
        self.parts: list[_Part] = []
        self.notes: list[NoteText] = []
        self.placed: dict[int, SourceLine] = {}
        self.adoption: list[str] = []
        self.paragraph: _Open | None = None
        self.item: _Open | None = None
        self.note_open = False
        self.ended = False

    # -- the walk --------------------------------------------------------------------------

    def run(self) -> Structure:
        self._front_matter()
        while self.at < len(self.lines):
            self._step()
        return self._finish()

    def _step(self) -> None:
        mark = self.marks[self.at]
        if mark.kind == "imprint":
            self._imprint()
        elif mark.kind == "note":
            self._note()
        elif self._begins_block():
            self._block()
        elif self._is_heading():
            self._heading()
        elif mark.kind == "article":
            self._article()
        elif mark.kind == "paragraph":
            self._paragraph()
        elif mark.kind == "subparagraph":
            self._subparagraph()
        elif self._begins_signatory():
            self._signatory()
        else:
            self._text()

    @property
    def part(self) -> _Part:
        return self.parts[-1]

    @property
    def line(self) -> RawLine:
        return self.lines[self.at]

    @property
    def text(self) -> str:
        return self.texts[self.at]

    def _fail(self, why: str) -> ParseError:
        return ParseError(self.line.number, self.text, why)

    def _place(self, role: str, of: str) -> None:
        self.placed[self.line.number] = SourceLine(self.line.number, role, of)
        self.at += 1

    def _next_mark(self, start: int, kinds: set[str]) -> Mark | None:
        """The first mark of one of ``kinds`` at or after ``start``, before any block or note."""
        for index in range(start, len(self.marks)):
            if self.marks[index].kind in kinds:
                return self.marks[index]
            if self._block_at(index):
                return None
        return None

    # -- front matter ----------------------------------------------------------------------

    def _front_matter(self) -> None:
        """Title and adoption line of the act, then its preamble."""
        part = _Part("")
        self.parts.append(part)
        while self.at < len(self.lines) and not self._body_begins():
            if says("adoption", self.text) and is_title_line(self.text):
                self.adoption.append(self.text)
            elif is_title_line(self.text) and not is_closed(self.text) and not self.adoption:
                part.title.append(self.text)
            else:
                break
            part.title_lines.append(self.line.number)
            self._place("front-matter", "title")
        part.name = component_kind(" ".join(self.adoption) or " ".join(part.title)) or "act"

    def _body_begins(self) -> bool:
        kind = self.marks[self.at].kind
        return kind in _STRUCTURE or kind in {"note", "imprint"} or self._block_at(self.at)

    def _begins_block(self) -> bool:
        return self._block_at(self.at)

    def _block_at(self, index: int) -> bool:
        """Whether an approval block starts here: short lines, one of which says "approved"."""
        if not self.parts or (index and not self.parts[0].clauses):
            return False
        if says("approval", self.texts[index]):
            return is_front_line(self.texts[index])
        if not says("approval_detail", self.texts[index]):
            return False
        return any(says("approval", text) for text in self._front_run(index))

    def _front_run(self, index: int) -> list[str]:
        run: list[str] = []
        for text, mark in zip(
            self.texts[index : index + _BLOCK_REACH], self.marks[index:], strict=False
        ):
            if mark.kind in _STRUCTURE or mark.kind == "note" or not is_front_line(text):
                break
            run.append(text)
        return run

    def _block(self) -> None:
        """An approval block and the title under it begin a new component."""
        part = _Part("")
        self.parts.append(part)
        self.paragraph = self.item = None
        self.ended = self.note_open = False
        start = self.at
        run_end = start
        while run_end < len(self.lines) and self._is_front(run_end):
            run_end += 1
        split = max((i + 1 for i in range(start, run_end) if self._is_approval(i)), default=start)
        for index in range(start, run_end):
            target, numbers = (
                (part.approval, part.approval_lines)
                if index < split
                else (part.title, part.title_lines)
            )
            target.append(self.text)
            numbers.append(self.line.number)
            self._place("front-matter", "approval" if index < split else "title")
        part.name = self._name_component(part)

    def _is_front(self, index: int) -> bool:
        kind = self.marks[index].kind
        if kind in {"note", "imprint"} or kind in _STRUCTURE:
            return False
        return is_title_line(self.texts[index]) and not is_closed(self.texts[index])

    def _is_approval(self, index: int) -> bool:
        text = self.texts[index]
        return says("approval", text) or says("approval_detail", text)

    def _name_component(self, part: _Part) -> str:
        """Name a component by its title, or by the list of documents that the act approves."""
        title = " ".join(part.title)
        name = component_kind(title)
        if name in {None, self.parts[0].name} or self._is_annex(part):
            name = self._approved_kind() if not self._is_annex(part) else name
        if self._is_annex(part) and name not in {
            "rules",
            "regulation",
            "instruction",
            "standard",
            "code",
        }:
            name = "annex"
        return self._unique(name or "annex")

    def _is_annex(self, part: _Part) -> bool:
        return any(says("annex", text) for text in part.approval)

    def _approved_kind(self) -> str | None:
        """The kind of the n-th approved document, from the items of the act's first paragraph."""
        items = [c for c in self.parts[0].clauses if c.kind == "subparagraph"]
        nth = sum(1 for part in self.parts[1:] if not self._is_annex(part)) - 1
        if nth >= len(items):
            return None
        return component_kind(items[nth].runs[0].reading[0])

    def _unique(self, name: str) -> str:
        used = {part.name for part in self.parts}
        number, candidate = 1, name
        while candidate in used:
            number += 1
            candidate = f"{name}-{number}"
        return candidate

    def _begins_signatory(self) -> bool:
        """An office without a full stop, then a name; or both on one line."""
        if not self.part.clauses or self.part.signatory:
            return False
        if says("person", self.text) and is_front_line_or_name(self.text):
            return True
        after = self.texts[self.at + 1] if self.at + 1 < len(self.texts) else ""
        office = says("office", self.text) and not is_closed(self.text)
        return office and says("person", after)

    def _signatory(self) -> None:
        while self.at < len(self.lines) and not self.ended:
            self.ended = says("person", self.text)
            self.part.signatory.append(self.text)
            self.part.signatory_lines.append(self.line.number)
            self._place("front-matter", "signatory")
        self.paragraph = self.item = None

    def _imprint(self) -> None:
        self.paragraph = self.item = None
        self.ended = True
        self._place("front-matter", "imprint")

    # -- headings --------------------------------------------------------------------------

    def _is_heading(self) -> bool:
        mark = self.marks[self.at]
        if mark.kind in {"chapter", "section"}:
            return True
        return mark.kind == "paragraph" and self._is_numbered_heading(mark)

    def _is_numbered_heading(self, mark: Mark) -> bool:
        """A bare ``2. …`` is a chapter's heading when the numbers say that it is no paragraph.

        It has no closing punctuation, carries the next chapter's number, and the paragraph after
        it goes on where the last one stopped.
        """
        if is_closed(mark.text) or len(mark.text) > _HEADING_LENGTH:
            return False
        chapters = [h.number for h in self.part.chapters if h.kind == "chapter"]
        if not follows(mark.number, chapters[-1] if chapters else None):
            return False
        coming = self._next_mark(self.at + 1, {"paragraph"})
        return coming is not None and follows(coming.number, self.part.last_paragraph)

    def _heading(self) -> None:
        mark = self.marks[self.at]
        kind = "section" if mark.kind == "section" else "chapter"
        above = self._chapter_number()
        number = mark.number
        heading = _Heading(kind, number, mark.text, [self.line.number], number)
        if kind == "section" and above:
            heading.chapter = above
        self.part.chapters.append(heading)
        self.paragraph = self.item = None
        self.note_open = False
        self._place("heading", f"{self.part.name}/{kind}-{number}")
        if not heading.text and self.at < len(self.lines) and self.marks[self.at].kind == "text":
            heading.text = self.text
            heading.lines.append(self.line.number)
            self._place("heading", f"{self.part.name}/{kind}-{number}")

    def _chapter_number(self) -> str | None:
        chapters = [h.number for h in self.part.chapters if h.kind == "chapter"]
        return chapters[-1] if chapters else None

    # -- clauses ---------------------------------------------------------------------------

    def _open(self, path: tuple[str, ...], kind: str, number: str, heading: str = "") -> _Open:
        address = ClauseAddress(self.part.name, path)
        if any(clause.address == address for clause in self.part.clauses):
            raise self._fail(f"a second {kind} {number} in {self.part.name}")
        clause = _Open(address, kind, number, self._chapter_number(), heading)
        self.part.clauses.append(clause)
        self.note_open = False
        return clause

    def _add_run(self, clause: _Open, text: str) -> None:
        source = self._source_body(text)
        clause.runs.append(_Run([text], [source], [self.line.number]))
        self._place("clause", clause.address.short)

    def _source_body(self, reading: str) -> str:
        """The verbatim run behind ``reading``: the source line less the mark before its words."""
        source = self.line.text
        if reading == self.text:
            return source
        mark = mark_of(source)
        return mark.text or source

    def _article(self) -> None:
        mark = self.marks[self.at]
        self.paragraph = self._open((mark.number,), "article", mark.number, mark.text)
        self.item = None
        self.part.last_paragraph = None
        self._add_run(self.paragraph, mark.text or self.text)

    def _paragraph(self) -> None:
        mark = self.marks[self.at]
        article = self._open_article()
        last = article.last_item if article else self.part.last_paragraph
        if last is not None and number_key(mark.number) <= number_key(last):
            raise self._fail(f"paragraph {mark.number} stands after paragraph {last}")
        path = (*article.address.path, mark.number) if article else (mark.number,)
        self.paragraph = self._open(path, "paragraph", mark.number)
        self.item = None
        if article:
            article.last_item = mark.number
        else:
            self.part.last_paragraph = mark.number
        self._add_run(self.paragraph, mark.text)

    def _open_article(self) -> _Open | None:
        for clause in reversed(self.part.clauses):
            if clause.kind == "article":
                return clause
        return None

    def _subparagraph(self) -> None:
        mark = self.marks[self.at]
        holder = self.paragraph
        if holder is None:
            raise self._fail(f"subparagraph {mark.number}) stands under no paragraph")
        path = holder.address.path
        if holder.items_under:
            path = (*path, f"part-{holder.items_under}")
        if holder.last_item and number_key(mark.number) <= number_key(holder.last_item):
            raise self._fail(f"subparagraph {mark.number}) stands after {holder.last_item})")
        self.item = self._open((*path, mark.number), "subparagraph", mark.number)
        holder.last_item = mark.number
        self._add_run(self.item, mark.text)

    def _text(self) -> None:
        """A line without a mark: it goes on with what is open, or is a part of its own."""
        if self.note_open:
            self._extend_note()
            return
        if self.ended or (self.paragraph is None and self.part.clauses):
            raise self._fail("no rule says where this line belongs")
        if self.paragraph is None:
            self._preamble()
        elif self.item is not None and self._belongs_to_item():
            self._continue(self.item)
        else:
            self._indent(self.paragraph)

    def _preamble(self) -> None:
        if self.part.chapters or not (is_closed(self.text) or says("enacting", self.text)):
            raise self._fail("this line is no title, no preamble and no clause")
        self.paragraph = self._open(("preamble",), "preamble", "")
        self._add_run(self.paragraph, self.text)

    def _belongs_to_item(self) -> bool:
        """Inside a list, a line without a number completes the item above it.

        It does so when it goes on with the sentence, when the item closed with a semicolon, or
        when the list goes on after it.
        """
        assert self.item is not None
        previous = self.item.runs[-1].reading[-1]
        if continues(previous, self.text) or previous.endswith(";"):
            return True
        coming = self._next_mark(self.at + 1, _STRUCTURE | {"note"})
        return (
            coming is not None
            and coming.kind == "subparagraph"
            and follows(coming.number, self.item.number)
        )

    def _continue(self, clause: _Open) -> None:
        run = clause.runs[-1]
        if (
            is_closed(run.reading[-1])
            and not self.text[:1].islower()
            and run.reading[-1][-1] != ";"
        ):
            self._add_run(clause, self.text)
            return
        run.reading.append(self.text)
        run.source.append(self.line.text)
        run.lines.append(self.line.number)
        self._place("clause", clause.address.short)

    def _indent(self, clause: _Open) -> None:
        """A further indent of a paragraph, or the rest of one that a page end broke."""
        after_items = self.item is not None
        self.item = None
        heading_only = clause.kind == "article" and len(clause.runs) == 1
        if (
            not after_items
            and not heading_only
            and continues(clause.runs[-1].reading[-1], self.text)
        ):
            self._continue(clause)
            return
        self._add_run(clause, self.text)
        if after_items:
            clause.items_under = len(self._indents(clause))
            clause.last_item = None

    @staticmethod
    def _indents(clause: _Open) -> list[_Run]:
        """The runs that are indents of the clause; an article's first run is its heading."""
        return clause.runs[1:] if clause.kind == "article" else clause.runs

    # -- notes -----------------------------------------------------------------------------

    def _note(self) -> None:
        after = self.part.clauses[-1].address if self.part.clauses else None
        note = NoteText(
            self.part.name, self._chapter_number(), after, self.text, (self.line.number,)
        )
        self.notes.append(note)
        self.note_open = not is_closed(self.text.rstrip(")")) and not self.text.endswith(")")
        self._place("note", self.part.name)

    def _extend_note(self) -> None:
        note = self.notes[-1]
        self.notes[-1] = NoteText(
            note.component,
            note.chapter,
            note.after,
            f"{note.text} {self.text}",
            (*note.source_lines, self.line.number),
        )
        self.note_open = not is_closed(self.text) and not self.text.endswith(")")
        self._place("note", self.part.name)

    # -- records ---------------------------------------------------------------------------

    def _finish(self) -> Structure:
        main = self.parts[0]
        return Structure(
            title=" ".join(main.title),
            adoption=" ".join(self.adoption),
            components=tuple(map(_component, self.parts)),
            chapters=tuple(c for part in self.parts for c in _chapters(part)),
            clauses=tuple(c for part in self.parts for c in _clauses(part)),
            notes=tuple(self.notes),
            lines=tuple(self.placed[line.number] for line in self.lines),
        )


def is_front_line_or_name(text: str) -> bool:
    """Whether the line is short enough to be a signature."""
    return len(text) <= 80


def _component(part: _Part) -> Component:
    return Component(
        part.name,
        " ".join(part.title),
        tuple(part.title_lines),
        tuple(part.approval),
        tuple(part.approval_lines),
        tuple(part.signatory),
        tuple(part.signatory_lines),
    )


def _chapters(part: _Part) -> list[Chapter]:
    return [
        Chapter(
            part.name,
            heading.number,
            heading.text,
            tuple(heading.lines),
            tuple(
                clause.address
                for clause in part.clauses
                if clause.chapter == heading.chapter and len(clause.address.path) == 1
            ),
            heading.kind,
        )
        for heading in part.chapters
    ]


def _clauses(part: _Part) -> list[Clause]:
    """Close the clauses of a component; each is followed by the parts it has."""
    closed: list[Clause] = []
    for clause in part.clauses:
        closed.append(_close(clause))
        indents = _Parser._indents(clause)
        if len(indents) > 1:
            closed += [_part(clause, index, run) for index, run in enumerate(indents, start=1)]
    return closed


def _close(clause: _Open) -> Clause:
    reading = "\n".join(" ".join(run.reading) for run in clause.runs)
    source = "\n".join("\n".join(run.source) for run in clause.runs)
    lines = tuple(number for run in clause.runs for number in run.lines)
    path = clause.address.path
    parent = clause.address.parent if len(path) > 1 else None
    return Clause(
        clause.address,
        clause.kind,
        clause.number,
        parent,
        clause.chapter,
        reading,
        source,
        lines,
        clause.heading,
        "excluded" if says("excluded", reading) else "in-force",
    )


def _part(clause: _Open, index: int, run: _Run) -> Clause:
    address = ClauseAddress(clause.address.component, (*clause.address.path, f"part-{index}"))
    return Clause(
        address,
        "part",
        str(index),
        clause.address,
        clause.chapter,
        " ".join(run.reading),
        "\n".join(run.source),
        tuple(run.lines),
    )
