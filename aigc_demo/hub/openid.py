"""Signing in at an OpenID provider with the authorization code flow and PKCE (RFC 6749, RFC 7636), as a Space may do.

Where the provider is, and who we are to it, a Space has in its environment. Nothing of what it answers is believed to be
of a sensible size or kind.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from aigc_demo.hub.tokens import check_token
from aigc_demo.text import Text, VisitorError

TIMEOUT = 15.0  # seconds without an answer
MOST_BYTES = 100_000  # of an answer
USUAL_SECONDS = 8 * 3600.0  # a token lives where nothing is said of it
ALWAYS = ("openid", "profile")

UNREACHABLE = Text(
    "登录服务 {host} 现在联系不上或回答有误，请稍后再试，或改用令牌。",
    "The sign-in service {host} cannot be reached or gave no sensible answer: try again later, or use a token.",
)
NOT_GRANTED = Text(
    "登录没有完成：授权码已失效或不被接受，请重新登录。",
    "Signing in was not completed: the code is no longer valid or not accepted. Please sign in again.",
)


@dataclass(frozen=True)
class Provider:
    """An OpenID provider and what we are to it. `scopes` is one string, as the environment has it."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: str = " ".join(ALWAYS)


@dataclass(frozen=True)
class Endpoints:
    """What the provider says of itself."""

    authorization: str
    token: str
    userinfo: str


@dataclass(frozen=True)
class Grant:
    """A token, who gave it ('' where that is not said) and for how many seconds."""

    token: str = field(repr=False)
    name: str
    seconds: float


def provider_from_environment() -> Provider | None:
    """The Space's own, where its README says `hf_oauth: true`; None anywhere else."""
    url, client, secret = (
        os.environ.get(name, "").strip() for name in ("OPENID_PROVIDER_URL", "OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET")
    )
    if not (client and secret and _is_address(url)):
        return None
    wanted = dict.fromkeys((*ALWAYS, *os.environ.get("OAUTH_SCOPES", "").split()))
    return Provider(url.rstrip("/"), client, secret, " ".join(wanted))


def discover(provider: Provider) -> Endpoints:
    """Ask where to send people and codes. Raises `VisitorError`."""
    said = _ask(provider, "GET", f"{provider.url}/.well-known/openid-configuration")
    found = [said.get(f"{name}_endpoint") for name in ("authorization", "token", "userinfo")]
    is_safe = urlsplit(provider.url).scheme == "http"  # a provider on this machine, in a test
    fits = all(isinstance(url, str) and _is_address(url) and (is_safe or url.startswith("https:")) for url in found)
    if not fits or str(said.get("issuer", "")).rstrip("/") != provider.url:
        raise _unreachable(provider)
    return Endpoints(*map(str, found))


def authorize_url(provider: Provider, endpoints: Endpoints, redirect: str, state: str, verifier: str) -> str:
    """Where somebody agrees that we act for him, within the scopes."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect,
        "scope": provider.scopes,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{endpoints.authorization}{'&' if '?' in endpoints.authorization else '?'}{urlencode(query)}"


def exchange(provider: Provider, endpoints: Endpoints, redirect: str, code: str, verifier: str) -> Grant:
    """The token for a code that the provider gave out. Raises `VisitorError`."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect, "code_verifier": verifier}
    said = _ask(provider, "POST", endpoints.token, data=form, auth=(provider.client_id, provider.client_secret))
    token = check_token(str(said.get("access_token") or ""))
    if not token:
        raise VisitorError(NOT_GRANTED)
    who = _ask(provider, "GET", endpoints.userinfo, headers={"Authorization": f"Bearer {token}"})
    name = str(who.get("preferred_username") or "")
    lasts = said.get("expires_in")
    seconds = float(lasts) if isinstance(lasts, int | float) and 0 < lasts < 1e8 else USUAL_SECONDS
    return Grant(token, name if re.fullmatch(r"[A-Za-z0-9][\w.-]{0,95}", name, re.ASCII) else "", seconds)


def _ask(provider: Provider, method: str, url: str, **options: Any) -> dict[str, Any]:
    """The JSON object that is answered. What went wrong is never chained: it may hold what was sent."""
    import httpx2

    content = bytearray()
    try:
        with httpx2.Client(timeout=TIMEOUT) as client, client.stream(method, url, **options) as answer:
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > MOST_BYTES:
                    break
        said = json.loads(bytes(content)) if len(content) <= MOST_BYTES else None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, RecursionError):
        raise _unreachable(provider) from None
    if answer.status_code in (400, 401, 403):
        raise VisitorError(NOT_GRANTED)
    if answer.status_code != 200 or not isinstance(said, dict):
        raise _unreachable(provider)
    return said


def _unreachable(provider: Provider) -> VisitorError:
    return VisitorError(UNREACHABLE.format(host=urlsplit(provider.url).hostname or "?"))


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
