"""Who moves first, momentum, seeds, compiling; what is shown, what is said of the loss, and where it runs."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import Normalize

from aigc_demo.explain.experiments import showing_errors
from tests.explain.experiments.conftest import Conclude


@pytest.mark.parametrize("key", ["C13", "C14", "C15", "C16", "C17", "C18", "C19"])
def test_every_claim_about_the_training_holds(key: str, run_experiment: Conclude) -> None:
    concluded, frames = run_experiment(key)
    assert all(concluded.holds.values()), concluded
    assert {frame.side for frame in frames} == {"written", "corrected"}


@pytest.mark.parametrize("seed", range(1, 12))
@pytest.mark.parametrize("key", ["C13", "C14"])
def test_the_two_numbers_do_so_from_every_start(key: str, seed: int, run_experiment: Conclude) -> None:
    concluded, _ = run_experiment(key, seed)
    assert all(concluded.holds.values()), concluded


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_grid_shows_what_one_image_hides_whatever_is_drawn(seed: int, run_experiment: Conclude) -> None:
    concluded, _ = run_experiment("C17", seed)
    assert all(concluded.holds.values()), concluded


def test_autoscaling_is_that_of_the_plotting_library() -> None:
    image = np.random.default_rng(0).normal(0.3, 0.01, (28, 28))
    assert np.allclose(showing_errors.autoscale(image), Normalize()(image))
    assert np.allclose(showing_errors.fixed_scale(image), Normalize(-1.0, 1.0)(image))


def test_expected_classes_is_the_coupon_collectors_number() -> None:
    drawn = np.random.default_rng(0).integers(10, size=(4000, 20))
    found = np.mean([len(np.unique(row)) for row in drawn])
    assert showing_errors.expected_classes(20) == pytest.approx(found, abs=0.05)


def test_unseeded_runs_begin_from_two_seeds_of_the_systems(run_experiment: Conclude) -> None:
    _, frames = run_experiment("C15")
    seeds = {side: {frame.rows[0][1] for frame in frames if frame.side == side and frame.rows} for side in
             ("written", "corrected")}  # fmt: skip
    assert len(seeds["written"]) == 2 and seeds["corrected"] == {"0"}
