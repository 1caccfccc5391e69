"""Properties over generated acts: what is written reads back, and damage is refused."""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from kb.config import Config
from kb.corpus.load import load_edition
from kb.errors import KbError
from kb.exchange import akn
from kb.exchange.akn_read import read
from kb.exchange.clause_table import write as write_table
from kb.exchange.jsonld import document as jsonld_document
from kb.exchange.markdown import write as write_markdown
from kb.importing.bring_in import bring_in
from kb.importing.inspect import Request, inspect
from kb.model import ActReference, Records, Reference, Repeal

HOLDS_NOTHING = Records(*((),) * 10)

NOTE = (
    "Ескерту. {}-тармаққа өзгеріс енгізілді - ҚР Президентінің 22.07.2019 № 74 Жарлығымен "
    "(01.01.2020 бастап қолданысқа енгізіледі)."
)
WORDS = ("мемлекет", "қызметші", "«тырнақша»", "a<b", "R&D", "]]>", "№ 5", "3%", "*", "_", "әдеп")
SETTINGS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
# Any character that XML 1.0 can hold, line breaks and marks of spreadsheets among them.
TEXT = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cs"],
        exclude_characters=[chr(c) for c in range(32) if chr(c) not in "\t\n\r"]
        + ["\ufffe", "\uffff"],
    ),
    max_size=40,
)


@st.composite
def sentences(draw) -> str:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))
    return f"Осы {' '.join(words)} айқындайды."


@st.composite
def paragraphs(draw, number: int) -> list[str]:
    """A paragraph: excluded, plain, of several parts, or with items between parts; maybe a note."""
    kind = draw(st.sampled_from(["plain", "parts", "items", "items between", "excluded"]))
    if kind == "excluded":
        return [f"{number}. Алып тасталды - ҚР Президентінің 03.07.2019 № 62 Жарлығымен."]
    lines = [f"{number}. {draw(sentences())}"]
    if kind == "parts":
        lines += draw(st.lists(sentences(), min_size=1, max_size=3))
    if kind.startswith("items"):
        lines = [f"{number}. Мыналар:"]
        lines += [f"{n}) {draw(sentences())[:-1]};" for n in range(1, draw(st.integers(2, 4)))]
        lines += [f"{len(lines)}-1) {draw(sentences())}"]
    if kind == "items between":
        lines += [draw(sentences())]
    if draw(st.booleans()):
        lines += [NOTE.format(number)]
    return lines


@st.composite
def components(draw) -> list[str]:
    lines, number = [], 0
    for chapter in range(1, draw(st.integers(1, 3)) + 1):
        if draw(st.booleans()):
            lines.append(f"{chapter}-тарау. {' '.join(draw(st.permutations(WORDS[:3])))}")
        for _ in range(draw(st.integers(1, 3))):
            number += 1
            lines += draw(paragraphs(number))
    return lines


@st.composite
def acts(draw) -> str:
    lines = [
        "Мұражай белгілері туралы",
        "Қазақстан Республикасы Президентінің 2014 жылғы 3 сәуірдегі № 790 Жарлығы.",
        "Тәртіпті белгілеу мақсатында ҚАУЛЫ ЕТЕМІН:",
        *draw(components()),
        "Қазақстан Республикасының",
        "Президенті Н. Назарбаев",
    ]
    if draw(st.booleans()):
        lines += ["БЕКІТІЛГЕН", "Президент Жарлығы", "Мұражай белгісі туралы ереже"]
        lines += draw(components())
    return "\n\n".join(lines)


@st.composite
def described(draw, records_from):
    """The records of a generated act, with texts, sources, mentions and repeals of any kind."""
    text = draw(acts())
    try:
        records = records_from(text, "decree")
    except KbError:
        assume(False)
    holders = {c.parent for c in records.clauses if c.kind == "part"}
    clauses = tuple(
        replace(c, text=draw(TEXT), source_text=draw(TEXT))
        if c.kind != "part" and c.address not in holders and not c.heading and draw(st.booleans())
        else c
        for c in records.clauses
    )
    mentions = []
    for clause in clauses:
        if clause.kind == "part" or not draw(st.booleans()):
            continue
        start = draw(st.integers(0, len(clause.text)))
        end = draw(st.integers(start, len(clause.text)))
        code = draw(st.sampled_from([None, "Z1500000416", "U1400000790", "U0500001567"]))
        mentions.append(
            Reference(clause.address, start, end, clause.text[start:end], "act", "Ереже", code)
        )
    other = ActReference("1567", date(2005, 5, 3), "U0500001567", "decree", draw(TEXT))
    repeal = Repeal(clauses[0].address, other, draw(TEXT), draw(TEXT), other, None)
    return replace(
        records,
        clauses=clauses,
        references=tuple(mentions),
        repeals=(repeal,) if draw(st.booleans()) else (),
    )


def test_the_generator_makes_acts_of_every_kind(records_from):
    """A property over acts that are all refused would hold of nothing."""
    made = []

    @settings(max_examples=60, deadline=None, database=None, derandomize=True)
    @given(acts())
    def collect(text):
        made.append(records_from(text, "decree"))

    collect()
    kinds = {clause.kind for records in made for clause in records.clauses}
    assert kinds == {"preamble", "paragraph", "subparagraph", "part"}
    assert any(clause.status == "excluded" for records in made for clause in records.clauses)
    assert any(len(records.acts[0].components) == 2 for records in made)
    assert any(records.amendments for records in made)


@SETTINGS
@given(data=st.data())
def test_what_is_written_reads_back_and_is_valid(data, records_from, exchanged, invalid):
    records = data.draw(described(records_from))
    document = akn.write(records)
    assert read(document) == exchanged(records)
    assert invalid(document) == []


@SETTINGS
@given(text=acts())
def test_what_was_exported_and_brought_in_again_is_exported_alike(text, records_from, tmp_path):
    """Byte for byte, by way of the data folder."""
    try:
        written = akn.write(records_from(text, "decree"))
    except KbError:
        assume(False)
    config = Config(home=tmp_path / uuid.uuid4().hex, encoder="none")
    request = Request("act.xml", written, "U1400000790", date(2021, 10, 12))
    folder = bring_in(config, inspect(request, HOLDS_NOTHING))
    assert akn.write(load_edition(folder)) == written


@SETTINGS
@given(data=st.data())
def test_every_format_takes_every_act(data, records_from):
    records = data.draw(described(records_from))
    assert write_table([records]).startswith(b"\xef\xbb\xbfid,")
    assert write_markdown(records).startswith("# ")
    assert len(jsonld_document([records])["@graph"]) == 1 + len(records.clauses)


@pytest.fixture(scope="module")
def document(synthetic) -> Callable[[], bytes]:
    """The bytes by way of a function: Hypothesis would print them whole."""
    data = akn.write(synthetic("law"))
    return lambda: data


@SETTINGS
@given(data=st.data())
def test_damage_is_refused_or_harmless(data, document):
    """Bytes cut out, doubled or replaced: records, or a refusal that says why."""
    good = document()
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 400)))
    put = data.draw(st.one_of(st.binary(max_size=20), st.just(good[start:end] * 2)))
    try:
        read(good[:start] + put + good[end:])
    except KbError as error:
        said = str(error)
    else:
        said = "read"
    assert said
    assert "\n" not in said


VALUES = ("", "0", "#x", "2020-99-99", "1 2", "é", "2-", "x" * 300)
DAMAGE = st.tuples(
    st.sampled_from(["remove", "double", "move", "rename", "attribute", "drop", "text"]),
    st.integers(0, 9999),
    st.integers(0, 9999),
    st.sampled_from(VALUES),
)


@settings(SETTINGS, max_examples=200)
@given(plan=st.lists(DAMAGE, min_size=1, max_size=4))
def test_a_tree_with_other_elements_is_refused_or_harmless(plan, document):
    """Well-formed damage: elements taken out, doubled, moved or renamed, attributes changed."""
    root = etree.fromstring(document())
    for kind, one, another, value in plan:
        elements = [e for e in root.iter() if e.getparent() is not None]
        if not elements:
            break
        damage(kind, elements[one % len(elements)], elements[another % len(elements)], value)
    try:
        read(etree.tostring(root))
    except KbError as error:
        said = str(error)
    else:
        said = "read"
    assert said
    assert "\n" not in said


def damage(kind, found, other, value):
    """Change one element, by way of another or of a value."""
    names = sorted(found.attrib)
    if kind == "remove":
        found.getparent().remove(found)
    elif kind == "double":
        found.addnext(deepcopy(found))
    elif kind == "move" and found not in [other, *other.iterancestors()]:
        other.append(found)
    elif kind == "rename":
        found.tag = other.tag
    elif kind == "attribute" and names:
        found.set(names[0], value)
    elif kind == "drop" and names:
        del found.attrib[names[-1]]
    elif kind == "text":
        found.text = value


@pytest.mark.parametrize("nested", ["alinea", "paragraph", "chapter", "intro"])
def test_a_deep_document_is_refused_or_read_in_time(document, nested):
    """As deep as the parser allows, and a hundred kilobytes of one element beside each other."""
    opening = f'<{nested} eId="chp_1__art_1"><num>1</num>'.encode()
    deep = opening * 240 + f"</{nested}>".encode() * 240
    wide = (opening + f"</{nested}>".encode()) * (100_000 // len(opening))
    for inserted in (deep, wide):
        started = time.perf_counter()
        with contextlib.suppress(KbError):
            read(document().replace(b"<content>", inserted + b"<content>", 1))
        assert time.perf_counter() - started < 2
