"""The sample sheet of a model: a row for each thing that it can be asked for, and what it draws of its own accord."""

from __future__ import annotations

import numpy as np

from aigc_demo.checkpoints import Generator
from aigc_demo.latent.pictures import grid, png
from aigc_demo.runs.grid import Grid

COLUMNS = 10
ROWS = 10  # of a model that takes no wish
SEED = 0


def sheet_grid(latent_size: int, names: int, conditional: bool, seed: int = SEED) -> Grid:
    """What to ask a generator for, row by row: ten columns.

    A conditional model has a row for each of its `names` classes, and a column shares its z: only the class differs
    down it. Another has ten rows of points, each its own.
    """
    numbers = np.random.default_rng(seed)
    if not conditional:
        points = numbers.standard_normal((ROWS * COLUMNS, latent_size)).astype(np.float32)
        return Grid(points, np.zeros(len(points), np.int64))
    points = numbers.standard_normal((COLUMNS, latent_size)).astype(np.float32)
    return Grid(np.tile(points, (names, 1)), np.repeat(np.arange(names, dtype=np.int64), COLUMNS))


def sheet_png(generator: Generator, seed: int = SEED) -> bytes:
    """The sheet as a grey PNG, 280 pixels wide. Raises `VisitorError` where the model's numbers overflow."""
    asked = sheet_grid(generator.latent_size, len(generator.class_names), generator.conditional, seed)
    return png(grid(generator.render(*asked), COLUMNS))
