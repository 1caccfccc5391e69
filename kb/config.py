"""The settings, in one frozen value: defaults, then a TOML file, then ``KB_*`` variables."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs

from kb.errors import ConfigError

_POSITIVE = (
    "search_limit_s",
    "port",
    "max_question",
    "workers",
    "llm_timeout_s",
    "requests_per_minute",
)
_LONGEST_LLM_TIMEOUT_S = 120.0
_SHORTEST_TOKEN = 16


@dataclass(frozen=True)
class Config:
    """Every setting; ``docs/configuration.md`` explains each one.

    ``home`` is the data folder; ``encoder`` is ``bundled``, ``none``, or the name or path of a
    sentence-transformers model; ``search_limit_s`` and ``llm_timeout_s`` are in seconds,
    ``max_question`` in characters. ``hosts`` and ``proxies`` are lists with commas: the names that
    the site answers to, and the addresses of the proxies before it;
    ``site_url`` is the site's public address; ``commissioner`` the file that says whom to ask, by
    default ``commissioner.toml`` in ``home``. ``llm_url`` is the base address
    of an OpenAI-compatible endpoint, as in ``http://127.0.0.1:11434/v1``; empty, no language model
    is ever asked. ``admin_token`` opens the admin pages of the site; empty, there are none.
    """

    home: Path = Path(platformdirs.user_data_dir("adep", appauthor=False))
    encoder: str = "bundled"
    search_limit_s: float = 2.0
    max_question: int = 2000
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    hosts: str = ""
    proxies: str = ""
    requests_per_minute: int = 120
    site_url: str = ""
    commissioner: str = ""
    llm_url: str = ""
    llm_model: str = ""
    llm_key: str = field(default="", repr=False)
    llm_timeout_s: float = 10.0
    admin_token: str = field(default="", repr=False)

    @property
    def index_folder(self) -> Path:
        """Where the index lives."""
        return self.home / "index"

    @property
    def commissioner_file(self) -> Path:
        """Where it stands whom to ask; a name that is no full path is taken from ``home``."""
        return self.home / Path(self.commissioner or "commissioner.toml").expanduser()

    @property
    def uploads_folder(self) -> Path:
        """Where files lie that were sent to the site and are not imported yet."""
        return self.home / "uploads"

    @property
    def acts_folder(self) -> Path:
        """Where the imported editions live."""
        return self.home / "acts"


def load_config(file: Path | None = None, env: Mapping[str, str] = os.environ) -> Config:
    """Read the settings; ``file`` defaults to ``KB_CONFIG`` or ``config.toml`` in the data folder.

    Raises ``ConfigError`` for a file that cannot be read, an unknown setting or a bad value.
    """
    overrides = _from_env(env)
    home = overrides.get("home", Config.home)
    chosen = file or (Path(env["KB_CONFIG"]) if env.get("KB_CONFIG") else None)
    values: dict[str, Any] = {}
    if chosen or (Path(home) / "config.toml").is_file():
        values = _from_file(chosen or Path(home) / "config.toml")
    return _checked(values | overrides)


def _from_env(env: Mapping[str, str]) -> dict[str, Any]:
    return {f.name: env[key] for f in fields(Config) if (key := f"KB_{f.name.upper()}") in env}


def _from_file(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read the settings file {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"the settings file {path} is not TOML: {error}") from error
    unknown = sorted(values.keys() - {f.name for f in fields(Config)})
    if unknown:
        raise ConfigError(f"{path}: no setting is called {', '.join(unknown)}")
    return values


def _checked(values: dict[str, Any]) -> Config:
    defaults = Config()
    converted: dict[str, Any] = {
        name: _convert(name, getattr(defaults, name), value) for name, value in values.items()
    }
    config = replace(defaults, **converted)
    for name in _POSITIVE:
        if not getattr(config, name) > 0:  # not a number is not above zero either
            raise ConfigError(f"the setting {name} must be above zero")
    if config.port > 65535:
        raise ConfigError("the setting port must be at most 65535")
    if config.admin_token and len(config.admin_token.strip()) < _SHORTEST_TOKEN:
        raise ConfigError(
            f"the setting admin_token must have at least {_SHORTEST_TOKEN} characters; "
            "make one with: openssl rand -base64 24"
        )
    _check_llm(config)
    _check_proxies(config)
    _check_site_url(config.site_url)
    return config


def _check_site_url(url: str) -> None:
    """Refuse a public address that is more than scheme, host and port."""
    parts = urlsplit(url) if is_web_address(url) else None
    if url and (parts is None or parts.path.strip("/") or parts.query or parts.fragment):
        raise ConfigError(
            "the setting site_url must be an address like https://adep.example.kz, without a path"
        )


def _check_proxies(config: Config) -> None:
    for proxy in names_in(config.proxies):
        try:
            ip_address(proxy)
        except ValueError:
            raise ConfigError(
                f"the setting proxies must hold addresses like 10.0.0.2, not {proxy!r}"
            ) from None


def names_in(text: str) -> list[str]:
    """The entries of a setting that is a list with commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


def _check_llm(config: Config) -> None:
    """Refuse an endpoint that cannot be asked; its address may hold a secret and is not shown."""
    if config.llm_timeout_s > _LONGEST_LLM_TIMEOUT_S:
        raise ConfigError(
            f"the setting llm_timeout_s must be at most {_LONGEST_LLM_TIMEOUT_S:.0f} seconds"
        )
    if config.llm_url and not is_web_address(config.llm_url):
        raise ConfigError(
            "the setting llm_url must be an address like http://127.0.0.1:11434/v1; "
            "only http and https are used"
        )
    if config.llm_url and not config.llm_model:
        raise ConfigError("llm_url is set; set llm_model too, to the name of the model to ask")


def is_web_address(url: str) -> bool:
    """Whether ``url`` is http or https with a host and a port that can be used."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _convert(name: str, default: object, value: object) -> object:
    try:
        if isinstance(default, Path):
            return Path(str(value)).expanduser()
        return type(default)(value)  # type: ignore[call-arg]
    except ValueError:
        kind = "number" if isinstance(default, int | float) else "text"
        raise ConfigError(f"the setting {name} must be a {kind}, not {value!r}") from None
