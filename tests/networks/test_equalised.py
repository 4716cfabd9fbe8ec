"""The layers of progressive growing against NumPy."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.networks.equalised import EqualisedConv2D, EqualisedDense, MinibatchDeviation


def maps(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, 5, 4, 3)).astype(np.float32)


def test_a_kernel_of_unit_variance_is_scaled_when_it_is_used() -> None:
    """Keras's own layers with the scaled kernel give the same; what comes out has gain^2 times the variance."""
    x = maps(4)
    for layer, plain, fan_in in (
        (EqualisedDense(50), keras.layers.Dense(50), 3),
        (EqualisedConv2D(50, 3), keras.layers.Conv2D(50, 3, padding="same"), 27),
    ):
        given = x if fan_in == 27 else x.reshape(-1, 3)
        layer.build(given.shape)
        plain.build(given.shape)
        assert layer.kernel.numpy().std() == pytest.approx(1.0, abs=0.15)
        layer.bias.assign(np.linspace(-1, 1, 50))
        plain.set_weights([layer.kernel.numpy() * np.sqrt(2.0 / fan_in), layer.bias.numpy()])
        np.testing.assert_allclose(layer(given), plain(given), atol=1e-5)


def test_the_gain_is_part_of_the_layer() -> None:
    layer = EqualisedDense.from_config(EqualisedDense(2, gain=1.0).get_config())
    layer.build((None, 4))
    layer.kernel.assign(np.ones((4, 2)))
    np.testing.assert_allclose(layer(np.ones((1, 4), np.float32)), [[2.0, 2.0]])


@pytest.mark.parametrize("count", [1, 2, 4, 6, 8, 12])
def test_the_deviation_is_each_groups_own(count: int) -> None:
    """Groups of at least four, image i in group i mod (B // 4): as the authors' reshape [4, B / 4] has them."""
    x = maps(count)
    told = MinibatchDeviation()(x).numpy()
    np.testing.assert_array_equal(told[..., :3], x)
    groups = max(count // 4, 1)
    for place in range(count):
        own = x[place % groups :: groups]
        np.testing.assert_allclose(told[place, ..., 3], np.sqrt(own.var(axis=0) + 1e-8).mean(), rtol=1e-4, atol=1e-6)


def test_look_alikes_give_themselves_away() -> None:
    layer = MinibatchDeviation()
    alike, varied = np.repeat(maps(1), 8, axis=0), maps(8)
    assert layer(alike).numpy()[..., 3].max() == pytest.approx(1e-4, rel=0.5)
    assert layer(varied).numpy()[..., 3].min() > 0.5


def test_the_deviation_can_be_differentiated_twice() -> None:
    """A gradient penalty does: the second derivative against a difference of first ones."""
    layer, x = MinibatchDeviation(), tf.constant(maps(8)[:, :2, :2].astype(np.float32))
    direction = tf.constant(maps(8, seed=1)[:, :2, :2])

    def slope(at: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(at)
            total = tf.reduce_sum(layer(at)[..., 3] ** 2)
        return tape.gradient(total, at)

    with tf.GradientTape() as tape:
        tape.watch(x)
        squared = tf.reduce_sum(slope(x) ** 2)
    exact = float(tf.reduce_sum(tape.gradient(squared, x) * direction))
    ahead, behind = (float(tf.reduce_sum(slope(x + way * direction) ** 2)) for way in (1e-2, -1e-2))
    assert exact == pytest.approx((ahead - behind) / 2e-2, rel=2e-2)
