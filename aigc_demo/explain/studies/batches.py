"""The batch that a study looks at: held-out digits, and what a model draws for the same labels."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from aigc_demo.checkpoints import Discriminator, Generator
from aigc_demo.data import load, to_unit_range
from aigc_demo.explain.studies.base import Batch, layers_of
from aigc_demo.text import Text, VisitorError

SIZE = 64
MAP_SIDE = 14

_PACKED = Text(
    "这个模型的判别器一次看 {n} 张图，这里的观察只看单张。请选别的模型。",
    "This model's discriminator judges {n} images at once; here they are looked at one by one. Choose another model.",
)
_NO_MAPS = Text(
    f"这个模型的生成器里没有 {MAP_SIDE}×{MAP_SIDE} 的特征图。请选随附的模型。",
    f"This model's generator has no feature maps of {MAP_SIDE} × {MAP_SIDE}. Choose the shipped model.",
)


class Maps(NamedTuple):
    """Activations float32 [n, 14, 14, C] of the layer called `layer`, and the images uint8 [n, 28, 28] they become."""

    layer: str
    maps: np.ndarray
    images: np.ndarray


def make_batch(generator: Generator, discriminator: Discriminator, seed: int) -> Batch:
    """A batch of 64 by a seed; raises `VisitorError` for a discriminator that judges packs."""
    if discriminator.pack > 1:
        raise VisitorError(_PACKED.format(n=discriminator.pack))
    random = np.random.default_rng(seed)
    bundled = load("digits5k")
    rows = random.choice(len(bundled.held_out), SIZE, replace=False)
    labels = bundled.held_out_labels[rows]
    z = random.standard_normal((SIZE, generator.latent_size)).astype(np.float32)
    fake = np.asarray(generator.forward(z, np.eye(10, dtype=np.float32)[labels]))
    return Batch(generator.network, discriminator.network, z, labels, to_unit_range(bundled.held_out[rows]), fake)


def feature_maps(generator: Generator, labels: tuple[int, ...], seed: int) -> Maps:
    """The last activations of 14 x 14 places on the way to an image of each label; raises `VisitorError` without."""
    found = [
        layer
        for layer in layers_of(generator.network, "ReLU", "LeakyReLU", "PixelShuffle")
        if tuple(layer.output.shape[1:3]) == (MAP_SIDE, MAP_SIDE)
    ]
    if not found:
        raise VisitorError(_NO_MAPS)
    import keras

    z = np.random.default_rng(seed).standard_normal((len(labels), generator.latent_size)).astype(np.float32)
    network = generator.network
    given = [z, np.eye(10, dtype=np.float32)[list(labels)]] if generator.conditional else z
    maps, images = keras.Model(network.input, [found[-1].output, network.outputs[0]])(given, training=False)
    pixels = np.rint(np.clip(np.asarray(images)[..., 0] * 127.5 + 127.5, 0, 255)).astype(np.uint8)
    return Maps(found[-1].name, np.asarray(maps), pixels)
