"""The tutorial's networks: the layers of its listings, no activation more, and so they collapse as they do there."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.networks import build_discriminator, build_generator

# Units and activation of every Dense layer, in the listing's order; D's last sigmoid lives in the loss.
WRITTEN = {
    "generator 4.3": (build_generator, "tutorial_4_3", [(256, "linear"), (784, "tanh")]),
    "discriminator 4.3": (build_discriminator, "tutorial_4_3", [(256, "linear"), (1, "linear")]),
    "generator 5.2": (build_generator, "tutorial_5_2", [(256, "linear"), *[(784, "tanh")] * 4]),
    "discriminator 5.2": (build_discriminator, "tutorial_5_2", [(256, "linear"), (128, "tanh"), (1, "linear")]),
}
REPAIRED = {
    "generator 4.3": (build_generator, "tutorial_4_3_repaired", ["256", "leaky 0.2", "784 tanh"]),
    "discriminator 4.3": (build_discriminator, "tutorial_4_3_repaired", ["256", "leaky 0.2", "1"]),
    "generator 5.2": (
        build_generator,
        "tutorial_5_2_repaired",
        ["256", "leaky 0.2", "512", "leaky 0.2", "784 tanh"],
    ),
    "discriminator 5.2": (
        build_discriminator,
        "tutorial_5_2_repaired",
        ["256", "leaky 0.2", "128", "leaky 0.2", "1"],
    ),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_as_written(case: str) -> None:
    build, name, expected = WRITTEN[case]
    layers = build(name).layers
    dense = [layer for layer in layers if type(layer).__name__ == "Dense"]
    assert [(layer.units, layer.activation.__name__) for layer in dense] == expected
    others = {type(layer).__name__ for layer in layers} - {"Dense"}
    assert others <= {"InputLayer", "Flatten", "Reshape"}


@pytest.mark.parametrize("case", REPAIRED)
def test_repaired(case: str) -> None:
    build, name, expected = REPAIRED[case]
    shown = []
    for layer in build(name).layers:
        if type(layer).__name__ == "Dense":
            shown.append(f"{layer.units} {layer.activation.__name__}".removesuffix(" linear"))
        elif type(layer).__name__ == "LeakyReLU":
            shown.append(f"leaky {layer.negative_slope:.1f}")
    assert shown == expected


def _additive_error(function: object, size: tuple[int, ...], scale: float) -> float:
    """How far f(a + b) is from f(a) + f(b) - f(0), relative to f's own spread: 0 for any map Az + b."""
    a, b = (scale * np.random.default_rng(0).normal(size=(2, 4, *size))).astype(np.float32)
    values = [np.asarray(function(x), np.float64) for x in (a + b, a, b, np.zeros_like(a))]  # type: ignore[operator]
    return float(np.abs(values[0] - values[1] - values[2] + values[3]).max() / np.std(values[0] - values[3]))


@pytest.mark.parametrize(("name", "collapses"), [("tutorial_4_3", True), ("tutorial_4_3_repaired", False)])
def test_generator_4_3_is_one_linear_map_under_a_tanh(name: str, collapses: bool) -> None:
    model = build_generator(name)
    error = _additive_error(lambda z: np.arctanh(np.asarray(model(z), np.float64)), (100,), 0.1)
    assert (error < 1e-4) == collapses


@pytest.mark.parametrize(("name", "collapses"), [("tutorial_4_3", True), ("tutorial_4_3_repaired", False)])
def test_discriminator_4_3_is_logistic_regression(name: str, collapses: bool) -> None:
    model = build_discriminator(name)
    error = _additive_error(lambda x: model(x)["logit"], (28, 28, 1), 1.0)
    assert (error < 1e-4) == collapses


@pytest.mark.parametrize("name", ["tutorial_4_3", "tutorial_5_2"])
def test_the_blind_discriminator_cannot_tell_symmetric_images_apart_on_average(name: str) -> None:
    """A linear D sees the mean image only: x and 2 mu - x average to its opinion of mu. (5.2's D has a tanh.)"""
    model = build_discriminator(name)
    x = np.random.default_rng(0).uniform(-1, 1, (50, 28, 28, 1)).astype(np.float32)
    mirrored = 2 * x.mean(axis=0) - x
    opinions = [np.asarray(model(images)["logit"]).mean() for images in (x, mirrored)]
    assert (abs(opinions[0] - opinions[1]) < 1e-5) == (name == "tutorial_4_3")


def test_the_cnn_of_the_tutorials_words() -> None:
    kinds = [type(layer).__name__ for layer in build_generator("tutorial_cnn").layers]
    assert kinds.count("Conv2DTranspose") == 3
    assert "Dense" not in kinds
    kinds = [type(layer).__name__ for layer in build_discriminator("tutorial_cnn").layers]
    assert kinds.count("Conv2D") == 2
    assert "Dense" not in kinds
