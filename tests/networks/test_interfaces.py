"""What every network accepts and returns, read through `generate` and `discriminate` as training calls them."""

from __future__ import annotations

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
from aigc_demo.recipes import RECIPES, Recipe
from aigc_demo.text import NotFound

every_recipe = pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
LABELS = np.array([0, 5, 9])


def _latents(size: int, scale: float = 1.0) -> Any:
    return tf.constant(scale * np.random.default_rng(0).normal(size=(len(LABELS), size)), tf.float32)


def _images() -> Any:
    return tf.constant(np.random.default_rng(1).uniform(-1, 1, (len(LABELS), 28, 28, 1)), tf.float32)


@every_recipe
@pytest.mark.parametrize("training", [False, True])
def test_generators_draw_images_in_range(recipe: Recipe, training: bool) -> None:
    model = build_generator(recipe.generator)
    for scale in (1.0, 50.0):
        images = generate(model, _latents(recipe.latent_size, scale), LABELS, training).numpy()
        assert images.shape == (3, 28, 28, 1)
        assert images.dtype == np.float32
        assert np.abs(images).max() <= 1.0
        assert images.std() > 0


@every_recipe
def test_conditional_recipes_are_those_whose_networks_see_the_label(recipe: Recipe) -> None:
    model = build_generator(recipe.generator)
    assert len(model.inputs) == (2 if recipe.conditional else 1)
    assert model.inputs[0].shape == (None, recipe.latent_size)
    z = _latents(recipe.latent_size)
    one, other = (generate(model, z, labels, False).numpy() for labels in (LABELS, LABELS[::-1]))
    assert np.array_equal(one, other) != recipe.conditional


@every_recipe
def test_discriminators_answer_with_logits(recipe: Recipe) -> None:
    model = build_discriminator(recipe.discriminator)
    out = discriminate(model, _images(), LABELS, False)
    assert out.logit.shape == (3,)
    assert out.features is not None
    assert out.features.shape[0] == 3
    assert len(out.features.shape) == 2
    assert (out.class_logits is not None) == recipe.class_head
    if recipe.class_head:
        assert out.class_logits.shape == (3, 10)


@every_recipe
def test_no_discriminator_ends_in_a_sigmoid(recipe: Recipe) -> None:
    """A linear end passes a shift of its bias on unchanged, and knows no bound."""
    model = build_discriminator(recipe.discriminator)
    before = discriminate(model, _images(), LABELS, False).logit.numpy()
    bias = [variable for variable in model.trainable_variables if variable.shape == (1,)][-1]
    for shift in (3.0, -40.0):
        bias.assign([shift])
        shifted = discriminate(model, _images(), LABELS, False).logit.numpy()
        np.testing.assert_allclose(shifted, before + shift, atol=1e-4)


@every_recipe
def test_images_are_judged_one_by_one_in_use(recipe: Recipe) -> None:
    """With training=False an image's logit and a z's picture do not depend on their neighbours in the batch."""
    discriminator, generator = build_discriminator(recipe.discriminator), build_generator(recipe.generator)
    z, images = _latents(recipe.latent_size), _images()
    whole = discriminate(discriminator, images, LABELS, False).logit.numpy()
    single = discriminate(discriminator, images[:1], LABELS[:1], False).logit.numpy()
    np.testing.assert_allclose(single, whole[:1], atol=1e-5)
    drawn = generate(generator, z, LABELS, False).numpy()
    np.testing.assert_allclose(generate(generator, z[1:2], LABELS[1:2], False), drawn[1:2], atol=1e-5)


@every_recipe
def test_gradients_reach_every_trained_variable(recipe: Recipe) -> None:
    generator, discriminator = build_generator(recipe.generator), build_discriminator(recipe.discriminator)
    for seed, model in ((0, discriminator), (1, generator)):
        initialise(model, 0, seed)
    with tf.GradientTape() as tape:
        fake = generate(generator, _latents(recipe.latent_size), LABELS, True)
        out = discriminate(discriminator, fake, LABELS, True)
        value = tf.reduce_sum(out.logit)
        if recipe.class_head:
            value += tf.reduce_sum(out.class_logits[:, 0])
    variables = generator.trainable_variables + discriminator.trainable_variables
    for variable, gradient in zip(variables, tape.gradient(value, variables), strict=True):
        assert gradient is not None, variable.path
        assert np.isfinite(tf.convert_to_tensor(gradient)).all(), variable.path


@pytest.mark.parametrize("build", [build_generator, build_discriminator])
@pytest.mark.parametrize("unknown", ["", "no such net", "os:system", "../fast", None, ["fast"]])
def test_an_unknown_network_is_refused(build: object, unknown: object) -> None:
    with pytest.raises(NotFound):
        build(unknown)  # type: ignore[operator]


def test_every_network_belongs_to_a_recipe() -> None:
    shipped = {name for name in GENERATORS if not name.startswith("tiny")}
    assert shipped == {recipe.generator for recipe in RECIPES.values()}
    shipped = {name for name in DISCRIMINATORS if not name.startswith("tiny")}
    assert shipped == {recipe.discriminator for recipe in RECIPES.values()}
