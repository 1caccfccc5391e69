"""Who is answered, and how often: known host names, trusted proxies, a rate limit an address."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import parse
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from kb.config import Config, names_in
from kb.web.errors import PageError
from kb.web.languages import say

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
_ANY = {"0.0.0.0", "::"}  # noqa: S104 -- compared, not bound
# A household or an office has a whole network of this size to itself.
_V6_NETWORK_BITS = 64
_LIMITER = "adep-limiter"
SIGN_INS = parse("5 per minute")
_WAIT_S = 60


def known_hosts(config: Config) -> frozenset[str]:
    """The host names that the site answers to; one that begins with a dot stands for a domain."""
    bound = set() if config.host in _ANY else {config.host}
    public = {urlsplit(config.site_url).hostname or ""} - {""}
    names = {*LOCAL_HOSTS, *bound, *public, *names_in(config.hosts)}
    return frozenset(name.lower() for name in names)


def is_known(host: str, known: Iterable[str]) -> bool:
    """Whether a ``Host`` header, its port left out, is one of the known names."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    domains = tuple(entry for entry in known if entry.startswith("."))
    return name in known or name.endswith(domains)


def _refuse_unknown_hosts() -> None:
    if not is_known(request.host, current_app.config["KNOWN_HOSTS"]):
        raise PageError(400, say("error.host"))


def reader_network() -> str:
    """What a reader's requests are counted by: the address, in IPv6 its network."""
    text = request.remote_addr or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return str(int(address) >> (128 - _V6_NETWORK_BITS))
    return text


class _FromProxies:
    """Believes what a proxy says of the reader only when the request comes from a known one."""

    def __init__(self, app: Flask, proxies: Iterable[str]) -> None:
        self._plain = app.wsgi_app
        self._fixed = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)
        self._proxies = {str(ip_address(proxy)) for proxy in proxies}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        known = environ.get("REMOTE_ADDR") in self._proxies
        return (self._fixed if known else self._plain)(environ, start_response)


def init_limits(app: Flask, config: Config) -> None:
    """Refuse unknown hosts, and more requests a minute from one address than the setting says.

    The count is kept by each process on its own; files that do not change are not counted.
    """
    app.config["KNOWN_HOSTS"] = known_hosts(config)
    app.before_request(_refuse_unknown_hosts)
    if config.proxies:
        app.wsgi_app = _FromProxies(app, names_in(config.proxies))  # type: ignore[method-assign]
    limiter = Limiter(
        reader_network,
        app=app,
        application_limits=[f"{config.requests_per_minute} per minute"],
        application_limits_exempt_when=_is_static,
        strategy="moving-window",
        headers_enabled=True,
        storage_uri="memory://",
    )
    app.extensions[_LIMITER] = limiter


def count_sign_in() -> None:
    """Count an attempt to sign in; a 429 when an address makes too many, right or wrong."""
    limiter: Limiter = current_app.extensions[_LIMITER]
    if not limiter.limiter.hit(SIGN_INS, "sign-in", reader_network()):
        raise TooManyRequests(retry_after=_WAIT_S)


def _is_static() -> bool:
    return request.endpoint in {"static", "health.healthz"}
