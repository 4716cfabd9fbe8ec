"""InfoGAN's networks and codes, against closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.networks import DISCRIMINATORS, GENERATORS, build_discriminator, build_generator, discriminate, generate
from aigc_demo.networks.codes import split_codes, uniform_codes

LABELS = np.array([3, 1, 4])


def test_the_codes_of_normal_coordinates_are_uniform() -> None:
    z = np.random.default_rng(0).standard_normal(20_000).astype(np.float32)
    codes = np.sort(uniform_codes(z[np.abs(z) <= 3.0]).numpy())
    assert codes.min() >= -1.0 and codes.max() <= 1.0
    assert np.abs(codes - np.linspace(-1, 1, len(codes))).max() < 0.02  # Kolmogorov: 1.36 / sqrt n at 5 % is 0.019 here


def test_codes_go_on_straight_beyond_the_range_of_training() -> None:
    z = np.array([-4.0, -3.0, 0.0, 1.0, 3.0, 4.0], np.float32)
    edge = math.erf(3.0 / math.sqrt(2.0))
    expected = [-edge - 1.0, -edge, 0.0, math.erf(math.sqrt(0.5)), edge, edge + 1.0]
    np.testing.assert_allclose(uniform_codes(z).numpy(), expected, atol=1e-6)


def test_the_codes_are_the_last_coordinates() -> None:
    z = np.arange(10, dtype=np.float32).reshape(2, 5) / 10
    noise, codes = split_codes(tf.constant(z), 2)
    np.testing.assert_array_equal(noise.numpy(), z[:, :3])
    np.testing.assert_allclose(codes.numpy(), np.vectorize(math.erf)(z[:, 3:] / math.sqrt(2.0)), atol=1e-6)


@pytest.mark.parametrize(("name", "g", "d"), [("infogan", 278_017, 439_597), ("infogan_paper", 6_667_201, 6_694_991)])
def test_they_are_as_large_as_the_dossier_says(name: str, g: int, d: int) -> None:
    assert build_generator(name).count_params() == g
    assert build_discriminator(name).count_params() == d


@pytest.mark.parametrize("name", ["infogan", "infogan_paper"])
def test_q_answers_for_every_category_and_code(name: str) -> None:
    count = DISCRIMINATORS[name].codes
    assert count == GENERATORS[name].codes == 2
    model = build_generator(name)
    z = tf.constant(np.random.default_rng(1).standard_normal((3, 64)), tf.float32)
    out = discriminate(build_discriminator(name), generate(model, z, LABELS, False), LABELS, False)
    assert out.category.shape == (3, 10)
    assert out.codes.shape == (3, count if name == "infogan" else 2 * count)
    assert out.class_logits is None
