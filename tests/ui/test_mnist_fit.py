"""How the page makes a drawing look like MNIST's digits, run by Node where it is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aigc_demo.data import load
from tests.ui.page_modules import needs_node, run_modules

pytestmark = needs_node

_FIT = """return given.drawings.map(({ width, height, ink }) => {
  const drawing = { width, height, ink: Float32Array.from(ink) };
  return { kind: m.kindOf(drawing), fitted: [...m.fit(drawing, given.smallest)] };
});"""


def fitted(tmp_path: Path, drawings: list[np.ndarray], smallest: int = 0) -> list[tuple[str, np.ndarray]]:
    """What each drawing [h, w] in [0, 1] is said to be, and its fitted form [28, 28]."""
    each_given = [{"width": d.shape[1], "height": d.shape[0], "ink": np.ravel(d).tolist()} for d in drawings]
    given = {"drawings": each_given, "smallest": smallest}
    found: list[dict[str, Any]] = run_modules(_FIT, {"m": "mnist-fit.js"}, tmp_path, given=given)
    return [(each["kind"], np.array(each["fitted"]).reshape(28, 28)) for each in found]


def reference(drawing: np.ndarray) -> np.ndarray:
    """The same in dense matrices: each of the 28 x 28 squares averages the ink that it covers."""
    rows, columns = np.nonzero(drawing >= 0.1)
    box = np.zeros_like(drawing)
    inside = (slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1))
    box[inside] = drawing[inside]
    scale = max(np.ptp(rows), np.ptp(columns)) + 1.0
    scale /= 20.0

    def covering(profile: np.ndarray, first: int, last: int) -> np.ndarray:
        middle = (profile * (np.arange(len(profile)) + 0.5)).sum() / profile.sum()
        start = min(first, max(last + 1 - 28 * scale, middle - 14.5 * scale))
        edges = start + scale * np.arange(29)
        pixels = np.arange(len(profile))
        upper = np.minimum(edges[1:, None], pixels + 1)
        return np.clip(upper - np.maximum(edges[:-1, None], pixels), 0.0, None) / scale

    down = covering(box.sum(axis=1), rows.min(), rows.max())
    across = covering(box.sum(axis=0), columns.min(), columns.max())
    return np.asarray(down @ box @ across.T)


def stroke(side: int, *points: tuple[float, float], width: float = 0.07) -> np.ndarray:
    """A polyline on a square field: `points` and `width` in shares of its side."""
    y, x = (np.mgrid[:side, :side] + 0.5) / side
    nearest = np.full((side, side), np.inf)
    for (ax, ay), (bx, by) in zip(points, points[1:] or points, strict=False):
        along = np.array([bx - ax, by - ay])
        t = np.clip(((x - ax) * along[0] + (y - ay) * along[1]) / max(float(along @ along), 1e-9), 0, 1)
        nearest = np.minimum(nearest, np.hypot(x - ax - t * along[0], y - ay - t * along[1]))
    return np.clip((width / 2 - nearest) * side + 0.5, 0.0, 1.0)


SEVEN = ((0.2, 0.15), (0.7, 0.15), (0.4, 0.9))


def centre_of_mass(image: np.ndarray) -> tuple[float, float]:
    y, x = np.mgrid[:28, :28] + 0.5
    return float((image * x).sum() / image.sum()), float((image * y).sum() / image.sum())


def test_fitting_is_the_average_over_each_square(tmp_path: Path) -> None:
    drawings = [stroke(200, *SEVEN), stroke(200, (0.1, 0.8), (0.9, 0.75)), stroke(61, (0.5, 0.1), (0.5, 0.9))]
    for (_, ours), drawing in zip(fitted(tmp_path, drawings), drawings, strict=True):
        assert np.abs(ours - reference(drawing)).max() < 1e-4


def test_ink_is_twenty_pixels_long_and_its_mass_in_the_middle(tmp_path: Path) -> None:
    [(_, seven)] = fitted(tmp_path, [stroke(300, *SEVEN)])
    rows = np.flatnonzero(seven.max(axis=1) > 0.02)
    assert 20 <= np.ptp(rows) + 1 <= 21  # where the box begins within a pixel, it touches 21
    assert np.allclose(centre_of_mass(seven), 14.5, atol=0.02)


def test_place_and_size_on_the_pad_do_not_matter(tmp_path: Path) -> None:
    small = [(0.5 + x / 3, 0.1 + y / 3) for x, y in SEVEN]
    drawings = [stroke(280, *SEVEN), stroke(840, *small, width=0.07 / 3)]
    (_, large), (_, tiny) = fitted(tmp_path, drawings)
    assert np.abs(large - tiny).mean() < 0.004


def test_proportions_are_kept_and_no_ink_is_cut_off(tmp_path: Path) -> None:
    heavy_end = np.clip(stroke(200, (0.1, 0.5), (0.9, 0.5), width=0.02) + stroke(200, (0.88, 0.5), width=0.2), 0, 1)
    (_, flat), (_, lopsided) = fitted(tmp_path, [stroke(200, (0.05, 0.5), (0.95, 0.5)), heavy_end])
    assert np.ptp(np.flatnonzero(flat.max(axis=1) > 0.02)) <= 3
    box = heavy_end[:, np.flatnonzero(heavy_end.max(axis=0) >= 0.1)]
    assert lopsided.sum() == pytest.approx(heavy_end.sum() * (20 / box.shape[1]) ** 2, rel=0.01)


def test_mnist_digits_stay_what_they_are(tmp_path: Path) -> None:
    """They have been fitted already; only the last fraction of a pixel moves."""
    digits = load("digits5k").held_out[:50] / 255.0
    enlarged = [np.kron(digit, np.ones((6, 6))) for digit in digits]
    ours = np.stack([image for _, image in fitted(tmp_path, enlarged)])
    errors = np.sqrt(((ours - digits) ** 2).mean(axis=(1, 2)))
    shifted = np.sqrt(((np.roll(digits, 1, axis=2) - digits) ** 2).mean(axis=(1, 2)))
    assert errors.mean() < 0.5 * shifted.mean()
    assert np.allclose([centre_of_mass(image) for image in ours], 14.5, atol=0.1)


def test_no_ink_gives_no_ink(tmp_path: Path) -> None:
    faint = np.full((20, 20), 0.05)
    for kind, image in fitted(tmp_path, [np.zeros((50, 50)), faint]):
        assert kind == "empty"
        assert not image.any()


def test_a_dot_and_a_filled_pad_are_told_from_digits(tmp_path: Path) -> None:
    pixel = np.zeros((100, 100))
    pixel[40, 70] = 1.0
    drawings = [pixel, stroke(100, (0.5, 0.5), width=0.08), np.ones((100, 100)), stroke(100, *SEVEN)]
    found = fitted(tmp_path, drawings)
    assert [kind for kind, _ in found] == ["dot", "dot", "full", "digit"]
    assert all(np.isfinite(image).all() and 0 < image.max() <= 1 for _, image in found)


def test_a_thin_one_is_a_digit(tmp_path: Path) -> None:
    assert fitted(tmp_path, [stroke(100, (0.5, 0.1), (0.52, 0.9), width=0.05)])[0][0] == "digit"


def test_what_is_smaller_than_the_smallest_stays_small(tmp_path: Path) -> None:
    dot = stroke(200, (0.3, 0.3), width=0.05)
    [(_, blown_up)] = fitted(tmp_path, [dot])
    [(_, kept)] = fitted(tmp_path, [dot], smallest=40)
    assert kept.sum() == pytest.approx(blown_up.sum() / 16, rel=0.1)
    assert np.allclose(centre_of_mass(kept), 14.5, atol=0.1)


def test_what_is_no_number_is_no_ink(tmp_path: Path) -> None:
    body = "return m.fit({ width: 2, height: 1, ink: [NaN, NaN] }).some(Boolean)"
    assert run_modules(body, {"m": "mnist-fit.js"}, tmp_path) is False
