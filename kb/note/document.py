"""A note as it is printed: the same headings, quotes and footnotes for every format.

Every quote in it is taken from the corpus; of a saved quote, only its place and its choices are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kb.answer.phrases import say
from kb.answer.quote import Citation, Library
from kb.errors import NoteError
from kb.note.beside import Beside, beside
from kb.note.check import Checked, Status, check
from kb.note.later import Later
from kb.note.note import Note, OwnWords, Quote
from kb.note.passage import Line, full_address, passage
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
    """A quote: the citation above it, the law's lines, and what stands under them.

    The heading names the edition where it is an older one. ``law_lang`` is the language of the
    law's lines; ``translation`` is that of the document, under a label that says whose it is:
    with ``is_official`` the law's own, else ours. ``remarks`` are the editor's notes on words that
    are probably wrong.
    """

    heading: str
    law: tuple[Line, ...]
    law_lang: str
    translation: tuple[Line, ...]
    translation_label: str
    is_official: bool
    remarks: tuple[str, ...]
    footnote: Footnote


@dataclass(frozen=True)
class Document:
    """What every format prints.

    ``lang`` is the language of all but the law's lines; ``made`` is the day of the export.
    """

    title: str
    lang: str
    made: date
    blocks: tuple[Words | Quoted, ...]
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
    return Document(
        note.title or words("title", note.language),
        note.language,
        made,
        blocks,
        say("editor_note", note.language),
        _closing([block for block in blocks if isinstance(block, Quoted)], note.language),
    )


def _closing(quotes: list[Quoted], lang: str) -> str:
    """What the document says of its quotes at its end."""
    if not quotes:
        return ""
    in_kazakh = all(block.law_lang == "kk" for block in quotes)
    closing = words("closing" if in_kazakh else "closing_any", lang)
    if any(block.translation and not block.is_official for block in quotes):
        closing += " " + words("closing_translations", lang)
    return closing


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
            yield _quoted(checked, _verified(checked, number), library, note.language, made, number)


def _verified(checked: Checked, number: int) -> Citation:
    if checked.status is not Status.SAME or checked.citation is None:
        raise NoteError(
            "unverified",
            f"quote {number} is not the text held here; take the present text, or remove it",
        )
    return checked.citation


def _quoted(
    checked: Checked, citation: Citation, library: Library, lang: str, made: date, number: int
) -> Quoted:
    quote, clause = checked.item, citation.clause
    assert isinstance(quote, Quote)
    law = passage(library, clause, quote.opening)
    is_beside = quote.translation and lang != citation.act.lang
    other = beside(library, clause, lang, quote.opening) if is_beside else Beside()
    return Quoted(
        _heading(citation, lang),
        law,
        citation.act.lang,
        other.lines,
        _label(other, lang) if other.lines else "",
        other.official is not None,
        tuple(_remarks(library, law, lang)) if quote.remarks else (),
        Footnote(number, _footnote(checked, citation, library, lang, made)),
    )


def _heading(citation: Citation, lang: str) -> str:
    heading = _opening(citation.label(lang))
    if citation.clause.address.edition is None:
        return heading
    day = day_in_words(citation.act.edition, lang)
    return words("heading_edition", lang, heading=heading, edition=day)


def _label(other: Beside, lang: str) -> str:
    """Whose words stand beside the law's, and of which edition."""
    if other.official is None:
        return say("translation", lang)
    return words("official", lang, edition=day_in_words(other.official, lang))


def _footnote(checked: Checked, citation: Citation, library: Library, lang: str, made: date) -> str:
    """The citation in full, and what a reader must know of it besides."""
    text = words(
        "footnote",
        lang,
        label=_opening(citation.full_label(lang)),
        edition=day_in_words(citation.act.edition, lang),
        address=full_address(library, citation.clause),
        made=day_in_words(made, lang),
    )
    if citation.clause.status != "in-force":
        text += " " + words(f"status_{citation.clause.status}", lang)
    return f"{text} {_later(checked.later, lang)}" if checked.later else text


def _later(later: Later, lang: str) -> str:
    """What a later edition has in place of the words quoted."""
    since = day_in_words(later.since, lang)
    if later.citation is None:
        return words("footnote_ended", lang, edition=since)
    if not later.renumbered:
        return words("footnote_later", lang, edition=since)
    newest = day_in_words(later.citation.act.edition, lang)
    return words("footnote_renumbered", lang, newest=newest, label=later.citation.label(lang))


def _opening(text: str) -> str:
    return text[:1].upper() + text[1:]


def _remarks(library: Library, law: tuple[Line, ...], lang: str) -> Iterator[str]:
    """The editor's notes on the words quoted, each once."""
    seen: dict[str, None] = {}
    for address in dict.fromkeys(line.address for line in law):
        for note in library.cite(library.get(address)).notes:
            seen.setdefault(f"«{note.word}» – {note.text[lang]}")
    yield from seen
