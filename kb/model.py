"""The records that cross module boundaries: an act, its clauses, and what happened to them.

Line numbers are 1-based lines of the source file; spans are character offsets into the reading
text of the clause they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from kb.address import ClauseAddress

NOT_STATED = "unknown"


@dataclass(frozen=True)
class Chapter:
    """A numbered heading of a component and the top-level clauses under it."""

    component: str
    number: str
    heading: str
    source_lines: tuple[int, ...]
    clauses: tuple[ClauseAddress, ...]
    kind: str = "chapter"


@dataclass(frozen=True)
class Component:
    """One of the texts inside an act, with its title and approval block as they stand."""

    name: str
    title: str
    title_lines: tuple[int, ...]
    approval: tuple[str, ...] = ()
    approval_lines: tuple[int, ...] = ()
    signatory: tuple[str, ...] = ()
    signatory_lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class SourceLine:
    """What one non-empty source line is: ``clause``, ``heading``, ``note`` or ``front-matter``."""

    line: int
    role: str
    of: str


@dataclass(frozen=True)
class Act:
    """An act and the layout of its source file.

    ``in_force_assumed`` says that no text gives ``in_force``: it is the day of adoption.
    """

    id: str
    kind: str
    number: str
    adopted: date
    in_force: date
    edition: date
    lang: str
    title: str
    short: dict[str, str]
    source_file: str
    source_sha256: str
    components: tuple[Component, ...]
    chapters: tuple[Chapter, ...]
    lines: tuple[SourceLine, ...]
    in_force_assumed: bool = False


@dataclass(frozen=True)
class Clause:
    """One addressable unit of text.

    ``text`` is the reading text, ``source_text`` the same run as the source file has it; both leave
    out the number and the list mark that stand before it. A part repeats lines of its paragraph.
    """

    address: ClauseAddress
    kind: str
    number: str
    parent: ClauseAddress | None
    chapter: str | None
    text: str
    source_text: str
    source_lines: tuple[int, ...]
    heading: str = ""
    status: str = "in-force"


@dataclass(frozen=True)
class Restoration:
    """A letter or space that the scan lost, certain from the word itself.

    ``act`` is the act whose text ``line`` counts in; the file of an act need not say it.
    """

    line: int
    before: str
    after: str
    reason: str
    count: int = 1
    act: str = ""


@dataclass(frozen=True)
class EditorNote:
    """What we believe a wrong word was meant to be; never applied to the quote."""

    address: ClauseAddress
    word: str
    meant: str
    text: dict[str, str]


@dataclass(frozen=True)
class ActReference:
    """An act named by another: its code where known, its number and signing date."""

    number: str
    date: date | None
    id: str | None = None
    kind: str = "decree"
    title: str = ""


@dataclass(frozen=True)
class Amendment:
    """One recorded change.

    ``by.date`` is the signing date. ``commencement`` is the rule that the note states, or
    ``unknown``; ``commencement_date`` is set only when the note itself gives a day.
    """

    target: ClauseAddress
    action: str
    by: ActReference
    commencement: str
    commencement_stated: str
    commencement_date: date | None
    note: str
    source_lines: tuple[int, ...]


@dataclass(frozen=True)
class Repeal:
    """An earlier act, or a provision of one, that this act repeals, and since when."""

    clause: ClauseAddress
    act: ActReference
    provision: str
    publication: str
    by: ActReference
    effective: date | None


@dataclass(frozen=True)
class Reference:
    """A mention of another act or of a component, at ``text[start:end]`` of a clause."""

    clause: ClauseAddress
    start: int
    end: int
    text: str
    kind: str
    title: str
    act_id: str | None = None


@dataclass(frozen=True)
class Headnote:
    """What we add to a clause so that it is found and understood; always shown as editorial.

    ``review`` says that the clause's words are others since it was written: the clause is still
    found by it, but what it says is not shown until somebody has read it again.
    """

    address: ClauseAddress
    role: str
    actor: str
    topics: tuple[str, ...]
    title: dict[str, str]
    summary: dict[str, str]
    translation: dict[str, str]
    questions: dict[str, tuple[str, ...]]
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    review: bool = False


@dataclass(frozen=True)
class Topic:
    """An entry of the controlled list of topics."""

    id: str
    label: dict[str, str]
    terms: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Subject:
    """Something people ask about that the corpus does not answer, and where it may be asked."""

    id: str
    see: str
    near: bool
    label: dict[str, str]
    questions: dict[str, tuple[str, ...]]


class EditionKey(NamedTuple):
    """Which held text of an act: its code, the day of consolidation, the language."""

    act: str
    edition: date
    lang: str


@dataclass(frozen=True)
class Edition:
    """One held text of an act: as consolidated at ``act.edition``, in ``act.lang``.

    ``amendments`` are what its own notes record, ``restorations`` the letters put back in it, and
    ``shipped`` says whether it comes with the package or was brought in.
    """

    act: Act
    clauses: tuple[Clause, ...]
    amendments: tuple[Amendment, ...]
    restorations: tuple[Restoration, ...] = ()
    shipped: bool = True

    @property
    def key(self) -> EditionKey:
        """What tells this text from every other one."""
        return EditionKey(self.act.id, self.act.edition, self.act.lang)


@dataclass(frozen=True)
class Records:
    """Everything the corpus holds; what the index is built from and what the export writes.

    Everything but ``editions`` is of the newest edition of each act, the Kazakh one where it is
    held; ``editions`` has every held text, those included.
    """

    acts: tuple[Act, ...]
    clauses: tuple[Clause, ...]
    amendments: tuple[Amendment, ...]
    repeals: tuple[Repeal, ...]
    references: tuple[Reference, ...]
    restorations: tuple[Restoration, ...]
    editor_notes: tuple[EditorNote, ...]
    headnotes: tuple[Headnote, ...]
    topics: tuple[Topic, ...]
    subjects: tuple[Subject, ...]
    editions: tuple[Edition, ...] = ()
