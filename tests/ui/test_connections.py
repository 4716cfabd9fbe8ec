"""Whoever connects and says nothing, says half of it, or never reads, is hung up on; all others are served meanwhile."""

from __future__ import annotations

import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI
from starlette.responses import Response, StreamingResponse

from aigc_demo.ui import connections
from tests.runs.conftest import wait_for
from tests.served import on_a_socket

HALF = b"GET /ready HTTP/1.1\r\nHost: x\r\nX-Slow: "


@pytest.fixture
def served() -> Iterator[str]:
    app = FastAPI()

    @app.get("/ready")
    def ready() -> Response:
        return Response("yes")

    @app.get("/much")
    async def much() -> Response:
        async def parts() -> AsyncIterator[bytes]:
            for _ in range(1000):
                yield bytes(100_000)

        return StreamingResponse(parts())

    with on_a_socket(app) as address:
        yield address


def connect(address: str) -> socket.socket:
    place = urlsplit(address)
    assert place.hostname and place.port
    return socket.create_connection((place.hostname, place.port), timeout=10)


def received(client: socket.socket) -> int:
    """How many bytes come until the server hangs up, for which this waits."""
    total = 0
    with suppress(ConnectionResetError):
        while part := client.recv(1_000_000):
            total += len(part)
    return total


@pytest.mark.parametrize("said", [b"", HALF])
def test_half_a_head_is_not_waited_for(served: str, monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)
    with connect(served) as slow:
        slow.sendall(said)
        assert httpx.get(f"{served}/ready", trust_env=False).text == "yes"
        assert received(slow) == 0


def test_drop_by_drop_is_no_faster(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    with connect(served) as slow:
        slow.sendall(HALF)
        slow.settimeout(0.05)
        for _ in range(200):
            try:
                slow.sendall(b"x")
                assert slow.recv(1) == b""
                return
            except TimeoutError:
                continue
            except (ConnectionResetError, BrokenPipeError):
                return
        pytest.fail("a head that never ended was waited for")


def test_a_body_that_stops_is_not_waited_for(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "BODY_SECONDS", 0.2)
    with connect(served) as slow:
        slow.sendall(b"GET /ready HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf")
        assert received(slow) > 0, "the answer, which needed no body, and then the end"


def test_a_kept_connection_may_ask_again(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)
    with httpx.Client(trust_env=False) as client:
        for _ in range(3):
            assert client.get(f"{served}/ready").text == "yes"


def test_whoever_never_reads_is_hung_up_on(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "STALL_SECONDS", 0.2)
    with connect(served) as deaf:
        deaf.sendall(b"GET /much HTTP/1.1\r\nHost: x\r\n\r\n")
        deaf.settimeout(10)
        assert httpx.get(f"{served}/ready", trust_env=False).text == "yes"
        time.sleep(0.6)  # it reads nothing for longer than is waited for
        assert 0 < received(deaf) < 50_000_000, "what it was sent before is all there is"


def test_one_too_many_is_told_so_and_has_a_place_when_somebody_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_file_limit", lambda: 0)
    most = connections.roomy().most
    app = FastAPI()
    app.add_api_route("/ready", lambda: "yes")
    with on_a_socket(app) as address, ExitStack() as stack:
        first, *_ = [stack.enter_context(connect(address)) for _ in range(most)]
        answer = httpx.get(f"{address}/ready", trust_env=False)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert connections.FULL.zh in answer.json()["error"]
        assert connections.FULL.en in answer.json()["error"]
        first.close()
        wait_for(lambda: httpx.get(f"{address}/ready", trust_env=False).status_code == 200)


def test_a_plain_request_is_answered_at_once_where_nothing_else_is_under_way() -> None:
    """Two in one piece, one in two pieces, and one between two of the application's."""
    plain = b"GET /file HTTP/1.1\r\nHost: x\r\n\r\n"
    ready = plain.replace(b"/file", b"/ready")
    answer = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfast"
    asked: list[bytes] = []

    def at_once(request: bytes) -> bytes | None:
        asked.append(request)
        return answer if request == plain else None

    app = FastAPI()
    app.add_api_route("/ready", lambda: Response("slow"))
    app.add_api_route("/file", lambda: Response("slow"))
    with on_a_socket(app, at_once=at_once) as address, connect(address) as client:
        for pieces, told in (
            ((plain,), [b"fast"]),
            ((ready,), [b"slow"]),
            ((plain,), [b"fast"]),
            ((ready + plain,), [b"slow", b"slow"]),
            ((plain[:9], plain[9:]), [b"slow"]),
            ((plain,), [b"fast"]),
        ):
            for piece in pieces:
                client.sendall(piece)
                time.sleep(0.05)
            for word in told:
                assert read_answer(client) == word
    assert asked.count(plain) == 3


def read_answer(client: socket.socket) -> bytes:
    """The body of the next answer."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += client.recv(1)
    size = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    body = b""
    while len(body) < size:
        body += client.recv(size - len(body))
    return body
