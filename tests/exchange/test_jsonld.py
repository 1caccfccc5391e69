"""JSON-LD: schema.org's words for an act and a clause, and ELI's where it has none."""

from dataclasses import replace

import pytest

from kb.exchange.jsonld import clause_jsonld, document, legislation_jsonld

BASE = "https://adep.example"
# Properties of schema.org/Legislation, of what it inherits from, and of ELI, that we use.
KNOWN = {
    "@context", "@type", "@id", "url", "name", "alternateName", "inLanguage", "headline", "text",
    "isPartOf", "hasPart", "legislationIdentifier", "legislationType", "legislationJurisdiction",
    "legislationDate", "legislationDateVersion", "legislationConsolidates", "legislationChanges",
    "legislationLegalForce", "eli:first_date_entry_in_force", "eli:changed_by", "eli:repeals",
}  # fmt: skip


def keys(value):
    if isinstance(value, list):
        return {key for item in value for key in keys(item)}
    if not isinstance(value, dict) or "@value" in value or "@vocab" in value:
        return set()
    return set(value).union(*(keys(item) for item in value.values()))


def clause(shipped, short):
    return next(c for c in shipped.clauses if c.address.short == short)


def test_an_act(shipped):
    found = legislation_jsonld(
        shipped.acts[0], BASE, amendments=shipped.amendments, repeals=shipped.repeals
    )
    assert found["@id"] == f"{BASE}/kk/act/U1500000153/"
    assert found["legislationIdentifier"] == [
        "U1500000153",
        "/akn/kz/act/2015-12-29/153/kaz@2022-02-22",
    ]
    assert (found["legislationDate"], found["legislationDateVersion"]) == (
        "2015-12-29",
        "2022-02-22",
    )
    assert found["eli:first_date_entry_in_force"] == "2016-01-01"
    assert [a["legislationIdentifier"][0] for a in found["eli:changed_by"]] == [
        "U2200000814",
        "U1700000487",
        "U1900000074",
    ]
    assert [a["legislationIdentifier"][0] for a in found["eli:repeals"]] == [
        "U0500001567",
        "U0700000446",
        "U1100001180",
        "U1300000651",
    ]
    assert [part["legislationIdentifier"] for part in found["hasPart"]] == [
        f"U1500000153/{name}" for name in ("decree", "code", "regulation", "annex")
    ]


def test_an_act_alone_says_nothing_of_changes(shipped):
    found = legislation_jsonld(shipped.acts[0], BASE)
    assert not {"eli:changed_by", "eli:repeals", "legislationChanges"} & found.keys()


@pytest.mark.parametrize(
    ("short", "part_of"),
    [
        ("code/6/8", f"{BASE}/kk/act/U1500000153/code/6"),
        ("code/6", f"{BASE}/kk/act/U1500000153/#code"),
        ("code/9/part-3", f"{BASE}/kk/act/U1500000153/code/9"),
        ("decree/preamble", f"{BASE}/kk/act/U1500000153/#decree"),
    ],
)
def test_a_clause(shipped, short, part_of):
    found = clause_jsonld(shipped.acts[0], clause(shipped, short), BASE + "/")
    assert found["@id"] == f"{BASE}/kk/act/U1500000153/{short}"
    assert found["legislationIdentifier"] == f"U1500000153/{short}@2022-02-22"
    assert found["isPartOf"] == {"@id": part_of}
    assert found["text"] == clause(shipped, short).text
    assert "legislationLegalForce" not in found


def test_an_annex_without_numbers_is_part_of_its_act(annexed):
    act = annexed.acts[0]
    found = clause_jsonld(act, clause(annexed, "annex-2"), BASE)
    assert found["@id"] == f"{BASE}/kk/act/{act.id}/#annex-2"
    assert found["isPartOf"] == {"@id": f"{BASE}/kk/act/{act.id}/"}


@pytest.mark.parametrize("status", ["excluded", "repealed"])
def test_a_clause_that_is_gone_is_not_in_force(shipped, status):
    gone = replace(clause(shipped, "code/7"), status=status)
    found = clause_jsonld(shipped.acts[0], gone, BASE)
    assert found["legislationLegalForce"] == {"@id": "https://schema.org/NotInForce"}


def test_the_citation_is_the_name_in_three_languages(shipped):
    found = clause_jsonld(shipped.acts[0], clause(shipped, "code/6/8"), BASE)
    assert {name["@language"]: name["@value"] for name in found["name"]}["ru"] == (
        "подпункт 8) пункта 6 Этического кодекса"
    )


def test_every_property_is_one_of_those_vocabularies(text):
    assert keys(document([text], BASE)) <= KNOWN | {"@graph"}


def test_every_identifier_is_one(shipped):
    graph = document([shipped], BASE)["@graph"]
    assert len({node["@id"] for node in graph}) == len(graph) == 1 + len(shipped.clauses)


def test_what_a_clause_is_part_of_is_in_the_graph(shipped):
    graph = document([shipped], BASE)["@graph"]
    named = {node["@id"] for node in graph} | {part["@id"] for part in graph[0]["hasPart"]}
    assert {node["isPartOf"]["@id"] for node in graph[1:]} <= named
