"""All of the work at 7x7: a CPU likes many channels at few places, and channels become pixels only at the very end.

Sub-pixel convolution: Shi et al. 2016 (arXiv:1609.05158). Its sixteen pixels of a place come from sixteen unrelated
kernels, which draws a grid until they have learnt to agree; here they begin as one (ICNR, Aitken et al. 2017,
arXiv:1707.02937).
"""

from __future__ import annotations

import keras
from keras import layers

from aigc_demo.networks.layers import ICNR, PixelShuffle, PixelUnshuffle

LATENT_SIZE = 64


def generator(classes: int = 10) -> keras.Model:
    """z 64 -> 7x7x64 -> 7x7x64 -> 7x7x16 -> 28x28x1; 259,600 parameters, 253,200 trainable."""
    z = keras.Input((LATENT_SIZE,), name="z")
    x = layers.Dense(7 * 7 * 64, use_bias=False, name="dense")(z)
    x = layers.BatchNormalization(momentum=0.9, name="norm0")(x)
    x = layers.ReLU(name="relu0")(x)
    x = layers.Reshape((7, 7, 64), name="maps")(x)
    x = layers.Conv2D(64, 3, padding="same", use_bias=False, name="conv1")(x)
    x = layers.BatchNormalization(momentum=0.9, name="norm1")(x)
    x = layers.ReLU(name="relu1")(x)
    x = layers.Conv2D(16, 3, padding="same", activation="tanh", kernel_initializer=ICNR(16), name="conv2")(x)
    return keras.Model(z, PixelShuffle(4, name="image")(x), name="generator_shuffle")


def discriminator(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """28x28 -> 7x7x16 without losing a pixel -> 7x7x64 -> 7x7x64 -> 1; 49,345 parameters."""
    image = keras.Input((28, 28, channels), name="image")
    x = PixelUnshuffle(4, name="unshuffle")(image)
    for number in (1, 2):
        x = layers.Conv2D(64, 3, padding="same", name=f"conv{number}")(x)
        x = layers.LeakyReLU(negative_slope=0.2, name=f"leaky{number}")(x)
        if dropout:
            x = layers.Dropout(dropout, seed=number, name=f"dropout{number}")(x)
    features = layers.Flatten(name="features")(x)
    logit = layers.Dense(1, name="logit")(features)
    return keras.Model(image, {"logit": logit, "features": features}, name="discriminator_shuffle")
