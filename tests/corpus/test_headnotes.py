"""Every fault of the headnotes and of the editor's notes is found and named."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.address import LANGUAGES, ClauseAddress
from kb.corpus.headnotes import (
    check_editor_notes,
    check_headnotes,
    load_editor_notes,
    load_headnotes,
    load_subjects,
    load_topics,
)
from kb.errors import CorpusError
from kb.model import Clause, EditorNote, Headnote, Records, Topic

TOPIC = Topic("fees", {}, {})


def clause(number: str) -> Clause:
    address = ClauseAddress("code", (number,))
    return Clause(address, "paragraph", number, None, None, "Алым төленеді.", "", (1,))


def headnote(number: str, **changes: Any) -> Headnote:
    words = {"kk": f"алым {number}", "ru": f"сбор {number}", "en": f"fee {number}"}
    note = Headnote(
        ClauseAddress("code", (number,)),
        "duty",
        "civil-servant",
        ("fees",),
        words,
        words,
        {"ru": "сбор", "en": "fee"},
        {lang: (f"{text}?",) for lang, text in words.items()},
    )
    return replace(note, **changes)


CLAUSES = [clause("1"), clause("2")]


def without(lang: str) -> dict[str, Any]:
    return {other: "x" for other in LANGUAGES if other != lang}


FAULTS = [
    ([headnote("1")], "code/2: no headnote"),
    ([headnote("1"), headnote("2"), headnote("2", questions=headnote("9").questions)],
     "code/2: two headnotes"),
    ([headnote("1"), headnote("2"), headnote("7")], "code/7: there is no such clause"),
    ([headnote("1"), headnote("2", title=without("kk"))], "code/2: no title in kk"),
    ([headnote("1"), headnote("2", summary=without("en"))], "code/2: no summary in en"),
    ([headnote("1"), headnote("2", translation={"en": "fee"})], "code/2: no translation in ru"),
    ([headnote("1"), headnote("2", questions={"kk": ("алым?",), "ru": ("сбор?",)})],
     "code/2: no questions in en"),
    ([headnote("1"), headnote("2", questions={"kk": ("алым?",), "ru": ("сбор?",), "en": ()})],
     "code/2: no questions in en"),
    ([headnote("1"), headnote("2", topics=("fees", "sea"))], "code/2: no topic is called sea"),
    ([headnote("1"), headnote("2", role="advice")], "code/2: no role is called advice"),
    ([headnote("1"), headnote("2", actor="citizen")], "code/2: no actor is called citizen"),
    ([headnote("1"), headnote("2", questions={**headnote("2").questions, "ru": ("  СБОР 1 ",)})],
     "stands under code/1 and code/2"),
]  # fmt: skip


@pytest.mark.parametrize(("notes", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_fault_is_found(notes: list[Headnote], fault: str) -> None:
    with pytest.raises(CorpusError) as caught:
        check_headnotes(notes, CLAUSES, [TOPIC])
    faults = str(caught.value).splitlines()[1:]
    assert len(faults) == 1
    assert fault in faults[0]


def test_headnotes_without_a_fault_pass() -> None:
    check_headnotes([headnote("1"), headnote("2")], CLAUSES, [TOPIC])


def test_all_faults_are_told_at_once() -> None:
    notes = [headnote("1", role="advice", actor="citizen"), headnote("7")]
    with pytest.raises(CorpusError) as caught:
        check_headnotes(notes, CLAUSES, [])
    assert len(str(caught.value).splitlines()) == 1 + 6


def test_every_shipped_clause_has_a_headnote(records: Records) -> None:
    assert {n.address for n in records.headnotes} == {c.address for c in records.clauses}
    check_headnotes(records.headnotes, records.clauses, records.topics)


WORDS = {"kk": "а", "ru": "б", "en": "c"}
EDITOR_FAULTS = [
    (
        EditorNote(ClauseAddress("code", ("7",)), "Алым", "алым", WORDS),
        "code/7, which is no clause",
    ),
    (EditorNote(ClauseAddress("code", ("1",)), "салық", "алым", WORDS), "about 'салық', not there"),
    (
        EditorNote(ClauseAddress("code", ("1",)), "Алым", "алым", {"kk": "а", "ru": "б"}),
        "text in en",
    ),
]


@pytest.mark.parametrize(("note", "fault"), EDITOR_FAULTS)
def test_a_fault_of_an_editors_note_is_found(note: EditorNote, fault: str) -> None:
    with pytest.raises(CorpusError, match=fault):
        check_editor_notes([note], CLAUSES)


def test_an_editors_note_never_changes_the_text(records: Records) -> None:
    by_address = {c.address: c for c in records.clauses}
    assert records.editor_notes
    for note in records.editor_notes:
        assert note.word in by_address[note.address].text
        assert note.meant != note.word


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    write(tmp_path, "bad.toml", "[[headnote]\n")
    with pytest.raises(CorpusError, match=r"bad\.toml is not TOML"):
        load_headnotes(tmp_path, tmp_path / "questions")


def test_an_entry_without_a_field_is_named(tmp_path: Path) -> None:
    write(tmp_path, "h.toml", '[[headnote]]\naddress = "code/1"\nrole = "duty"\n')
    with pytest.raises(CorpusError, match=r"h\.toml: code/1 has no 'actor'"):
        load_headnotes(tmp_path, tmp_path / "questions")
    write(tmp_path, "h.toml", '[[note]]\naddress = "code/1"\n')
    with pytest.raises(CorpusError, match=r"h\.toml: code/1 has no 'word'"):
        load_editor_notes(tmp_path)
    topics = write(tmp_path, "t.toml", '[[topic]]\nid = "fees"\n')
    with pytest.raises(CorpusError, match=r"t\.toml: fees has no 'label'"):
        load_topics(topics)
    subjects = write(tmp_path, "s.toml", '[[subject]]\nid = "tax"\n')
    with pytest.raises(CorpusError, match=r"s\.toml: tax has no 'see'"):
        load_subjects([subjects])


def test_more_questions_join_those_of_the_headnote(tmp_path: Path) -> None:
    words = 'kk = "а"\nru = "б"\nen = "c"\n'
    asked = 'kk = ["а?"]\nru = ["б?"]\nen = ["c?"]\n'
    write(
        tmp_path,
        "h.toml",
        '[[headnote]]\naddress = "code/1"\nrole = "duty"\nactor = "society"\ntopics = []\n'
        f"[headnote.title]\n{words}[headnote.summary]\n{words}[headnote.translation]\n{words}"
        f"[headnote.questions]\n{asked}",
    )
    more = tmp_path / "more"
    more.mkdir()
    write(more, "m.toml", '[[more]]\naddress = "code/1"\nkk = ["ә?"]\n')
    [note] = load_headnotes(tmp_path, more)
    assert note.questions == {"kk": ("а?", "ә?"), "ru": ("б?",), "en": ("c?",)}
    write(more, "n.toml", '[[more]]\naddress = "code/2"\nkk = ["ә?"]\n')
    with pytest.raises(CorpusError, match="addresses without a headnote: code/2"):
        load_headnotes(tmp_path, more)
