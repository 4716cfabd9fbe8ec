"""Gradio's functions are public whatever they are called: what a raw call may make them do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from fastapi import FastAPI
from gradio.context import LocalContext
from gradio.exceptions import InvalidPathError
from gradio.processing_utils import _check_allowed

from aigc_demo.text import VisitorError
from aigc_demo.ui import application
from aigc_demo.ui.calls import Functions, check_call
from aigc_demo.ui.page import build_page
from tests.loops import in_a_loop
from tests.runs.fake_trainer import fake_studio
from tests.served import on_a_socket

JOIN = "gradio_api/queue/join"
OURS = Functions({17: "explain"}, {"explain": 3})
GOOD = {"fn_index": 17, "session_hash": "x", "data": ["wgan", 0, 0]}
FILE = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}


def check(part: str, body: Any) -> None:
    check_call(part, body if isinstance(body, bytes) else orjson.dumps(body), OURS)


def test_a_call_of_ours_is_let_through() -> None:
    check(JOIN, GOOD)
    check("gradio_api/call/explain", {"data": ["wgan", 0, 0]})
    check("gradio_api/cancel", {"session_hash": "x", "fn_index": 17, "event_id": "y"})


@pytest.mark.parametrize(
    "change",
    [
        *(
            {"fn_index": 0},
            {"fn_index": -1},
            {"fn_index": True},
            {"fn_index": "17"},
            {"fn_index": None},
            {"fn_index": 17.0},
        ),
        *({"session_hash": None}, {"session_hash": ""}, {"session_hash": 5}, {"session_hash": "x" * 201}),
        *({"data": None}, {"data": []}, {"data": ["wgan", 0]}, {"data": ["wgan", 0, 0, 0]}, {"data": {"0": 1}}),
        *(
            {"data": [FILE, 0, 0]},
            {"data": [[{"a": FILE}], 0, 0]},
            {"event_data": FILE},
            {"data": [{"path": "x", "meta": 5}, 0, 0]},
        ),
    ],
    ids=str,
)
def test_any_other_call_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(VisitorError):
        check(JOIN, GOOD | change)


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'{"a":NaN}', b"\xff", b"[" * 5_000, b'{"a":' * 5_000])
def test_what_is_no_object_is_refused_everywhere(body: bytes) -> None:
    for part in (JOIN, "gradio_api/call/explain", "gradio_api/cancel", "gradio_api/reset"):
        with pytest.raises(VisitorError):
            check(part, body)


def test_a_name_that_is_none_is_refused() -> None:
    for name in ("nothing", "js_fn", "..", "train", "v2/explain"):
        with pytest.raises(VisitorError):
            check(f"gradio_api/call/{name}", {"data": []})


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    studio = fake_studio(tmp_path_factory.mktemp("calls"))

    async def create() -> FastAPI:
        return application.create_app(studio)

    with (
        on_a_socket(in_a_loop(create)) as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
    ):
        yield client
    studio.close()


def test_no_call_makes_a_file_of_this_machine_public(
    client: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With `path` in a value Gradio copies that file to where it serves files from, and says so."""
    secret = tmp_path / "secret.txt"
    secret.write_text("nobody's business")
    cache = tmp_path / "cache"
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(cache))
    config = client.get("/en/config").json()
    for function in config["dependencies"]:
        data = [{"path": str(secret), "meta": {"_type": "gradio.FileData"}}] * max(1, len(function["inputs"]))
        body = {"fn_index": function["id"], "session_hash": "x", "data": data}
        answer = client.post(f"/en/{JOIN}", json=body)
        assert answer.status_code == 400 and answer.json()["error"], function
    assert not list(cache.rglob("*.txt")), "it was copied to where files are served from"


def test_gradio_itself_would_not_make_it_public_either(tmp_path: Path) -> None:
    """The second lock: should a value get past ours, Gradio's own check is on although the page is mounted."""
    studio = fake_studio(tmp_path / "home")

    async def check_it() -> None:
        page = build_page("en", application.work_of(studio))
        LocalContext.blocks.set(page)
        with pytest.raises(InvalidPathError):
            _check_allowed("/etc/hostname", True)

    try:
        in_a_loop(check_it)
    finally:
        studio.close()


@pytest.mark.parametrize(
    "path", ["queue/data?session_hash=nothing", "call/explain/nothing", "queue/data", "heartbeat/%00"]
)
def test_what_gradio_does_not_know_ends_without_a_traceback(
    client: httpx.Client, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with caplog.at_level("INFO"), client.stream("GET", f"/en/gradio_api/{path}") as answer:
        assert answer.status_code < 500
        next(answer.iter_raw(1), b"")
    assert "Traceback" not in caplog.text


def test_private_functions_cannot_be_called(client: httpx.Client) -> None:
    config = client.get("/zh/config").json()
    private = [function for function in config["dependencies"] if function["api_visibility"] != "public"]
    assert private
    for function in private:
        body = {"fn_index": function["id"], "session_hash": "x", "data": [None] * len(function["inputs"])}
        answer = client.post(f"/zh/{JOIN}", json=body)
        assert answer.status_code == 400 and "API" in answer.json()["error"]


def test_a_public_one_answers(client: httpx.Client) -> None:
    answer = client.post("/en/gradio_api/call/explain", json={"data": ["wgan", 0, 1]})
    assert answer.status_code == 200, answer.text
    with client.stream("GET", f"/en/gradio_api/call/explain/{answer.json()['event_id']}") as stream:
        assert "d_fake" in b"".join(stream.iter_raw()).decode()
