"""The commands that hand the records on: `kb export` and `kb changes`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from kb.address import LANGUAGES
from kb.commands.opening import day_of, open_index, print_json
from kb.config import Config
from kb.corpus.export import export
from kb.errors import InputError
from kb.exchange import akn, clause_table, feed, jsonld, markdown
from kb.exchange.changes import Changes, changes_since, imported_texts
from kb.exchange.expressions import choose, expressions, file_name
from kb.exchange.wording import name_act, name_action
from kb.model import Records

# Formats of which one file holds one text, with the ending of the file.
_ONE_TEXT: dict[str, tuple[str, Callable[[Records], bytes]]] = {
    "akn": ("xml", akn.write),
    "md": ("md", lambda records: markdown.write(records).encode()),
}
_FORMATS = ("json", *_ONE_TEXT, "csv", "jsonld")


@dataclass(frozen=True)
class _Wanted:
    """Which text to export, and as what."""

    form: str
    act: str | None
    edition: date | None
    lang: str | None
    base_url: str

    @property
    def is_one(self) -> bool:
        """Whether one text is asked for."""
        return bool(self.act or self.edition or self.lang)

    def choose(self, records: Records) -> Records:
        """The text asked for, or the only act's newest one."""
        return choose(records, self.act, self.edition, self.lang)


@click.command("export")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="json", help="The format.")
@click.option("--act", metavar="CODE", help="One act, by its registration code.")
@click.option("--edition", metavar="DATE", help="The edition of this day; by default the newest.")
@click.option("--lang", type=click.Choice(["kk", "ru"]), help="The language of the text.")
@click.option("--base-url", metavar="URL", default="", help="The site's address, for JSON-LD.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to a file or folder.")
@click.pass_obj
def export_command(
    config: Config,
    form: str,
    act: str | None,
    edition: str | None,
    lang: str | None,
    base_url: str,
    output: Path | None,
) -> None:
    """Write the records: everything, or the text of one act."""
    wanted = _Wanted(form, act, day_of(edition), lang, base_url)
    records = _records(config)
    if output is not None and output.is_dir():
        _write_texts(records, wanted, output)
        return
    data = _exported(records, wanted)
    if output is None:
        click.echo(data, nl=False)
    else:
        _write(output, data)


def _records(config: Config) -> Records:
    """Everything that the index holds, with every edition decoded."""
    searcher = open_index(config)
    return replace(searcher.records, editions=tuple(searcher.editions.values()))


def _exported(records: Records, wanted: _Wanted) -> bytes:
    if wanted.form in _ONE_TEXT:
        return _ONE_TEXT[wanted.form][1](wanted.choose(records))
    if wanted.form == "json":
        return _json(export(wanted.choose(records) if wanted.is_one else records))
    texts = [wanted.choose(records)] if wanted.is_one else _newest(records)
    if wanted.form == "csv":
        return clause_table.write(texts)
    return _json(jsonld.document(texts, wanted.base_url))


def _newest(records: Records) -> list[Records]:
    return [choose(records, act.id) for act in records.acts]


def _write_texts(records: Records, wanted: _Wanted, folder: Path) -> None:
    """Write every held text that is asked for as a file of its own."""
    if wanted.form not in _ONE_TEXT:
        raise InputError(f"{folder} is a folder; --format {wanted.form} is one file, name it: -o")
    suffix, write = _ONE_TEXT[wanted.form]
    held = expressions(records, wanted.act)
    chosen = [
        text
        for text in held
        if wanted.edition in {None, text.acts[0].edition}
        and wanted.lang in {None, text.acts[0].lang}
    ]
    if not chosen:
        wanted.choose(records)  # says which texts are held
    for text in chosen:
        _write(folder / file_name(text.acts[0], suffix), write(text))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from None


@click.command("changes")
@click.option("--since", metavar="DATE", required=True, help="The first day, like 2020-01-01.")
@click.option("--act", metavar="CODE", help="One act, by its registration code.")
@click.option("--format", "form", type=click.Choice(["text", "atom"]), default="text")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (docs/json.md).")
@click.option("--lang", type=click.Choice(LANGUAGES), default="kk", help="The language.")
@click.option("--base-url", metavar="URL", help="The site's address, for the links of the feed.")
@click.pass_obj
def changes_command(
    config: Config,
    since: str,
    act: str | None,
    form: str,
    as_json: bool,
    lang: str,
    base_url: str | None,
) -> None:
    """List the amendments and the imported texts since a day, newest first."""
    day = day_of(since)
    assert day is not None
    if as_json and form == "atom":
        raise InputError("--json and --format atom are two formats; choose one")
    records = _records(config)
    acts = tuple(one for one in records.acts if act in {None, one.id})
    if not acts:
        held = ", ".join(one.id for one in records.acts)
        raise InputError(f"no act has the code {act!r}; held are {held}")
    texts = imported_texts(config.acts_folder)
    found = changes_since(records, day, act=act, brought_in=texts)
    if as_json:
        print_json(found.as_json())
    elif form == "atom":
        base = base_url or f"http://{config.host}:{config.port}"
        click.echo(feed.write(found, acts, base, lang), nl=False)
    else:
        for line in _lines(found, lang):
            click.echo(line)


def _lines(found: Changes, lang: str) -> Iterator[str]:
    for change in found.changes:
        yield f"{change.act}: {name_act(change.by, lang)}"
        for amendment in change.amendments:
            target = amendment.target
            yield f"  {target.cite(lang)} [{target.short}]: {name_action(amendment.action, lang)}"
    for text in found.editions:
        yield f"{text.act}@{text.edition} ({text.lang}): {text.imported.date()} {text.file}"
