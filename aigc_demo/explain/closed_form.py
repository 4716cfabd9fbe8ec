"""The few closed forms that the errata quote, in plain floats: what is printed is computed here and never typed."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, log1p, sqrt

TWO_LOG_TWO = 2 * log(2)


def sigmoid(s: float) -> float:
    return 1 / (1 + exp(-s)) if s >= 0 else exp(s) / (1 + exp(s))


def sigmoid_slope(s: float) -> float:
    return sigmoid(s) * sigmoid(-s)


def softplus(t: float) -> float:
    return max(t, 0.0) + log1p(exp(-abs(t)))


def total_variation(p: Sequence[float], q: Sequence[float]) -> float:
    """Half the summed difference of two distributions on the same atoms, in [0, 1]."""
    return sum(abs(a - b) for a, b in zip(p, q, strict=True)) / 2


def jensen_shannon(p: Sequence[float], q: Sequence[float]) -> float:
    """The Jensen-Shannon divergence in nats, in [0, ln 2]."""
    middle = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    return (_kullback_leibler(p, middle) + _kullback_leibler(q, middle)) / 2


def _kullback_leibler(p: Sequence[float], q: Sequence[float]) -> float:
    return sum(a * log(a / b) for a, b in zip(p, q, strict=True) if a > 0)


def minimax_value(p: Sequence[float], q: Sequence[float]) -> float:
    """V(D*, G) on atoms, with D* = p / (p + q)."""
    return sum(
        (a * log(a / (a + b)) if a > 0 else 0.0) + (b * log(b / (a + b)) if b > 0 else 0.0)
        for a, b in zip(p, q, strict=True)
    )


def double_sigmoid_losses(real_probability: float, fake_probability: float) -> float:
    """L_D when a probability P is used as a logit: softplus(-P(x)) + softplus(P(G(z)))."""
    return softplus(-real_probability) + softplus(fake_probability)


def steepest_double_sigmoid() -> tuple[float, float]:
    """(P, largest |slope| of softplus(-sigmoid(s)) over s), on a grid of P fine enough for four digits."""
    return max(
        ((p / 10_000, sigmoid(-p / 10_000) * p / 10_000 * (1 - p / 10_000)) for p in range(10_001)),
        key=lambda pair: pair[1],
    )


def optimal_discriminator(p: Sequence[float], q: Sequence[float]) -> tuple[float, ...]:
    """D* = p / (p + q) on atoms."""
    return tuple(a / (a + b) for a, b in zip(p, q, strict=True))


def dirac_growth(step: float) -> float:
    """What one simultaneous step multiplies a Dirac-GAN's small radius by: sqrt(1 + step^2 / 4)."""
    return sqrt(1 + step * step / 4)
