"""Layers that Keras does not have: each is small, and its forward pass is the whole story."""

from __future__ import annotations

from typing import Any

import keras

from aigc_demo.backend import tf
from aigc_demo.networks.codes import split_codes


@keras.saving.register_keras_serializable("aigc_demo")
class PixelShuffle(keras.layers.Layer):
    """[B, H, W, r*r*C] -> [B, r*H, r*W, C]: channels become pixels (Shi et al. 2016, arXiv:1609.05158)."""

    mixes = True  # it only moves numbers, of whatever precision

    def __init__(self, factor: int = 2, **options: Any) -> None:
        super().__init__(**options)
        self.factor = factor

    def call(self, inputs: Any) -> Any:
        return tf.nn.depth_to_space(inputs, self.factor)

    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        batch, height, width, channels = shape
        r = self.factor
        return batch, height and height * r, width and width * r, channels and channels // (r * r)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "factor": self.factor}


@keras.saving.register_keras_serializable("aigc_demo")
class PixelUnshuffle(keras.layers.Layer):
    """[B, r*H, r*W, C] -> [B, H, W, r*r*C]: pixels become channels, `PixelShuffle` backwards; nothing is lost."""

    mixes = True

    def __init__(self, factor: int = 2, **options: Any) -> None:
        super().__init__(**options)
        self.factor = factor

    def call(self, inputs: Any) -> Any:
        return tf.nn.space_to_depth(inputs, self.factor)

    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        batch, height, width, channels = shape
        r = self.factor
        return batch, height and height // r, width and width // r, channels and channels * r * r

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "factor": self.factor}


@keras.saving.register_keras_serializable("aigc_demo")
class ICNR(keras.initializers.Initializer):
    """A kernel whose outputs are `copies` times the same, so that a pixel shuffle behind it begins without a grid.

    Aitken et al. 2017 (arXiv:1707.02937): what is shuffled starts as an enlargement by repeated pixels.
    """

    def __init__(self, copies: int, seed: int | None = None) -> None:
        self.copies, self.seed = copies, seed

    def __call__(self, shape: Any, dtype: Any = None) -> Any:
        *inputs, outputs = shape
        kernel = keras.initializers.GlorotUniform(self.seed)((*inputs, outputs // self.copies), dtype)
        return tf.tile(kernel, [1] * len(inputs) + [self.copies])

    def get_config(self) -> dict[str, Any]:
        return {"copies": self.copies, "seed": self.seed}


@keras.saving.register_keras_serializable("aigc_demo")
class Projection(keras.layers.Layer):
    """Inner product of each image's features with a learnt vector of its class, [B, F] and one-hot [B, 10] -> [B, 1].

    The conditional part of a projection discriminator (Miyato & Koyama 2018, arXiv:1802.05637). Starts at zero, so that
    D begins unconditional; `scale` may be 1/sqrt(F), because on F flat features the product's variance grows with F.
    """

    def __init__(self, scale: float = 1.0, **options: Any) -> None:
        super().__init__(**options)
        self.scale = scale

    def build(self, shapes: list[tuple[int | None, ...]]) -> None:
        (_, features), (_, classes) = shapes
        self.kernel_initializer = keras.initializers.Zeros()
        self.kernel = self.add_weight(shape=(classes, features), initializer=self.kernel_initializer, name="kernel")

    def call(self, inputs: list[Any]) -> Any:
        features, classes = inputs
        vectors = tf.matmul(classes, tf.convert_to_tensor(self.kernel))
        return tf.reduce_sum(features * vectors, axis=-1, keepdims=True) * self.scale

    def compute_output_shape(self, shapes: list[tuple[int | None, ...]]) -> tuple[int | None, int]:
        return shapes[0][0], 1

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "scale": self.scale}


@keras.saving.register_keras_serializable("aigc_demo")
class UniformCodes(keras.layers.Layer):
    """z [B, n] with its last `codes` coordinates turned into codes uniform in (-1, 1); see `codes.uniform_codes`."""

    def __init__(self, codes: int, **options: Any) -> None:
        super().__init__(**options)
        self.codes = codes

    def call(self, inputs: Any) -> Any:
        return tf.concat(split_codes(inputs, self.codes), axis=-1)

    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "codes": self.codes}


@keras.saving.register_keras_serializable("aigc_demo")
class PixelNorm(keras.layers.Layer):
    """Each pixel's vector of channels (or a whole vector [B, F]) to a mean square of 1; it has nothing to learn.

    x / sqrt(mean_c x^2 + epsilon) (Karras et al. 2018, arXiv:1710.10196, section 4.2).
    """

    def __init__(self, epsilon: float = 1e-8, **options: Any) -> None:
        super().__init__(**options)
        self.epsilon = epsilon

    def call(self, inputs: Any) -> Any:
        return inputs * tf.math.rsqrt(tf.reduce_mean(tf.square(inputs), axis=-1, keepdims=True) + self.epsilon)

    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "epsilon": self.epsilon}
