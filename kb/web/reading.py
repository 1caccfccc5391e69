"""An act as a reader sees it: components, chapters, and clauses with what stands under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kb.address import ClauseAddress
from kb.answer.quote import Citation, Library
from kb.exchange.wording import say
from kb.model import Act, Amendment, Chapter, Clause, Component
from kb.web.links import anchor


@dataclass(frozen=True)
class Unit:
    """A clause: its own lines, then the clauses under it in the text's order.

    A paragraph that consists of parts has no lines of its own, because its parts repeat them.
    Of an excluded clause the text may have no more than the note on it, which is then ``is_note``.
    """

    citation: Citation
    lines: tuple[str, ...]
    source: tuple[tuple[int, str], ...]
    under: tuple[Unit, ...]
    notes: tuple[Amendment, ...]
    is_note: bool = False

    @property
    def clause(self) -> Clause:
        """The clause itself."""
        return self.citation.clause

    def walk(self) -> Iterator[Unit]:
        """Yield the unit itself and every one under it."""
        yield self
        for unit in self.under:
            yield from unit.walk()


@dataclass(frozen=True)
class Section:
    """A heading and the clauses under it and no inner one; without a chapter, those in none.

    ``id`` is the heading's own on the page, ``heading`` its words with its number.
    """

    chapter: Chapter | None
    address: ClauseAddress
    units: tuple[Unit, ...]
    id: str = ""
    heading: str = ""


@dataclass(frozen=True)
class ComponentText:
    """A component with its sections, the notes on it as a whole, and the language of it all."""

    component: Component
    address: ClauseAddress
    sections: tuple[Section, ...]
    notes: tuple[Amendment, ...]
    lang: str

    def walk(self) -> Iterator[Unit]:
        """Yield every unit of the component."""
        for section in self.sections:
            for unit in section.units:
                yield from unit.walk()


class ActReader:
    """Lays an act out for reading, as at a day."""

    def __init__(self, library: Library, act: Act, on: date | None = None) -> None:
        """Read ``act`` from ``library``."""
        self._library = library
        self._text = library.shelf.text_on(act.id, on) if on else library.shelf.newest(act.id)
        self.act = self._text.act
        self._on = on

    def components(self) -> tuple[ComponentText, ...]:
        """The whole act."""
        return tuple(self._component(component) for component in self.act.components)

    def unit(self, clause: Clause) -> Unit:
        """One clause and what stands under it, in the wording of the day."""
        citation = self._library.cite(clause, on=self._on)
        clause = citation.clause
        children = self._library.children(clause)
        under = sorted(children, key=lambda child: child.source_lines[:1])
        parts = [child.text for child in children if child.kind == "part"]
        lines = _without_heading(clause)
        repeated = "\n".join(parts) == "\n".join(lines)
        notes = self._notes(clause.address)
        others = tuple(note for note in notes if note.note != clause.text)
        return Unit(
            citation,
            () if repeated else lines,
            () if repeated else source_of(clause),
            tuple(map(self.unit, under)),
            others,
            is_note=len(others) < len(notes),
        )

    def _component(self, component: Component) -> ComponentText:
        address = ClauseAddress(component.name, act=self.act.id)
        sections, notes = tuple(self._sections(address)), self._notes(address)
        return ComponentText(component, address, sections, notes, self.act.lang)

    def _sections(self, component: ClauseAddress) -> Iterator[Section]:
        chapters = [c for c in self.act.chapters if c.component == component.component]
        # A section holds its chapters' articles too; each is read under its innermost heading.
        innermost = {address: chapter for chapter in chapters for address in chapter.clauses}
        loose = [c for c in self._top_level(component) if c.address not in innermost]
        if loose:
            yield Section(None, component, tuple(map(self.unit, loose)))
        plain = all(chapter.kind == "chapter" for chapter in chapters)
        for place, chapter in enumerate(chapters, start=1):
            address = replace(component, path=(f"chapter-{chapter.number}",))
            held = (a for a in chapter.clauses if innermost[a] is chapter)
            units = tuple(self.unit(self._library.get(a)) for a in held)
            # Subchapters are counted anew in each chapter, so their place tells them apart.
            own = anchor(address) if chapter.kind == "chapter" else f"{chapter.kind}-{place}"
            yield Section(chapter, address, units, own, heading_of(chapter, self.act, plain=plain))

    def _top_level(self, component: ClauseAddress) -> list[Clause]:
        return [
            clause
            for clause in self._text.clauses.values()
            if clause.parent is None and clause.address.component == component.component
        ]

    def _notes(self, address: ClauseAddress) -> tuple[Amendment, ...]:
        target = replace(address, edition=None)
        found = (a for a in self._text.edition.amendments if a.target == target)
        # One note may tell of several amendments; it stands in the text once.
        return tuple({(a.note, a.source_lines): a for a in found}.values())


def heading_of(chapter: Chapter, act: Act, *, plain: bool) -> str:
    """The words of a heading with its number, and with its kind unless all are chapters."""
    if plain:
        return f"{chapter.number}. {chapter.heading}"
    values = {"number": chapter.number, "heading": chapter.heading}
    return say(chapter.kind, act.lang, **values)


def _without_heading(clause: Clause) -> tuple[str, ...]:
    """The lines of a clause; the heading of an article stands apart from them."""
    lines = tuple(clause.text.split("\n"))
    return lines[1:] if clause.heading and lines[0] == clause.heading else lines


@lru_cache(maxsize=16)
def laid_out(library: Library, act_id: str, on: date | None) -> tuple[ComponentText, ...]:
    """An act as at a day; the same for every reader, so the last ones are kept."""
    return ActReader(library, library.acts[act_id], on).components()


def source_of(clause: Clause) -> tuple[tuple[int, str], ...]:
    """The source's own lines of a clause, with their numbers."""
    return tuple(zip(clause.source_lines, clause.source_text.split("\n"), strict=False))


def chapter_of(act: Act, clause: Clause) -> Chapter | None:
    """The chapter that a clause stands in."""
    for chapter in act.chapters:
        own = (clause.address.component, clause.chapter, "chapter")
        if (chapter.component, chapter.number, chapter.kind) == own:
            return chapter
    return None


def neighbours(library: Library, clause: Clause) -> tuple[Clause | None, Clause | None]:
    """The clauses before and after this one on its level; at an end, the paragraph's own."""
    level = _level(library, clause)
    place = level.index(clause)
    above = library.find(clause.parent) if clause.parent else None
    before = level[place - 1] if place else above
    if place + 1 < len(level):
        return before, level[place + 1]
    return before, neighbours(library, above)[1] if above else None


def _level(library: Library, clause: Clause) -> list[Clause]:
    return [
        other
        for other in library.text_of(clause).clauses.values()
        if other.parent == clause.parent and (clause.parent is None or other.kind == clause.kind)
    ]
