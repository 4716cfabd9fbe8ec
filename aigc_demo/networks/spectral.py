"""Spectral normalisation as a reparametrisation: what a layer computes with is W / sigma(W), and what it learns is W.

Miyato et al. 2018, arXiv:1802.05957, algorithm 1. sigma is the largest singular value of the kernel as a matrix of
[everything else, output channels], found by one power iteration a pass, which begins where the last pass in training
ended: at the vector `u`. Gradients flow through sigma, with the singular vectors taken as fixed: d sigma / dW = v uT, so
what reaches W is (G - <G, W/sigma> v uT) / sigma, the part that would only rescale W removed.

Keras's own `SpectralNormalization` writes W / sigma back into W after each training pass, which is a projection: no
gradient knows of sigma there, and an optimiser's memory is of a W that is gone.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import layers

from aigc_demo.backend import tf

Tensor = Any


def iterate(matrix: Tensor, u: Tensor) -> tuple[Tensor, Tensor]:
    """One power iteration on `matrix` [rows, columns] from `u` [columns], of any length but 0.

    Returns sigma, a scalar that is never more than the largest singular value and through which gradients reach
    `matrix`, and the next `u`, of length 1.
    """
    fixed = tf.stop_gradient(matrix)
    left = tf.math.l2_normalize(tf.linalg.matvec(fixed, u), epsilon=1e-12)
    right = tf.math.l2_normalize(tf.linalg.matvec(fixed, left, transpose_a=True), epsilon=1e-12)
    return tf.tensordot(left, tf.linalg.matvec(matrix, right), 1), right


def normalised(kernel: Tensor, u: Any, training: bool, axis: int = -1) -> Tensor:
    """`kernel` / sigma, its output channels being on `axis`; `u` is a variable [channels], moved on in training alone.

    A kernel of zeros, whose sigma is 0, stays one.
    """
    kernel = tf.convert_to_tensor(kernel)
    columns = kernel.shape[axis]
    last = kernel if axis in (-1, len(kernel.shape) - 1) else tf.experimental.numpy.moveaxis(kernel, axis, -1)
    sigma, moved = iterate(tf.reshape(last, [-1, columns]), tf.convert_to_tensor(u))
    if training:
        u.assign(moved)
    return kernel / tf.maximum(sigma, 1e-12)


class _Spectral(layers.Layer):
    """What the layers below have in common: the vector `u`, which a moving average of the weights copies as it is."""

    copied = ("u",)
    output_axis = -1  # of the kernel

    def build(self: Any, shape: tuple[int | None, ...]) -> None:
        super().build(shape)
        self.u_initializer = keras.initializers.RandomNormal(stddev=1.0)
        channels = self.kernel.shape[self.output_axis]
        self.u = self.add_weight(shape=(channels,), initializer=self.u_initializer, trainable=False, name="u")

    def call(self: Any, inputs: Tensor, training: bool = False) -> Tensor:
        outputs = self.linear(inputs, normalised(self.kernel, self.u, training, self.output_axis))
        if self.use_bias:
            outputs = outputs + tf.convert_to_tensor(self.bias)
        return outputs if self.activation is None else self.activation(outputs)


@keras.saving.register_keras_serializable("aigc_demo")
class SpectralDense(_Spectral, layers.Dense):
    """`Dense` that multiplies by W / sigma(W), W [inputs, units]: no input is ever stretched by more than 1."""

    def linear(self, inputs: Tensor, kernel: Tensor) -> Tensor:
        return tf.matmul(inputs, kernel)


@keras.saving.register_keras_serializable("aigc_demo")
class SpectralConv2D(_Spectral, layers.Conv2D):
    """`Conv2D` with the kernel W / sigma(W), where W is [height * width * channels in, channels out] as in the paper.

    That bounds the matrix, not the convolution: this may stretch an image by up to sqrt(height * width).
    """

    def linear(self, inputs: Tensor, kernel: Tensor) -> Tensor:
        return self.convolution_op(inputs, kernel)


@keras.saving.register_keras_serializable("aigc_demo")
class SpectralConv2DTranspose(_Spectral, layers.Conv2DTranspose):
    """`Conv2DTranspose` with the kernel W / sigma(W), W [height * width * channels in, channels out]."""

    output_axis = 2  # Keras stores it as [height, width, channels out, channels in]

    def linear(self, inputs: Tensor, kernel: Tensor) -> Tensor:
        return keras.ops.conv_transpose(inputs, kernel, strides=list(self.strides), padding=self.padding)
