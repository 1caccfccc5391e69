"""Elements of Akoma Ntoso and of our own namespace, made and read with lxml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from lxml import etree

from kb.errors import InputError

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# Facts that Akoma Ntoso has no place for: source lines, verbatim source, precise actions.
OURS = "urn:x-adep:records:1"
SOURCE = "#adep"
# XML 1.0, production 2: what no document can hold, escaped or not.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NSMAP = {None: AKN, "adep": OURS}


@cache
def wording() -> dict[str, Any]:
    """The names and kinds of ``akn.toml``."""
    data = resources.files("kb.exchange").joinpath("akn.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def root() -> Any:
    """A new document's root element."""
    return etree.Element(f"{{{AKN}}}akomaNtoso", nsmap=_NSMAP)


def add(above: Any, tag: str, text: str = "", **attributes: str | None) -> Any:
    """Add an element of Akoma Ntoso; an attribute of ``None`` is left out.

    ``class_`` stands for ``class``, and an attribute's ``_`` is no part of any name.
    """
    return _add(above, AKN, tag, text, attributes)


def add_fact(above: Any, tag: str, text: str = "", **attributes: str | None) -> Any:
    """Add an element of our own namespace."""
    return _add(above, OURS, tag, text, attributes)


def _add(above: Any, space: str, tag: str, text: str, attributes: dict[str, str | None]) -> Any:
    element = etree.SubElement(above, f"{{{space}}}{tag}")
    for name, value in attributes.items():
        if value is not None:
            element.set(name.rstrip("_").replace("_", "-"), checked(value))
    if text:
        element.text = checked(text)
    return element


def checked(text: str) -> str:
    """Return the text; ``InputError`` where XML cannot hold one of its characters."""
    if found := _FORBIDDEN.search(text):
        excerpt = text[max(0, found.start() - 20) : found.end() + 20]
        raise InputError(
            f"{excerpt!r}: XML cannot hold the character U+{ord(found.group()):04X}; "
            "restore the line, or export as JSON"
        )
    return text


def serialised(document: Any) -> bytes:
    """The document as UTF-8, indented where that adds nothing to a text."""
    _indent(document, "\n")
    data: bytes = etree.tostring(document, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


# Elements that hold words, where an added line break would become one of them.
_WORDED = {f"{{{AKN}}}{tag}" for tag in ("p", "num", "heading", "docTitle")}


def _indent(element: Any, break_: str) -> None:
    if not len(element) or element.tag in _WORDED or element.text:
        return
    element.text = break_ + " "
    for child in element:
        _indent(child, break_ + " ")
        child.tail = break_ + " "
    element[-1].tail = break_
