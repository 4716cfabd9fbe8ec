"""How the page moves and gathers the pixels of a map, run by Node and held against NumPy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aigc_demo.checkpoints.portable_numpy import OPERATIONS
from tests.ui.page_modules import needs_node, run_modules

pytestmark = needs_node

# op, its settings, and the shapes it leads from and to: rows, columns and channels all of different number
NODES: list[tuple[str, dict[str, int], list[int], list[int]]] = [
    ("shuffle", {"factor": 2}, [3, 4, 20], [6, 8, 5]),
    ("unshuffle", {"factor": 2}, [6, 8, 5], [3, 4, 20]),
    ("upsample", {"factor": 3}, [2, 3, 4], [6, 9, 4]),
    ("crop", {"top": 1, "left": 2}, [5, 6, 3], [3, 4, 3]),
    ("max_pool", {"size": 2}, [5, 7, 3], [2, 3, 3]),
    ("avg_pool", {"size": 2}, [5, 7, 3], [2, 3, 3]),
    ("mean", {}, [5, 7, 3], [3]),
]
BODY = """
return given.map(([op, node, from, x]) => {
  try {
    const step = m.PLACES[op](node, null, [from]);
    const y = new Float32Array(2 * node.shape.reduce((a, b) => a * b, 1));
    step([Float32Array.from(x)], y, 2);
    return [...y];
  } catch (error) {
    return error.constructor.name;
  }
});
"""


def asked(op: str, settings: dict[str, Any], start: list[int], end: list[int]) -> list[Any]:
    x = np.random.default_rng(1).standard_normal((2, *start)).astype(np.float32)
    return [op, {**settings, "shape": end}, start, x.ravel().tolist()]


def run(given: list[Any], folder: Path) -> list[Any]:
    return run_modules(BODY, {"m": "net-places.js"}, folder, given=given)


def test_the_page_moves_pixels_as_numpy_does(tmp_path: Path) -> None:
    given = [asked(*each) for each in NODES]
    for (op, node, start, x), found in zip(given, run(given, tmp_path), strict=True):
        right = OPERATIONS[op](node, {}, np.reshape(x, (2, *start)))
        np.testing.assert_allclose(np.reshape(found, (2, *node["shape"])), right, atol=1e-6, err_msg=op)


@pytest.mark.parametrize("op", [op for op, *_ in NODES])
def test_a_node_whose_sizes_do_not_fit_is_refused(op: str, tmp_path: Path) -> None:
    settings, start, end = next(each[1:] for each in NODES if each[0] == op)
    wrong = [
        asked(op, settings, start, [size + 1 for size in end]),
        asked(op, settings, start[:1], end),
        *(asked(op, {**settings, name: value}, start, end) for name in settings for value in (-1, 0.5, 7, None)),
    ]
    assert run(wrong, tmp_path) == ["NetError"] * len(wrong)
