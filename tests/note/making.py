"""Notes, quotes and amended libraries for the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kb.address import ClauseAddress
from kb.answer.quote import Library
from kb.note.document import Document, compose
from kb.note.note import Item, Note, OwnWords, Quote
from kb.note.passage import quote

MADE = date(2026, 11, 23)
# A small act of two editions, as ``tests/editions`` has them.
ORDER = "V1800016985"
FIRST, SECOND = date(2019, 1, 15), date(2021, 10, 12)
LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁёЪъЫыЭэ"
# What own words may hold that means something to some format.
INJECTIONS = (
    "<script>alert(1)</script>",
    "</w:t></w:r><w:br/> &amp; &lt; & <",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %} {# x #} ${7*7} #{7*7}",
    "# not a heading",
    "- not a list",
    "12. not a list",
    "8) not a list",
    "> not a quote",
    "    not code",
    "```not code```",
    "===",
    "---",
    "[not](javascript:alert(1)) ![not](x) [^1] [^1]: x",
    "*not* _not_ **not** ~~not~~ `not` | not | $not$ \\(not\\)",
    "<!-- not --> <https://example.com> https://example.com",
    '=HYPERLINK("http://example.com") +1 -1 @SUM(A1)',
    "(Tj) ET endstream endobj %%EOF <</Type/Catalog>> \\101",
    "שלום مرحبا",
    "😀 👩‍👧 𝔘 ₸ № « » – …",
    LETTERS,
)


def quoted(library: Library, address: str, **choices: bool) -> Quote:
    return quote(library, library.get(ClauseAddress.parse(address)), **choices)


def a_note(*items: Item, title: str = "", language: str = "kk") -> Note:
    return Note(title, language, items)  # type: ignore[arg-type]


def amended(
    library: Library, address: str, text: str | None, edition: date, *, held: bool = False
) -> Library:
    """The library after an amendment: another text, or none, and a later edition.

    The text before it is still ``held``, or is not.
    """
    clause = library.get(ClauseAddress.parse(address))
    clauses = [c for c in library.records.clauses if c != clause]
    if text is not None:
        place = library.records.clauses.index(clause)
        clauses.insert(place, replace(clause, text=text))
    acts = tuple(replace(act, edition=edition) for act in library.records.acts)
    notes = tuple(n for n in library.records.headnotes if text or n.address != clause.address)
    records = replace(library.records, acts=acts, clauses=tuple(clauses), headnotes=notes)
    return Library(records, None if held else {})


def everything(library: Library, language: str) -> Document:
    """A document that quotes every top clause of the act, with hostile words between."""
    items: list[Item] = []
    tops = [c for c in library.records.clauses if c.parent is None]
    for place, clause in enumerate(tops):
        items.append(quoted(library, clause.address.short))
        items.append(OwnWords(INJECTIONS[place % len(INJECTIONS)]))
    items.append(quoted(library, "code/6/8"))
    note = a_note(*items, title=f"<b>&{LETTERS}", language=language)
    return compose(note, library, MADE)
