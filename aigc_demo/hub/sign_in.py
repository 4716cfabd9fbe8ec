"""Who has signed in at the Hub, in this process's memory alone: no cookie, which a Space's frame may not have, and no file.

Three secrets take part. The page that begins gets a `ticket`. The provider sends the browser back with a code and the
`state`, which the window that was opened hands to the page that opened it; only both together bring a token, since
somebody else could have begun and had a stranger agree. The token stays here: the page gets the id of a `Session`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from aigc_demo.hub.openid import (
    NOT_GRANTED,
    Endpoints,
    Provider,
    authorize_url,
    discover,
    exchange,
    provider_from_environment,
)
from aigc_demo.text import Refused, Text, VisitorError

PENDING_SECONDS = 600.0
MOST_SECONDS = 8 * 3600.0
MOST_PENDING, MOST_SESSIONS = 500, 1000

NO_PROVIDER = Text(
    "这台服务器没有设置登录；请改用你自己的令牌。",
    "Signing in is not set up on this server; use a token of your own instead.",
)
OVER = Text("你的登录已过期，请重新登录。", "Your sign-in is over; please sign in again.")


@dataclass(frozen=True)
class Begun:
    """Where to send the visitor, and what his page needs to finish."""

    url: str
    ticket: str


@dataclass(frozen=True)
class Session:
    """Somebody who has signed in: the id that his page keeps, his name on the Hub, and for how many seconds."""

    id: str
    name: str
    seconds: float


@dataclass(frozen=True)
class _Pending:
    state: str
    verifier: str
    redirect: str
    until: float


@dataclass(frozen=True)
class _Held:
    token: str = field(repr=False)
    until: float


class SignIns:
    """For any thread. What is too much or too old is forgotten, the oldest first."""

    def __init__(
        self,
        provider: Callable[[], Provider | None] = provider_from_environment,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._provider, self._clock = provider, clock
        self._lock = threading.Lock()
        self._endpoints: tuple[Provider, Endpoints] | None = None
        self._pending: OrderedDict[str, _Pending] = OrderedDict()
        self._sessions: OrderedDict[str, _Held] = OrderedDict()

    @property
    def is_offered(self) -> bool:
        """Whether there is anybody to sign in with."""
        return self._provider() is not None

    def begin(self, redirect: str) -> Begun:
        """Somebody wants to sign in and is to come back to `redirect`. Raises `Refused` where that is not set up."""
        provider, endpoints = self._known()
        ticket, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        pending = _Pending(secrets.token_urlsafe(24), verifier, redirect, self._clock() + PENDING_SECONDS)
        with self._lock:
            self._pending[_hash(ticket)] = pending
            while len(self._pending) > MOST_PENDING:
                self._pending.popitem(last=False)
        return Begun(authorize_url(provider, endpoints, redirect, pending.state, verifier), ticket)

    def finish(self, ticket: str, handed: str) -> Session:
        """`handed` is `state.code`, as the window that came back has it. A ticket can be tried once.

        Raises `VisitorError`.
        """
        with self._lock:
            pending = self._pending.pop(_hash(ticket), None)
        state, _, code = handed.strip().partition(".")
        is_it = pending is not None and hmac.compare_digest(pending.state.encode(), state.encode())
        if pending is None or not is_it or pending.until < self._clock() or not re.fullmatch(r"[!-~]{1,2000}", code):
            raise VisitorError(NOT_GRANTED)
        grant = exchange(*self._known(), pending.redirect, code, pending.verifier)
        seconds = min(grant.seconds, MOST_SECONDS)
        session = Session(secrets.token_urlsafe(32), grant.name, seconds)
        with self._lock:
            self._sessions[_hash(session.id)] = _Held(grant.token, self._clock() + seconds)
            while len(self._sessions) > MOST_SESSIONS:
                self._sessions.popitem(last=False)
        return session

    def token_of(self, session_id: str) -> str:
        """The token to act with. Raises `Refused` for a session that is over or was never begun."""
        with self._lock:
            held = self._sessions.get(_hash(session_id))
            if held is not None and held.until >= self._clock():
                return held.token
            self._sessions.pop(_hash(session_id), None)
        raise Refused(OVER)

    def end(self, session_id: str) -> None:
        """Forget the token."""
        with self._lock:
            self._sessions.pop(_hash(session_id), None)

    def _known(self) -> tuple[Provider, Endpoints]:
        """The provider and its addresses, asked for once. Raises `Refused`, `VisitorError`."""
        provider = self._provider()
        if provider is None:
            raise Refused(NO_PROVIDER)
        if self._endpoints is None or self._endpoints[0] != provider:
            self._endpoints = (provider, discover(provider))
        return self._endpoints


def _hash(secret: str) -> str:
    """Looked up by its hash, so that how long a comparison takes tells nothing of a secret."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
