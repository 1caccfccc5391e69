"""Unknown hosts and too many requests are refused; a proxy is believed only when it is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask, request

from kb.config import Config
from kb.web.app import create_app
from kb.web.limits import known_hosts, reader_network


@pytest.fixture(scope="module")
def guarded(config: Config) -> Flask:
    settings = replace(
        config,
        hosts="adep.example.kz, .gov.example",
        proxies="10.0.0.2",
        requests_per_minute=5,
    )
    return create_app(settings)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8000", 200),
        ("127.0.0.1:9", 200),
        ("[::1]:8000", 200),
        ("adep.example.kz", 200),
        ("www.gov.example", 200),
        ("evil.example", 400),
        ("adep.example.kz.evil.example", 400),
        ("localhost@evil.example", 400),
        ("", 400),
        ("a b", 400),
    ],
)
@pytest.mark.parametrize("path", ["/healthz", "/opensearch-of-nobody"])
def test_only_known_hosts_are_answered(guarded: Flask, host: str, status: int, path: str) -> None:
    answer = guarded.test_client().get(path, headers={"Host": host})
    found = 404 if path.endswith("nobody") and status == 200 else status
    assert answer.status_code == found
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", "«hosts» баптауына"),
        ("ru", "в настройку «hosts»"),
        ("en", "the setting “hosts”"),
    ],
)
def test_an_unknown_host_is_told_why(guarded: Flask, lang: str, words: str) -> None:
    answer = guarded.test_client().get(f"/{lang}/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert words in answer.text


def test_what_the_site_is_bound_to_is_known() -> None:
    assert "192.168.1.5" in known_hosts(Config(host="192.168.1.5"))
    assert "fe80::1" in known_hosts(Config(host="fe80::1"))
    assert "0.0.0.0" not in known_hosts(Config(host="0.0.0.0"))


def test_the_public_address_is_known() -> None:
    assert "adep.example.kz" in known_hosts(Config(site_url="https://Adep.example.kz:8443"))
    assert "" not in known_hosts(Config())


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:1::7", "2001:db8:0:1::9"),
        ("unknown", "unknown"),
    ],
)
def test_requests_are_counted_by_address_or_network(app: Flask, address: str, network: str) -> None:
    def counted(remote: str) -> str:
        with app.test_request_context(environ_base={"REMOTE_ADDR": remote}):
            return reader_network()

    assert counted(address) == counted(network)
    assert counted(address) != counted("2001:db8:0:2::7")


@pytest.mark.parametrize(
    ("lang", "words"),
    [("kk", "Бір минут күтіп"), ("ru", "Подождите минуту"), ("en", "Wait a minute")],
)
def test_too_many_requests_are_refused_for_a_while(guarded: Flask, lang: str, words: str) -> None:
    client = guarded.test_client()
    reader = {"REMOTE_ADDR": f"192.0.2.{len(words)}"}
    answers = [client.get(f"/{lang}/amendments", environ_base=reader) for _ in range(6)]
    assert [a.status_code for a in answers] == [200] * 5 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert words in answers[-1].text
    assert "Content-Security-Policy" in answers[-1].headers
    other = client.get(f"/{lang}/amendments", environ_base={"REMOTE_ADDR": "198.51.100.1"})
    assert other.status_code == 200
    with client.get("/static/site.css", environ_base=reader) as style:
        assert style.status_code == 200


@pytest.mark.parametrize(
    ("sender", "seen"), [("10.0.0.2", "203.0.113.9"), ("10.0.0.3", "10.0.0.3")]
)
def test_only_a_known_proxy_says_who_the_reader_is(config: Config, sender: str, seen: str) -> None:
    guarded = create_app(replace(config, proxies="10.0.0.2"))
    found = []
    guarded.before_request(lambda: found.append(request.remote_addr))
    headers = {"X-Forwarded-For": "198.51.100.77, 203.0.113.9"}
    guarded.test_client().get("/healthz", headers=headers, environ_base={"REMOTE_ADDR": sender})
    assert found == [seen]
