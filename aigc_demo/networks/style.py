"""StyleGAN in miniature (Karras et al. 2019, arXiv:1812.04948): z decides how each layer's maps are scaled and shifted."""

from __future__ import annotations

from typing import Any

import keras
from keras import layers

from aigc_demo.networks.layers import PixelNorm
from aigc_demo.networks.style_layers import (
    AdaIN,
    LearnedConstant,
    NoiseMap,
    PickStyle,
    ScaledNoise,
    SlowDense,
    SmoothUp,
    StyleAverage,
    StyleMixing,
)

LATENT_SIZE = 64
# Where styles enter: the layer's name, and how many maps it makes.
STYLES = (("7a", 64), ("7b", 64), ("14a", 32), ("14b", 32), ("28a", 16), ("28b", 16))


def generator(classes: int = 10) -> keras.Model:
    """z [B, 64] -> images [B, 28, 28, 1]; 120,785 trainable parameters, and the average w (64).

    z is normalised and mapped by four dense layers to w. A learned constant 7x7x64 becomes the picture in six layers,
    each convolution (but for the first), scaled noise, LeakyReLU, and AdaIN by its own style of w.
    """
    z = keras.Input((LATENT_SIZE,), name="z")
    styles = StyleMixing(len(STYLES), seed=len(STYLES), name="styles")(_mapping(z))
    x = LearnedConstant((7, 7, 64), name="constant")(styles)
    for place, (name, channels) in enumerate(STYLES):
        if place:
            x = _convolved(x, name, channels)
        noise = NoiseMap(place, seed=place, name=f"noise{name}")(x)
        x = ScaledNoise(name=f"noisy{name}")([x, noise])
        x = layers.LeakyReLU(negative_slope=0.2, name=f"leaky{name}")(x)
        w = PickStyle(place, name=f"w{name}")(styles)
        x = AdaIN(name=f"adain{name}")([x, layers.Dense(2 * channels, name=f"style{name}")(w)])
    image = layers.Conv2D(1, 1, activation="tanh", name="image")(x)
    return keras.Model(z, image, name="generator_style")


def _mapping(z: Any) -> Any:
    """z [B, 64] -> w [B, 64]."""
    x = PixelNorm(name="pixelnorm")(z)
    for number in range(1, 5):
        x = SlowDense(LATENT_SIZE, name=f"mapping{number}")(x)
        x = layers.LeakyReLU(negative_slope=0.2, name=f"mapped{number}")(x)
    return StyleAverage(name="w")(x)


def _convolved(x: Any, name: str, channels: int) -> Any:
    """The layer's convolution, which at the first layer of a resolution sees the maps doubled."""
    if name in ("14a", "28a"):
        x = SmoothUp(name=f"up{name}")(x)
    return layers.Conv2D(channels, 3, padding="same", kernel_initializer="he_normal", name=f"conv{name}")(x)
