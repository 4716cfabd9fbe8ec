"""A Hub on this machine: the answers of its API, its redirects to a storage host, and every way of going wrong.

Two servers on 127.0.0.1: the Hub itself, and the "LFS" host that its files are sent on to, so that what a client may
tell only one of them can be seen. Files are those of `put`; model repositories are those of `models`.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.hub.fake_models import ModelRepos

COMMIT = "0123456789abcdef0123456789abcdef01234567"
OTHER_COMMIT = "fedcba9876543210fedcba9876543210fedcba98"


@dataclass
class Faults:
    """What goes wrong. `drops`: after so many bytes each, one connection after another breaks."""

    drops: list[int] = field(default_factory=list)
    endless_drops: int | None = None
    status: int = 200  # of the API
    storage_status: list[int] = field(default_factory=list)
    error_code: str = ""
    body: bytes | None = None  # of the API
    serves_parts: bool = True
    instead: bytes | None = None  # of the file's content; what is stated stays
    hold: threading.Event | None = None  # the second half of a file waits for it
    states_sums: bool = True


@dataclass
class Asked:
    """A request as it came."""

    host: str
    method: str
    path: str
    headers: dict[str, str]


class FakeHub:
    """`endpoint` is what HF_ENDPOINT would be."""

    def __init__(self) -> None:
        self.files: dict[tuple[str, str], dict[str, bytes]] = {}  # (repository, commit) -> path -> content
        self.heads: dict[str, str] = {}
        self.faults = Faults()
        self.asked: list[Asked] = []
        self.models = ModelRepos(self)
        self._servers = [self._serve("hub"), self._serve("storage")]
        self.endpoint, self.storage = (f"http://127.0.0.1:{server.server_port}" for server in self._servers)

    def put(self, repo: str, path: str, content: bytes, commit: str = COMMIT) -> None:
        self.files.setdefault((repo, commit), {})[path] = content
        self.heads[repo] = commit

    def close(self) -> None:
        if self.faults.hold is not None:
            self.faults.hold.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def of(self, host: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.host == host]

    def _serve(self, host: str) -> ThreadingHTTPServer:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                hub.asked.append(Asked(host, self.command, self.path, {k.lower(): v for k, v in self.headers.items()}))
                (hub.answer_storage if host == "storage" else hub.answer)(self)

            do_HEAD = do_POST = do_PUT = do_GET

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return server

    def answer(self, to: BaseHTTPRequestHandler) -> None:
        path = unquote(urlsplit(to.path).path)
        if self.faults.status != 200 or self.faults.body is not None:
            return _send(to, self.faults.status, self.faults.body or b"{}", {"X-Error-Code": self.faults.error_code})
        if self._answer_of_models(to, "hub"):
            return None
        if found := re.fullmatch(r"/api/datasets/([^/]+/[^/]+)/revision/([^/]+)", path):
            return self._info(to, *found.groups())
        if found := re.fullmatch(r"/datasets/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path):
            repo, commit, name = found.groups()
            content = self.files.get((repo, commit), {}).get(name)
            if content is None:
                return _send(to, 404, b"", {"X-Error-Code": "EntryNotFound"})
            headers = {"Location": f"{self.storage}/{repo}/{commit}/{name}", "X-Repo-Commit": commit}
            headers |= {"X-Linked-Etag": f'"{hashlib.sha256(content).hexdigest()}"', "X-Linked-Size": str(len(content))}
            return _send(to, 302, b"", headers)
        return _send(to, 404, b"", {"X-Error-Code": "RepoNotFound"})

    def _answer_of_models(self, to: BaseHTTPRequestHandler, host: str) -> bool:
        """Whether it was about models, and is answered."""
        answer = self.models.answer(to, host)
        if answer is None:
            return False
        content = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        _send(to, answer.status, content, {"X-Error-Code": answer.code, **answer.headers})
        return True

    def _info(self, to: BaseHTTPRequestHandler, repo: str, revision: str) -> None:
        commit = self.heads.get(repo) if revision == "main" else revision
        if repo not in self.heads:
            return _send(to, 401, b'{"error":"Invalid username or password."}', {"X-Error-Code": "RepoNotFound"})
        if (repo, commit) not in self.files:
            return _send(to, 404, b"", {"X-Error-Code": "RevisionNotFound"})
        siblings = [self._entry(path, content) for path, content in self.files[repo, str(commit)].items()]
        return _send(to, 200, json.dumps({"id": repo, "sha": commit, "siblings": siblings}).encode(), {})

    def _entry(self, path: str, content: bytes) -> dict[str, Any]:
        entry: dict[str, Any] = {"rfilename": path, "size": len(content)}
        if path.endswith(".txt"):  # small files are git's own
            return entry | {"blobId": hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()}
        if self.faults.states_sums:
            sums = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 130}
            entry |= {"blobId": "0" * 40, "lfs": sums}
        return entry

    def answer_storage(self, to: BaseHTTPRequestHandler) -> None:
        if self.faults.storage_status:
            return _send(to, self.faults.storage_status.pop(0), b"", {})
        if self._answer_of_models(to, "storage"):
            return
        owner, repo, commit, name = unquote(urlsplit(to.path).path).lstrip("/").split("/", 3)
        content = self.files[f"{owner}/{repo}", commit][name]
        if self.faults.instead is not None:
            content = self.faults.instead
        start, status, headers = 0, 200, {}
        if (found := re.fullmatch(r"bytes=(\d+)-", to.headers.get("Range", ""))) and self.faults.serves_parts:
            start, status = int(found[1]), 206
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        drop = self.faults.drops.pop(0) if self.faults.drops else self.faults.endless_drops
        return self._stream(to, status, content[start:], headers, drop)

    def _stream(
        self, to: BaseHTTPRequestHandler, status: int, content: bytes, headers: dict[str, str], drop: int | None
    ) -> None:
        to.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            to.send_header(name, value)
        to.end_headers()
        if drop is not None and drop < len(content):
            to.wfile.write(content[:drop])
            to.close_connection = True
            return
        half = len(content) // 2 if self.faults.hold is not None else 0
        to.wfile.write(content[:half])
        to.wfile.flush()
        if self.faults.hold is not None:
            self.faults.hold.wait(60)
        try:
            to.wfile.write(content[half:])
        except OSError:  # whoever asked has gone
            to.close_connection = True


def _send(to: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]) -> None:
    to.send_response(status)
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
        if value:
            to.send_header(name, value)
    to.end_headers()
    if to.command != "HEAD":
        to.wfile.write(body)
