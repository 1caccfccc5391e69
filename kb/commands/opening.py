"""What every command begins and ends with: open the index, read a day or an address, print."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import click

from kb.address import ClauseAddress
from kb.build import BuildReport, build, differences
from kb.config import Config
from kb.errors import IndexMissingError, InputError
from kb.index.searcher import Searcher


def day_of(text: str | None) -> date | None:
    """Read the day of an option; ``InputError`` when it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is not a date; write one like 2018-01-01") from None


def address_of(text: str) -> ClauseAddress:
    """Read an address, or a citation in words."""
    if "/" in text or " " not in text.strip():
        return ClauseAddress.parse(text)
    return ClauseAddress.parse_citation(text)


def open_index(config: Config) -> Searcher:
    """Open the index; build it first when there is none, and say when it is out of date."""
    try:
        searcher = Searcher(config)
    except IndexMissingError:
        click.echo("There is no index yet; building it once.", err=True)
        build_index(config, force=False)
        return Searcher(config)
    reasons = differences(searcher.manifest, config)
    if reasons:
        click.echo(f"kb: {reasons[0]} since the index was built; run: kb build", err=True)
    return searcher


def build_index(config: Config, *, force: bool) -> BuildReport:
    """Build the index with a progress bar."""
    with ProgressBar() as progress:
        return build(config, force=force, progress=progress)


class ProgressBar:
    """A progress bar on a terminal, nothing in a pipe."""

    def __enter__(self) -> Callable[[str, int, int], None]:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        self._bar = Progress(console=console, transient=True, disable=not console.is_terminal)
        self._bar.start()
        self._tasks: dict[str, Any] = {}
        return self._report

    def _report(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total)
        self._bar.update(self._tasks[stage], completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


# Line breaks to Unicode, though not to JSON: escaped, so that every reader counts the same lines.
_BREAKS = {ord(ch): f"\\u{ord(ch):04x}" for ch in "\x85\u2028\u2029"}


def print_json(value: object, *, indent: int | None = 2) -> None:
    """Print a value of plain JSON types, Kazakh letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent).translate(_BREAKS))
