"""How far a run of letters reaches: from the widths that a font of a PDF says its letters have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_THOUSAND = 1000.0  # widths are thousandths of the font's size
_MOST_ENTRIES = 20_000
# A damaged font says anything in place of a number or a list.
_NO_WIDTHS = (TypeError, ValueError, LookupError, AttributeError, OverflowError)


@dataclass(frozen=True)
class Run:
    """What one operator writes: where it begins, and its codes and moves as they stand."""

    x: float
    y: float
    shown: Any

    @property
    def codes(self) -> bytes:
        """The codes of the letters, without the moves between them."""
        parts = self.shown if isinstance(self.shown, list) else [self.shown]
        return b"".join(_bytes(part) for part in parts)

    @property
    def moved(self) -> float:
        """By how many thousandths the moves between the letters set it back."""
        parts = self.shown if isinstance(self.shown, list) else []
        return sum(float(part) for part in parts if isinstance(part, int | float))


def _bytes(part: Any) -> bytes:
    if isinstance(part, bytes):
        return part
    return bytes(getattr(part, "original_bytes", b""))


@dataclass
class Widths:
    """The widths of the fonts of a page, each read once."""

    _known: dict[int, tuple[Any, _Font | None]] = field(default_factory=dict)

    def letters(self, run: Run, font: Any) -> int | None:
        """How many letters a run has; ``None`` where the font does not say how it counts them."""
        found = self._font(font)
        return len(run.codes) // found.bytes_each if found else None

    def end(self, run: Run, font: Any, size: float) -> float | None:
        """Where a run ends, in the units of its beginning."""
        found = self._font(font)
        if found is None:
            return None
        each = found.bytes_each
        codes = run.codes
        whole = range(0, len(codes) - each + 1, each)
        wide = sum(found.width(int.from_bytes(codes[at : at + each])) for at in whole)
        return run.x + (wide - run.moved) * size / _THOUSAND

    def _font(self, font: Any) -> _Font | None:
        key = id(font)
        if key not in self._known:
            try:
                read = _read(font) if isinstance(font, Mapping) else None
            except _NO_WIDTHS:
                read = None
            self._known[key] = (font, read)  # held, so that no other font gets its number
        return self._known[key][1]


@dataclass(frozen=True)
class _Font:
    bytes_each: int
    default: float
    single: dict[int, float]
    ranges: tuple[tuple[int, int, float], ...] = ()

    def width(self, code: int) -> float:
        if code in self.single:
            return self.single[code]
        found = (width for first, last, width in self.ranges if first <= code <= last)
        return next(found, self.default)


def _read(font: Mapping[str, Any]) -> _Font | None:
    if "/DescendantFonts" in font:
        below = _object(_object(font["/DescendantFonts"])[0])
        return _composite(_object(below.get("/W", [])), float(below.get("/DW", 1000)))
    if "/Widths" not in font:
        return None
    first = int(font.get("/FirstChar", 0))
    widths = _object(font["/Widths"])[:_MOST_ENTRIES]
    single = {first + at: float(_object(width)) for at, width in enumerate(widths)}
    return _Font(1, 500.0, single)


def _composite(entries: Sequence[Any], default: float) -> _Font:
    """Read ``[code [width …] first last width …]``, codes being two bytes."""
    single: dict[int, float] = {}
    ranges: list[tuple[int, int, float]] = []
    items = [_object(entry) for entry in entries[:_MOST_ENTRIES]]
    at = 0
    while at + 1 < len(items):
        first, second = int(items[at]), items[at + 1]
        if isinstance(second, list):
            widths = enumerate(second[:_MOST_ENTRIES])
            single |= {first + step: float(_object(width)) for step, width in widths}
            at += 2
        else:
            if at + 2 < len(items) and len(ranges) < 200:
                ranges.append((first, int(second), float(items[at + 2])))
            at += 3
    return _Font(2, default, single, tuple(ranges))


def _object(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value
