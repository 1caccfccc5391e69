"""Settings come from defaults, a TOML file and the environment, and bad ones are named."""

from pathlib import Path

import pytest

from kb.config import Config, load_config
from kb.errors import ConfigError


def settings_file(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_or_variables_the_defaults_hold(tmp_path: Path) -> None:
    assert load_config(env={"KB_HOME": str(tmp_path)}) == Config(home=tmp_path)


def test_a_variable_beats_the_file_and_the_file_beats_the_default(tmp_path: Path) -> None:
    file = settings_file(tmp_path, "port = 9000\nsearch_limit_s = 5\n")
    config = load_config(file, {"KB_PORT": "9001"})
    assert (config.port, config.search_limit_s, config.workers) == (9001, 5.0, Config().workers)


def test_the_file_is_found_in_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('encoder = "none"', encoding="utf-8")
    assert load_config(env={"KB_HOME": str(tmp_path)}).encoder == "none"


def test_the_file_named_in_the_environment_is_read(tmp_path: Path) -> None:
    file = settings_file(tmp_path, "workers = 2")
    env = {"KB_HOME": str(tmp_path), "KB_CONFIG": str(file)}
    assert load_config(env=env).workers == 2


def test_a_tilde_in_the_data_folder_is_the_home_folder() -> None:
    config = load_config(env={"KB_HOME": "~/adep", "KB_CONFIG": ""})
    assert config.home == Path.home() / "adep"
    assert config.index_folder == Path.home() / "adep" / "index"


BAD_FILES = [
    ("port = 0", "port must be above zero"),
    ("port = 70000", "port must be at most 65535"),
    ("search_limit_s = -1", "search_limit_s must be above zero"),
    ("search_limit_s = 0", "search_limit_s must be above zero"),
    ("requests_per_minute = 0", "requests_per_minute must be above zero"),
    ('proxies = "10.0.0.2, proxy"', "proxies must hold addresses like 10.0.0.2, not 'proxy'"),
    ('site_url = "adep.kz"', "site_url must be an address like https://adep.example.kz"),
    ('site_url = "https://adep.kz/en"', "without a path"),
    ('port = "high"', "port must be a number, not 'high'"),
    ("colour = 1", "no setting is called colour"),
    ("port = ", "is not TOML"),
]


@pytest.mark.parametrize(("text", "message"), BAD_FILES)
def test_a_bad_setting_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load_config(settings_file(tmp_path, text), {})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot read the settings file .*nowhere\.toml"):
        load_config(tmp_path / "nowhere.toml", {})


def test_a_bad_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="workers must be a number, not 'many'"):
        load_config(env={"KB_HOME": str(tmp_path), "KB_WORKERS": "many"})
