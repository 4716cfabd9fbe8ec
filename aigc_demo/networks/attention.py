"""Self-attention over the places of a feature map (Zhang et al. 2019, Self-Attention GAN, arXiv:1805.08318)."""

from __future__ import annotations

from typing import Any

import keras

from aigc_demo.backend import tf
from aigc_demo.networks.spectral import normalised

Tensor = Any


@keras.saving.register_keras_serializable("aigc_demo")
class SelfAttention(keras.layers.Layer):
    """[B, H, W, C] -> [B, H, W, C]: x + gamma * (A (x value)) out, where A = softmax((x query)(x key)T), row by row.

    Row n of A, [H * W], is where place n looks. One head, no positions, no bias, and no 1/sqrt(d) in the softmax, unlike
    a transformer's; gamma begins at 0, so the layer begins by passing its input on. In the paper's letters query, key,
    value and out are g, f, h and v; query and key have C/8 channels, value C/2. At C = 32: 1,281 parameters.

    With `spectral` all four matrices are divided by their largest singular values, as in the paper.
    """

    MATRICES = ("query", "key", "value", "out")
    told = ("gamma",)  # while it is trained
    copied = ("query_u", "key_u", "value_u", "out_u")  # by a moving average of the weights

    def __init__(self, spectral: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.spectral = spectral

    def build(self, shape: tuple[int | None, ...]) -> None:
        channels = shape[-1] or 0
        few, half = max(1, channels // 8), max(1, channels // 2)
        sizes = {"query": (channels, few), "key": (channels, few), "value": (channels, half), "out": (half, channels)}
        for name, size in sizes.items():
            self._add(name, size, keras.initializers.GlorotUniform())
            if self.spectral:
                self._add(f"{name}_u", size[1:], keras.initializers.RandomNormal(stddev=1.0), trainable=False)
        self._add("gamma", (), keras.initializers.Zeros())

    def _add(self, name: str, shape: tuple[int, ...], initializer: Any, trainable: bool = True) -> None:
        setattr(self, f"{name}_initializer", initializer)  # where `initialise` looks for it
        setattr(self, name, self.add_weight(shape=shape, initializer=initializer, trainable=trainable, name=name))

    def call(self, inputs: Tensor, training: bool = False) -> Tensor:
        query, key, value, out = (self._matrix(name, training) for name in self.MATRICES)
        height, width, channels = inputs.shape[1:]
        x = tf.reshape(inputs, [-1, height * width, channels])
        looks = tf.nn.softmax(tf.matmul(tf.matmul(x, query), tf.matmul(x, key), transpose_b=True))
        seen = tf.matmul(tf.matmul(looks, tf.matmul(x, value)), out)
        return inputs + tf.convert_to_tensor(self.gamma) * tf.reshape(seen, [-1, height, width, channels])

    def _matrix(self, name: str, training: bool) -> Tensor:
        matrix = getattr(self, name)
        return (
            normalised(matrix, getattr(self, f"{name}_u"), training) if self.spectral else tf.convert_to_tensor(matrix)
        )

    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "spectral": self.spectral}
