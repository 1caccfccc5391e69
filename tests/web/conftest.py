"""The site over a small index, built once: keywords only."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.config import Config
from kb.model import Records
from kb.web.app import create_app
from kb.web.knowledge import knowledge
from tests.web.admin_site import TOKEN, Admin, Builder


@pytest.fixture(scope="session")
def config(keyword_index_home: Path) -> Config:
    return Config(home=keyword_index_home, encoder="none", requests_per_minute=1_000_000)


@pytest.fixture(scope="session")
def app(config: Config) -> Flask:
    return create_app(config)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


@pytest.fixture(scope="session")
def records(app: Flask) -> Records:
    with app.app_context():
        return knowledge().records


@pytest.fixture(scope="session")
def clauses(records: Records) -> list[str]:
    return [clause.address.short for clause in records.clauses]


# -- the admin area ---------------------------------------------------------------------------


@pytest.fixture
def admin_config(plain_home: Path, plain_acts: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A data folder of its own with the plain act alone, and a token."""
    monkeypatch.setattr("kb.importing.bring_in.shipped_acts", lambda: plain_acts)
    monkeypatch.setattr("kb.importing.held.shipped_acts", lambda: plain_acts)
    monkeypatch.setattr("kb.web.admin_import.why_stale", lambda _: ["the corpus changed"])
    return Config(home=plain_home, encoder="none", requests_per_minute=1_000_000, admin_token=TOKEN)


@pytest.fixture
def visitor(admin_config: Config, monkeypatch: pytest.MonkeyPatch) -> Admin:
    """Somebody who has not signed in; builds are noted, and not made."""
    builder = Builder()
    monkeypatch.setattr("kb.web.admin_build.start", builder.start)
    app = create_app(admin_config)
    return Admin(app, admin_config, app.test_client(), builder)


@pytest.fixture
def admin(visitor: Admin) -> Admin:
    """Somebody who has signed in."""
    assert visitor.sign_in().status_code == 303
    return visitor


@pytest.fixture
def port() -> int:
    """A free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
