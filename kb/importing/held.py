"""The editions that are held, where each came from, and taking an imported one away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kb.config import Config
from kb.corpus.editions import edition_folders
from kb.corpus.load import load_edition, shipped_acts
from kb.corpus.read import read_toml
from kb.errors import InputError, KbError
from kb.importing.write import remove_folder


@dataclass(frozen=True)
class HeldEdition:
    """One text that is held: ``name`` is its folder's, empty for a shipped one.

    ``sha256`` is that of the file as it was received; ``damage`` says what is wrong with one that
    cannot be read, in English.
    """

    act: str
    edition: date | None
    lang: str
    short: dict[str, str] = field(default_factory=dict)
    name: str = ""
    file: str = ""
    imported: datetime | None = None
    sha256: str = ""
    restorations: int = 0
    damage: str = ""

    @property
    def shipped(self) -> bool:
        """Whether it comes with the program."""
        return not self.name


def held_editions(config: Config, corpus: Path | None = None) -> tuple[HeldEdition, ...]:
    """Every text that is held, by act and day, the newest first in an act."""
    root = corpus or shipped_acts()
    found = [_shipped(path.parent) for path in sorted(root.glob("*/act.toml"))]
    found += [_imported(folder) for folder in edition_folders(config.acts_folder)]
    by_day = sorted(found, key=lambda e: (e.edition or date.min, e.lang), reverse=True)
    return tuple(sorted(by_day, key=lambda e: e.act))


def _shipped(folder: Path) -> HeldEdition:
    meta = read_toml(folder / "act.toml")
    return HeldEdition(
        meta["id"],
        meta["edition"],
        meta["lang"],
        meta["short"],
        file=meta["source"],
        sha256=meta["sha256"],
        restorations=_restorations(folder),
    )


def _imported(folder: Path) -> HeldEdition:
    """Read what the folder says of itself; one that is damaged is listed too."""
    day, _, lang = folder.name.partition(".")
    act, origin = folder.parents[1].name, _values(folder / "import.toml")
    when, named, digest = (origin.get(name) for name in ("imported", "file", "sha256"))
    try:
        short = load_edition(folder).acts[0].short
        damage = ""
    except KbError as error:
        short, damage = {}, str(error)
    return HeldEdition(
        act,
        _day(day),
        lang,
        short,
        folder.name,
        str(named or ""),
        when if isinstance(when, datetime) else None,
        str(digest or ""),
        _restorations(folder),
        damage,
    )


def _restorations(folder: Path) -> int:
    entries = _values(folder / "restorations.toml").get("restoration", [])
    return len(entries) if isinstance(entries, list) else 0


def _values(path: Path) -> dict[str, Any]:
    try:
        return read_toml(path) if path.is_file() else {}
    except KbError:
        return {}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def find_imported(config: Config, act: str, name: str) -> HeldEdition | None:
    """The imported edition in the folder of this name, if there is one."""
    for folder in edition_folders(config.acts_folder):
        if (folder.parents[1].name, folder.name) == (act, name):
            return _imported(folder)
    return None


def remove_edition(config: Config, act: str, name: str) -> None:
    """Take an imported edition away, at once and whole; the index has to be built after it."""
    if find_imported(config, act, name) is None:
        raise InputError(f"no imported edition of {act} is called {name}")
    remove_folder(config.acts_folder, config.acts_folder / act / "editions" / name)
