"""A server in a process of its own, whose memory and whose words can be looked at from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from aigc_demo.ui import server

ROOT = Path(__file__).resolve().parents[2]

# The real program, whose runs are made by a trainer that needs no TensorFlow. What it would send elsewhere is written
# down and not sent; so is the table of its routes.
PROGRAM = """
import json
from functools import partial
from pathlib import Path
from tests.hostile.watched import watch
watch()
from aigc_demo.ui import server
from tests.ui.test_routes import walk
create_app = server.create_app
def create(*given, **options):
    app = create_app(*given, **options)
    Path("routes.json").write_text(json.dumps(sorted(walk(app.routes))))
    return app
server.create_app = create
from tests.runs.fake_trainer import DEVICE, FakeTrainer, tiny_dataset
server.Studio = partial(
    server.Studio, make_trainer=FakeTrainer, load_dataset=tiny_dataset, describe_device=lambda: DEVICE,
    measure=lambda folder: {"digit_fd": 1.5},
)
server.main()
"""
OFFERED = ("HF_", "GRADIO_", "OTEL_", "DO_NOT_TRACK", "WANDB_")  # by which telemetry could be switched off, or on


@dataclass
class Served:
    address: str
    process: subprocess.Popen
    log: Path
    home: Path
    held: float = 0.0  # megabytes, once it has done everything once

    def routes(self) -> list[tuple[str, str]]:
        """(method, path) of each route, Gradio's too."""
        return [(method, path) for method, path in json.loads((self.log.parent / "routes.json").read_text())]

    def said(self) -> str:
        return self.log.read_text(errors="replace")


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[Served]:
    """The program on a port of its own, with `folder` for its data and what it says."""
    with server.listen("127.0.0.1", 0) as free:
        port = str(free.getsockname()[1])
    home, log = folder / "home", folder / "log"
    home.mkdir(parents=True)
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith(OFFERED)},
        **{"AIGC_DEMO_HOME": str(home), "GRADIO_SERVER_NAME": "127.0.0.1", "GRADIO_SERVER_PORT": port},
        **{"PYTHONPATH": str(ROOT), "GRADIO_TEMP_DIR": str(folder / "gradio"), "AIGC_DEMO_LIVE_FIGURES": "0"},
        **environment,
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], cwd=folder, env=variables, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(process, address, log)
            yield Served(address, process, log, home)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen, address: str, log: Path) -> None:
    for _ in range(1200):
        assert process.poll() is None, log.read_text()
        try:
            httpx.get(f"{address}/device", trust_env=False, timeout=5)
            return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())
