"""Rounds of the game made from bare logits, so that a loss can be tested without any network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.losses import DOutput, Loss, Player, Round, Term, evaluate


def round_of(real_logits: Any, fake_logits: Any, dtype: str = "float64", /, **more: Any) -> Round:
    """A round in which D gave these logits [B] each; `more` fills other fields of the Round."""
    outs = [DOutput(tf.convert_to_tensor(logits, dtype)) for logits in (real_logits, fake_logits)]
    empty = dict.fromkeys(("discriminator", "generator", "z", "real", "fake", "labels"))
    return Round(**{**empty, "real_out": outs[0], "fake_out": outs[1], **more})


def game(loss: Loss, player: Player) -> tuple[Term, ...]:
    """The terms of the adversarial game itself, which need nothing but logits."""
    return tuple(term for term in loss.terms(player) if not term.auxiliary)


def total(loss: Loss, player: Player, real: Any, fake: Any, dtype: str = "float64") -> Any:
    return evaluate(game(loss, player), round_of(real, fake, dtype), {})[0]


def term_of(loss: Loss, key: str) -> Term:
    return next(term for term in loss.d_terms + loss.g_terms if term.key == key)


def slopes(function: Callable[[Any], Any], at: Iterable[float], dtype: str = "float64") -> tuple[Any, Any]:
    """Values and derivatives of an elementwise function at the points `at`."""
    points = tf.convert_to_tensor(list(at), dtype)
    with tf.GradientTape() as tape:
        tape.watch(points)
        values = function(points)
    return values.numpy(), tape.gradient(values, points).numpy()


def linear_critic(pull: Sequence[float]) -> Callable[[Any, Any], DOutput]:
    """D(x) = a . x, whose slope is ||a|| everywhere; `pull` gives the first entries of a, the others are 0."""
    weights = np.zeros(784)
    weights[: len(pull)] = pull

    def opinion(images: Any, labels: Any) -> DOutput:
        flat = tf.reshape(images, [-1, 784])
        return DOutput(tf.linalg.matvec(flat, tf.constant(weights, images.dtype)))

    return opinion
