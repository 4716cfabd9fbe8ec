"""A small R3GAN: no normalisation anywhere, no tanh at the end, and nothing that changes size but the plainest resampling.

After Huang et al. 2024 (arXiv:2501.05441), whose point is that the regularised loss makes the usual tricks of networks
unnecessary; their residual blocks are left out here, where the networks are four layers deep.
"""

from __future__ import annotations

import keras
from keras import layers

LATENT_SIZE = 64


def generator(classes: int = 10) -> keras.Model:
    """z 64 -> 7x7x48 -> 14x14x32 -> 28x28x16 -> 28x28x1; 192,161 parameters.

    Its pixels are not held within [-1, 1]: whoever shows them clips them.
    """
    z = keras.Input((LATENT_SIZE,), name="z")
    x = layers.Dense(7 * 7 * 48, name="dense")(z)
    x = layers.LeakyReLU(negative_slope=0.2, name="leaky0")(x)
    x = layers.Reshape((7, 7, 48), name="maps")(x)
    for number, filters in enumerate((48, 32, 16), start=1):
        if number > 1:
            x = layers.UpSampling2D(2, name=f"up{number}")(x)
        x = layers.Conv2D(filters, 3, padding="same", name=f"conv{number}")(x)
        x = layers.LeakyReLU(negative_slope=0.2, name=f"leaky{number}")(x)
    return keras.Model(z, layers.Conv2D(1, 1, name="image")(x), name="generator_r3gan")


def discriminator(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """The mirror: 28x28x16 -> 14x14x32 -> 7x7x48 -> 7x7x48 -> 1, made smaller by averaging; 41,681 parameters."""
    image = x = keras.Input((28, 28, channels), name="image")
    for number, (filters, size) in enumerate(((16, 1), (32, 3), (48, 3), (48, 3)), start=1):
        if number in (2, 3):
            x = layers.AveragePooling2D(2, name=f"down{number}")(x)
        x = layers.Conv2D(filters, size, padding="same", name=f"conv{number}")(x)
        x = layers.LeakyReLU(negative_slope=0.2, name=f"leaky{number}")(x)
        if dropout:
            x = layers.Dropout(dropout, seed=number, name=f"dropout{number}")(x)
    features = layers.Flatten(name="features")(x)
    logit = layers.Dense(1, name="logit")(features)
    return keras.Model(image, {"logit": logit, "features": features}, name="discriminator_r3gan")
