"""Kazakh: letters, stems, skeletons, Latin spelling and search tokens."""

from kb.language.kk.latin import from_latin, looks_kazakh_latin
from kb.language.kk.skeleton import skeleton, skeleton_stem
from kb.language.kk.stemmer import Analysis, analyse, root, stem
from kb.language.kk.tokens import Forms, search_forms, tokens

__all__ = [
    "Analysis",
    "Forms",
    "analyse",
    "from_latin",
    "looks_kazakh_latin",
    "root",
    "search_forms",
    "skeleton",
    "skeleton_stem",
    "stem",
    "tokens",
]
