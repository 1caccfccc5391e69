"""The index is built in the background, told of, taken up again, and served without a restart."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import filelock
import pytest
from flask import Flask

import kb.build
import kb.web.knowledge
from kb.build import build, why_stale
from kb.config import Config
from kb.corpus.load import load_records
from kb.errors import StoreError
from kb.importing.held import remove_edition
from kb.index.store import current_name
from kb.model import Records
from kb.web import admin_build, admin_build_process
from kb.web.admin_build_process import asked_now, read_state, rebuild, write_state
from kb.web.app import create_app
from kb.web.knowledge import Knowledge, Latest
from tests.web.admin_site import LIBRARY, TOKEN, Admin, Builder, message_of, text_of

SECOND = text_of("second.kk").encode()
_PATIENCE_S = 60


def wait_for(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def holds(app: Flask, act: str) -> bool:
    """Whether a process of the site serves an act."""
    return app.test_client().get(f"/en/act/{act}/").status_code == 200


@pytest.fixture
def building(admin: Admin, plain_acts: Path, monkeypatch: pytest.MonkeyPatch) -> Admin:
    """Builds are made, of the plain act and what was imported."""
    admin.builder.corpus = plain_acts
    monkeypatch.setattr(
        "kb.web.admin_build.why_stale", lambda config: why_stale(config, plain_acts)
    )
    monkeypatch.setattr(kb.web.knowledge, "_LOOK_S", 0.0)
    return admin


def test_what_was_imported_is_served_by_every_process(building: Admin) -> None:
    other = create_app(building.config)
    assert not holds(building.app, LIBRARY)
    building.post(building.sent(SECOND), action="import")
    assert building.builder.ended.wait(_PATIENCE_S)
    for app in (building.app, other):
        wait_for(lambda app=app: holds(app, LIBRARY))  # type: ignore[misc]
    page = building.get("build")
    assert "Ready: the site shows every text that is held." in page.text
    assert "Refresh" not in page.headers
    building.builder.ended.clear()
    building.post(f"remove/{LIBRARY}/2021-10-12.kk", sure="yes")
    assert building.builder.ended.wait(_PATIENCE_S)
    for app in (building.app, other):
        wait_for(lambda app=app: not holds(app, LIBRARY))  # type: ignore[misc]


def test_a_request_keeps_the_index_that_it_began_with(building: Admin) -> None:
    with building.app.test_request_context("/en/"):
        before = kb.web.knowledge.knowledge()
        building.post(building.sent(SECOND), action="import")
        assert building.builder.ended.wait(_PATIENCE_S)
        wait_for(lambda: kb.web.knowledge.latest().get() is not before)
        assert kb.web.knowledge.knowledge() is before
    with building.app.test_request_context("/en/"):
        assert kb.web.knowledge.knowledge() is not before


def test_one_that_nobody_asked_for_long_is_served_at_once(
    building: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kb.web.knowledge, "_WAITED_FOR_S", -1.0)
    building.post(building.sent(SECOND), action="import")
    assert building.builder.ended.wait(_PATIENCE_S)
    assert holds(building.app, LIBRARY)


def test_an_index_that_cannot_be_opened_is_not_served_and_not_tried_again(
    admin_config: Config, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(kb.web.knowledge, "_LOOK_S", 0.0)
    latest = Latest(admin_config)
    before = latest.get()
    root = admin_config.index_folder
    (root / "current").write_text("damaged-one\n", encoding="utf-8")
    (root / "damaged-one").mkdir()
    opened: list[int] = []

    def open_again(config: Config) -> Knowledge:
        opened.append(1)
        raise StoreError("the index is damaged")

    monkeypatch.setattr(kb.web.knowledge, "Knowledge", open_again)
    for _ in range(5):
        assert latest.get() is before
        wait_for(lambda: latest.is_newest)
    assert opened == [1]
    assert "the old one is: the index is damaged" in caplog.text


def test_a_failed_build_is_reported_and_can_be_tried_again(
    building: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreError("cannot write to the index: No space left on device")

    with monkeypatch.context() as failing:
        failing.setattr(admin_build_process, "build", fail)
        building.post(building.sent(SECOND), action="import")
        assert building.builder.ended.wait(_PATIENCE_S)
    page = building.get("build")
    assert message_of(page) == "The build failed; the site works with the old index."
    assert "No space left on device" in page.text
    assert "Try again" in page.text
    assert holds(building.app, "U1500000153")
    building.builder.ended.clear()
    assert building.post("build").status_code == 303
    assert building.builder.ended.wait(_PATIENCE_S)
    wait_for(lambda: holds(building.app, LIBRARY))


def test_the_page_tells_the_stage_and_loads_itself_anew_until_asked_not_to(admin: Admin) -> None:
    state = replace(asked_now(), state="running", stage="encoding", done=12, total=90)
    write_state(admin.config.home, state)
    with filelock.FileLock(admin.config.home / "rebuild.lock"):
        page = admin.get("build")
        assert "Preparing the search by meaning: 12 of 90" in page.text
        assert page.headers["Refresh"] == "5"
        assert "Refresh" not in admin.get("build?still=1").headers
        assert "The index is being built" in admin.get().text
    assert message_of(admin.get("build")).startswith("The build failed")
    assert "The build stopped before its end." in admin.get("build").text


def test_a_stage_without_words_is_left_out(admin: Admin) -> None:
    state = replace(asked_now(), state="running", stage="<b>new stage</b>", done=1, total=2)
    write_state(admin.config.home, state)
    with filelock.FileLock(admin.config.home / "rebuild.lock"):
        assert "stage" not in admin.get("build").text


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b'{"state": "x"}', b"\xff\xfe"])
def test_a_damaged_state_is_none(admin: Admin, said: bytes) -> None:
    (admin.config.home / "rebuild.json").write_bytes(said)
    assert admin.get("build").status_code == 200


@pytest.mark.parametrize(("state", "taken_up"), [("asked", 1), ("running", 1), ("done", 0)])
def test_a_build_that_a_killed_server_left_is_taken_up(
    admin_config: Config, monkeypatch: pytest.MonkeyPatch, state: str, taken_up: int
) -> None:
    builder = Builder()
    monkeypatch.setattr("kb.web.admin_build.start", builder.start)
    write_state(admin_config.home, replace(asked_now(), state=state))  # type: ignore[arg-type]
    create_app(replace(admin_config, admin_token=""))
    assert builder.asked == 0
    create_app(admin_config)
    assert builder.asked == taken_up


def test_a_process_that_was_killed_is_noted(
    admin_config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(config: Config) -> subprocess.Popen[bytes]:
        write_state(config.home, replace(asked_now(), state="running"))
        return subprocess.Popen([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"])

    monkeypatch.setattr(admin_build, "start", dying)
    admin_build.ask_for_build(admin_config)

    def failed() -> bool:
        state = read_state(admin_config.home)
        return state is not None and state.state == "failed"

    wait_for(failed)


def test_a_second_build_waits_for_the_first(admin_config: Config, plain_acts: Path) -> None:
    before = current_name(admin_config.index_folder)
    with filelock.FileLock(admin_config.home / "rebuild.lock"):
        assert admin_build_process.is_running(admin_config.home)
        assert read_state(admin_config.home) is None
    assert rebuild(admin_config, plain_acts).state == "done"
    assert current_name(admin_config.index_folder) == before  # it was up to date
    assert not admin_build_process.is_running(admin_config.home)


def test_a_text_that_comes_while_the_corpus_is_read_leaves_the_index_out_of_date(
    admin_config: Config,
    plain_acts: Path,
    edition_writer: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read_and_import(*args: object, **more: object) -> Records:
        records = load_records(plain_acts, imported=admin_config.acts_folder)
        edition_writer(admin_config.acts_folder, text_of("first.kk"), "2019-01-15")
        return records

    monkeypatch.setattr(kb.build, "load_records", read_and_import)
    build(admin_config, force=True, corpus=plain_acts)
    assert why_stale(admin_config, plain_acts) == ["the corpus changed"]
    remove_edition(admin_config, LIBRARY, "2019-01-15.kk")
    assert why_stale(admin_config, plain_acts) == []


@pytest.mark.parametrize("encoder", ["none", "no-such-model"])
def test_the_process_itself(
    keyword_index_home: Path,
    tmp_path: Path,
    edition_writer: Callable[..., Path],
    edition_texts: dict[str, str],
    encoder: str,
) -> None:
    """It gets its settings from the environment, and not the token; it ends as it went."""
    home = shutil.copytree(keyword_index_home, tmp_path / "home")
    edition_writer(home / "acts", edition_texts["first.kk"], "2019-01-15")
    config = Config(home=home, encoder=encoder, admin_token=TOKEN)
    assert "the corpus changed" in why_stale(config)
    process = admin_build.start(config)
    code = process.wait(300)
    state = read_state(home)
    assert state is not None
    if encoder == "none":
        assert (code, state.state) == (0, "done")
        assert why_stale(config) == []
    else:
        assert (code, state.state) == (1, "failed")
        assert "no-such-model" in state.why


def test_the_token_is_not_handed_on(admin_config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_ADMIN_TOKEN", TOKEN)
    given: dict[str, str] = {}
    monkeypatch.setattr(subprocess, "Popen", lambda *_, env, **__: given.update(env))
    admin_build.start(admin_config)
    assert given["KB_HOME"] == str(admin_config.home)
    assert TOKEN not in "".join(given.values())
    assert given["PATH"] == os.environ["PATH"]
