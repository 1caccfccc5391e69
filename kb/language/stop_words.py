"""Stop words, from the file of the same name in each language's folder."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def stop_words(lang: str) -> frozenset[str]:
    """Return the function words of ``kk``, ``ru`` or ``en``, in lower case."""
    file = resources.files("kb.language").joinpath(lang, "stop_words.txt")
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.split("#")[0].split())
