"""Read what a PDF needs of a TrueType font: which glyph a character has, and how wide it is."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

_MISSING = "\ufffd"
# Joiners and selectors have no shape of their own.
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f\u00ad")


@dataclass(frozen=True)
class Face:
    """A font of the ``fonts`` folder; lengths are in thousandths of its size."""

    name: str
    data: bytes
    glyphs: dict[int, int]
    widths: tuple[int, ...]
    ascent: int
    descent: int
    box: tuple[int, int, int, int]

    def has(self, text: str) -> bool:
        """Whether every character of ``text`` has a shape here, or needs none."""
        return all(ord(ch) in self.glyphs or ch in _INVISIBLE or ch == "\n" for ch in text)

    def shown(self, text: str) -> str:
        """The text with a replacement sign for each character that the font does not have."""
        seen = (ch for ch in text if ch not in _INVISIBLE)
        return "".join(ch if ord(ch) in self.glyphs else _MISSING for ch in seen)

    def glyph(self, char: str) -> int:
        """The number of the glyph of a character that the font has."""
        return self.glyphs[ord(char)]

    def advance(self, char: str) -> int:
        """How wide a character that the font has is."""
        return self.advances[char]

    @cached_property
    def advances(self) -> dict[str, int]:
        """How wide each character is."""
        return {chr(code): self.widths[glyph] for code, glyph in self.glyphs.items()}


@cache
def face(name: str) -> Face:
    """Read a font of the ``fonts`` folder by its name, as in ``NotoSerif-Regular``."""
    data = resources.files("kb.note").joinpath("fonts", f"{name}.ttf").read_bytes()
    tables = _tables(data)
    units = struct.unpack_from(">H", data, tables["head"] + 18)[0]

    def scaled(value: int) -> int:
        return int(value * 1000 / units + 0.5)

    ascent, descent = struct.unpack_from(">hh", data, tables["hhea"] + 4)
    metrics = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    count = struct.unpack_from(">H", data, tables["maxp"] + 4)[0]
    advances = struct.unpack_from(">" + "Hh" * metrics, data, tables["hmtx"])[::2]
    advances += advances[-1:] * (count - metrics)
    x0, y0, x1, y1 = map(scaled, struct.unpack_from(">4h", data, tables["head"] + 36))
    return Face(
        name,
        data,
        _character_map(data, tables["cmap"]),
        tuple(map(scaled, advances)),
        scaled(ascent),
        scaled(descent),
        (x0, y0, x1, y1),
    )


def _tables(data: bytes) -> dict[str, int]:
    """Where each table starts."""
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4sLLL", data, 12 + 16 * i) for i in range(count))
    return {tag.decode(): offset for tag, _, offset, _ in entries}


def _character_map(data: bytes, start: int) -> dict[int, int]:
    """The glyph of each character, from the Unicode table in format 4."""
    count = struct.unpack_from(">H", data, start + 2)[0]
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", data, start + 4 + 8 * number)
        if (platform, encoding) == (3, 1):
            return _segments(data, start + offset)
    raise ValueError("the font has no Unicode table")


def _segments(data: bytes, start: int) -> dict[int, int]:
    doubled = struct.unpack_from(">H", data, start + 6)[0]
    count = doubled // 2

    def column(number: int, form: str) -> tuple[int, ...]:
        # The end codes are followed by two bytes that mean nothing.
        at = start + 14 + number * doubled + (2 if number else 0)
        return struct.unpack_from(f">{count}{form}", data, at)

    ends, starts, deltas, offsets = column(0, "H"), column(1, "H"), column(2, "h"), column(3, "H")
    offsets_at = start + 16 + 3 * doubled
    found = {}
    for index in range(count):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code
            if offsets[index]:
                at = offsets_at + 2 * index + offsets[index] + 2 * (code - starts[index])
                glyph = struct.unpack_from(">H", data, at)[0]
                if not glyph:
                    continue
            if glyph := (glyph + deltas[index]) % 0x10000:
                found[code] = glyph
    return found
