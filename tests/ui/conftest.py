"""Our routes on a real socket, over a studio with fake trainers."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from aigc_demo.runs import Studio
from aigc_demo.ui import server
from tests.runs.conftest import wait_for
from tests.runs.fake_trainer import DEVICE, FakeTrainer, tiny_dataset


@pytest.fixture(scope="module")
def open_studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    studio = Studio(
        tmp_path_factory.mktemp("studio"),
        warm=False,
        make_trainer=FakeTrainer,
        load_dataset=tiny_dataset,
        describe_device=lambda: DEVICE,
        live_figures=False,
        measure=lambda folder: {"digit_fd": 1.5},
    )
    yield studio
    studio.close()


@pytest.fixture
def studio(open_studio: Studio) -> Iterator[Studio]:
    """The studio behind the server; what a test leaves running is stopped."""
    yield open_studio
    open_studio.owner_is_everyone = True
    for run in open_studio.runs():
        if not run.is_over:
            open_studio.control(run.id, "stop")


@pytest.fixture(scope="module")
def served(open_studio: Studio) -> Iterator[str]:
    """The address of our routes on a socket of their own."""
    listening = server.listen("127.0.0.1", 0)
    config = uvicorn.Config(server.create_api(open_studio), log_level="error", timeout_graceful_shutdown=1)
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    wait_for(lambda: running.started)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join(5)
    listening.close()


@pytest.fixture
def client(served: str, studio: Studio) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served, timeout=60, trust_env=False) as client:
        yield client
