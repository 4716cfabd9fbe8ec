"""Our routes on a real socket, over a studio with fake trainers."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from aigc_demo.runs import Studio
from aigc_demo.ui import application
from tests.runs.fake_trainer import fake_studio
from tests.served import on_a_socket


@pytest.fixture(scope="module")
def open_studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    studio = fake_studio(tmp_path_factory.mktemp("studio"))
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
    with on_a_socket(application.create_api(open_studio)) as address:
        yield address


@pytest.fixture
def client(served: str, studio: Studio) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served, timeout=60, trust_env=False) as client:
        yield client
