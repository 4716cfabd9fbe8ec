"""The verdicts, by the reading guide of each family."""

from __future__ import annotations

import pytest

from aigc_demo.losses import LOSSES
from aigc_demo.metrics import verdicts
from aigc_demo.metrics.diagnosis import diagnose
from aigc_demo.metrics.verdicts import Verdict

LIVE = {"grad_norm_d": 1.0, "grad_norm_g": 0.5, "d_total": 0.9, "steps": 300.0}


def key(loss: str, real: float, fake: float, **more: float) -> str:
    return diagnose(LOSSES[loss], {**LIVE, "score_real": real, "score_fake": fake, **more}).key


@pytest.mark.parametrize(
    ("loss", "real", "fake", "expected"),
    [
        ("non_saturating", 0.75, 0.3, "healthy"),
        ("non_saturating", 0.5, 0.5, "coin_toss"),
        ("non_saturating", 0.99, 0.01, "d_far_ahead"),
        ("non_saturating", 0.4, 0.6, "g_ahead"),
        ("non_saturating", 0.7, 0.6, "g_strong"),
        ("non_saturating", 0.4, 0.2, "d_timid"),
        ("non_saturating", 0.95, 0.9, "both_real"),
        ("minimax", 0.99, 0.01, "saturated"),
        ("double_sigmoid", 0.99, 0.01, "saturated"),
        ("doc_literal", 0.99, 0.98, "both_real_by_formula"),
        ("doc_literal_words", 0.99, 0.98, "both_real_by_formula"),
        ("doc_literal", 0.99, 0.02, "wrong_target"),
        ("lsgan", 0.7, 0.3, "healthy"),
        ("lsgan", 0.98, 0.02, "d_far_ahead"),
        ("lsgan", 0.5, 0.5, "coin_toss"),
        ("lsgan", 0.2, 0.6, "reversed"),
        ("lsgan", 9.0, 0.0, "outliers"),
        ("wgan", -0.2, -0.5, "gap_open"),
        ("wgan", 0.5, 0.5, "no_gap"),
        ("hinge", 0.8, -0.5, "healthy"),
        ("hinge", 0.1, 0.1, "coin_toss"),
        ("hinge", -1.0, 0.5, "reversed"),
    ],
)
def test_scores_are_read_by_the_family(loss: str, real: float, fake: float, expected: str) -> None:
    assert key(loss, real, fake) == expected


def test_settled_losses_of_dead_nets_are_not_taken_for_equilibrium() -> None:
    dead = {"grad_norm_d": 1e-6, "grad_norm_g": 1e-6, "d_total": 1.386}
    assert key("double_sigmoid", 0.5, 0.5, **dead) == "dead"
    assert key("non_saturating", 0.75, 0.3, grad_norm_g=1e-6) == "generator_stuck"


def test_the_clip_keeps_a_critics_gradients_small_without_harm() -> None:
    assert key("wgan", 0.2, 0.1, grad_norm_d=1e-5, grad_norm_g=1e-5) == "gap_open"


def test_a_shrinking_gap_is_what_a_critic_is_read_by() -> None:
    assert key("wgan", 0.2, 0.0, gap_before=0.4) == "gap_closing"
    assert key("wgan", 0.4, 0.0, gap_before=0.4) == "gap_open"


def test_a_silent_hinge() -> None:
    assert key("hinge", 2.0, -2.0, d_total=0.01) == "margin_cleared"


def test_what_is_not_finite_comes_first_and_a_beginning_is_given_time() -> None:
    assert key("non_saturating", float("nan"), 0.5) == "broken"
    assert key("non_saturating", 0.99, 0.01, steps=3.0) == "warming_up"


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("real", [-2.0, 0.0, 0.3, 0.5, 0.9, 2.0])
@pytest.mark.parametrize("fake", [-2.0, 0.0, 0.3, 0.5, 0.9, 2.0])
def test_every_loss_has_a_verdict_everywhere(loss: str, real: float, fake: float) -> None:
    verdict = diagnose(LOSSES[loss], {**LIVE, "score_real": real, "score_fake": fake})
    assert verdict.level in ("good", "watch", "bad")


def test_every_sentence_is_short_and_in_both_languages() -> None:
    for verdict in vars(verdicts).values():
        if isinstance(verdict, Verdict):
            assert 5 < len(verdict.text.zh) < 60
            assert 10 < len(verdict.text.en) < 160
            assert verdict.text.zh != verdict.text.en
