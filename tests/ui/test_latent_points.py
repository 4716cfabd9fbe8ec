"""The page's own latent arithmetic, run by Node where it is installed, against the Python of the same name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.latent import draw, slerp
from tests.ui.page_modules import needs_node, run_modules

pytestmark = needs_node


def evaluate(expression: str, tmp_path: Path) -> Any:
    """The value of a JavaScript expression in which the module is called `m`."""
    return run_modules(f"return {expression}", {"m": "latent-points.js"}, tmp_path)


def test_slerp_is_the_servers(tmp_path: Path) -> None:
    start, end = draw(3, 2, 64)
    for t in (0.0, 0.3, 0.5, 1.0):
        ours = evaluate(f"m.slerp({start.tolist()}, {end.tolist()}, {t})", tmp_path)
        assert np.allclose(ours, slerp(start, end, t), atol=1e-5)


def test_a_path_begins_and_ends_where_it_should_and_stays_on_the_sphere(tmp_path: Path) -> None:
    points = np.array(
        evaluate("((u) => m.path(m.drawPoint(64, u), m.drawPoint(64, u), 9))(m.seeded(1))", tmp_path), np.float64
    )
    lengths = np.linalg.norm(points, axis=1)
    assert points.shape == (9, 64)
    assert lengths.min() > 0.95 * min(lengths[0], lengths[-1])


def test_a_direction_that_is_missing_or_opposite_gives_the_straight_way(tmp_path: Path) -> None:
    assert evaluate("[m.slerp([0, 0], [1, 1], 0.5), m.slerp([1, 0], [-1, 0], 0.25)]", tmp_path) == [
        [0.5, 0.5],
        [0.5, 0],
    ]


def test_points_are_standard_normal_and_a_seed_repeats_them(tmp_path: Path) -> None:
    first = np.array(evaluate("m.drawPoint(20000, m.seeded(5))", tmp_path))
    assert abs(first.mean()) < 0.03 and abs(first.std() - 1) < 0.03
    assert evaluate("m.drawPoint(8, m.seeded(5))", tmp_path) == first[:8].tolist()


def test_a_space_of_another_size_keeps_the_coordinates(tmp_path: Path) -> None:
    shorter, longer = evaluate("[m.resized([1, 2, 3], 2), m.resized([1, 2], 4, m.seeded(1))]", tmp_path)
    assert shorter == [1, 2] and longer[:2] == [1, 2] and len(longer) == 4
