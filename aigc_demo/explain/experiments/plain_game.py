"""The smallest GAN that runs: the repaired networks of section 4.3 and one step, eager or compiled.

The project's trainer always scales its images, seeds its draws and compiles its steps. Experiments on just these three
need a game in which each of them can be left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.explain.experiments.playing import as_pictures
from aigc_demo.networks import build_discriminator, build_generator
from aigc_demo.networks.initialise import initialise

LATENT_SIZE = 100
NETWORKS = "tutorial_4_3_repaired"
FIGURES = ("d_total", "g_total", "score_real", "score_fake")


class PlainGame:
    """Non-saturating GAN, both players updated from one forward pass, Adam(2e-4, 0.5)."""

    def __init__(self, seed: int, learning_rate: float = 2e-4) -> None:
        self.generator, self.discriminator = build_generator(NETWORKS), build_discriminator(NETWORKS)
        import keras

        self._optimisers = [keras.optimizers.Adam(learning_rate, 0.5) for _ in range(2)]
        self._players = (self.discriminator, self.generator)
        for optimiser, model in zip(self._optimisers, self._players, strict=True):
            optimiser.build(model.trainable_variables)
        self.reset(seed)

    def reset(self, seed: int) -> None:
        """Begin anew from `seed`, in place."""
        for number, (optimiser, model) in enumerate(zip(self._optimisers, self._players, strict=True)):
            initialise(model, seed, number)
            rate = float(optimiser.learning_rate.numpy())
            for variable in optimiser.variables:
                variable.assign(np.zeros(variable.shape, variable.dtype))
            optimiser.learning_rate.assign(rate)

    def step(self, real: Any, z: Any) -> Any:
        """One step on real images [B, 28, 28, 1] and z [B, 100]; returns the `FIGURES` before it, float32 [4]."""
        with tf.GradientTape(persistent=True) as tape:
            fake = self.generator(z, training=True)
            s_real, s_fake = (self.discriminator(images, training=True)["logit"] for images in (real, fake))
            d_total = tf.reduce_mean(tf.nn.softplus(-s_real)) + tf.reduce_mean(tf.nn.softplus(s_fake))
            g_total = tf.reduce_mean(tf.nn.softplus(-s_fake))
        variables = [model.trainable_variables for model in self._players]
        gradients = [tape.gradient(total, own) for total, own in zip((d_total, g_total), variables, strict=True)]
        for optimiser, changes, own in zip(self._optimisers, gradients, variables, strict=True):
            optimiser.apply(changes, own)
        return tf.stack([d_total, g_total, tf.reduce_mean(s_real), tf.reduce_mean(s_fake)])

    def compiled(self) -> Any:
        """`step` as one graph, a `tf.function`."""
        return tf.function(self.step, autograph=False)

    def samples(self, count: int, seed: int = 1) -> np.ndarray:
        """Images in [-1, 1], float32 [count, 784], from points of this seed."""
        z = np.random.default_rng(seed).standard_normal((count, LATENT_SIZE)).astype(np.float32)
        return np.asarray(self.generator(z, training=False)).reshape(count, -1)

    def pictures(self, count: int) -> np.ndarray:
        """What the generator makes of fixed points now, uint8 [count, 28, 28]."""
        return as_pictures(self.samples(count))


def batches(images: np.ndarray, size: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Real images float32 [size, 28, 28, 1], drawn from `images` [n, 28, 28] as they are, and z [size, 100], for ever."""
    draw = np.random.default_rng(seed)
    while True:
        rows = draw.integers(len(images), size=size)
        z = draw.standard_normal((size, LATENT_SIZE)).astype(np.float32)
        yield images[rows][..., None].astype(np.float32), z
