"""Progressive growing of 28x28 images: 7 -> 14 -> 28, each stage faded in (Karras et al. 2018, arXiv:1710.10196, table 2).

All stages are built at once. A network's later stages count for nothing while their fades are at 0, so the whole
network is then exactly its lower stages with coarse pixels; `stages` are the same without the idle part, for training.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import keras
from keras import layers

from aigc_demo.networks.equalised import EqualisedConv2D, EqualisedDense, Fade, MinibatchDeviation
from aigc_demo.networks.layers import PixelNorm

LATENT_SIZE = 64
_WIDTHS = {7: 64, 14: 32, 28: 16}  # the size of each stage, and its channels
_SIZES = tuple(_WIDTHS)


def generator(classes: int = 10) -> keras.Model:
    """z 64 -> images [B, 28, 28, 1], not limited to [-1, 1]; 240,833, 268,578 and 275,539 parameters stage by stage."""
    z = keras.Input((LATENT_SIZE,), name="z")
    x = PixelNorm(name="norm_z")(z)
    x = EqualisedDense(7 * 7 * 64, name="dense")(x)
    x = layers.Reshape((7, 7, 64), name="maps")(x)
    x = _normed(x, "0")
    x = _normed(EqualisedConv2D(64, 3, name="conv7")(x), "7")
    image = EqualisedConv2D(1, 1, gain=1.0, name="to_rgb7")(x)
    for stage, size in enumerate(_SIZES[1:], start=1):
        x = layers.UpSampling2D(2, name=f"up{size}")(x)
        for part in "ab":
            x = EqualisedConv2D(_WIDTHS[size], 3, name=f"conv{size}{part}")(x)
            x = _normed(x, f"{size}{part}")
        coarse = layers.UpSampling2D(2, name=f"up_rgb{size}")(image)
        fine = EqualisedConv2D(1, 1, gain=1.0, name=f"to_rgb{size}")(x)
        image = Fade(stage, name="image" if size == 28 else f"fade{size}")([coarse, fine])
    model = keras.Model(z, image, name="generator_progressive")
    model.stages = partial(_generator_stages, model)
    return model


def discriminator(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """Images -> logit, the generator mirrored; 238,465, 266,273 and 273,265 parameters stage by stage."""
    parts: dict[str, Any] = {}
    model = _discriminator(parts, 28, channels, dropout)
    model.stages = lambda: [_discriminator(parts, size, channels, dropout) for size in _SIZES[:-1]]
    return model


def _normed(x: Any, name: str) -> Any:
    x = layers.LeakyReLU(negative_slope=0.2, name=f"leaky{name}")(x)
    return PixelNorm(name=f"norm{name}")(x)


def _generator_stages(model: keras.Model) -> list[keras.Model]:
    """The generator up to each of its sizes but the last; what it draws there is enlarged by repeating pixels."""
    coarse = {7: model.get_layer("to_rgb7").output, 14: model.get_layer("fade14").output}
    return [
        keras.Model(model.input, layers.UpSampling2D(28 // size, name="image")(maps), name=f"{model.name}_{size}")
        for size, maps in coarse.items()
    ]


def _discriminator(parts: dict[str, Any], top: int, channels: int, dropout: float) -> keras.Model:
    """The discriminator from stage `top` down, of the layers in `parts`; those that are not there yet are put there."""

    def use(layer: Any) -> Any:
        return parts.setdefault(layer.name, layer)

    def active(x: Any, name: str) -> Any:
        x = use(layers.LeakyReLU(negative_slope=0.2, name=f"leaky_{name}"))(x)
        return use(layers.Dropout(dropout, seed=1, name=f"dropout_{name}"))(x) if dropout else x

    def convolved(x: Any, filters: int, kernel_size: int, name: str) -> Any:
        return active(use(EqualisedConv2D(filters, kernel_size, name=name))(x), name)

    image = seen = keras.Input((28, 28, channels), name="image")
    if top < 28:
        seen = layers.AveragePooling2D(28 // top, name="coarse")(image)
    x = convolved(seen, _WIDTHS[top], 1, f"from_rgb{top}")
    for stage in range(_SIZES.index(top), 0, -1):
        size, below = _SIZES[stage], _SIZES[stage - 1]
        x = convolved(x, _WIDTHS[size], 3, f"conv{size}a")
        x = convolved(x, _WIDTHS[below], 3, f"conv{size}b")
        x = use(layers.AveragePooling2D(2, name=f"down{size}"))(x)
        seen = layers.AveragePooling2D(2, name=f"seen{below}")(seen)
        x = use(Fade(stage, name=f"fade{size}"))([convolved(seen, _WIDTHS[below], 1, f"from_rgb{below}"), x])
    x = use(MinibatchDeviation(name="deviation"))(x)
    x = convolved(x, 64, 3, "conv7")
    x = use(layers.Flatten(name="flat"))(x)
    features = active(use(EqualisedDense(64, name="dense"))(x), "dense")
    logit = use(EqualisedDense(1, gain=1.0, name="logit"))(features)
    name = "discriminator_progressive" if top == 28 else f"discriminator_progressive_{top}"
    return keras.Model(image, {"logit": logit, "features": features}, name=name)
