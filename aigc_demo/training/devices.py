"""Which device training runs on, and why not another."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from aigc_demo.backend import tf
from aigc_demo.text import Text


@dataclass(frozen=True)
class Device:
    """What TensorFlow will compute on; `why` says why it is not a GPU (empty on one)."""

    name: str
    kind: Literal["cpu", "gpu"]
    why: Text


@lru_cache(maxsize=1)
def describe() -> Device:
    """This process's device. Imports TensorFlow, and lets a GPU's memory grow as needed instead of taking it all."""
    gpus = tf.config.list_physical_devices("GPU")
    for gpu in gpus:
        tf.config.experimental.set_memory_growth(gpu, True)
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
