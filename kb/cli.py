"""The ``kb`` command: parse arguments, call, print. Errors are one line, with exit status 2."""

from __future__ import annotations

import importlib
import os
import sys
from datetime import date
from pathlib import Path

import click

from kb import __version__
from kb.address import LANGUAGES
from kb.answer.answerer import Answerer, checked_question, state_notice
from kb.answer.explain import explain_answer, explanation_lines
from kb.answer.lead import phrase_lead
from kb.answer.phrases import say
from kb.answer.quote import Citation, Library, touch_json, wording_json
from kb.answer.records import cited_record, hit_snippet, search_record
from kb.answer.text import (
    answer_text,
    citation_lines,
    marked,
    said_day,
    said_days,
    touch_line,
    wording_lines,
)
from kb.build import why_stale
from kb.commands.opening import (
    ProgressBar,
    address_of,
    build_index,
    day_of,
    open_index,
    print_json,
)
from kb.config import Config, load_config
from kb.corpus.export import amendment_json, clause_json, export
from kb.corpus.history import Touch
from kb.errors import InputError, KbError

_LANG = click.Choice(LANGUAGES)
_JUDGED = Path("tests/judged")
_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON (docs/json.md).")
_on_option = click.option("--on", metavar="DATE", help="As at this day, like 2018-01-01.")


# Commands that only some callers need; a question must not wait for what they import.
_ELSEWHERE = {
    "export": ("kb.commands.exchanging", "export_command"),
    "changes": ("kb.commands.exchanging", "changes_command"),
    "import": ("kb.commands.importing", "import_command"),
    "compare": ("kb.commands.comparing", "compare_command"),
}


class _Group(click.Group):
    """The group of all commands, some of which are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, name = _ELSEWHERE[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kb")
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path), help="A TOML settings file."
)
@click.pass_context
def cli(context: click.Context, config_file: Path | None) -> None:
    """Kazakh ethics law, clause by clause: ask, search, show, cite."""
    context.obj = load_config(config_file)


def main() -> None:
    """Run the command; turn every refusal into one line on stderr and exit status 2."""
    try:
        status = cli.main(prog_name="kb", standalone_mode=False)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "kb"
        _refuse(f"{error.format_message()} See: {command} --help")
    except click.exceptions.Abort:
        sys.exit(130)
    except KbError as error:
        _refuse(str(error))
    except BrokenPipeError:
        # The reader of our output went away; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _refuse(message: str) -> None:
    print("kb: " + message, file=sys.stderr)
    sys.exit(2)


# -- commands --------------------------------------------------------------------------------


@cli.command("build")
@click.option("--force", is_flag=True, help="Build even when nothing changed.")
@click.pass_obj
def build_command(config: Config, force: bool) -> None:
    """Build the index from the corpus."""
    report = build_index(config, force=force)
    counts = ", ".join(f"{number} {name}" for name, number in report.counts.items())
    if not report.built:
        click.echo(f"Nothing to do: the index is up to date ({counts}).")
        return
    click.echo(f"Built because {'; '.join(report.reasons)}: {counts}.")


@cli.command()
@click.argument("question", nargs=-1)
@click.option("--lang", type=_LANG, help="The language of the answer; by default the question's.")
@_on_option
@_json_option
@click.option("--batch", metavar="FILE", help="One question a line; - reads standard input.")
@click.option("--explain", is_flag=True, help="Also say how the answer was found.")
@click.pass_obj
def ask(
    config: Config,
    question: tuple[str, ...],
    lang: str | None,
    on: str | None,
    as_json: bool,
    batch: str | None,
    explain: bool,
) -> int:
    """Answer QUESTION with quotes and citations, or say where to ask."""
    day = day_of(on)
    if batch is not None:
        if question or not as_json:
            raise InputError("--batch FILE goes with --json and without a QUESTION")
        return _ask_batch(config, _batch_lines(batch), lang, day)
    text = _clean(" ".join(question))
    if not text.strip():
        raise InputError("the question is empty; write one: kb ask QUESTION")
    answerer = _answerer(config)
    asked = answerer.consider(text, lang=lang, on=day)
    answer = phrase_lead(asked.answer, config)
    explanation = explain_answer(asked, answerer.model) if explain else None
    if as_json:
        print_json(answer.as_json() | ({"explain": explanation} if explanation else {}))
        return 0
    click.echo(answer_text(answer))
    if explanation:
        click.echo()
        click.echo("\n".join(explanation_lines(explanation)))
    return 0


def _answerer(config: Config) -> Answerer:
    return Answerer(open_index(config), max_question=config.max_question)


def _clean(text: str) -> str:
    """Refuse an argument whose bytes are not UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise InputError("the question is not UTF-8; check the terminal's encoding") from None
    return text


def _batch_lines(file: str) -> list[str]:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    # A line ends with \n or \r\n alone: other line breaks of Unicode may stand in a question.
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines if lines[-1] else lines[:-1]


def _ask_batch(config: Config, questions: list[str], lang: str | None, day: date | None) -> int:
    """One JSON object a line, in order; a line that cannot be asked yields an ``error`` object."""
    answerer = _answerer(config)
    failed = []
    for number, question in enumerate(questions, start=1):
        try:
            answer = answerer.ask(question, lang=lang, on=day)
            record = phrase_lead(answer, config).as_json()
        except KbError as error:
            failed.append(number)
            record = {"question": question, "error": str(error)}
        print_json(record, indent=None)
    if failed:
        lines = ", ".join(map(str, failed[:10])) + (" …" if len(failed) > 10 else "")
        click.echo(f"kb: {len(failed)} of {len(questions)} lines were refused: {lines}", err=True)
    return 2 if failed else 0


@cli.command()
@click.argument("query", nargs=-1)
@click.option("-k", "limit", type=click.IntRange(1, 100), default=10, help="How many hits.")
@click.option("--lang", type=_LANG, help="The language of the query; by default detected.")
@_json_option
@click.pass_obj
def search(
    config: Config, query: tuple[str, ...], limit: int, lang: str | None, as_json: bool
) -> None:
    """Rank the clauses for QUERY, with highlighted snippets."""
    text = checked_question(_clean(" ".join(query)), config.max_question)
    searcher = open_index(config)
    result = searcher.search(text, lang=lang, limit=limit)
    library = Library(searcher.records, searcher.editions)
    if as_json:
        print_json(search_record(library, result))
        return
    for rank, hit in enumerate(result.hits, start=1):
        shown, title = hit_snippet(library, hit, result)
        label = library.cite(hit.clause).label(result.query.lang)
        click.echo(f"{rank}. {label} [{hit.clause.address.short}]{f' — {title}' if title else ''}")
        click.echo("   " + marked(shown.text, shown.spans, _bold))


def _bold(word: str) -> str:
    return click.style(word, bold=True)


def _citation(config: Config, address: str, on: str | None) -> tuple[Library, Citation]:
    day = day_of(on)
    wanted = address_of(address)
    if day and wanted.edition:
        raise InputError("--on DATE and @EDITION both name a text; give one of them")
    searcher = open_index(config)
    library = Library(searcher.records, searcher.editions)
    return library, library.cite(library.get(wanted, day), on=day)


@cli.command()
@click.argument("address")
@_on_option
@click.option("--source", is_flag=True, help="The verbatim source text, before restoration.")
@click.option("--lang", type=_LANG, default="kk", help="The language of what is ours.")
@_json_option
@click.pass_obj
def show(
    config: Config, address: str, on: str | None, source: bool, lang: str, as_json: bool
) -> None:
    """Show one clause: its text, history and citation."""
    library, citation = _citation(config, address, on)
    if as_json:
        print_json(clause_json(citation.clause) | cited_record(library, citation, lang))
        return
    clause = citation.clause
    text = clause.source_text if source else clause.text
    notice = state_notice(citation, lang)
    if notice:
        click.echo(f"! {said_days(notice, lang)}")
    click.echo(text)
    for item in library.children(clause):
        if item.kind != "part":
            click.echo(f"  {item.number}) {item.source_text if source else item.text}")
    click.echo()
    click.echo("\n".join(citation_lines(citation, lang, quote=False)))


@cli.command("history")
@click.argument("address", required=False)
@click.option("--lang", type=_LANG, default="kk", help="The language of what is said.")
@_json_option
@click.pass_obj
def history_command(config: Config, address: str | None, lang: str, as_json: bool) -> None:
    """List the amendments, newest first; of one clause when ADDRESS is given."""
    if address is None:
        _whole_history(config, lang, as_json)
        return
    library, citation = _citation(config, address, None)
    touched = citation.touched[::-1]
    wordings = library.wordings(citation.clause.address)
    if as_json:
        print_json(
            {
                "id": str(citation.clause.address),
                "amendments": [touch_json(t) for t in touched],
                "wordings": [wording_json(w) for w in wordings],
            }
        )
        return
    click.echo(f"{citation.full_label(lang)} [{citation.clause.address.short}]")
    for touch in touched:
        click.echo(f"  {touch_line(touch, lang)}")
    if not touched:
        click.echo("  " + say("never_changed", lang))
    if len(wordings) > 1:
        click.echo("\n".join(wording_lines(wordings, lang)))


def _whole_history(config: Config, lang: str, as_json: bool) -> None:
    records = open_index(config).records
    newest = sorted(records.amendments, key=lambda a: a.by.date or date.min, reverse=True)
    if as_json:
        print_json(
            {
                "amendments": [amendment_json(a) for a in newest],
                "repeals": export(records)["repeals"],
            }
        )
        return
    for amendment in newest:
        line = touch_line(Touch(amendment, certain=True), lang)
        click.echo(f"{amendment.target.cite(lang)} [{amendment.target.short}]: {line}")


@cli.command()
@click.argument("address")
@click.option("--lang", type=_LANG, default="kk", help="The language of the citation.")
@click.option("--full", is_flag=True, help="With the act and the edition.")
@click.pass_obj
def cite(config: Config, address: str, lang: str, full: bool) -> None:
    """Print the citation of ADDRESS, ready to paste."""
    _, citation = _citation(config, address, None)
    if not full:
        click.echo(citation.label(lang))
        return
    edition = say("edition", lang, edition=said_day(citation.act.edition, lang))
    click.echo(f"{citation.full_label(lang)}, {edition}")


@cli.command("eval")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--split", type=click.Choice(["test", "fit", "all"]), default="test")
@click.option("--misses", is_flag=True, help="List the questions that went wrong.")
@_json_option
@click.pass_obj
def eval_command(
    config: Config, file: Path | None, split: str, misses: bool, as_json: bool
) -> None:
    """Measure answers on judged questions, beside BM25 alone and the naive hybrid."""
    from kb.evaluate.asking import ask_each
    from kb.evaluate.judged import read_judged
    from kb.evaluate.report import miss_lines, summary, table
    from kb.evaluate.systems import SYSTEMS, naive_hybrid

    questions = [q for q in read_judged(file or _JUDGED) if split in {"all", q.split}]
    with_encoder = open_index(config).encoder is not None
    systems = {n: s for n, s in SYSTEMS.items() if with_encoder or s is not naive_hybrid}
    with ProgressBar() as progress:
        found = {
            name: ask_each(system, config, questions, f"asking {name}", progress)
            for name, system in systems.items()
        }
    report = {"systems": {name: summary(outcomes) for name, outcomes in found.items()}}
    if as_json:
        print_json(report)
        return
    click.echo(table(report))
    if misses:
        click.echo("\n".join(miss_lines(found["Adep"])))


@cli.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Print the weights instead of writing them.")
@click.pass_obj
def fit(config: Config, file: Path | None, dry_run: bool) -> None:
    """Fit the fusion weights and the decision model on the questions set aside for fitting."""
    from kb.evaluate import fit as fitting
    from kb.evaluate.judged import read_judged

    questions = [q for q in read_judged(file or _JUDGED) if q.split == "fit"]
    searcher = open_index(config)
    if searcher.encoder is None:
        raise InputError("fitting needs an encoder; configure one and run: kb build")
    with ProgressBar() as progress:
        files = fitting.fit_files(searcher, questions, progress)
    for name, text in files.items():
        if dry_run:
            click.echo(text)
        else:
            fitting.write(name, text)
            click.echo(f"Wrote {name.name}.")


@cli.command()
@click.option("--host", help="The address to listen on; by default 127.0.0.1.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port; by default 8000.")
@click.pass_obj
def serve(config: Config, host: str | None, port: int | None) -> None:
    """Serve the site."""
    from dataclasses import replace

    from kb.web.commissioner import read_commissioner
    from kb.web.server import serve as serve_site

    config = replace(config, host=host or config.host, port=port or config.port)
    read_commissioner(config)  # a mistake in it is said now, not after minutes of building
    reasons = why_stale(config)
    if reasons:
        click.echo(f"Building the index ({reasons[0]}); the first time takes some minutes.")
        build_index(config, force=False)

    def ready() -> None:
        click.echo(f"Adep is at http://{config.host}:{config.port}")

    serve_site(config, ready)
