"""Akoma Ntoso that was exported comes back as it was; anything else of that name is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kb.config import Config
from kb.corpus.load import load_edition, load_records
from kb.errors import CorpusError, InputError
from kb.exchange import akn
from kb.exchange.expressions import expressions
from kb.importing.bring_in import Standing, bring_in, standing
from kb.importing.inspect import Inspection, Request, inspect
from kb.importing.metadata import Given
from kb.importing.report import report_json
from kb.model import Records

HERE = Path(__file__).parent
ACTS, EDITIONS = HERE / "acts", HERE.parent / "editions"
LIBRARY, DAY = "V1800016985", date(2021, 10, 12)
# A file, its act and its edition.
FILES = [
    pytest.param(EDITIONS / "first.kk.txt", LIBRARY, date(2019, 1, 15), id="first edition"),
    pytest.param(EDITIONS / "second.kk.txt", LIBRARY, DAY, id="second edition"),
    pytest.param(EDITIONS / "second.ru.txt", LIBRARY, DAY, id="in Russian"),
    pytest.param(ACTS / "law.kk.txt", "Z2000000331", date(2023, 7, 1), id="a law"),
    pytest.param(ACTS / "law.ru.txt", "Z2000000331", date(2023, 7, 1), id="a law in Russian"),
    pytest.param(ACTS / "order.kk.html", "V2100022345", date(2023, 7, 1), id="tables"),
]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(home=tmp_path / "home", encoder="none")


@pytest.fixture
def exported(inspected: Callable[..., Inspection]) -> bytes:
    """The second edition of the library's order as a document."""
    return akn.write(inspected((EDITIONS / "second.kk.txt").read_bytes()).records)


@pytest.mark.parametrize(("path", "act", "day"), FILES)
def test_an_export_comes_back_byte_for_byte(
    inspected: Callable[..., Inspection], config: Config, path: Path, act: str, day: date
) -> None:
    first = inspected(path.read_bytes(), act, day)
    written = akn.write(first.records)
    again = inspected(written, act, day)
    assert again.records == first.records
    assert (again.refused, again.source.format) == ((), "akn")
    folder = bring_in(config, again)
    assert akn.write(load_edition(folder)) == written
    assert (folder / "original.xml").read_bytes() == written
    assert standing(config, again) is Standing.SAME
    assert standing(config, first) is Standing.SAME  # the text that the document was made from


def test_the_shipped_act_comes_back_with_its_restored_letters(config: Config) -> None:
    [shipped] = expressions(load_records(with_references=False))
    written = akn.write(shipped)
    request = Request("act.xml", written, "U1500000153", date(2022, 2, 22))
    found = inspect(request, Records(*((),) * 10))
    assert akn.write(found.records) == written
    assert standing(config, found) is Standing.SAME
    assert report_json(found)["remarks"] == [
        "the document does not say which letters were restored"
    ]


def test_a_document_of_what_is_held_as_text_changes_nothing(
    inspected: Callable[..., Inspection], config: Config, exported: bytes
) -> None:
    folder = bring_in(config, inspected((EDITIONS / "second.kk.txt").read_bytes()))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert bring_in(config, inspected(exported)) == folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_document_with_other_words_only_replaces_when_asked(
    inspected: Callable[..., Inspection], config: Config, exported: bytes
) -> None:
    bring_in(config, inspected((EDITIONS / "second.kk.txt").read_bytes()))
    other = inspected(exported.replace("Кітапхана".encode(), "Оқу залы".encode()))
    with pytest.raises(InputError, match="--replace"):
        bring_in(config, other)
    folder = bring_in(config, other, replacing=True)
    assert sorted(path.name for path in folder.iterdir()) == [
        "act.toml", "import.toml", "original.xml", "records.json",
    ]  # fmt: skip
    assert load_edition(folder).clauses == other.records.clauses


def test_changes_and_pairs_are_reported_as_for_a_text(
    inspected: Callable[..., Inspection], config: Config, exported: bytes
) -> None:
    for name in ("first.kk.txt", "second.ru.txt"):
        day = date(2019, 1, 15) if name.startswith("first") else DAY
        bring_in(config, inspected((EDITIONS / name).read_bytes(), LIBRARY, day))
    held = load_records(imported=config.acts_folder, with_references=False)
    text = inspected((EDITIONS / "second.kk.txt").read_bytes(), held=held)
    document = inspected(exported, held=held)
    assert (document.changes, document.pairing) == (text.changes, text.pairing)
    assert document.pairing is not None


def test_an_assumed_day_of_commencement_stays_assumed(
    inspected: Callable[..., Inspection], config: Config, exported: bytes
) -> None:
    again = inspected(exported)
    assert "in force since 2018-05-14, its day of adoption" in again.assumed[0]
    [act] = load_edition(bring_in(config, again)).acts
    assert act.in_force_assumed


FOREIGN = (
    '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act">'
    "<meta/><body><p>1. Сбор.</p></body></act></akomaNtoso>"
)
# What is done to a good document, and why it is refused.
WRONG = [
    ("another publisher", lambda good: FOREIGN.encode(), "another publisher"),
    ("another standard", lambda good: FOREIGN.replace("akn/3.0", "akn/2.0").encode(), "no act"),
    ("cut short", lambda good: good[:-200], "not XML"),
    ("entities", lambda good: good.replace(b"<akoma", b'<!DOCTYPE a [<!ENTITY b "c">]><akoma', 1),
     "document type"),
    ("an action that is none", lambda good: good.replace(b'action="', b'action="un', 1), "action"),
    ("a status that is none", lambda good: good.replace(b'status="excluded"', b'status="gone"'),
     "'gone'"),
    ("a language that leads out of the folder",
     lambda good: good.replace(b'language="kaz"', b'language="../../kaz"'), "the language"),
    ("no name in English", lambda good: re.sub(b'<[^<]*lang="en"[^<]*</[^>]*>', b"", good),
     "short name"),
    ("a name that cannot be seen",
     lambda good: good.replace(b'lang="en">', 'lang="en">\u200b'.encode()), "cannot be seen"),
    ("an address twice",
     lambda good: good.replace(b"<num>2.</num>", b"<num>1.</num>"), "one address"),
    ("a character that cannot be seen",
     lambda good: good.replace("Кітапхана".encode(), "Кі\u202eтапхана".encode()), "cannot be seen"),
]  # fmt: skip


@pytest.mark.parametrize(("harm", "why"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_document_that_is_not_ours_or_was_changed(
    inspected: Callable[..., Inspection],
    exported: bytes,
    harm: Callable[[bytes], bytes],
    why: str,
) -> None:
    harmed = harm(exported)
    assert harmed != exported
    with pytest.raises(InputError, match=why) as caught:
        inspected(harmed)
    assert "\n" not in str(caught.value)


# What is asked of the document, and why it is not that.
ASKED = [
    ({"act": "U1500000153"}, "V1800016985, edition 2021-10-12"),
    ({"edition": date(2022, 1, 1)}, "edition 2021-10-12"),
    ({"lang": "ru"}, r"\(kk\)"),
    ({"given": Given(number="97")}, "leave out --number"),
    ({"given": Given(in_force=date(2018, 6, 1))}, "leave out --in-force"),
]


@pytest.mark.parametrize(("asked", "why"), ASKED)
def test_a_document_of_another_text(
    inspected: Callable[..., Inspection], exported: bytes, asked: dict[str, object], why: str
) -> None:
    with pytest.raises(InputError, match=why):
        inspected(exported, **asked)


def test_records_that_were_touched_in_the_data_folder(
    inspected: Callable[..., Inspection], config: Config, exported: bytes
) -> None:
    folder = bring_in(config, inspected(exported))
    stored = (folder / "records.json").read_bytes()
    (folder / "records.json").write_bytes(stored.replace("Кітапхана".encode(), "Зал".encode()))
    with pytest.raises(CorpusError, match=r"records\.json has changed"):
        load_edition(folder)
    (folder / "records.json").write_bytes(stored)
    meta = (folder / "act.toml").read_text(encoding="utf-8")
    (folder / "act.toml").write_text(meta.replace('"96"', '"97"'), encoding="utf-8")
    with pytest.raises(CorpusError, match="differ in number"):
        load_edition(folder)


def test_records_that_do_not_hold_together(inspected: Callable[..., Inspection]) -> None:
    from kb.corpus.stored import check_records

    records = inspected((EDITIONS / "second.kk.txt").read_bytes()).records
    with pytest.raises(CorpusError, match="one act"):
        check_records(replace(records, acts=records.acts * 2))
    with pytest.raises(CorpusError, match="two clauses"):
        check_records(replace(records, clauses=records.clauses * 2))
    first, *rest = records.clauses
    other = replace(first, source_text=first.text.replace("а", "о"))
    with pytest.raises(CorpusError, match="not the text of its source"):
        check_records(replace(records, clauses=(other, *rest)))
