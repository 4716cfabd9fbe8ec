"""The layers of a style-based generator against NumPy and closed forms, and the generator taken apart to mix styles."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.networks import build_generator
from aigc_demo.networks.initialise import initialise
from aigc_demo.networks.noise import noise_map
from aigc_demo.networks.style_drawing import StyleDrawing
from aigc_demo.networks.style_layers import AdaIN, NoiseMap, SlowDense, SmoothUp, StyleAverage, StyleMixing

RANDOM = np.random.default_rng(0)
DECAY = 0.995


@pytest.fixture(scope="module")
def model() -> Any:
    made = build_generator("style")
    initialise(made, 0, 1)
    for layer in made.layers:
        if layer.name.startswith("noisy"):
            layer.scale.assign(np.full(layer.scale.shape, 0.3, np.float32))
    made.get_layer("w").mean.assign(0.5 * RANDOM.standard_normal(64))
    return made


@pytest.fixture(scope="module")
def drawing(model: Any) -> StyleDrawing:
    return StyleDrawing(model)


def _draw(drawing: StyleDrawing, z: np.ndarray, other: np.ndarray, crossover: int, psi: float = 1.0, noise: float = 1.0, seed: int = 0) -> np.ndarray:  # fmt: skip
    maps = [tf.constant(np.float32(noise) * noise_map(seed, place, *size)) for place, size in enumerate(drawing.sizes)]
    return drawing(tf.constant(z), tf.constant(other), tf.constant(crossover), tf.constant(psi), *maps).numpy()


def _points(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((count, 64), np.float32)


def test_adain_gives_every_channel_the_mean_and_deviation_of_its_style() -> None:
    maps, style = RANDOM.normal(2.0, 3.0, (2, 5, 7, 4)), RANDOM.normal(size=(2, 8))
    scale, shift = style[:, :4], style[:, 4:]
    out = AdaIN()([tf.constant(maps, tf.float32), tf.constant(style, tf.float32)]).numpy()
    normed = (maps - maps.mean(axis=(1, 2), keepdims=True)) / np.sqrt(maps.var(axis=(1, 2), keepdims=True) + 1e-5)
    np.testing.assert_allclose(out, (1 + scale[:, None, None]) * normed + shift[:, None, None], rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(out.mean(axis=(1, 2)), shift, atol=1e-5)
    np.testing.assert_allclose(out.std(axis=(1, 2)), np.abs(1 + scale), rtol=1e-4, atol=1e-5)


def test_the_mean_w_follows_a_constant_as_a_geometric_series_says() -> None:
    layer, w = StyleAverage(DECAY), tf.constant(RANDOM.normal(size=(1, 6)), tf.float32)
    for _ in range(20):
        np.testing.assert_array_equal(layer(tf.repeat(w, 3, axis=0), training=True), tf.repeat(w, 3, axis=0))
    np.testing.assert_allclose(layer.mean.numpy(), (1 - DECAY**20) * w.numpy()[0], rtol=1e-5)
    layer(10.0 * w, training=False)  # drawing leaves it alone
    np.testing.assert_allclose(layer.mean.numpy(), (1 - DECAY**20) * w.numpy()[0], rtol=1e-5)


def test_smooth_up_keeps_an_even_map_and_continues_a_slope() -> None:
    even = SmoothUp()(tf.fill([1, 7, 7, 2], 3.0)).numpy()
    np.testing.assert_allclose(even, np.full((1, 14, 14, 2), 3.0), rtol=1e-6)
    slope = np.broadcast_to(np.arange(7.0, dtype=np.float32)[:, None, None], (7, 7, 1))[None]
    doubled = SmoothUp()(tf.constant(slope)).numpy()[0, 2:-2, 0, 0]  # the border is repeated, so it bends there
    np.testing.assert_allclose(doubled, np.arange(2, 12) / 2 - 0.25, rtol=1e-5)


def test_a_slow_dense_layer_begins_with_hes_deviation_and_its_gradient_is_that_much_smaller() -> None:
    layer = SlowDense(400, multiplier=0.01)
    x = tf.constant(RANDOM.normal(size=(50, 400)), tf.float32)
    with tf.GradientTape() as tape:
        y = layer(x)
        total = tf.reduce_sum(y)
    assert float(tf.math.reduce_std(y)) == pytest.approx(2**0.5, rel=0.05)
    gradient = tape.gradient(total, layer.bias.value)
    np.testing.assert_allclose(gradient, np.full(400, 0.01 * 50), rtol=1e-5)


def test_noise_is_standard_normal_and_depends_on_seed_and_place() -> None:
    many = np.stack([noise_map(seed, place, 28, 28) for seed in range(20) for place in range(6)])
    assert abs(many.mean()) < 0.02
    assert abs(many.std() - 1) < 0.02
    assert abs((np.abs(many) < 1).mean() - 0.6827) < 0.01
    flat = many.reshape(len(many), -1)
    assert np.abs(np.corrcoef(flat) - np.eye(len(flat))).max() < 0.2
    np.testing.assert_array_equal(noise_map(7, 3, 14, 14), noise_map(7, 3, 14, 14))


def test_mixing_takes_the_next_samples_w_from_a_random_layer_on_as_often_as_it_should() -> None:
    layer, w = StyleMixing(6, probability=0.9, seed=1), tf.constant(np.arange(4000.0)[:, None], tf.float32)
    np.testing.assert_array_equal(layer(w, training=False)[..., 0], np.repeat(np.arange(4000.0)[:, None], 6, axis=1))
    mixed = layer(w, training=True).numpy()[..., 0]
    own = mixed == np.arange(4000.0)[:, None]
    assert own[:, 0].all()
    assert (mixed[~own] == np.nonzero(~own)[0] - 1 + 4000 * (np.nonzero(~own)[0] == 0)).all()
    crossover = own.sum(axis=1)
    assert (np.sort(-own.astype(int), axis=1) == -own.astype(int)).all()  # once another's, other to the end
    shares = np.bincount(crossover, minlength=7)[1:] / 4000
    np.testing.assert_allclose(shares, [0.18] * 5 + [0.1], atol=0.03)


def test_noise_is_fresh_in_training_and_fixed_outside() -> None:
    layer, x = NoiseMap(2, seed=1), tf.zeros([2, 14, 14, 8])
    one, other = (layer(x, training=True).numpy() for _ in range(2))
    assert one.shape == (2, 14, 14, 1)
    assert np.abs(one - other).mean() > 0.5
    np.testing.assert_array_equal(layer(x, training=False)[1, ..., 0], noise_map(0, 2, 14, 14))


def test_taken_apart_it_draws_what_the_whole_network_draws(model: Any, drawing: StyleDrawing) -> None:
    z = _points(3)
    np.testing.assert_allclose(_draw(drawing, z, z[:1], 6), model(z, training=False), atol=1e-5)


def test_mixed_from_the_first_layer_it_is_the_other_and_from_none_itself(drawing: StyleDrawing) -> None:
    z, other = _points(3), _points(1, seed=1)
    alone = _draw(drawing, other, other, 6)
    np.testing.assert_allclose(_draw(drawing, z, other, 0), np.repeat(alone, 3, axis=0), atol=1e-5)
    own = _draw(drawing, z, z[:1], 6)
    np.testing.assert_allclose(_draw(drawing, z, other, 6), own, atol=1e-5)
    between = _draw(drawing, z, other, 3)
    assert np.abs(between - own).mean() > 0.01
    assert np.abs(between - alone).mean() > 0.01


def test_psi_0_is_one_mean_picture_and_psi_moves_w_on_a_straight_line(model: Any, drawing: StyleDrawing) -> None:
    z = _points(3)
    still = _draw(drawing, z, z[:1], 6, psi=0.0)
    np.testing.assert_allclose(still, np.repeat(still[:1], 3, axis=0), atol=1e-6)
    assert np.abs(_draw(drawing, z, z[:1], 6, psi=0.5) - still).max() > 0.01
    np.testing.assert_allclose(
        model(7.0 * z, training=False), model(z, training=False), atol=1e-4
    )  # z's length is nothing


def test_without_noise_the_seed_does_not_matter_and_with_it_it_does(drawing: StyleDrawing) -> None:
    z = _points(2)
    quiet, other = (_draw(drawing, z, z[:1], 6, noise=0.0, seed=seed) for seed in (0, 5))
    np.testing.assert_array_equal(quiet, other)
    loud, again = (_draw(drawing, z, z[:1], 6, seed=seed) for seed in (0, 5))
    assert np.abs(loud - again).mean() > 0.01
