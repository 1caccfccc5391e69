"""The server starts, answers, finishes what it has begun, and refuses a port in use."""

from __future__ import annotations

import shutil
import signal
import socket
import sys
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from kb.config import Config
from kb.errors import ConfigError, IndexMissingError
from kb.web.app import create_app
from kb.web.server import application, serve
from tests.web.served import served


def test_port_in_use_is_said_in_one_line(config: Config, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(ConfigError, match=f"port {port}.*choose another") as caught:
            serve(replace(config, port=port), lambda: None)
    assert "\n" not in str(caught.value)


def test_host_that_is_not_ours_is_said_in_one_line(config: Config, port: int) -> None:
    with pytest.raises(ConfigError, match=r"192\.0\.2\.1"):
        serve(replace(config, host="192.0.2.1", port=port), lambda: None)


def test_no_index_is_said_before_anything_starts(config: Config, port: int) -> None:
    empty = replace(config, home=config.home / "nothing", port=port)
    with pytest.raises(IndexMissingError):
        serve(empty, lambda: None)


@pytest.mark.skipif(sys.platform != "linux", reason="granian serves on Linux")
def test_server_finishes_what_it_has_begun(config: Config, port: int) -> None:
    with served(config, port) as server:
        waiting = [_asked(port) for _ in range(8)]
        assert _status(waiting[0]) == 200
        server.send_signal(signal.SIGTERM)
        assert [_status(connection) for connection in waiting[1:]] == [200] * 7
        assert server.wait(30) == 0


@pytest.mark.parametrize(("workers", "share"), [(1, 4), (2, 2), (3, 1), (9, 1)])
def test_workers_share_the_cores(
    config: Config, monkeypatch: pytest.MonkeyPatch, workers: int, share: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    with threadpool_limits(7, user_api="blas"):
        application(replace(config, workers=workers))
        found = {lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas"}
    assert found == {share}


def _asked(port: int) -> HTTPConnection:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/en/act/U1500000153/")
    return connection


def _status(connection: HTTPConnection) -> int:
    with connection.getresponse() as response:
        assert response.read().endswith(b"</html>")
        status = response.status
    connection.close()
    return status


def test_running_site_does_not_need_the_folder_it_opened(config: Config, tmp_path: Path) -> None:
    own = replace(config, home=tmp_path)
    shutil.copytree(config.index_folder, own.index_folder)
    client = create_app(own).test_client()
    before = client.get("/en/ask?q=May I wear jeans to work").text
    shutil.rmtree(own.index_folder)
    assert client.get("/en/ask?q=May I wear jeans to work").text == before
    assert "no index" not in client.get("/ru/ask?q=Можно ли хамить гражданам").text
