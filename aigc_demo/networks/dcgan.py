"""TensorFlow's DCGAN tutorial configuration, the yardstick that others are measured against."""

from __future__ import annotations

import keras
from keras import layers


def generator_tf(classes: int = 10) -> keras.Model:
    """z 100 -> 7x7x256 -> 7x7x128 -> 14x14x64 -> 28x28x1; 2,330,944 parameters, 2,305,472 trainable."""
    z = keras.Input((100,), name="z")
    x = layers.Dense(7 * 7 * 256, use_bias=False, name="dense")(z)
    x = layers.BatchNormalization(name="norm0")(x)
    x = layers.LeakyReLU(negative_slope=0.3, name="leaky0")(x)
    x = layers.Reshape((7, 7, 256), name="maps")(x)
    for number, (filters, strides) in enumerate(((128, 1), (64, 2)), start=1):
        x = layers.Conv2DTranspose(filters, 5, strides=strides, padding="same", use_bias=False, name=f"conv{number}")(x)
        x = layers.BatchNormalization(name=f"norm{number}")(x)
        x = layers.LeakyReLU(negative_slope=0.3, name=f"leaky{number}")(x)
    image = layers.Conv2DTranspose(1, 5, strides=2, padding="same", use_bias=False, activation="tanh", name="conv3")(x)
    return keras.Model(z, image, name="generator_tf")


def discriminator_tf(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """28x28 -> 14x14x64 -> 7x7x128 -> 1, with the tutorial's Dropout 0.3 unless told another; 212,865 parameters."""
    image = x = keras.Input((28, 28, channels), name="image")
    for number, filters in enumerate((64, 128), start=1):
        x = layers.Conv2D(filters, 5, strides=2, padding="same", name=f"conv{number}")(x)
        x = layers.LeakyReLU(negative_slope=0.3, name=f"leaky{number}")(x)
        x = layers.Dropout(dropout or 0.3, seed=number, name=f"dropout{number}")(x)
    features = layers.Flatten(name="features")(x)
    return keras.Model(
        image, {"logit": layers.Dense(1, name="logit")(features), "features": features}, name="discriminator_tf"
    )
