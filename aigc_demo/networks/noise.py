"""Noise that is the same wherever it is computed: each pixel's number follows from a seed and its place alone.

The page computes the same one, so that a picture with noise looks the same whoever draws it. Pure NumPy.
"""

from __future__ import annotations

import numpy as np


def noise_map(seed: int, place: int, height: int, width: int) -> np.ndarray:
    """N(0, 1) numbers float32 [height, width], for a layer's `place` and a `seed` of 0 to 2³² − 1."""
    pixel = np.arange(height * width, dtype=np.uint32)
    stream = _mixed(np.uint32(seed) + np.uint32(0x9E3779B9) * np.arange(place + 1, dtype=np.uint32)[-1:])
    first, second = (_mixed(stream ^ _mixed(2 * pixel + np.uint32(half))) for half in (0, 1))
    radius = np.sqrt(-2.0 * np.log((first + 1.0) / 2.0**32))  # Box & Muller 1958
    return (radius * np.cos(2.0 * np.pi * second / 2.0**32)).astype(np.float32).reshape(height, width)


def _mixed(value: np.ndarray) -> np.ndarray:
    """Bits of uint32 so stirred that neighbouring numbers have nothing in common: the finish of MurmurHash3."""
    value = (value ^ (value >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    value = (value ^ (value >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return value ^ (value >> np.uint32(16))
