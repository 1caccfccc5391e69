"""The index folder: published whole or not at all, checked at opening, refused with one line."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import filelock
import pytest

from kb.config import Config
from kb.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexSchemaError,
    KbError,
    StoreError,
)
from kb.index import store
from kb.index.searcher import Searcher

FILES = {"records.json": b"[1]", "vectors.npy": b"\x93NUMPY", "keyword/toc": b"toc"}


def manifest(folder: Path, built: str = "2022-02-22T10:00:00+00:00") -> store.Manifest:
    return store.Manifest(
        store.SCHEMA_VERSION, "0", built, "c", "p", "none", "", {"clauses": 1},
        store.checksums(folder),
    )  # fmt: skip


def publish(root: Path, files: dict[str, bytes] = FILES) -> Path:
    with store.building(root) as folder:
        for name, data in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(data)
        return store.publish(root, folder, manifest(folder))


def flip_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def one_line(error: pytest.ExceptionInfo[KbError]) -> str:
    message = str(error.value)
    assert "\n" not in message
    return message


def test_what_was_published_is_opened(tmp_path: Path) -> None:
    final = publish(tmp_path)
    folder, found = store.open_current(tmp_path)
    assert folder == final
    assert found == manifest(folder)
    assert {name: (folder / name).read_bytes() for name in FILES} == FILES


def test_a_second_build_takes_over_and_the_first_is_kept_for_its_readers(tmp_path: Path) -> None:
    first, second = publish(tmp_path), publish(tmp_path)
    assert store.open_current(tmp_path)[0] == second
    assert first.is_dir()


def test_a_third_build_drops_the_first(tmp_path: Path) -> None:
    first, second, third = (publish(tmp_path) for _ in range(3))
    folders = {path for path in tmp_path.iterdir() if path.is_dir()}
    assert folders == {second, third}
    assert not first.exists()


def test_what_a_killed_build_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    publish(tmp_path)
    (tmp_path / "building-dead0000" / "keyword").mkdir(parents=True)
    (tmp_path / "20200101T000000-orphan").mkdir()
    (tmp_path / "current.0badf00d").write_text("half")
    publish(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert not {n for n in names if n.startswith(("building-", "current.")) or "orphan" in n}


def test_a_build_that_fails_leaves_nothing_and_the_old_index_in_use(tmp_path: Path) -> None:
    first = publish(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ZeroDivisionError), store.building(tmp_path) as folder:
        (folder / "half").write_bytes(bytes([1 // 0]))
    assert sorted(tmp_path.iterdir()) == before
    assert store.open_current(tmp_path)[0] == first


@pytest.mark.parametrize("name", FILES)
def test_one_damaged_byte_is_found_and_the_file_named(tmp_path: Path, name: str) -> None:
    folder = publish(tmp_path)
    flip_byte(folder / name)
    with pytest.raises(IndexDamagedError) as error:
        store.open_current(tmp_path)
    assert name in one_line(error)
    assert "kb build" in one_line(error)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_gone_is_named(tmp_path: Path, name: str) -> None:
    folder = publish(tmp_path)
    (folder / name).unlink()
    with pytest.raises(IndexDamagedError, match=name):
        store.open_current(tmp_path)


def test_every_byte_of_the_manifest_counts(tmp_path: Path) -> None:
    path = publish(tmp_path) / "manifest.json"
    sound = path.read_bytes()
    for place in range(len(sound)):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        with pytest.raises(IndexDamagedError) as error:
            store.open_current(tmp_path)
        assert "kb build" in one_line(error)


def test_every_file_of_a_real_index_is_checked(plain_home: Path) -> None:
    config = Config(home=plain_home, encoder="none")
    folder, _ = store.open_current(config.index_folder)
    paths = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.stat().st_size]
    assert len(paths) >= 5
    for path in paths:
        flip_byte(path)
        with pytest.raises(IndexDamagedError) as error:
            Searcher(config)
        assert path.name in one_line(error)
        flip_byte(path)
    Searcher(config)


def rewrite(folder: Path, change: Callable[[dict[str, object]], object]) -> None:
    path = folder / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")
    store.point(folder.parent, folder)


def test_an_index_of_another_schema_says_to_rebuild(tmp_path: Path) -> None:
    folder = publish(tmp_path)
    rewrite(folder, lambda data: data.update(schema_version=99, new_field=1))
    with pytest.raises(IndexSchemaError) as error:
        store.open_current(tmp_path)
    assert "schema 99" in one_line(error)
    assert "kb build" in one_line(error)


BAD_MANIFESTS = {
    "empty": b"",
    "not JSON": b"{",
    "not UTF-8": b"\xff\xfe",
    "a list": b"[]",
    "a number": b"1",
    "nested too deep": b"[" * 100_000,
    "no fields but the version": b'{"schema_version": %d}' % store.SCHEMA_VERSION,
    "the wrong kind of files": b'{"schema_version": %d, "program": "", "built": "", '
    b'"corpus_hash": "", "pipeline_hash": "", "encoder": "", "encoder_hash": "", "counts": {}, '
    b'"files": 5}' % store.SCHEMA_VERSION,
}


@pytest.mark.parametrize("data", BAD_MANIFESTS.values(), ids=BAD_MANIFESTS)
@pytest.mark.parametrize("pointed", [True, False])
def test_a_manifest_that_cannot_be_read_is_damage(
    tmp_path: Path, data: bytes, pointed: bool
) -> None:
    folder = publish(tmp_path)
    (folder / "manifest.json").write_bytes(data)
    if pointed:
        store.point(tmp_path, folder)
    with pytest.raises(StoreError) as error:
        store.open_current(tmp_path)
    assert "kb build" in one_line(error)


BAD_POINTERS = {
    "empty": b"",
    "white space": b" \n \n",
    "a folder above": b"..",
    "the folder itself": b".",
    "a path": b"../outside",
    "an absolute path": b"/etc",
    "a folder that is not there": b"20220222T000000-nobody",
    "a file": b"lock",
    "NUL": b"a\0b",
    "not UTF-8": b"\xff\xfe\xfa",
    "a name too long for a file system": b"a" * 5000,
}


@pytest.mark.parametrize("data", BAD_POINTERS.values(), ids=BAD_POINTERS)
def test_a_pointer_that_names_no_folder_beside_it_is_no_index(tmp_path: Path, data: bytes) -> None:
    root = tmp_path / "index"
    outside = publish(root).rename(tmp_path / "outside")
    (tmp_path / "manifest.json").write_bytes((outside / "manifest.json").read_bytes())
    (root / "current").write_bytes(data)
    with pytest.raises(IndexMissingError) as error:
        store.open_current(root)
    assert "kb build" in one_line(error)


def test_a_pointer_that_is_a_folder_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    with pytest.raises(IndexMissingError):
        store.open_current(tmp_path)


def test_no_index_yet(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="run: kb build"):
        store.open_current(tmp_path / "nothing")


# A permission cannot be taken from root, so the data folder is put where no folder can be.
IMPOSSIBLE = ["file", "file/x", "file/x/y", "n" * 300]


@pytest.mark.parametrize("home", IMPOSSIBLE)
def test_a_data_folder_that_cannot_be_written_is_said_in_one_line(
    tmp_path: Path, home: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    root = tmp_path / home / "index"
    with pytest.raises(StoreError) as error, store.building(root):
        pytest.fail("there is nowhere to build")
    assert "cannot write to" in one_line(error)
    with pytest.raises(IndexMissingError):
        store.open_current(root)


def test_a_full_disk_is_said_in_one_line(tmp_path: Path) -> None:
    first = publish(tmp_path)
    with pytest.raises(StoreError, match="No space left on device"), store.building(tmp_path):
        raise OSError(28, os.strerror(28))
    assert store.open_current(tmp_path)[0] == first


def test_a_pointer_that_cannot_be_replaced_keeps_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(tmp_path)

    def refuse(*_: object) -> None:
        raise OSError(30, os.strerror(30))

    monkeypatch.setattr(store.os, "replace", refuse)
    with pytest.raises(StoreError, match="Read-only file system"):
        publish(tmp_path)
    monkeypatch.undo()
    assert store.open_current(tmp_path)[0] == first
    assert store.open_current(tmp_path)[0] != publish(tmp_path)


def test_two_builds_wait_for_each_other(tmp_path: Path) -> None:
    order: list[str] = []

    def other() -> None:
        with store.building(tmp_path):
            order.append("second")

    with store.building(tmp_path):
        thread = threading.Thread(target=other)
        thread.start()
        time.sleep(0.2)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_a_build_that_waited_too_long_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_LOCK_WAIT_S", 0.05)
    publish(tmp_path)
    held = filelock.FileLock(tmp_path / "lock", is_singleton=False)
    with held, pytest.raises(StoreError, match="another build holds"), store.building(tmp_path):
        pytest.fail("the lock is held")


def test_a_reader_keeps_answering_while_a_new_build_takes_over(plain_home: Path) -> None:
    config = Config(home=plain_home, encoder="none")
    reader = Searcher(config)
    before = reader.search("сыйлық алуға бола ма").hits
    root = config.index_folder
    with store.building(root) as folder:
        final = store.publish(root, folder, replace(reader.manifest, files={}))
    assert store.open_current(root)[0] == final
    assert reader.search("сыйлық алуға бола ма").hits == before
