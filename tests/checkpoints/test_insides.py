"""A generator looked into: its images, its gradients, its layers."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.checkpoints import Generator, load
from aigc_demo.checkpoints.insides import Insides
from aigc_demo.home import SHIPPED
from aigc_demo.latent import draw
from aigc_demo.latent.axes import FAMILIES
from aigc_demo.latent.axes_finding import find_axes
from aigc_demo.networks import GENERATORS, build_generator
from aigc_demo.recipes import RECIPES, make_plan
from tests import models, tiny

OF_RECIPE = {"fast": 1_132_096, "tutorial_4_3": 226_304, "tutorial_cnn": 7_250_432, "dcgan_tf": 51_744_000}


@pytest.fixture(scope="module")
def shipped() -> Generator:
    return load(SHIPPED / "fast")


def untrained(recipe: str) -> Generator:
    plan = make_plan(recipe)
    return Generator(plan, models.weights(build_generator(plan.recipe.generator)))


def test_images_are_those_that_are_drawn(shipped: Generator) -> None:
    z, labels = draw(0, 20, shipped.latent_size), np.arange(20) % 10
    look = Insides(shipped).look(z, labels)
    assert look.pulled is None
    assert look.hidden.shape == (20, 14 * 14 * 48)
    pixels = np.round(np.clip(look.images * 127.5 + 127.5, 0, 255))
    assert np.abs(pixels - shipped.render(z, labels)).max() <= 1


@pytest.mark.parametrize("recipe", ["fast", "tutorial_4_3", "tutorial_cnn"])
def test_vectors_are_pulled_back_by_the_jacobian(recipe: str) -> None:
    """Against differences of the images: v·(x(z + εu) − x(z − εu)) / 2ε = (Jᵀv)·u, but for the kinks between them."""
    insides = Insides(untrained(recipe))
    rng = np.random.default_rng(0)
    z, labels = draw(1, 64, insides.latent_size), np.arange(64) % 10
    v = rng.standard_normal((64, 28, 28)).astype(np.float32)
    u = rng.standard_normal(z.shape).astype(np.float32)
    look, step = insides.look(z, labels, v), np.float32(2e-3)
    np.testing.assert_allclose(look.images, insides.look(z, labels).images, atol=1e-5)
    rise = insides.look(z + step * u, labels).images - insides.look(z - step * u, labels).images
    assert look.pulled is not None
    slopes, expected = (look.pulled * u).sum(axis=1), (rise / (2 * step) * v).sum(axis=(1, 2))
    assert np.corrcoef(slopes, expected)[0, 1] > 0.995
    assert slopes.std() == pytest.approx(expected.std(), rel=0.03)


@pytest.mark.parametrize("recipe", ["fast", "tutorial_4_3", "tutorial_cnn"])
def test_the_first_matrix_is_what_z_is_multiplied_by(recipe: str) -> None:
    import keras

    generator = untrained(recipe)
    model, first = generator.network, Insides(generator).first_matrix()
    layer = next(layer for layer in model.layers if layer.weights)
    opened = keras.Model(model.input, layer.output)
    z = draw(0, 3, generator.latent_size)
    labels = np.zeros((3, 10), np.float32)
    outputs = [opened([points, labels] if generator.conditional else points).numpy() for points in (z, 0 * z)]
    np.testing.assert_allclose((outputs[0] - outputs[1]).reshape(3, -1), z @ first, atol=1e-4)


@pytest.mark.parametrize(("recipe", "count"), OF_RECIPE.items())
def test_multiplications_are_counted(recipe: str, count: int) -> None:
    assert Insides(untrained(recipe)).multiplications == count


def test_every_recipe_shows_its_insides() -> None:
    """Networks that nobody here has thought of would fail on the first look."""
    assert {recipe.generator for recipe in RECIPES.values()} <= set(GENERATORS)
    for recipe in RECIPES:
        insides = Insides(untrained(recipe))
        z = draw(0, 2, insides.latent_size)
        look = insides.look(z, np.arange(2), np.ones((2, 28, 28), np.float32))
        assert look.pulled is not None and look.pulled.shape == z.shape
        assert np.abs(look.pulled).max() > 0, recipe
        assert insides.first_matrix().shape[0] == insides.latent_size


def test_a_generator_of_zeros_has_axes_that_do_nothing() -> None:
    with models.tiny_recipe():
        weights = models.weights(tiny.generator())
        nothing = Generator(models.plan(), {name: np.zeros_like(value) for name, value in weights.items()})
        axes = find_axes(Insides(nothing), lambda images: np.zeros(len(images), np.int64))
    assert axes.dead == tiny.LATENT_SIZE
    for name in FAMILIES:
        assert axes.families[name]
        assert all(axis.dead and np.isfinite(axis.direction).all() for axis in axes.families[name])
    assert all(axis.r2 == 0 for axis in axes.families["named"])
