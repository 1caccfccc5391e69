"""Read a text that `kb export --format akn` wrote: its records as they were."""

from __future__ import annotations

from kb.corpus.stored import check_records
from kb.errors import CorpusError, InputError
from kb.importing.source import SourceText, checked_lines
from kb.model import Records

# The format of a file that holds records, not lines to be parsed.
DOCUMENT = "akn"
_ROOT = b"<akomantoso"


def is_document(data: bytes) -> bool:
    """Whether a file is an Akoma Ntoso document, of ours or of others."""
    start = data[:4096].replace(b"\x00", b"").lower()
    return _ROOT in start or b":akomantoso" in start


def read_akn(data: bytes) -> tuple[Records, SourceText]:
    """The records of the document; ``InputError`` where it is damaged or of another publisher."""
    from kb.exchange.akn_read import read  # lxml and the elements are needed here alone

    records = read(data)
    try:
        check_records(records)
    except CorpusError as error:
        raise InputError(f"the Akoma Ntoso document does not hold together: {error}") from None
    clauses = [clause for clause in records.clauses if clause.kind != "part"]
    lines = checked_lines(line for clause in clauses for line in clause.text.split("\n"))
    remarks = ("the document does not say which letters were restored",)
    restored = any(clause.text != clause.source_text for clause in clauses)
    return records, SourceText(lines, DOCUMENT, (), remarks if restored else ())
