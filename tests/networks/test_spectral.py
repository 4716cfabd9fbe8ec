"""Spectral normalisation against NumPy's singular values, finite differences, and Keras's own layer, which differs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.networks.spectral import SpectralConv2D, SpectralConv2DTranspose, SpectralDense, iterate, normalised

RANDOM = np.random.default_rng(0)
# A layer of each kind, an input for it, and its kernel [.., out, ..] as the matrix of which the paper speaks.
LAYERS: dict[str, Any] = {
    "dense": (lambda: SpectralDense(7), (4, 12), lambda kernel: kernel),
    "conv": (lambda: SpectralConv2D(7, 3, strides=2, padding="same"), (4, 6, 5, 4), lambda k: k.reshape(-1, 7)),
    "transposed": (
        lambda: SpectralConv2DTranspose(7, 4, strides=2, padding="same"),
        (4, 3, 2, 5),
        lambda kernel: kernel.transpose(0, 1, 3, 2).reshape(-1, 7),
    ),
}
every_layer = pytest.mark.parametrize("kind", LAYERS)


def _layer(kind: str, passes: int = 200) -> tuple[Any, np.ndarray, np.ndarray]:
    """A layer with a random kernel and bias after so many passes in training, its input, and its kernel as a matrix."""
    make, shape, as_matrix = LAYERS[kind]
    layer, x = make(), RANDOM.normal(size=shape).astype(np.float32)
    layer(x)
    for variable in (layer.kernel, layer.bias):
        variable.assign(3.0 * RANDOM.normal(size=variable.shape))
    compiled = tf.function(layer, autograph=False)
    for _ in range(passes):
        compiled(x, training=True)
    return layer, x, as_matrix(layer.kernel.numpy())


@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (64, 32), (1, 6), (6, 1)])
def test_the_power_iteration_finds_the_largest_singular_value(shape: tuple[int, int]) -> None:
    matrix = tf.constant(RANDOM.normal(size=shape))
    u, sigmas = tf.constant(RANDOM.normal(size=shape[1])), []
    compiled = tf.function(iterate, autograph=False)
    for _ in range(300):
        sigma, u = compiled(matrix, u)
        sigmas.append(float(sigma))
    exact = np.linalg.svd(matrix, compute_uv=False)[0]
    assert sigmas[-1] == pytest.approx(exact, rel=1e-6)
    assert max(sigmas) <= exact * (1 + 1e-9)  # it comes from below
    assert np.linalg.norm(u) == pytest.approx(1.0)


@every_layer
def test_a_layer_computes_with_its_kernel_by_its_largest_singular_value(kind: str) -> None:
    """Against the plain Keras layer with the kernel divided by NumPy's."""
    layer, x, matrix = _layer(kind)
    config = {**layer.get_config(), "name": "plain"}
    plain = type(layer).__mro__[2].from_config(config)
    plain(x)
    plain.kernel.assign(layer.kernel.numpy() / np.linalg.svd(matrix, compute_uv=False)[0])
    plain.bias.assign(layer.bias)
    np.testing.assert_allclose(layer(x), plain(x), rtol=1e-4, atol=1e-4)
    assert not np.allclose(layer(x), plain(2 * x), atol=0.1)


@every_layer
def test_u_moves_in_training_alone_and_nobody_learns_it(kind: str) -> None:
    layer, x, _ = _layer(kind, passes=0)
    assert [variable.name for variable in layer.trainable_variables] == ["kernel", "bias"]
    kernel, before = layer.kernel.numpy(), layer.u.numpy()
    for _ in range(2):
        seen = layer(x, training=False).numpy()
        np.testing.assert_array_equal(layer.u, before)
    in_training = layer(x, training=True).numpy()
    np.testing.assert_array_equal(in_training, seen)  # the same sigma either way; what differs is what is kept
    assert np.abs(layer.u.numpy() - before).max() > 0.01
    np.testing.assert_array_equal(layer.kernel, kernel)


@every_layer
def test_a_layer_can_be_rebuilt_from_its_config(kind: str) -> None:
    layer, x, _ = _layer(kind, passes=0)
    twin = type(layer).from_config(layer.get_config())
    twin(x)
    twin.set_weights(layer.get_weights())
    np.testing.assert_array_equal(twin(x), layer(x))


def test_the_gradient_through_sigma_is_that_of_finite_differences() -> None:
    """Of sum(G * W / sigma(W)) by every entry of W, at the u that has converged, where the fixed vectors are exact."""
    weights = tf.Variable(RANDOM.normal(size=(4, 3)))
    cotangent = RANDOM.normal(size=(4, 3))
    u = tf.Variable(RANDOM.normal(size=3))
    compiled = tf.function(lambda: normalised(weights, u, training=True), autograph=False)
    for _ in range(500):
        compiled()
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(cotangent * normalised(weights, u, training=False))
    gradient = tape.gradient(total, weights).numpy()

    def exact(matrix: np.ndarray) -> float:
        return float((cotangent * matrix).sum() / np.linalg.svd(matrix, compute_uv=False)[0])

    start, differences = weights.numpy(), np.zeros((4, 3))
    for place in np.ndindex(4, 3):
        nudge = np.zeros((4, 3))
        nudge[place] = 1e-6
        differences[place] = (exact(start + nudge) - exact(start - nudge)) / 2e-6
    np.testing.assert_allclose(gradient, differences, rtol=1e-5, atol=1e-7)
    assert (gradient * start).sum() == pytest.approx(0.0, abs=1e-9)  # rescaling W changes nothing: no slope that way


def test_between_its_steps_u_is_held_fixed_in_the_gradient() -> None:
    """(G - <G, W/sigma> v uT) / sigma, with v and u of the one iteration, as in Miyato et al.'s equation 12."""
    matrix, cotangent, begun = RANDOM.normal(size=(4, 3)), RANDOM.normal(size=(4, 3)), RANDOM.normal(size=3)
    v = matrix @ begun / np.linalg.norm(matrix @ begun)
    u = v @ matrix / np.linalg.norm(v @ matrix)
    sigma = v @ matrix @ u
    weights = tf.Variable(matrix)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(cotangent * normalised(weights, tf.Variable(begun), training=True))
    expected = (cotangent - (cotangent * matrix).sum() / sigma * np.outer(v, u)) / sigma
    np.testing.assert_allclose(tape.gradient(total, weights), expected, rtol=1e-9, atol=1e-12)


def test_a_kernel_of_zeros_stays_one() -> None:
    kernel = tf.Variable(np.zeros((3, 2)))
    with tf.GradientTape() as tape:
        value = normalised(kernel, tf.Variable([1.0, 0.0], dtype=tf.float64), training=True)
    np.testing.assert_array_equal(value, 0.0)
    assert np.isfinite(tape.gradient(value, kernel)).all()


def test_kerass_own_layer_is_a_projection_and_ours_is_not() -> None:
    """Keras writes W / sigma into W, enlarging a small W; its gradient by W is that of a plain layer."""
    import keras

    start = np.diag([0.5, 0.2]).astype(np.float32)
    x = np.array([[1.0, 2.0]], np.float32)
    theirs = keras.layers.SpectralNormalization(keras.layers.Dense(2, use_bias=False), power_iterations=12)
    ours = SpectralDense(2, use_bias=False)
    for layer in (theirs, ours):
        layer(x)
    for kernel in (theirs.layer.kernel, ours.kernel):
        kernel.assign(start)
    for _ in range(12):  # which leave 0.4²⁴ of the smaller singular value: the last pass alone need be recorded
        theirs(x, training=True), ours(x, training=True)
    with tf.GradientTape(persistent=True) as tape:
        values = theirs(x, training=True), ours(x, training=True)
    np.testing.assert_allclose(values[0], values[1], rtol=1e-5)  # both compute with W / sigma ...
    np.testing.assert_allclose(theirs.layer.kernel, 2.0 * start, rtol=1e-4)  # ... but theirs is another W afterwards
    np.testing.assert_array_equal(ours.kernel, start)
    along = [
        float(tf.reduce_sum(tape.gradient(value, kernel) * kernel.value))
        for value, kernel in zip(values, (theirs.layer.kernel, ours.kernel), strict=True)
    ]
    assert along[0] == pytest.approx(float(tf.reduce_sum(values[0])), rel=1e-4)  # as of any linear layer
    assert along[1] == pytest.approx(0.0, abs=1e-5)  # W's length does not matter, and the gradient knows
