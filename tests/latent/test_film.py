"""Films between key-frames: their pictures, their length, and what is no film."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aigc_demo.latent.film import MOST_BETWEEN, MOST_KEYS, read_film
from aigc_demo.text import VisitorError


def keys(count: int, size: int = 3) -> list[dict[str, Any]]:
    """Key-frames along the axes, their labels counting up."""
    return [{"z": np.eye(size)[place % size].tolist(), "label": place % 10} for place in range(count)]


def test_an_open_film_begins_at_the_first_key_and_ends_at_the_last() -> None:
    film = read_film({"keys": keys(3), "frames_between": 4, "loop": False}, 3, 10)
    points, shares = film.way()
    assert shares is not None
    assert film.frames == len(points) == len(shares) == 11
    np.testing.assert_allclose(points[[0, 5, 10]], np.eye(3), atol=1e-6)
    np.testing.assert_array_equal(shares[[0, 5, 10]].argmax(1), [0, 1, 2])
    np.testing.assert_allclose(np.linalg.norm(points, axis=1), 1, atol=1e-5)  # on the sphere, not through it
    np.testing.assert_allclose(shares.sum(1), 1, atol=1e-6)
    np.testing.assert_allclose(shares[1, :2], [0.8, 0.2], atol=1e-6)


def test_a_loop_returns_and_stops_one_frame_short_of_its_beginning() -> None:
    film = read_film({"keys": keys(3), "frames_between": 1}, 3, 0)
    points, shares = film.way()
    assert shares is None and len(points) == 6
    np.testing.assert_allclose(points[5], (np.eye(3)[2] + np.eye(3)[0]) / np.sqrt(2), atol=1e-6)


def test_weights_are_classes_too() -> None:
    half = [{"z": [0, 0, 1], "classes": [0.5, 0.5] + [0] * 8}, {"z": [1, 0, 0], "label": 9}]
    shares = read_film({"keys": half}, 3, 10).shares
    assert shares is not None
    assert shares[0, :2].tolist() == [0.5, 0.5] and shares[1, 9] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"keys": None},
        {"keys": keys(1)},
        {"keys": keys(MOST_KEYS + 1)},
        {"keys": [None, 3]},
        {"keys": [{"z": [0, 0]}, {"z": [0, 0]}]},
        {"keys": [{"z": [0, 0, 1e308], "label": 1}] * 2},
        {"keys": [{"z": [0, 0, True], "label": 1}] * 2},
        {"keys": [{"z": [0, 0, 10**400], "label": 1}] * 2},
        {"keys": [{"z": [0, 0, 1]}] * 2},
        {"keys": [{"z": [0, 0, 1], "label": 10}] * 2},
        {"keys": [{"z": [0, 0, 1], "label": True}] * 2},
        {"keys": [{"z": [0, 0, 1], "classes": [0.1] * 9}] * 2},
        {"keys": [{"z": [0, 0, 1], "classes": [0.2] * 10}] * 2},
        {"keys": [{"z": [0, 0, 1], "classes": [-1, 2] + [0] * 8}] * 2},
        {"frames_between": 0},
        {"frames_between": MOST_BETWEEN + 1},
        {"frames_between": 2.5},
        {"speed": 19},
        {"speed": "fast"},
        {"size": 17},
        {"size": None},
        {"loop": "yes"},
        {"format": "mp4"},
        {"format": None},
        {"keys": keys(MOST_KEYS), "frames_between": MOST_BETWEEN},
        {"keys": keys(8), "frames_between": 30, "size": 16},
    ],
)
def test_what_is_no_film_is_answered_by_a_sentence(wrong: dict[str, Any]) -> None:
    right = {"keys": keys(2), "frames_between": 3, "speed": 40, "loop": True, "format": "webp", "size": 2}
    assert read_film(right, 3, 10).frames == 8
    with pytest.raises(VisitorError):
        read_film(right | wrong, 3, 10)
