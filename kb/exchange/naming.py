"""Names by the Akoma Ntoso Naming Convention 1.0: IRIs of acts and texts, ids of elements."""

from __future__ import annotations

import re
from datetime import date

from kb.model import Act, ActReference

# The convention asks for the three-letter codes of ISO 639-2.
LANGUAGES = {"kk": "kaz", "ru": "rus", "en": "eng"}
# Elements whose name the convention shortens in an eId; all others stand in full.
_SHORTENED = {
    "alinea": "al",
    "article": "art",
    "attachment": "att",
    "chapter": "chp",
    "mainBody": "body",
    "paragraph": "para",
    "section": "sec",
    "subchapter": "subchp",
    "subparagraph": "subpara",
    "temporalGroup": "tmpg",
}
_SEPARATORS = re.compile(r"[^\w.-]+")
_CENTURY = 100


def work_iri(act: Act) -> str:
    """The act as a work, whatever its edition: ``/akn/kz/act/2015-12-29/153``."""
    return _iri(act.adopted, act.number)


def expression_iri(act: Act) -> str:
    """The act as consolidated on a day in a language: ``…/153/kaz@2022-02-22``."""
    return f"{work_iri(act)}/{language(act.lang)}@{act.edition.isoformat()}"


def original_iri(act: Act) -> str:
    """The act as first signed; nothing after the ``@`` means the first version."""
    return f"{work_iri(act)}/{language(act.lang)}@"


def component_iri(iri: str, component: str) -> str:
    """One of the texts inside an act: ``…/!code``."""
    return f"{iri}/!{component}"


def reference_iri(act: ActReference) -> str | None:
    """The IRI of another act, as far as a record of it tells; ``None`` when it has no date."""
    if act.date:
        return _iri(act.date, act.number)
    return code_iri(act.id) if act.id else None


def code_iri(code: str) -> str:
    """The IRI of an act known by its registration code alone: the year, and the code as number."""
    year = int(code[1:3])
    century = 2000 if year < _CENTURY // 2 else 1900
    return f"/akn/kz/act/{century + year}/{code.lower()}"


def language(lang: str) -> str:
    """The three-letter code of a language."""
    return LANGUAGES.get(lang, lang)


def element_id(above: str, tag: str, number: str) -> str:
    """The eId of an element: ``att_1__chp_3__para_6__subpara_8``."""
    own = f"{_SHORTENED.get(tag, tag)}_{number}" if number else _SHORTENED.get(tag, tag)
    return f"{above}__{own}" if above else own


def _iri(day: date, number: str) -> str:
    return f"/akn/kz/act/{day.isoformat()}/{_SEPARATORS.sub('-', number.lower()).strip('-')}"
