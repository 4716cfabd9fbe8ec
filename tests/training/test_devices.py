"""The badge's words: which device, and why not a GPU."""

from __future__ import annotations

from typing import Any

import pytest

from aigc_demo.backend import tf
from aigc_demo.training import describe


@pytest.fixture
def described_anew() -> Any:
    describe.cache_clear()
    yield
    describe.cache_clear()


@pytest.mark.usefixtures("described_anew")
def test_a_machine_without_a_gpu_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: [])
    reasons = []
    for built_with_cuda in (False, True):
        monkeypatch.setattr(tf.test, "is_built_with_cuda", lambda built=built_with_cuda: built)
        describe.cache_clear()
        device = describe()
        assert device.kind == "cpu"
        assert device.name.startswith("CPU · ")
        assert device.why.zh
        assert device.why.en
        reasons.append(device.why)
    assert reasons[0] != reasons[1]
    assert "tensorflow[and-cuda]" in reasons[1].en


@pytest.mark.usefixtures("described_anew")
def test_a_space_on_zero_gpu_says_that_tensorflow_cannot_use_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: [])
    monkeypatch.setenv("SPACES_ZERO_GPU", "true")
    assert "ZeroGPU" in describe().why.en and "ZeroGPU" in describe().why.zh


@pytest.mark.usefixtures("described_anew")
def test_a_gpu_grows_its_memory_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    grown = []
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: ["card"])
    monkeypatch.setattr(tf.config.experimental, "set_memory_growth", lambda gpu, on: grown.append((gpu, on)))
    monkeypatch.setattr(tf.config.experimental, "get_device_details", lambda gpu: {"device_name": "H200"})
    device = describe()
    assert (device.kind, device.name, device.why.en) == ("gpu", "GPU · H200", "")
    assert grown == [("card", True)]
