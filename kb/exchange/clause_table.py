"""Every clause as a line of CSV (RFC 4180), for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from kb.address import LANGUAGES
from kb.corpus.history import touches
from kb.model import Act, Amendment, Clause, Records

COLUMNS = (
    "id",
    "act",
    "edition",
    "lang",
    "component",
    "chapter",
    "kind",
    "number",
    "parent",
    "status",
    "heading",
    "text",
    "source_text",
    "source_lines",
    "citation_kk",
    "citation_ru",
    "citation_en",
    "amended_by",
)
# Excel reads a file without the mark as the system's old code page, and shows Kazakh as rubbish.
_MARK = "\ufeff"
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(texts: Iterable[Records]) -> bytes:
    """Return the clauses of the texts as UTF-8 with a byte-order mark, one line a clause."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for text in texts:
        for clause in text.clauses:
            writer.writerow(map(_harmless, _row(text.acts[0], clause, text.amendments)))
    return (_MARK + buffer.getvalue()).encode("utf-8")


def _row(act: Act, clause: Clause, amendments: Iterable[Amendment]) -> Iterator[str]:
    address = clause.address
    yield from (str(address), act.id, act.edition.isoformat(), act.lang, address.component)
    yield from (clause.chapter or "", clause.kind, clause.number)
    yield from (str(clause.parent) if clause.parent else "", clause.status, clause.heading)
    yield from (clause.text, clause.source_text, " ".join(map(str, clause.source_lines)))
    yield from (address.cite(lang) for lang in LANGUAGES)
    yield "; ".join(_touch(t.amendment) for t in touches(address, amendments, act) if t.certain)


def _touch(amendment: Amendment) -> str:
    day = amendment.by.date.isoformat() if amendment.by.date else ""
    return f"{amendment.action} {amendment.by.id or amendment.by.number} {day}".strip()


def _harmless(cell: str) -> str:
    """Set an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
