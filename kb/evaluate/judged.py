"""Judged questions: read them, and split them by clause into those to fit and those to test on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.address import LANGUAGES
from kb.errors import InputError

_BLIND = "blind"


@dataclass(frozen=True)
class Judged:
    """A question with the addresses accepted as first citation; none when it is out of scope."""

    id: str
    lang: str
    question: str
    accept: tuple[str, ...]
    style: str = "plain"
    near: bool = False
    blind: bool = False

    @property
    def in_scope(self) -> bool:
        """Whether the corpus answers it."""
        return bool(self.accept)

    @property
    def group(self) -> str:
        """What keeps questions together in splits and folds: the first clause, or the id."""
        return self.accept[0] if self.accept else self.id

    @property
    def split(self) -> str:
        """``fit`` or ``test``, by the hash of the group.

        All questions of a clause fall on the same side; a blind file is for testing alone.
        """
        if self.blind:
            return "test"
        return "fit" if hashlib.sha256(self.group.encode()).digest()[0] % 2 else "test"


def read_judged(path: Path) -> list[Judged]:
    """Read one JSON Lines file, or every one of a folder; ``InputError`` names a bad line."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise InputError(f"no judged questions at {path}; name a .jsonl file or a folder of them")
    return [judged for file in files for judged in _read_file(file)]


def _read_file(file: Path) -> list[Judged]:
    found = []
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not UTF-8 (byte {error.start})") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found.append(_read_line(file, number, line))
    return found


def _read_line(file: Path, number: int, line: str) -> Judged:
    try:
        data = json.loads(line)
        judged = Judged(
            str(data.get("id", f"{file.stem}-{number}")),
            data["lang"],
            data["question"],
            tuple(data["accept"]),
            data.get("style", "plain"),
            bool(data.get("near")),
            file.stem.startswith(_BLIND),
        )
        texts = [judged.lang, judged.question, judged.style, *judged.accept]
        good = isinstance(data["accept"], list) and all(isinstance(text, str) for text in texts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        good = False
    if not good:
        raise InputError(
            f"{file}, line {number}: write an object with lang, question and accept"
        ) from None
    if judged.lang not in LANGUAGES or not judged.question.strip():
        raise InputError(f"{file}, line {number}: lang is kk, ru or en, and question is not empty")
    return judged


def data_hash(questions: Sequence[Judged]) -> str:
    """A short hash of the questions and their answers, in any order."""
    rows = sorted(f"{q.lang}\0{q.question}\0{','.join(q.accept)}" for q in questions)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]
