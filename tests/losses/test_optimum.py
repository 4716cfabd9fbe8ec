"""What D learns when it can learn anything: three atoms, and a logit free on each of them."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.losses import LOSSES
from tests.losses.rounds import game, round_of, total

P, Q = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.3, 0.5])
# Ten images hold these laws exactly: each row says which atom an image lies on.
REAL_ATOMS, FAKE_ATOMS = np.repeat([0, 1, 2], [5, 3, 2]), np.repeat([0, 1, 2], [2, 3, 5])

MIDDLE = (P + Q) / 2
JSD = float((P * np.log(P / MIDDLE)).sum() + (Q * np.log(Q / MIDDLE)).sum()) / 2
TV = float(abs(P - Q).sum()) / 2
LOG_RATIO = np.log(P / Q)


def _d_loss_on_grid(key: str, grid: np.ndarray) -> np.ndarray:
    """L_D [3, len(grid)] as a sum over atoms: what each atom adds when its logit is that of the grid."""
    by_key = {term.key: term.fn(round_of(grid, grid)).numpy() * np.ones_like(grid) for term in game(LOSSES[key], "d")}
    return P[:, None] * by_key["d_real"] + Q[:, None] * by_key["d_fake"]


# Best logits, and the best value of L_D, worked out by hand.
OPTIMA = {
    "minimax": (LOG_RATIO, 2 * log(2) - 2 * JSD),
    "non_saturating": (LOG_RATIO, 2 * log(2) - 2 * JSD),
    "lsgan": (P / (P + Q), 0.217857),
    "hinge": ((1.0, None, -1.0), 2 - 2 * TV),  # any logit in [-1, 1] is as good where both laws agree
}


def test_the_divergences_of_the_two_laws() -> None:
    np.testing.assert_allclose([JSD, TV], [0.066414, 0.3], atol=1e-6)
    np.testing.assert_allclose(LOG_RATIO, [0.9163, 0, -0.9163], atol=1e-4)


@pytest.mark.parametrize("key", OPTIMA)
def test_the_optimal_discriminator(key: str) -> None:
    grid = np.linspace(-4, 4, 80_001)
    losses = _d_loss_on_grid(key, grid)
    best_logits, best_value = OPTIMA[key]
    assert losses.min(axis=1).sum() == pytest.approx(best_value, abs=1e-6)
    for atom, expected in enumerate(best_logits):
        if expected is not None:
            assert grid[losses[atom].argmin()] == pytest.approx(expected, abs=2e-4)


@pytest.mark.parametrize("key", ["minimax", "non_saturating", "lsgan"])
def test_gradient_descent_finds_the_same_optimum(key: str) -> None:
    """Descends L_D as `evaluate` returns it, and needs no knowledge of where it ends."""
    real_atoms, fake_atoms = (tf.one_hot(atoms, 3, dtype=tf.float64) for atoms in (REAL_ATOMS, FAKE_ATOMS))
    logits = tf.Variable(np.zeros(3))
    for _ in range(100):
        with tf.GradientTape() as tape:
            loss = total(LOSSES[key], "d", tf.linalg.matvec(real_atoms, logits), tf.linalg.matvec(fake_atoms, logits))
        logits.assign_sub(2.0 * tape.gradient(loss, logits))
    best_logits, best_value = OPTIMA[key]
    np.testing.assert_allclose(logits.numpy(), best_logits, atol=1e-6)
    assert float(loss) == pytest.approx(best_value, abs=1e-6)


def test_g_at_the_optimum() -> None:
    fake = LOG_RATIO[FAKE_ATOMS]
    real = LOG_RATIO[REAL_ATOMS]
    assert float(total(LOSSES["minimax"], "g", real, fake)) == pytest.approx(-0.626733, abs=1e-6)
    best = P / (P + Q)
    assert float(total(LOSSES["non_saturating"], "g", real, fake)) == pytest.approx(-(Q * np.log(best)).sum())


def test_hinge_is_indifferent_where_both_laws_agree() -> None:
    grid = np.linspace(-1, 1, 201)
    np.testing.assert_allclose(_d_loss_on_grid("hinge", grid)[1], 0.6, atol=1e-12)
    assert _d_loss_on_grid("hinge", np.array([-1.01, 1.01]))[1].min() > 0.6


def test_without_a_logarithm_the_best_discriminator_is_all_or_nothing() -> None:
    """The tutorial's D with its signs corrected ends at 1[p > q], and its loss is minus the total variation."""
    losses = _d_loss_on_grid("doc_sign_fixed", np.linspace(-20, 20, 401))
    assert losses[0].argmin() == 400
    assert losses[2].argmin() == 0
    assert losses.min(axis=1).sum() == pytest.approx(-TV, abs=1e-8)


@pytest.mark.parametrize("key", ["doc_literal", "doc_literal_words"])
def test_the_literal_discriminator_calls_everything_real(key: str) -> None:
    losses = _d_loss_on_grid(key, np.linspace(-20, 20, 401))
    assert (losses.argmin(axis=1) == 400).all()
    assert losses.min(axis=1).sum() == pytest.approx(-2.0, abs=1e-8)


def test_sigmoid_twice_is_blind_wherever_fakes_are_denser() -> None:
    """The best response is P = clip(log(p / q), 0, 1): two of the three atoms get the same answer, 0."""
    grid = np.linspace(-40, 40, 80_001)
    losses = _d_loss_on_grid("double_sigmoid", grid)
    probability = 1 / (1 + np.exp(-grid[losses.argmin(axis=1)]))
    np.testing.assert_allclose(probability, [LOG_RATIO[0], 0, 0], atol=2e-4)
    perfect = total(LOSSES["double_sigmoid"], "d", [40.0], [-40.0])
    assert float(perfect) == pytest.approx(1.0064, abs=5e-5)  # a perfect D never reaches 0


@pytest.mark.parametrize("key", LOSSES)
def test_equilibrium_is_the_best_d_on_equal_laws(key: str) -> None:
    """Where fakes are distributed as the data, L_D's minimum and L_G there are what the catalogue says."""
    loss = LOSSES[key]
    grid = np.linspace(-20, 20, 321)
    on_one_atom = np.array([float(total(loss, "d", [s], [s])) for s in grid])
    expected_d, expected_g = loss.equilibrium
    assert expected_d is not None
    assert on_one_atom.min() == pytest.approx(expected_d, abs=1e-6)
    best = grid[on_one_atom.argmin()]
    if expected_g is not None:
        assert float(total(loss, "g", [best], [best])) == pytest.approx(expected_g, abs=1e-6)
