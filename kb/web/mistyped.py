"""What a mistyped address may have meant: clauses that exist, and pages of the site."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from rapidfuzz import fuzz, process

from kb.address import LANGUAGES, ClauseAddress
from kb.answer.quote import Citation, Library

# An address of the site has at most seven pieces, none of them long; more is no slip of a hand.
_MOST_PIECES, _LONGEST = 8, 40
_ALIKE, _ALIKE_ACT = 78, 85
_MOST_NEAR = 4
_NUMBER = re.compile(r"[1-9][0-9]{0,3}(?:-[1-9][0-9]?)?(?![0-9])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CODE = re.compile(r"[^\W\d_]?[0-9]{6,11}")
_PART = re.compile(r"(?:part|bolik|б[өо]л[іи]к|част\w*)-?([0-9]{1,2})")
# Cyrillic letters that stand for the Latin one of an act's code.
_LATIN = str.maketrans("увзпнкмр", "uvzpnkmr")


def pieces_of(path: str) -> list[str]:
    """The pieces of a path in lower case, its language left out."""
    pieces = [piece.lower() for piece in path.split("/") if piece.strip()]
    pieces = pieces[1:] if pieces and pieces[0] in LANGUAGES else pieces
    short = [piece for piece in pieces[:_MOST_PIECES] if len(piece) <= _LONGEST]
    return [piece for piece in short if piece != "act"]


def clauses_meant(path: str, library: Library) -> list[Citation]:
    """The clauses that a path may have meant: the very one, else those numbered most alike."""
    pieces = pieces_of(path)
    act = _act(pieces, library)
    rest = [piece for piece in pieces if not _CODE.fullmatch(piece)]
    names = [_component(piece, library) for piece in rest]
    component = next(filter(None, names), None)
    numbers = list(_numbers(rest[names.index(component) :] if component else rest))
    # Numbers alone may be of anything, such as the page of a list.
    if not numbers or not (component or len(rest) < len(pieces)):
        return []
    named = [component] if component else _components(library, act)
    wanted = [ClauseAddress(name, tuple(numbers), act) for name in named]
    found = [clause for address in wanted if (clause := library.find(address))]
    if not found and component:
        near = (ClauseAddress.parse(a).inside(act) for a in library.nearest(wanted[0]))
        found = [clause for address in near if (clause := library.find(address))]
    return [library.cite(clause) for clause in found[:_MOST_NEAR]]


def page_meant(path: str) -> str | None:
    """The endpoint of the page that a path may have meant, when it names no clause."""
    return next(filter(None, (_page(piece) for piece in pieces_of(path))), None)


def _act(pieces: Sequence[str], library: Library) -> str:
    """The act whose code is most like a piece of the path; the first one where none is."""
    codes = [piece.translate(_LATIN).upper() for piece in pieces if _CODE.fullmatch(piece)]
    known = list(library.acts)
    for code in codes:
        found = process.extractOne(code, known, scorer=fuzz.ratio, score_cutoff=_ALIKE_ACT)
        if found:
            return found[0]
    return known[0]


def _components(library: Library, act: str) -> list[str]:
    return [component.name for component in library.acts[act].components]


def _component(piece: str, library: Library) -> str | None:
    """The text inside an act that a piece of the path names."""
    names = {part.name for act in library.acts.values() for part in act.components}
    found = _WORD.match(piece)
    word = found.group() if found else ""
    if word in names:
        return word
    best = _like(word, "components")
    return best if best in names else None


def _page(piece: str) -> str | None:
    found = _WORD.match(piece)
    return _like(found.group(), "pages") if found else None


def _like(word: str, group: str) -> str | None:
    """The entry with a word that begins like this one, or is nearly so spelt."""
    if len(word) < 3:
        return None
    words = {known: entry for entry, listed in _words()[group].items() for known in listed}
    begun = next((entry for known, entry in words.items() if word.startswith(known)), None)
    best = process.extractOne(word, words.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return begun or (words[best[0]] if best else None)


def _numbers(pieces: Sequence[str]) -> Iterator[str]:
    """The numbers of a clause from outside in: ``6/8``, ``6-tarmaq/8)``, ``6.8``, ``part-3``."""
    for piece in pieces:
        piece = piece.partition("@")[0]
        if piece == "preamble":
            yield piece
        elif part := _PART.fullmatch(piece):
            yield f"part-{part[1]}"
        else:
            yield from _NUMBER.findall(piece)


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    text = resources.files("kb.web").joinpath("path_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
