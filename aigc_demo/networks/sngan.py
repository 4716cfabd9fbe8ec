"""Spectrally normalised networks: SNGAN's discriminator and, with self-attention at 14x14, SAGAN's two players.

Miyato et al. 2018, arXiv:1802.05957; Zhang et al. 2019, arXiv:1805.08318. SNGAN's generator is the slim DCGAN.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import layers

from aigc_demo.networks.attention import SelfAttention
from aigc_demo.networks.slim import LATENT_SIZE, doubled, first_maps, to_image
from aigc_demo.networks.spectral import SpectralConv2D, SpectralConv2DTranspose, SpectralDense


def generator_sagan(classes: int = 10) -> keras.Model:
    """The slim DCGAN with attention on its 14x14x32 and every kernel normalised; 251,163 parameters, 241,602 trainable."""
    z = keras.Input((LATENT_SIZE,), name="z")
    x = doubled(first_maps(z, 64, SpectralDense), 32, conv=SpectralConv2DTranspose)
    x = SelfAttention(spectral=True, name="attention")(x)
    return keras.Model(z, to_image(x, SpectralConv2DTranspose), name="generator_sagan")


def discriminator(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """28x28x32 -> 14x14x32 -> 14x14x64 -> 7x7x64 -> 1, LeakyReLU(0.1); 104,162 parameters, 103,969 trainable."""
    return _discriminator("discriminator_sngan", channels, dropout, attention=False)


def discriminator_sagan(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> keras.Model:
    """`discriminator` with attention on its 14x14x32; 105,499 parameters, 105,250 trainable."""
    return _discriminator("discriminator_sagan", channels, dropout, attention=True)


def _discriminator(name: str, channels: int, dropout: float, attention: bool) -> keras.Model:
    image = x = keras.Input((28, 28, channels), name="image")
    for number, (filters, kernel, strides) in enumerate(((32, 3, 1), (32, 4, 2), (64, 3, 1), (64, 4, 2)), start=1):
        x = _convolved(x, filters, kernel, strides, number, dropout)
        if attention and number == 2:
            x = SelfAttention(spectral=True, name="attention")(x)
    features = layers.Flatten(name="features")(x)
    logit = SpectralDense(1, name="logit")(features)
    return keras.Model(image, {"logit": logit, "features": features}, name=name)


def _convolved(x: Any, filters: int, kernel: int, strides: int, number: int, dropout: float) -> Any:
    x = SpectralConv2D(filters, kernel, strides=strides, padding="same", name=f"conv{number}")(x)
    x = layers.LeakyReLU(negative_slope=0.1, name=f"leaky{number}")(x)  # the slope of Miyato et al.'s code
    return layers.Dropout(dropout, seed=number, name=f"dropout{number}")(x) if dropout else x
