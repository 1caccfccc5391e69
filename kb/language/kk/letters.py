"""The Kazakh Cyrillic alphabet: vowel harmony, and the sounds that suffixes agree with."""

from __future__ import annotations

from typing import Final

ALPHABET: Final = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""The 42 letters, in alphabetical order."""

SPECIAL_LETTERS: Final = frozenset("әғқңөұүһі")
"""The letters that Kazakh has and Russian has not."""

BACK_VOWELS: Final = frozenset("аоұыёя")
FRONT_VOWELS: Final = frozenset("әеөүіэ")
NEUTRAL_VOWELS: Final = frozenset("иую")
"""Written the same in front and in back words. Before у, another vowel decides; и may be either,
as in `министр-лер` and `тарих-тар`."""

VOWELS: Final = BACK_VOWELS | FRONT_VOWELS | NEUTRAL_VOWELS

SOUND_CLASSES: Final = {
    "V": "аәеёоөұүыіэя",  # vowels
    "G": "рйуию",  # glides and р
    "L": "л",
    "N": "мнң",  # nasals
    "Z": "жз",  # voiced
    "T": "птқксшщчцхфһбвгғд",  # voiceless; final б, в, г, д are found in loans, and spoken so
}
"""Classes of the last sound of a stem: a suffix has a form for each group of them."""

SOFT_SIGN: Final = "ь"
"""Found in loans; it hides the sound before it, so every form of a suffix may follow."""

DEVOICED: Final = {"б": "п", "г": "к", "ғ": "қ"}
"""What a stem's last consonant was before a vowel voiced it: `кітаб-ы` is from `кітап`."""

FUSED: Final = (("я", "йа"), ("ю", "йу"))
"""Letters that stand for й and a vowel, which may belong to two sides of a suffix: `қо-ю`."""

FRONT: Final = frozenset({"front"})
BACK: Final = frozenset({"back"})
EITHER: Final = FRONT | BACK


def harmonies(stem: str) -> frozenset[str]:
    """Return which suffixes the stem takes: front, back, or either where spelling cannot say."""
    for letter in reversed(stem):
        if letter == "и":
            return EITHER
        if letter in BACK_VOWELS:
            return EITHER if stem[-1] in "кгь" else BACK
        if letter in FRONT_VOWELS:
            return EITHER if stem[-1] in "әь" else FRONT
    return EITHER


def suffix_harmony(suffix: str) -> frozenset[str]:
    """Return which stems the suffix may follow; either for a suffix without a telling letter."""
    back = any(letter in BACK_VOWELS or letter in "ғқ" for letter in suffix)
    front = any(letter in FRONT_VOWELS or letter in "гк" for letter in suffix)
    if back == front:
        return EITHER
    return BACK if back else FRONT


def has_special_letters(text: str) -> bool:
    """Tell whether the text holds a letter that Kazakh has and Russian has not."""
    return not SPECIAL_LETTERS.isdisjoint(text)


def unfuse(word: str) -> str:
    """Write я and ю as й and a vowel."""
    for fused, pair in FUSED:
        word = word.replace(fused, pair)
    return word


def fuse(word: str) -> str:
    """Undo `unfuse`."""
    for fused, pair in FUSED:
        word = word.replace(pair, fused)
    return word
