"""What the eigenvalues foretell of two numbers, against the closed forms and against steps that are really made."""

from __future__ import annotations

from math import isclose, sqrt

import numpy as np
import pytest

from aigc_demo.explain.dirac.motion import (
    CRITICAL_GAMMA,
    LONGEST_ALTERNATING,
    Rule,
    alternating_is_bounded,
    edge_distance,
    growth,
    halving_time,
    jacobian,
    log_game,
    nonsaturating_pull,
    overdamped_rate,
    r1_eigenvalues,
    simultaneous_growth,
    steps_to_double,
    stops_at_edge,
    update_matrix,
)

STEPS = (0.001, 0.05, 0.1, 0.5, 1.0, 3.0)


@pytest.mark.parametrize("step", STEPS)
def test_simultaneous_steps_multiply_the_distance_by_the_root(step: float) -> None:
    assert isclose(simultaneous_growth(step), sqrt(1 + step**2 / 4), rel_tol=1e-12)
    assert isclose(growth(log_game(), Rule(step)), sqrt(1 + step**2 / 4), rel_tol=1e-12)
    assert isclose(growth(jacobian(1.0, -1.0), Rule(step)), sqrt(1 + step**2), rel_tol=1e-12)


def test_the_number_of_the_text_is_the_one_of_many_steps() -> None:
    state = np.array([0.3, 0.4, 0.0, 0.0])
    matrix = update_matrix(log_game(), Rule(0.1))
    for _ in range(100):
        state = matrix @ state
    assert isclose(np.hypot(*state[:2]) / 0.5, 1.133, abs_tol=5e-4)
    assert isclose(simultaneous_growth(0.1) ** steps_to_double(0.1), 2)


@pytest.mark.parametrize(("step", "bounded"), [(0.1, True), (1.0, True), (3.99, True), (4.01, False), (4.1, False)])
def test_steps_in_turns_are_bounded_below_four(step: float, bounded: bool) -> None:
    assert alternating_is_bounded(step) is bounded
    assert (growth(log_game(), Rule(step, alternating=True)) <= 1 + 1e-9) is bounded
    assert LONGEST_ALTERNATING == 4


def test_gamma_one_is_critical_and_the_fastest() -> None:
    assert r1_eigenvalues(CRITICAL_GAMMA) == (-0.5, -0.5)
    assert all(value.imag for value in r1_eigenvalues(0.9))
    assert not any(value.imag for value in r1_eigenvalues(1.1))
    times = {gamma: halving_time(gamma) for gamma in (0.0, 0.3, 0.99, 1.0, 1.01, 4.0)}
    assert times[0.0] == float("inf") and min(times, key=times.__getitem__) == 1.0
    assert isclose(overdamped_rate(10), 1 / 40, rel_tol=0.01)


@pytest.mark.parametrize("gamma", [0.0, 0.3, 1.0, 2.0])
def test_eigenvalues_are_those_of_the_matrix(gamma: float) -> None:
    ours = sorted(r1_eigenvalues(gamma), key=lambda value: (value.real, value.imag))
    found = sorted(np.linalg.eigvals(log_game(gamma)).astype(complex), key=lambda value: (value.real, value.imag))
    assert np.allclose(ours, found, atol=1e-7)


def test_momentum_makes_circles_wider() -> None:
    plain, heavy = (growth(log_game(), Rule(0.1, momentum=beta)) for beta in (0.0, 0.9))
    assert 1 < plain < heavy


def test_only_minimax_keeps_the_distance() -> None:
    assert nonsaturating_pull(1.0, 1.0) < 0 and nonsaturating_pull(-1.0, 1.0) < 0
    assert isclose(nonsaturating_pull(0.1, 0.1), -(0.01**2) / 2, rel_tol=1e-3)  # of fourth order in the distance


def test_a_heavy_slope_penalty_stops_the_game_away_from_the_data() -> None:
    assert edge_distance(1.5) == 3.0
    assert [stops_at_edge(weight) for weight in (0.3, 0.99, 1.0, 10.0)] == [False, False, True, True]
