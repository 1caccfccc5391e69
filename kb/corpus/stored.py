"""The records of an edition that came as records, not as a text: written, checked, read back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from kb.address import LANGUAGES
from kb.corpus.read import verify_checksum
from kb.errors import CorpusError
from kb.language.letters import same_letters
from kb.model import Act, Clause, Edition, Records

RECORDS_FILE = "records.json"
_LANGUAGES = ("kk", "ru")  # of the texts of acts
_KINDS = {"preamble", "article", "paragraph", "subparagraph", "part", "text"}
_STATUSES = {"in-force", "excluded", "repealed"}
_ACTIONS = {"amended", "restated", "supplemented", "excluded", "repealed", "heading-restated"}
# Besides tabs and line breaks, a text has no character that cannot be seen.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
# What act.toml and the record of the act both say.
_SAID_TWICE = ("id", "lang", "kind", "number", "adopted", "in_force", "edition", "short",
               "in_force_assumed")  # fmt: skip


def stored(records: Records) -> bytes:
    """The records of one text, without what is found anew or added by editors."""
    emptied = dict.fromkeys(("references", "restorations", "editor_notes", "editions"), ())
    return msgspec.json.encode(replace(records, **emptied))


def load_stored(folder: Path, meta: dict[str, Any]) -> Records:
    """Read the records of an edition's folder; ``CorpusError`` when they do not hold together."""
    path = folder / RECORDS_FILE
    verify_checksum(path, meta["sha256"])
    try:
        records = msgspec.json.decode(path.read_bytes(), type=Records)
    except (OSError, msgspec.MsgspecError) as error:
        raise CorpusError(f"{path} cannot be read: {error}") from None
    check_records(records)
    [act] = records.acts
    if differing := [name for name in _SAID_TWICE if getattr(act, name) != meta.get(name, False)]:
        raise CorpusError(f"act.toml and {RECORDS_FILE} differ in {', '.join(differing)}")
    edition = Edition(act, records.clauses, records.amendments, (), shipped=False)
    return replace(records, editions=(edition,))


def check_records(records: Records) -> None:
    """Raise ``CorpusError`` where records that others may have touched do not hold together."""
    if len(records.acts) != 1:
        raise CorpusError("the records are not those of one act")
    [act] = records.acts
    addresses = [clause.address for clause in records.clauses]
    if not addresses or len(set(addresses)) != len(addresses):
        raise CorpusError("the records have no clause, or two clauses at one address")
    for fault in (
        *_act_faults(act),
        *_clause_faults(act, records.clauses),
        *_amendment_faults(act, records),
    ):
        raise CorpusError(fault)


def _act_faults(act: Act) -> Iterator[str]:
    # The language is part of a folder's name.
    if act.lang not in _LANGUAGES:
        yield f"the language {act.lang!r} is none of {', '.join(_LANGUAGES)}"
    if any(not act.short.get(lang) for lang in LANGUAGES) or set(act.short) - set(LANGUAGES):
        yield f"the act must have a short name in each of {', '.join(LANGUAGES)}, and in no other"
    said = (act.id, act.kind, act.number, act.title, act.source_file, *act.short.values())
    if not (act.kind and act.number) or any(map(_UNSEEN.search, said)):
        yield "the act has no kind or number, or characters in its name that cannot be seen"
    if act.edition < act.adopted:
        yield f"the edition {act.edition} is earlier than the act's adoption, {act.adopted}"


def _clause_faults(act: Act, clauses: Sequence[Clause]) -> Iterator[str]:
    components = {component.name for component in act.components}
    known = {clause.address for clause in clauses}
    for clause in clauses:
        where = clause.address.short
        if clause.address.act != act.id or clause.address.component not in components:
            yield f"the clause {clause.address} is in no text of {act.id}"
        if clause.parent is not None and clause.parent not in known:
            yield f"{where} stands in {clause.parent.short}, which is not there"
        if clause.kind not in _KINDS or clause.status not in _STATUSES:
            yield f"{where} is of the kind {clause.kind!r} with the status {clause.status!r}"
        if not clause.text.strip() or _UNSEEN.search(clause.text):
            yield f"{where} has no text, or characters in it that cannot be seen"
        if not same_letters(clause.text, clause.source_text):
            yield f"the reading text of {where} is not the text of its source"


def _amendment_faults(act: Act, records: Records) -> Iterator[str]:
    for change in records.amendments:
        if change.target.act != act.id or change.action not in _ACTIONS:
            yield f"an amendment of {change.target} has the action {change.action!r}"
