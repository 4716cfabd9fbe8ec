"""What networks tell of themselves while they learn: single numbers that say more than any loss, such as attention's gate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.networks import generate

LOOKED_AT = 16  # images for `Outside`: it is asked a few times a second


class Told:
    """The scalars of both players, as they are trained. A layer names its own in an attribute `told = ("gamma",)`.

    `measured` are those that no variable holds, by names of the same kind.
    """

    def __init__(
        self, generator: Any, discriminator: Any, measured: Mapping[str, Callable[[], float]] | None = None
    ) -> None:
        self._measured = measured or {}
        self._variables = {
            f"{player}.{layer.name}.{variable.name}": variable
            for player, model in (("g", generator), ("d", discriminator))
            for layer in model.layers
            for variable in layer.variables
            if variable.name in getattr(layer, "told", ())
        }

    def __call__(self) -> dict[str, float]:
        """Their values by player, layer and name, e.g. `g.attention.gamma`."""
        found = {name: float(variable.numpy()) for name, variable in self._variables.items()}
        return found | {name: measure() for name, measure in self._measured.items()}


class Outside:
    """The share of the pixels that `generator` draws beyond [-1, 1], and that are clipped wherever they are shown."""

    def __init__(self, generator: Any) -> None:
        self._generator = generator
        latent_size = generator.inputs[0].shape[-1]
        self._z = np.random.default_rng(0).standard_normal((LOOKED_AT, latent_size)).astype(np.float32)
        self._labels = np.arange(LOOKED_AT) % 10
        self._share = tf.function(self._measure, autograph=False)

    def __call__(self) -> float:
        """From 0, none, to 1."""
        return float(self._share().numpy())

    def _measure(self) -> Any:
        images = generate(self._generator, tf.constant(self._z), tf.constant(self._labels), training=False)
        return tf.reduce_mean(tf.cast(tf.abs(images) > 1.0, tf.float32))
