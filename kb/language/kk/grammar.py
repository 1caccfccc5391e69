"""Load the suffix layers and the exceptions, in full spelling or folded to fewer letters."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, TypeAlias

from kb.language.kk.letters import (
    SOFT_SIGN,
    SOUND_CLASSES,
    VOWELS,
    harmonies,
    suffix_harmony,
    unfuse,
)

Fold: TypeAlias = Callable[[str], str]
Endings: TypeAlias = Mapping[str, tuple["Suffix", ...]]

_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a stemmer reads letters: a fold, sound classes by letter, and the harmony of a stem."""

    fold: Fold
    classes: Mapping[str, str]
    harmonies: Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Suffix:
    """One written variant of a suffix, and what it may stand on."""

    form: str
    name: str
    layers: frozenset[str]
    before: frozenset[str]
    sounds: frozenset[str]
    harmony: frozenset[str]
    least: int
    known: bool
    rare: bool
    unless: re.Pattern[str] | None
    restores: tuple[str, ...]

    @property
    def opens_with_vowel(self) -> bool:
        """Whether a stem's last consonant would be voiced before it."""
        return self.form[0] in VOWELS


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The stems and irregular forms that the rules cannot know."""

    nouns: frozenset[str]
    verbs: frozenset[str]
    forms: Mapping[str, str]
    dropped_vowel: Mapping[str, str]
    voiced_end: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Everything that a stemmer needs to know about the language."""

    spelling: Spelling
    inflection: Endings
    building: Endings
    final: frozenset[str]
    lexicon: Lexicon


def _same(text: str) -> str:
    return text


FULL_SPELLING: Final = Spelling(
    fold=_same,
    classes={
        SOFT_SIGN: "".join(SOUND_CLASSES),
        **{letter: name for name, letters in SOUND_CLASSES.items() for letter in letters},
    },
    harmonies=harmonies,
)


def load_grammar(spelling: Spelling = FULL_SPELLING) -> Grammar:
    """Read the data files of this package as the spelling has them."""
    layers = _read("suffixes.toml")
    return Grammar(
        spelling=spelling,
        inflection=_endings(layers["suffix"], layers["before"], spelling.fold),
        building=_endings(layers["building"], {}, spelling.fold),
        final=frozenset(layers["final"]),
        lexicon=_lexicon(_read("exceptions.toml"), spelling.fold),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _endings(
    entries: list[dict[str, Any]], before: dict[str, list[str]], fold: Fold
) -> dict[str, tuple[Suffix, ...]]:
    endings: dict[str, list[Suffix]] = {}
    for entry in entries:
        for suffix in _variants(entry, before, fold):
            endings.setdefault(suffix.form, []).append(suffix)
    return {form: tuple(dict.fromkeys(variants)) for form, variants in endings.items()}


def _variants(entry: dict[str, Any], before: dict[str, list[str]], fold: Fold) -> Iterator[Suffix]:
    layer = entry.get("layer", "building")
    agrees = entry.get("harmony", True)
    for sounds, forms in entry["forms"].items():
        for form in forms.split():
            yield Suffix(
                form=fold(form),
                name=entry["name"],
                layers=frozenset({layer, entry.get("also", layer)}),
                before=frozenset(before.get(layer, ())),
                sounds=frozenset(sounds),
                harmony=suffix_harmony(form) if agrees else suffix_harmony(""),
                least=entry.get("least", _LEAST),
                known=entry.get("known", False),
                rare=entry.get("rare", False),
                unless=re.compile(fold(entry["unless"])) if "unless" in entry else None,
                restores=tuple(fold(letter) for letter in entry.get("restores", "").split()),
            )


def _lexicon(data: dict[str, Any], fold: Fold) -> Lexicon:
    def stems(name: str) -> list[str]:
        return [fold(unfuse(stem)) for stem in data[name].split()]

    return Lexicon(
        nouns=frozenset(stems("nouns")),
        verbs=frozenset(stems("verbs")),
        forms={
            fold(form): fold(of) for of, forms in data["forms"].items() for form in forms.split()
        },
        dropped_vowel={_without_last_vowel(stem): stem for stem in stems("dropped-vowel")},
        voiced_end=tuple(stems("voiced-end")),
    )


def _without_last_vowel(stem: str) -> str:
    """`халық` → `халқ`: a voiceless consonant stays so after another consonant."""
    at = max(index for index, letter in enumerate(stem) if letter in VOWELS)
    return stem[:at] + stem[at + 1 :]
