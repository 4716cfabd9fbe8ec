"""The slim DCGAN and what is made of it by giving it labels: as deep as a DCGAN may be that learns within minutes on a CPU.

Radford et al. 2015 (arXiv:1511.06434) brought to 28x28: kernels of 4 with strides of 2, which cover every pixel equally
often, batch normalisation in G alone. Projection: Miyato & Koyama 2018 (arXiv:1802.05637); ACGAN: Odena et al. 2017
(arXiv:1610.09585). The pieces below are named, so that other networks can put something between them.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import layers

from aigc_demo.networks.layers import Projection

LATENT_SIZE = 64
_FLAT_SCALE = 1 / 56  # 1 / sqrt(7 * 7 * 64): a product of so many features would otherwise outweigh the plain logit


def first_maps(code: Any, channels: int, dense: Any = layers.Dense) -> Any:
    """`code` [B, n] -> [B, 7, 7, channels]; each of the 49 places is normalised by itself, before it becomes a map."""
    x = dense(7 * 7 * channels, use_bias=False, name="dense")(code)
    x = layers.BatchNormalization(momentum=0.9, name="norm0")(x)
    x = layers.ReLU(name="relu0")(x)
    return layers.Reshape((7, 7, channels), name="maps")(x)


def doubled(x: Any, filters: int, number: int = 1, conv: Any = layers.Conv2DTranspose) -> Any:
    """[B, h, w, c] -> [B, 2h, 2w, filters], without a bias in front of the normalisation that would subtract it again."""
    x = conv(filters, 4, strides=2, padding="same", use_bias=False, name=f"conv{number}")(x)
    x = layers.BatchNormalization(momentum=0.9, name=f"norm{number}")(x)
    return layers.ReLU(name=f"relu{number}")(x)


def to_image(x: Any, conv: Any = layers.Conv2DTranspose) -> Any:
    """[B, 14, 14, c] -> images [B, 28, 28, 1]."""
    return conv(1, 4, strides=2, padding="same", activation="tanh", name="image")(x)


def halved(x: Any, filters: int, number: int, dropout: float) -> Any:
    """[B, h, w, c] -> [B, h/2, w/2, filters] by a convolution with LeakyReLU(0.2), and Dropout where it is asked for."""
    x = layers.Conv2D(filters, 4, strides=2, padding="same", name=f"conv{number}")(x)
    x = layers.LeakyReLU(negative_slope=0.2, name=f"leaky{number}")(x)
    return layers.Dropout(dropout, seed=number, name=f"dropout{number}")(x) if dropout else x


def generator(classes: int = 10) -> keras.Model:
    """z 64 -> 7x7x64 -> 14x14x32 -> 28x28x1; 246,657 parameters, 240,321 trainable."""
    z = keras.Input((LATENT_SIZE,), name="z")
    return keras.Model(z, to_image(doubled(first_maps(z, 64), 32)), name="generator_dcgan")


def generator_conditional(classes: int = 10) -> keras.Model:
    """`generator` of z and the one-hot label side by side; 278,017 parameters for ten classes."""
    return _conditional(classes, LATENT_SIZE, 64, "generator_projection")


def generator_half(classes: int = 10) -> keras.Model:
    """z 32 and the label -> 7x7x48 -> 14x14x24 -> 28x28x1; 127,105 parameters, 122,353 trainable."""
    return _conditional(classes, 32, 48, "generator_half")


def _conditional(classes: int, latent_size: int, channels: int, name: str) -> keras.Model:
    z, label = keras.Input((latent_size,), name="z"), keras.Input((classes,), name="label")
    code = layers.Concatenate(name="code")([z, label])
    return keras.Model([z, label], to_image(doubled(first_maps(code, channels), channels // 2)), name=name)


def discriminator(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """28x28 -> 14x14x32 -> 7x7x64 -> 1, without batch normalisation; 36,513 parameters."""
    image, maps = _seen(channels, dropout, 32)
    features = layers.Flatten(name="features")(maps)
    return keras.Model(image, {"logit": _logit(features), "features": features}, name="discriminator_dcgan")


def discriminator_projection(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """`discriminator` plus the flat features times the label's vector, times 1/56; 67,873 parameters for ten classes."""
    image, maps = _seen(channels, dropout, 32)
    features = layers.Flatten(name="features")(maps)
    return _projecting("discriminator_projection", image, features, features, _FLAT_SCALE, classes)


def discriminator_acgan(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """`discriminator` with a second head that reads the class; 67,883 parameters. It is never told the label."""
    image, maps = _seen(channels, dropout, 32)
    features = layers.Flatten(name="features")(maps)
    heads = {"logit": _logit(features), "class_logits": layers.Dense(classes, name="classes")(features)}
    return keras.Model(image, {**heads, "features": features}, name="discriminator_acgan")


def discriminator_half(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """28x28 -> 14x14x24 -> 7x7x48 -> 1, its projection on the means of the 48 maps; 21,721 parameters."""
    image, maps = _seen(channels, dropout, 24)
    features, means = layers.Flatten(name="features")(maps), layers.GlobalAveragePooling2D(name="means")(maps)
    return _projecting("discriminator_half", image, features, means, 1.0, classes)


def _seen(channels: int, dropout: float, width: int) -> tuple[Any, Any]:
    """The input and the 7x7 maps that two convolutions make of it."""
    image = keras.Input((28, 28, channels), name="image")
    return image, halved(halved(image, width, 1, dropout), 2 * width, 2, dropout)


def _logit(features: Any) -> Any:
    return layers.Dense(1, name="logit")(features)


def _projecting(name: str, image: Any, features: Any, projected: Any, scale: float, classes: int) -> keras.Model:
    """Judges an image by its `features`, and how it suits the label by those `projected`."""
    label = keras.Input((classes,), name="label")
    conditional = Projection(scale, name="projection")([projected, label])
    logit = layers.Add(name="sum")([_logit(features), conditional])
    return keras.Model([image, label], {"logit": logit, "features": features}, name=name)
