"""The layers of a style-based generator (Karras et al. 2019, arXiv:1812.04948), between z and the picture.

What acts only in training (mixing two styles, moving the average w, fresh noise) draws from a seed of its own, so that a
resumed run goes on with the same numbers.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from aigc_demo.backend import tf
from aigc_demo.networks.noise import noise_map

Tensor = Any
Shape = tuple[int | None, ...]


@keras.saving.register_keras_serializable("aigc_demo")
class SlowDense(keras.layers.Dense):
    """[B, F] -> [B, units] by a kernel and a bias that are multiplied by `multiplier` whenever they are used.

    The kernel begins that much larger, with He's scale for what comes out. Adam's steps do not depend on a gradient's
    size, so the layer learns as if its rate were `multiplier` times the others': the paper's mapping learns at a
    hundredth of it (section 2 of its appendix).
    """

    def __init__(self, units: int, multiplier: float = 0.01, **options: Any) -> None:
        options.setdefault("kernel_initializer", keras.initializers.VarianceScaling(2.0 / multiplier**2))
        super().__init__(units, **options)
        self.multiplier = multiplier

    def call(self, inputs: Tensor) -> Tensor:
        kernel, bias = tf.convert_to_tensor(self.kernel), tf.convert_to_tensor(self.bias)
        return (tf.matmul(inputs, kernel) + bias) * self.multiplier

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "multiplier": self.multiplier}


@keras.saving.register_keras_serializable("aigc_demo")
class StyleAverage(keras.layers.Layer):
    """w [B, D] as it is; in training `mean` [D] follows it, mean ← decay · mean + (1 − decay) · batch mean of w.

    `mean` begins at 0 and is what truncation draws every w towards (section B of the paper's appendix). The average of
    the weights copies it, since it is an average already.
    """

    copied = ("mean",)

    def __init__(self, decay: float = 0.995, **options: Any) -> None:
        super().__init__(**options)
        self.decay = decay

    def build(self, shape: Shape) -> None:
        self.mean_initializer = keras.initializers.Zeros()
        self.mean = self.add_weight(shape=(shape[-1],), initializer=self.mean_initializer, trainable=False, name="mean")

    def call(self, inputs: Tensor, training: bool = False) -> Tensor:
        if training:
            seen = tf.stop_gradient(tf.reduce_mean(inputs, axis=0))
            self.mean.assign(self.decay * self.mean + (1.0 - self.decay) * seen)
        return inputs

    def compute_output_shape(self, shape: Shape) -> Shape:
        return shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "decay": self.decay}


@keras.saving.register_keras_serializable("aigc_demo")
class StyleMixing(keras.layers.Layer):
    """w [B, D] -> one style for each layer of the picture's making, [B, count, D]; the first is the coarsest.

    Outside training all are w. In training, with the given probability, those from a random layer on (1 .. count − 1,
    each sample its own) are the w of the next sample in the batch, so that neighbouring layers cannot rely on having
    the same style (section 3.1).
    """

    def __init__(self, count: int, probability: float = 0.9, seed: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.count, self.probability, self.seed = count, probability, seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def call(self, inputs: Tensor, training: bool = False) -> Tensor:
        styles = tf.repeat(inputs[:, None], self.count, axis=1)
        if not training:
            return styles
        chance = keras.random.uniform((2, tf.shape(inputs)[0]), seed=self.seed_generator)
        # In float32 throughout: a GPU keeps whole numbers of 32 bits in the host's memory.
        crossover = 1.0 + tf.floor(chance[0] * (self.count - 1))
        crossover = tf.where(chance[1] < self.probability, crossover, float(self.count))
        own = (tf.range(float(self.count)) < crossover[:, None])[..., None]
        return tf.where(own, styles, tf.roll(styles, 1, axis=0))

    def compute_output_shape(self, shape: Shape) -> Shape:
        return shape[0], self.count, shape[1]

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "count": self.count, "probability": self.probability, "seed": self.seed}


@keras.saving.register_keras_serializable("aigc_demo")
class PickStyle(keras.layers.Layer):
    """The style of one layer: [B, count, D] -> [B, D]."""

    def __init__(self, place: int, **options: Any) -> None:
        super().__init__(**options)
        self.place = place

    def call(self, inputs: Tensor) -> Tensor:
        return inputs[:, self.place]

    def compute_output_shape(self, shape: Shape) -> Shape:
        return shape[0], shape[2]

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "place": self.place}


@keras.saving.register_keras_serializable("aigc_demo")
class LearnedConstant(keras.layers.Layer):
    """The same learned maps [height, width, channels] with a bias of each channel for every style of a batch."""

    def __init__(self, maps: tuple[int, int, int], **options: Any) -> None:
        super().__init__(**options)
        self.maps = tuple(maps)

    def build(self, shape: Shape) -> None:
        self.constant_initializer = keras.initializers.RandomNormal(stddev=1.0)
        self.bias_initializer = keras.initializers.Zeros()
        self.constant = self.add_weight(shape=self.maps, initializer=self.constant_initializer, name="constant")
        self.bias = self.add_weight(shape=self.maps[-1:], initializer=self.bias_initializer, name="bias")

    def call(self, inputs: Tensor) -> Tensor:
        maps = tf.convert_to_tensor(self.constant) + tf.convert_to_tensor(self.bias)
        return tf.repeat(maps[None], tf.shape(inputs)[0], axis=0)

    def compute_output_shape(self, shape: Shape) -> Shape:
        return shape[0], *self.maps

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "maps": self.maps}


@keras.saving.register_keras_serializable("aigc_demo")
class NoiseMap(keras.layers.Layer):
    """One N(0, 1) number for each pixel of [B, H, W, C], [B, H, W, 1]: fresh ones in training, else always the same.

    Outside training it is `noise_map` of seed 0 and of this layer's `place` among the layers with noise.
    """

    def __init__(self, place: int, seed: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.place, self.seed = place, seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def call(self, inputs: Tensor, training: bool = False) -> Tensor:
        count, (height, width) = tf.shape(inputs)[0], inputs.shape[1:3]
        if training:
            return keras.random.normal((count, height, width, 1), seed=self.seed_generator)
        return tf.repeat(tf.constant(noise_map(0, self.place, height, width))[None, ..., None], count, axis=0)

    def compute_output_shape(self, shape: Shape) -> Shape:
        return *shape[:-1], 1

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "place": self.place, "seed": self.seed}


@keras.saving.register_keras_serializable("aigc_demo")
class ScaledNoise(keras.layers.Layer):
    """Maps [B, H, W, C] plus a noise map [B, H, W, 1] times a learned `scale` of each channel, which begins at 0."""

    def build(self, shapes: list[Shape]) -> None:
        self.scale_initializer = keras.initializers.Zeros()
        self.scale = self.add_weight(shape=(shapes[0][-1],), initializer=self.scale_initializer, name="scale")

    def call(self, inputs: list[Tensor]) -> Tensor:
        maps, noise = inputs
        return maps + noise * tf.convert_to_tensor(self.scale)

    def compute_output_shape(self, shapes: list[Shape]) -> Shape:
        return shapes[0]


@keras.saving.register_keras_serializable("aigc_demo")
class AdaIN(keras.layers.Layer):
    """Adaptive instance normalisation of maps [B, H, W, C] by a style [B, 2C] = (scale, shift), equation 1:
    (1 + scale) · (x − mean) / sqrt(variance + 1e-5) + shift, mean and variance of each channel of each image.
    """

    def call(self, inputs: list[Tensor]) -> Tensor:
        maps, style = inputs
        scale, shift = tf.split(style[:, None, None], 2, axis=-1)
        mean, variance = tf.nn.moments(maps, axes=[1, 2], keepdims=True)
        return (maps - mean) * (tf.math.rsqrt(variance + 1e-5) * (1.0 + scale)) + shift

    def compute_output_shape(self, shapes: list[Shape]) -> Shape:
        return shapes[0]


@keras.saving.register_keras_serializable("aigc_demo")
class SmoothUp(keras.layers.Layer):
    """[B, H, W, C] -> [B, 2H, 2W, C]: bilinear doubling, then [1, 2, 1] / 4 down and across, the border repeated.

    Both are linear along each axis, so one matrix does them together.
    """

    def call(self, inputs: Tensor) -> Tensor:
        height, width, channels = inputs.shape[1:]
        across = tf.reshape(inputs, [-1, width, channels])
        across = tf.matmul(tf.constant(smooth_doubling(width)), across)
        down = tf.reshape(across, [-1, height, 2 * width * channels])
        down = tf.matmul(tf.constant(smooth_doubling(height)), down)
        return tf.reshape(down, [-1, 2 * height, 2 * width, channels])

    def compute_output_shape(self, shape: Shape) -> Shape:
        batch, height, width, channels = shape
        return batch, height and 2 * height, width and 2 * width, channels


def smooth_doubling(size: int) -> np.ndarray:
    """What `SmoothUp` does along one axis, float32 [2 size, size]: every row adds up to 1."""
    rows = np.arange(2 * size)
    bilinear = np.zeros((2 * size, size))
    near, far = rows // 2, np.clip(rows // 2 + np.where(rows % 2, 1, -1), 0, size - 1)
    np.add.at(bilinear, (rows, near), 0.75)
    np.add.at(bilinear, (rows, far), 0.25)
    padded = np.pad(bilinear, ((1, 1), (0, 0)), mode="edge")
    return ((padded[:-2] + 2.0 * padded[1:-1] + padded[2:]) / 4.0).astype(np.float32)
