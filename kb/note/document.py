"""A note as it is printed: the same headings, quotes and footnotes for every format.

Every quote in it is taken from the corpus; of a saved quote, only its place and its choices are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kb.address import ClauseAddress
from kb.answer.phrases import say
from kb.answer.quote import Citation, Library
from kb.errors import NoteError
from kb.note.check import Checked, Status, check
from kb.note.note import Note, OwnWords, Quote
from kb.note.passage import Line, passage, translated
from kb.note.wording import day_in_words, words

# Stands for the items of a list that a quote leaves out; it is ours, not the law's.
OMISSION = "[…]"


@dataclass(frozen=True)
class Words:
    """The author's own words, a paragraph a line."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Footnote:
    """Where a quote stands, in which edition, and when it was looked up."""

    number: int
    text: str


@dataclass(frozen=True)
class Quoted:
    """A quote: the citation above it, the law's lines, and what is ours under them.

    ``remarks`` are the editor's notes on words that are probably wrong.
    """

    heading: str
    law: tuple[Line, ...]
    translation: tuple[Line, ...]
    remarks: tuple[str, ...]
    footnote: Footnote


@dataclass(frozen=True)
class Document:
    """What every format prints.

    ``lang`` is the language of all but the law's lines, which are ``law_lang``; ``made`` is the day
    of the export.
    """

    title: str
    lang: str
    law_lang: str
    made: date
    blocks: tuple[Words | Quoted, ...]
    translation_label: str
    remarks_label: str
    closing: str

    @property
    def quotes(self) -> tuple[Quoted, ...]:
        """The quotes alone."""
        return tuple(block for block in self.blocks if isinstance(block, Quoted))

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """The footnotes in their order."""
        return tuple(block.footnote for block in self.quotes)


def compose(note: Note, library: Library, made: date) -> Document:
    """Make the document of a note.

    Raises ``NoteError`` when there is nothing in it, and when a quote is not word for word what the
    corpus has: such a quote is never printed as the law's words.
    """
    blocks = tuple(_blocks(note, library, made))
    if not blocks:
        raise NoteError("empty", "the note is empty; add a clause or your own words")
    quotes = [block for block in blocks if isinstance(block, Quoted)]
    closing = words("closing", note.language) if quotes else ""
    if any(block.translation for block in quotes):
        closing += " " + words("closing_translations", note.language)
    return Document(
        note.title or words("title", note.language),
        note.language,
        "kk",
        made,
        blocks,
        say("translation", note.language),
        say("editor_note", note.language),
        closing,
    )


def _blocks(note: Note, library: Library, made: date) -> Iterator[Words | Quoted]:
    number = 0
    for checked in check(note, library):
        item = checked.item
        if isinstance(item, OwnWords):
            lines = tuple(line.strip() for line in item.text.split("\n") if line.strip())
            if lines:
                yield Words(lines)
        else:
            number += 1
            yield _quoted(item, _verified(checked, number), library, note.language, made, number)


def _verified(checked: Checked, number: int) -> Citation:
    if checked.status is not Status.SAME or checked.citation is None:
        raise NoteError(
            "unverified",
            f"quote {number} is not the text held here; take the present text, or remove it",
        )
    return checked.citation


def _quoted(
    quote: Quote, citation: Citation, library: Library, lang: str, made: date, number: int
) -> Quoted:
    clause = citation.clause
    law = passage(library, clause, quote.opening)
    beside = quote.translation and lang != citation.act.lang
    label = citation.full_label(lang)
    text = words(
        "footnote",
        lang,
        label=label[:1].upper() + label[1:],
        edition=day_in_words(citation.act.edition, lang),
        address=ClauseAddress(
            clause.address.component, clause.address.path, clause.address.act, citation.act.edition
        ),
        made=day_in_words(made, lang),
    )
    if clause.status != "in-force":
        text += " " + words(f"status_{clause.status}", lang)
    heading = citation.label(lang)
    return Quoted(
        heading[:1].upper() + heading[1:],
        law,
        translated(library, clause, lang, quote.opening) if beside else (),
        tuple(_remarks(library, law, lang)) if quote.remarks else (),
        Footnote(number, text),
    )


def _remarks(library: Library, law: tuple[Line, ...], lang: str) -> Iterator[str]:
    """The editor's notes on the words quoted, each once."""
    seen: dict[str, None] = {}
    for address in dict.fromkeys(line.address for line in law):
        for note in library.cite(library.get(address)).notes:
            seen.setdefault(f"«{note.word}» – {note.text[lang]}")
    yield from seen
