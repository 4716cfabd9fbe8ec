"""The verdicts, by the reading guide of each family, and in the light of the measured digits."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import pytest

from aigc_demo.losses import LOSSES
from aigc_demo.metrics import verdicts_digits, verdicts_game
from aigc_demo.metrics.diagnosis import diagnose
from aigc_demo.metrics.verdicts import Verdict
from aigc_demo.recipes import SETTINGS, Plan, change_plan, make_plan, value_of

LIVE = {"grad_norm_d": 1.0, "grad_norm_g": 0.5, "d_total": 0.9, "steps": 600.0}
EVEN = [0.1] * 10
GOOD = {
    **{"digit_fd": 15.0, "digit_fd_floor": 2.4, "classes": EVEN, "data_classes": EVEN, "class_kl": 0.01},
    **{"diversity": 0.9, "variance_ratio": 0.9, "mean_distance": 2.0, "memorisation": 1.1, "d_gap": 0.2},
    **{"d_gap_share": 0.1, "label_accuracy": None},
}
NOISE = {**GOOD, "digit_fd": 440.0, "classes": [0.0] * 8 + [1.0, 0.0], "memorisation": 2.4, "diversity": 0.1}
BLUR = {**GOOD, "digit_fd": 390.0, "diversity": 0.6, "variance_ratio": 0.4, "memorisation": 1.2}


def verdict(
    loss: str, real: float, fake: float, figures: Mapping[str, Any] | None = None, *before: float, **more: float
) -> Verdict:
    """The verdict on a lively game; `before` are earlier values of digit-FD, with the same classes."""
    recent = {**LIVE, "score_real": real, "score_fake": fake, **more}
    return diagnose(LOSSES[loss], recent, figures, None, [{**(figures or {}), "digit_fd": value} for value in before])


def key(loss: str, real: float, fake: float, **more: float) -> str:
    return verdict(loss, real, fake, **more).key


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
        ("dragan", 0.75, 0.3, "healthy"),
        ("minimax", 0.99, 0.01, "saturated"),
        ("doc_sign_fixed", 0.99, 0.01, "saturated"),
        ("double_sigmoid", 0.99, 0.01, "saturated"),
        ("double_sigmoid", 0.9, 0.3, "squashed"),
        ("doc_literal", 0.99, 0.98, "both_real_by_formula"),
        ("doc_literal_words", 0.99, 0.98, "both_real_by_formula"),
        ("doc_literal", 0.99, 0.02, "wrong_target"),
        ("g_target_zero", 0.99, 0.02, "wrong_target"),
        ("lsgan", 0.7, 0.3, "healthy"),
        ("lsgan", 0.98, 0.02, "d_far_ahead"),
        ("lsgan", 0.5, 0.5, "coin_toss"),
        ("lsgan", 0.2, 0.6, "g_ahead"),
        ("lsgan", 9.0, 0.0, "outliers"),
        ("lsgan_chi2", 0.4, -0.4, "healthy"),  # halfway to its targets, 1 and -1
        ("lsgan_chi2", 0.96, -0.96, "d_far_ahead"),
        ("lsgan_chi2", 0.02, -0.02, "coin_toss"),
        ("wgan", -0.2, -0.5, "gap_open"),
        ("wgan_gp", 12.0, -3.0, "gap_open"),  # levels and a loss of G that would alarm any other family
        ("wgan_gp", 0.5, 0.5, "no_gap"),
        ("wgan_gp", 5000.0, 100.0, "exploding"),
        ("hinge", 0.8, -0.5, "healthy"),
        ("hinge", 0.1, 0.1, "coin_toss"),
        ("hinge", -1.0, 0.5, "g_ahead"),
        ("rpgan", 100.4, 100.0, "healthy"),  # the level drifts, and only the gap counts
        ("r3gan", 0.02, 0.0, "coin_toss"),
        ("rasgan", -1.0, 0.5, "g_ahead"),
        ("rpgan", 50.0, 0.0, "exploding"),
    ],
)
def test_scores_are_read_by_the_family(loss: str, real: float, fake: float, expected: str) -> None:
    assert key(loss, real, fake) == expected


def test_pairs_are_read_by_how_often_d_ranks_them_rightly() -> None:
    assert key("rpgan", 4.0, 0.0, d_rank=0.02) == "d_far_ahead"
    assert key("rpgan", 4.0, 0.0, d_rank=0.5) == "healthy"
    assert key("rasgan", 4.0, 0.0, d_real=0.02, d_fake=0.02) == "d_far_ahead"


def test_settled_losses_of_dead_nets_are_not_taken_for_equilibrium() -> None:
    dead = {"grad_norm_d": 1e-6, "grad_norm_g": 1e-6, "d_total": 1.386}
    assert key("double_sigmoid", 0.5, 0.5, **dead) == "dead"
    assert key("double_sigmoid", 0.0, 0.0, **dead) == "dead"
    assert key("double_sigmoid", 0.003, 0.001, grad_norm_d=0.01, grad_norm_g=0.01) == "dead"
    assert key("double_sigmoid", 0.999, 0.995) == "dead"
    assert key("non_saturating", 0.5, 0.5, **dead) == "dead"
    assert key("non_saturating", 0.75, 0.3, grad_norm_g=1e-6) == "generator_stuck"


def test_saturation_is_named_even_where_both_gradients_have_died() -> None:
    assert key("minimax", 1.0, 0.0, grad_norm_d=2e-4, grad_norm_g=4e-4) == "saturated"


def test_the_clip_keeps_a_critics_gradients_small_without_harm_until_no_gap_ever_opens() -> None:
    assert key("wgan", 0.2, 0.1, grad_norm_d=1e-5, grad_norm_g=1e-5) == "gap_open"
    assert key("wgan", 0.2001, 0.2, grad_norm_d=1e-5, grad_norm_g=1e-6, gap_before=0.01) == "clipped_hard"
    assert key("wgan", 0.2001, 0.2, gap_before=0.4) == "gap_closing"  # it was open before
    assert key("wgan_gp", 0.2001, 0.2, gap_before=0.01) == "gap_closing"  # nothing is clipped


def test_a_shrinking_gap_is_what_a_critic_is_read_by() -> None:
    assert key("wgan", 0.2, 0.0, gap_before=0.4) == "gap_closing"
    assert key("wgan", 0.4, 0.0, gap_before=0.4) == "gap_open"


def test_a_critic_whose_slope_is_not_held_measures_nothing() -> None:
    assert key("wgan_gp", 30.0, 0.0, d_gp=0.3) == "gap_open"
    assert key("wgan_gp", 30.0, 0.0, d_gp=50.0) == "exploding"


def test_a_silent_hinge() -> None:
    assert key("hinge", 2.0, -2.0, d_real=0.0, d_fake=0.01) == "margin_cleared"


def test_a_cross_entropy_off_the_scale_is_an_explosion_whatever_the_probabilities() -> None:
    assert key("non_saturating", 0.6, 0.4, d_real=900.0, d_fake=100.0) == "exploding"


def test_what_is_not_finite_comes_first_and_a_beginning_is_given_time() -> None:
    assert key("non_saturating", float("nan"), 0.5) == "broken"
    assert key("non_saturating", 0.6, 0.4, grad_norm_g=math.inf) == "broken"
    assert key("non_saturating", 0.99, 0.01, steps=3.0) == "warming_up"
    assert key("non_saturating", 0.6, 0.4, d_r1=math.nan) == "healthy"  # a term that has just been added


def test_the_digits_tell_a_blind_d_from_a_beaten_one() -> None:
    assert verdict("non_saturating", 0.5, 0.5, GOOD).key == "equilibrium"
    assert verdict("non_saturating", 0.5, 0.5, BLUR, 400.0).key == "blind_d"
    assert verdict("hinge", 0.0, 0.0, BLUR, 400.0).key == "blind_d"
    assert verdict("non_saturating", 0.55, 0.47, BLUR, 400.0).key == "blind_d"
    assert verdict("non_saturating", 0.55, 0.47, GOOD, 15.0).key == "healthy"  # good digits are hard to tell
    assert verdict("non_saturating", 0.5, 0.5, BLUR, 800.0).key == "coin_toss"  # it is improving: too early to say


def test_the_digits_tell_a_weak_d_from_one_that_is_behind_for_now() -> None:
    for loss, real, fake in [("non_saturating", 0.65, 0.99), ("non_saturating", 0.9, 0.99), ("lsgan", 0.2, 0.9)]:
        assert verdict(loss, real, fake, NOISE, 450.0).key == "d_too_weak"
        assert verdict(loss, real, fake, NOISE, 800.0).key in ("both_real", "g_ahead")  # it is improving
        assert verdict(loss, real, fake, GOOD, 15.0).key in ("both_real", "g_ahead")


def test_missing_classes_are_named() -> None:
    classes = [0.5, 0.2, 0.0, 0.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    told = verdict("non_saturating", 0.6, 0.4, {**GOOD, "digit_fd": 200.0, "classes": classes}, 200.0)
    assert told.key == "collapsed"
    assert "3 " in told.text.en and "2, 4, 5, 6, 7, 8, 9" in told.text.en
    assert "2、4、5、6、7、8、9" in told.text.zh
    few = {**GOOD, "classes": [0.2, 0.2, 0.0, *[0.6 / 7] * 7]}
    assert verdict("non_saturating", 0.6, 0.4, few, 15.0).key == "healthy"  # one class may be missing by the way
    starter = {**GOOD, "classes": classes, "data_classes": [0.4, 0.3, 0.0, 0.3, *[0.0] * 6]}
    assert verdict("non_saturating", 0.6, 0.4, starter, 15.0).key == "healthy"  # the data has no others


def test_blobs_have_not_collapsed_either() -> None:
    blobs = {**NOISE, "memorisation": 1.2, "density": 0.2, "coverage": 0.001}
    assert verdict("non_saturating", 0.7, 0.4, blobs, 450.0).key == "no_digits"
    assert verdict("non_saturating", 0.5, 0.5, blobs, 450.0).key == "blind_d"
    assert verdict("non_saturating", 0.7, 0.4, {**blobs, "density": 1.1}, 450.0).key == "collapsed"  # real eights


def test_noise_has_not_collapsed_to_the_class_it_is_read_as() -> None:
    assert verdict("non_saturating", 0.7, 0.4, NOISE, 450.0).key == "no_digits"
    assert verdict("non_saturating", 0.99, 0.01, NOISE, 450.0).key == "d_wins"
    assert verdict("minimax", 0.99, 0.01, NOISE, 450.0).key == "saturated"
    assert verdict("non_saturating", 0.7, 0.4, NOISE, 900.0).key == "learning"  # not yet digits, but on the way


def test_where_the_digits_are_going() -> None:
    assert verdict("non_saturating", 0.7, 0.4, BLUR, 600.0, 500.0).key == "learning"
    assert verdict("wgan_gp", 5.0, 2.0, BLUR, 600.0, 500.0).key == "learning"
    assert verdict("non_saturating", 0.7, 0.4, BLUR, 400.0, 395.0, 400.0).key == "stalled"
    assert verdict("non_saturating", 0.7, 0.4, BLUR, 400.0).key == "healthy"  # one measurement shows no direction
    poor = {**GOOD, "digit_fd": 90.0}
    assert verdict("non_saturating", 0.7, 0.4, poor, 100.0, 20.0, 60.0).key == "worsening"
    assert verdict("non_saturating", 0.7, 0.4, GOOD, 10.0, 11.0, 12.0).key == "healthy"


def test_noise_is_not_called_final_at_the_first_look() -> None:
    assert verdict("non_saturating", 0.7, 0.4, NOISE).key == "healthy"


def test_a_measurement_of_long_ago_says_nothing_of_the_digits_now() -> None:
    assert verdict("non_saturating", 0.7, 0.4, {**NOISE, "step": 590}, 450.0).key == "no_digits"
    assert verdict("non_saturating", 0.7, 0.4, {**NOISE, "step": 60}, 450.0).key == "healthy"
    assert verdict("non_saturating", 0.5, 0.5, {**NOISE, "step": 60}, 450.0).key == "coin_toss"


def test_one_picture_for_every_z_is_a_collapse_even_if_it_is_no_digit() -> None:
    same = {**NOISE, "variance_ratio": 0.05, "mean_distance": 190.0}
    assert verdict("non_saturating", 0.7, 0.4, same, 440.0).key == "collapsed"
    assert verdict("non_saturating", 0.95, 0.1, same, 440.0).key == "collapsed"
    assert verdict("minimax", 0.99, 0.01, same, 440.0).key == "saturated"  # G has not collapsed, it has stopped


def test_what_the_losses_never_show() -> None:
    same = {"non_saturating": (0.6, 0.4), "wgan_gp": (5.0, 2.0), "r3gan": (0.6, 0.1)}
    for loss, scores in same.items():
        assert verdict(loss, *scores, {**GOOD, "memorisation": 0.1}).key == "memorising"
        assert verdict(loss, *scores, {**GOOD, "diversity": 0.3}).key == "little_variety"
        assert verdict(loss, *scores, {**GOOD, "d_gap": 4.0, "d_gap_share": 0.8}).key == "d_overfits"
        mean = {**BLUR, "variance_ratio": 0.02, "mean_distance": 5.0}
        assert verdict(loss, *scores, mean).key == "mean_digit"


def test_a_formula_that_cannot_work_is_named_whatever_the_digits_are() -> None:
    assert verdict("g_target_zero", 0.99, 0.02, NOISE, 450.0).key == "wrong_target"
    assert verdict("doc_literal", 0.99, 0.98, BLUR, 450.0).key == "both_real_by_formula"


def test_a_verdict_shows_what_it_rests_on() -> None:
    told = verdict("non_saturating", 0.754, 0.3, GOOD)
    assert ("D(x)", "0.75") in [(name.en, value) for name, value in told.evidence]
    assert any(name.en.startswith("digit-FD") and value == "15.0" for name, value in told.evidence)
    gap = verdict("wgan_gp", 12.0, 2.0, GOOD)
    assert [name.en for name, _ in gap.evidence if "score" in name.en or "gap" in name.en] == ["gap between the scores"]
    assert ("distance to the nearest training digit (real digits 1)", "0.100") in [
        (name.en, value) for name, value in verdict("lsgan", 0.6, 0.4, {**GOOD, "memorisation": 0.1}).evidence
    ]


def values(plan: Plan) -> dict[str, Any]:
    weights = {f"weight.{key}": weight for key, weight in plan.weights.items()}
    return {key: value_of(plan, key) for key in SETTINGS} | weights | {"dataset": plan.dataset}


GAMES = [
    ("tutorial_4_3_repaired", "minimax", {"lr.d": 3e-3, "discriminator_steps": 5}, 0.99, 0.01, {}, NOISE),
    ("tutorial_4_3_repaired", "non_saturating", {"lr.d": 3e-3}, 0.99, 0.01, {}, NOISE),
    ("tutorial_4_3_repaired", "non_saturating", {"lr.d": 1e-6}, 0.95, 0.99, {}, NOISE),
    ("tutorial_4_3", "non_saturating", {}, 0.5, 0.5, {}, BLUR),
    ("fast", "non_saturating", {"lr.d": 1e-4}, 0.5, 0.5, {}, BLUR),
    ("fast", "doc_literal", {"weight.g_recon_x": 1.0}, 0.99, 0.98, {}, NOISE),
    ("tutorial_4_3", None, {}, 0.0, 0.0, {"grad_norm_d": 1e-6, "grad_norm_g": 1e-6}, NOISE),
    ("fast", "g_target_zero", {}, 0.99, 0.01, {}, NOISE),
    ("fast", None, {"weight.g_recon_x": 1.0}, 0.9, 0.1, {}, {**BLUR, "variance_ratio": 0.02}),
    ("fast", None, {"weight.g_class": 10.0}, 0.6, 0.4, {}, {**GOOD, "diversity": 0.3}),
    ("fast", None, {}, 0.6, 0.4, {}, {**GOOD, "memorisation": 0.1}),
    ("fast", None, {}, 0.6, 0.4, {}, {**GOOD, "d_gap": 4.0, "d_gap_share": 0.8}),
    ("tutorial_cnn", None, {}, 0.6, 0.4, {}, {**GOOD, "classes": [1.0] + [0.0] * 9}),
    ("tutorial_cnn", None, {"beta_1.g": 0.9}, 0.6, 0.4, {}, {**GOOD, "classes": [1.0] + [0.0] * 9}),
    ("tutorial_cnn", None, {"pac": 2, "lr.g": 2e-3}, 0.6, 0.4, {}, {**GOOD, "classes": [1.0] + [0.0] * 9}),
    ("fast", None, {}, 0.6, 0.4, {}, {**GOOD, "classes": [1.0] + [0.0] * 9, "label_accuracy": 0.1}),
    ("fast", "wgan_gp", {"weight.d_gp": 0.0}, 5000.0, 0.0, {}, None),
    ("fast", "rpgan", {}, 500.0, 0.0, {}, None),
    ("fast", "wgan", {"clip": 1e-4}, 0.01, 0.0, {"grad_norm_g": 1e-7}, NOISE),
    ("fast", None, {"lr.g": 1.0, "lr.d": 1.0}, math.nan, 0.0, {}, None),
]


@pytest.mark.parametrize(("recipe", "loss", "settings", "real", "fake", "more", "figures"), GAMES)
def test_a_remedy_can_be_tried(
    recipe: str,
    loss: str | None,
    settings: dict[str, Any],
    real: float,
    fake: float,
    more: dict[str, float],
    figures: Mapping[str, Any] | None,
) -> None:
    """Each names values that the plan takes, and something that it has not got already."""
    plan = make_plan(recipe, loss, settings=settings)
    recent = {**LIVE, **more, "score_real": real, "score_fake": fake}
    told = diagnose(plan.loss_object(), recent, figures, values(plan), [figures or {}])
    assert told.level != "good"
    remedy = told.remedy
    assert remedy is not None, told.key
    if remedy.kind == "change":
        cured = change_plan(plan, remedy.settings, remedy.loss)
    else:
        chosen = {**plan.settings(), **remedy.settings}
        cured = make_plan(recipe, remedy.loss or plan.loss, remedy.dataset or plan.dataset, settings=chosen)
    assert cured != plan
    for name, value in remedy.settings.items():
        assert value_of(cured, name) == value, name


def test_without_the_present_settings_nothing_is_proposed_that_needs_them() -> None:
    assert verdict("non_saturating", 0.99, 0.01).remedy is None
    assert verdict("non_saturating", 0.6, 0.4, {**GOOD, "diversity": 0.3}).remedy is None


def test_few_digits_are_cured_by_more() -> None:
    plan = make_plan("fast", dataset="ten_digits")
    recent = {**LIVE, "score_real": 0.6, "score_fake": 0.4}
    told = diagnose(plan.loss_object(), recent, {**GOOD, "memorisation": 0.1}, values(plan))
    assert told.remedy is not None
    assert told.remedy.dataset == "digits5k"


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("figures", [None, {}, dict.fromkeys(GOOD), GOOD, NOISE, BLUR])
def test_every_loss_has_a_verdict_everywhere(loss: str, figures: Mapping[str, Any] | None) -> None:
    places = [-2.0, 0.0, 0.3, 0.5, 0.9, 2.0]
    for told in [verdict(loss, real, fake, figures, 100.0) for real in places for fake in places]:
        assert told.level in ("good", "watch", "bad")
        assert json.loads(json.dumps(told.to_json()))["key"] == told.key


@pytest.mark.parametrize("module", [verdicts_game, verdicts_digits])
def test_every_sentence_is_short_and_in_both_languages(module: ModuleType) -> None:
    found = [told for told in vars(module).values() if isinstance(told, Verdict)]
    assert found
    for told in found:
        assert 5 < len(told.text.zh) < 60
        assert 10 < len(told.text.en) < 160
        assert told.text.zh != told.text.en
