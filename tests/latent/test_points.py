"""Points of the latent space and the ways between them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_demo.latent import draw, lerp, path, slerp, truncate

SIZE = 64


def angle(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.arccos(np.clip(first @ second / (np.linalg.norm(first) * np.linalg.norm(second)), -1, 1)))


def test_a_seed_names_its_points_whatever_their_number() -> None:
    few, many = draw(7, 3, SIZE), draw(7, 50, SIZE)
    assert few.dtype == np.float32
    np.testing.assert_array_equal(few, many[:3])
    assert not np.array_equal(few, draw(8, 3, SIZE))


def test_points_are_standard_normal() -> None:
    z = draw(0, 4000, 10)
    assert abs(float(z.mean())) < 0.02
    assert abs(float(z.std()) - 1) < 0.02


def test_truncation_scales_towards_the_mean() -> None:
    z = draw(0, 2, SIZE)
    np.testing.assert_array_equal(truncate(z, 0.0), np.zeros_like(z))
    np.testing.assert_array_equal(truncate(z, 1.0), z)
    np.testing.assert_allclose(truncate(z, 0.5), z / 2)


def test_both_ways_begin_and_end_at_their_points() -> None:
    start, end = draw(1, 2, SIZE)
    for way in (lerp, slerp):
        np.testing.assert_allclose(way(start, end, 0.0), start, atol=1e-6)
        np.testing.assert_allclose(way(start, end, 1.0), end, atol=1e-6)


def test_the_great_circle_turns_evenly_and_keeps_its_length() -> None:
    start, end = draw(2, 2, SIZE)
    points = slerp(start, end, np.linspace(0, 1, 5))
    assert points.shape == (5, SIZE)
    turns = [angle(a, b) for a, b in pairwise(points)]
    np.testing.assert_allclose(turns, angle(start, end) / 4, rtol=1e-3)
    lengths = np.linalg.norm(points, axis=1)
    np.testing.assert_allclose(lengths, np.linspace(lengths[0], lengths[-1], 5), rtol=1e-5)
    assert np.linalg.norm(lerp(start, end, 0.5)) < 0.9 * lengths.min()


@given(st.floats(0, 1), st.integers(0, 100), st.sampled_from([-1.0, 0.0, 1.0, 2.0, -0.5, 1 + 1e-9]))
def test_parallel_opposite_and_empty_directions_have_a_way_too(t: float, seed: int, factor: float) -> None:
    start = draw(seed, 1, 8)[0]
    end = (start * factor).astype(np.float32)
    point = slerp(start, end, t)
    assert np.isfinite(point).all()
    expected = (1 - t) * np.linalg.norm(start) + t * np.linalg.norm(end)
    assert np.linalg.norm(point) == pytest.approx(expected, rel=1e-4, abs=1e-5)


def test_an_open_path_visits_every_station() -> None:
    stations = draw(3, 3, SIZE)
    points = path(stations, 9)
    assert points.shape == (9, SIZE)
    np.testing.assert_allclose(points[[0, 4, 8]], stations, atol=1e-5)


def test_a_closed_path_repeats_without_a_jerk() -> None:
    points = path(draw(4, 3, SIZE), 30, closed=True)
    jumps = np.linalg.norm(points - np.roll(points, -1, axis=0), axis=1)
    assert jumps.max() < 1.5 * jumps.min()


@pytest.mark.parametrize("frames", [0, 1, 2])
def test_short_paths(frames: int) -> None:
    stations = draw(5, 2, SIZE)
    points = path(stations, frames)
    assert points.shape == (frames, SIZE)
    if frames:
        np.testing.assert_allclose(points[0], stations[0], atol=1e-6)
    assert path(stations[:1], 4).shape == (4, SIZE)
