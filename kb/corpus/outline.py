"""What parsing gathers, line by line, and how it is closed into records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.address import ClauseAddress
from kb.corpus.drafting import says
from kb.model import Chapter, Clause, Component, SourceLine


@dataclass(frozen=True)
class NoteText:
    """A note as it stands: where it was met, its words and its source lines.

    ``holder`` is the article or paragraph that is open above it, ``article`` the article, and
    ``about`` the clause whose own words these are (``4) алып тасталды - …``). A remark is the
    portal's.
    """

    component: str
    chapter: str | None
    text: str
    source_lines: tuple[int, ...]
    holder: ClauseAddress | None = None
    article: ClauseAddress | None = None
    about: ClauseAddress | None = None
    is_remark: bool = False


@dataclass(frozen=True)
class Structure:
    """What parsing yields: texts, headings, clauses and notes, and the place of each line."""

    title: str
    adoption: str
    components: tuple[Component, ...]
    chapters: tuple[Chapter, ...]
    clauses: tuple[Clause, ...]
    notes: tuple[NoteText, ...]
    lines: tuple[SourceLine, ...]


@dataclass
class Run:
    """A run of text of a clause: lines of one indent, joined where a page end broke them.

    ``quoted`` marks the words that the clause puts into another act, ``row`` the row of a table.
    """

    reading: list[str]
    source: list[str]
    lines: list[int]
    quoted: bool = False
    row: bool = False

    @property
    def text(self) -> str:
        """The reading text of the run."""
        return " ".join(filter(None, self.reading))

    @property
    def verbatim(self) -> str:
        """The source text of the run, line for line."""
        return "\n".join(filter(None, self.source))


@dataclass
class OpenHeading:
    """A heading and the top-level clauses met under it so far."""

    kind: str
    number: str
    text: str
    lines: list[int]
    clauses: list[ClauseAddress] = field(default_factory=list)


@dataclass
class OpenClause:
    """A clause while its lines are being gathered."""

    address: ClauseAddress
    kind: str
    number: str
    chapter: str | None
    heading: str = ""
    runs: list[Run] = field(default_factory=list)
    last_number: str | None = None
    # The indent that began after a list of items; items that follow hang under that part.
    items_under: int = 0

    @property
    def indents(self) -> list[Run]:
        """The runs that are indents of the text; a heading is none, nor a quotation or a row."""
        runs = self.runs[1:] if self.heading else self.runs
        return [run for run in runs if not run.quoted and not run.row]

    @property
    def has_parts(self) -> bool:
        """Whether the indents are addressed one by one; those of an item or an annex are not."""
        if self.kind in {"subparagraph", "text"}:
            return False
        return len(self.indents) > 1 or self.items_under > 0

    @property
    def last_text(self) -> str:
        """The last line of reading text."""
        return self.runs[-1].reading[-1]

    @property
    def ends_in_table(self) -> bool:
        """Whether the last line is the row of a table, which no other line completes."""
        return self.runs[-1].row

    def begin_indent(self, *, after_items: bool) -> None:
        """Count the indent just added; a list of items before it is finished, but in an annex."""
        if after_items and self.kind != "text":
            self.items_under = len(self.indents)
            self.last_number = None

    def items_path(self) -> tuple[str, ...]:
        """The path under which a numbered item of this clause stands."""
        path = self.address.path
        return (*path, f"part-{self.items_under}") if self.items_under else path


@dataclass
class OpenComponent:
    """A component while it is being parsed."""

    name: str = ""
    title: list[str] = field(default_factory=list)
    title_lines: list[int] = field(default_factory=list)
    approval: list[str] = field(default_factory=list)
    approval_lines: list[int] = field(default_factory=list)
    signatory: list[str] = field(default_factory=list)
    signatory_lines: list[int] = field(default_factory=list)
    headings: list[OpenHeading] = field(default_factory=list)
    clauses: list[OpenClause] = field(default_factory=list)
    addresses: set[ClauseAddress] = field(default_factory=set)
    article: OpenClause | None = None
    last_number: str | None = None

    @property
    def chapter(self) -> str | None:
        """The number of the chapter that is open, if there are chapters."""
        return next((h.number for h in reversed(self.headings) if h.kind == "chapter"), None)

    def open_headings(self) -> Iterator[OpenHeading]:
        """The headings that a clause now stands under: of each rank the last, down to the last one.

        A chapter ends the subchapters of the one before it, a section the chapters.
        """
        ranks = ("subchapter", "chapter", "section")
        above = -1
        for heading in reversed(self.headings):
            if ranks.index(heading.kind) > above:
                above = ranks.index(heading.kind)
                yield heading

    def add(self, clause: OpenClause) -> None:
        """Take in a clause; one at the top level stands under the open headings."""
        self.clauses.append(clause)
        self.addresses.add(clause.address)
        if len(clause.address.path) == 1:
            for heading in self.open_headings():
                heading.clauses.append(clause.address)


def close_component(part: OpenComponent) -> Component:
    """The component's record: title, approval block and signatory with their lines."""
    return Component(
        part.name,
        " ".join(part.title),
        tuple(part.title_lines),
        tuple(part.approval),
        tuple(part.approval_lines),
        tuple(part.signatory),
        tuple(part.signatory_lines),
    )


def close_headings(part: OpenComponent) -> list[Chapter]:
    """The headings of a component in their order."""
    return [
        Chapter(part.name, h.number, h.text, tuple(h.lines), tuple(h.clauses), h.kind)
        for h in part.headings
    ]


def close_clauses(part: OpenComponent) -> Iterator[Clause]:
    """The clauses of a component; each is followed by the parts it has."""
    for clause in part.clauses:
        yield _close(clause)
        if clause.has_parts:
            yield from (_part(clause, index, run) for index, run in enumerate(clause.indents, 1))


def _close(clause: OpenClause) -> Clause:
    reading = "\n".join(run.text for run in clause.runs)
    return Clause(
        clause.address,
        clause.kind,
        clause.number,
        clause.address.parent if len(clause.address.path) > 1 else None,
        clause.chapter,
        reading,
        "\n".join(run.verbatim for run in clause.runs),
        tuple(number for run in clause.runs for number in run.lines),
        clause.heading,
        status_said(reading),
    )


def status_said(text: str) -> str:
    """What a clause's own words say of its status: ``4) алып тасталды - …`` is excluded."""
    return next((status for status in ("excluded", "repealed") if says(status, text)), "in-force")


def _part(clause: OpenClause, index: int, run: Run) -> Clause:
    address = ClauseAddress(clause.address.component, (*clause.address.path, f"part-{index}"))
    return Clause(
        address,
        "part",
        str(index),
        clause.address,
        clause.chapter,
        run.text,
        run.verbatim,
        tuple(run.lines),
    )
