"""What the eigenvalues foretell: how two numbers move near the point where both rest.

Near psi = theta = 0 every game is linear: (psi, theta)' = J (psi, theta) with J = [[-p, -d], [-g, -r]], where d and g are
the slopes of D's and G's loss by the fake logit, and p and r what penalties and reconstruction add.
Source: Mescheder et al. 2018, arXiv:1801.04406; the discrete steps are worked out in the docstrings.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np

ROTATION = 0.5  # |d| = |g| of the log losses: the sigmoid at 0
WASSERSTEIN_ROTATION = 1.0  # their slopes are 1 everywhere
CRITICAL_GAMMA = 2 * ROTATION
LONGEST_ALTERNATING = 2 / ROTATION


@dataclass(frozen=True)
class Rule:
    """How steps are made: of size `step`, both at once or D first, with Adam's average of slopes over `momentum`."""

    step: float
    alternating: bool = False
    momentum: float = 0.0


def jacobian(d: float, g: float, penalty: float = 0.0, hold: float = 0.0) -> np.ndarray:
    """[2, 2], of the order (psi, theta)."""
    return np.array([[-penalty, -d], [-g, -hold]])


def log_game(gamma: float = 0.0) -> np.ndarray:
    """J of the minimax, the non-saturating and the paired games, with R1 of weight `gamma`."""
    return jacobian(ROTATION, -ROTATION, gamma)


def simultaneous_growth(step: float, rotation: float = ROTATION) -> float:
    """What each simultaneous step multiplies the distance by, where the flow turns in circles: above 1 for every step.

    The step matrix is I + step J with J a rotation by 90 degrees times `rotation`, so (1, step rotation) are the legs.
    """
    return hypot(1.0, step * rotation)


def alternating_is_bounded(step: float, rotation: float = ROTATION) -> bool:
    """Whether D's and then G's step in turns stay bounded, where the flow turns in circles.

    The matrix [[1, -a], [a, 1 - a^2]] with a = step rotation has determinant 1, so its eigenvalues lie on the unit circle
    as long as its trace 2 - a^2 is above -2.
    """
    return step * rotation < 2


def r1_eigenvalues(gamma: float) -> tuple[complex, complex]:
    """-gamma/2 +- sqrt(gamma^2/4 - 1/4): a spiral below gamma = 1, two real ones above."""
    root = complex(gamma * gamma / 4 - ROTATION**2) ** 0.5
    return -gamma / 2 + root, -gamma / 2 - root


def update_matrix(j: np.ndarray, rule: Rule) -> np.ndarray:
    """One step as a matrix [4, 4] on (psi, theta, m_psi, m_theta), m being the averages of slopes."""
    keep, new = rule.momentum, 1 - rule.momentum
    first, second = np.eye(4), np.eye(4)
    for matrix, player in ((first, 0), (second, 1)):
        average = np.zeros(4)
        average[:2], average[2 + player] = -new * j[player], keep
        matrix[2 + player] = average
        matrix[player] = matrix[player] - rule.step * average
    if rule.alternating:
        return second @ first
    both = first.copy()
    both[[1, 3]] = second[[1, 3]]
    return both


def growth(j: np.ndarray, rule: Rule) -> float:
    """What a step multiplies the distance by in the long run: the largest absolute eigenvalue of a step."""
    return float(np.abs(np.linalg.eigvals(update_matrix(j, rule))).max())


def nonsaturating_pull(psi: float, theta: float) -> float:
    """d(r^2 / 2) / dt of the non-saturating flow: -t tanh(t / 2) with t = psi theta; minimax keeps r."""
    t = psi * theta
    return -t * float(np.tanh(t / 2))


def steps_to_double(step: float) -> float:
    """Simultaneous steps after which circles have become twice as wide."""
    return float(np.log(2) / np.log(simultaneous_growth(step)))


def halving_time(gamma: float) -> float:
    """How long, in time, the slower part of an R1 game takes to halve; infinite at gamma = 0."""
    slowest = max(value.real for value in r1_eigenvalues(gamma))
    return float("inf") if slowest >= 0 else float(np.log(2)) / -slowest


def edge_distance(weight: float, pull: float = 1.0) -> float:
    """Where a penalty `weight` (|psi| - 1)^2 and the pull of G's place balance as psi fades to 0: 2 weight / d.

    D is flat there, the penalty pushes it to one side with 2 weight, and the game with theta d to the other.
    """
    return 2 * weight / pull


def stops_at_edge(weight: float, rotation: float = WASSERSTEIN_ROTATION) -> bool:
    """Whether the Wasserstein game with that penalty stops there, instead of turning on to the other side of psi = 0.

    Around the edge x^2 + 2 weight x + rotation^2 = 0 has real roots from weight = rotation on.
    """
    return weight >= rotation


def overdamped_rate(gamma: float) -> float:
    """The slower rate above gamma = 1: it falls towards 1 / (4 gamma), so that more penalty makes it slower."""
    return gamma / 2 - sqrt(max(0.0, gamma * gamma / 4 - ROTATION**2))
