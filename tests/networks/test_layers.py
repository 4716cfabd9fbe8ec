"""Our own layers against NumPy."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from aigc_demo.networks.layers import ICNR, PixelShuffle, PixelUnshuffle, Projection

GENERATOR = np.random.default_rng(0)


def test_pixel_shuffle_turns_channels_into_pixels() -> None:
    x = GENERATOR.normal(size=(2, 3, 4, 8)).astype(np.float32)
    layer = PixelShuffle(2)
    shuffled = np.asarray(layer(x))
    assert shuffled.shape == layer.compute_output_shape(x.shape) == (2, 6, 8, 2)
    for row, column, channel in np.ndindex(6, 8, 2):
        source = ((row % 2) * 2 + column % 2) * 2 + channel
        np.testing.assert_array_equal(shuffled[:, row, column, channel], x[:, row // 2, column // 2, source])


def test_pixel_shuffle_can_be_rebuilt_from_its_config() -> None:
    layer = PixelShuffle.from_config(PixelShuffle(7, name="up").get_config())
    assert layer.name == "up"
    assert layer.compute_output_shape((None, 2, 3, 49)) == (None, 14, 21, 1)
    assert layer.compute_output_shape((None, None, None, 98)) == (None, None, None, 2)


def test_unshuffling_undoes_a_shuffle() -> None:
    x = GENERATOR.normal(size=(2, 3, 4, 18)).astype(np.float32)
    layer = PixelUnshuffle.from_config(PixelUnshuffle(3).get_config())
    shuffled = PixelShuffle(3)(x)
    assert layer.compute_output_shape(shuffled.shape) == x.shape
    assert layer.compute_output_shape((None, None, None, 2)) == (None, None, None, 18)
    np.testing.assert_array_equal(layer(shuffled), x)


def test_icnr_begins_as_an_enlargement_by_equal_pixels() -> None:
    """A shuffle behind such a kernel gives blocks of one value; ordinary initial values give a grid of r x r patterns."""
    x = GENERATOR.normal(size=(1, 5, 5, 6)).astype(np.float32)
    for initialiser, is_smooth in ((ICNR(16, seed=3), True), ("glorot_uniform", False)):
        conv = keras.layers.Conv2D(32, 3, padding="same", kernel_initializer=initialiser)
        shuffled = np.asarray(PixelShuffle(4)(conv(x)))
        blocks = shuffled.reshape(5, 4, 5, 4, 2)
        assert np.array_equal(blocks, np.broadcast_to(blocks[:, :1, :, :1], blocks.shape)) == is_smooth


def test_icnr_draws_from_its_seed() -> None:
    first, again, other = (np.asarray(ICNR(4, seed)((3, 3, 5, 8), "float32")) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
    bound = np.sqrt(6 / (9 * (5 + 2)))  # Glorot's, of the two kernels that there are
    assert 0.8 * bound < np.abs(first).max() <= bound
    assert ICNR.from_config(ICNR(4, seed=7).get_config()).get_config() == {"copies": 4, "seed": 7}


@pytest.mark.parametrize("scale", [1.0, 0.25])
def test_projection_is_a_scaled_inner_product_with_the_class_that_starts_at_zero(scale: float) -> None:
    features = GENERATOR.normal(size=(4, 16)).astype(np.float32)
    labels = np.array([1, 1, 0, 2])
    one_hot = np.eye(3, dtype=np.float32)[labels]
    layer = Projection.from_config(Projection(scale).get_config())
    np.testing.assert_array_equal(layer([features, one_hot]), 0.0)
    vectors = GENERATOR.normal(size=(3, 16)).astype(np.float32)
    layer.kernel.assign(vectors)
    expected = scale * (features * vectors[labels]).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(layer([features, one_hot]), expected, rtol=1e-4, atol=1e-6)
    assert layer.compute_output_shape([(None, 16), (None, 3)]) == (None, 1)
