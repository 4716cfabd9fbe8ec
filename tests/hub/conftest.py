"""A Hub on this machine, and a data folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aigc_demo.hub.client import Hub
from tests.hub.fake_hub import FakeHub


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """Also what the environment would be on a machine without a proxy; nothing here may ask another host."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("HF_TOKEN", raising=False)
    hub = FakeHub()
    yield hub
    hub.close()


@pytest.fixture
def hub(fake: FakeHub) -> Hub:
    return Hub(fake.endpoint)
