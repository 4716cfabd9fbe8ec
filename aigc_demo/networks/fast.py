"""The default networks: small, class-conditional, convolutional, made to learn within seconds on two CPU cores."""

from __future__ import annotations

from typing import Any

import keras
from keras import layers

from aigc_demo.networks.base import CLASSES
from aigc_demo.networks.layers import PixelShuffle, Projection

LATENT_SIZE = 64


def generator(classes: int = CLASSES) -> keras.Model:
    """z [B, 64] and one-hot label [B, classes] -> images [B, 28, 28, 1]; nearly all work is done at 7x7 and 14x14."""
    z, label, x = _first_maps(32, classes)
    x = layers.Conv2D(64, 3, padding="same", use_bias=False, name="conv1")(x)
    x = layers.BatchNormalization(momentum=0.9, name="norm1")(x)
    x = layers.ReLU(name="relu1")(x)
    x = PixelShuffle(2, name="shuffle1")(x)  # 14x14x16
    x = layers.Conv2D(4, 3, padding="same", activation="tanh", name="conv2")(x)
    return keras.Model([z, label], PixelShuffle(2, name="image")(x), name="generator_fast")


def generator_no_norm(classes: int = CLASSES) -> keras.Model:
    """`generator` without its batch normalisations, which are replaced by biases: each image is drawn by itself."""
    z, label, code = _code(classes)
    x = layers.Dense(7 * 7 * 32, activation="relu", name="dense")(code)
    x = layers.Reshape((7, 7, 32), name="maps")(x)
    x = layers.Conv2D(64, 3, padding="same", activation="relu", name="conv1")(x)
    x = PixelShuffle(2, name="shuffle1")(x)  # 14x14x16
    x = layers.Conv2D(4, 3, padding="same", activation="tanh", name="conv2")(x)
    return keras.Model([z, label], PixelShuffle(2, name="image")(x), name="generator_fast_no_norm")


def generator_deep(classes: int = CLASSES) -> keras.Model:
    """One convolution more at 14x14 and half as wide again: four times the work, finer strokes in the long run."""
    z, label, x = _first_maps(48, classes)
    for number, filters in enumerate((96, 48), start=1):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=f"conv{number}")(x)
        x = layers.BatchNormalization(momentum=0.9, name=f"norm{number}")(x)
        x = layers.ReLU(name=f"relu{number}")(x)
        if number == 1:
            x = PixelShuffle(2, name="shuffle1")(x)  # 14x14x24
    x = layers.Conv2D(4, 3, padding="same", activation="tanh", name="conv3")(x)
    return keras.Model([z, label], PixelShuffle(2, name="image")(x), name="generator_fast_deep")


def _code(classes: int) -> tuple[Any, Any, Any]:
    """The inputs z and label, and both in one vector."""
    z, label = keras.Input((LATENT_SIZE,), name="z"), keras.Input((classes,), name="label")
    # Three times the one-hot label, so that the class weighs about as much as z in the first layer.
    return z, label, layers.Concatenate(name="code")([z, layers.Rescaling(3.0, name="loud")(label)])


def _first_maps(channels: int, classes: int) -> tuple[Any, Any, Any]:
    """The inputs z and label, and the 7x7 maps that a dense layer makes of them."""
    z, label, code = _code(classes)
    x = layers.Dense(7 * 7 * channels, use_bias=False, name="dense")(code)
    x = layers.BatchNormalization(momentum=0.9, name="norm0")(x)
    x = layers.ReLU(name="relu0")(x)
    return z, label, layers.Reshape((7, 7, channels), name="maps")(x)


def discriminator(channels: int = 1, dropout: float = 0.0, classes: int = CLASSES) -> keras.Model:
    """images and one-hot label -> logit (linear head + projection), class logits and the flat features."""
    return _discriminator("discriminator_fast", 16, (7 * 7 * 32) ** -0.5, channels, dropout, classes)


def discriminator_wide(channels: int = 1, dropout: float = 0.0, classes: int = CLASSES) -> keras.Model:
    """Twice as wide, and with an unscaled projection: slower to begin with, better in the long run."""
    return _discriminator("discriminator_fast_wide", 32, 1.0, channels, dropout, classes)


def discriminator_deep(channels: int = 1, dropout: float = 0.0, classes: int = CLASSES) -> keras.Model:
    """`discriminator_wide` with a third convolution, to 4x4x128: it sees whole digits where the others see parts.

    Its first two layers have the names and shapes of `discriminator_wide`'s, whose weights they can begin with.
    """
    return _discriminator("discriminator_fast_deep", 32, 1.0, channels, dropout, classes, depth=3)


def discriminator_bn(channels: int = 1, dropout: float = 0.0, classes: int = CLASSES) -> keras.Model:
    """`discriminator` with batch normalisation in its second layer (none in the first: Radford et al. 2015, section 3).

    An image's logit then depends on its neighbours in the batch, which is why no gradient penalty goes with it.
    """
    return _discriminator("discriminator_fast_bn", 16, (7 * 7 * 32) ** -0.5, channels, dropout, classes, norm=True)


def _discriminator(
    name: str,
    width: int,
    projection_scale: float,
    channels: int,
    dropout: float,
    classes: int,
    norm: bool = False,
    depth: int = 2,
) -> keras.Model:
    """`depth` convolutions, each of which halves the side and doubles the maps, the first to `width` of them."""
    image, label = keras.Input((28, 28, channels), name="image"), keras.Input((classes,), name="label")
    x = image
    for number in range(1, depth + 1):
        filters = width * 2 ** (number - 1)
        x = layers.Conv2D(filters, 4, strides=2, padding="same", name=f"conv{number}")(x)
        if norm and number > 1:
            x = layers.BatchNormalization(momentum=0.9, name=f"norm{number}")(x)
        x = layers.LeakyReLU(negative_slope=0.2, name=f"leaky{number}")(x)
        if dropout:
            x = layers.Dropout(dropout, seed=number, name=f"dropout{number}")(x)
    features = layers.Flatten(name="features")(x)
    conditional = Projection(projection_scale, name="projection")([features, label])
    logit = layers.Add(name="sum")([layers.Dense(1, name="logit")(features), conditional])
    outputs = {"logit": logit, "class_logits": layers.Dense(classes, name="classes")(features), "features": features}
    return keras.Model([image, label], outputs, name=name)
