"""Judged questions: bad lines are named, and the split is by clause and never moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import InputError
from kb.evaluate.judged import Judged, data_hash, read_judged

GOOD = '{"lang": "kk", "question": "Сыйлық?", "accept": ["code/6/8"]}'
BAD_LINES = {
    "not JSON": "{",
    "a list": "[]",
    "a number": "7",
    "no question": '{"lang": "kk", "accept": []}',
    "no accept": '{"lang": "kk", "question": "?"}',
    "no lang": '{"question": "?", "accept": []}',
    "accept is null": '{"lang": "kk", "question": "?", "accept": null}',
    "accept is one text": '{"lang": "kk", "question": "?", "accept": "code/6"}',
    "accept holds numbers": '{"lang": "kk", "question": "?", "accept": [6]}',
    "question is null": '{"lang": "kk", "question": null, "accept": []}',
    "question is a number": '{"lang": "kk", "question": 5, "accept": []}',
    "question is empty": '{"lang": "kk", "question": " ", "accept": []}',
    "an unknown language": '{"lang": "de", "question": "?", "accept": []}',
    "lang is a list": '{"lang": ["kk"], "question": "?", "accept": []}',
    "nested too deep": "[" * 100_000,
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(f"{GOOD}\n\n{line}\n{GOOD}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"questions\.jsonl, line 3: ") as error:
        read_judged(file)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes("сыйлық".encode("cp1251", "replace"))
    with pytest.raises(InputError, match=r"questions\.jsonl is not UTF-8 \(byte 0\)"):
        read_judged(file)


@pytest.mark.parametrize("name", ["nothing.jsonl", "."])
def test_no_file_no_questions(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="no judged questions at"):
        read_judged(tmp_path / name)


def test_line_separators_inside_a_question_do_not_break_the_line(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(GOOD.replace("Сыйлық?", "a\u2028b\u0085c"), encoding="utf-8")
    assert read_judged(file)[0].question == "a\u2028b\u0085c"


def test_a_folder_is_read_whole_in_order(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "blind-2.jsonl"):
        (tmp_path / name).write_text(GOOD + "\n" + GOOD, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not read")
    found = read_judged(tmp_path)
    assert [q.id for q in found] == ["a-1", "a-2", "b-1", "b-2", "blind-2-1", "blind-2-2"]
    assert [q.blind for q in found] == [False] * 4 + [True] * 2


def judged(*accept: str, key: str = "q", question: str = "?", blind: bool = False) -> Judged:
    return Judged(key, "kk", question, accept, blind=blind)


# The first byte of the sha256 of the key: odd is fit, even is test. Never change these.
SPLITS = [
    (judged("code/1"), "test"),
    (judged("code/2"), "test"),
    (judged("code/6/8"), "fit"),
    (judged("code/6/8", "code/1", key="other", question="other"), "fit"),
    (judged(key="o-001"), "fit"),
]


@pytest.mark.parametrize(("question", "split"), SPLITS)
def test_the_split_never_moves(question: Judged, split: str) -> None:
    assert question.split == split


def test_a_blind_question_is_for_testing_alone() -> None:
    assert {judged(f"code/{i}", blind=True).split for i in range(50)} == {"test"}


def test_all_questions_of_a_clause_are_on_one_side() -> None:
    for i in range(50):
        sides = {judged(f"code/{i}", key=str(n), question=str(n)).split for n in range(5)}
        assert len(sides) == 1


def test_the_hash_of_the_data_ignores_order_and_ids_but_no_words() -> None:
    one, two = judged("code/1", question="a"), judged("code/2", question="b")
    assert data_hash([one, two]) == data_hash([two, one])
    assert data_hash([one]) == data_hash([judged("code/1", question="a", key="z")])
    assert data_hash([one]) != data_hash([judged("code/1", question="a ")])
    assert data_hash([one]) != data_hash([judged("code/3", question="a")])
