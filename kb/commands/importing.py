"""``kb import``: bring in a text of an act from a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from kb.build import why_stale
from kb.commands.opening import build_index, print_json
from kb.config import Config
from kb.corpus.export import export
from kb.errors import InputError
from kb.importing.asked import Wish, request_for
from kb.importing.bring_in import Standing, bring_in, held_records, standing
from kb.importing.damage import Suspicion
from kb.importing.inspect import Inspection, Request, inspect
from kb.importing.read_file import read_bytes
from kb.importing.report import report_json, report_lines
from kb.model import Records


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--act", required=True, metavar="CODE", help="The act's registration code.")
@click.option("--edition", required=True, metavar="DATE", help="The day of consolidation.")
@click.option("--lang", type=click.Choice(["kk", "ru"]), help="The text's language; else told.")
@click.option("--number", help="The act's number, where the text does not say it.")
@click.option("--adopted", metavar="DATE", help="The day of adoption, where it is not said.")
@click.option("--in-force", metavar="DATE", help="In force since, where the text does not say it.")
@click.option("--accept-restorations", is_flag=True, help="Accept every proposed restoration.")
@click.option("--replace", "replacing", is_flag=True, help="Replace another text of the edition.")
@click.option("--dry-run", is_flag=True, help="Say what would be imported; write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (docs/json.md).")
@click.pass_obj
def import_command(config: Config, /, file: Path, **options: Any) -> None:
    """Bring in the text of an act from FILE: HTML, DOCX, PDF, plain text or our Akoma Ntoso."""
    request = _request(file, options)
    held, damaged = held_records(config)
    for message in damaged:
        click.echo(f"kb: {message}", err=True)
    found = inspect(request, held)
    if options["accept_restorations"] and found.proposals:
        found = inspect(request, held, found.proposals)
    if options["dry_run"]:
        _show(found, as_json=options["as_json"])
        return
    found.check_complete()
    if standing(config, found) is Standing.SAME:
        _say_same(found, as_json=options["as_json"])
        _rebuild(config)
        return
    found = _confirmed(found, request, held, options)
    folder = bring_in(config, found, replacing=options["replacing"])
    _rebuild(config)
    if options["as_json"]:
        print_json({"import": report_json(found) | {"written": str(folder)}})
    else:
        click.echo(f"Imported {found.act.id}, edition {found.act.edition} ({found.act.lang}).")


def _request(file: Path, options: dict[str, Any]) -> Request:
    names = ("act", "edition", "lang", "number", "adopted", "in_force")
    wish = Wish(**{name: options[name] for name in names})
    return request_for(str(file), read_bytes(file), wish)


def _show(found: Inspection, *, as_json: bool) -> None:
    if as_json:
        print_json(export(_with_references(found)) | {"import": report_json(found)})
        return
    for line in report_lines(found):
        click.echo(line)


def _with_references(found: Inspection) -> Records:
    if found.act.lang != "kk":
        return found.records
    from kb.corpus.references import find_references  # spaCy takes seconds

    references = find_references(found.records.clauses, found.act.id)
    return replace(found.records, references=tuple(references))


def _say_same(found: Inspection, *, as_json: bool) -> None:
    if as_json:
        print_json({"import": report_json(found) | {"written": None}})
        return
    act = found.act
    click.echo(f"Nothing to do: {act.id}, edition {act.edition} ({act.lang}) holds this text.")


def _confirmed(
    found: Inspection, request: Request, held: Records, options: dict[str, Any]
) -> Inspection:
    """Show the report and ask: for each restoration, then once for the whole."""
    if options["yes"]:
        return found
    if not _is_terminal():
        raise InputError("nobody is there to confirm; look with --dry-run, then import with --yes")
    _show(found, as_json=False)
    if found.proposals:
        accepted = _asked(found.proposals)
        found = inspect(request, held, accepted) if accepted else found
    act = found.act
    click.confirm(f"Import {act.id}, edition {act.edition} ({act.lang})?", abort=True)
    return found


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _asked(proposals: Sequence[Suspicion]) -> list[Suspicion]:
    """Ask once for each pair of words; what is accepted holds for every line it stands on."""
    said: dict[tuple[str, str], bool] = {}
    for proposal in proposals:
        words = (proposal.before, proposal.after)
        if words not in said:
            question = f"line {proposal.line}: read {proposal.before!r} as {proposal.after!r}?"
            said[words] = click.confirm(question, default=False)
    return [proposal for proposal in proposals if said[proposal.before, proposal.after]]


def _rebuild(config: Config) -> None:
    """Bring the index up to date, where it is not."""
    if why_stale(config):
        build_index(config, force=False)
