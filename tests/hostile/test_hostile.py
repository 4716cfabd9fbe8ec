"""More than two thousand hostile inputs against every address and every reader: no traceback, no hang, no growth."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aigc_demo.text import LANGUAGES
from tests.hostile import requests
from tests.hostile.memory import forget_peak, megabytes, peak
from tests.hostile.readers import LONGEST, MOST_GROWTH
from tests.hostile.requests import JSON_HEADERS, Wish
from tests.hostile.serving import Served, served
from tests.hostile.wanted import There, a_model, prepare, wanted
from tests.hub.fake_hub import FakeHub
from tests.hub.fake_openid import FakeOpenId
from tests.ui.talking import start
from tests.ui.test_routes import OURS, filled

ENOUGH = 2_000
NEARLY = 12  # bodies for each route
ROOT = Path(__file__).resolve().parents[2]
NEVER = re.compile(r"Traceback|Exception in ASGI|Internal Server Error|SENT ELSEWHERE|LOOKED UP", re.IGNORECASE)

counted: Counter[str] = Counter()


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What became of all readers, tried in a process of their own."""
    home = tmp_path_factory.mktemp("readers")
    ended = subprocess.run(
        [sys.executable, "-m", "tests.hostile.readers"],
        cwd=ROOT,
        env={**os.environ, "AIGC_DEMO_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-3_000:]
    found = json.loads(ended.stdout.splitlines()[-1])
    counted.update(found["counted"])
    return found | {"said": ended.stderr}


@contextmanager
def elsewhere() -> Iterator[dict[str, str]]:
    """The environment of a server whose Hub, with a model, and whose OpenID provider are on this machine."""
    with closing(FakeHub()) as hub, closing(FakeOpenId()) as provider:
        hub.models.put_model("bob/digits", a_model())
        yield {**provider.environment, "HF_ENDPOINT": hub.endpoint, "NO_PROXY": "127.0.0.1"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that has drawn, measured and trained once: what it holds then is what it needs."""
    with elsewhere() as environment, served(tmp_path_factory.mktemp("served"), **environment) as running:
        with httpx.Client(base_url=running.address, trust_env=False, timeout=120) as client:
            for lang in ("zh", "en"):
                assert client.get(f"/{lang}/").status_code == 200
            start(client, seconds=5)
            answer = client.post("/models/fast/render", json={"z": [[0.0] * 64] * 64, "labels": [0] * 64})
            assert answer.status_code == 200, answer.text
            for path in (
                "/models/fast/sheet.png",
                "/models/fast/axes.json",
                "/models/fast/generator.net",
                "/digits.json",
            ):
                assert client.get(path).status_code == 200, path
        forget_peak(running.process.pid)
        running.held = megabytes(running.process.pid)
        yield running


@pytest.fixture(scope="module")
def there(client: httpx.Client) -> There:
    return prepare(client)


@pytest.fixture(scope="module")
def client(running: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.address, trust_env=False, timeout=60) as client:
        yield client


def status_of(client: httpx.Client, wish: Wish) -> int:
    """The answer's status, which must be no fault of ours; of an answer without an end, the beginning."""
    spent = 0.0
    for _ in range(2):  # what takes long once may have waited for the machine
        began = time.monotonic()
        with client.stream(wish.method, wish.path, content=wish.content, headers=wish.headers) as answer:
            piece = next(answer.iter_raw(4_096), b"")
            status, kind = answer.status_code, answer.headers.get("content-type", "")
        spent = time.monotonic() - began
        if spent < LONGEST:
            break
    assert spent < LONGEST, f"{wish} took {spent:.1f} s, twice"
    assert status < 500, f"{wish}: {status} {piece[:300]!r}"
    if status >= 400 and kind.startswith("application/json") and not wish.path.startswith(("/en/", "/zh/")):
        assert set(json.loads(piece)) == {"error"}, wish
    return status


def send(client: httpx.Client, name: str, wishes: Iterator[Wish]) -> Counter[int]:
    statuses: Counter[int] = Counter()
    for wish in wishes:
        try:
            statuses[status_of(client, wish)] += 1
        except (httpx.LocalProtocolError, httpx.InvalidURL, UnicodeEncodeError):
            continue  # our own client does not send that
        counted[name] += 1
    return statuses


def test_every_reader_refuses_in_a_sentence_or_reads(read: dict[str, Any]) -> None:
    assert not read["faults"], "\n".join(read["faults"][:5])
    assert "Traceback" not in read["said"]


def test_no_reader_hangs_or_grows(read: dict[str, Any]) -> None:
    assert read["slowest"][0] < LONGEST, read["slowest"]
    assert read["grown_at_most"] < MOST_GROWTH


def test_every_address_of_ours_refuses_hostile_bodies(client: httpx.Client, running: Served) -> None:
    for route in OURS:
        method, _, path = route.partition(" ")
        if method == "POST":
            statuses = send(client, "bodies", requests.bodies_to(filled(path), 9, 1))
            send(client, "bodies", requests.bodies_to(next(requests.filled_paths(path, 1)), 2, 2))
            assert statuses, route


def test_no_route_that_takes_a_body_is_left_out(running: Served, there: There) -> None:
    """The table is that of the program that is served: a new route has to say what it would act on."""
    pages = tuple(f"/{lang}/" for lang in LANGUAGES)
    ours = {f"{method} {path}" for method, path in running.routes() if not path.startswith(pages)}
    assert {route for route in ours if not route.startswith(("GET ", "MOUNT "))} == set(wanted(there))


def test_bodies_that_are_nearly_right(client: httpx.Client, there: There) -> None:
    """Requests that would do something, had they not one entry that is wrong."""
    for route, one in wanted(there).items():
        assert send(client, "nearly right", one.spoilt(NEARLY)), route


def test_every_address_of_ours_reads_hostile_paths(client: httpx.Client, running: Served) -> None:
    for route in OURS:
        method, _, path = route.partition(" ")
        if method == "GET" and "recorded" not in path:
            assert send(client, "paths", requests.readings(path, 3)), route


def test_what_hypothesis_thinks_of(client: httpx.Client, running: Served) -> None:
    inner = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
        lambda value: st.lists(value, max_size=3) | st.dictionaries(st.text(max_size=6), value, max_size=3),
        max_leaves=6,
    )
    paths = [filled(route.partition(" ")[2]) for route in OURS if route.startswith("POST")]
    body = st.dictionaries(st.sampled_from(requests.FIELDS) | st.text(max_size=8), inner, max_size=4)

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(paths), body)
    def sent(path: str, body: dict[str, Any]) -> None:
        status_of(client, Wish("POST", path, json.dumps(body).encode(errors="replace"), JSON_HEADERS))
        counted["generated"] += 1

    sent()


def test_gradios_functions_are_as_public_as_our_routes(client: httpx.Client, running: Served) -> None:
    """Also those that the page's documents do not show: a raw call by number runs them."""
    config = client.get("/en/config").json()
    functions = [function["id"] for function in config["dependencies"]]
    names = [function["api_name"] for function in config["dependencies"] if function["api_visibility"] == "public"]
    reached = 0
    assert {"train", "generate", "evaluate", "explain", "finetune"} <= set(names)
    takes = {function["api_name"]: len(function["inputs"]) for function in config["dependencies"]}
    for wish, session in requests.calls(functions, [*names, "..%2f..", "nothing"], takes):
        answer = client.post(wish.path, content=wish.content, headers=wish.headers)
        assert answer.status_code < 500, f"{wish}: {answer.text[:300]}"
        counted["calls"] += 1
        if answer.status_code == 200 and "event_id" in answer.json():
            stream = (
                f"/en/gradio_api/queue/data?session_hash={session}"
                if session
                else f"{wish.path}/{answer.json()['event_id']}"
            )
            with client.stream("GET", stream) as heard:
                said = b"".join(heard.iter_raw()).decode()
            assert "Traceback" not in said and "/site-packages/" not in said
            reached += 1
    assert reached >= 12, "most were refused before they reached a function"


def test_gradios_own_addresses_take_anything(client: httpx.Client, running: Served) -> None:
    posts = (
        "queue/join",
        "cancel",
        "reset",
        "run/generate",
        "api/generate",
        "call/v2/generate",
        "upload",
        "component_server",
    )
    for path in posts:
        send(client, "gradio", requests.bodies_to(f"/en/gradio_api/{path}", 8, 4))
    gets = (
        "queue/data?session_hash=",
        "queue/status?x=",
        "file=",
        "call/generate/",
        "call/x/",
        "heartbeat_/",
        "info?all=",
    )
    for path in gets:
        send(client, "gradio", (Wish("GET", f"/en/gradio_api/{path}{text}") for text in requests.corpus.PATHS[::3]))
    for path in ("config", "theme.css", "assets/", "static/", "svelte/", ""):
        send(client, "gradio", (Wish("GET", f"/zh/{path}{text}") for text in requests.corpus.PATHS[::5]))


def test_what_is_no_http(running: Served) -> None:
    place = urlsplit(running.address)
    for content in requests.junk():
        with socket.create_connection((place.hostname, place.port or 0), timeout=LONGEST) as sent:
            sent.sendall(content)
            sent.shutdown(socket.SHUT_WR)
            try:
                answer = sent.recv(4_096)
            except ConnectionResetError:
                answer = b""
        assert not answer.startswith(b"HTTP/1.1 5"), (content[:80], answer[:200])
        counted["no http"] += 1


def test_uploads_are_looked_at_before_they_are_believed(client: httpx.Client, running: Served) -> None:
    for content in (
        *requests.corpus.zip_bombs("config.json", {}),
        *requests.corpus.spoilt_bytes(b"PK\3\4" + b"x" * 200, 20),
    ):
        wish = Wish("POST", "/models/import", content, {"content-type": "application/zip"})
        assert send(client, "imports", iter([wish]))[200] == 0
    for content in (*requests.corpus.picture_bombs(), *list(requests.corpus.npz_bombs())[::3]):
        draft = client.post("/data/drafts", json={"kind": "file", "name": "\x1b[2J<b>"}).json()["draft"]
        send(client, "uploads", iter([Wish("POST", f"/data/drafts/{draft}/content", content, {})]))
        preview = Wish("POST", f"/data/drafts/{draft}/preview", b'{"choices":{}}', JSON_HEADERS)
        send(client, "uploads", iter([preview]))
        client.post(f"/data/drafts/{draft}/drop", json={})


def test_the_server_still_stands_and_has_said_nothing_amiss(client: httpx.Client, running: Served) -> None:
    assert client.get("/models").status_code == 200
    answer = client.post("/models/fast/render", json={"z": [[0.0] * 64], "labels": [7]})
    assert answer.status_code == 200 and len(answer.content) == 784
    said = running.said()
    assert not NEVER.search(said), said[max(0, NEVER.search(said).start() - 1_500) :][:3_000]  # type: ignore[union-attr]
    assert all(line.isprintable() for line in said.split("\n"))
    assert "alert(1)" not in said and "/etc/passwd" not in said


def test_the_server_did_not_grow(running: Served) -> None:
    assert peak(running.process.pid) - running.held < MOST_GROWTH


def test_there_were_enough(read: dict[str, Any]) -> None:
    assert sum(counted.values()) >= ENOUGH, counted
