"""Exact sizes: a layer more, a bias more or a kernel one wider shows at once."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.networks import DISCRIMINATORS, GENERATORS, build_discriminator, build_generator

# (all parameters, those that are trained); the rest are moving statistics of batch normalisation.
GENERATOR_SIZES = {
    "tutorial_4_3": (227_344, 227_344),
    "tutorial_4_3_repaired": (227_344, 227_344),
    "tutorial_5_2": (2_073_664, 2_073_664),
    "tutorial_5_2_repaired": (559_632, 559_632),
    "tutorial_cnn": (760_065, 759_681),
    "dcgan_tf": (2_330_944, 2_305_472),
    "dcgan": (246_657, 240_321),
    "projection": (278_017, 271_681),
    "half": (127_105, 122_353),
    "mlp": (550_416, 550_416),
    "r3gan": (192_161, 192_161),
    "shuffle": (259_600, 253_200),
    "wgan_gp_reference": (1_554_177, 1_554_177),
    "sagan": (251_163, 241_602),
    "infogan": (278_017, 278_017 - 2 * (3136 + 32)),
    "infogan_paper": (6_667_201, 6_667_201 - 2 * (1024 + 6272 + 64)),
    "progressive": (275_539 + 2, 275_539),  # and the fades
    "style": (120_785 + 64, 120_785),  # and the mean w
}
DISCRIMINATOR_SIZES = {
    "tutorial_4_3": 201_217,
    "tutorial_4_3_repaired": 201_217,
    "tutorial_5_2": 233_985,
    "tutorial_5_2_repaired": 233_985,
    "tutorial_cnn": 13_633,
    "dcgan_tf": 212_865,
    "dcgan": 36_513,
    "projection": 67_873,
    "acgan": 67_883,
    "half": 21_721,
    "mlp": 533_505,
    "r3gan": 41_681,
    "shuffle": 49_345,
    "wgan_gp_reference": 1_030_145,
    "infogan": 439_597,
    "infogan_paper": 6_694_991,
    "progressive": 273_265 + 2,  # and the fades
    "sngan": 104_162,
    "sagan": 105_499,
}
# Of these, what nobody trains: vectors u of power iterations, moving statistics, the fades.
UNTRAINED = {"sngan": 193, "sagan": 249, "infogan_paper": 2 * (128 + 1024 + 128), "progressive": 2}
LARGEST_FAST = 1_000_000  # the page draws with it in JavaScript, and its file is shipped


def _counts(model: object) -> tuple[int, int]:
    weights, trained = model.weights, model.trainable_weights  # type: ignore[attr-defined]
    return tuple(sum(int(np.prod(one.shape)) for one in some) for some in (weights, trained))  # type: ignore[return-value]


@pytest.mark.parametrize("name", GENERATOR_SIZES)
def test_generator_has_exactly_its_parameters(name: str) -> None:
    assert _counts(build_generator(name)) == GENERATOR_SIZES[name]


@pytest.mark.parametrize("name", DISCRIMINATOR_SIZES)
def test_discriminator_has_exactly_its_parameters(name: str) -> None:
    size = DISCRIMINATOR_SIZES[name]
    assert _counts(build_discriminator(name)) == (size, size - UNTRAINED.get(name, 0))


def test_more_classes_cost_a_row_each() -> None:
    assert _counts(build_generator("projection", 12))[0] == 278_017 + 2 * 3136
    assert _counts(build_discriminator("projection", classes=12))[0] == 67_873 + 2 * 3136
    assert _counts(build_discriminator("acgan", classes=12))[0] == 67_883 + 2 * 3137
    assert _counts(build_discriminator("half", classes=12))[0] == 21_721 + 2 * 48


def test_fast_is_small() -> None:
    assert _counts(build_generator("fast"))[0] <= LARGEST_FAST
    assert _counts(build_discriminator("fast"))[0] <= LARGEST_FAST


def test_a_third_convolution_sees_less_of_the_place_and_more_of_the_shape() -> None:
    """Two convolutions as in `fast_wide`, one from 64 to 128 maps, and heads that read 4x4x128 instead of 7x7x64."""
    convolutions = (16 * 32 + 32) + (16 * 32 * 64 + 64)
    assert _counts(build_discriminator("fast_wide"))[0] == convolutions + 3136 * (1 + 10 + 10) + 1 + 10
    third = 16 * 64 * 128 + 128
    assert _counts(build_discriminator("fast_deep"))[0] == convolutions + third + 2048 * (1 + 10 + 10) + 1 + 10


def test_every_network_but_fast_is_listed_above() -> None:
    known = {name for name in GENERATORS if not name.startswith(("fast", "tiny"))}
    assert known == set(GENERATOR_SIZES)
    known = {name for name in DISCRIMINATORS if not name.startswith(("fast", "tiny"))}
    assert known == set(DISCRIMINATOR_SIZES)
