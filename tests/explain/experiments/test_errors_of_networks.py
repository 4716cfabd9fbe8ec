"""Layers that collapse, dense nets that are called convolutional, a chain of tanh, and layers that do not act."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.data import load, to_unit_range
from aigc_demo.explain.experiments import convolution_errors
from aigc_demo.explain.experiments.collapsing_errors import _scrambled
from tests.explain.experiments.conftest import Conclude


@pytest.mark.parametrize("key", ["C9", "C10", "C11", "C12"])
def test_every_claim_about_the_networks_holds(key: str, run_experiment: Conclude) -> None:
    concluded, frames = run_experiment(key)
    assert all(concluded.holds.values()), concluded
    assert {frame.side for frame in frames} == {"written", "corrected"}


def test_scrambled_digits_keep_every_pixels_values_and_no_stroke() -> None:
    real = to_unit_range(load("digits5k").images[:500])
    fake = _scrambled(real, 0)
    assert np.array_equal(np.sort(real, axis=0), np.sort(fake, axis=0))
    neighbours = [np.corrcoef(images[:, 13, 13, 0], images[:, 13, 14, 0])[0, 1] for images in (real, fake)]
    assert neighbours[0] > 0.5 and abs(neighbours[1]) < 0.2


def test_reordered_pixels_can_be_put_back() -> None:
    digits = load("ten_digits")
    order = np.random.default_rng(0).permutation(784)
    shuffled = convolution_errors._in_order(digits, order)
    assert not np.array_equal(shuffled.images, digits.images)
    flat = shuffled.images.reshape(10, -1)
    assert np.array_equal(convolution_errors._back(flat, order), digits.images.reshape(10, -1))
    assert np.array_equal(flat[:, 0], digits.images.reshape(10, -1)[:, order[0]])
