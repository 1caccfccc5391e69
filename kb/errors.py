"""One tree of errors; each says what is wrong and what to do about it."""

from __future__ import annotations


class KbError(Exception):
    """Anything that this product refuses to do, with a message meant for the person who asked."""


class AddressError(KbError):
    """A clause address or a citation that cannot be read."""


class UnknownAddressError(KbError):
    """A well-formed address that names no clause here; carries the nearest ones that exist."""

    def __init__(self, address: str, nearest: tuple[str, ...] = (), hint: str = "") -> None:
        """Name the address, and up to three that exist or another hint at what there is."""
        hint = hint or (f"the nearest are {', '.join(nearest)}" if nearest else "")
        super().__init__(f"no clause has the address {address!r}{f'; {hint}' if hint else ''}")
        self.address = address
        self.nearest = nearest


class ConfigError(KbError):
    """A setting that cannot be used."""


class InputError(KbError):
    """A question, date or file from outside that cannot be used as it is."""


class FieldError(InputError):
    """One value of several that were given together, which cannot be used; ``field`` names it."""

    def __init__(self, field: str, message: str) -> None:
        """Set the message; ``field`` is the short key that a form finds the value by."""
        super().__init__(message)
        self.field = field


class NoteError(InputError):
    """An explanatory note, or a part of one, that cannot be read or exported."""

    def __init__(self, reason: str, message: str, **values: object) -> None:
        """Set the message; ``reason`` and ``values`` are what a translation is made of."""
        super().__init__(message)
        self.reason = reason
        self.values = values


class CorpusError(KbError):
    """The data of an act contradicts itself or its source text."""


class ParseError(CorpusError):
    """A source line that no rule of legal drafting recognises."""

    def __init__(self, line: int, text: str, why: str) -> None:
        """Name the 1-based source line, its first words and what was expected."""
        excerpt = text if len(text) <= 60 else text[:57] + "..."
        super().__init__(f"line {line}: {why}: {excerpt!r}")
        self.line = line


class RestorationError(CorpusError):
    """An entry of the restorations file that does not fit the line it names."""


class StoreError(KbError):
    """The data folder cannot be written or read."""


class IndexMissingError(StoreError):
    """There is no index yet."""


class IndexSchemaError(StoreError):
    """The index was written by another version of this program."""


class IndexDamagedError(StoreError):
    """A file of the index is missing or is not what was written."""


class EncoderError(StoreError):
    """The encoder is unavailable, or is not the one that built the index."""


class SearchTimeoutError(KbError):
    """A search took longer than its limit."""
