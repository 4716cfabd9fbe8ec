"""The layers of progressive growing: equalised weights, minibatch standard deviation, and the fade.

Karras, Aila, Laine and Lehtinen 2018, arXiv:1710.10196, sections 2 to 4.
"""

from __future__ import annotations

from typing import Any

import keras

from aigc_demo.backend import tf

_ROOT_2 = 2.0**0.5


@keras.saving.register_keras_serializable("aigc_demo")
class EqualisedDense(keras.layers.Dense):
    """[B, F] -> [B, units] by a kernel drawn from N(0, 1) and multiplied by gain / sqrt(fan in) whenever it is used.

    Adam's steps do not depend on a gradient's size, so with He's scale in the kernel itself layers of a wide range would
    learn more slowly than others; with the scale outside all learn at one speed (section 4.1). A gain of sqrt(2) is
    He's, for a layer before a (leaky) ReLU; 1 for one whose output is used as it is.
    """

    def __init__(self, units: int, gain: float = _ROOT_2, **options: Any) -> None:
        options.setdefault("kernel_initializer", keras.initializers.RandomNormal(stddev=1.0))
        super().__init__(units, **options)
        self.gain = gain

    def call(self, inputs: Any) -> Any:
        scale = self.gain / self.kernel.shape[0] ** 0.5
        return tf.matmul(inputs, scale * tf.convert_to_tensor(self.kernel)) + tf.convert_to_tensor(self.bias)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "gain": self.gain}


@keras.saving.register_keras_serializable("aigc_demo")
class EqualisedConv2D(keras.layers.Conv2D):
    """[B, H, W, C] -> [B, H, W, filters]: a convolution of stride 1 padded with zeros, its kernel as `EqualisedDense`'s."""

    def __init__(self, filters: int, kernel_size: int, gain: float = _ROOT_2, **options: Any) -> None:
        options.setdefault("kernel_initializer", keras.initializers.RandomNormal(stddev=1.0))
        super().__init__(filters, kernel_size, **{**options, "padding": "same"})
        self.gain = gain

    def call(self, inputs: Any) -> Any:
        height, width, channels, _ = self.kernel.shape
        scale = self.gain / (height * width * channels) ** 0.5
        maps = tf.nn.conv2d(inputs, scale * tf.convert_to_tensor(self.kernel), 1, "SAME")
        return maps + tf.convert_to_tensor(self.bias)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "gain": self.gain}


@keras.saving.register_keras_serializable("aigc_demo")
class MinibatchDeviation(keras.layers.Layer):
    """[B, H, W, C] -> [B, H, W, C + 1]: one more channel that says how much the images of a group differ (section 3).

    The standard deviation of each feature over a group of images, averaged over features and places: one number a group.
    Image i is of group i mod (B // size); where `size` does not divide B some groups are larger, and a batch smaller
    than `size` is one group. So D's opinion of an image also depends on the images beside it.
    """

    def __init__(self, size: int = 4, epsilon: float = 1e-8, **options: Any) -> None:
        super().__init__(**options)
        self.size, self.epsilon = size, epsilon

    def call(self, inputs: Any) -> Any:
        shape = tf.shape(inputs)
        groups = tf.maximum(shape[0] // self.size, 1)
        member = tf.one_hot(tf.range(shape[0]) % groups, groups, axis=0, dtype=inputs.dtype)  # [groups, B]
        share = member / tf.reduce_sum(member, axis=1, keepdims=True)
        flat = tf.reshape(inputs, [shape[0], -1])
        apart = flat - tf.matmul(
            member, tf.matmul(share, flat), transpose_a=True
        )  # of each image from its group's mean
        variance = tf.matmul(share, tf.square(apart))
        deviation = tf.reduce_mean(tf.sqrt(variance + self.epsilon), axis=1, keepdims=True)
        own = tf.reshape(tf.matmul(member, deviation, transpose_a=True), [-1, 1, 1, 1])
        return tf.concat([inputs, tf.broadcast_to(own, [shape[0], shape[1], shape[2], 1])], axis=-1)

    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return *shape[:-1], shape[-1] and shape[-1] + 1

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "size": self.size, "epsilon": self.epsilon}


@keras.saving.register_keras_serializable("aigc_demo")
class Fade(keras.layers.Layer):
    """(1 - alpha) old + alpha new, of two inputs of one shape: how a new stage comes in without a jolt (figure 2).

    `alpha` begins at 0, where the output is the old input exactly, and ends at 1, where it is the new one exactly. It
    is not learnt but follows from the step and from `stage`, the number of the stage that comes in (see `growing`); a
    moving average of the network copies it.
    """

    copied = ("alpha",)

    def __init__(self, stage: int, **options: Any) -> None:
        super().__init__(**options)
        self.stage = stage

    def build(self, shapes: list[tuple[int | None, ...]]) -> None:
        self.alpha_initializer = keras.initializers.Zeros()
        self.alpha = self.add_weight(shape=(), initializer=self.alpha_initializer, name="alpha", trainable=False)

    def call(self, inputs: list[Any]) -> Any:
        old, new = inputs
        alpha = tf.convert_to_tensor(self.alpha)
        return (1.0 - alpha) * old + alpha * new

    def compute_output_shape(self, shapes: list[tuple[int | None, ...]]) -> tuple[int | None, ...]:
        return shapes[0]

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "stage": self.stage}
