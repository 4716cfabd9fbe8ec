"""Images laid out for people: a sheet of many, a still and a moving picture. Greyscale and lossless."""

from __future__ import annotations

import io
import math

import numpy as np
from PIL import Image

from aigc_demo.latent.animation import encode

FRAME_MILLISECONDS = 50


def columns_for(count: int) -> int:
    """How many columns make a readable sheet: ten (one a digit), and a wider multiple of ten above 100 images."""
    return min(count, 10) if count <= 100 else 10 * math.ceil(math.sqrt(count) / 10)


def grid(images: np.ndarray, columns: int, blank: int = 0) -> np.ndarray:
    """Images uint8 [n, h, w] in reading order: uint8 [rows * h, columns * w], no gaps; places left over are `blank`."""
    count, height, width = images.shape
    rows = math.ceil(count / columns)
    cells = np.full((rows * columns, height, width), blank, np.uint8)
    cells[:count] = images
    return cells.reshape(rows, columns, height, width).swapaxes(1, 2).reshape(rows * height, columns * width)


def enlarge(pixels: np.ndarray, factor: int) -> np.ndarray:
    """Each pixel of uint8 [h, w] becomes a square of `factor` pixels."""
    return pixels.repeat(factor, axis=0).repeat(factor, axis=1)


def png(pixels: np.ndarray) -> bytes:
    """uint8 [h, w] as an 8-bit greyscale PNG."""
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels, np.uint8), "L").save(buffer, "PNG", optimize=False)
    return buffer.getvalue()


def gif(frames: list[np.ndarray]) -> bytes:
    """uint8 [h, w] frames as an endless greyscale GIF."""
    pictures = (Image.fromarray(np.ascontiguousarray(frame, np.uint8), "L") for frame in frames)
    return encode(pictures, [FRAME_MILLISECONDS] * len(frames), "GIF")
