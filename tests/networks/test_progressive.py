"""Progressive growing as published: sizes, layers against NumPy, and stages that come in without a jolt."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.networks import build_discriminator, build_generator
from aigc_demo.networks.growing import Growth, alpha_at, begins, stage_at, stages_of
from aigc_demo.networks.initialise import initialise

SIZES = {"generator": (240_833, 268_578, 275_539), "discriminator": (238_465, 266_273, 273_265)}
PHASE = 10


@pytest.fixture(scope="module")
def pair() -> tuple[Any, Any]:
    models = build_generator("progressive"), build_discriminator("progressive")
    for player, model in enumerate(models):
        initialise(model, 3, player)
    return models


@pytest.fixture(scope="module")
def stages(pair: tuple[Any, Any]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    return stages_of(pair[0]), stages_of(pair[1])


def set_alphas(model: Any, first: float, second: float) -> None:
    for layer in model.layers:
        if hasattr(layer, "alpha"):
            layer.alpha.assign((first, second)[layer.stage - 1])


def draw(model: Any, count: int = 8) -> np.ndarray:
    return model(np.random.default_rng(0).normal(size=(count, 64)).astype(np.float32)).numpy()


def some_images(count: int = 8) -> np.ndarray:
    return np.random.default_rng(1).uniform(-1, 1, (count, 28, 28, 1)).astype(np.float32)


def pooled(images: np.ndarray, factor: int) -> np.ndarray:
    count, height, width, channels = images.shape
    return images.reshape(count, height // factor, factor, width // factor, factor, channels).mean(axis=(2, 4))


def enlarged(images: np.ndarray, factor: int) -> np.ndarray:
    return images.repeat(factor, axis=1).repeat(factor, axis=2)


def test_each_stage_has_exactly_its_parameters(stages: tuple[tuple[Any, ...], tuple[Any, ...]]) -> None:
    for sizes, models in zip(SIZES.values(), stages, strict=True):
        counted = [sum(int(np.prod(one.shape)) for one in model.trainable_variables) for model in models]
        assert counted == list(sizes)


def test_stages_follow_one_another() -> None:
    """One phase for the first stage, two for each after it; alpha is a straight line over the first of the two."""
    assert [begins(stage, PHASE) for stage in range(3)] == [0, 10, 30]
    assert [stage_at(step, PHASE, 3) for step in (0, 9, 10, 29, 30, 49, 50, 1000)] == [0, 0, 1, 1, 2, 2, 2, 2]
    for stage in (1, 2):
        alphas = [float(alpha_at(step, PHASE, stage)) for step in range(60)]
        by_hand = [min(max((step - begins(stage, PHASE)) / PHASE, 0.0), 1.0) for step in range(60)]
        np.testing.assert_allclose(alphas, by_hand, atol=1e-6)


def test_a_stage_begins_as_its_lower_one_enlarged(
    pair: tuple[Any, Any], stages: tuple[tuple[Any, ...], tuple[Any, ...]]
) -> None:
    g_stages, d_stages = stages
    for first, stage in ((0.0, 0), (0.3, 1), (1.0, 1)):
        for model in pair:
            set_alphas(model, first, 0.0)
        drawn = draw(pair[0])
        np.testing.assert_array_equal(drawn, draw(g_stages[stage]))
        factor = (4, 2)[stage]
        np.testing.assert_array_equal(drawn, enlarged(drawn[:, ::factor, ::factor], factor))
        logits = [model(some_images())["logit"].numpy() for model in (pair[1], d_stages[stage])]
        np.testing.assert_allclose(logits[0], logits[1], rtol=1e-5, atol=1e-5)
    set_alphas(pair[0], 1.0, 0.5)
    drawn = draw(pair[0])
    assert not np.allclose(drawn, enlarged(drawn[:, ::2, ::2], 2))


def test_what_has_not_begun_gets_no_gradient(pair: tuple[Any, Any]) -> None:
    for model in pair:
        set_alphas(model, 0.4, 0.0)
    generator, discriminator = pair
    with tf.GradientTape() as tape:
        total = tf.reduce_mean(discriminator(generator(tf.random.stateless_normal([8, 64], [1, 2])))["logit"])
    of = generator.trainable_variables + discriminator.trainable_variables
    for variable, gradient in zip(of, tape.gradient(total, [one.value for one in of]), strict=True):
        layer = variable.path.split("/")[-2]
        if layer == "logit" and variable.name == "bias":
            continue
        assert np.any(gradient.numpy()) == ("28" not in layer), variable.path


def test_d_mirrors_the_blend(pair: tuple[Any, Any]) -> None:
    """What D's fade at 14x14 passes on: (1 - alpha) times the small image's own features, alpha times the larger's."""
    import keras

    discriminator = pair[1]
    set_alphas(discriminator, 0.25, 1.0)
    named = {name: discriminator.get_layer(name).output for name in ("fade14", "leaky_from_rgb7", "down14", "seen7")}
    told = keras.Model(discriminator.input, named)(some_images())
    np.testing.assert_allclose(told["seen7"], pooled(some_images(), 4), atol=1e-6)
    by_hand = 0.75 * told["leaky_from_rgb7"].numpy() + 0.25 * told["down14"].numpy()
    np.testing.assert_allclose(told["fade14"], by_hand, atol=1e-6)
    layer = discriminator.get_layer("from_rgb7")
    linear = pooled(some_images(), 4) * (layer.kernel.numpy()[0, 0] * np.sqrt(2.0)) + layer.bias.numpy()
    np.testing.assert_allclose(told["leaky_from_rgb7"], np.where(linear > 0, linear, 0.2 * linear), atol=1e-5)


def test_real_images_are_blended_as_g_blends_its_own(pair: tuple[Any, Any]) -> None:
    growth, images = Growth(pair[0]), some_images()
    set_alphas(pair[0], 0.0, 0.0)
    np.testing.assert_allclose(growth.as_seen(images), enlarged(pooled(images, 4), 4), atol=1e-6)
    growth.follow(tf.constant(36), tf.constant(PHASE))  # the last stage is 0.6 there
    by_hand = 0.4 * enlarged(pooled(images, 2), 2) + 0.6 * images
    np.testing.assert_allclose(growth.as_seen(images), by_hand, atol=1e-6)
    growth.follow(tf.constant(17), tf.constant(PHASE))
    by_hand = enlarged(0.3 * enlarged(pooled(images, 4), 2) + 0.7 * pooled(images, 2), 2)
    np.testing.assert_allclose(growth.as_seen(images), by_hand, atol=1e-6)


def test_networks_that_do_not_grow_are_left_alone() -> None:
    model = build_generator("tutorial_4_3")
    assert stages_of(model) == (model,)
    growth = Growth(model)
    growth.follow(tf.constant(5), tf.constant(1))
    images = some_images()
    assert growth.as_seen(images) is images
