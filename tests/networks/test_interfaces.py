"""What every network accepts and returns, read through `generate` and `discriminate` as training calls them."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.networks import (
    DISCRIMINATORS,
    GENERATORS,
    build_discriminator,
    build_generator,
    discriminate,
    generate,
)
from aigc_demo.networks.initialise import initialise
from aigc_demo.recipes import RECIPES, Recipe, make_plan
from aigc_demo.text import NotFound

every_recipe = pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
GENERATOR_NAMES, DISCRIMINATOR_NAMES = tuple(GENERATORS), tuple(DISCRIMINATORS)
every_generator = pytest.mark.parametrize("name", GENERATOR_NAMES)
every_discriminator = pytest.mark.parametrize("name", DISCRIMINATOR_NAMES)
LABELS = np.array([0, 5, 9])


def _latents(name: str, scale: float = 1.0) -> Any:
    size = GENERATORS[name].latent_size
    return tf.constant(scale * np.random.default_rng(0).normal(size=(len(LABELS), size)), tf.float32)


def _images(channels: int = 1) -> Any:
    return tf.constant(np.random.default_rng(1).uniform(-1, 1, (len(LABELS), 28, 28, channels)), tf.float32)


@cache
def _judge(name: str) -> Any:
    """A discriminator as it is built, to look at: one for all tests."""
    return build_discriminator(name)


def _normalises(model: Any) -> bool:
    return any(type(layer).__name__ == "BatchNormalization" for layer in model.layers)


@every_generator
def test_generators_draw_images_in_range(name: str) -> None:
    model = build_generator(name)
    for training, scale in product((False, True), (1.0, 50.0)):
        images = generate(model, _latents(name, scale), LABELS, training).numpy()
        assert images.shape == (3, 28, 28, 1), training
        assert images.dtype == np.float32, training
        assert images.std() > 0, training
        if not GENERATORS[name].unbounded:
            assert np.abs(images).max() <= 1.0, training


@every_generator
def test_what_the_catalogue_says_of_a_generator(name: str) -> None:
    """A plan trusts these facts without building anything."""
    facts, model = GENERATORS[name], build_generator(name)
    assert facts.key == name
    assert model.inputs[0].shape == (None, facts.latent_size)
    assert len(model.inputs) == (2 if facts.conditional else 1)
    assert _normalises(model) == facts.batch_norm
    z = _latents(name)
    one, other = (generate(model, z, labels, False).numpy() for labels in (LABELS, LABELS[::-1]))
    assert np.array_equal(one, other) != facts.conditional
    alone, among = (generate(model, z[:count], LABELS[:count], True).numpy()[0] for count in (1, 3))
    assert np.allclose(alone, among, atol=1e-5) != (facts.batch_norm or facts.styles > 0)  # which mixes neighbours
    assert facts.styles == max((getattr(layer, "count", 0) for layer in model.layers), default=0)


@every_discriminator
def test_what_the_catalogue_says_of_a_discriminator(name: str) -> None:
    facts, model = DISCRIMINATORS[name], build_discriminator(name)
    assert facts.key == name
    assert len(model.inputs) == (2 if facts.conditional else 1)
    assert _normalises(model) == facts.batch_norm
    out = discriminate(model, _images(), LABELS, False)
    assert out.logit.shape == (3,)
    assert (out.class_logits is not None) == facts.class_head
    assert (out.features is not None) == facts.features
    if facts.class_head:
        assert out.class_logits.shape == (3, 10)
    if facts.features:
        assert out.features.shape[0] == 3
        assert len(out.features.shape) == 2
    generator = np.random.default_rng(3)
    for variable in model.trainable_variables:  # a projection starts at 0, where labels do not count yet
        variable.assign(variable + 0.1 * generator.normal(size=variable.shape))
    one, other = (discriminate(model, _images(), labels, False).logit.numpy() for labels in (LABELS, LABELS[::-1]))
    assert np.array_equal(one, other) != facts.conditional


@every_recipe
def test_a_recipe_says_of_its_networks_what_they_are(recipe: Recipe) -> None:
    generator, discriminator = GENERATORS[recipe.generator], DISCRIMINATORS[recipe.discriminator]
    assert recipe.latent_size == generator.latent_size
    assert recipe.conditional == generator.conditional
    assert generator.conditional == (discriminator.conditional or "acgan" in recipe.auxiliaries or generator.codes > 0)
    assert recipe.class_head == discriminator.class_head


@every_discriminator
def test_discriminators_judge_packs(name: str) -> None:
    model = build_discriminator(name, channels=3)
    assert discriminate(model, _images(3), LABELS, False).logit.shape == (3,)
    first = model.trainable_variables[0].shape
    assert 3 * int(np.prod(_judge(name).trainable_variables[0].shape)) == int(np.prod(first))


@every_discriminator
def test_dropout_acts_in_training_only_and_adds_no_parameter(name: str) -> None:
    plain, dropping = build_discriminator(name), build_discriminator(name, dropout=0.5)
    assert [v.shape for v in plain.trainable_variables] == [v.shape for v in dropping.trainable_variables]
    for variable, other in zip(plain.weights, dropping.weights, strict=True):  # with the state of a power iteration
        other.assign(variable)
    seen = [discriminate(model, _images(), LABELS, False).logit.numpy() for model in (plain, dropping, dropping)]
    np.testing.assert_array_equal(seen[0], seen[1])
    np.testing.assert_array_equal(seen[1], seen[2])
    drawn = [discriminate(dropping, _images(), LABELS, True).logit.numpy() for _ in range(2)]
    assert not np.allclose(*drawn)
    rates = {layer.rate for layer in dropping.layers if hasattr(layer, "rate")}
    assert rates == {0.5}


@every_discriminator
def test_no_discriminator_ends_in_a_sigmoid(name: str) -> None:
    """A linear end passes a shift of its bias on unchanged, and knows no bound."""
    model = build_discriminator(name)
    before = discriminate(model, _images(), LABELS, False).logit.numpy()
    bias = [variable for variable in model.trainable_variables if variable.shape == (1,)][-1]
    for shift in (3.0, -40.0):
        bias.assign([shift])
        shifted = discriminate(model, _images(), LABELS, False).logit.numpy()
        np.testing.assert_allclose(shifted, before + shift, atol=1e-4)


@every_discriminator
def test_discriminators_judge_one_by_one_in_use(name: str) -> None:
    """With training=False a logit does not depend on the neighbours in the batch, unless D is one that compares them."""
    model = _judge(name)
    whole = discriminate(model, _images(), LABELS, False).logit.numpy()
    single = discriminate(model, _images()[:1], LABELS[:1], False).logit.numpy()
    assert np.allclose(single, whole[:1], atol=1e-5) != DISCRIMINATORS[name].compares


@every_generator
def test_generators_draw_one_by_one_in_use(name: str) -> None:
    model, z = build_generator(name), _latents(name)
    drawn = generate(model, z, LABELS, False).numpy()
    np.testing.assert_allclose(generate(model, z[1:2], LABELS[1:2], False), drawn[1:2], atol=1e-5)


@every_recipe
def test_gradients_reach_every_trained_variable(recipe: Recipe) -> None:
    _assert_gradients(recipe.generator, recipe.discriminator)


@pytest.mark.parametrize(
    ("generator", "discriminator"),
    [("fast_no_norm", "fast_bn"), ("fast_deep", "fast_deep"), ("wgan_gp_reference", "wgan_gp_reference")],
)
def test_gradients_reach_every_trained_variable_of_the_others(generator: str, discriminator: str) -> None:
    _assert_gradients(generator, discriminator)


def _assert_gradients(generator_name: str, discriminator_name: str) -> None:
    generator, discriminator = build_generator(generator_name), build_discriminator(discriminator_name)
    for seed, model in ((0, discriminator), (1, generator)):
        initialise(model, 0, seed)
    with tf.GradientTape() as tape:
        fake = generate(generator, _latents(generator_name), LABELS, True)
        out = discriminate(discriminator, fake, LABELS, True)
        value = tf.reduce_sum(out.logit)
        if out.class_logits is not None:
            value += tf.reduce_sum(out.class_logits[:, 0])
        for read in (out.category, out.codes):
            if read is not None:
                value += tf.reduce_sum(read[:, 0])
    variables = generator.trainable_variables + discriminator.trainable_variables
    for variable, gradient in zip(variables, tape.gradient(value, variables), strict=True):
        assert gradient is not None, variable.path
        assert np.isfinite(tf.convert_to_tensor(gradient)).all(), variable.path


@pytest.mark.parametrize("build", [build_generator, build_discriminator])
@pytest.mark.parametrize("unknown", ["", "no such net", "os:system", "../fast", None, ["fast"]])
def test_an_unknown_network_is_refused(build: object, unknown: object) -> None:
    with pytest.raises(NotFound):
        build(unknown)  # type: ignore[operator]


def test_networks_without_a_recipe_can_be_chosen_by_a_setting() -> None:
    """Fast without batch normalisation in G, or with one in D; fast with the D of the shipped model's last steps; and those that were published with InfoGAN and WGAN-GP."""
    other = set(GENERATOR_NAMES) - {recipe.generator for recipe in RECIPES.values()}
    assert other == {"fast_no_norm", "infogan_paper", "wgan_gp_reference"}
    other = set(DISCRIMINATOR_NAMES) - {recipe.discriminator for recipe in RECIPES.values()}
    assert other == {"fast_bn", "fast_deep", "infogan_paper", "wgan_gp_reference"}
    plan = make_plan("wgan_gp", settings=dict.fromkeys(("generator", "discriminator"), "wgan_gp_reference"))
    assert (plan.recipe.latent_size, plan.discriminator_steps) == (128, 3)
