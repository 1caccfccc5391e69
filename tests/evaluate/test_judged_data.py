"""The project's own judged questions: enough of them, sound, and not copied from the headnotes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from kb.address import LANGUAGES
from kb.corpus.load import load_records
from kb.evaluate.judged import Judged, read_judged
from kb.model import Records

FOLDER = Path(__file__).parents[1] / "judged"
_TOO_ALIKE = 90


@pytest.fixture(scope="module")
def questions() -> list[Judged]:
    return read_judged(FOLDER)


@pytest.fixture(scope="module")
def records() -> Records:
    return load_records(with_references=False)


def normalised(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def in_order(text: str) -> str:
    """The words of a normalised text, sorted."""
    return " ".join(sorted(text.split()))


def sentences(text: str) -> set[str]:
    """The sentences of four words or more, normalised."""
    found = {normalised(part) for part in re.split(r"[.?!;]\s", text + " ")}
    return {sentence for sentence in found if sentence.count(" ") >= 3}


def test_ids_are_unique(questions: list[Judged]) -> None:
    assert [key for key, n in Counter(q.id for q in questions).items() if n > 1] == []


def test_questions_are_unique(questions: list[Judged]) -> None:
    counts = Counter((q.lang, normalised(q.question)) for q in questions)
    assert [key for key, n in counts.items() if n > 1] == []


def test_every_accepted_address_is_a_clause(questions: list[Judged], records: Records) -> None:
    known = {clause.address.short for clause in records.clauses}
    assert [(q.id, a) for q in questions for a in q.accept if a not in known] == []


def test_there_are_enough_in_and_out_of_scope(questions: list[Judged]) -> None:
    outside = [q for q in questions if not q.in_scope]
    assert len(questions) - len(outside) >= 300
    assert len(outside) >= 100
    assert sum(q.near for q in outside) * 2 >= len(outside)


@pytest.mark.parametrize("split", ["fit", "test"])
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_both_sides_of_the_split_hold_every_language(
    questions: list[Judged], split: str, lang: str
) -> None:
    side = [q for q in questions if q.split == split and q.lang == lang]
    assert sum(q.in_scope for q in side) >= 20
    assert sum(not q.in_scope for q in side) >= 5


def test_every_clause_is_asked_about(questions: list[Judged], records: Records) -> None:
    asked = {address for q in questions for address in q.accept}
    known = {clause.address.short for clause in records.clauses if clause.status == "in-force"}
    assert len(asked & known) >= 0.75 * len(known)


@pytest.fixture(scope="module")
def corpus_questions(records: Records) -> dict[str, dict[str, str]]:
    """By language, the questions that the index is built from, normalised, and whose they are."""
    sources = [(str(note.address), note.questions) for note in records.headnotes]
    sources += [(subject.id, subject.questions) for subject in records.subjects]
    return {
        lang: {normalised(q): name for name, by_lang in sources for q in by_lang.get(lang, ())}
        for lang in LANGUAGES
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_judged_question_nearly_repeats_one_of_the_corpus(
    questions: list[Judged], corpus_questions: dict[str, dict[str, str]], lang: str
) -> None:
    owners = corpus_questions[lang]
    asked, known = [q for q in questions if q.lang == lang], list(owners)
    # The words of each text are sorted once, not once a pair as ``fuzz.token_sort_ratio`` would.
    theirs = [in_order(text) for text in known]
    ours = [in_order(normalised(q.question)) for q in asked]
    scores = process.cdist(ours, theirs, scorer=fuzz.ratio, score_cutoff=_TOO_ALIKE)
    offenders = [
        f"{q.id} {score:.0f} {owners[known[place]]}: {q.question} | {known[place]}"
        for q, row in zip(asked, scores, strict=True)
        if (score := row[(place := int(row.argmax()))]) > _TOO_ALIKE
    ]
    assert offenders == []


def test_no_judged_question_shares_a_sentence_with_the_corpus(
    questions: list[Judged], corpus_questions: dict[str, dict[str, str]]
) -> None:
    texts = (text for by_lang in corpus_questions.values() for text in by_lang)
    theirs = {sentence for text in texts for sentence in sentences(text)}
    offenders = [f"{q.id}: {q.question}" for q in questions if sentences(q.question) & theirs]
    assert offenders == []
