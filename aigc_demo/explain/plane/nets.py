"""The two small networks of the laboratory, as functions of weights that are given to them.

Points are dressed as images [B, 1, 1, 2] for the losses, which know nothing but images.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from aigc_demo.backend import tf
from aigc_demo.networks.base import DOutput
from aigc_demo.recipes.numbers import whole_number
from aigc_demo.text import Text, VisitorError

Tensor = Any
Activation = Literal["relu", "tanh"]
ACTIVATIONS: tuple[Activation, ...] = ("relu", "tanh")
SLOPE = 0.2  # of D's leaky ReLU
DIMENSIONS = 2

_LIMITS = {"latent": (1, 64), "width_d": (4, 128), "width_g": (4, 128), "batch": (16, 512)}
_NAMES = {
    "latent": Text("z 的维数", "The size of z"),
    "width_d": Text("判别器每层的神经元数", "The discriminator's width"),
    "width_g": Text("生成器每层的神经元数", "The generator's width"),
    "batch": Text("批大小", "The batch size"),
}
_NO_ACTIVATION = Text("激活函数应为 {known} 之一。", "The activation must be one of {known}.")


@dataclass(frozen=True)
class Nets:
    """Sizes that a graph is traced for: G is latent-width-width-2, D is 2-width-width-1."""

    latent: int = 2
    width_d: int = 64
    width_g: int = 64
    batch: int = 256
    activation: Activation = "relu"  # of G's hidden layers

    def shapes(self, player: str) -> list[tuple[int, ...]]:
        """Of a player's weights, kernel and bias in turn."""
        sizes = (DIMENSIONS, self.width_d, self.width_d, 1)
        if player == "g":
            sizes = (self.latent, self.width_g, self.width_g, DIMENSIONS)
        return [shape for size, after in itertools.pairwise(sizes) for shape in ((size, after), (after,))]

    def generate(self, weights: Sequence[Tensor], z: Tensor) -> Tensor:
        """Points [B, 2] from z [B, latent]."""
        bend = tf.nn.relu if self.activation == "relu" else tf.tanh
        return _dense(bend(_dense(bend(_dense(z, weights[:2])), weights[2:4])), weights[4:])

    def discriminate(self, weights: Sequence[Tensor], points: Tensor) -> DOutput:
        """D's logit [B] of points, [B, 2] or dressed as images, and its last hidden layer."""
        hidden = tf.nn.leaky_relu(_dense(tf.reshape(points, [-1, DIMENSIONS]), weights[:2]), SLOPE)
        features = tf.nn.leaky_relu(_dense(hidden, weights[2:4]), SLOPE)
        return DOutput(tf.squeeze(_dense(features, weights[4:]), axis=-1), None, features)


def make_nets(activation: object = "relu", **sizes: object) -> Nets:
    """Networks of these sizes, which may be strings. Raises `VisitorError`."""
    if activation not in ACTIVATIONS:
        raise VisitorError(_NO_ACTIVATION.format(known=", ".join(ACTIVATIONS)))
    return Nets(
        **{key: whole_number(value, *_LIMITS[key], _NAMES[key]) for key, value in sizes.items()}, activation=activation
    )


def as_images(points: Tensor) -> Tensor:
    return tf.reshape(points, [-1, 1, 1, DIMENSIONS])


def _dense(x: Tensor, weights: Sequence[Tensor]) -> Tensor:
    kernel, bias = weights
    return tf.nn.bias_add(tf.matmul(x, kernel), bias)
