"""Read an Akoma Ntoso document that `kb export` wrote back into records.

The words and their order are read from the document's own hierarchy; our namespace adds the source
lines and the verbatim source. What comes from outside is not trusted: no entities, no DTD, no
network, and every fault is an ``InputError``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from lxml import etree

from kb.address import ClauseAddress
from kb.errors import AddressError, InputError
from kb.exchange.akn_elements import AKN, OURS
from kb.exchange.akn_facts_read import Facts
from kb.exchange.layout import UNNUMBERED_TAG
from kb.exchange.naming import LANGUAGES
from kb.model import Act, Chapter, Clause, Component, Records

_MAX_BYTES = 50_000_000
_NS = {"a": AKN, "k": OURS}
_HEADINGS = ("section", "chapter", "subchapter")
_NUMBERED = ("article", "paragraph", "subparagraph")
_MARKS = ".) "


def read(data: bytes) -> Records:
    """Return the records of the act in a document; ``InputError`` when it is not one of ours."""
    document = _parsed(data)
    main = document.find("a:act", _NS)
    if main is None:
        raise InputError("the document holds no act of Akoma Ntoso 3.0")
    try:
        return _Reader(main).records()
    except (AddressError, ValueError, KeyError, IndexError) as error:
        raise InputError(f"the Akoma Ntoso document cannot be read: {error}") from None


def _parsed(data: bytes) -> Any:
    if len(data) > _MAX_BYTES:
        raise InputError(f"the document is larger than {_MAX_BYTES // 1_000_000} MB")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        document = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"the document is not XML: {error.msg}") from None
    if document.getroottree().docinfo.doctype:
        raise InputError("the document declares a document type; Akoma Ntoso has none, remove it")
    return document


class _Reader:
    """Reads one act: its identification, then the texts in their order."""

    def __init__(self, main: Any) -> None:
        self.main = main
        meta = main.find("a:meta", _NS)
        proprietary = main.find("a:meta/a:proprietary/k:records", _NS)
        if meta is None or proprietary is None:
            raise InputError(
                "the document is of another publisher: it has none of Adep's facts on source lines "
                "and amendments; import the act's HTML, DOCX, PDF or plain text"
            )
        self.meta = meta
        self.code = self._value("FRBRWork/a:FRBRalias[@name='code']", "value")
        self.facts = Facts(proprietary, self.code)

    def records(self) -> Records:
        """Everything that the document says of the act."""
        texts = [_TextReader(self.main, self.code, self.facts, "a:body")]
        for attached in self.main.findall("a:attachments/a:attachment/a:doc", _NS):
            texts.append(_TextReader(attached, self.code, self.facts, "a:mainBody"))
        for text in texts:
            text.read()
        clauses = tuple(clause for text in texts for clause in text.clauses)
        act = self._act(texts)
        notes = {
            str(note.get("eId")): _words(note.find("a:p", _NS))
            for note in self.meta.findall("a:notes/a:note", _NS)
        }
        return Records(
            (act,),
            clauses,
            tuple(self.facts.amendments(notes)),
            tuple(self.facts.repeals()),
            tuple(self.facts.mentions()),
            *((),) * 5,
        )

    def _act(self, texts: Sequence[_TextReader]) -> Act:
        source_file, sha256 = self.facts.source()
        languages = {code: lang for lang, code in LANGUAGES.items()}
        language = self._value("FRBRExpression/a:FRBRlanguage", "language")
        return Act(
            id=self.code,
            kind=self._value("FRBRWork/a:FRBRsubtype", "value"),
            number=self._value("FRBRWork/a:FRBRnumber", "value"),
            adopted=self._day("FRBRWork/a:FRBRdate"),
            in_force=self._in_force(),
            edition=self._day("FRBRExpression/a:FRBRdate"),
            lang=languages.get(language, language),
            title=self._value("FRBRExpression/a:FRBRalias[@name='title']", "value"),
            short=self.facts.short(),
            source_file=source_file,
            source_sha256=sha256,
            components=tuple(text.component for text in texts),
            chapters=tuple(chapter for text in texts for chapter in text.closed_chapters()),
            lines=self.facts.lines(),
            in_force_assumed=self.facts.in_force_assumed(),
        )

    def _value(self, path: str, attribute: str) -> str:
        found = self.meta.find(f"a:identification/a:{path}", _NS)
        value = None if found is None else found.get(attribute)
        if value is None:
            raise InputError(f"the document does not say its {path.partition(':')[2]}")
        return str(value)

    def _day(self, path: str) -> date:
        return date.fromisoformat(self._value(path, "date"))

    def _in_force(self) -> date:
        event = self.meta.find("a:lifecycle/a:eventRef[@eId='eventRef_2']", _NS)
        if event is None:
            raise InputError("the document does not say since when the act is in force")
        return date.fromisoformat(event.get("date", ""))


@dataclass
class _OpenHeading:
    """A heading and the addresses of the top-level clauses met under it."""

    chapter: Chapter
    clauses: list[ClauseAddress] = field(default_factory=list)


class _TextReader:
    """Reads one of the texts: title and approval, preamble, body, signatory."""

    def __init__(self, text: Any, code: str, facts: Facts, body: str) -> None:
        found = text.find(body, _NS)
        self.name = text.get("name") or ""
        if found is None or not self.name:
            raise InputError("a text of the document has no name or no body")
        self.text = text
        self.body = found
        self.facts = facts
        self.top = ClauseAddress.parse(f"{code}/{self.name}")
        self.clauses: list[Clause] = []
        self.headings: list[_OpenHeading] = []
        self.chapter: str | None = None

    @property
    def component(self) -> Component:
        """The component's title, approval block and signatory."""
        title, approval, signatory = self.facts.component_lines(self._eid())
        return Component(
            self.name,
            _words(self.text.find("a:preface/a:longTitle/a:p/a:docTitle", _NS)),
            title,
            tuple(map(_words, self.text.findall("a:preface/a:formula/a:p", _NS))),
            approval,
            tuple(map(_words, self.text.findall("a:conclusions/a:p", _NS))),
            signatory,
        )

    def closed_chapters(self) -> Iterator[Chapter]:
        """The headings, each with the top-level clauses under it."""
        for heading in self.headings:
            yield replace(heading.chapter, clauses=tuple(heading.clauses))

    def read(self) -> None:
        """Read the preamble and the body."""
        preamble = self.text.find("a:preamble", _NS)
        if preamble is not None:
            self._clause(preamble, None, "preamble", ())
        self._below(self.body, None, ())

    def _eid(self) -> str:
        eid = self.body.get("eId") or ""
        return eid.removesuffix("__body")

    def _below(
        self, element: Any, holder: ClauseAddress | None, open_: tuple[_OpenHeading, ...]
    ) -> None:
        parts = 0
        for child in element.iterchildren(tag=etree.Element):
            kind = _local(child)
            if kind in _HEADINGS:
                self._heading(child, kind, open_)
            elif kind in _NUMBERED:
                self._clause(child, holder, kind, open_)
            elif kind == UNNUMBERED_TAG and child.get("name") == "text":
                self._clause(child, holder, "text", open_)
            elif kind == "alinea" and holder:
                parts += 1
                self._below(child, _part_address(holder, parts), open_)

    def _heading(self, element: Any, kind: str, open_: tuple[_OpenHeading, ...]) -> None:
        number = _number(element)
        lines = self.facts.heading_lines(_id(element))
        heading = _OpenHeading(
            Chapter(self.name, number, _words(element.find("a:heading", _NS)), lines, (), kind)
        )
        self.headings.append(heading)
        if kind == "chapter":
            self.chapter = number
        self._below(element, None, (*open_, heading))

    def _clause(
        self,
        element: Any,
        holder: ClauseAddress | None,
        kind: str,
        open_: tuple[_OpenHeading, ...],
    ) -> None:
        number = "" if kind in {"preamble", "text"} else _number(element)
        above = holder or self.top
        own = () if kind == "text" else (number or "preamble",)
        address = ClauseAddress.parse(str(replace(above, path=(*above.path, *own))))
        heading = element.find("a:heading", _NS)
        clause = self._record(element, address, kind, number, holder, _lines_of(element))
        self.clauses.append(replace(clause, heading=_words(heading)))
        if holder is None:
            for opened in open_:
                opened.clauses.append(address)
        for index, part in enumerate(_parts_of(element), 1):
            where = _part_address(address, index)
            words = _own_words(part)[:1]
            self.clauses.append(self._record(part, where, "part", str(index), address, words))
        self._below(element, address, open_)

    def _record(
        self,
        element: Any,
        address: ClauseAddress,
        kind: str,
        number: str,
        parent: ClauseAddress | None,
        lines: Sequence[str],
    ) -> Clause:
        text = "\n".join(lines)
        source, source_lines, status = self.facts.clause(_id(element), text)
        return Clause(
            address, kind, number, parent, self.chapter, text, source, source_lines, "", status
        )


def _part_address(holder: ClauseAddress, index: int) -> ClauseAddress:
    return replace(holder, path=(*holder.path, f"part-{index}"))


def _local(element: Any) -> str:
    return str(etree.QName(element).localname)


def _id(element: Any) -> str:
    return str(element.get("eId") or "")


def _number(element: Any) -> str:
    num = element.find("a:num", _NS)
    return _words(num).rstrip(_MARKS)


def _words(element: Any) -> str:
    """The text of an element, with that of the references in it."""
    return "" if element is None else "".join(element.itertext())


def _lines_of(element: Any) -> list[str]:
    """The lines of a clause in their order: heading, own words, and those of its parts."""
    heading = element.find("a:heading", _NS)
    lines = [] if heading is None else [_words(heading)]
    lines += _own_words(element)
    for part in _parts_of(element):
        lines += _own_words(part)
    return lines


def _own_words(element: Any) -> list[str]:
    found = []
    for path in ("a:p", "a:intro/a:p", "a:content/a:p"):
        found += [_words(p) for p in element.findall(path, _NS)]
    return found


def _parts_of(element: Any) -> list[Any]:
    parts = element.findall("a:alinea", _NS)
    return [*parts, *element.findall("a:container[@name='part']", _NS)]
