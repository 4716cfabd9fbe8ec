"""What D learns when it can learn anything: three atoms, and a logit free on each of them."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.losses import AUXILIARIES, LOSSES, carry
from tests.losses.rounds import game, round_of, total

P, Q = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.3, 0.5])
# Ten images hold these laws exactly: each row says which atom an image lies on.
REAL_ATOMS, FAKE_ATOMS = np.repeat([0, 1, 2], [5, 3, 2]), np.repeat([0, 1, 2], [2, 3, 5])

MIDDLE = (P + Q) / 2
JSD = float((P * np.log(P / MIDDLE)).sum() + (Q * np.log(Q / MIDDLE)).sum()) / 2
TV = float(abs(P - Q).sum()) / 2
CHI2 = float(((P - Q) ** 2 / (P + Q)).sum())
LOG_RATIO = np.log(P / Q)


def _d_loss_on_grid(key: str, grid: np.ndarray) -> np.ndarray:
    """L_D [3, len(grid)] as a sum over atoms: what each atom adds when its logit is that of the grid."""
    by_key = {term.key: term.fn(round_of(grid, grid)).numpy() * np.ones_like(grid) for term in game(LOSSES[key], "d")}
    return P[:, None] * by_key["d_real"] + Q[:, None] * by_key["d_fake"]


# Best logits, and the best value of L_D, worked out by hand.
OPTIMA = {
    "minimax": (LOG_RATIO, 2 * log(2) - 2 * JSD),
    "non_saturating": (LOG_RATIO, 2 * log(2) - 2 * JSD),
    "dragan": (LOG_RATIO, 2 * log(2) - 2 * JSD),
    "g_target_zero": (LOG_RATIO, 2 * log(2) - 2 * JSD),
    "lsgan": (P / (P + Q), 0.217857),
    "lsgan_chi2": ((P - Q) / (P + Q), 1 - CHI2 / 2),
    "hinge": ((1.0, None, -1.0), 2 - 2 * TV),  # any logit in [-1, 1] is as good where both laws agree
}


def test_the_divergences_of_the_two_laws() -> None:
    np.testing.assert_allclose([JSD, TV, CHI2], [0.066414, 0.3, 0.257143], atol=1e-6)
    assert OPTIMA["lsgan_chi2"][1] == pytest.approx(0.871429, abs=1e-6)
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


@pytest.mark.parametrize("key", ["minimax", "non_saturating", "lsgan", "lsgan_chi2"])
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


def test_the_chi2_generator_lowers_pearson_s_divergence() -> None:
    """Mao et al. 2017, section 3.2: with both expectations, 2 L_G at the best D is chi2(p + q || 2q)."""
    best = (P - Q) / (P + Q)
    both = sum(float(total(LOSSES["lsgan_chi2"], "g", best[atoms], best[atoms])) for atoms in (REAL_ATOMS, FAKE_ATOMS))
    assert 2 * both == pytest.approx(float((((P + Q) - 2 * Q) ** 2 / (P + Q)).sum()), abs=1e-12)


def test_a_smoothed_discriminator_never_says_more_than_alpha() -> None:
    """D* = alpha p / (p + q)."""
    loss = carry(LOSSES["non_saturating"], AUXILIARIES["smooth"])
    grid = np.linspace(-4, 4, 80_001)

    def losses(p: float, q: float) -> np.ndarray:
        value = {term.key: term.weight * term.fn(round_of(grid, grid)).numpy() for term in loss.d_terms}
        return p * (value["d_real"] + value["d_smooth"]) + q * value["d_fake"]

    best = [grid[losses(p, q).argmin()] for p, q in zip(P, Q, strict=True)]
    np.testing.assert_allclose(1 / (1 + np.exp(-np.array(best))), [0.6429, 0.45, 0.2571], atol=1e-4)


@pytest.mark.parametrize(("alpha", "d_loss", "g_loss"), [(0.9, 1.3763, 0.7985), (0.8, 1.3460, 0.9163)])
def test_smoothing_where_both_laws_agree(alpha: float, d_loss: float, g_loss: float) -> None:
    """D* = alpha / 2 there: D still calls every image likelier fake, so G's loss rests higher than log 2."""
    loss = carry(LOSSES["non_saturating"], AUXILIARIES["smooth"])
    grid = np.linspace(-4, 4, 80_001)
    value = {term.key: term.fn(round_of(grid, grid)).numpy() for term in loss.d_terms}
    level = value["d_real"] + value["d_fake"] + (1 - alpha) * value["d_smooth"]
    assert level.min() == pytest.approx(d_loss, abs=5e-5)
    best = grid[level.argmin()]
    assert 1 / (1 + np.exp(-best)) == pytest.approx(alpha / 2, abs=1e-4)
    assert float(total(loss, "g", [0.0], [best])) == pytest.approx(g_loss, abs=5e-5)


def _rank_all_pairs(logits: np.ndarray) -> float:
    """L_D of the pairing over all hundred pairs of a real and a fake image, as `evaluate` adds it up."""
    real, fake = np.repeat(logits[REAL_ATOMS], 10), np.tile(logits[FAKE_ATOMS], 10)
    return float(total(LOSSES["rpgan"], "d", real, fake))


def test_the_best_pairing_discriminator_measures_the_divergence_of_the_pairs() -> None:
    """L_D* = log 2 - JSD(p x q, q x p), reached at log(p / q) plus any constant, and nowhere lower."""
    pairs, turned = np.outer(P, Q), np.outer(Q, P)
    middle = (pairs + turned) / 2
    divergence = float((pairs * np.log(pairs / middle)).sum() + (turned * np.log(turned / middle)).sum()) / 2
    assert _rank_all_pairs(LOG_RATIO) == pytest.approx(log(2) - divergence, abs=1e-12)
    assert _rank_all_pairs(LOG_RATIO + 3) == pytest.approx(log(2) - divergence, abs=1e-12)
    for atom, nudge in ((0, 0.1), (0, -0.1), (1, 0.1), (1, -0.1), (2, 0.1), (2, -0.1)):
        assert _rank_all_pairs(LOG_RATIO + nudge * np.eye(3)[atom]) > log(2) - divergence + 1e-5


def test_g_with_target_zero_ends_where_d_has_won() -> None:
    """G works for D, so both losses can reach 0: no point of balance, and nothing about the data."""
    loss = LOSSES["g_target_zero"]
    assert loss.equilibrium == (0.0, 0.0)
    for player in ("d", "g"):
        assert float(total(loss, player, [30.0], [-30.0])) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("key", [key for key in LOSSES if key != "g_target_zero"])
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


def test_least_squares_halfway_is_pearsons_divergence() -> None:
    """With D*, s^2 over both laws is chi^2(p + q || 2q) = sum (p - q)^2 / (p + q): twice G's term and its like."""
    best = (P - Q) / (P + Q)
    real, fake = best[REAL_ATOMS], best[FAKE_ATOMS]
    over_fakes = float(total(LOSSES["lsgan_chi2"], "g", real, fake))
    over_reals = float(total(LOSSES["lsgan_chi2"], "g", real, real))
    assert 2 * (over_fakes + over_reals) == pytest.approx(CHI2, abs=1e-12)
