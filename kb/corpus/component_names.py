"""Name the components of an act: by their titles, or by the list of what the act approves."""

from __future__ import annotations

from collections.abc import Sequence

from kb.corpus.drafting import component_kind, number_in, says
from kb.corpus.outline import OpenComponent

# Documents that are called by their own kind even where they are annexed.
_OWN_NAME = {"rules", "regulation", "instruction", "standard", "code"}


def name_component(part: OpenComponent, parts: Sequence[OpenComponent]) -> str:
    """Name ``part``, the last of ``parts``; a name that is taken gets a number."""
    title = " ".join(part.title)
    if _is_annex(part):
        return _unused(_annexed_kind(title, part.approval), parts)
    kind = component_kind(title)
    if kind in {None, parts[0].name}:
        kind = _approved_kind(parts)
    return _unused(kind or "annex", parts)


def _is_annex(part: OpenComponent) -> bool:
    return any(says("annex", text) for text in part.approval)


def _annexed_kind(title: str, approval: Sequence[str]) -> str:
    """Name an annexed document: by its kind where it has one, else as the numbered annex."""
    kind = component_kind(title)
    if kind in _OWN_NAME:
        return str(kind)
    number = next(filter(None, (number_in("annex_number", text) for text in approval)), None)
    return f"annex-{number}" if number else "annex"


def _approved_kind(parts: Sequence[OpenComponent]) -> str | None:
    """The kind of the n-th approved document, from the items of the act's first paragraph."""
    items = [c for c in parts[0].clauses if c.kind == "subparagraph"]
    nth = [_is_annex(part) for part in parts[1:]].count(False) - 1
    return component_kind(items[nth].runs[0].text) if nth < len(items) else None


def _unused(name: str, parts: Sequence[OpenComponent]) -> str:
    used = {part.name for part in parts}
    base, candidate, number = name.split("-")[0], name, 1
    while candidate in used:
        number += 1
        candidate = f"{base}-{number}"
    return candidate
