"""A note as a value, and its JSON file: what may stand in it, read strictly, written the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from kb.errors import NoteError

MAX_ITEMS = 200
MAX_WORDS = 20_000
MAX_TITLE = 300
MAX_FILE = 1_000_000
SCHEMA: Final = 1
KIND: Final = "adep-note"
# A quote is never longer than its paragraph; this only bounds what a damaged file may bring.
_MAX_QUOTE = 100_000
# Control characters but tab and newline, overrides of the writing direction, and non-characters:
# XML has no place for the first, and the second would turn round what stands beside them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)

Language = Literal["kk", "ru", "en"]


class Quote(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="quote"):
    """A clause as it was quoted: address in its act, edition, the words and their hash.

    ``translation`` sets what there is in the document's language under the law's lines, ``opening``
    the words that open the list above a subparagraph, ``remarks`` the editor's notes on words
    probably wrong.
    """

    address: Annotated[str, Meta(max_length=100)]
    edition: date
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    text: Annotated[str, Meta(max_length=_MAX_QUOTE)]
    translation: bool = True
    opening: bool = True
    remarks: bool = True

    @property
    def intact(self) -> bool:
        """Whether the words are those that the hash was taken of."""
        return text_hash(self.text) == self.sha256

    @property
    def full_address(self) -> str:
        """The address with the edition, which tells one quote from another."""
        return f"{self.address.partition('@')[0]}@{self.edition.isoformat()}"


class OwnWords(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="own-words"):
    """What the author writes between the quotes; plain text, a line is a paragraph."""

    text: Annotated[str, Meta(max_length=MAX_WORDS)]


Item = Quote | OwnWords


class Note(Struct, frozen=True, forbid_unknown_fields=True):
    """A title, the language of the document, and the items in their order."""

    title: Annotated[str, Meta(max_length=MAX_TITLE)] = ""
    language: Language = "kk"
    items: Annotated[tuple[Item, ...], Meta(max_length=MAX_ITEMS)] = ()

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes alone."""
        return tuple(item for item in self.items if isinstance(item, Quote))


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    """The file: the note under a kind and a schema version."""

    kind: Literal["adep-note"]
    schema: Literal[1]
    title: Annotated[str, Meta(max_length=MAX_TITLE)]
    language: Language
    items: Annotated[tuple[Item, ...], Meta(max_length=MAX_ITEMS)]


class _Head(Struct):
    kind: str = ""
    schema: int = 0


def text_hash(text: str) -> str:
    """The sha256 of the words of a quote."""
    return hashlib.sha256(text.encode()).hexdigest()


def cleaned(text: str) -> str:
    """Text from outside as it may stand in a document: newlines alike, nothing invisible."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", lines))


def write_note(note: Note) -> bytes:
    """The note as the file that ``read_note`` reads."""
    file = _File(KIND, SCHEMA, note.title, note.language, note.items)
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def write_quote(quote: Quote) -> str:
    """One quote on one line, to travel in a form."""
    return msgspec.json.encode(quote).decode()


def read_quote(text: str) -> Quote:
    """Read what ``write_quote`` wrote; raise ``NoteError``."""
    try:
        return msgspec.json.decode(text.encode(errors="replace"), type=Quote)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _misfit(error) from None


def read_note(data: bytes) -> Note:
    """Read a saved note; raise ``NoteError`` that says what is wrong with the file."""
    if len(data) > MAX_FILE:
        raise NoteError("too-large", f"the file has {len(data)} bytes; a note has at most 1 MB")
    data = data.removeprefix(b"\xef\xbb\xbf")
    _check_head(data)
    try:
        file = msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _misfit(error) from None
    return checked_note(file.title, file.language, file.items)


def checked_note(title: str, language: Language, items: tuple[Item, ...]) -> Note:
    """Make a note of parts from outside, cleaned; raise ``NoteError`` beyond the limits."""
    items = tuple(OwnWords(cleaned(i.text)) if isinstance(i, OwnWords) else i for i in items)
    if len(items) > MAX_ITEMS:
        raise NoteError("too-many", f"the note has {len(items)} items; it may have {MAX_ITEMS}")
    if any(isinstance(i, OwnWords) and len(i.text) > MAX_WORDS for i in items):
        raise NoteError("too-long", f"own words may have {MAX_WORDS} characters; shorten them")
    title = " ".join(cleaned(title).split())
    if len(title) > MAX_TITLE:
        raise NoteError("title-too-long", f"the title may have {MAX_TITLE} characters; shorten it")
    return Note(title, language, items)


def _check_head(data: bytes) -> None:
    try:
        head = msgspec.json.decode(data, type=_Head)
    except msgspec.ValidationError:
        head = _Head()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NoteError("not-json", "the file is not JSON; open one that was saved here") from None
    if head.kind != KIND:
        raise NoteError("not-a-note", "the file is not a note; open one that was saved here")
    if head.schema > SCHEMA:
        raise NoteError(
            "newer", f"the note has schema {head.schema}, newer than {SCHEMA}; update this program"
        )


def _misfit(error: Exception) -> NoteError:
    return NoteError("damaged", f"the note is damaged and cannot be read: {error}")
