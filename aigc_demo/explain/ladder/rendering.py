"""The tutorial's §4.3 code in our own rendering: every mistake that stops it is kept, and each repair is a switch.

The functions below are never called as they stand. `script` runs their code in a namespace of its own, which holds only
what the repairs put there, so that a name which nobody has defined fails just as it does in a script.
"""

# ruff: noqa: F821, F823
# mypy: disable-error-code="name-defined, used-before-def, has-type"

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any

import numpy as np

from aigc_demo.backend import tf

BATCH = 128
PIXELS = 784
LATENT = 100

Iteration = Callable[[frozenset[str]], dict[str, float]]


def script(repairs: frozenset[str], images: np.ndarray, in_function: bool = False) -> Iteration:
    """One pass of the training loop, to be called again and again; `images` float32 [n, 28, 28] in [-1, 1].

    It returns the three losses by name, and raises whatever the code as repaired so far raises.
    """
    generator, discriminator = _classes()
    adam = tf.keras.optimizers.Adam
    namespace: dict[str, Any] = {
        "__builtins__": __builtins__,
        **{name: globals()[name] for name in ("tf", "BATCH", "PIXELS", "LATENT")},
        "gen_loss": _cross_entropy,
        "disc_loss": _cross_entropy,
        "gen_optimizer": adam(learning_rate=2e-4),
        "disc_optimizer": adam(learning_rate=2e-4),
    }
    if "gen" in repairs:
        namespace["gen"] = generator()
    if "images" in repairs:
        namespace["train_images"] = images
    if "disc" in repairs:
        namespace["disc"] = discriminator()
    if "disc_built" in repairs:
        namespace["disc"].build((None, PIXELS))
    return FunctionType((_inside_a_function if in_function else _as_a_script).__code__, namespace)


def _classes() -> tuple[type, type]:
    """Two dense layers each, with nothing between them; D ends in a sigmoid."""
    layers = tf.keras.layers

    class Generator(tf.keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.stack = [layers.Dense(256), layers.Dense(PIXELS, "tanh")]

        def call(self, inputs: Any) -> Any:
            return self.stack[1](self.stack[0](inputs))

    class Discriminator(tf.keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.stack = [layers.Dense(256), layers.Dense(1, "sigmoid")]

        def call(self, inputs: Any) -> Any:
            return self.stack[1](self.stack[0](inputs))

        def build(self, shape: Any) -> None:
            self.stack[0].build(shape)
            self.stack[1].build((None, 256))
            self.built = True

    return Generator, Discriminator


def _cross_entropy(y_true: Any, y_pred: Any) -> Any:
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y_true, logits=y_pred))


def _as_a_script(repairs: frozenset[str]) -> dict[str, float]:
    global gen_loss
    noise = tf.random.normal([BATCH, LATENT])
    with tf.GradientTape() as tape_of_g, tf.GradientTape() as tape_of_d:
        drawn = gen(noise)
        real = train_images[:BATCH].reshape(BATCH, PIXELS) if "batch" in repairs else train_images[0]
        width = PIXELS if "labels" in repairs else 1
        ones, zeros = tf.ones((BATCH, width)), tf.zeros((BATCH, width))
        disc_loss_real = disc_loss(real, ones)
        disc_loss_fake = disc_loss(drawn, zeros)
        if "renamed" in repairs:
            g_value = gen_loss(drawn, zeros)
        else:
            gen_loss = g_value = gen_loss(drawn, zeros)
    slopes_of_g = tape_of_g.gradient(g_value, gen.trainable_variables)
    slopes_of_d = tape_of_d.gradient(disc_loss_real + disc_loss_fake, disc.trainable_variables)
    if "no_optimisers" not in repairs:
        gen_optimizer.apply_gradients(zip(slopes_of_g, gen.trainable_variables))  # noqa: B905
        disc_optimizer.apply_gradients(zip(slopes_of_d, disc.trainable_variables))  # noqa: B905
    return {"g": float(g_value), "d_real": float(disc_loss_real), "d_fake": float(disc_loss_fake)}


def _inside_a_function(repairs: frozenset[str]) -> dict[str, float]:
    """The one line that behaves differently there: without `global`, assigning makes the name a local one."""
    drawn = gen(tf.random.normal([BATCH, LATENT]))
    gen_loss = gen_loss(drawn, tf.zeros((BATCH, PIXELS)))  # type: ignore[misc]
    return {"g": float(gen_loss)}
