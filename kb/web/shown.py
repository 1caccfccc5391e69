"""An act as a page shows it: the clauses chosen, with the words looked for marked in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kb.address import ClauseAddress
from kb.answer.quote import Official
from kb.model import Amendment, Headnote
from kb.note.passage import MARKS
from kb.web.finding import Finder
from kb.web.narrowing import Choice, headnote_of
from kb.web.reading import ComponentText, Section, Unit


@dataclass(frozen=True)
class ShownNote:
    """A note of the text on its amendments, with marks."""

    amendment: Amendment
    text: Markup


@dataclass(frozen=True)
class Shown:
    """A unit to show.

    ``opens`` says that it stands only to open what is chosen under it; ``omitted`` is the number of
    clauses left out under it; ``marks`` of the words looked for stand in its own lines,
    translation and notes. Where the ``official`` text is held, that is the translation.
    """

    unit: Unit
    heading: Markup
    lines: tuple[Markup, ...]
    translation: tuple[Markup, ...]
    under: tuple[Shown, ...]
    notes: tuple[ShownNote, ...]
    opens: bool
    omitted: int
    marks: int
    official: Official | None = None

    def walk(self) -> Iterator[Shown]:
        """Yield the unit itself and every one under it."""
        yield self
        for inner in self.under:
            yield from inner.walk()


@dataclass(frozen=True)
class ShownSection:
    """A chapter with its units."""

    section: Section
    units: tuple[Shown, ...]


@dataclass(frozen=True)
class ShownComponent:
    """A component with what of it is shown."""

    text: ComponentText
    sections: tuple[ShownSection, ...]
    notes: tuple[ShownNote, ...]


@dataclass(frozen=True)
class ShownAct:
    """All that is shown; ``clauses`` counts the chosen ones, ``found`` are those with marks."""

    components: tuple[ShownComponent, ...]
    clauses: int
    marks: int
    found: tuple[Shown, ...]

    def next_to(self, address: ClauseAddress) -> tuple[Shown | None, Shown | None]:
        """The clauses with marks before and after the one at an address."""
        at = [shown.unit.clause.address for shown in self.found].index(address)
        before = self.found[at - 1] if at else None
        return before, self.found[at + 1] if at + 1 < len(self.found) else None


class Showing:
    """Shows an act with a translation (or none) beside it, narrowed and searched."""

    def __init__(self, beside: str, choice: Choice, finder: Finder) -> None:
        """Remember how to show; ``beside`` is a language, or empty."""
        self._beside = beside
        self._choice = choice
        self._finder = finder

    def act(self, components: Iterable[ComponentText]) -> ShownAct:
        """Show the components that have anything chosen in them."""
        shown = tuple(filter(None, map(self._component, components)))
        units = [u for part in shown for s in part.sections for top in s.units for u in top.walk()]
        chosen = sum(1 for unit in units if unit.unit.lines and not unit.opens)
        found = tuple(unit for unit in units if unit.marks)
        return ShownAct(shown, chosen, self._finder.marks, found)

    def _component(self, part: ComponentText) -> ShownComponent | None:
        notes = () if self._choice else self._notes(part.notes, part.lang)
        shown = [ShownSection(s, self._units(s.units, None)) for s in part.sections]
        kept = {u.unit.clause.address for section in shown for u in section.units}
        sections = tuple(s for s in shown if s.units or _opens(s.section, kept))
        return ShownComponent(part, sections, notes) if sections or not self._choice else None

    def _units(self, units: Sequence[Unit], above: Headnote | None) -> tuple[Shown, ...]:
        return tuple(filter(None, (self._unit(unit, above) for unit in units)))

    def _unit(self, unit: Unit, above: Headnote | None) -> Shown | None:
        note = headnote_of(unit, above)
        if not self._chosen_within(unit, above):
            return None
        opens = not self._choice.admits(note)
        before = self._finder.marks
        written = unit.citation.act.lang
        heading, *lines = self._finder.mark((unit.clause.heading, *unit.lines), written)
        translation = self._finder.mark(self._translation(unit), self._beside or written)
        marks = self._finder.marks - before
        under = self._units(unit.under, note)
        inside = self._finder.marks
        notes = () if self._choice else self._notes(unit.notes, written)
        return Shown(
            unit=unit,
            heading=heading,
            lines=tuple(lines),
            translation=translation,
            under=under,
            notes=notes,
            opens=opens and bool(unit.lines),
            omitted=len(unit.under) - len(under),
            marks=marks + self._finder.marks - inside,
            official=self._official(unit),
        )

    def _chosen_within(self, unit: Unit, above: Headnote | None) -> bool:
        note = headnote_of(unit, above)
        own = bool(unit.lines) and self._choice.admits(note)
        return not self._choice or own or any(self._chosen_within(u, note) for u in unit.under)

    def _translation(self, unit: Unit) -> tuple[str, ...]:
        if official := self._official(unit):
            return tuple(official.text.split("\n"))
        note = unit.citation.headnote
        if not (self._beside and unit.lines and note):
            return ()
        return without_mark(note.translation.get(self._beside, ""), unit)

    def _official(self, unit: Unit) -> Official | None:
        return unit.citation.official.get(self._beside) if unit.lines else None

    def _notes(self, notes: Iterable[Amendment], lang: str) -> tuple[ShownNote, ...]:
        return tuple(ShownNote(note, self._finder.mark((note.note,), lang)[0]) for note in notes)


def _opens(section: Section, kept: Collection[ClauseAddress]) -> bool:
    """Whether a heading without clauses of its own has shown ones under inner headings."""
    return section.chapter is not None and any(a in kept for a in section.chapter.clauses)


def without_mark(translation: str, unit: Unit) -> tuple[str, ...]:
    """The lines of a translation without the number that stands before the clause anyway."""
    clause = unit.clause
    # The first part carries the number of its paragraph, where it has one at all.
    number = clause.parent.path[-1] if clause.kind == "part" and clause.parent else clause.number
    kind = "paragraph" if clause.kind == "part" else clause.kind
    mark = MARKS.get(kind, "").format(number)
    return tuple(
        line.removeprefix(mark).strip() if mark and not place else line.strip()
        for place, line in enumerate(translation.split("\n"))
        if line.strip()
    )
