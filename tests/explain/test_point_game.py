"""The Dirac-GAN in plain floats: its slopes are those of the losses, its rules Keras's, its growth the closed form."""

from __future__ import annotations

from math import hypot, log10, sqrt

import numpy as np
import pytest

from aigc_demo import backend
from aigc_demo.explain import point_game as game
from aigc_demo.explain.closed_form import softplus


def test_slopes_are_derivatives_of_the_losses() -> None:
    h, psi, theta = 1e-6, 0.7, -1.3
    d = (softplus((psi + h) * theta) - softplus((psi - h) * theta)) / (2 * h)
    g = (softplus(-psi * (theta + h)) - softplus(-psi * (theta - h))) / (2 * h)
    assert game.slope_of_d(psi, theta) == pytest.approx(d, rel=1e-6)
    assert game.slope_of_g(psi, theta) == pytest.approx(g, rel=1e-6)


@pytest.mark.parametrize("rate", [0.05, 0.2, 1.0])
def test_simultaneous_steps_grow_by_the_closed_form(rate: float) -> None:
    assert game.growth(rate) == pytest.approx(sqrt(1 + rate * rate / 4))
    curve = game.distances(1.0, 1e-6, "simultaneous", lambda: game.gradient_descent(rate), 20)
    assert curve[-1] / curve[0] == pytest.approx(game.growth(rate) ** 20, rel=1e-6)


@pytest.mark.parametrize("rate", [0.05, 0.2, 1.0])
def test_alternating_steps_keep_their_ellipse(rate: float) -> None:
    curve = game.distances(1.0, 1e-5, "alternating", lambda: game.gradient_descent(rate), 5000)
    assert max(curve) / min(curve) == pytest.approx(game.swing(rate), rel=2e-3)


@pytest.mark.parametrize("beta", [0.5, 0.9])
def test_momentum_grows_by_the_root_and_faster_than_none(beta: float) -> None:
    curve = game.distances(0.3, 1e-8, "simultaneous", lambda: game.momentum(0.1, beta), 300)
    assert log10(curve[300] / curve[100]) / 200 == pytest.approx(log10(game.growth(0.1, beta)), rel=1e-3)
    small = 1e-3
    assert (game.growth(small, beta) ** 2 - 1) / (small * small / 4) == pytest.approx((1 + beta) / (1 - beta), rel=1e-2)


def test_adam_is_keras_adam() -> None:
    backend.load()
    import keras

    variable = keras.Variable(np.float32(0.0))
    optimiser = keras.optimizers.Adam(0.03, beta_1=0.5)
    optimiser.build([variable])
    rule, place = game.adam(0.03, 0.5), 0.0
    for slope in (0.5, -0.2, 0.1, 0.7, 0.0, -1.0):
        optimiser.apply([backend.tf.constant(slope, backend.tf.float32)], [variable])
        place += rule(slope)
        assert float(variable.numpy()) == pytest.approx(place, abs=1e-5)  # Keras counts in float32


def test_every_seed_starts_at_its_own_angle_and_at_the_radius_asked_for() -> None:
    assert len({round(game.start_angle(seed), 6) for seed in range(50)}) == 50
    points = game.play_points(game.start_angle(3), 0.25, "alternating", lambda s: s, lambda s: s)
    assert hypot(*next(points)) == pytest.approx(0.25)
