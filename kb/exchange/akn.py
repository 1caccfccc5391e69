"""Write an act as Akoma Ntoso 3.0, the OASIS standard for legal documents.

One document is one act in one language as consolidated on one day; the texts that it approves are
its attachments. `docs/exchange.md` says what becomes which element.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from kb.address import ClauseAddress
from kb.errors import InputError
from kb.exchange.akn_elements import add, checked, root, serialised
from kb.exchange.akn_facts import add_facts
from kb.exchange.akn_meta import add_meta, identification, note_ids
from kb.exchange.layout import PART_TAGS, UNNUMBERED_TAG, Line, Text, Unit, texts_of
from kb.exchange.naming import code_iri, reference_iri, work_iri
from kb.model import Clause, Records, Reference

# An act without proper names for its texts.
_ANY_ACT = "any"
_NUM = {"paragraph": "{}.", "subparagraph": "{})"}


def write(records: Records) -> bytes:
    """Return one act's records as a document; ``InputError`` when it cannot hold them."""
    if len(records.acts) != 1:
        raise InputError("an Akoma Ntoso document holds one act; name it: --act CODE")
    act = records.acts[0]
    texts = texts_of(act, records.clauses)
    if not texts:
        raise InputError(f"{act.id} has no text to write")
    writer = _Writer(records, texts)
    document = root()
    main = add(document, "act", name=texts[0].component.name, contains="singleVersion")
    meta = add(main, "meta")
    add_meta(meta, records, texts)
    add_facts(meta, records, texts)
    writer.text(main, texts[0], "body")
    if texts[1:]:
        attachments = add(main, "attachments")
        for text in texts[1:]:
            attachment = add(attachments, "attachment", eId=text.eid)
            inner = add(attachment, "doc", name=text.component.name, contains="singleVersion")
            identification(add(inner, "meta"), act, text.component.name)
            writer.text(inner, text, "mainBody")
    return serialised(document)


class _Writer:
    """Writes the words of the texts, with the marks of notes and of mentions in them."""

    def __init__(self, records: Records, texts: Sequence[Text]) -> None:
        self.work = work_iri(records.acts[0])
        self.own_code = records.acts[0].id
        self.notes = _notes_by_target(records)
        self.mentions: dict[ClauseAddress, list[Reference]] = defaultdict(list)
        for mention in records.references:
            self.mentions[mention.clause].append(mention)
        self.acts = _iris(records)
        self.titles = _titles(texts, self.own_code)

    def text(self, above: Any, text: Text, body_tag: str) -> None:
        """One component: approval and title, preamble, body, signatory."""
        self._preface(above, text)
        if text.preamble:
            self._preamble(above, text.preamble)
        eid = f"{text.eid}__body" if text.eid else "body"
        body = add(above, body_tag, eId=eid)
        for unit in text.units:
            self._unit(body, unit)
        if not text.units:
            # The schema wants something in a body; this text has a title alone.
            add(body, "hcontainer", eId=f"{eid}__hcontainer_1", name="empty")
        if text.component.signatory:
            conclusions = add(above, "conclusions")
            for line in text.component.signatory:
                add(conclusions, "p", line)

    def _preface(self, above: Any, text: Text) -> None:
        part = text.component
        preface = add(above, "preface")
        if part.approval:
            formula = add(preface, "formula", name="approval")
            for line in part.approval:
                add(formula, "p", line)
        title = add(add(preface, "longTitle"), "p")
        add(title, "docTitle", part.title)
        self._mark_notes(title, (part.name, ()))

    def _preamble(self, above: Any, unit: Unit) -> None:
        preamble = add(above, "preamble", eId=unit.eid)
        # The schema wants something in a preamble, be it an empty line.
        self._lines(preamble, unit, unit.lines or (Line(0, ""),) * (not unit.children))
        for part in unit.children:
            self._lines(add(preamble, "container", eId=part.eid, name="part"), part, part.lines)

    def _unit(self, above: Any, unit: Unit) -> None:
        of = unit.of
        gone = isinstance(of, Clause) and of.status != "in-force"
        status = "removed" if gone else None
        # The schema wants a name for a container that has no meaning of its own.
        name = "text" if unit.tag == UNNUMBERED_TAG else None
        element = add(above, unit.tag, eId=unit.eid, status=status, name=name)
        words = None
        if unit.number:
            words = add(element, "num", _NUM.get(unit.tag, "{}").format(unit.number))
        if unit.heading:
            words = add(element, "heading")
            self._words(words, unit, unit.heading)
        if unit.lines:
            block = add(element, "intro" if unit.children else "content")
            self._lines(block, unit, unit.lines)
            words = block[-1]
        self._mark_notes(words, _key(unit))
        for child in unit.children:
            self._unit(element, child)

    def _lines(self, above: Any, unit: Unit, lines: Sequence[Line]) -> None:
        for index, line in enumerate(lines):
            # After a part's own words stand those that it puts into another act.
            quoted = index > 0 and unit.tag in PART_TAGS
            self._words(add(above, "p", class_="quoted" if quoted else None), unit, line)

    def _words(self, element: Any, unit: Unit, line: Line) -> None:
        """Write a line, with each mention of an act or a text as a reference to it."""
        done, last = 0, None
        for mention in self.mentions.get(unit.text_of, ()) if unit.text_of else ():
            start, end = mention.start - line.start, mention.end - line.start
            href = self._target(mention)
            if href is None or start < done or end > len(line.text) or start >= end:
                continue
            _append(element, last, line.text[done:start])
            last = add(element, "ref", line.text[start:end], href=href)
            done = end
        _append(element, last, line.text[done:])

    def _target(self, mention: Reference) -> str | None:
        if mention.act_id == self.own_code:
            return self.work
        if mention.act_id:
            return self.acts.get(mention.act_id) or code_iri(mention.act_id)
        return self.titles.get(mention.title)

    def _mark_notes(self, element: Any, key: tuple[str, tuple[str, ...]]) -> None:
        if element is None:
            return
        for eid in self.notes.get(key, ()):
            add(element, "noteRef", href=f"#{eid}", marker=eid.rpartition("_")[2])


def _append(element: Any, last: Any, text: str) -> None:
    """Add text to an element, after its last child if it has one."""
    if last is None:
        element.text = (element.text or "") + checked(text)
    else:
        last.tail = (last.tail or "") + checked(text)


def _key(unit: Unit) -> tuple[str, tuple[str, ...]]:
    of = unit.of
    if isinstance(of, Clause):
        return of.address.component, of.address.path
    return of.component, (f"{of.kind}-{of.number}",)


def _notes_by_target(records: Records) -> Mapping[tuple[str, tuple[str, ...]], list[str]]:
    ids = note_ids(records.amendments)
    marks: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for change in records.amendments:
        eid = ids[change.note, change.source_lines]
        target = marks[change.target.component, change.target.path]
        if eid not in target:
            target.append(eid)
    return marks


def _iris(records: Records) -> dict[str, str]:
    """The IRIs of the acts whose day and number the records know, by code."""
    acts = [a.by for a in records.amendments] + [r.act for r in records.repeals]
    return {act.id: iri for act in acts if act.id and (iri := reference_iri(act))}


def _titles(texts: Sequence[Text], act: str) -> dict[str, str]:
    """Where the act's own texts stand in the document, by the names that clauses call them.

    A text has a proper name in some acts, and in each a plain one: "Ереже".
    """
    found = {}
    for text in texts:
        name = text.component.name
        href = f"#{text.eid or 'body'}"
        for lang in ("kk", "ru"):
            found[ClauseAddress(name, act=act).cite(lang)] = href
            found[ClauseAddress(name, act=_ANY_ACT).cite(lang)] = href
    return found
