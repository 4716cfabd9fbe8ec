"""A seed names a network's starting values, whether it is new or was trained before."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.networks import build_discriminator, build_generator
from aigc_demo.networks.initialise import initialise
from aigc_demo.recipes import RECIPES, Recipe

every_recipe = pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
PLAYERS = (("discriminator", build_discriminator, 0), ("generator", build_generator, 1))


def _values(model: object) -> dict[str, np.ndarray]:
    layers = model.layers  # type: ignore[attr-defined]
    return {f"{layer.name}/{variable.name}": variable.numpy() for layer in layers for variable in layer.variables}


@every_recipe
@pytest.mark.parametrize(("player", "build", "number"), PLAYERS)
def test_the_seed_alone_decides(recipe: Recipe, player: str, build: object, number: int) -> None:
    name = getattr(recipe, player)
    first, second = build(name), build(name)  # type: ignore[operator]
    initialise(first, 7, number)
    fresh = _values(first)
    for variable in second.variables:  # as after a run
        variable.assign(np.full(variable.shape, 3, variable.dtype))
    initialise(second, 7, number)
    again = _values(second)
    assert fresh.keys() == again.keys()
    for path, value in fresh.items():
        np.testing.assert_array_equal(value, again[path], err_msg=path)
    initialise(second, 8, number)
    moved = {path for path, value in _values(second).items() if not np.array_equal(value, fresh[path])}
    random = {path for path in fresh if path.endswith("kernel") and fresh[path].any()}
    assert random
    assert moved >= random


def test_the_players_and_the_layers_draw_from_streams_of_their_own() -> None:
    models = [build_generator("tutorial_5_2") for _ in range(2)]
    for player, model in enumerate(models):
        initialise(model, 0, player)
    kernels = [value for model in models for path, value in _values(model).items() if value.shape == (784, 784)]
    assert len(kernels) == 6
    for place, one in enumerate(kernels):
        for other in kernels[:place]:
            assert np.corrcoef(one.ravel(), other.ravel())[0, 1] == pytest.approx(0, abs=0.01)


def test_starting_values_are_kerass_own() -> None:
    """Glorot-uniform kernels, zero biases, and batch normalisation that begins as the identity."""
    model = build_generator("dcgan_tf")
    initialise(model, 3, 1)
    for path, value in _values(model).items():
        kind = path.rsplit("/", 1)[1]
        if kind == "kernel":
            receptive = int(np.prod(value.shape[:-2]))
            bound = np.sqrt(6 / (receptive * (value.shape[-1] + value.shape[-2])))
            assert 0.97 * bound < np.abs(value).max() <= bound
            assert value.std() == pytest.approx(bound / np.sqrt(3), rel=0.05)
        else:
            expected = 1.0 if kind in ("gamma", "moving_variance") else 0.0
            np.testing.assert_array_equal(value, expected, err_msg=path)


def test_dropout_starts_again_too() -> None:
    model = build_discriminator("dcgan_tf")
    image = np.ones((2, 28, 28, 1), np.float32)
    answers = []
    for _ in range(2):
        initialise(model, 5, 0)
        answers.append([np.asarray(model(image, training=True)["logit"]) for _ in range(2)])
    np.testing.assert_array_equal(answers[0], answers[1])
    assert not np.array_equal(answers[0][0], answers[0][1])  # and its masks do change from call to call
