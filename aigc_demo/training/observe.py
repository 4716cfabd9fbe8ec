"""Looking at a step without making it: its batch, D's opinions, every term, and what each pixel is told."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.losses import evaluate
from aigc_demo.training.game import Game
from aigc_demo.training.players import Habits


class Observation(NamedTuple):
    """The first n samples of a step's batch, as both players are now; terms and totals of the whole batch.

    The gradients are those of the batch's totals, so an image's share in them is about 1 / batch size of its own loss.
    With packs the logit of an image is that of its pack.
    """

    z: np.ndarray  # [n, latent_size]
    labels: np.ndarray  # [n]: the class of each real image, and the class asked of each fake one
    real: np.ndarray  # [n, 28, 28, 1] in [-1, 1]
    fake: np.ndarray  # [n, 28, 28, 1]
    real_logit: np.ndarray  # [n]
    fake_logit: np.ndarray  # [n]
    d_pixel_gradient: np.ndarray  # [n, 28, 28]: d L_D / d pixel of the fake images
    g_pixel_gradient: np.ndarray  # [n, 28, 28]: d L_G / d pixel of the fake images
    terms: dict[str, float]  # the mean of each term over the whole batch
    d_total: float
    g_total: float


class Observer:
    """Compiled at its first use, which takes about as long as the first step."""

    def __init__(self, game: Game, pac: int, xla: bool = False) -> None:
        """`xla`: whether the steps are compiled by XLA, whose normal numbers are others for the same seed."""
        self._game, self._pac = game, pac
        back = tf.TensorSpec([], tf.int32)
        self._look_once = tf.function(self._look, input_signature=[back], autograph=False, jit_compile=xla or None)

    def __call__(self, count: int, back: int) -> Observation:
        """Look at the first `count` samples, or at all where the batch has fewer, of the batch `back` steps before."""
        seen = {name: value.numpy() for name, value in self._look_once(tf.constant(back)).items()}
        terms = {name.removeprefix("term "): float(value) for name, value in seen.items() if name.startswith("term ")}
        logits = {name: np.repeat(seen[name], self._pac)[:count] for name in ("real_logit", "fake_logit")}
        return Observation(
            z=seen["z"][:count],
            labels=seen["labels"][:count],
            real=seen["real"][:count],
            fake=seen["fake"][:count],
            real_logit=logits["real_logit"],
            fake_logit=logits["fake_logit"],
            d_pixel_gradient=seen["d_pixel_gradient"][:count, :, :, 0],
            g_pixel_gradient=seen["g_pixel_gradient"][:count, :, :, 0],
            terms=terms,
            d_total=float(seen["d_total"]),
            g_total=float(seen["g_total"]),
        )

    def _look(self, back: Any) -> dict[str, Any]:
        game, players = self._game, self._game.players
        habits = [(habit, habit.seen()) for habit in (Habits(players.generator), Habits(players.discriminator))]
        batch = game.batch(0, back)
        fake = game.draw(batch.z, batch.labels)
        with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
            tape.watch(fake)
            round_ = game.round(batch, fake)
            d_total, d_values = evaluate(game.loss.d_terms, round_, game.dials.weights)
            g_total, g_values = evaluate(game.loss.g_terms, round_, game.dials.weights)
        gradients = {
            name: tape.gradient(total, fake, unconnected_gradients=tf.UnconnectedGradients.ZERO)
            for name, total in (("d_pixel_gradient", d_total), ("g_pixel_gradient", g_total))
        }
        for habit, values in habits:
            habit.put_back(values)
        return {
            "z": batch.z,
            "labels": batch.labels,
            "real": batch.real,
            "fake": fake,
            "real_logit": round_.real_out.logit,
            "fake_logit": round_.fake_out.logit,
            **gradients,
            **{f"term {key}": value for key, value in (d_values | g_values).items()},
            "d_total": d_total,
            "g_total": g_total,
        }
