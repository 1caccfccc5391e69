"""Letters that a scan confuses: Latin and digits that look like Cyrillic, and the lost ``і``."""

from __future__ import annotations

# Latin letters and digits as the scan set them, by the Cyrillic letter that stands in the word.
LOOK_ALIKES = str.maketrans(
    {
        "a": "а", "c": "с", "e": "е", "h": "һ", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о",
        "p": "р", "t": "т", "x": "х", "y": "у",
        "A": "А", "B": "В", "C": "С", "E": "Е", "H": "Н", "K": "К", "L": "Л", "M": "М", "O": "О",
        "P": "Р", "T": "Т", "X": "Х", "Y": "У", "3": "З", "0": "О",
    }
)  # fmt: skip
_LOST = str.maketrans("", "", "іІiI")


def letter_skeleton(text: str) -> str:
    """Drop white space and every ``і``, and write look-alike letters the Cyrillic way."""
    return "".join(text.split()).translate(_LOST).translate(LOOK_ALIKES)


def same_letters(first: str, second: str) -> bool:
    """Whether two texts differ only by white space, ``і`` and look-alike letters."""
    return letter_skeleton(first) == letter_skeleton(second)
