"""An act as Markdown: the law's words with anchors, citations and notes; ours are marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Generator, Iterator

from kb.address import ClauseAddress
from kb.exchange.layout import PART_TAGS, Text, Unit, texts_of
from kb.exchange.wording import say
from kb.model import Act, Amendment, Chapter, Clause, EditorNote, Records

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
# At the beginning of a line these make a list, a quotation or a heading of it.
_OPENING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def write(records: Records) -> str:
    """Return one act's text; what is said beside it is in the language of the text."""
    return _Page(records).page()


def anchor(address: ClauseAddress) -> str:
    """The id of a clause in the page: ``code.6.8``. A hyphen belongs to a number: ``law.5-1``."""
    return address.short.replace("/", ".")


class _Page:
    """Writes one act, block by block."""

    def __init__(self, records: Records) -> None:
        self.act = records.acts[0]
        self.lang = self.act.lang if self.act.lang in {"kk", "ru"} else "en"
        self.texts = texts_of(self.act, records.clauses)
        self.notes: dict[tuple[str, tuple[str, ...]], list[Amendment]] = defaultdict(list)
        for change in records.amendments:
            self.notes[change.target.component, change.target.path].append(change)
        self.conjectures: dict[ClauseAddress, list[EditorNote]] = defaultdict(list)
        for note in records.editor_notes:
            self.conjectures[note.address].append(note)

    def page(self) -> str:
        """The whole page."""
        blocks = [*self._head(self.act)]
        for text in self.texts:
            blocks += self._text(text)
        return "\n\n".join(blocks) + "\n"

    def _head(self, act: Act) -> Iterator[str]:
        yield f"# {escaped(act.title or act.id)}"
        edition = say("edition", self.lang, edition=act.edition.isoformat())
        short = act.short.get(self.lang) or act.id
        yield f"> **Adep:** {escaped(short)}. {edition}. {say('unofficial', self.lang)}"

    def _text(self, text: Text) -> Iterator[str]:
        part = text.component
        here = ClauseAddress(part.name, act=self.act.id)
        if part.approval:
            yield "  \n".join(map(escaped, part.approval))
        if text.eid:
            yield f'## <a id="{anchor(here)}"></a>{escaped(part.title or here.cite(self.lang))}'
        yield from self._notes((part.name, ()))
        for unit in (text.preamble, *text.units):
            if unit:
                yield from self._unit(unit, 3)
        if part.signatory:
            yield "  \n".join(map(escaped, part.signatory))

    def _unit(self, unit: Unit, level: int, before: str = "") -> Iterator[str]:
        """Write a unit; ``before`` is what stands before its first words."""
        of = unit.of
        if isinstance(of, Chapter):
            yield from self._heading(of, level)
        elif of.kind == "part":
            yield from self._words(unit, f"{before}{_mark(of)}")
        else:
            before = yield from self._clause(unit, of, level)
        for child in unit.children:
            yield from self._unit(child, min(level + 1, 6), before)
            before = ""
        if isinstance(of, Clause):
            yield from self._beside(of)

    def _heading(self, chapter: Chapter, level: int) -> Iterator[str]:
        heading = say(chapter.kind, self.lang, number=chapter.number, heading=chapter.heading)
        own = f"{chapter.component}.{chapter.kind}-{chapter.number}"
        yield f'{"#" * level} <a id="{own}"></a>{escaped(heading.rstrip(" ."))}'
        yield from self._notes((chapter.component, (f"chapter-{chapter.number}",)))

    def _clause(self, unit: Unit, clause: Clause, level: int) -> Generator[str, None, str]:
        """Write a clause's own words; return the number where its first part is to carry it."""
        before = _mark(clause) + _printed(clause)
        if clause.kind == "article":
            title = say("article", self.lang, number=clause.number, heading=clause.heading)
            yield f"{'#' * level} {before}{escaped(title.rstrip(' .'))}"
            before = ""
        if not unit.lines and unit.children and unit.children[0].tag in PART_TAGS:
            return before
        yield from self._words(unit, before)
        return ""

    def _words(self, unit: Unit, before: str) -> Iterator[str]:
        lines = [escaped(line.text) for line in unit.lines] or [""]
        lines[0] = (before + lines[0]).rstrip()
        yield from filter(None, lines)

    def _beside(self, clause: Clause) -> Iterator[str]:
        """What stands beside a clause: its citation, the notes on it, and our conjectures."""
        if clause.kind != "part":
            citation = clause.address.cite(self.lang)
            yield f"<sub>[{citation}](#{anchor(clause.address)})</sub>"
        # The words of an annex without numbers share its address; the notes stand at its head.
        if clause.address.path:
            yield from self._notes((clause.address.component, clause.address.path))
        for note in self.conjectures.get(clause.address, ()):
            said = say("conjecture", self.lang, word=note.word, meant=note.meant)
            yield f"> {escaped(said)}"

    def _notes(self, key: tuple[str, tuple[str, ...]]) -> Iterator[str]:
        for note in dict.fromkeys(change.note for change in self.notes.get(key, ())):
            yield f"*{escaped(note)}*"


def _mark(clause: Clause) -> str:
    return f'<a id="{anchor(clause.address)}"></a>' if clause.address.path else ""


def _printed(clause: Clause) -> str:
    """The number as the act prints it, set so that Markdown makes no list of it."""
    if clause.kind == "paragraph":
        return f"**{clause.number}\\.** "
    return f"**{clause.number})** " if clause.kind == "subparagraph" else ""


def escaped(text: str) -> str:
    """Take from the text's characters the meaning that Markdown gives them."""
    flat = _SPECIAL.sub(r"\\\1", " ".join(text.split("\n")))
    return _OPENING.sub(_escape_opening, flat)


def _escape_opening(match: re.Match[str]) -> str:
    space, mark = match.groups()
    return f"{space}\\{mark}" if not mark.isdigit() else f"{space}{mark}\\"
