"""InfoGAN: a generator whose codes a third network, Q, reads back from the images (Chen et al. 2016, arXiv:1606.03657).

The category is the generator's label input: it is drawn at random and no label of the data is ever looked at, so that
which category stands for which digit is for the game to decide. The two uniform codes are the last coordinates of z.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import layers

from aigc_demo.networks.layers import UniformCodes
from aigc_demo.networks.slim import doubled, first_maps, halved, to_image

LATENT_SIZE = 64  # 62 of noise and 2 codes
CODES = 2


def generator(classes: int = 10) -> keras.Model:
    """The slim DCGAN of 62 + 10 + 2 inputs; 278,017 parameters."""
    z, label, code = _code(classes)
    return keras.Model([z, label], to_image(doubled(first_maps(code, 64), 32)), name="generator_infogan")


def discriminator(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """The slim DCGAN's D, and Q on its features: 3136 -> 128 -> category and codes; 439,597 parameters for both.

    Q answers with logits of the `category` and with the mean of each of the `codes`, at a variance of 1.
    """
    image = keras.Input((28, 28, channels), name="image")
    maps = halved(halved(image, 32, 1, dropout), 64, 2, dropout)
    features = layers.Flatten(name="features")(maps)
    hidden = layers.LeakyReLU(negative_slope=0.2, name="q_leaky")(layers.Dense(128, name="q_hidden")(features))
    outputs = {
        "logit": layers.Dense(1, name="logit")(features),
        "features": features,
        "category": layers.Dense(classes, name="category")(hidden),
        "codes": layers.Dense(CODES, name="codes")(hidden),
    }
    return keras.Model(image, outputs, name="discriminator_infogan")


def generator_paper(classes: int = 10) -> keras.Model:
    """The paper's own, appendix C.1: dense 1024 and 7x7x128, two transposed convolutions; 6,667,201 parameters."""
    z, label, code = _code(classes)
    x = code
    for number, units in enumerate((1024, 7 * 7 * 128)):
        x = layers.Dense(units, name=f"dense{number}")(x)
        x = layers.BatchNormalization(momentum=0.9, name=f"norm{number}")(x)
        x = layers.ReLU(name=f"relu{number}")(x)
    x = layers.Reshape((7, 7, 128), name="maps")(x)
    x = layers.Conv2DTranspose(64, 4, strides=2, padding="same", name="conv1")(x)
    x = layers.BatchNormalization(momentum=0.9, name="norm2")(x)
    return keras.Model([z, label], to_image(layers.ReLU(name="relu2")(x)), name="generator_infogan_paper")


def discriminator_paper(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """The paper's own with Q, 6,694,991 parameters; Q also gives the logarithm of each code's standard deviation."""
    image = keras.Input((28, 28, channels), name="image")
    x = halved(image, 64, 1, dropout)
    x = _normed(layers.Conv2D(128, 4, strides=2, padding="same", name="conv2")(x), "2", dropout)
    x = layers.Flatten(name="flat")(x)
    features = _normed(layers.Dense(1024, name="dense")(x), "3", dropout)
    hidden = _normed(layers.Dense(128, name="q_hidden")(features), "4", 0.0)
    outputs = {
        "logit": layers.Dense(1, name="logit")(features),
        "features": features,
        "category": layers.Dense(classes, name="category")(hidden),
        "codes": layers.Dense(2 * CODES, name="codes")(hidden),
    }
    return keras.Model(image, outputs, name="discriminator_infogan_paper")


def _code(classes: int) -> tuple[Any, Any, Any]:
    """The inputs, and noise, category and codes side by side."""
    z, label = keras.Input((LATENT_SIZE,), name="z"), keras.Input((classes,), name="label")
    return z, label, layers.Concatenate(name="code")([UniformCodes(CODES, name="codes")(z), label])


def _normed(x: Any, number: str, dropout: float) -> Any:
    x = layers.BatchNormalization(momentum=0.9, name=f"norm{number}")(x)
    x = layers.LeakyReLU(negative_slope=0.2, name=f"leaky{number}")(x)
    return layers.Dropout(dropout, seed=int(number), name=f"dropout{number}")(x) if dropout else x
