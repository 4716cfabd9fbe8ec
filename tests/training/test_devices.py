"""The badge's words: which device, and why not a GPU."""

from __future__ import annotations

from typing import Any

import pytest

from aigc_demo import backend
from aigc_demo.backend import tf
from aigc_demo.text import Text
from aigc_demo.training import describe, devices


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
def test_a_gpu_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: ["card"])
    monkeypatch.setattr(tf.config.experimental, "get_device_details", lambda gpu: {"device_name": "H200"})
    device = describe()
    assert (device.kind, device.name, device.why.en) == ("gpu", "GPU · H200", "")


def test_a_gpus_memory_grows_as_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    grown = []
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: ["card"])
    monkeypatch.setattr(tf.config.experimental, "set_memory_growth", lambda gpu, on: grown.append((gpu, on)))
    backend.let_memory_grow(tf)
    assert grown == [("card", True)]


@pytest.mark.usefixtures("described_anew")
def test_one_more_run_needs_a_quarter_of_a_gpus_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    assert devices.has_room()  # on a CPU
    gpu = devices.Device("GPU", "gpu", Text("", ""))
    monkeypatch.setattr(devices, "describe", lambda: gpu)
    monkeypatch.setattr(devices, "_gpu_bytes", lambda: 1000)
    for taken, has_room in ((0, True), (750, True), (751, False)):
        monkeypatch.setattr(tf.config.experimental, "get_memory_info", lambda device, n=taken: {"current": n})
        assert devices.has_room() == has_room
