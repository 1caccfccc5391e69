"""Indexes that several folders of tests share, each built once a session."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from kb.build import build
from kb.config import Config
from kb.corpus.load import shipped_acts
from kb.importing.bring_in import bring_in, held_records
from kb.importing.inspect import Request, inspect
from kb.importing.metadata import Given
from kb.index.encoders import Vectors

ACT = "U1500000153"
_PLAIN_FILES = ("act.toml", "decree-153.kk.txt", "restorations.toml", "topics.toml")


class FakeEncoder:
    """Vectors from the letters of a text, by hashing its trigrams: quick and repeatable."""

    name = "fake"
    fingerprint = "fake-1"
    dim = 32

    def __init__(self) -> None:
        self.calls: list[str] = []

    def queries(self, texts: Sequence[str]) -> Vectors:
        self.calls += texts
        return np.stack([self._vector(text) for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self.queries(texts)

    def _vector(self, text: str) -> Vectors:
        row = np.full(self.dim, 0.1, dtype=np.float32)
        for start in range(len(text)):
            row[hashlib.sha256(text[start : start + 3].encode()).digest()[0] % self.dim] += 1
        return row / np.float32(np.linalg.norm(row))


@pytest.fixture
def fake_encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture(scope="session")
def plain_acts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped act without what we add to it: one view a clause, quick to build."""
    folder: Path = tmp_path_factory.mktemp("acts")
    (folder / ACT).mkdir()
    for name in _PLAIN_FILES:
        shutil.copy(shipped_acts() / ACT / name, folder / ACT)
    return folder


@pytest.fixture(scope="session")
def plain_index_home(tmp_path_factory: pytest.TempPathFactory, plain_acts: Path) -> Path:
    """A keyword index of the plain act; copy it before changing it."""
    home: Path = tmp_path_factory.mktemp("plain")
    build(Config(home=home, encoder="none"), corpus=plain_acts)
    return home


@pytest.fixture(scope="session")
def keyword_index_home(pytestconfig: pytest.Config) -> Path:
    """A keyword index of the whole shipped corpus; copy it before changing it.

    Kept between runs: a build finds by itself whether the corpus or the program changed, and of
    several workers the first to come builds for all.
    """
    home = Path(pytestconfig.cache.mkdir("keywords"))
    build(Config(home=home, encoder="none"))
    return home


@pytest.fixture
def plain_home(plain_index_home: Path, tmp_path: Path) -> Path:
    """A copy of the plain index that a test may damage."""
    shutil.copytree(plain_index_home, tmp_path / "home")
    return tmp_path / "home"


# -- editions of a small act -----------------------------------------------------------------

EDITIONS = Path(__file__).parent / "editions"
LIBRARY_ORDER = "V1800016985"
_EDITION_META = """\
id = "V1800016985"
source = "source.txt"
sha256 = "{sha256}"
lang = "{lang}"
kind = "order"
number = "96"
adopted = 2018-05-14
in_force = 2018-06-12
edition = {day}

[short]
kk = "Мәдениет министрінің 2018 жылғы 14 мамырдағы № 96 бұйрығы"
ru = "Приказ Министра культуры от 14 мая 2018 года № 96"
en = "Order of the Minister of Culture No. 96 of 14 May 2018"
"""


def write_edition(acts: Path, text: str, day: str, lang: str = "kk") -> Path:
    """Write a text as an imported edition of the small act; return its folder."""
    folder = acts / LIBRARY_ORDER / "editions" / f"{day}.{lang}"
    folder.mkdir(parents=True)
    (folder / "source.txt").write_bytes(text.encode())
    digest = hashlib.sha256(text.encode()).hexdigest()
    meta = _EDITION_META.format(sha256=digest, lang=lang, day=day)
    (folder / "act.toml").write_text(meta, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def edition_writer() -> Callable[..., Path]:
    """Write a text as an imported edition: ``(acts, text, day, lang)``."""
    return write_edition


@pytest.fixture(scope="session")
def edition_texts() -> dict[str, str]:
    """The texts of the small act by file name, without ``.txt``."""
    return {path.stem: path.read_text(encoding="utf-8") for path in EDITIONS.glob("*.txt")}


@pytest.fixture(scope="session")
def imported_acts(tmp_path_factory: pytest.TempPathFactory, edition_texts: dict[str, str]) -> Path:
    """A data folder's acts: both editions of the small act, and the Russian of the second."""
    acts: Path = tmp_path_factory.mktemp("imported") / "acts"
    write_edition(acts, edition_texts["first.kk"], "2019-01-15")
    write_edition(acts, edition_texts["second.kk"], "2021-10-12")
    write_edition(acts, edition_texts["second.ru"], "2021-10-12", "ru")
    return acts


@pytest.fixture(scope="session")
def editions_home(
    tmp_path_factory: pytest.TempPathFactory, plain_acts: Path, imported_acts: Path
) -> Path:
    """A keyword index of the plain act and of the small act's editions."""
    home: Path = tmp_path_factory.mktemp("editions-home")
    shutil.copytree(imported_acts, home / "acts")
    build(Config(home=home, encoder="none"), corpus=plain_acts)
    return home


_RUSSIAN_LAW = Path(__file__).parent / "importing" / "acts" / "law.ru.txt"
_TAKEN_OUT = (
    "Ескерту. 8-тармақ алып тасталды – ҚР Мәдениет министрінің 12.10.2021 № 310 (алғашқы ресми "
    "жарияланған күнінен кейін күнтізбелік он күн өткен соң қолданысқа енгізіледі) бұйрығымен."
)


@pytest.fixture(scope="session")
def held_acts_home(
    tmp_path_factory: pytest.TempPathFactory, plain_acts: Path, edition_texts: dict[str, str]
) -> Path:
    """A keyword index of the plain act, the small act, and a law that is held in Russian alone.

    The small act's second edition says what took paragraph 8 out, and has lost the note on
    paragraph 7 that the first one has.
    """
    home: Path = tmp_path_factory.mktemp("held-acts")
    second = re.sub("Ескерту. 7-тармақ .*", _TAKEN_OUT, edition_texts["second.kk"])
    write_edition(home / "acts", edition_texts["first.kk"], "2019-01-15")
    write_edition(home / "acts", second, "2021-10-12")
    write_edition(home / "acts", edition_texts["second.ru"], "2021-10-12", "ru")
    config = Config(home=home, encoder="none")
    text = _RUSSIAN_LAW.read_bytes()
    law = Request("law.ru.txt", text, "Z2000000331", date(2024, 1, 1), None, Given())
    bring_in(config, inspect(law, held_records(config)[0]), replacing=False)
    build(config, corpus=plain_acts)
    return home
