"""The networks of a recipe as they are built: every layer with its shape, its parameters and its multiplications."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from aigc_demo.networks import build_discriminator, build_generator
from aigc_demo.recipes import RECIPES, find_recipe

Player = Literal["g", "d"]

# What of a layer's configuration is worth showing, in this order.
_OPTIONS = (
    *("units", "filters", "kernel_size", "strides", "padding", "factor", "size", "pool_size"),
    *("cropping", "target_shape", "negative_slope"),
    *("momentum", "epsilon", "rate", "scale", "use_bias", "activation", "spectral"),
)


@dataclass(frozen=True)
class Drawn:
    """One layer. `shape` is that of its output without the batch, `weights` are its tensors by name with their shapes.

    `multiplications` counts what one image costs: by every number of a kernel at each place, padding included, by each
    scale of a batch normalisation. Activations and additions are not counted.
    """

    name: str
    kind: str
    inputs: tuple[str, ...]
    shape: tuple[int, ...]
    options: dict[str, Any]
    weights: tuple[tuple[str, tuple[int, ...], bool], ...]  # name, shape, trainable
    parameters: int
    trainable: int
    multiplications: int


@dataclass(frozen=True)
class NetworkDiagram:
    """`counted` and `counted_trainable` are what Keras says of the whole model, to hold the sum of the layers against."""

    player: Player
    network: str
    layers: tuple[Drawn, ...]
    outputs: dict[str, str]  # an output's name -> the layer that gives it
    counted: int
    counted_trainable: int


@dataclass(frozen=True)
class Diagram:
    recipe: str
    networks: tuple[NetworkDiagram, NetworkDiagram]


def diagram_of(recipe: str) -> Diagram:
    """Both networks of the recipe called `recipe`, built to be drawn; raises `NotFound`. The first takes seconds."""
    return _diagram(find_recipe(recipe).key)


@lru_cache(maxsize=len(RECIPES))
def _diagram(key: str) -> Diagram:
    recipe = RECIPES[key]
    return Diagram(
        key,
        (
            draw("g", recipe.generator, build_generator(recipe.generator)),
            draw("d", recipe.discriminator, build_discriminator(recipe.discriminator)),
        ),
    )


def draw(player: Player, network: str, model: Any) -> NetworkDiagram:
    """A functional `keras.Model` as data."""
    outputs = model.output if isinstance(model.output, dict) else {"image": model.outputs[0]}
    return NetworkDiagram(
        player,
        network,
        tuple(map(_drawn, model.layers)),
        {name: _producer(tensor) for name, tensor in outputs.items()},
        model.count_params(),
        sum(int(np.prod(variable.shape)) for variable in model.trainable_variables),
    )


def _drawn(layer: Any) -> Drawn:
    weights = [variable for variable in layer.variables if "seed" not in variable.name]
    sizes = {variable.name: int(np.prod(variable.shape)) for variable in weights}
    return Drawn(
        layer.name,
        type(layer).__name__,
        _inputs(layer),
        tuple(layer.output.shape[1:]),
        _options(layer),
        tuple((variable.name, tuple(variable.shape), variable.trainable) for variable in weights),
        sum(sizes.values()),
        sum(sizes[variable.name] for variable in weights if variable.trainable),
        _multiplications(layer),
    )


def _inputs(layer: Any) -> tuple[str, ...]:
    if type(layer).__name__ == "InputLayer":
        return ()
    given = layer.input
    return tuple(map(_producer, given if isinstance(given, list | tuple) else [given]))


def _producer(tensor: Any) -> str:
    """The layer that a symbolic tensor of a functional model comes from."""
    return str(tensor._keras_history.operation.name)


def _options(layer: Any) -> dict[str, Any]:
    config = layer.get_config()
    found = {key: config[key] for key in _OPTIONS if config.get(key) is not None and config[key] != "linear"}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}


def _multiplications(layer: Any) -> int:
    if type(layer).__name__ == "SelfAttention":  # its matrices at every place, and every place with every other
        _, height, width, channels = layer.output.shape
        few, half = layer.query.shape[1], layer.value.shape[1]
        return height * width * (2 * channels * few + 2 * channels * half + height * width * (few + half))
    kernel = getattr(layer, "kernel", None)
    if kernel is not None:
        is_transposed = type(layer).__name__.endswith("Conv2DTranspose")
        places = (layer.input if is_transposed else layer.output).shape[1:3] if len(kernel.shape) == 4 else ()
        own = int(np.prod(kernel.shape)) * int(np.prod(places))
        # A projection picks a class's vector by a product, then multiplies it with the features.
        return own + (kernel.shape[-1] if type(layer).__name__ == "Projection" else 0)
    scaled = type(layer).__name__ in ("BatchNormalization", "Rescaling")
    return int(np.prod(layer.output.shape[1:])) if scaled else 0
