"""Which device training runs on, and why not another."""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from aigc_demo.backend import is_loaded, tf
from aigc_demo.text import Text

# Where whole numbers of 32 bits live, such as seed and step: operations on them run here even beside a GPU, which would
# have to send each of them over in every step. Not where XLA makes one program of a step: there they stay on the device.
HOST = "CPU:0"


@dataclass(frozen=True)
class Device:
    """What TensorFlow will compute on; `why` says why it is not a GPU (empty on one)."""

    name: str
    kind: Literal["cpu", "gpu"]
    why: Text


@lru_cache(maxsize=1)
def describe() -> Device:
    """This process's device. Imports TensorFlow."""
    gpus = tf.config.list_physical_devices("GPU")
    if gpus:
        details = tf.config.experimental.get_device_details(gpus[0])
        return Device(f"GPU · {details.get('device_name', 'unknown')}", "gpu", Text("", ""))
    if os.environ.get("SPACES_ZERO_GPU", "").lower() in ("1", "t", "true"):
        why = Text(
            "这个 Space 用的是 ZeroGPU，它只把 GPU 借给 PyTorch 的单个函数，TensorFlow 用不上；请改选 CPU 或常规 GPU。",
            "This Space is on ZeroGPU, which lends its GPU to single functions of PyTorch: TensorFlow cannot use it. "
            "Choose a CPU or an ordinary GPU.",
        )
    elif not tf.test.is_built_with_cuda():
        why = Text("这份 TensorFlow 不含 GPU 支持。", "This TensorFlow was built without GPU support.")
    else:
        why = Text(
            "TensorFlow 没有找到可用的 GPU；有 NVIDIA 显卡时请安装 tensorflow[and-cuda]。",
            "TensorFlow found no usable GPU; with an NVIDIA card, install tensorflow[and-cuda].",
        )
    return Device(f"CPU · {os.cpu_count() or 1} cores", "cpu", why)


ROOM = 0.25  # of a GPU's memory must be free for one more run; the networks here need far less


def has_room() -> bool:
    """Whether one more run may train beside others: on a GPU, while a quarter of its memory is free; on a CPU always."""
    if not is_loaded() or describe().kind == "cpu":
        return True
    most, free = _gpu_bytes(), gpu_bytes_free()
    return most is None or free is None or free >= ROOM * most


def gpu_bytes_free() -> float | None:
    """Bytes of the GPU's memory that nothing of ours lies in; None where the driver does not say how many it has."""
    most = _gpu_bytes()
    return None if most is None else float(most - tf.config.experimental.get_memory_info("GPU:0")["current"])


@lru_cache(maxsize=1)
def _gpu_bytes() -> int | None:
    """How many bytes TensorFlow may take of the first GPU; None where it does not say."""
    library = importlib.import_module("tensorflow.python.client.device_lib")
    return next((one.memory_limit for one in library.list_local_devices() if one.device_type == "GPU"), None)
