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
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@contextlib.contextmanager
def app() -> Iterator[str]:
    """The address of `python app.py`, once it answers; ended on leaving."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "GRADIO_SERVER_PORT": str(port), "AIGC_DEMO_HOME": home}
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment)
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(300):
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"{address}/en/", timeout=5)
                    break
                time.sleep(0.2)
            yield address
        finally:
            process.terminate()
            process.wait(20)


def chromium() -> str | None:
    """The path of a Chromium on this machine; None leaves the choice to Playwright."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("AIGC_DEMO_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
