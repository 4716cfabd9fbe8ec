"""The games that compare: values and slopes of pairs, and of batches, worked out by hand."""

from __future__ import annotations

from math import exp, log1p

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.losses import AUXILIARIES, LOSSES, Player, carry
from tests.losses.rounds import game, round_of, term_of, total

PAIRED = ("rpgan", "r3gan")

# (s_r, s_f): (L_D, L_G).
PAIRS = {
    (0, 0): (0.6931, 0.6931),
    (1, -1): (0.1269, 2.1269),
    (-1, 1): (2.1269, 0.1269),
    (1, 0): (0.3133, 1.3133),
    (0, 1): (1.3133, 0.3133),
}


def _sigmoid(s: float) -> float:
    return 1 / (1 + exp(-s))


def _slopes(key: str, player: Player, real: list[float], fake: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """The derivatives of a player's loss by the real and by the fake logits."""
    points = [tf.constant(logits, tf.float64) for logits in (real, fake)]
    with tf.GradientTape() as tape:
        tape.watch(points)
        value = total(LOSSES[key], player, *points)
    by_real, by_fake = tape.gradient(value, points)
    return by_real.numpy(), by_fake.numpy()


@pytest.mark.parametrize("key", PAIRED)
@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_is_worth_what_its_gap_says(key: str, pair: tuple[int, int]) -> None:
    values = [float(total(LOSSES[key], player, *([float(s)] for s in pair))) for player in ("d", "g")]
    np.testing.assert_allclose(values, PAIRS[pair], atol=6e-5)


@pytest.mark.parametrize("key", PAIRED)
@pytest.mark.parametrize("pair", PAIRS)
def test_slopes_of_a_pair_are_opposite_and_closed_forms_of_the_gap(key: str, pair: tuple[int, int]) -> None:
    gap = pair[0] - pair[1]
    real, fake = ([float(s)] for s in pair)
    np.testing.assert_allclose(np.ravel(_slopes(key, "d", real, fake)), [-_sigmoid(-gap), _sigmoid(-gap)], atol=1e-12)
    np.testing.assert_allclose(np.ravel(_slopes(key, "g", real, fake)), [_sigmoid(gap), -_sigmoid(gap)], atol=1e-12)
    if pair == (1, -1):
        assert _slopes(key, "d", real, fake)[0][0] == pytest.approx(-0.1192, abs=5e-5)
        assert _slopes(key, "g", real, fake)[1][0] == pytest.approx(-0.8808, abs=5e-5)


@pytest.mark.parametrize("key", PAIRED)
def test_pairs_are_made_by_their_place_in_the_batch(key: str) -> None:
    real, fake = np.array([1.0, 3.0, -0.5]), np.array([-1.0, 0.0, 2.0])
    expected = np.mean(np.log1p(np.exp(-(real - fake))))
    assert float(total(LOSSES[key], "d", real, fake)) == pytest.approx(expected, abs=1e-12)
    assert float(total(LOSSES[key], "d", real, fake[::-1])) != pytest.approx(expected, abs=1e-3)


def test_the_averages_of_rasgan_are_those_of_the_other_side_of_the_batch() -> None:
    real, fake = np.array([1.0, 3.0]), np.array([-1.0, 0.0])
    softplus = np.vectorize(lambda s: log1p(exp(s)))
    above_fake, above_real = real - fake.mean(), fake - real.mean()
    expected = {
        "d_real": softplus(-above_fake),
        "d_fake": softplus(above_real),
        "g_adversarial": softplus(-above_real),
        "g_real": softplus(above_fake),
    }
    for key, values in expected.items():
        np.testing.assert_allclose(term_of(LOSSES["rasgan"], key).fn(round_of(real, fake)), values, atol=1e-12)


def test_rasgan_teaches_g_through_the_average_too() -> None:
    """Each fake moves its own term and, through the mean score, every real image's."""
    by_real, by_fake = _slopes("rasgan", "g", [1.0, 3.0], [-1.0, 0.0])
    np.testing.assert_allclose(by_fake, [-0.92335, -0.88746], atol=5e-6)
    assert by_real.sum() == pytest.approx(-by_fake.sum())  # a constant added to all logits changes nothing


def test_the_order_of_a_batch_is_nothing_to_an_average() -> None:
    real, fake = [1.0, 3.0, -0.5], [-1.0, 0.0, 2.0]
    for player in ("d", "g"):
        one, other = total(LOSSES["rasgan"], player, real, fake), total(LOSSES["rasgan"], player, real, fake[::-1])
        assert float(one) == pytest.approx(float(other), abs=1e-12)


@pytest.mark.parametrize("key", ["rasgan", *PAIRED])
def test_g_sees_the_real_logits(key: str) -> None:
    for term in game(LOSSES[key], "g"):
        here, there = (term.fn(round_of(real, [0.5, -0.5])) for real in ([1.0, 2.0], [0.0, -1.0]))
        assert not np.allclose(here, there)


def test_r3gan_is_the_pairing_with_both_penalties_and_weight_one() -> None:
    r3gan, rpgan = LOSSES["r3gan"], LOSSES["rpgan"]
    assert r3gan.d_terms == carry(rpgan, AUXILIARIES["r1"], AUXILIARIES["r2"]).d_terms
    assert r3gan.g_terms == rpgan.g_terms
    assert [term.weight for term in r3gan.d_terms] == [1.0, 1.0, 1.0]
    assert r3gan.equilibrium == rpgan.equilibrium
