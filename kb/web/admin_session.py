"""Who is signed in to the admin area: a signed cookie, and forms that belong to it.

The server keeps no list of sessions. Everything is signed with a key derived from the token of the
setting ``admin_token``, so another token ends every session.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from kb.config import Config

COOKIE = "adep_admin"
LASTS_S = 8 * 3600
_EXTENSION = "adep-gate"
# What is signed for one use is nothing for another.
_SESSION, _FORM, _SHOWN = "session", "form", "shown"


@dataclass(frozen=True)
class Gate:
    """What tells the keeper of the site from anybody else; without a token it never opens."""

    token: str
    key: bytes

    @classmethod
    def of(cls, token: str) -> Gate:
        """Derive the key slowly, so that a cookie somebody got hold of helps little to guess."""
        if not token:
            return cls(token, b"")
        salt = b"adep admin"
        return cls(token, hashlib.scrypt(token.encode(), salt=salt, n=2**14, r=8, p=1))

    def admits(self, given: str) -> bool:
        """Whether the token given is the one of the setting."""
        return bool(self.token) and hmac.compare_digest(given.encode(), self.token.encode())

    def sign(self, use: str, value: Any) -> str:
        """Sign a value for one use."""
        return self._signer(use).dumps(value)

    def read(self, use: str, text: str) -> Any:
        """A value signed for this use in the last hours; else ``None``."""
        try:
            return self._signer(use).loads(text, max_age=LASTS_S) if self.token else None
        except BadData:
            return None

    def _signer(self, use: str) -> URLSafeTimedSerializer:
        strong = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        return URLSafeTimedSerializer(self.key, salt=f"adep-{use}", signer_kwargs=strong)


def init_admin_session(app: Flask, config: Config) -> None:
    """Derive the key of the sessions once, when the site starts."""
    app.extensions[_EXTENSION] = Gate.of(config.admin_token)


def gate() -> Gate:
    """The gate of the current application."""
    found: Gate = current_app.extensions[_EXTENSION]
    return found


def session_id() -> str:
    """The session that the request belongs to; empty when nobody is signed in."""
    if "admin_session" not in g:
        found = gate().read(_SESSION, request.cookies.get(COOKIE, ""))
        g.admin_session = found if isinstance(found, str) else ""
    return str(g.admin_session)


def begin(response: Response) -> None:
    """Sign in: set a cookie that no script reads and no other site sends."""
    response.set_cookie(
        COOKIE,
        gate().sign(_SESSION, secrets.token_urlsafe(16)),
        max_age=LASTS_S,
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )


def end(response: Response) -> None:
    """Sign out: take the cookie away."""
    response.delete_cookie(COOKIE, secure=request.is_secure, httponly=True, samesite="Strict")


def form_token() -> str:
    """What every form of the area carries: no other site, and no other session, can make it."""
    return gate().sign(_FORM, session_id())


def is_own_form(text: str) -> bool:
    """Whether a form was made for this session."""
    found = gate().read(_FORM, text)
    return isinstance(found, str) and bool(found) and hmac.compare_digest(found, session_id())


def seal(value: dict[str, str]) -> str:
    """Sign what a page showed, so that its form can say what was seen."""
    return gate().sign(_SHOWN, value | {"session": session_id()})


def unseal(text: str) -> dict[str, str]:
    """What a page showed in this session; empty when it was none of ours."""
    found = gate().read(_SHOWN, text)
    own = isinstance(found, dict) and found.get("session") == session_id() != ""
    return found if own else {}
