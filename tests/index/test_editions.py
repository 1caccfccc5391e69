"""The records of an index: the newest apart, every edition in a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.config import Config
from kb.corpus.load import load_records
from kb.errors import IndexDamagedError
from kb.index import store
from kb.index.editions import read_records, write_records
from kb.index.searcher import Searcher
from kb.model import Records


@pytest.fixture(scope="module")
def records(imported_acts: Path) -> Records:
    return load_records(imported=imported_acts, with_references=False)


def test_what_is_written_is_read_back(tmp_path: Path, records: Records) -> None:
    write_records(tmp_path, records)
    newest, editions = read_records(tmp_path)
    assert newest.editions == ()
    assert newest.clauses == records.clauses
    assert tuple(editions.values()) == records.editions
    assert list(editions) == [edition.key for edition in records.editions]


def test_an_edition_is_decoded_once_and_when_asked_for(tmp_path: Path, records: Records) -> None:
    write_records(tmp_path, records)
    _, editions = read_records(tmp_path)
    key = records.editions[1].key
    assert (len(editions), editions.is_decoded(key)) == (4, False)
    assert editions[key] is editions[key]
    assert [k for k in editions if editions.is_decoded(k)] == [key]


def test_a_damaged_edition_is_found_when_the_index_is_opened(
    editions_home: Path, tmp_path: Path
) -> None:
    import shutil

    shutil.copytree(editions_home, tmp_path / "home")
    config = Config(home=tmp_path / "home", encoder="none")
    folder, _ = store.open_current(config.index_folder)
    path = folder / "editions" / "V1800016985@2019-01-15.kk.json"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamagedError, match=r"V1800016985@2019-01-15\.kk\.json"):
        Searcher(config)
