"""What LeakyReLU does that ReLU does not: negative values, and the gradients that reach them, stay alive."""

from __future__ import annotations

from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.explain.studies.base import Batch, Claim, Finding, layers_of, spreads
from aigc_demo.text import Text, VisitorError

_NONE = Text(
    "这个模型的判别器没有 LeakyReLU。请选随附的模型。",
    "This model's discriminator has no LeakyReLU. Choose the shipped model.",
)


def study(batch: Batch) -> Finding:
    """The discriminator's last LeakyReLU on the real and the generated digits of this batch.

    Of a batch whose share s is negative, ReLU lets the gradient through at 1 - s of the places, and LeakyReLU with the
    slope a passes 1 - (1 - a) s on average.
    """
    layers = layers_of(batch.discriminator, "LeakyReLU")
    if not layers:
        raise VisitorError(_NONE)
    layer = layers[-1]
    slope = float(layer.negative_slope)
    before = np.concatenate([batch.at("d", layer.input, images) for images in (batch.real, batch.fake)])
    leaky, leaky_slope = _through(layer, before)
    relu, relu_slope = _through(tf.nn.relu, before)
    negative = float((before < 0).mean())
    units = before.reshape(len(before), -1)
    dead = (units <= 0).all(0)  # no image of the batch reaches them: behind a ReLU they would learn nothing from it
    passed = leaky_slope.reshape(len(before), -1)[:, dead]
    kept = (Claim("dead", slope, float(passed.mean()), "≈", 1e-4),) if dead.any() else ()
    return Finding(
        "d",
        layer.name,
        (
            Claim("zeros", float((before <= 0).mean()), float((relu == 0).mean()), "=", 1e-9),
            Claim("leaky_zeros", float((before == 0).mean()), float((leaky == 0).mean()), "=", 1e-9),
            Claim("relu_slope", 1 - negative, float(relu_slope.mean()), "≈", 1e-3),
            Claim("leaky_slope", 1 - (1 - slope) * negative, float(leaky_slope.mean()), "≈", 1e-3),
            *kept,
        ),
        figures={
            "slope": slope, "negative": negative, "units": float(units.shape[1]), "dead": float(dead.sum()),
            "count": float(len(before)),
        },
        spreads=spreads(before=before, relu=relu, leaky=leaky),
    )  # fmt: skip


def _through(function: Any, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A function of each value by itself, and its slope there, by automatic differentiation."""
    given = tf.constant(values)
    with tf.GradientTape() as tape:
        tape.watch(given)
        result = function(given)
    return result.numpy(), tape.gradient(result, given).numpy()
