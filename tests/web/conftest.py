"""The site over a small index, built once: keywords only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.build import build
from kb.config import Config
from kb.model import Records
from kb.web.app import create_app
from kb.web.knowledge import knowledge


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    home: Path = tmp_path_factory.mktemp("home")
    built = Config(home=home, encoder="none", requests_per_minute=1_000_000)
    build(built)
    return built


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
