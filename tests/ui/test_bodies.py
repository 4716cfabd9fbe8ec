"""Bodies that are too large for Gradio, that never end, and those who leave in the middle of sending."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Awaitable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message

from aigc_demo.ui import bodies
from aigc_demo.ui.bodies import TooSlow, paced, replayed, whole
from aigc_demo.ui.requests import TooLarge
from aigc_demo.ui.security import MOST_BYTES, Guard
from tests.loops import in_a_loop
from tests.served import on_a_socket


def received(*messages: Message) -> bodies.Receive:
    waiting = list(messages)

    async def receive() -> Message:
        if not waiting:
            return await never()
        return waiting.pop(0)

    return receive


async def never() -> Message:
    import asyncio

    await asyncio.sleep(3600)
    raise AssertionError


def part(body: bytes, more: bool = True) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def run(awaitable: Awaitable[bytes]) -> bytes:
    async def work() -> bytes:
        return await awaitable

    return in_a_loop(work)


def test_a_body_is_put_together() -> None:
    assert run(whole(received(part(b"a"), part(b"b"), part(b"c", False)), 3)) == b"abc"


def test_a_body_that_is_too_large_is_refused_before_its_end() -> None:
    with pytest.raises(TooLarge):
        run(whole(received(part(b"abcd")), 3))


def test_whoever_leaves_is_not_waited_for() -> None:
    with pytest.raises(ClientDisconnect):
        run(whole(received(part(b"a"), {"type": "http.disconnect"}), 3))


def test_a_body_that_stops_coming_is_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.05)
    with pytest.raises(TooSlow):
        run(whole(paced(received(part(b"a"))), 3))


def test_a_body_that_trickles_is_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then keeps no connection open: the rate on the whole counts."""
    import asyncio

    monkeypatch.setattr(bodies, "PATIENCE", 0.2)
    came = 0

    async def trickle() -> Message:
        nonlocal came
        await asyncio.sleep(0.05)
        came += 1
        return part(b"x")

    with pytest.raises(TooSlow):
        run(whole(paced(trickle), 10**6))
    assert came < 10


def test_what_is_waited_for_after_the_body_may_take_as_long_as_it_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.01)
    import asyncio

    async def work() -> Message:
        async def leaves() -> Message:
            await asyncio.sleep(0.1)
            return {"type": "http.disconnect"}

        ends = [part(b"", False)]

        async def receive() -> Message:
            return ends.pop() if ends else await leaves()

        receive_paced = paced(receive)
        await receive_paced()
        return await receive_paced()

    assert in_a_loop(work)["type"] == "http.disconnect"


def test_a_body_is_given_once_and_then_the_visitors_leaving() -> None:
    async def work() -> list[str]:
        receive = replayed(b"abc", received({"type": "http.disconnect"}))
        return [(await receive())["type"], (await receive())["type"]]

    assert in_a_loop(work) == ["http.request", "http.disconnect"]


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Guard before one route of ours and one of what would be Gradio's."""
    from aigc_demo.ui import application

    monkeypatch.setattr(bodies, "PATIENCE", 0.3)
    app = FastAPI()
    app.add_middleware(Guard)
    for kind in (TooSlow, TooLarge):
        app.add_exception_handler(kind, application._refuse)
    app.add_exception_handler(ClientDisconnect, application._nobody_listens)

    async def echo(request: Request) -> Response:
        return JSONResponse({"bytes": len(await request.body())})

    app.add_api_route("/echo", echo, methods=["POST"])
    app.add_api_route("/en/gradio_api/queue/join", echo, methods=["POST"])
    app.add_api_route("/en/gradio_api/vibe-edit", echo, methods=["POST"])
    with on_a_socket(app) as address:
        yield address


GRADIO = "/en/gradio_api/queue/join"


def test_calls_of_gradio_are_bounded(address: str) -> None:
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        assert client.post(GRADIO, content=b"x" * MOST_BYTES).json() == {"bytes": MOST_BYTES}
        answer = client.post(GRADIO, content=b"x" * (MOST_BYTES + 1))
        assert answer.status_code == 413 and answer.json()["error"]
        assert client.post("/en/gradio_api/vibe-edit", content=b"{}").status_code == 404


@pytest.mark.parametrize("path", ["/echo", GRADIO])
def test_a_slow_loris_is_let_go(address: str, path: str) -> None:
    """A client that says it sends a thousand bytes, and sends one now and then."""
    with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port or 0), timeout=20) as client:
        client.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{{".encode())
        began = time.monotonic()
        answer = client.recv(4096)
        assert answer.startswith(b"HTTP/1.1 408")
        while client.recv(4096):  # and the connection is closed
            pass
    assert time.monotonic() - began < 20


def test_whoever_leaves_in_the_middle_leaves_no_traceback(address: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        for path in ("/echo", GRADIO):
            with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port or 0)) as client:
                client.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{{".encode())
        with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
            assert client.post("/echo", content=b"x").json() == {"bytes": 1}
    assert "Traceback" not in caplog.text
