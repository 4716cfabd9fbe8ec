"""The smallest game of all, the Dirac-GAN, by one order of updates or the other and with or without momentum.

The data are the point 0, G is the point theta and D has the one weight psi: D(x) = sigmoid(psi x). Both minimise their
non-saturating losses (Mescheder, Geiger and Nowozin 2018, arXiv:1801.04406, section 2). Plain floats: no network, no
TensorFlow.
"""

from __future__ import annotations

from cmath import sqrt as complex_sqrt
from collections.abc import Callable, Iterator
from itertools import count
from math import cos, hypot, pi, sin, sqrt
from typing import Literal

from aigc_demo.explain.closed_form import sigmoid

Order = Literal["simultaneous", "alternating"]
Rule = Callable[[float], float]  # a gradient to be followed downhill -> the change of the parameter


def slope_of_d(psi: float, theta: float) -> float:
    """dL_D/dpsi for L_D = softplus(-psi * 0) + softplus(psi * theta)."""
    return theta * sigmoid(psi * theta)


def slope_of_g(psi: float, theta: float) -> float:
    """dL_G/dtheta for L_G = softplus(-psi * theta)."""
    return -psi * sigmoid(-psi * theta)


def play_points(angle: float, radius: float, order: Order, d_rule: Rule, g_rule: Rule) -> Iterator[tuple[float, float]]:
    """(psi, theta) at the start and after each step, for ever."""
    psi, theta = radius * sin(angle), radius * cos(angle)
    while True:
        yield psi, theta
        moved = psi + d_rule(slope_of_d(psi, theta))
        theta += g_rule(slope_of_g(moved if order == "alternating" else psi, theta))
        psi = moved


def distances(angle: float, radius: float, order: Order, make_rule: Callable[[], Rule], steps: int) -> list[float]:
    """How far the players are from their equilibrium (0, 0), at the start and after each of `steps` steps."""
    points = play_points(angle, radius, order, make_rule(), make_rule())
    return [hypot(*point) for point, _ in zip(points, range(steps + 1), strict=False)]


def start_angle(seed: int) -> float:
    """A start for this seed, in [0, 2 pi)."""
    return 2 * pi * ((seed * 0.6180339887498949) % 1.0)


def gradient_descent(rate: float) -> Rule:
    return lambda slope: -rate * slope


def momentum(rate: float, beta: float) -> Rule:
    """Descent along the running mean of the gradients, m = beta m + (1 - beta) g."""
    mean = 0.0

    def rule(slope: float) -> float:
        nonlocal mean
        mean = beta * mean + (1 - beta) * slope
        return -rate * mean

    return rule


def adam(rate: float, beta_1: float, beta_2: float = 0.999, epsilon: float = 1e-7) -> Rule:
    """Adam of one parameter (Kingma and Ba 2015, arXiv:1412.6980), with Keras's epsilon."""
    mean = square = 0.0
    steps = count(1)

    def rule(slope: float) -> float:
        nonlocal mean, square
        t = next(steps)
        mean = beta_1 * mean + (1 - beta_1) * slope
        square = beta_2 * square + (1 - beta_2) * slope * slope
        return -rate * (mean / (1 - beta_1**t)) / (sqrt(square / (1 - beta_2**t)) + epsilon)

    return rule


def growth(rate: float, beta: float = 0.0) -> float:
    """The factor by which simultaneous steps multiply the radius near (0, 0): the larger root of

    x^2 - (1 + beta + (1 - beta) i rate / 2) x + beta = 0 by size; sqrt(1 + rate^2 / 4) where beta is 0.
    """
    middle = (1 + beta + (1 - beta) * 0.5j * rate) / 2
    spread = complex_sqrt(middle * middle - beta)
    return max(abs(middle + spread), abs(middle - spread))


def swing(rate: float) -> float:
    """Largest over smallest radius of alternating steps near (0, 0), which keep psi^2 + theta^2 +- rate psi theta / 2."""
    return sqrt((1 + rate / 4) / (1 - rate / 4))
