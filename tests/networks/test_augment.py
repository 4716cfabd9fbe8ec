"""The shift of what D sees: the same law for whatever it is given, black where nothing was, and smooth to learn through."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.networks.augment import PAPER, translate
from aigc_demo.training.game import pack

SEED = (7, 1)


def _moved(images: np.ndarray, most: int, seed: tuple[int, int] = SEED) -> np.ndarray:
    return translate(tf.constant(images, tf.float32), most, tf.constant(seed)).numpy()


def _shifts(count: int, most: int, seed: tuple[int, int] = SEED) -> np.ndarray:
    """How far each of `count` images moves, [count, 2], read from where one white pixel lands."""
    images = np.full((count, 28, 28, 1), PAPER, np.float32)
    images[:, 14, 14] = 1.0
    landed = np.argwhere(_moved(images, most, seed)[..., 0] == 1.0)
    assert landed[:, 0].tolist() == list(range(count))
    return landed[:, 1:] - 14


def test_shifts_are_uniform_and_independent_in_both_directions() -> None:
    shifts = _shifts(4000, 2)
    for axis in (0, 1):
        values, counts = np.unique(shifts[:, axis], return_counts=True)
        assert values.tolist() == [-2, -1, 0, 1, 2]
        np.testing.assert_allclose(counts / 4000, 0.2, atol=0.03)
    assert abs(np.corrcoef(shifts.T)[0, 1]) < 0.05


def test_what_comes_in_from_outside_is_black() -> None:
    """Padding with 0, mid-grey in [-1, 1], would draw a frame that G could learn."""
    images = np.random.default_rng(0).uniform(-1, 1, (30, 28, 28, 1)).astype(np.float32)
    for image, result, (down, right) in zip(images, _moved(images, 4), _shifts(30, 4), strict=True):
        expected = np.full((36, 36), PAPER, np.float32)
        expected[4 + down : 32 + down, 4 + right : 32 + right] = image[..., 0]
        np.testing.assert_array_equal(result[..., 0], expected[4:32, 4:32])


def test_no_shift_changes_nothing() -> None:
    images = np.random.default_rng(0).uniform(-1, 1, (5, 28, 28, 1)).astype(np.float32)
    np.testing.assert_array_equal(_moved(images, 0), images)


def test_the_seed_alone_decides() -> None:
    """The same law for real and fake: it does not see what it moves."""
    np.testing.assert_array_equal(_shifts(50, 3), _shifts(50, 3))
    assert not np.array_equal(_shifts(50, 3), _shifts(50, 3, (7, 2)))


def test_how_far_may_change_without_compiling_again() -> None:
    most = tf.Variable(0)
    compiled = tf.function(lambda images: translate(images, most, tf.constant(SEED)), autograph=False)
    images = tf.constant(np.random.default_rng(0).uniform(-1, 1, (4, 28, 28, 1)), tf.float32)
    for value in (0, 3, 1):
        most.assign(value)
        np.testing.assert_array_equal(compiled(images), _moved(images.numpy(), value))
    assert compiled.experimental_get_tracing_count() == 1


def test_slopes_pass_through_it_twice() -> None:
    """f = sum of w y^3 / 6 over the moved pixels y: its second derivative by the pixels is known wherever they land."""
    images = tf.constant(np.random.default_rng(1).uniform(-1, 1, (3, 28, 28, 1)), tf.float64)
    seen = np.ones((3, 28, 28, 1))
    for place, (down, right) in enumerate(_shifts(3, 2)):  # what is moved out of the picture is not seen
        seen[place, : max(0, -down)] = 0
        seen[place, 28 - max(0, down) :] = 0
        seen[place, :, : max(0, -right)] = 0
        seen[place, :, 28 - max(0, right) :] = 0
    with tf.GradientTape() as outer:
        outer.watch(images)
        with tf.GradientTape() as inner:
            inner.watch(images)
            value = tf.reduce_sum(translate(images, 2, tf.constant(SEED)) ** 3) / 6
        first = inner.gradient(value, images)
    second = outer.gradient(first, images)
    np.testing.assert_allclose(first, seen * images.numpy() ** 2 / 2, atol=1e-12)
    np.testing.assert_allclose(second, seen * images.numpy(), atol=1e-12)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_packs_are_neighbours_of_the_batch_as_channels(size: int) -> None:
    images = np.random.default_rng(2).normal(size=(6, 28, 28, 1))
    packed: Any = pack(tf.constant(images), size).numpy()
    assert packed.shape == (6 // size, 28, 28, size)
    for place in range(6):
        np.testing.assert_array_equal(packed[place // size, :, :, place % size], images[place, ..., 0])
