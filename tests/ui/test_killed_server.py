"""Nothing lost: the real program is killed in the middle of a run, started again, and goes on with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np
from safetensors.numpy import load_file

from aigc_demo.runs.log import MetricsLog
from aigc_demo.runs.record import read
from tests.runs.conftest import wait_for

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def program(home: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "AIGC_DEMO_HOME": str(home),
        "GRADIO_SERVER_PORT": str(port),
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    command = [sys.executable, "app.py"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert str(port) in process.stdout.readline()
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=90) as client:
            yield process, client
    finally:
        process.kill()
        process.wait()
        process.stdout.close()  # type: ignore[union-attr]


def line_of(client: httpx.Client, run: str) -> dict:
    return next(line for line in client.get("/runs").json()["runs"] if line["run"] == run)


def test_a_run_survives_the_death_of_its_server(tmp_path: Path) -> None:
    with program(tmp_path) as (process, client):
        begun = client.post("/runs", json={"seconds": 60, "seed": 3}).json()
        folder = tmp_path / "runs" / begun["run"]
        wait_for(lambda: (folder / "training.safetensors").exists() and line_of(client, begun["run"])["step"] > 20, 150)
        told = line_of(client, begun["run"])
        time.sleep(1.0)
        process.send_signal(signal.SIGKILL)
        process.wait()
    keys = read(folder).keys
    saved = int(load_file(folder / "training.safetensors")["session/step"])
    kept = MetricsLog.load(folder / "metrics.jsonl", keys)
    assert kept.seconds()[-1] >= told["seconds"], "at most the last second of figures is lost"
    with program(tmp_path) as (_, client):
        line = line_of(client, begun["run"])
        assert line["state"] == "interrupted"
        url = f"/runs/{begun['run']}"
        answer = client.post(f"{url}/resume", json={"token": begun["token"]})
        assert answer.status_code == 200, answer.text
        wait_for(lambda: line_of(client, begun["run"])["step"] > len(kept) + 5, 150)
        client.post(f"{url}/stop", json={"token": begun["token"]})
        rows = client.get(f"{url}/metrics", params={"from": 1, "to": len(kept)}).json()["rows"]
    # The steps after the last save were made twice, from the same state with the same draws. Where threads add up in
    # another order rounding grows from step to step, so the first ones are compared.
    same = saved + 20
    np.testing.assert_array_equal(np.array(rows[:saved], np.float32), kept.rows(1, saved))
    np.testing.assert_allclose(np.array(rows[:same], np.float32), kept.rows(1, same), rtol=1e-3, atol=1e-4)
