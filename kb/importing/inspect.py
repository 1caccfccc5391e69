"""Read a file as an edition of an act, and say what is in it, without writing anything."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kb.compare.align import ADDED, GONE, SAME, align
from kb.corpus.load import records_of
from kb.corpus.notes import read_notes
from kb.corpus.outline import NoteText, Structure
from kb.corpus.parse import parse
from kb.corpus.read import RawLine, split_lines
from kb.corpus.restore import restore_lines
from kb.errors import InputError, ParseError
from kb.importing.damage import Lexicon, Suspicion, suspicions
from kb.importing.metadata import (
    Given,
    Stated,
    assumed_in_force,
    check_is_act,
    check_is_asked,
    metadata,
    stated_in,
)
from kb.importing.pairing import Pairing, counterpart, pair
from kb.importing.read_akn import is_document, read_akn
from kb.importing.read_file import source_text
from kb.importing.source import SourceText
from kb.language.noise import substance
from kb.model import Act, Clause, Edition, Records, Restoration

_KAZAKH_LETTERS = set("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
SOURCE_FILE = "source.txt"
_NUMBERED = {"article", "paragraph", "subparagraph"}


@dataclass(frozen=True)
class Request:
    """What is to be brought in: the file, and which edition of which act it is said to be."""

    file: str
    data: bytes
    act: str
    edition: date
    lang: str | None = None
    given: Given = field(default_factory=Given)


@dataclass(frozen=True)
class Changes:
    """How the clauses differ from the newest held edition in the same language, by address.

    ``changed`` have other words, ``retouched`` differ in spaces, quotes, dashes and look-alike
    letters alone; ``renumbered`` are pairs of an old and a new address.
    """

    against: str
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retouched: tuple[str, ...] = ()
    renumbered: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Inspection:
    """Everything found in a file, and the records that it would become."""

    request: Request
    source: SourceText
    records: Records
    refused: tuple[ParseError, ...]
    unread_notes: tuple[NoteText, ...]
    suspicions: tuple[Suspicion, ...]
    restorations: tuple[Restoration, ...]
    assumed: tuple[str, ...]
    changes: Changes | None
    pairing: Pairing | None

    @property
    def act(self) -> Act:
        """The act's record."""
        return self.records.acts[0]

    @property
    def proposals(self) -> tuple[Suspicion, ...]:
        """The suspicions with a proposal, which may be accepted."""
        return tuple(s for s in self.suspicions if s.after)

    def check_complete(self) -> None:
        """Raise ``InputError`` when some line was not understood: nothing is imported in part."""
        if self.refused:
            first = self.refused[0]
            more = len(self.refused) - 1
            others = f" (and {more} more; see --dry-run)" if more else ""
            raise InputError(
                f"{first}{others}; nothing was imported. Put the line right in a copy of the file, "
                "as the act prints it, and import the copy"
            )


def inspect(request: Request, held: Records, accepted: Sequence[Suspicion] = ()) -> Inspection:
    """Read the file; ``InputError`` says why it is no text of the act.

    ``accepted`` are the restorations that a person accepted, of those proposed before.
    """
    if is_document(request.data):
        return _inspect_document(request, held)
    source = source_text(request.data)
    raw = split_lines(source.text)
    lang = _language(source, request.lang)
    entries = tuple(suspicion.restoration(request.act) for suspicion in accepted)
    refused: list[ParseError] = []
    structure = parse(raw, restore_lines(raw, entries), refused)
    act = next((a for a in _held_acts(held, lang) if a.id == request.act), None)
    stated = _stated(structure, request, act, lang, source)
    meta, assumed = metadata(request.act, request.edition, lang, stated, act, request.given)
    meta |= {
        "source": SOURCE_FILE,
        "sha256": hashlib.sha256(source.text.encode("utf-8")).hexdigest(),
    }
    records = replace(records_of(structure, meta), restorations=entries)
    editions = [e for e in held.editions if e.key.act == request.act]
    found = suspicions(raw, Lexicon(_clean_texts(held, lang)))
    known = {clause.address.short for clause in structure.clauses}
    return Inspection(
        request,
        source,
        records,
        tuple(refused),
        tuple(read_notes(structure.notes, known, request.act)[1]),
        tuple(s for s in found if not _is_accepted(s, accepted)),
        entries,
        assumed,
        _changes(records.clauses, editions, lang),
        _pairing(records.clauses, editions, request, lang),
    )


def _inspect_document(request: Request, held: Records) -> Inspection:
    """Read records that were exported: nothing in them is to be parsed, restored or assumed."""
    records, source = read_akn(request.data)
    act = records.acts[0]
    check_is_asked(act, request.act, request.edition, request.lang, request.given)
    known = next((a for a in _held_acts(held, act.lang) if a.id == act.id), None)
    stated = Stated(act.kind, act.title, "", act.number, act.adopted)
    check_is_act(request.act, stated, known, act.lang, act.id)
    editions = [e for e in held.editions if e.key.act == act.id]
    changes = _changes(records.clauses, editions, act.lang)
    pairing = _pairing(records.clauses, editions, request, act.lang)
    assumed = (assumed_in_force(act.in_force),) if act.in_force_assumed else ()
    return Inspection(request, source, records, (), (), (), (), assumed, changes, pairing)


def _is_accepted(found: Suspicion, accepted: Sequence[Suspicion]) -> bool:
    return any((s.line, s.before) == (found.line, found.before) for s in accepted)


def _held_acts(held: Records, lang: str) -> list[Act]:
    """The act as each held text has it, those in the same language first, the newest before."""
    editions = sorted(held.editions, key=lambda e: e.key.edition, reverse=True)
    return [e.act for e in sorted(editions, key=lambda e: e.key.lang != lang)]


def _language(source: SourceText, wanted: str | None) -> str:
    letters = [ch for line in source.lines for ch in line if ch.isalpha()]
    kazakh = sum(ch in _KAZAKH_LETTERS for ch in letters)
    # Kazakh has one in eight of its own letters, a Russian text some in names.
    found = "kk" if letters and kazakh / len(letters) > 0.02 else "ru"
    if wanted and wanted != found and letters:
        names = {"kk": "Kazakh", "ru": "Russian"}
        raise InputError(f"the text is {names[found]}; --lang says {wanted}")
    return found


def _stated(
    structure: Structure, request: Request, act: Act | None, lang: str, source: SourceText
) -> Stated:
    if not any(clause.kind in _NUMBERED for clause in structure.clauses):
        raise InputError(
            "the file has no clause of an act: no numbered paragraph or article was found"
        )
    stated = stated_in(structure)
    check_is_act(request.act, stated, act, lang, source.code)
    return stated


def _clean_texts(held: Records, lang: str) -> list[str]:
    return [c.text for e in held.editions if e.key.lang == lang for c in e.clauses]


def _changes(clauses: Sequence[Clause], editions: Sequence[Edition], lang: str) -> Changes | None:
    newest = max((e for e in editions if e.key.lang == lang), key=lambda e: e.key, default=None)
    if newest is None:
        return None
    pairs = align(_own(newest.clauses), _own(clauses))
    both = [(p.old, p.new, p.how) for p in pairs if p.old and p.new]
    here = [(old, new) for old, new, how in both if how == SAME and old.text != new.text]
    others = [(old, new) for old, new, how in both if how != SAME]
    altered = [(o, n) for o, n in (*here, *others) if substance(o.text) != substance(n.text)]
    return Changes(
        f"{newest.key.edition}.{lang}",
        tuple(p.clause.address.short for p in pairs if p.how == ADDED),
        tuple(p.clause.address.short for p in pairs if p.how == GONE),
        tuple(new.address.short for _, new in altered),
        tuple(n.address.short for o, n in here if (o, n) not in altered),
        tuple((old.address.short, new.address.short) for old, new in others),
    )


def _own(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses without the parts, whose words their paragraphs have too."""
    return [clause for clause in clauses if clause.kind != "part"]


def _pairing(
    clauses: Sequence[Clause], editions: Sequence[Edition], request: Request, lang: str
) -> Pairing | None:
    other = counterpart(editions, request.act, lang, request.edition)
    return pair(clauses, other) if other else None


def lines_of(inspection: Inspection) -> list[RawLine]:
    """The source lines as the parser had them."""
    return split_lines(inspection.source.text)


def structure_counts(inspection: Inspection) -> list[dict[str, Any]]:
    """For each component: its name and title, and how many headings and clauses it has."""
    records = inspection.records
    return [
        {
            "name": component.name,
            "title": component.title,
            "chapters": sum(c.component == component.name for c in inspection.act.chapters),
            "clauses": sum(
                c.address.component == component.name and c.kind != "part" for c in records.clauses
            ),
        }
        for component in inspection.act.components
    ]
