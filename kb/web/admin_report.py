"""What was found in a file, as the page shows it before anything is written."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kb.address import ClauseAddress
from kb.errors import AddressError, ParseError
from kb.importing.bring_in import Standing
from kb.importing.damage import REASONS, Suspicion
from kb.importing.inspect import Inspection, structure_counts
from kb.importing.report import report_json
from kb.web.languages import current_language, gettext

# Lists longer than this are folded.
_OPEN = 20
_MOST_PLACES = 3
_AROUND = 60
_WHY = re.compile(r"line [0-9]+: (.*?): ['\"]", re.DOTALL)
_CHANGES = ("added", "changed", "gone", "renumbered", "retouched")
_PAIRING = ("only_here", "only_there", "differing")
# The command's options, by the fields of the form that they are.
_OPTIONS = {
    "--act": "admin.field.act",
    "--edition": "admin.field.edition",
    "--lang": "admin.field.lang",
    "--number": "admin.field.number",
    "--adopted": "admin.field.adopted",
    "--in-force": "admin.field.in_force",
    "--replace": "admin.replace",
}


@dataclass(frozen=True)
class Look:
    """A file that was looked at: as it is, and with the restorations that are ticked.

    ``damaged`` are the imported editions that cannot be read, in English.
    """

    plain: Inspection
    found: Inspection
    standing: Standing
    ticked: frozenset[str]
    damaged: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """What the report says, but for the damaged words: the same one, the same report."""
        report = report_json(self.found)
        said = {name: report[name] for name in report if name not in {"suspected", "restored"}}
        text = json.dumps([said, self.standing.value], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def knows_all_ticked(self) -> bool:
        """Whether each restoration that is ticked is still proposed."""
        return self.ticked <= {key_of(proposal) for proposal in self.plain.proposals}


def key_of(suspicion: Suspicion) -> str:
    """What a pair of words is ticked by; it stands for every line that has the pair."""
    words = f"{suspicion.before}\0{suspicion.after}"
    return hashlib.sha256(words.encode()).hexdigest()[:20]


def ticked_of(proposals: Iterable[Suspicion], ticked: Collection[str]) -> list[Suspicion]:
    """The proposals that are ticked."""
    return [proposal for proposal in proposals if key_of(proposal) in ticked]


@dataclass(frozen=True)
class Place:
    """A line with a damaged word: its number, and the text before, of and after the word."""

    line: int
    before: str
    word: str
    after: str


@dataclass(frozen=True)
class Damage:
    """A pair of words, the reason by its key, and the first lines that have them.

    ``meant`` is empty where nothing is proposed.
    """

    key: str
    word: str
    meant: str
    reason: str
    places: tuple[Place, ...]
    more: int
    ticked: bool


@dataclass(frozen=True)
class Listed:
    """A list under the key of its heading; a long one is folded."""

    key: str
    items: tuple[str, ...]

    @property
    def folded(self) -> bool:
        """Whether it takes more room than the rest of the report."""
        return len(self.items) > _OPEN


@dataclass(frozen=True)
class Line:
    """A line of the file with its number; ``why`` it was not understood, in English."""

    number: int
    text: str
    why: str = ""


@dataclass(frozen=True)
class Report:
    """The parts of the page: see ``docs/importing.md`` for what each tells."""

    structure: list[dict[str, object]]
    changes: tuple[Listed, ...]
    pairing: tuple[Listed, ...]
    unread: tuple[Line, ...]
    refused: tuple[Line, ...]
    proposed: tuple[Damage, ...]
    doubtful: tuple[Damage, ...]
    assumed: tuple[str, ...]
    remarks: tuple[str, ...]


def report_of(look: Look) -> Report:
    """Lay out what was found."""
    found, plain = look.found, look.plain
    damages = _damages(plain, look.ticked)
    return Report(
        [
            {**part, "label": cited(str(part["name"])), "title": part["title"]}
            for part in structure_counts(found)
        ],
        tuple(_lists("admin.changes", found.changes, _CHANGES)),
        tuple(_lists("admin.pairing", found.pairing, _PAIRING)),
        tuple(Line(n.source_lines[0], n.text) for n in found.unread_notes),
        tuple(_refused(found, error) for error in found.refused),
        tuple(d for d in damages if d.meant),
        tuple(d for d in damages if not d.meant),
        tuple(map(in_form_words, found.assumed)),
        found.source.remarks,
    )


def in_form_words(text: str) -> str:
    """The importer's line, in which the command's options are called as the form calls them."""
    for option, key in _OPTIONS.items():
        text = re.sub(rf"{option}(?![a-z-])", lambda _, key=key: f"“{gettext(key)}”", text)  # type: ignore[misc]
    return text


def cited(address: str) -> str:
    """A short address in the reader's words; as it is where it has none."""
    try:
        return ClauseAddress.parse(address).cite(current_language())
    except AddressError:
        return address


def _lists(group: str, of: object, names: Sequence[str]) -> Iterable[Listed]:
    for name in names:
        items = getattr(of, name, ())
        if items:
            yield Listed(f"{group}.{name}", tuple(map(_item, items)))


def _item(item: str | tuple[str, str]) -> str:
    return cited(item) if isinstance(item, str) else f"{cited(item[0])} → {cited(item[1])}"


def _refused(found: Inspection, error: ParseError) -> Line:
    why = _WHY.match(str(error))
    return Line(error.line, found.source.lines[error.line - 1], why[1] if why else str(error))


def _damages(plain: Inspection, ticked: Collection[str]) -> list[Damage]:
    by_words: dict[str, list[Suspicion]] = {}
    for suspicion in plain.suspicions:
        by_words.setdefault(key_of(suspicion), []).append(suspicion)
    return [_damage(key, same, plain, key in ticked) for key, same in by_words.items()]


def _damage(key: str, same: Sequence[Suspicion], plain: Inspection, ticked: bool) -> Damage:
    first, lines = same[0], plain.source.lines
    places = tuple(_place(lines[s.line - 1], s) for s in same[:_MOST_PLACES])
    reason = next((name for name, text in REASONS.items() if text == first.reason), "other")
    return Damage(key, first.before, first.after, reason, places, len(same) - len(places), ticked)


def _place(text: str, suspicion: Suspicion) -> Place:
    found = re.search(rf"(?<!\w){re.escape(suspicion.before)}(?!\w)", text)
    start, end = found.span() if found else (0, 0)
    before, after = text[:start], text[end:]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " …"
    return Place(suspicion.line, before, text[start:end], after)
