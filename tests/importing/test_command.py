"""``kb import`` from the file to the data folder: what it prints, writes, asks and leaves alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

import kb as kb_package
from kb.cli import cli
from kb.commands import importing
from kb.config import Config
from kb.corpus.load import load_records
from kb.errors import InputError, KbError, StoreError
from kb.importing.write import edition_folder, toml, write_edition
from kb.index.searcher import Searcher

HERE = Path(__file__).parent
EDITIONS = HERE.parent / "editions"
SECOND = ("--act", "V1800016985", "--edition", "2021-10-12")
Kb = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder; the index is not built, only the wish for it noted."""
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KB_ENCODER", "none")
    monkeypatch.setattr(importing, "_rebuild", lambda config: None)
    return tmp_path / "home"


@pytest.fixture
def kb(home: Path) -> Kb:
    """Run the command; an error of the library is raised."""

    def run(*arguments: str, typed: str | None = None) -> Result:
        found = CliRunner().invoke(cli, ["import", *arguments], input=typed)
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found

    return run


def file(name: str) -> str:
    return str(EDITIONS / name)


def contents(home: Path) -> dict[str, bytes]:
    """Every file of the data folder but the lock, by its path."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def test_a_dry_run_prints_the_records_and_writes_nothing(kb: Kb, home: Path) -> None:
    found = json.loads(kb(file("second.kk.txt"), *SECOND, "--dry-run", "--json").stdout)
    assert set(found) == {"acts", "clauses", "amendments", "repeals", "references", "import"}
    assert found["acts"][0]["id"] == "V1800016985"
    assert "V1800016985/rules/6-1" in {clause["id"] for clause in found["clauses"]}
    assert len(found["amendments"]) == 6
    assert found["import"]["importable"] is True
    assert not contents(home)


def test_what_is_written_is_what_was_shown(kb: Kb, home: Path) -> None:
    shown = json.loads(kb(file("second.kk.txt"), *SECOND, "--dry-run", "--json").stdout)
    said = kb(file("second.kk.txt"), *SECOND, "--yes").stdout
    assert said == "Imported V1800016985, edition 2021-10-12 (kk).\n"
    [edition] = [
        e for e in load_records(imported=home / "acts", with_references=False).editions
        if not e.shipped
    ]  # fmt: skip
    assert [str(c.address) for c in edition.clauses] == [c["id"] for c in shown["clauses"]]
    assert [c.text for c in edition.clauses] == [c["text"] for c in shown["clauses"]]
    folder = edition_folder(home / "acts", "V1800016985", date(2021, 10, 12), "kk")
    assert (folder / "original.txt").read_bytes() == (EDITIONS / "second.kk.txt").read_bytes()
    origin = tomllib.loads((folder / "import.toml").read_text(encoding="utf-8"))
    assert origin["file"] == "second.kk.txt"
    assert origin["counts"] == {"lines": 74, "clauses": 21, "amendments": 6, "restorations": 0}


def test_a_second_import_of_the_same_text_changes_nothing(
    kb: Kb, home: Path, tmp_path: Path, files: SimpleNamespace
) -> None:
    kb(file("second.kk.txt"), *SECOND, "--yes")
    before = contents(home)
    assert kb(file("second.kk.txt"), *SECOND, "--yes").stdout.startswith("Nothing to do")
    lines = files.filled((EDITIONS / "second.kk.txt").read_text(encoding="utf-8"))
    (tmp_path / "same.docx").write_bytes(files.as_docx(lines))
    assert kb(str(tmp_path / "same.docx"), *SECOND, "--yes").stdout.startswith("Nothing to do")
    assert contents(home) == before


def test_another_text_of_the_same_edition_only_replaces_it_when_asked(kb: Kb, home: Path) -> None:
    kb(file("second.kk.txt"), *SECOND, "--yes")
    before = contents(home)
    with pytest.raises(InputError, match="--replace"):
        kb(file("first.kk.txt"), *SECOND, "--yes")
    assert contents(home) == before
    kb(file("first.kk.txt"), *SECOND, "--yes", "--replace")
    assert contents(home) != before
    assert len(load_records(imported=home / "acts", with_references=False).editions) == 2


def test_another_format_of_a_text_that_is_held_changes_nothing(
    kb: Kb, home: Path, tmp_path: Path, files: SimpleNamespace
) -> None:
    """A signature set on one line or on two is one text."""
    lines = files.filled((EDITIONS / "second.kk.txt").read_text(encoding="utf-8"))
    at = next(n for n, line in enumerate(lines) if line.startswith("Мәдениет министрі А."))
    (tmp_path / "two.txt").write_text("\n".join(lines), encoding="utf-8")
    kb(str(tmp_path / "two.txt"), *SECOND, "--yes")
    before = contents(home)
    office, name = lines[at].split(" А.", 1)
    (tmp_path / "one.txt").write_text(
        "\n".join([*lines[:at], office, f"А.{name}", *lines[at + 1 :]]), encoding="utf-8"
    )
    assert kb(str(tmp_path / "one.txt"), *SECOND, "--yes").stdout.startswith("Nothing to do")
    assert contents(home) == before


def test_a_day_of_commencement_can_be_said_later(kb: Kb, home: Path) -> None:
    kb(file("second.kk.txt"), *SECOND, "--yes")
    later = (*SECOND, "--in-force", "2018-06-12", "--yes")
    with pytest.raises(InputError, match="--replace"):
        kb(file("second.kk.txt"), *later)
    kb(file("second.kk.txt"), *later, "--replace")
    [act] = [e.act for e in load_records(imported=home / "acts", with_references=False).editions
             if not e.shipped]  # fmt: skip
    assert (act.in_force, act.in_force_assumed) == (date(2018, 6, 12), False)
    # What was said once holds for the next import of the act.
    assert kb(file("second.kk.txt"), *SECOND, "--yes").stdout.startswith("Nothing to do")


def test_the_shipped_text_is_held_already(kb: Kb, home: Path) -> None:
    from kb.corpus.load import shipped_acts

    source = shipped_acts() / "U1500000153" / "decree-153.kk.txt"
    held = kb(str(source), "--act", "U1500000153", "--edition", "2022-02-22", "--yes")
    assert held.stdout.startswith("Nothing to do")
    assert not contents(home)


def test_nobody_there_to_confirm(kb: Kb, home: Path) -> None:
    with pytest.raises(InputError, match="--dry-run"):
        kb(file("second.kk.txt"), *SECOND)
    assert not contents(home)


@pytest.mark.parametrize(
    ("typed", "restored", "imported"),
    [("y\ny\n", 1, True), ("n\ny\n", 0, True), ("y\nn\n", 0, False), ("\n\n", 0, False)],
)
def test_a_person_says_yes_or_no(
    kb: Kb, home: Path, monkeypatch: pytest.MonkeyPatch, typed: str, restored: int, imported: bool
) -> None:
    monkeypatch.setattr(importing, "_is_terminal", lambda: True)
    found = kb(file("second.kk.txt"), *SECOND, typed=typed)
    assert "Кiтапхананың → Кітапхананың" in found.stdout
    held = load_records(imported=home / "acts", with_references=False)
    assert len(held.editions) == 1 + imported
    ours = [r for e in held.editions if not e.shipped for r in e.restorations]
    assert len(ours) == restored


def test_yes_alone_accepts_no_restoration(kb: Kb, home: Path) -> None:
    kb(file("second.kk.txt"), *SECOND, "--yes")
    [edition] = load_records(imported=home / "acts", with_references=False).editions[1:]
    assert edition.restorations == ()
    kb(file("second.kk.txt"), *SECOND, "--yes", "--accept-restorations", "--replace")
    [edition] = load_records(imported=home / "acts", with_references=False).editions[1:]
    assert [r.after for r in edition.restorations] == ["Кітапхананың"]


def test_a_damaged_edition_can_be_imported_again(kb: Kb, home: Path) -> None:
    kb(file("second.kk.txt"), *SECOND, "--yes")
    folder = edition_folder(home / "acts", "V1800016985", date(2021, 10, 12), "kk")
    (folder / "act.toml").write_text("half", encoding="utf-8")
    with pytest.raises(KbError):
        load_records(imported=home / "acts", with_references=False)
    (folder / "source.txt").write_text("half", encoding="utf-8")
    said = kb(file("second.kk.txt"), *SECOND, "--yes", "--replace")
    assert "cannot be used" in said.stderr
    assert len(load_records(imported=home / "acts", with_references=False).editions) == 2


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--act", "153", "--edition", "2021-10-12"), "registration code"),
        (("--act", "V1800016985", "--edition", "12.10.2021"), "not a date"),
        (("--act", "U1500000153", "--edition", "2023-01-01"), "its number is 96"),
    ],
)
def test_refusals(kb: Kb, home: Path, arguments: tuple[str, ...], why: str) -> None:
    with pytest.raises(InputError, match=why):
        kb(file("second.kk.txt"), *arguments, "--yes")
    assert not contents(home)


def test_an_imported_act_is_found_at_once(keyword_index_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(keyword_index_home, tmp_path / "home")
    env = os.environ | {"KB_HOME": str(home), "KB_ENCODER": "none"}
    command = [sys.executable, "-m", "kb", "import", file("second.kk.txt"), *SECOND, "--yes"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    hits = Searcher(Config(home=home, encoder="none")).search("оқырман құжат", limit=100).hits
    assert any(hit.clause.address.act == "V1800016985" for hit in hits)


@pytest.mark.skipif(os.name != "posix", reason="forks")
@pytest.mark.parametrize("how", ["new", "replace"])
def test_dying_at_every_step_of_writing(tmp_path: Path, how: str) -> None:
    command = [sys.executable, str(HERE / "dies_importing.py"), str(tmp_path / "acts"), how]
    path = os.pathsep.join([str(Path(kb_package.__file__).parents[1]), str(HERE.parent)])
    env = os.environ | {"PYTHONPATH": path}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "acts").write_text("a file", encoding="utf-8")
    folder = edition_folder(tmp_path / "acts", "U1500000153", date(2023, 11, 2), "kk")
    with pytest.raises(StoreError, match="cannot write"):
        write_edition(folder, {"a": b""})


def test_what_is_written_as_toml_is_read_back() -> None:
    values = {"a": 'ә "б" \\ \n', "n": 3, "yes": True, "day": date(2023, 11, 2), "list": ["x", "y"],
              "table": {"1": "z1", "a b": "c"}, "rows": [{"line": 1}, {"line": 2}]}  # fmt: skip
    assert tomllib.loads(toml(values).decode()) == values
