"""An OpenID provider on this machine, as strict as it can be: registered client, exact redirect, PKCE, codes used once."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.hub.fake_models import ADA

CLIENT, SECRET = "aigc-demo-client", "the-secret-of-the-client"


class FakeOpenId:
    """`url` is what OPENID_PROVIDER_URL would be; whoever comes is ada, and agrees by clicking."""

    def __init__(self) -> None:
        self.granted: dict[str, dict[str, str]] = {}  # code -> what was asked for
        self.asked: list[str] = []
        self.changes: dict[str, Any] = {}  # of what it says of itself
        self.status = 200  # of the token's address
        self.token: dict[str, Any] = {"access_token": ADA, "token_type": "bearer", "expires_in": 28800}
        self.user: dict[str, Any] = {"sub": "1", "preferred_username": "ada"}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                provider.asked.append(f"{self.command} {urlsplit(self.path).path}")
                provider.answer(self)

            do_POST = do_GET

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @property
    def environment(self) -> dict[str, str]:
        """What a Space would find."""
        return {
            "OPENID_PROVIDER_URL": self.url,
            "OAUTH_CLIENT_ID": CLIENT,
            "OAUTH_CLIENT_SECRET": SECRET,
            "OAUTH_SCOPES": "openid profile contribute-repos",
        }

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def agree(self, address: str) -> str:
        """What a click on the provider's page leads to: the address to come back to."""
        wish = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(12)
        self.granted[code] = wish
        return f"{wish['redirect_uri']}?{urlencode({'code': code, 'state': wish['state']})}"

    def answer(self, to: BaseHTTPRequestHandler) -> None:
        path = urlsplit(to.path).path
        if path == "/.well-known/openid-configuration":
            places = {f"{name}_endpoint": f"{self.url}/{name}" for name in ("authorization", "token", "userinfo")}
            return _json(to, 200, {"issuer": self.url, **places, **self.changes})
        if path == "/authorization":
            wish = parse_qs(urlsplit(to.path).query)
            fits = wish.get("client_id") == [CLIENT] and wish.get("code_challenge_method") == ["S256"]
            target = self.agree(to.path) if fits else "about:blank"
            page = f'<!doctype html><title>Provider</title><a id="allow" href="{escape(target)}">Allow</a>'
            return _send(to, 200, page.encode(), "text/html")
        if path == "/token":
            return self._give_token(to)
        if path == "/userinfo":
            is_known = to.headers.get("Authorization") == f"Bearer {self.token.get('access_token')}"
            return _json(to, 200 if is_known else 401, self.user if is_known else {})
        return _send(to, 404, b"", "text/plain")

    def _give_token(self, to: BaseHTTPRequestHandler) -> None:
        form = {key: values[0] for key, values in parse_qs(_body(to).decode()).items()}
        who = base64.b64decode(to.headers.get("Authorization", "Basic ").removeprefix("Basic ")).decode()
        wish = self.granted.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        fits = (
            wish is not None
            and who == f"{CLIENT}:{SECRET}"
            and form.get("grant_type") == "authorization_code"
            and form.get("redirect_uri") == wish["redirect_uri"]
            and challenge.rstrip(b"=").decode() == wish["code_challenge"]
        )
        if not fits:
            return _json(to, 400, {"error": "invalid_grant"})
        return _json(to, self.status, self.token)


def _body(to: BaseHTTPRequestHandler) -> bytes:
    return to.rfile.read(int(to.headers.get("Content-Length") or 0))


def _json(to: BaseHTTPRequestHandler, status: int, body: Any) -> None:
    _send(to, status, json.dumps(body).encode(), "application/json")


def _send(to: BaseHTTPRequestHandler, status: int, body: bytes, kind: str) -> None:
    to.send_response(status)
    to.send_header("Content-Type", kind)
    to.send_header("Content-Length", str(len(body)))
    to.end_headers()
    to.wfile.write(body)
