"""Drawings that visitors send: 784 numbers, checked before anything is made of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from aigc_demo.text import Text, VisitorError

SIDE = 28
FAINTEST = 32  # of 255: a drawing without a darker pixel looks empty

NO_INK = Text("这张图上没有笔迹：请先画一个数字。", "There is no ink in this image: please draw a digit first.")
_NOT_PIXELS = Text(
    f"image 应为 {SIDE * SIDE} 个 0 到 255 之间的数（28×28，0 为空白，255 为笔迹）。",
    f"image must be {SIDE * SIDE} numbers from 0 to 255 (28×28; 0 is blank and 255 is ink).",
)


def as_drawing(values: Any) -> np.ndarray:
    """The image uint8 [28, 28] that a list of 784 numbers 0..255 in reading order stands for. Raises `VisitorError`."""
    if not isinstance(values, list) or len(values) != SIDE * SIDE:
        raise VisitorError(_NOT_PIXELS)
    if not all(type(value) in (int, float) and 0 <= value <= 255 for value in values):  # NaN is not, True is no number
        raise VisitorError(_NOT_PIXELS)
    return np.rint(np.array(values, np.float64)).astype(np.uint8).reshape(SIDE, SIDE)


def check_ink(image: np.ndarray) -> np.ndarray:
    """`image` itself; raises `VisitorError` where nothing has been drawn on it."""
    if image.max() < FAINTEST:
        raise VisitorError(NO_INK)
    return image
