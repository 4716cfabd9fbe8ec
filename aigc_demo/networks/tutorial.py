"""The tutorial's networks: as its code writes them, repaired, and as its words describe them.

"As written" means only the activations that stand in the listings of sections 4.3 and 5.2. One thing is moved, not
changed: the sigmoid behind D's last layer lives in the loss `double_sigmoid`, because every D here returns logits.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import layers


def _generator(latent_size: int, name: str, hidden: list[Any]) -> keras.Model:
    """A dense generator: z -> hidden -> 784 pixels, reshaped to an image (which adds no parameter)."""
    z = x = keras.Input((latent_size,), name="z")
    for layer in hidden:
        x = layer(x)
    return keras.Model(z, layers.Reshape((28, 28, 1), name="image")(x), name=name)


def _discriminator(name: str, hidden: list[list[Any]], channels: int, dropout: float) -> keras.Model:
    """A dense discriminator: pixels -> hidden layers, each with its activation -> one linear logit."""
    image = keras.Input((28, 28, channels), name="image")
    x = layers.Flatten(name="pixels")(image)
    for number, block in enumerate(hidden, start=1):
        for layer in block:
            x = layer(x)
        if dropout:
            x = layers.Dropout(dropout, seed=number, name=f"dropout{number}")(x)
    return keras.Model(image, {"logit": layers.Dense(1, name="logit")(x), "features": x}, name=name)


def _leaky(units: int, number: int) -> list[Any]:
    return [
        layers.Dense(units, name=f"dense{number}"),
        layers.LeakyReLU(negative_slope=0.2, name=f"leaky{number}"),
    ]


def generator_4_3(classes: int = 10) -> keras.Model:
    """Section 4.3: 100 -> 256 (no activation) -> 784 tanh; 227,344 parameters."""
    dense = layers.Dense
    return _generator(100, "generator_4_3", [dense(256, name="dense1"), dense(784, "tanh", name="dense2")])


def discriminator_4_3(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """Section 4.3: 784 -> 256 (no activation) -> 1; 201,217 parameters."""
    return _discriminator("discriminator_4_3", [[layers.Dense(256, name="dense1")]], channels, dropout)


def generator_4_3_repaired(classes: int = 10) -> keras.Model:
    """Section 4.3 with LeakyReLU(0.2) between its layers, without which they collapse into one linear map."""
    return _generator(100, "generator_4_3_repaired", [*_leaky(256, 1), layers.Dense(784, "tanh", name="dense2")])


def discriminator_4_3_repaired(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """Section 4.3 with LeakyReLU(0.2) and one linear logit."""
    return _discriminator("discriminator_4_3_repaired", [_leaky(256, 1)], channels, dropout)


def generator_5_2(classes: int = 10) -> keras.Model:
    """Section 5.2: 100 -> 256 (no activation) -> four times 784 tanh; 2,073,664 parameters."""
    dense = layers.Dense
    hidden = [
        dense(256, name="dense1"),
        dense(784, "tanh", name="dense2"),
        layers.Flatten(name="flatten"),  # flattens a vector: it does nothing, and stands in the tutorial
        dense(784, "tanh", name="dense3"),
        dense(784, "tanh", name="dense4"),
        dense(784, "tanh", name="dense5"),
    ]
    return _generator(100, "generator_5_2", hidden)


def discriminator_5_2(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """Section 5.2: 784 -> 256 (no activation) -> 128 tanh -> 1; 233,985 parameters."""
    hidden = [[layers.Dense(256, name="dense1")], [layers.Dense(128, "tanh", name="dense2")]]
    return _discriminator("discriminator_5_2", hidden, channels, dropout)


def generator_5_2_repaired(classes: int = 10) -> keras.Model:
    """Section 5.2's depth without the tanh chain: 100 -> 256 -> 512 -> 784, LeakyReLU(0.2); 559,632 parameters."""
    hidden = [*_leaky(256, 1), *_leaky(512, 2), layers.Dense(784, "tanh", name="dense3")]
    return _generator(100, "generator_5_2_repaired", hidden)


def discriminator_5_2_repaired(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """Section 5.2's discriminator with LeakyReLU(0.2) and one linear logit; 233,985 parameters."""
    return _discriminator("discriminator_5_2_repaired", [_leaky(256, 1), _leaky(128, 2)], channels, dropout)


def generator_cnn(classes: int = 10) -> keras.Model:
    """The three-layer convolutional generator of the tutorial's words (4.3); 760,065 parameters, 759,681 trainable."""
    z = keras.Input((100,), name="z")
    x = layers.Reshape((1, 1, 100), name="point")(z)
    # No bias in front of a BatchNormalization, which would subtract it again.
    x = layers.Conv2DTranspose(128, 7, padding="valid", use_bias=False, name="conv1")(x)
    x = layers.BatchNormalization(momentum=0.9, name="norm1")(x)
    x = layers.ReLU(name="relu1")(x)
    x = layers.Conv2DTranspose(64, 4, strides=2, padding="same", use_bias=False, name="conv2")(x)
    x = layers.BatchNormalization(momentum=0.9, name="norm2")(x)
    x = layers.ReLU(name="relu2")(x)
    image = layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="tanh", name="conv3")(x)
    return keras.Model(z, image, name="generator_cnn")


def discriminator_cnn(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """The two-layer convolutional discriminator of the tutorial's words (4.3); 13,633 parameters."""
    image = keras.Input((28, 28, channels), name="image")
    x = layers.Conv2D(64, 4, strides=2, padding="same", name="conv1")(image)
    x = layers.LeakyReLU(negative_slope=0.2, name="leaky1")(x)
    if dropout:
        x = layers.Dropout(dropout, seed=1, name="dropout1")(x)
    features = layers.Flatten(name="features")(x)
    logit = layers.Flatten(name="logit")(layers.Conv2D(1, 14, padding="valid", name="conv2")(x))
    return keras.Model(image, {"logit": logit, "features": features}, name="discriminator_cnn")
