"""The ways to cite a clause, each as a text to copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from kb.address import LANGUAGES
from kb.answer.quote import Citation
from kb.note.as_markdown import plain
from kb.note.passage import passage, quoted_text
from kb.web.knowledge import knowledge
from kb.web.languages import catalogue, current_language, long_date, say
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


def forms_of(citation: Citation) -> tuple[Form, ...]:
    """The citation in each language, the quote with it, the link, and the quote as Markdown."""
    return tuple(_forms(citation))


def _forms(citation: Citation) -> Iterator[Form]:
    for lang in LANGUAGES:
        yield Form(lang, citation_in(citation, lang), lang)
    lang = current_language()
    law = quoted_text(passage(knowledge().library, citation.clause, opening=False))
    words, link = citation_in(citation, lang), permanent_link(citation)
    quote = say("copy.quote_form", quote=law, citation=words, link=link)
    yield Form("quote", quote, "kk" if lang == "kk" else "")
    yield Form("link", link, "")
    yield Form("markdown", _markdown(law, words, link), "kk" if lang == "kk" else "")


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


def _markdown(law: str, words: str, link: str) -> str:
    lines = "\n>\n".join(f"> {plain(line)}" for line in law.split("\n"))
    return f"{lines}\n>\n> — [{plain(words)}]({link})"
