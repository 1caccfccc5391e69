"""The ways to cite a clause, each as a text to copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from kb.address import LANGUAGES
from kb.answer.quote import Citation
from kb.note.as_markdown import plain
from kb.note.beside import official
from kb.note.passage import passage, quoted_text
from kb.web.knowledge import knowledge
from kb.web.languages import catalogue, current_language, long_date, say, term
from kb.web.links import absolute, edition_path

_LONG = 700


@dataclass(frozen=True)
class Form:
    """One way to cite: its name among ``cite.…``, the text, and the language it is in."""

    name: str
    text: str
    lang: str

    @property
    def long(self) -> bool:
        """Whether the text is too long to stand open among the others."""
        return len(self.text) > _LONG


def forms_of(citation: Citation, beside: str = "") -> tuple[Form, ...]:
    """The citation in each language, the quote with it, the link, and the quote as Markdown.

    The official text in the language of ``beside`` stands under the quote, where it is held.
    """
    return tuple(_forms(citation, beside))


def _forms(citation: Citation, beside: str) -> Iterator[Form]:
    for lang in LANGUAGES:
        yield Form(lang, citation_in(citation, lang), lang)
    lang, link = current_language(), permanent_link(citation)
    # A text in two languages is marked as none of them.
    one = lang if lang == citation.act.lang else ""
    yield Form("quote", quote_text(citation, link, beside), one)
    yield Form("link", link, "")
    yield Form("markdown", _markdown(citation, link, beside), one)


def quote_text(citation: Citation, link: str, beside: str = "") -> str:
    """The law's words with all under them, the official ones in another language, the citation."""
    citation_words = citation_in(citation, current_language())
    values = {"quote": _law(citation), "citation": citation_words, "link": link}
    if found := _official(citation, beside):
        label, edition, words = found
        return say("copy.quote_official", official=words, label=label, edition=edition, **values)
    return say("copy.quote_form", **values)


def _law(citation: Citation) -> str:
    return quoted_text(passage(knowledge().library, citation.clause, opening=False))


def _official(citation: Citation, lang: str) -> tuple[str, str, str] | None:
    """What the official text in a language is called, its edition, and its words."""
    if lang not in citation.official:
        return None
    found = official(knowledge().library, citation.clause, lang, opening=False)
    if not found.official:
        return None
    return term("label.official", lang), long_date(found.official), quoted_text(found.lines)


def citation_in(citation: Citation, lang: str) -> str:
    """The clause, its act and the edition, in a language."""
    form = str(catalogue(lang)["copy.citation_form"].string)
    edition = long_date(citation.act.edition, lang)
    return form % {"citation": citation.full_label(lang), "edition": edition}


def permanent_link(citation: Citation) -> str:
    """The clause's own page, of no day and without ways of looking at it."""
    address = citation.clause.address
    page = url_for(
        "acts.clause_page", act_id=address.act, address=edition_path(address), on=None, beside=None
    )
    return absolute(page)


def _markdown(citation: Citation, link: str, beside: str) -> str:
    words = citation_in(citation, current_language())
    lines = _law(citation).split("\n")
    if found := _official(citation, beside):
        label, edition, official_words = found
        head = say("copy.official_head", label=label, edition=edition)
        lines += [head, *official_words.split("\n")]
    quoted = "\n>\n".join(f"> {plain(line)}" for line in lines)
    return f"{quoted}\n>\n> — [{plain(words)}]({link})"
