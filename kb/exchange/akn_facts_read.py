"""Read our own facts from an Akoma Ntoso document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kb.address import ClauseAddress
from kb.errors import InputError
from kb.exchange.akn_elements import OURS
from kb.model import ActReference, Amendment, Reference, Repeal, SourceLine

_NS = {"k": OURS}


class Facts:
    """Our facts about the elements of a document, by their eIds, and about the act's changes."""

    def __init__(self, records: Any, code: str) -> None:
        self.records = records
        self.code = code
        self._by_eid = {
            str(element.get("of")).removeprefix("#"): element
            for tag in ("component", "heading", "clause")
            for element in self._all(tag)
        }
        self._acts = {_need(element, "n"): _reference(element) for element in self._all("act")}

    def source(self) -> tuple[str, str]:
        """The source file's name and sha256."""
        found = self.records.find("k:source", _NS)
        if found is None:
            raise InputError("the document does not name the source of its text")
        return _need(found, "file"), _need(found, "sha256")

    def in_force_assumed(self) -> bool:
        """Whether no text gives the day since when the act is in force."""
        found = self.records.find("k:source", _NS)
        return found is not None and found.get("in-force-assumed") == "true"

    def short(self) -> dict[str, str]:
        """The act's short name by language."""
        return {_need(element, "lang"): element.text or "" for element in self._all("short")}

    def lines(self) -> tuple[SourceLine, ...]:
        """What each line of the source is."""
        return tuple(
            SourceLine(int(_need(e, "n")), _need(e, "role"), _need(e, "of"))
            for e in self._all("line")
        )

    def component_lines(self, eid: str) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """The lines of a component's title, approval block and signatory."""
        element = self._of(eid)
        title, approval, signatory = (
            _numbers(element, f"{name}-lines") for name in ("title", "approval", "signatory")
        )
        return title, approval, signatory

    def heading_lines(self, eid: str) -> tuple[int, ...]:
        """The lines of a heading."""
        return _numbers(self._of(eid), "lines")

    def clause(self, eid: str, text: str) -> tuple[str, tuple[int, ...], str]:
        """The verbatim source of a clause with this text, its lines and its status."""
        element = self._of(eid)
        source = (element.text or "") if element.get("verbatim") else text
        return source, _numbers(element, "lines"), _need(element, "status")

    def amendments(self, notes: Mapping[str, str]) -> Iterator[Amendment]:
        """The changes, with the words of their notes by eId."""
        for element in self._all("amendment"):
            yield Amendment(
                self._address(element, "target"),
                _need(element, "action"),
                self._acts[_need(element, "by")],
                _need(element, "commencement"),
                _need(element, "stated"),
                _day(element.get("date")),
                notes[_need(element, "note").removeprefix("#")],
                _numbers(element, "lines"),
            )

    def repeals(self) -> Iterator[Repeal]:
        """The acts that this one repeals."""
        for element in self._all("repeal"):
            yield Repeal(
                self._address(element, "clause"),
                self._acts[_need(element, "act")],
                _need(element, "provision"),
                _need(element, "publication"),
                self._acts[_need(element, "by")],
                _day(element.get("date")),
            )

    def mentions(self) -> Iterator[Reference]:
        """The mentions of other acts and of components."""
        for element in self._all("mention"):
            yield Reference(
                self._address(element, "clause"),
                int(_need(element, "start")),
                int(_need(element, "end")),
                element.text or "",
                _need(element, "kind"),
                _need(element, "title"),
                element.get("code"),
            )

    def _all(self, tag: str) -> list[Any]:
        return list(self.records.findall(f"k:{tag}", _NS))

    def _of(self, eid: str) -> Any:
        found = self._by_eid.get(eid)
        if found is None:
            raise InputError(f"the document has no facts about its element {eid!r}")
        return found

    def _address(self, element: Any, name: str) -> ClauseAddress:
        return ClauseAddress.parse(f"{self.code}/{_need(element, name)}")


def _need(element: Any, name: str) -> str:
    value = element.get(name)
    if value is None:
        raise InputError(f"an element of the document has no {name!r}")
    return str(value)


def _numbers(element: Any, name: str) -> tuple[int, ...]:
    return tuple(map(int, _need(element, name).split()))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _reference(element: Any) -> ActReference:
    return ActReference(
        _need(element, "number"),
        _day(element.get("date")),
        element.get("code"),
        _need(element, "kind"),
        element.text or "",
    )
