"""The program: where it serves, which language it leads to, how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from aigc_demo.ui import server
from tests.ui.talking import events, start

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("headers", "target"),
    [
        ({"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"}, "zh/"),
        ({"accept-language": "fr"}, "en/"),
        ({}, "en/"),
        ({"cookie": "lang=zh"}, "zh/"),
        ({"cookie": "lang=xx", "accept-language": "zh"}, "zh/"),
    ],
)
def test_the_root_leads_to_the_visitors_language_and_keeps_the_query(
    client: httpx.Client, headers: dict[str, str], target: str
) -> None:
    answer = client.get("/?run=abc&x=1", headers=headers, follow_redirects=False)
    assert answer.headers["location"] == f"{target}?run=abc&x=1"


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SystemExit) as ended:
            server.listen("127.0.0.1", taken.getsockname()[1])
    assert "GRADIO_SERVER_PORT" in str(ended.value)
    assert "\n" not in str(ended.value)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, ("127.0.0.1", 7860)),
        ({"SPACE_ID": "somebody/demo"}, ("0.0.0.0", 7860)),
        ({"GRADIO_SERVER_NAME": "::1", "GRADIO_SERVER_PORT": "80"}, ("::1", 80)),
    ],
)
def test_where_to_serve(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: tuple[str, int]
) -> None:
    for name in ("GRADIO_SERVER_NAME", "GRADIO_SERVER_PORT", "SPACE_ID"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert server.address() == expected


@pytest.mark.parametrize(
    ("host", "said", "expected"),
    [("127.0.0.1", "", False), ("::1", "0", False), ("127.0.0.1", "1", True), ("0.0.0.0", "0", True)],
)
def test_who_is_a_stranger(monkeypatch: pytest.MonkeyPatch, host: str, said: str, expected: bool) -> None:
    monkeypatch.setenv("AIGC_DEMO_PUBLIC", said)
    assert server.serves_strangers(host) is expected
    assert server.limits_for(server.serves_strangers(host)).fetch == (0 if expected else 1)


@pytest.mark.parametrize("port", ["x", "-1", "70000", "80.5"])
def test_a_port_that_is_none(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("GRADIO_SERVER_PORT", port)
    with pytest.raises(SystemExit, match="GRADIO_SERVER_PORT"):
        server.address()


def test_the_program_refuses_a_taken_port_with_status_1(session_home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        environment = {**os.environ, "GRADIO_SERVER_NAME": "127.0.0.1", "GRADIO_SERVER_PORT": port}
        ended = subprocess.run(
            [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
        )
    assert ended.returncode == 1
    assert len(ended.stderr.strip().splitlines()) == 1


def interrupted_in_mid_run(process: subprocess.Popen, port: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Start a run and press Ctrl-C: what Start answered, and the stream's last message."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:
        for lang in ("zh", "en"):
            assert client.get(f"/{lang}/").status_code == 200
        begun = start(client)
        with client.stream("GET", f"/runs/{begun['run']}/events") as stream:
            messages = events(stream.iter_lines())
            next(message for _, message in messages if message["step"] > 20)
            process.send_signal(signal.SIGINT)
            return begun, [message for _, message in messages][-1]


def test_ctrl_c_saves_the_run_and_ends_at_once(tmp_path: Path) -> None:
    program = """
from functools import partial
from aigc_demo.ui import server
from tests.runs.fake_trainer import DEVICE, FakeTrainer, tiny_dataset
server.Studio = partial(
    server.Studio, make_trainer=FakeTrainer, load_dataset=tiny_dataset, describe_device=lambda: DEVICE
)
server.main()
"""
    with server.listen("127.0.0.1", 0) as free:
        port = str(free.getsockname()[1])
    environment = {
        **os.environ,
        "AIGC_DEMO_HOME": str(tmp_path),
        "GRADIO_SERVER_NAME": "127.0.0.1",
        "GRADIO_SERVER_PORT": port,
        "PYTHONPATH": str(ROOT),
    }
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == f"AIGC Demo: http://127.0.0.1:{port}/\n"
            begun, last = interrupted_in_mid_run(process, port)
            assert process.wait(20) == 0
        finally:
            process.kill()
    assert last["state"] == "interrupted"
    record = json.loads((tmp_path / "runs" / begun["run"] / "run.json").read_text())
    assert (record["state"], record["step"]) == ("interrupted", last["step"])


def test_the_server_needs_no_tensorflow_to_show_its_page() -> None:
    check = "import sys, aigc_demo.ui.server; sys.exit('tensorflow.python' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT, timeout=60, check=False).returncode == 0
