"""Akoma Ntoso: the documents hold to the official schema, and say what the law says."""

from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from kb.errors import InputError
from kb.exchange import akn
from kb.exchange.akn_elements import AKN
from kb.exchange.akn_read import read
from kb.exchange.layout import texts_of
from kb.model import ActReference, Amendment, Clause

NS = {"a": AKN}


def tags(*names):
    return [f"{{{AKN}}}{name}" for name in names]


HOLDERS = tags("article", "paragraph", "subparagraph", "preamble", "hcontainer")


def document(records):
    return etree.fromstring(akn.write(records))


def element(root, eid):
    found = root.xpath(f"//a:*[@eId='{eid}']", namespaces=NS)
    assert len(found) == 1, eid
    return found[0]


def local(found):
    return [etree.QName(child).localname for child in found]


def test_a_document_holds_to_the_official_schema(text, invalid):
    assert invalid(akn.write(text)) == []


def test_a_document_reads_back_as_it_was(text, exchanged):
    assert read(akn.write(text)) == exchanged(text)


def test_writing_twice_gives_the_same_bytes(text):
    assert akn.write(text) == akn.write(read(akn.write(text)))


@pytest.mark.parametrize("drop", ["amendments", "repeals", "references", "amendments repeals"])
def test_a_document_without_some_records_is_valid_and_reads_back(shipped, drop, exchanged, invalid):
    records = replace(exchanged(shipped), **dict.fromkeys(drop.split(), ()))
    assert invalid(akn.write(records)) == []
    assert read(akn.write(records)) == records


def test_every_word_of_every_clause_stands_once(text):
    root = document(text)
    for found in (unit for t in texts_of(text.acts[0], text.clauses) for unit in t.walk()):
        if not isinstance(found.of, Clause) or found.of.kind == "part":
            continue
        own = element(root, found.eid)
        words = [
            "".join(line.itertext())
            for line in own.iter(*tags("p", "heading"))
            if next(line.iterancestors(*HOLDERS)) is own
        ]
        assert "\n".join(words) == found.of.text


# -- what stands where ------------------------------------------------------------------------


def test_the_identification(shipped):
    values = document(shipped).xpath(
        "/a:akomaNtoso/a:act/a:meta/a:identification//a:FRBRthis/@value", namespaces=NS
    )
    work = "/akn/kz/act/2015-12-29/153"
    assert values == [work, f"{work}/kaz@2022-02-22", f"{work}/kaz@2022-02-22.akn"]


def test_the_texts_inside_the_act_are_attachments(shipped):
    root = document(shipped)
    assert root.xpath("//a:attachment/a:doc/@name", namespaces=NS) == [
        "code",
        "regulation",
        "annex",
    ]
    assert root.xpath("//a:doc/a:meta//a:FRBRWork/a:FRBRthis/@value", namespaces=NS) == [
        f"/akn/kz/act/2015-12-29/153/!{name}" for name in ("code", "regulation", "annex")
    ]


def test_a_subparagraph(shipped):
    found = element(document(shipped), "att_1__chp_3__para_6__subpara_8")
    assert local(found) == ["num", "content"]
    assert found[0].text == "8)"
    assert "".join(found[1].itertext()).strip().startswith("мемлекеттік мүлкінің сақталуын")


def test_unnumbered_parts_are_alineas(shipped):
    found = element(document(shipped), "att_1__chp_3__para_9")
    assert local(found) == ["num", *["alinea"] * 4]


def test_items_between_parts_keep_the_order_of_the_text(synthetic):
    found = element(document(synthetic("order")), "att_1__chp_2__para_6-1")
    assert local(found) == ["num", "alinea", "subparagraph", "subparagraph", "alinea"]


def test_an_annex_without_numbers_keeps_its_words(annexed):
    assert [c.address.short for c in annexed.clauses if c.kind == "text"] == ["annex-2"]
    found = element(document(annexed), "att_3__hcontainer_1")
    assert [line.text for line in found.iter(*tags("p"))] == [
        "Түрі\tКөлемі, АЕК",
        "Кітап\t5",
        "Сурет\t10",
    ]
    [back] = [c for c in read(akn.write(annexed)).clauses if c.kind == "text"]
    assert back.text == "Түрі\tКөлемі, АЕК\nКітап\t5\nСурет\t10"


def test_an_article_has_its_heading_apart(synthetic):
    found = element(document(synthetic("law")), "chp_2__art_5")
    assert local(found) == ["num", "heading", "intro", "subparagraph", "subparagraph"]
    assert found[1].text == "Өтінішті қараудан бас тарту"


@pytest.mark.parametrize(
    ("name", "eid", "status"),
    [
        ("law", "chp_1__art_1__subpara_3", "removed"),
        ("law", "chp_2__art_4", "removed"),
        ("order", "att_1__chp_2__para_5", "removed"),
        ("law", "chp_1__art_1__subpara_3-1", None),
    ],
)
def test_what_was_excluded_is_marked(synthetic, name, eid, status):
    assert element(document(synthetic(name)), eid).get("status") == status


def test_approval_title_and_signatory(synthetic):
    root = document(synthetic("decree"))
    assert root.xpath("(//a:doc)[1]/a:preface/a:formula/a:p[1]/text()", namespaces=NS) == [
        "УТВЕРЖДЕНО"
    ]
    assert root.xpath("//a:doc[@name='regulation']//a:docTitle/text()", namespaces=NS) == [
        "ПОЛОЖЕНИЕ о памятном знаке"
    ]
    assert root.xpath("//a:act/a:conclusions/a:p/text()", namespaces=NS) == [
        "Президент",
        "Республики Казахстан Н. Назарбаев",
    ]


@pytest.mark.parametrize(
    ("name", "number", "kind", "destination", "start"),
    [
        ("law", 1, "substitution", "#chp_1__art_1", "2020-01-01"),
        ("law", 5, "insertion", "#chp_2__art_5-1", None),
        ("law", 8, "repeal", "#chp_2__art_4", "2020-01-01"),
        ("order", 1, "substitution", "#att_1", None),
    ],
)
def test_a_change_says_what_where_and_since_when(synthetic, name, number, kind, destination, start):
    root = document(synthetic(name))
    change = element(root, f"passiveMod_{number}")
    assert change.get("type") == kind
    assert change.find("a:destination", NS).get("href") == destination
    force = change.find("a:force", NS)
    assert (force is None) == (start is None)
    if force is not None:
        period = element(root, force.get("period")[1:])
        assert element(root, period[0].get("start")[1:]).get("date") == start


def test_the_life_of_the_act(shipped):
    events = document(shipped).findall(".//a:eventRef", NS)
    assert [(e.get("date"), e.get("type")) for e in events] == [
        ("2015-12-29", "generation"),
        ("2016-01-01", None),
        ("2022-02-22", "amendment"),
        ("2017-06-01", "amendment"),
        ("2019-07-22", "amendment"),
    ]


def test_the_repealed_acts_are_active_modifications(shipped):
    root = document(shipped)
    repeals = root.findall(".//a:activeModifications/a:textualMod", NS)
    assert [r.find("a:source", NS).get("href") for r in repeals] == [
        f"#att_3__para_{number}" for number in (1, 2, 3, 4)
    ]
    assert element(root, "activeRef_1").get("href") == "/akn/kz/act/2005-05-03/1567"


def test_a_note_is_marked_at_its_clause(shipped):
    root = document(shipped)
    mark = element(root, "att_2__chp_2__para_6").find(".//a:noteRef", NS)
    note = element(root, mark.get("href")[1:])
    assert "".join(note.itertext()).strip() == (
        "Сілтеме. 6-тармаққа өзгеріс енгізілді - ҚР Президентінің 22.07.2019 No 74 Жарлығымен."
    )


@pytest.mark.parametrize(
    ("eid", "words", "href"),
    [
        ("para_1__subpara_1", "Әдеп кодексі", "#att_1"),
        ("para_3", "Осы Жарлық", "#body"),
        ("att_2__chp_1__para_1", "мемлекеттік қызмет туралы", "/akn/kz/act/2015/z1500000416"),
        ("att_3__para_3", "2005 жылғы 3 мамырдағы № 1567 Жарлығына", "/akn/kz/act/2005-05-03/1567"),
    ],
)
def test_a_mention_is_a_reference(shipped, eid, words, href):
    first = element(document(shipped), eid).find(".//a:ref", NS)
    assert (first.text, first.get("href")) == (words, href)


def test_the_issuer_is_named_in_the_language_of_the_text(synthetic):
    root = document(synthetic("decree"))
    assert element(root, "issuer").get("showAs") == "Президент Республики Казахстан"


# -- what is unusual ----------------------------------------------------------------------------

SECTIONS = """Мұрағат туралы

Қазақстан Республикасының Заңы 2018 жылғы 14 мамырдағы № 152-VI ҚРЗ.

1-БӨЛІМ. ЖАЛПЫ БӨЛІК

1-тарау. Негіздер

1-бап. Мақсаты

Мақсаты – сақтау.

2-тарау. Ұғымдар

2-БӨЛІМ. ЕРЕКШЕ БӨЛІК

1-тарау. Тәртіп

2-бап. Тәртібі

Тәртібі мынадай:
1) бірінші;
2) екінші.
Екінші бөлік.
1) тағы бірі;
"""


def test_sections_hold_chapters_and_numbers_may_begin_anew(invalid, records_from):
    records = records_from(SECTIONS, "law")
    root = document(records)
    assert invalid(akn.write(records)) == []
    assert read(akn.write(records)) == records
    assert local(element(root, "sec_1")) == ["num", "heading", "chapter", "chapter"]
    assert local(element(root, "sec_2__chp_1__art_2__al_2")) == ["intro", "subparagraph"]


def test_two_chapters_of_one_number_have_two_ids(invalid, records_from):
    twice = SECTIONS.replace("2-тарау. Ұғымдар", "1-тарау. Ұғымдар").replace("2-БӨЛІМ", "1-БӨЛІМ")
    records = records_from(twice, "law")
    assert invalid(akn.write(records)) == []
    assert read(akn.write(records)) == records


def test_the_words_put_into_another_act_belong_to_no_part(records_from):
    text = """Өзгерістер енгізу туралы

Қазақстан Республикасының Заңы 2018 жылғы 14 мамырдағы № 152-VI ҚРЗ.

1-бап. Мына Заңға өзгеріс енгізілсін

Заңның 3-бабы мынадай редакцияда жазылсын:
«3-бап. Өтініш
1. Өтініш беріледі.».

Бұл бап 2020 жылғы 1 қаңтарға дейін қолданылады.
"""
    records = records_from(text, "law")
    assert [c.kind for c in records.clauses] == ["article", "part", "part"]
    root = document(records)
    assert read(akn.write(records)) == records
    quoted = element(root, "art_1__al_1").findall(".//a:p[@class='quoted']", NS)
    assert [p.text for p in quoted] == ["«3-бап. Өтініш", "1. Өтініш беріледі.»."]


def test_a_change_of_what_the_text_does_not_have_points_above_it(synthetic, invalid):
    law = synthetic("law")
    address = replace(law.clauses[1].address, path=("1", "99"))
    change = Amendment(
        address, "amended", ActReference("1", None), "unknown", "", None, "Ескерту.", (1,)
    )
    records = replace(law, amendments=(change,))
    assert invalid(akn.write(records)) == []
    assert read(akn.write(records)) == records
    destination = document(records).find(".//a:passiveModifications//a:destination", NS)
    assert destination.get("href") == "#chp_1__art_1"


def test_a_text_with_a_title_alone(synthetic, invalid):
    law = synthetic("law")
    act = replace(law.acts[0], chapters=())
    records = replace(law, acts=(act,), clauses=(), amendments=())
    assert invalid(akn.write(records)) == []
    assert read(akn.write(records)) == records


# -- what is refused ----------------------------------------------------------------------------


def test_a_character_that_xml_cannot_hold_is_named(synthetic):
    law = synthetic("law")
    first = replace(law.clauses[0], text="a\x0cb", source_text="a\x0cb")
    with pytest.raises(InputError, match=r"U\+000C"):
        akn.write(replace(law, clauses=(first, *law.clauses[1:])))


def test_two_acts_are_no_one_document(shipped, synthetic):
    law = synthetic("law")
    with pytest.raises(InputError, match="--act"):
        akn.write(replace(shipped, acts=(*shipped.acts, *law.acts)))


GOOD = b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">%s</akomaNtoso>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not XML"),
        (b"hello", "not XML"),
        (b"\x00\x01", "not XML"),
        (b"<a><b></a>", "not XML"),
        (b"<a/>", "no act"),
        (GOOD % b"", "no act"),
        (GOOD % b"<act/>", "facts"),
        (GOOD % b"<act><meta/><body/></act>", "facts"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document type"),
        (b"<a>" * 300 + b"</a>" * 300, "not XML"),
    ],
)
def test_what_is_no_document_of_ours_is_refused(data, said):
    with pytest.raises(InputError, match=said):
        read(data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'eId="chp_1"', b'eId="chp_9"'),
        (b'date="2018-05-14"', b'date="yesterday"'),
        (b'lines="19"', b'lines="x"'),
        (b'address="law/1/1" lines="19"', b'address="law/1/1"'),
        (b"<num>3-1)", b"<num>3--1)"),
        (b"<num>1)</num>", b"<num>one</num>"),
        (b'name="code"', b'name="cod"'),
        (b'name="law"', b'name="L A W"'),
        (b'<body eId="body">', b'<body eId="b">'),
        (b'by="1"', b'by="77"'),
        (b'note="#note_1"', b'note="#note_99"'),
        (b'role="', b'rule="'),
        (b"<adep:source ", b"<adep:sauce "),
        (b'eId="eventRef_2"', b'eId="eventRef_0"'),
    ],
)
def test_a_damaged_document_is_refused_in_one_line(synthetic, old, new):
    data = akn.write(synthetic("law"))
    assert old in data
    with pytest.raises(InputError):
        read(data.replace(old, new))


def test_a_document_too_large_is_refused(monkeypatch, synthetic):
    monkeypatch.setattr("kb.exchange.akn_read._MAX_BYTES", 1000)
    with pytest.raises(InputError, match="larger"):
        read(akn.write(synthetic("law")))


def test_both_languages_are_two_expressions_of_one_work(shipped, exchanged):
    russian = replace(shipped.acts[0], lang="ru", edition=date(2022, 2, 22))
    records = replace(exchanged(shipped), acts=(russian,))
    assert b"/akn/kz/act/2015-12-29/153/rus@2022-02-22" in akn.write(records)
    assert read(akn.write(records)).acts[0].lang == "ru"
