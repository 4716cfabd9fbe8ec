"""Start the real app on a free port with a data folder of its own, and a real browser beside it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PATIENCE = 60.0  # seconds until the app must answer


class Server(NamedTuple):
    """An app that answers: where it is, its process, and the data folder that is its own."""

    address: str
    pid: int
    home: Path


@contextlib.contextmanager
def server(
    environment: Mapping[str, str] | None = None,
    *,
    program: Sequence[str] = (sys.executable, "app.py"),
    folder: Path = ROOT,
    patience: float = PATIENCE,
) -> Iterator[Server]:
    """`python app.py` with more in its environment, once it answers; ended on leaving.

    `program` and `folder` are another Python and another checkout.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        own = {"GRADIO_SERVER_PORT": str(port), "AIGC_DEMO_HOME": home}
        process = subprocess.Popen(program, cwd=folder, env={**os.environ, **own, **(environment or {})})
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, process, patience)
            yield Server(address, process.pid, Path(home))
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextlib.contextmanager
def app() -> Iterator[str]:
    """The address of `python app.py`, once it answers; ended on leaving."""
    with server() as running:
        yield running.address


def chromium() -> str | None:
    """The path of a Chromium on this machine; None leaves the choice to Playwright."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("AIGC_DEMO_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def _wait_for(address: str, process: subprocess.Popen[bytes], patience: float) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError):
            with urllib.request.urlopen(f"{address}/en/", timeout=5) as page:
                page.read()
            return
        time.sleep(0.1)
    raise RuntimeError(f"the app does not answer at {address}")
