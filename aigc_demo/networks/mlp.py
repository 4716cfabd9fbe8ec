"""Dense networks only: what takes the most steps in a second, and knows nothing of neighbouring pixels."""

from __future__ import annotations

import keras
from keras import layers

LATENT_SIZE = 64


def generator(classes: int = 10) -> keras.Model:
    """64 -> 256 -> 512 -> 784 pixels; 550,416 parameters."""
    z = x = keras.Input((LATENT_SIZE,), name="z")
    for number, units in enumerate((256, 512), start=1):
        x = layers.Dense(units, name=f"dense{number}")(x)
        x = layers.LeakyReLU(negative_slope=0.2, name=f"leaky{number}")(x)
    x = layers.Dense(784, activation="tanh", name="dense3")(x)
    return keras.Model(z, layers.Reshape((28, 28, 1), name="image")(x), name="generator_mlp")


def discriminator(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """784 pixels -> 512 -> 256 -> 1; 533,505 parameters."""
    image = keras.Input((28, 28, channels), name="image")
    x = layers.Flatten(name="pixels")(image)
    for number, units in enumerate((512, 256), start=1):
        x = layers.Dense(units, name=f"dense{number}")(x)
        x = layers.LeakyReLU(negative_slope=0.2, name=f"leaky{number}")(x)
        if dropout:
            x = layers.Dropout(dropout, seed=number, name=f"dropout{number}")(x)
    return keras.Model(image, {"logit": layers.Dense(1, name="logit")(x), "features": x}, name="discriminator_mlp")
