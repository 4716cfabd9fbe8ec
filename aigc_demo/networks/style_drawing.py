"""A style-based generator taken apart between w and the picture, so that w, styles and noise can be chosen."""

from __future__ import annotations

from typing import Any

import keras

from aigc_demo.backend import tf
from aigc_demo.networks.style_layers import NoiseMap

Tensor = Any


class StyleDrawing:
    """The two halves of `model`, with its own weights: they change with it."""

    def __init__(self, model: keras.Model) -> None:
        self._average, styles = model.get_layer("w"), model.get_layer("styles")
        noise = sorted((layer for layer in model.layers if isinstance(layer, NoiseMap)), key=lambda layer: layer.place)
        self.count: int = styles.count
        self.sizes: list[tuple[int, int]] = [tuple(layer.output.shape[1:3]) for layer in noise]
        self._mapping = keras.Model(model.input, self._average.output)
        self._synthesis = keras.Model([styles.output, *(layer.output for layer in noise)], model.output)

    def __call__(self, z: Tensor, other: Tensor, crossover: Tensor, truncation: Tensor, *noise: Tensor) -> Tensor:
        """Images [n, 28, 28, 1] of z [n, 64]: layers from `crossover` on have the style of `other` [1, 64] instead.

        Every w is drawn towards the mean one by `truncation`, w̄ + ψ (w − w̄); `noise` are maps [H, W], one a layer.
        """
        count = tf.shape(z)[0]
        own, mixed = (
            tf.repeat(self._truncated(point, truncation)[:, None], self.count, axis=1) for point in (z, other)
        )
        styles = tf.where(tf.sequence_mask(crossover, self.count)[None, :, None], own, mixed)
        maps = [tf.repeat(each[None, ..., None], count, axis=0) for each in noise]
        return self._synthesis([styles, *maps], training=False)

    def _truncated(self, z: Tensor, truncation: Tensor) -> Tensor:
        mean = tf.convert_to_tensor(self._average.mean)
        return mean + truncation * (self._mapping(z, training=False) - mean)
