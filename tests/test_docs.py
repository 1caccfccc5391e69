"""The documentation cannot lag: every command, setting, route and JSON key is written down."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from flask import Flask

from kb.address import ClauseAddress
from kb.answer.answerer import Answer
from kb.answer.quote import Library
from kb.answer.records import cited_record
from kb.cli import cli
from kb.config import Config
from kb.corpus.export import clause_json, export
from kb.corpus.load import load_records
from kb.model import Records
from kb.web.app import AREAS

ROOT = Path(__file__).parent.parent
DOCS = {
    path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))
}
PAGES = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
} | {f"docs/{name}": text for name, text in DOCS.items()}
ENVIRONMENT = re.compile(r"\bKB_[A-Z_]+\b")


def section(text: str, heading: str) -> str:
    """The text from a heading that begins so to the next one of its level; empty without it."""
    found = re.search(rf"^## {re.escape(heading)}.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found.group() if found else ""


# -- the command ------------------------------------------------------------------------------


CONTEXT = click.Context(cli)
COMMANDS = {name: cli.get_command(CONTEXT, name) for name in cli.list_commands(CONTEXT)}


def options() -> Iterator[tuple[str, str]]:
    """Every command of the program with each spelling of each of its options."""
    for name, command in COMMANDS.items():
        assert command
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield from ((name, spelling) for spelling in parameter.opts)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_in_the_readme_and_has_a_section(command: str) -> None:
    assert f"`kb {command}`" in PAGES["README.md"]
    assert section(DOCS["commands.md"], f"`kb {command}")


@pytest.mark.parametrize(("command", "option"), sorted(options()))
def test_every_option_is_in_the_section_of_its_command(command: str, option: str) -> None:
    assert re.search(
        rf"`{re.escape(option)}[` ]", section(DOCS["commands.md"], f"`kb {command}")
    ), f"docs/commands.md: kb {command} {option}"


def test_the_options_of_the_program_itself_are_written_down() -> None:
    spellings = [s for p in cli.params if isinstance(p, click.Option) for s in p.opts]
    assert [s for s in spellings if s not in DOCS["commands.md"]] == []


def test_no_section_is_of_a_command_that_is_gone() -> None:
    headings = re.findall(r"^## `kb (\w+)", DOCS["commands.md"], re.MULTILINE)
    assert set(headings) == set(COMMANDS)


# -- the settings -----------------------------------------------------------------------------


def setting_rows() -> dict[str, tuple[str, str]]:
    """The variable and the default of each setting, as the table has them."""
    rows = re.findall(r"^\| `(\w+)` \| `(KB_\w+)` \| ([^|]+?) \|", DOCS["configuration.md"], re.M)
    return {name: (variable, default) for name, variable, default in rows}


@pytest.mark.parametrize("name", [field.name for field in fields(Config)])
def test_every_setting_has_its_row_with_variable_and_default(name: str) -> None:
    variable, default = setting_rows()[name]
    assert variable == f"KB_{name.upper()}"
    value = getattr(Config(), name)
    if name != "home":  # it depends on the user and the system
        assert default == (f'`"{value}"`' if isinstance(value, str) else f"`{value}`")


def test_no_row_is_of_a_setting_that_is_gone() -> None:
    assert setting_rows().keys() == {field.name for field in fields(Config)}


def test_every_variable_that_the_code_reads_is_written_down() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "kb").rglob("*.py"))
    read = set(ENVIRONMENT.findall(code)) - {"KB_"}
    assert read <= set(ENVIRONMENT.findall(DOCS["configuration.md"]))


def test_the_pages_name_no_variable_that_nobody_reads() -> None:
    known = {f"KB_{field.name.upper()}" for field in fields(Config)} | {"KB_CONFIG"}
    assert {v for text in PAGES.values() for v in ENVIRONMENT.findall(text)} <= known


# -- the site ---------------------------------------------------------------------------------


def routes() -> list[str]:
    """The site's addresses as the docs write them; no index is opened."""
    app = Flask("kb.web")
    for area in AREAS:
        app.register_blueprint(area)
    rules = (re.sub(r"<any\(.*?\):lang>", "<lang>", rule.rule) for rule in app.url_map.iter_rules())
    return sorted({re.sub(r"<\w+:(\w+)>", r"<\1>", rule) for rule in rules})


@pytest.mark.parametrize("route", routes())
def test_every_route_is_written_down(route: str) -> None:
    assert re.search(rf"`{re.escape(route)}[`?]", DOCS["site.md"])


# -- the JSON ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def records() -> Records:
    return load_records(with_references=False)


def documented(heading: str) -> set[str]:
    """Every word set as code in a section of the JSON contract."""
    text = section(DOCS["json.md"], heading)
    assert text, f"docs/json.md has no section {heading}"
    return set(re.findall(r"`(\w+)`", text))


def keys(value: object) -> set[str]:
    """Every key of a value of plain JSON types, those inside it too; languages left out."""
    if isinstance(value, list):
        return {key for item in value for key in keys(item)}
    if not isinstance(value, dict):
        return set()
    own = {key for key in value if key not in {"kk", "ru", "en"}}
    return own.union(*(keys(item) for item in value.values()))


def cited(records: Records) -> dict[str, Any]:
    library = Library(records)
    clause = library.get(ClauseAddress.parse("code/6/8"))
    citation = library.cite(clause, on=date(2018, 1, 1))
    answer = Answer("?", "ru", True, 1.0, "", (citation,), (citation,), ("",), "clause")
    return {
        "answer": answer.as_json(),
        "clause": clause_json(clause) | cited_record(library, citation, "ru"),
    }


def test_every_key_of_an_answer_is_written_down(records: Records) -> None:
    assert keys(cited(records)["answer"]) <= documented("`kb ask --json`")


def test_every_key_of_a_clause_is_written_down(records: Records) -> None:
    shared = documented("`kb ask --json`")
    assert keys(cited(records)["clause"]) <= documented("`kb show --json`") | shared


def test_every_key_of_the_export_is_written_down(records: Records) -> None:
    whole = export(load_records())
    assert all(whole.values()), "an empty list hides its keys"
    assert keys(whole) <= documented("`kb export`") | documented("`kb show --json`")


def test_the_keys_of_search_and_history_are_written_down() -> None:
    """Read from the code that writes them, since both need an index to run."""
    source = (ROOT / "kb" / "answer" / "records.py").read_text(encoding="utf-8")
    written = source[source.index("def search_record") :]
    assert set(re.findall(r'^ {8}"(\w+)":', written, re.M)) <= documented("`kb search --json`")
    assert {"id", "amendments", "repeals"} <= documented("`kb history --json`")


def test_every_kind_of_answer_is_written_down() -> None:
    modules = (ROOT / "kb" / "answer").glob("*.py")
    source = "".join(path.read_text(encoding="utf-8") for path in modules)
    kinds = set(re.findall(r'kind="([a-z-]+)"', source))
    assert kinds
    text = section(DOCS["json.md"], "`kb ask --json`")
    assert [kind for kind in kinds if f"`{kind}`" not in text] == []


# -- the pages --------------------------------------------------------------------------------


def links() -> Iterator[tuple[str, str]]:
    """Every link or picture of a page to a file of the project."""
    for name, text in PAGES.items():
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)|src=\"([^\"]+)\"", text):
            address = "".join(target)
            if "://" not in address:
                yield name, address


@pytest.mark.parametrize(("page", "target"), sorted(links()))
def test_every_link_leads_somewhere(page: str, target: str) -> None:
    assert (ROOT / page).parent.joinpath(target).exists()


def blocks(language: str) -> list[str]:
    """Every block of code of a language, over all pages."""
    pattern = rf"^```{language}\n(.*?)^```"
    return [b for text in PAGES.values() for b in re.findall(pattern, text, re.M | re.DOTALL)]


@pytest.mark.parametrize("block", blocks("json"))
def test_every_json_example_is_json(block: str) -> None:
    assert json.loads(block)


@pytest.mark.parametrize("block", blocks("toml"))
def test_every_toml_example_is_toml(block: str) -> None:
    assert tomllib.loads(block)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_make_target_that_a_page_names_exists(page: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"(?:^|`)make ([a-z-]+)\b", PAGES[page], re.MULTILINE)
    assert [t for t in named if not re.search(rf"^{t}:", makefile, re.M)] == []
