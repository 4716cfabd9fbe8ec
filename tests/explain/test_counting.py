"""What the tutorial's numbers add up to, against the networks themselves and against drawing."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.explain import counting
from aigc_demo.networks import build_discriminator, build_generator


def test_the_loops_make_more_than_a_million_steps() -> None:
    assert counting.steps_in_all() == 1_280_000
    assert counting.images_of_an_epoch() == 16_384 and counting.true_steps_of_an_epoch() == 468
    assert counting.real_epochs_in_all() == pytest.approx(2730.667, abs=1e-3)


def test_the_expected_share_is_what_drawing_finds() -> None:
    drawn = np.random.default_rng(0).integers(1000, size=(400, 300))
    found = np.mean([len(np.unique(row)) / 1000 for row in drawn])
    assert counting.expected_share_seen(300, 1000) == pytest.approx(found, abs=2e-3)
    assert counting.expected_share_seen(1, 7) == pytest.approx(1 / 7)


def test_parameters_are_those_of_the_networks() -> None:
    dense, convolution = counting.dense_parameters, counting.convolution_parameters
    assert dense(100, 256, 784) == build_generator("tutorial_4_3").count_params()
    assert dense(784, 256, 1) == build_discriminator("tutorial_4_3").count_params()
    assert dense(100, 256, 784, 784, 784, 784) == build_generator("tutorial_5_2").count_params()
    assert counting.tanh_layer_parameters() == build_generator("tutorial_5_2").get_layer("dense4").count_params()
    d = convolution(4, 1, 64) + convolution(14, 64, 1)
    assert d == build_discriminator("tutorial_cnn").count_params()
