"""Imported editions: which become the newest records, what is refused, what is to be reviewed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kb.corpus.load import corpus_hash, load_records, shipped_acts
from kb.errors import CorpusError, KbError
from kb.model import EditionKey, Records

SHIPPED = "U1500000153"
ACT = "V1800016985"
FIRST, SECOND = date(2019, 1, 15), date(2021, 10, 12)


@pytest.fixture(scope="module")
def held(imported_acts: Path) -> Records:
    return load_records(imported=imported_acts, with_references=False)


def test_every_text_is_an_edition(held: Records) -> None:
    assert [edition.key for edition in held.editions] == [
        EditionKey(SHIPPED, date(2022, 2, 22), "kk"),
        EditionKey(ACT, FIRST, "kk"),
        EditionKey(ACT, SECOND, "kk"),
        EditionKey(ACT, SECOND, "ru"),
    ]
    assert [edition.shipped for edition in held.editions] == [True, False, False, False]


def test_the_records_are_of_the_newest_kazakh_edition(held: Records) -> None:
    assert [(act.id, act.edition, act.lang) for act in held.acts] == [
        (SHIPPED, date(2022, 2, 22), "kk"),
        (ACT, SECOND, "kk"),
    ]
    own = [c for c in held.clauses if c.address.act == ACT]
    assert tuple(own) == held.editions[2].clauses
    assert {a.by.number for a in held.amendments if a.target.act == ACT} == {"310", "12"}


def test_without_imported_editions_nothing_else_is_read() -> None:
    one = load_records(with_references=False)
    assert one == load_records(imported=Path("/nowhere"), with_references=False)
    assert [edition.clauses for edition in one.editions] == [one.clauses]
    assert one.editions[0].amendments == one.amendments


def test_an_act_held_in_russian_alone_is_read_in_russian(
    tmp_path: Path, edition_texts: dict[str, str], edition_writer: Callable[..., Path]
) -> None:
    edition_writer(tmp_path, edition_texts["second.ru"], "2021-10-12", "ru")
    found = load_records(imported=tmp_path, with_references=False)
    assert [(act.id, act.lang) for act in found.acts] == [(SHIPPED, "kk"), (ACT, "ru")]


def test_restorations_say_their_act(held: Records) -> None:
    assert {entry.act for entry in held.restorations} == {SHIPPED}


def test_restorations_of_an_imported_edition_are_applied(
    tmp_path: Path, edition_texts: dict[str, str], edition_writer: Callable[..., Path]
) -> None:
    text = edition_texts["first.kk"].replace("мерзімінде қайтаруға", "мерз мнде қайтаруға")
    line = next(n for n, t in enumerate(text.split("\n"), 1) if "мерз мнде" in t)
    folder = edition_writer(tmp_path, text, "2019-01-15")
    (folder / "restorations.toml").write_text(
        f'[[restoration]]\nline = {line}\nbefore = "мерз мнде"\nafter = "мерзімінде"\n'
        'reason = "і"\n',
        encoding="utf-8",
    )
    records = load_records(imported=tmp_path, with_references=False)
    [clause] = [c for c in records.clauses if str(c.address) == f"{ACT}/rules/6/1"]
    assert clause.text == "құжатты мерзімінде қайтаруға;"
    assert clause.source_text == "құжатты мерз мнде қайтаруға;"
    assert [e.act for e in records.restorations if e.line == line and e.act != SHIPPED] == [ACT]


# -- the shipped act in a newer edition ------------------------------------------------------


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """The shipped act with an invented edition of 2023, in which one word of code/6/8 differs."""
    acts = tmp_path_factory.mktemp("amended")
    source = shipped_acts() / SHIPPED
    folder = acts / SHIPPED / "editions" / "2023-11-02.kk"
    folder.mkdir(parents=True)
    text = (source / "decree-153.kk.txt").read_text(encoding="utf-8")
    assert text.count("мүлкі тек мақсаты бойынша") == 1
    text = text.replace("мүлкі тек мақсаты бойынша", "мүлкі тек арналуы бойынша")
    text = text.replace("Осы Жарлық 2016 жылғы", "Осы  Жарлық 2016 жылғы")
    (folder / "source.txt").write_text(text, encoding="utf-8")
    shutil.copy(source / "restorations.toml", folder)
    meta = (source / "act.toml").read_text(encoding="utf-8")
    meta = meta.replace("decree-153.kk.txt", "source.txt").replace("2022-02-22", "2023-11-02")
    old = hashlib.sha256((source / "decree-153.kk.txt").read_bytes()).hexdigest()
    new = hashlib.sha256(text.encode()).hexdigest()
    (folder / "act.toml").write_text(meta.replace(old, new), encoding="utf-8")
    return load_records(imported=acts, with_references=False)


def test_a_headnote_whose_clause_has_other_words_is_to_be_reviewed(amended: Records) -> None:
    assert amended.acts[0].edition == date(2023, 11, 2)
    assert [n.address.short for n in amended.headnotes if n.review] == ["code/6/8"]
    assert len(amended.headnotes) == len(amended.clauses) == 90


def test_an_editors_note_stays_where_its_word_stands(amended: Records) -> None:
    shipped = load_records(with_references=False)
    gone = {n.word for n in shipped.editor_notes} - {n.word for n in amended.editor_notes}
    assert all("мақсаты" in word for word in gone)
    assert len(amended.editor_notes) < len(shipped.editor_notes)
    assert (amended.topics, amended.subjects) == (shipped.topics, shipped.subjects)


# -- damage ----------------------------------------------------------------------------------


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def write(name: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return change


def substitute(old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "act.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def not_utf8(folder: Path) -> None:
    (folder / "source.txt").write_bytes(b"\xff\xfe\x00")


DAMAGE = {
    "no act.toml": remove("act.toml"),
    "no text": remove("source.txt"),
    "text changed": write("source.txt", "1. Басқа мәтін."),
    "text not UTF-8": not_utf8,
    "act.toml not TOML": write("act.toml", "id = ["),
    "act.toml nested": write("act.toml", "a = " + "[" * 5000),
    "act.toml empty": write("act.toml", ""),
    "another act": substitute('id = "V1800016985"', 'id = "V1800016986"'),
    "another day": substitute("edition = 2021-10-12", "edition = 2021-10-13"),
    "another language": substitute('lang = "kk"', 'lang = "ru"'),
    "a time of day": substitute("adopted = 2018-05-14", "adopted = 2018-05-14T10:00:00"),
    "a day as text": substitute("in_force = 2018-06-12", 'in_force = "2018-06-12"'),
    "a number as number": substitute('number = "96"', "number = 96"),
    "a source elsewhere": substitute('source = "source.txt"', 'source = "../act.toml"'),
    "no short name in Russian": substitute("\nru = ", "\nde = "),
    "restorations of another kind": write("restorations.toml", 'restoration = "x"'),
    "a restoration without a line": write("restorations.toml", '[[restoration]]\nbefore = "x"'),
    "a restoration that does not fit": write(
        "restorations.toml",
        '[[restoration]]\nline = 1\nbefore = "кiм"\nafter = "кім"\nreason = "і"\n',
    ),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_folder_is_named_in_one_line(
    tmp_path: Path,
    edition_texts: dict[str, str],
    edition_writer: Callable[..., Path],
    damage: Callable[[Path], None],
) -> None:
    folder = edition_writer(tmp_path, edition_texts["second.kk"], "2021-10-12")
    damage(folder)
    with pytest.raises(CorpusError) as error:
        load_records(imported=tmp_path, with_references=False)
    assert str(folder) in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_still_being_made_and_other_files_are_passed_over(
    tmp_path: Path, imported_acts: Path
) -> None:
    shutil.copytree(imported_acts, tmp_path / "acts")
    editions = tmp_path / "acts" / ACT / "editions"
    (editions / ".importing-1a2b").mkdir()
    (editions / "README").write_text("x")
    (tmp_path / "acts" / "notes.txt").write_text("x")
    found = load_records(imported=tmp_path / "acts", with_references=False)
    assert len(found.editions) == 4


# -- the hash --------------------------------------------------------------------------------


def test_the_hash_covers_what_is_read_of_an_imported_edition(
    tmp_path: Path, imported_acts: Path
) -> None:
    acts = tmp_path / "acts"
    shutil.copytree(imported_acts, acts)
    folder = acts / ACT / "editions" / "2021-10-12.kk"
    seen = [corpus_hash(), corpus_hash(imported=acts)]
    for name in ("act.toml", "source.txt", "restorations.toml"):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("\n# another byte\n")
        seen.append(corpus_hash(imported=acts))
    shutil.rmtree(folder)
    seen.append(corpus_hash(imported=acts))
    assert len(set(seen)) == len(seen)
    assert corpus_hash(imported=tmp_path / "nothing") == seen[0]


def test_the_hash_leaves_out_the_file_as_received(tmp_path: Path, imported_acts: Path) -> None:
    acts = tmp_path / "acts"
    shutil.copytree(imported_acts, acts)
    before = corpus_hash(imported=acts)
    (acts / ACT / "editions" / "2021-10-12.kk" / "original.pdf").write_bytes(b"%PDF")
    assert corpus_hash(imported=acts) == before


def test_an_unreadable_data_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "acts").write_text("a file")
    assert load_records(imported=tmp_path / "acts", with_references=False).editions
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(KbError):
        load_records(imported=tmp_path / "loop", with_references=False)
