"""Followers that never read, a thousand of them, streams that are half open, and a server that begins anew under them."""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import numpy as np
import pytest

from aigc_demo.runs import Run, Studio
from aigc_demo.runs.limits import LOCAL
from aigc_demo.ui import application, connections
from tests.runs.conftest import plan, wait_for
from tests.runs.fake_trainer import FakeTrainer, fake_studio
from tests.served import on_a_socket

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a thousand sockets need a limit that can be raised")

THOUSAND = 1000
PLACES = 700


class Noisy(FakeTrainer):
    """Its pictures are noise, which no PNG makes small: a stream of them fills any buffer."""

    step_seconds = 0.001

    def sample(self, z: np.ndarray, labels: np.ndarray) -> np.ndarray:
        return np.random.default_rng(self.step).integers(0, 256, (len(z), 28, 28), dtype=np.uint8)


@contextmanager
def serving(home: Path, port: int = 0, **limits: int) -> Iterator[tuple[Studio, str]]:
    studio = fake_studio(home, Noisy, limits=replace(LOCAL, **limits))
    try:
        with on_a_socket(application.create_api(studio), port=port) as address:
            yield studio, address
    finally:
        studio.close()


def port_of_ones_own() -> int:
    """A free port below those that systems give to clients: one that knocks at a closed one of theirs may get itself."""
    for port in range(20_000 + os.getpid() % 5_000, 32_000):
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("every port is taken")


def connected(address: str, said: bytes, room: int = 0) -> socket.socket:
    """A client that has said so much, and takes at most `room` bytes at a time where that is given."""
    place = urlsplit(address)
    client = socket.socket()
    if room:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    client.settimeout(30)
    client.connect((place.hostname, place.port))
    client.sendall(said)
    return client


def asks_to_follow(run: Run) -> bytes:
    return f"GET /runs/{run.id}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def answers(address: str) -> bool:
    """Whether a simple question is answered, and the page's longest list."""
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        return client.get("/device").status_code == client.get("/models").status_code == 200


def test_whoever_never_reads_costs_nobody_anything_and_is_hung_up_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "STALL_SECONDS", 0.5)
    monkeypatch.setattr("aigc_demo.runs.session.FRAME_SECONDS", 0.01)
    with serving(tmp_path) as (studio, address):
        run, _ = studio.start(plan(seconds=60))
        with closing(connected(address, asks_to_follow(run), room=4096)):
            wait_for(lambda: run.feed.followers == 1, 20)
            step = run.step
            with httpx.stream("GET", f"{address}/runs/{run.id}/events", trust_env=False, timeout=30) as stream:
                heard = _events(stream)
                while next(heard)["step"] < step + 50:
                    continue
            wait_for(lambda: run.feed.followers == 0, 60)  # both have left: the one by itself
        assert run.step > step and answers(address)
        studio.control(run.id, "stop")


@pytest.fixture
def many_files() -> None:
    """Enough descriptors for both ends of a thousand connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 3 * THOUSAND:
        if hard != resource.RLIM_INFINITY and hard < 3 * THOUSAND:
            pytest.skip(f"this system lets a process have {hard} files")
        resource.setrlimit(resource.RLIMIT_NOFILE, (3 * THOUSAND, hard))


def test_a_thousand_half_open_streams(tmp_path: Path, many_files: None) -> None:
    """They ask to follow, and then neither read nor close; those beyond the places hear why."""
    with serving(tmp_path, followers=PLACES) as (studio, address), ExitStack() as stack:
        run, _ = studio.start(plan(seconds=60))
        clients = [
            stack.enter_context(closing(connected(address, asks_to_follow(run), room=4096))) for _ in range(THOUSAND)
        ]
        heads = [client.recv(300) for client in clients]
        following = [client for client, head in zip(clients, heads, strict=True) if b" 200 " in head]
        refused = [head for head in heads if b" 503 " in head]
        assert (len(following), len(refused)) == (PLACES, THOUSAND - PLACES)
        wait_for(lambda: run.feed.followers == PLACES, 30)
        step = run.step
        assert answers(address)
        wait_for(lambda: run.step > step + 20, 30)  # the run trains on
        for client in clients:
            client.close()
        wait_for(lambda: run.feed.followers == 0, 30)
        with httpx.stream("GET", f"{address}/runs/{run.id}/events", trust_env=False, timeout=30) as stream:
            assert next(_events(stream))["type"] == "snapshot"
        studio.control(run.id, "stop")


def test_a_thousand_half_said_requests(tmp_path: Path, many_files: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 1.5)
    with serving(tmp_path) as (_, address), ExitStack() as stack:
        half = b"GET /runs/x/events HTTP/1.1\r\nHost: loc"
        clients = [stack.enter_context(closing(connected(address, half))) for _ in range(THOUSAND)]
        assert answers(address)
        for client in clients:
            with suppress(ConnectionResetError):
                assert client.recv(100) == b"", "it is hung up on"
        assert answers(address)


def _events(stream: httpx.Response) -> Iterator[dict[str, Any]]:
    for line in stream.iter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


class Follower(threading.Thread):
    """Follows as a browser does: reconnects a moment after the stream has broken, with the id of what it saw last."""

    def __init__(self, address: str, run: str) -> None:
        super().__init__(daemon=True)
        self.url = f"{address}/runs/{run}/events"
        self.seen: list[dict[str, Any]] = []
        self.connections = 0
        self._last = ""
        self._left = threading.Event()

    def run(self) -> None:
        while not self._left.is_set():
            with suppress(httpx.HTTPError):
                self._listen()
            self._left.wait(0.05)

    def leave(self) -> None:
        self._left.set()
        self.join(30)

    def _listen(self) -> None:
        headers = {"Last-Event-ID": self._last} if self._last else {}
        with httpx.stream("GET", self.url, headers=headers, trust_env=False, timeout=5) as stream:
            self.connections += stream.status_code == 200
            for line in stream.iter_lines():
                if self._left.is_set():
                    return
                if line.startswith("id: "):
                    self._last = line.removeprefix("id: ")
                elif line.startswith("data: "):
                    self.seen.append(json.loads(line.removeprefix("data: ")))


def test_followers_go_on_after_their_server_began_anew(tmp_path: Path) -> None:
    port = port_of_ones_own()
    with ExitStack() as stack:
        with serving(tmp_path, port) as (studio, address):
            run, _ = studio.start(plan(seconds=60))
            followers = [Follower(address, run.id) for _ in range(5)]
            for follower in followers:
                stack.callback(follower.leave)
                follower.start()
            wait_for(lambda: all(_steps(one) > 20 for one in followers), 30)
            studio.close()  # as the program does before it hangs up: the run is saved, and everybody hears of it
            wait_for(lambda: all(one.seen[-1]["state"] == "interrupted" for one in followers), 30)
        later = fake_studio(tmp_path, Noisy)
        stack.callback(later.close)
        with on_a_socket(application.create_api(later), port=port):
            wait_for(lambda: all(one.seen[-1]["type"] == "snapshot" for one in followers), 30)
            before = [_steps(one) for one in followers]
            assert all(one.seen[-1]["step"] == run.step for one in followers), "nothing that was trained is lost"
            later.control(run.id, "resume")
            wait_for(lambda: all(_steps(one) > step + 20 for one, step in zip(followers, before, strict=True)), 30)
            later.control(run.id, "stop")
            wait_for(lambda: all(one.seen[-1]["state"] == "stopped" for one in followers), 30)
        assert all(one.connections >= 2 for one in followers)


def _steps(follower: Follower) -> int:
    return max((message["step"] for message in follower.seen), default=0)


def test_a_broken_stream_is_gone_on_with_where_it_broke(tmp_path: Path) -> None:
    """The server lives: what was missed comes, once, and no snapshot."""
    with serving(tmp_path) as (studio, address):
        run, _ = studio.start(plan(seconds=60))
        last, steps = "", []
        for _ in range(5):
            with httpx.stream(
                "GET",
                f"{address}/runs/{run.id}/events",
                headers={"Last-Event-ID": last} if last else {},
                trust_env=False,
                timeout=30,
            ) as stream:
                for line in stream.iter_lines():
                    if line.startswith("id: "):
                        last = line.removeprefix("id: ")
                    elif line.startswith("data: ") and (message := json.loads(line[6:]))["type"] == "points":
                        steps += range(message["first"], message["first"] + len(message["rows"]))
                        if len(message["rows"]) and last:
                            break
        assert steps == list(range(steps[0], steps[0] + len(steps)))
        studio.control(run.id, "stop")
