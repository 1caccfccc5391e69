"""Ask a language model on an OpenAI-compatible endpoint; bounded in time and size.

Nothing of what the endpoint does wrong reaches the asker as an error of its own: every fault is a
``NoReplyError``.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kb.config import Config, is_web_address

_MOST_BYTES = 64 * 1024


@dataclass(frozen=True)
class Reply:
    """What the model wrote, and whether the endpoint cut it off."""

    text: str
    cut_off: bool


class NoReplyError(Exception):
    """The endpoint gave no usable reply."""


def ask_model(config: Config, messages: Sequence[Mapping[str, str]]) -> Reply:
    """Send the messages to ``llm_url`` and read the reply; raises ``NoReplyError``."""
    if not is_web_address(config.llm_url):
        raise NoReplyError
    body = {"model": config.llm_model, "temperature": 0, "messages": messages}
    try:
        return _read(json.loads(_post(config, json.dumps(body).encode())))
    except urllib.error.HTTPError as error:
        error.close()
        raise NoReplyError from error
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        raise NoReplyError from error


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follow no redirect: it would take the question and the key to another place."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Refuse; urllib then raises the redirect as an error."""
        return


def _post(config: Config, body: bytes) -> bytes:
    deadline = time.monotonic() + config.llm_timeout_s
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if config.llm_key:
        headers["Authorization"] = f"Bearer {config.llm_key}"
    url = f"{config.llm_url.rstrip('/')}/chat/completions"
    request = urllib.request.Request(url, body, headers)  # noqa: S310 - is_web_address held
    # A proxy of the environment is for the network outside, not for this machine.
    proxies = urllib.request.ProxyHandler({} if _is_local(config.llm_url) else None)
    opener = urllib.request.build_opener(proxies, _NoRedirects)
    with opener.open(request, timeout=config.llm_timeout_s) as response:
        return _bounded(response, deadline)


def _is_local(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _bounded(response: http.client.HTTPResponse, deadline: float) -> bytes:
    """Read the body, up to a size and a moment."""
    read = b""
    while piece := response.read1(_MOST_BYTES):
        read += piece
        if len(read) > _MOST_BYTES or time.monotonic() > deadline:
            raise NoReplyError
    return read


def _read(reply: Any) -> Reply:
    try:
        choice = reply["choices"][0]
        text = choice["message"]["content"]
        cut_off = choice.get("finish_reason") == "length"
    except (LookupError, TypeError, AttributeError):
        raise NoReplyError from None
    if text is not None and not isinstance(text, str):
        raise NoReplyError
    return Reply(text or "", cut_off)
