"""Applications on a socket of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from aigc_demo.ui import server
from aigc_demo.ui.assets import at_once
from aigc_demo.ui.connections import roomy
from tests.runs.conftest import wait_for


@contextmanager
def on_a_socket(
    app: FastAPI, root_path: str = "", port: int = 0, at_once: Callable[[bytes], bytes | None] = at_once
) -> Iterator[str]:
    """The address at which `app` is served as the program serves it, until the end of the block; `port` 0: any free one."""
    listening = server.listen("127.0.0.1", port)
    options: dict[str, Any] = {
        "http": roomy(at_once),
        "ws": "none",
        "log_level": "error",
        "timeout_graceful_shutdown": 1,
    }
    config = uvicorn.Config(app, root_path=root_path, **options)
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    wait_for(lambda: running.started, 60)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join(10)
        listening.close()
