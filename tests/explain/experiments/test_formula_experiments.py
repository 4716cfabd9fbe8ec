"""The experiments on the tutorial's formulas: every claim holds (seed 0), and every prediction is a closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest

from aigc_demo.explain.closed_form import TWO_LOG_TWO, dirac_growth, jensen_shannon, optimal_discriminator
from aigc_demo.explain.errata_theory import P, Q
from aigc_demo.explain.experiments import EXPERIMENTS
from aigc_demo.explain.experiments.derivations import CLOUDS, grid
from aigc_demo.explain.moments import digits5k
from tests.explain.experiments.conftest import Conclude

FORMULAS = ("F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8")


def _predicted(key: str) -> dict[str, float]:
    return {claim.key: claim.value for claim in EXPERIMENTS[key].claims}


@pytest.mark.parametrize("key", FORMULAS)
def test_every_claim_about_a_formula_holds(key: str, run_experiment: Conclude) -> None:
    concluded, frames = run_experiment(key)
    assert all(concluded.holds.values()), concluded
    assert {frame.side for frame in frames} == {"written", "corrected"}
    assert all(0.0 < frame.progress <= 1.0 for frame in frames)


def test_what_is_predicted_is_known_before_anything_runs() -> None:
    assert _predicted("F1")["value"] == -2 and _predicted("F1")["sum"] == 2
    assert _predicted("F2")["ratio"] == pytest.approx(1 + math.exp(5))
    assert _predicted("F3")["perfect"] == pytest.approx(2 * _predicted("F3")["blur"])
    assert _predicted("F4")["distance"] == digits5k().farthest
    assert _predicted("F6")["atoms"] == pytest.approx(1.253466, abs=1e-6)
    assert _predicted("F8")["growth"] == pytest.approx(math.sqrt(1 + 0.25 / 4))


def test_a_grey_picture_is_as_far_from_the_average_digit_as_predicted() -> None:
    mean = digits5k().mean_image / 127.5 - 1.0
    assert digits5k().from_grey == pytest.approx(float(np.square(0.0 - mean).sum()))
    assert digits5k().mean_pixel == pytest.approx(float(mean.mean()), abs=1e-9)


def test_the_best_discriminator_of_three_atoms_minimises_the_loss() -> None:
    def loss(d: np.ndarray) -> float:
        return float(-(np.array(P) * np.log(d)).sum() - (np.array(Q) * np.log(1 - d)).sum())

    best = np.array(optimal_discriminator(P, Q))
    assert loss(best) == pytest.approx(TWO_LOG_TWO - 2 * jensen_shannon(P, Q))
    for place in range(3):
        for change in (-0.01, 0.01):
            moved = best.copy()
            moved[place] += change
            assert loss(moved) > loss(best)


def test_the_clouds_least_loss_agrees_with_samples() -> None:
    """The grid's sum against a Monte Carlo mean of -log D* and -log(1 - D*), whose error is below 0.01."""
    random = np.random.default_rng(0)
    real, fake = (CLOUDS.draw(which, 100_000, random) for which in (0, 1))
    mean = -np.log(CLOUDS.optimum(real)).mean() - np.log(1 - CLOUDS.optimum(fake)).mean()
    assert CLOUDS.least_loss() == pytest.approx(float(mean), abs=0.01)
    area = (10 / 240) ** 2
    assert CLOUDS.density(0, grid(241, 5.0)).sum() * area == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("step", [0.1, 0.5, 2.0])
def test_a_simultaneous_step_near_the_equilibrium_turns_and_stretches(step: float) -> None:
    matrix = np.array([[1.0, step / 2], [-step / 2, 1.0]])
    assert np.abs(np.linalg.eigvals(matrix)) == pytest.approx(dirac_growth(step))
