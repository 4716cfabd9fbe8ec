"""Self-attention against sums written out in NumPy, place by place."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.networks import build_discriminator, build_generator
from aigc_demo.networks.attention import SelfAttention

HEIGHT, WIDTH, CHANNELS = 3, 4, 16
MATRICES = ("query", "key", "value", "out")


@cache
def _layer(spectral: bool, gamma: float) -> tuple[Any, np.ndarray]:
    """A layer whose sigmas have been found, and an input for it; the same for all tests, to look at."""
    random = np.random.default_rng(0)
    layer, x = SelfAttention(spectral=spectral), random.normal(size=(2, HEIGHT, WIDTH, CHANNELS)).astype(np.float32)
    layer(x)
    for name in MATRICES:
        matrix = getattr(layer, name)
        matrix.assign(random.normal(size=matrix.shape))
    layer.gamma.assign(gamma)
    if spectral:
        compiled = tf.function(layer, autograph=False)
        for _ in range(300):
            compiled(x, training=True)
    return layer, x


@pytest.mark.parametrize("spectral", [False, True])
def test_every_place_adds_what_it_sees_of_all_others(spectral: bool) -> None:
    layer, x = _layer(spectral, gamma=0.7)
    query, key, value, out = (getattr(layer, name).numpy().astype(np.float64) for name in MATRICES)
    if spectral:
        query, key, value, out = (
            matrix / np.linalg.svd(matrix, compute_uv=False)[0] for matrix in (query, key, value, out)
        )
    expected = np.array(x, np.float64)
    places = list(np.ndindex(HEIGHT, WIDTH))
    for image in range(len(x)):
        for here in places:
            likes = np.array([(x[image][here] @ query) @ (x[image][there] @ key) for there in places])
            shares = np.exp(likes) / np.exp(likes).sum()
            seen = sum(share * (x[image][there] @ value) for share, there in zip(shares, places, strict=True))
            expected[image][here] += 0.7 * (seen @ out)
    np.testing.assert_allclose(layer(x), expected, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("spectral", [False, True])
def test_it_begins_as_nothing_at_all(spectral: bool) -> None:
    x = np.random.default_rng(1).normal(size=(1, HEIGHT, WIDTH, CHANNELS)).astype(np.float32)
    layer = SelfAttention(spectral=spectral)
    np.testing.assert_array_equal(layer(x, training=True), x)
    assert float(layer.gamma) == 0.0


def test_1281_numbers_are_learnt_at_32_channels() -> None:
    plain, spectral = SelfAttention(), SelfAttention(spectral=True)
    for layer in (plain, spectral):
        layer(np.zeros((1, 14, 14, 32), np.float32))
        assert sum(int(np.prod(variable.shape)) for variable in layer.trainable_variables) == 1281
    assert plain.count_params() == 1281
    assert spectral.count_params() == 1281 + 4 + 4 + 16 + 32  # and a vector u for each matrix


def test_a_layer_can_be_rebuilt_from_its_config() -> None:
    layer, x = _layer(True, gamma=0.7)
    twin = SelfAttention.from_config(layer.get_config())
    twin(x)
    twin.set_weights(layer.get_weights())
    np.testing.assert_array_equal(twin(x), layer(x))


@pytest.mark.parametrize("build", [build_generator, build_discriminator])
def test_both_players_of_sagan_attend_at_14_by_14_and_have_no_plain_kernel(build: Any) -> None:
    model = build("sagan")
    (attention,) = (layer for layer in model.layers if isinstance(layer, SelfAttention))
    assert attention.input.shape == (None, 14, 14, 32)
    assert attention.spectral
    weighted = [layer for layer in model.layers if hasattr(layer, "kernel")]
    assert len(weighted) in (3, 5)
    assert all(type(layer).__name__.startswith("Spectral") for layer in weighted)
