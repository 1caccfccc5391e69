"""Acts are loaded from folders, checked against their data, and known by one hash."""

import hashlib
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.corpus.load import corpus_hash, load_records, shipped_acts
from kb.errors import CorpusError, InputError, KbError

ACT_TOML = """\
id = "U2000000012"
source = "act.txt"
sha256 = "{sha256}"
lang = "kk"
kind = "decree"
number = "12"
adopted = 2020-03-02
in_force = 2020-04-01
edition = 2021-03-04
short = {{ kk = "Алымдар туралы", ru = "О сборах", en = "On fees" }}
"""
TEXT = """\
Алымдар туралы
Қазақстан Республикасы Президентінің 2020 жылғы 2 наурыздағы № 12 Жарлығы.
1-тарау. Алым
1. Алым:
1) салық;
2) айып.
Ескерту. 1-тармаққа өзгеріс енгізілді - ҚР Президентінің 04.03.2021 № 540 Жарлығымен.
2. Мөлшері белгіленсін.
Ескерту. 2-тармақ алып тасталды - ҚР Президентінің 04.03.2021 № 540 Жарлығымен.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with one small act."""
    folder = tmp_path / "acts" / "U2000000012"
    folder.mkdir(parents=True)
    (folder / "act.txt").write_text(TEXT, encoding="utf-8")
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    (folder / "act.toml").write_text(ACT_TOML.format(sha256=sha256), encoding="utf-8")
    return tmp_path / "acts"


def act_file(corpus: Path, name: str) -> Path:
    return corpus / "U2000000012" / name


def test_an_act_without_headnotes_loads(corpus: Path) -> None:
    records = load_records(corpus, with_references=False)
    addresses = [str(c.address) for c in records.clauses]
    assert addresses == [f"U2000000012/decree/{a}" for a in ("1", "1/1", "1/2", "2")]
    assert [str(a) for a in records.acts[0].chapters[0].clauses] == [addresses[0], addresses[3]]
    assert [a.by.number for a in records.amendments] == ["540", "540"]


def test_a_clause_that_a_note_excludes_has_that_status(corpus: Path) -> None:
    records = load_records(corpus, with_references=False)
    status = {c.address.short: c.status for c in records.clauses}
    assert status == {
        "decree/1": "in-force",
        "decree/1/1": "in-force",
        "decree/1/2": "in-force",
        "decree/2": "excluded",
    }


def test_several_acts_stand_one_after_another(corpus: Path) -> None:
    shutil.copytree(shipped_acts() / "U1500000153", corpus / "U1500000153")
    records = load_records(corpus, with_references=False)
    assert [act.id for act in records.acts] == ["U1500000153", "U2000000012"]
    assert len({clause.address for clause in records.clauses}) == len(records.clauses)


BROKEN = [
    ("act.txt", lambda text: text + "3. Жаңа.\n", CorpusError, "has changed: sha256 is"),
    ("act.toml", lambda text: text.replace("lang", "long"), CorpusError, "lang is missing"),
    (
        "act.toml",
        lambda text: text.replace("2020-03-02", '"кеше"'),
        CorpusError,
        "adopted must be a",
    ),
    ("act.toml", lambda text: text + "[[", CorpusError, "is not TOML"),
    ("act.toml", lambda text: text.replace("act.txt", "b.txt"), InputError, "cannot read .*b.txt"),
]


@pytest.mark.parametrize(("name", "spoil", "error", "message"), BROKEN)
def test_a_folder_that_contradicts_itself_is_refused(
    corpus: Path, name: str, spoil: object, error: type[KbError], message: str
) -> None:
    path = act_file(corpus, name)
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(error, match=message):
        load_records(corpus, with_references=False)


def test_a_source_in_another_encoding_is_refused(corpus: Path) -> None:
    data = TEXT.replace("і", "i").encode("cp1251", "replace")
    act_file(corpus, "act.txt").write_bytes(data)
    toml = ACT_TOML.format(sha256=hashlib.sha256(data).hexdigest())
    act_file(corpus, "act.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(InputError, match=r"act\.txt is not UTF-8"):
        load_records(corpus, with_references=False)


def test_a_folder_without_an_act_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no act"):
        load_records(tmp_path)


def test_the_hash_depends_on_the_files_alone(corpus: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(corpus, tmp_path / "copy")
    assert corpus_hash(corpus) == corpus_hash(copy)
    assert len(corpus_hash()) == 64


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.data())
def test_the_hash_changes_with_any_byte_of_any_file(corpus: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(p for p in corpus.rglob("*") if p.is_file())))
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    before = corpus_hash(corpus)
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    try:
        assert corpus_hash(corpus) != before
    finally:
        path.write_bytes(whole)
    assert corpus_hash(corpus) == before


@pytest.mark.parametrize("change", ["rename", "add", "remove"])
def test_the_hash_changes_with_the_list_of_files(corpus: Path, change: str) -> None:
    before = corpus_hash(corpus)
    path = act_file(corpus, "act.txt")
    if change == "rename":
        path.rename(path.with_name("b.txt"))
    elif change == "add":
        act_file(corpus, "empty.toml").touch()
    else:
        path.unlink()
    assert corpus_hash(corpus) != before


def test_records_without_references_are_the_same_otherwise(records: object) -> None:
    assert "kb.corpus.references" in sys.modules or records
    plain = load_records(with_references=False)
    assert plain.references == ()
    assert plain.clauses == records.clauses  # type: ignore[attr-defined]
