"""One round of the Dirac-GAN, played with a loss's own terms: the slopes that the two numbers are moved by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from aigc_demo.backend import tf
from aigc_demo.explain.logits import game_terms
from aigc_demo.losses import AUXILIARIES, DOutput, Loss, Round, Term, carry, evaluate, find_loss

ADDED = "r1"  # what the reader can add to any loss
_WIDEST = 6.0  # where the resting logit is looked for
_HALVINGS = 60


def played(loss_key: str) -> Loss:
    """The loss with R1, whose weight is the reader's to choose; `NotFound` for an unknown name."""
    return carry(find_loss(loss_key), AUXILIARIES[ADDED])


def slopes(loss_key: str, psi: float, theta: float, weights: Mapping[str, float] | None = None) -> tuple[float, float]:
    """(dL_D / dpsi, dL_G / dtheta) of one game; R1 weighs 0 unless `weights` says otherwise.

    A term of `weights` that the loss lacks changes nothing, as in `evaluate`.
    """
    loss = played(loss_key)
    own = {term.key for term in find_loss(loss_key).d_terms}
    added = {term.key: 0.0 for term in AUXILIARIES[ADDED].d_terms if term.key not in own}
    numbers = {"psi": tf.constant([psi], tf.float64), "theta": tf.constant([theta], tf.float64)}
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(numbers)
        round_ = round_of(numbers["psi"], numbers["theta"], resting_logit(loss_key))
        d_total, _ = evaluate(loss.d_terms, round_, {**added, **(weights or {})})
        g_total, _ = evaluate(loss.g_terms, round_, {**added, **(weights or {})})
    found = (tape.gradient(d_total, numbers["psi"]), tape.gradient(g_total, numbers["theta"]))
    d_slope, g_slope = (0.0 if slope is None else float(slope[0]) for slope in found)
    return d_slope, g_slope


def round_of(psi: Any, theta: Any, rest: float) -> Round:
    """The round of games (psi, theta), each [B]: images are single pixels, D answers psi x + `rest`."""

    def discriminator(images: Any, labels: Any) -> DOutput:
        return DOutput(psi * tf.reshape(images, [-1]) + rest)

    fake = tf.reshape(theta, [-1, 1, 1, 1])
    real = tf.zeros_like(fake)
    seed = tf.constant([0, 0])  # penalties draw points with it; D's slope is psi at each of them
    return Round(
        discriminator, None, None, real, fake, None, discriminator(real, None), discriminator(fake, None), seed
    )


@lru_cache(maxsize=32)
def resting_logit(loss_key: str) -> float:
    """The one answer to real and fake alike that costs D least: 1/2 for least squares with targets 0 and 1.

    0 where every answer costs the same, as where only differences count, or where none costs least. Mescheder's D has no
    such constant and needs none, because his losses rest at 0.
    """
    terms = game_terms(find_loss(loss_key), "d")
    low, high = -_WIDEST, _WIDEST
    if not _slope_of_both(terms, low) < 0 < _slope_of_both(terms, high):
        return 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        slope = _slope_of_both(terms, middle)
        if slope == 0:
            return middle
        low, high = (middle, high) if slope < 0 else (low, middle)
    return round((low + high) / 2, 9)


def _slope_of_both(terms: tuple[Term, ...], logit: float) -> float:
    """The slope of D's loss by an answer that it gives to both."""
    both = tf.constant([[logit]], tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(both)
        total, _ = evaluate(terms, logits_only(both, both), {})
    slope = tape.gradient(total, both)
    return 0.0 if slope is None else float(slope[0, 0])


def logits_only(real: Any, fake: Any) -> Round:
    """A round of which only the logits [1, B] exist: B games of one image each, which no mean over a batch mixes."""
    return Round(None, None, None, None, None, None, DOutput(real), DOutput(fake))
