"""The MNIST networks that were published with WGAN-GP (Gulrajani et al. 2017, arXiv:1704.00028), for comparison.

Two things differ from the published ones: images here lie in [-1, 1], so the last activation is tanh and not a sigmoid,
and the critic's slope is therefore measured on a scale twice as wide.
"""

from __future__ import annotations

import keras
from keras import layers


def generator(classes: int = 10) -> keras.Model:
    """z 128 -> 4x4x256 -> 8x8x128, cut to 7x7 -> 14x14x64 -> 28x28x1; 1,554,177 parameters, no normalisation."""
    z = keras.Input((128,), name="z")
    x = layers.Dense(4 * 4 * 256, activation="relu", name="dense")(z)
    x = layers.Reshape((4, 4, 256), name="maps")(x)
    x = layers.Conv2DTranspose(128, 5, strides=2, padding="same", activation="relu", name="conv1")(x)
    x = layers.Cropping2D(((0, 1), (0, 1)), name="cut")(x)
    x = layers.Conv2DTranspose(64, 5, strides=2, padding="same", activation="relu", name="conv2")(x)
    image = layers.Conv2DTranspose(1, 5, strides=2, padding="same", activation="tanh", name="image")(x)
    return keras.Model(z, image, name="generator_wgan_gp_reference")


def discriminator(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """28x28 -> 14x14x64 -> 7x7x128 -> 4x4x256 -> 1; 1,030,145 parameters."""
    image = x = keras.Input((28, 28, channels), name="image")
    for number, filters in enumerate((64, 128, 256), start=1):
        x = layers.Conv2D(filters, 5, strides=2, padding="same", name=f"conv{number}")(x)
        x = layers.LeakyReLU(negative_slope=0.2, name=f"leaky{number}")(x)
        if dropout:
            x = layers.Dropout(dropout, seed=number, name=f"dropout{number}")(x)
    features = layers.Flatten(name="features")(x)
    logit = layers.Dense(1, name="logit")(features)
    return keras.Model(image, {"logit": logit, "features": features}, name="discriminator_wgan_gp_reference")
