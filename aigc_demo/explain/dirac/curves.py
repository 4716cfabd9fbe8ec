"""The Dirac-GAN of a loss as a few functions of one number, tabulated from its terms for a page without TensorFlow.

With s = psi x + c the real logit is always c and the fake one is c + t, where t = psi theta. So all that the two players
feel is

    dL_D / dpsi   = theta d(t) + sum of w_k p_k(psi)        p_k: the penalties on D's slope, which is psi
    dL_G / dtheta = psi g(t)   + sum of w_k r_k(theta)      r_k: what holds G to the data

Each function is a chain of cubics that meet its values and slopes at both ends of every piece, taken just inside the
piece, so that a jump at a knot (a hinge, or a penalty at psi = 0) stays a jump.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.explain.dirac.game import logits_only, played, resting_logit, round_of
from aigc_demo.explain.logits import game_terms
from aigc_demo.losses import Player, Term, evaluate, find_loss

Function = Callable[[Any], Any]  # values [N] at points [N], tensors of float64

_LOGIT_REACH, _LOGIT_STEP = 12.0, 0.1  # beyond 12 all are straight to 6e-6
_REACH, _STEP = 6.0, 0.5  # of psi and theta, where all are straight but for kinks at whole numbers
_INSIDE = 1e-9
_DIGITS = 10


class Curve(NamedTuple):
    """A function on `start`, `start + step` ...: its values at the knots [K + 1] and its pieces [K, 4].

    Piece k is c0 + c1 u + c2 u^2 + c3 u^3 with u in [0, 1] from its left knot; beyond the ends it goes straight on.
    """

    start: float
    step: float
    knots: list[float]
    pieces: list[list[float]]


class Weighted(NamedTuple):
    """A term that has a weight, as a function of one number."""

    key: str
    symbol: str
    weight: float
    most: float
    curve: Curve


class Portrait(NamedTuple):
    """What the page needs of a loss. `rest` is D's constant c, `clip` the loss's own bound on D's weight."""

    loss: str
    rest: float
    clip: float | None
    d: Curve
    g: Curve
    penalties: list[Weighted]
    holds: list[Weighted]


@lru_cache(maxsize=32)
def portrait(loss_key: str) -> Portrait:
    """The tables of a loss; shared: do not change them. Raises `NotFound` for an unknown name."""
    loss, own = played(loss_key), find_loss(loss_key)
    in_loss = {term.key for term in own.d_terms + own.g_terms}

    def weighted(term: Term, function: Function) -> Weighted:
        weight = term.weight if term.key in in_loss else 0.0
        return Weighted(term.key, term.symbol, weight, term.most, _curve(function, _REACH, _STEP))

    rest = resting_logit(loss_key)
    penalties = [term for term in loss.d_terms if term not in game_terms(loss, "d")]
    holds = [term for term in loss.g_terms if term not in game_terms(loss, "g")]
    return Portrait(
        loss_key,
        rest,
        own.clip,
        _curve(_by_fake_logit(loss_key, "d", rest), _LOGIT_REACH, _LOGIT_STEP),
        _curve(_by_fake_logit(loss_key, "g", rest), _LOGIT_REACH, _LOGIT_STEP),
        [weighted(term, _by_psi(term)) for term in penalties],
        [weighted(term, _by_theta(term)) for term in holds],
    )  # fmt: skip


def _by_fake_logit(loss_key: str, player: Player, rest: float) -> Function:
    """t -> the slope of the player's game by the fake logit, at the logits (c, c + t)."""
    terms = game_terms(find_loss(loss_key), player)

    def slope(t: Any) -> Any:
        with tf.GradientTape() as tape:
            fake = (rest + t)[None, :]
            tape.watch(fake)
            total, _ = evaluate(terms, logits_only(tf.fill(tf.shape(fake), tf.constant(rest, tf.float64)), fake), {})
        found = tape.gradient(total, fake, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        return found[0] * tf.cast(tf.size(t), t.dtype)  # `evaluate` takes the mean over the games

    return slope


def _by_psi(term: Term) -> Function:
    def slope(psi: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(psi)
            value = term.fn(round_of(psi, tf.ones_like(psi), 0.0))
        return tape.gradient(value, psi)

    return slope


def _by_theta(term: Term) -> Function:
    def slope(theta: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(theta)
            value = term.fn(round_of(tf.ones_like(theta), theta, 0.0))
        return tape.gradient(value, theta)

    return slope


def _curve(function: Function, reach: float, step: float) -> Curve:
    knots = np.arange(round(-reach / step), round(reach / step) + 1) * step
    at_knots, _ = _values(function, knots)
    (left, left_slope), (right, right_slope) = (
        _values(function, knots[:-1] + _INSIDE),
        _values(function, knots[1:] - _INSIDE),
    )
    rise, start, end = right - left, step * left_slope, step * right_slope
    pieces = np.stack([left, start, 3 * rise - 2 * start - end, start + end - 2 * rise], axis=1)
    return Curve(-reach, step, _rounded(at_knots), [_rounded(piece) for piece in pieces])


def _values(function: Function, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Values and slopes [N] of a function at points [N]."""
    at = tf.constant(points, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(at)
        values = function(at)
    slopes = tape.gradient(values, at, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    return values.numpy(), slopes.numpy()


def _rounded(values: np.ndarray) -> list[float]:
    """Ten digits behind the point, and no -0.0."""
    return [round(float(value), _DIGITS) + 0.0 for value in values]
