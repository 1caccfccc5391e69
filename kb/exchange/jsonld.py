"""Acts and clauses as JSON-LD: ``schema.org/Legislation``, and ELI where schema.org has no word.

The pages of the site carry the same objects, so ``base_url`` is the site's root
(``https://adep.example``); without one, identifiers are relative to wherever the document stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from kb.address import LANGUAGES, ClauseAddress
from kb.exchange.naming import expression_iri, reference_iri, work_iri
from kb.model import Act, ActReference, Amendment, Clause, Records, Repeal

CONTEXT = {"@vocab": "https://schema.org/", "eli": "http://data.europa.eu/eli/ontology#"}
_NOT_IN_FORCE = "https://schema.org/NotInForce"


def document(records: Sequence[Records], base_url: str = "") -> dict[str, Any]:
    """Every text with its clauses, as one graph."""
    graph: list[dict[str, Any]] = []
    for text in records:
        act = text.acts[0]
        graph.append(_without_context(_whole(text, base_url)))
        graph += [_without_context(clause_jsonld(act, c, base_url)) for c in text.clauses]
    return {"@context": CONTEXT, "@graph": graph}


def legislation_jsonld(
    act: Act,
    base_url: str,
    *,
    amendments: Iterable[Amendment] = (),
    repeals: Iterable[Repeal] = (),
) -> dict[str, Any]:
    """One act as consolidated in its edition."""
    changed_by = [_act(by) for by in dict.fromkeys(a.by for a in amendments)]
    repealed = [_act(other) for other in dict.fromkeys(r.act for r in repeals)]
    short = [{"@value": name, "@language": lang} for lang, name in act.short.items()]
    return _present(
        {
            "@context": CONTEXT,
            "@type": ["Legislation", "eli:LegalExpression"],
            "@id": _url(act, base_url),
            "url": _url(act, base_url),
            "name": {"@value": act.title, "@language": act.lang},
            "alternateName": short,
            "inLanguage": act.lang,
            "legislationIdentifier": [act.id, expression_iri(act)],
            "legislationType": act.kind,
            "legislationJurisdiction": "KZ",
            "legislationDate": act.adopted.isoformat(),
            "legislationDateVersion": act.edition.isoformat(),
            **_in_force(act),
            "legislationConsolidates": [_work(act), *changed_by] if changed_by else _work(act),
            "eli:changed_by": changed_by,
            "legislationChanges": repealed,
            "eli:repeals": repealed,
            "hasPart": [
                _component(act, part.name, part.title, base_url) for part in act.components
            ],
        }
    )


def clause_jsonld(act: Act, clause: Clause, base_url: str) -> dict[str, Any]:
    """One clause: the law's own words, and how to cite them."""
    address = clause.address
    own_component = ClauseAddress(address.component, act=act.id) if address.path else None
    full = ClauseAddress(address.component, address.path, act.id, act.edition)
    gone = clause.status != "in-force"
    return _present(
        {
            "@context": CONTEXT,
            "@type": ["Legislation", "eli:LegalResourceSubdivision"],
            "@id": _url(act, base_url, address),
            "url": _url(act, base_url, address),
            "name": [{"@value": address.cite(lang), "@language": lang} for lang in LANGUAGES],
            "legislationIdentifier": str(full),
            "legislationType": clause.kind,
            "legislationDate": act.adopted.isoformat(),
            "legislationDateVersion": act.edition.isoformat(),
            "legislationLegalForce": {"@id": _NOT_IN_FORCE} if gone else None,
            "inLanguage": act.lang,
            "headline": clause.heading or None,
            "text": clause.text,
            "isPartOf": {"@id": _url(act, base_url, clause.parent or own_component)},
        }
    )


def _whole(text: Records, base_url: str) -> dict[str, Any]:
    act = text.acts[0]
    return legislation_jsonld(act, base_url, amendments=text.amendments, repeals=text.repeals)


def _url(act: Act, base_url: str, address: ClauseAddress | None = None) -> str:
    """The page of an act, a clause or a component, which stands on the page of its act.

    An address that names an edition has the page of that edition.
    """
    page = f"{base_url.rstrip('/')}/{act.lang}/act/{act.id}/"
    if address is None:
        return page
    return page + (str(replace(address, act=None)) if address.path else f"#{address.component}")


def _component(act: Act, name: str, title: str, base_url: str) -> dict[str, Any]:
    address = ClauseAddress(name, act=act.id)
    return {
        "@type": "Legislation",
        "@id": _url(act, base_url, address),
        "name": {"@value": title, "@language": act.lang},
        "legislationIdentifier": f"{act.id}/{name}",
    }


def _work(act: Act) -> dict[str, Any]:
    return {
        "@type": "Legislation",
        "legislationIdentifier": [act.id, work_iri(act)],
        "legislationDate": act.adopted.isoformat(),
    }


def _act(act: ActReference) -> dict[str, Any]:
    """Another act, as far as this one names it."""
    return _present(
        {
            "@type": "Legislation",
            "legislationIdentifier": [x for x in (act.id, reference_iri(act)) if x],
            "legislationType": act.kind,
            "legislationDate": act.date.isoformat() if act.date else None,
            "name": act.title,
        }
    )


def _present(value: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known."""
    return {key: item for key, item in value.items() if item not in (None, "", [])}


def _without_context(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if key != "@context"}


def _in_force(act: Act) -> dict[str, str]:
    """Since when the act is in force, unless no text says it."""
    if act.in_force_assumed:
        return {}
    return {"eli:first_date_entry_in_force": act.in_force.isoformat()}
