"""Laws that a loss obeys whatever the logits are."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_demo.backend import tf
from aigc_demo.losses import LOSSES, Loss
from tests.losses.rounds import game, round_of, slopes, term_of, total

LOGITS = np.linspace(-5, 5, 21)


def _slope_of_g(key: str, at: float) -> float:
    return float(slopes(lambda s: term_of(LOSSES[key], "g_adversarial").fn(round_of(s, s)), [at])[1][0])


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_only_critics_and_relativistic_games_may_shift_their_scores(loss: Loss) -> None:
    """Adding a constant to every logit leaves gaps as they are; G's loss feels it unless it too sees gaps only."""
    real, fake = np.array([0.4, -1.2, 2.0]), np.array([-0.3, 0.9, 0.1])
    unmoved = {}
    for player in ("d", "g"):
        before, after = (float(total(loss, player, real + shift, fake + shift)) for shift in (0.0, 0.7))
        unmoved[player] = after == pytest.approx(before, abs=1e-12)
    assert unmoved == {"d": loss.family in ("wasserstein", "relativistic"), "g": loss.family == "relativistic"}


def test_minimax_is_a_zero_sum_game_in_the_fakes() -> None:
    terms = [term_of(LOSSES["minimax"], key).fn(round_of(LOGITS, LOGITS)) for key in ("d_fake", "g_adversarial")]
    np.testing.assert_array_equal(terms[0] + terms[1], 0.0)


def test_the_non_saturating_generator_plays_the_real_side() -> None:
    loss = LOSSES["non_saturating"]
    real, g = (term_of(loss, key).fn(round_of(LOGITS, LOGITS)) for key in ("d_real", "g_adversarial"))
    np.testing.assert_array_equal(real, g)


@pytest.mark.parametrize(("logit", "ratio"), [(-5.0, 148.4), (0.0, 1.0), (3.0, exp(-3))])
def test_how_much_more_the_non_saturating_generator_learns(logit: float, ratio: float) -> None:
    measured = _slope_of_g("non_saturating", logit) / _slope_of_g("minimax", logit)
    assert measured == pytest.approx(exp(-logit), rel=1e-9)
    assert measured == pytest.approx(ratio, rel=1e-3)


def test_hinge_is_silent_beyond_its_margin() -> None:
    real, fake = tf.constant([1.0, 1.5, 9.0]), tf.constant([-1.0, -2.0, -9.0])
    with tf.GradientTape() as tape:
        tape.watch([real, fake])
        loss = total(LOSSES["hinge"], "d", real, fake, "float32")
    assert float(loss) == 0.0
    for gradient in tape.gradient(loss, [real, fake]):
        np.testing.assert_array_equal(gradient, 0.0)


@pytest.mark.parametrize("logit", [-1e4, -100.0, -17.0, 17.0, 100.0, 1e4])
@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_nothing_overflows_in_single_precision(loss: Loss, logit: float) -> None:
    real, fake = tf.constant([logit, -logit]), tf.constant([logit, logit])
    for player in ("d", "g"):
        with tf.GradientTape() as tape:
            tape.watch([real, fake])
            value = total(loss, player, real, fake, "float32")
        gradients = tape.gradient(value, [real, fake], unconnected_gradients="zero")
        assert np.isfinite(value)
        assert np.isfinite(gradients).all()


def test_the_logistic_losses_keep_their_slope_where_a_rounded_sigmoid_has_none() -> None:
    """log(1 - sigmoid(s)) is -inf in float32 from s = 17 on; softplus still rises by one a logit."""
    values, slope = slopes(
        lambda s: term_of(LOSSES["minimax"], "d_fake").fn(round_of(s, s, "float32")), (20.0, 100.0), "float32"
    )
    np.testing.assert_allclose(values, [20.0, 100.0], rtol=1e-6)
    np.testing.assert_allclose(slope, 1.0, rtol=1e-6)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
@settings(max_examples=20)
@given(
    real=st.lists(st.floats(-30, 30), min_size=4, max_size=4), fake=st.lists(st.floats(-30, 30), min_size=4, max_size=4)
)
def test_the_order_within_a_batch_does_not_matter(loss: Loss, real: list[float], fake: list[float]) -> None:
    for player in ("d", "g"):
        ordered, turned = total(loss, player, real, fake), total(loss, player, real[::-1], fake[::-1])
        assert float(ordered) == pytest.approx(float(turned), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_gradients_are_those_of_finite_differences(loss: Loss) -> None:
    logits = np.random.default_rng(0).normal(0, 2, (2, 5))
    step = 1e-5
    for player in ("d", "g"):
        points = tf.constant(logits)
        with tf.GradientTape() as tape:
            tape.watch(points)
            value = total(loss, player, points[0], points[1])
        gradient = tape.gradient(value, points).numpy()
        for place in np.ndindex(logits.shape):
            moved = [
                logits + sign * step * (np.arange(10).reshape(2, 5) == place[0] * 5 + place[1]) for sign in (1, -1)
            ]
            above, below = (float(total(loss, player, *both)) for both in moved)
            assert gradient[place] == pytest.approx((above - below) / (2 * step), abs=1e-8)
    assert game(loss, "d")
    assert game(loss, "g")
