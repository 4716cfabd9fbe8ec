"""The sample grid every run redraws: six rows of latent points that never change, and a column for each class."""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

import numpy as np

from aigc_demo.latent.pictures import grid
from aigc_demo.networks import CLASSES
from aigc_demo.recipes import Plan

ROWS = 6
GREYS = 16  # four bits a pixel: half the bytes of eight, and no visible difference on a digit


class Grid(NamedTuple):
    """What to ask a generator for: z float32 [n, latent_size], labels int64 [n], row by row."""

    z: np.ndarray
    labels: np.ndarray


def columns_of(names: int) -> int:
    """How many columns the grid of so many classes has: never less than ten, which fewer classes share."""
    return max(CLASSES, names)


def fixed_grid(seed: int, latent_size: int, names: int = CLASSES, conditional: bool = True) -> Grid:
    """The grid of a run's seed, of `names` classes; a row shares its z, so that only the class differs along it.

    A generator that is not conditional would draw the same all along such a row: each place has a z of its own.
    """
    columns = np.arange(columns_of(names), dtype=np.int64) % names
    shared = len(columns) if conditional else 1
    points = np.random.default_rng(seed).standard_normal((ROWS * len(columns) // shared, latent_size))
    return Grid(np.repeat(points.astype(np.float32), shared, axis=0), np.tile(columns, ROWS))


def grid_of(plan: Plan) -> Grid:
    """The grid that a run of `plan` redraws."""
    return fixed_grid(plan.seed, plan.recipe.latent_size, len(plan.class_names), plan.recipe.conditional)


def grid_png(images: np.ndarray) -> bytes:
    """The grid's images uint8 [n, 28, 28] as one PNG: 280 x 168 pixels for ten classes."""
    return small_png(grid(images, len(images) // ROWS))


def small_png(pixels: np.ndarray) -> bytes:
    """A grey PNG of 16 levels from uint8 [height, width]; an odd width is padded with black.

    Written here because it is one header and one zlib stream, and four times a second per run counts.
    """
    levels = ((pixels.astype(np.uint16) * (GREYS - 1) + 127) // 255).astype(np.uint8)
    if levels.shape[1] % 2:
        levels = np.pad(levels, ((0, 0), (0, 1)))
    height, width = levels.shape
    packed = levels[:, 0::2] << 4 | levels[:, 1::2]
    lines = np.concatenate([np.zeros((height, 1), np.uint8), packed], axis=1)  # filter type 0 before every line
    header = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    body = zlib.compress(lines.tobytes(), 6)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
