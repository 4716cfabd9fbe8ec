"""Every setting of a run by name: its bounds, what it reaches, and what may be changed while the run goes on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_demo.losses import AUXILIARIES, LOSSES
from aigc_demo.recipes import (
    RECIPES,
    SETTINGS,
    STORED,
    WEIGHT,
    Plan,
    Setting,
    change_plan,
    default_of,
    make_plan,
    value_of,
)
from aigc_demo.runs.changes import changes_between
from aigc_demo.text import NotFound, VisitorError

# Where each setting can be tried by itself: packs need networks without labels, only wgan has a clip, and few grow.
RECIPE_OF, LOSS_OF = {"pac": "tutorial_cnn", "growth_steps": "progressive"}, {"clip": "wgan"}
NUMBERS = [setting for setting in SETTINGS.values() if setting.kind != "choice"]
every_setting = pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
every_stored = pytest.mark.parametrize("setting", [SETTINGS[key] for key in STORED], ids=STORED)
every_number = pytest.mark.parametrize("setting", NUMBERS, ids=[setting.key for setting in NUMBERS])


def _plan(key: str, value: object) -> Plan:
    return make_plan(RECIPE_OF.get(key, "fast"), LOSS_OF.get(key), settings={key: value})


def _other(setting: Setting) -> Any:
    """A good value that is not the default."""
    if setting.kind != "choice":
        default = default_of(setting.key, RECIPE_OF.get(setting.key, "fast"), LOSS_OF.get(setting.key))
        assert default is not None
        return setting.most if default != setting.most else setting.least
    return {"generator": "fast_no_norm", "discriminator": "fast_bn"}.get(setting.key, setting.choices[-1])


def _refusal(call: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(VisitorError) as refusal:
        call(*arguments, **named)
    text = refusal.value.text
    assert text.zh != text.en
    assert "\n" not in text.zh + text.en
    return text.en


def test_settings_say_what_they_are() -> None:
    for key, setting in {**SETTINGS, "weight": WEIGHT}.items():
        assert setting.key == key
        for text in (setting.title, setting.about):
            assert text.zh and text.en and text.zh != text.en
        assert (setting.kind == "choice") == bool(setting.choices)
        assert setting.kind == "choice" or setting.least < setting.most
        assert not setting.log or setting.least > 0
    live = {key for key, setting in SETTINGS.items() if setting.live}
    assert live == {
        *("lr.g", "lr.d", "lr.ratio", "discriminator_steps", "rate_halving_steps", "ema_decay"),
        *("updates", "augment", "clip", "auto_stop"),
    }


@every_setting
def test_every_default_is_a_good_value(setting: Setting) -> None:
    for recipe in ("progressive",) if setting.key == "growth_steps" else ("fast", "tutorial_4_3", "dcgan_tf"):
        value = default_of(setting.key, recipe, LOSS_OF.get(setting.key))
        assert value is not None
        if setting.kind == "choice":
            assert value in setting.choices
        else:
            assert setting.least <= float(value) <= setting.most


@every_number
def test_a_number_is_taken_up_to_both_its_bounds_and_no_further(setting: Setting) -> None:
    for good in (setting.least, setting.most, str(setting.most)):
        value = value_of(_plan(setting.key, good), setting.key)
        assert value == pytest.approx(float(good))
        assert isinstance(value, int if setting.kind == "whole" else float)
    span = max(1.0, setting.most) if setting.kind == "whole" else setting.most
    for bad in (setting.least - (1 if setting.kind == "whole" else 0.5 * setting.least + 1e-9), setting.most + span):
        assert setting.key in _refusal(_plan, setting.key, bad)
    for bad in ("", "much", None, True, float("nan"), float("inf"), [1], {}):
        assert setting.key in _refusal(_plan, setting.key, bad)
    if setting.kind == "whole":
        assert "whole" in _refusal(_plan, setting.key, setting.least + 0.5)


@pytest.mark.parametrize("key", [key for key, setting in SETTINGS.items() if setting.kind == "choice"])
def test_a_choice_is_one_of_its_names(key: str) -> None:
    for bad in ("", "no such", None, 3, ["fast"], True):
        sentence = _refusal(_plan, key, bad)
        assert key in sentence
        assert SETTINGS[key].choices[0] in sentence


@every_stored
def test_a_setting_reaches_the_plan_and_comes_back(setting: Setting) -> None:
    """Through JSON, through `settings()`, and named as different from the default, alone."""
    value = _other(setting)
    plan = _plan(setting.key, value)
    assert value_of(plan, setting.key) == value
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan
    assert plan.settings() == {setting.key: value}
    assert make_plan(plan.recipe.key, plan.loss, settings=plan.settings()) == plan


def test_nothing_chosen_is_nothing_to_tell() -> None:
    for loss in LOSSES:
        assert make_plan("fast", loss).settings() == {}


def test_an_additions_weight_is_a_setting_too() -> None:
    plan = make_plan("fast", "hinge", settings={"weight.d_r1": 0.5, "weight.g_class": 2})
    assert plan.settings() == {"weight.d_r1": 0.5, "weight.g_class": 2.0}
    assert make_plan("fast", "hinge", settings=plan.settings()) == plan
    assert default_of("weight.d_r1", "fast") is None  # not attached
    assert default_of("weight.d_gp", "fast", "wgan_gp") == 10.0
    assert value_of(plan, "weight.d_gp") is None


@pytest.mark.parametrize("item", AUXILIARIES.values(), ids=AUXILIARIES)
def test_a_weight_is_taken_up_to_its_terms_own_most(item: Any) -> None:
    recipe = "infogan" if item.needs_codes else "fast"
    for term in item.terms:
        for good in (0, term.most):
            assert make_plan(recipe, settings={f"weight.{term.key}": good}).weights[term.key] == good
        for bad in (-0.01, term.most * 1.01, "much", None):
            assert term.key in _refusal(make_plan, recipe, settings={f"weight.{term.key}": bad})


def test_networks_bring_what_they_fix() -> None:
    nets = {"generator": "tutorial_cnn", "discriminator": "tutorial_cnn"}
    plan = make_plan("fast", settings=nets)
    assert (plan.recipe.latent_size, plan.recipe.conditional, plan.recipe.class_head) == (100, False, False)
    assert plan.auxiliaries == ()  # this D has no class head for the recipe's own class terms
    assert "class head" in _refusal(make_plan, "fast", settings={**nets, "weight.g_class": 1})
    back = make_plan("tutorial_cnn", settings={"generator": "fast", "discriminator": "fast", "weight.g_class": 1})
    assert (back.recipe.latent_size, back.recipe.conditional, back.recipe.class_head) == (64, True, True)
    assert back.auxiliaries == ("acgan",)


# ---- the ratio of the two rates ----


def _rates(plan: Plan) -> tuple[float, float]:
    return plan.recipe.g_optimiser.learning_rate, plan.recipe.d_optimiser.learning_rate


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("ratio", [1 / 8, 0.5, 1, 3.0, 8])
def test_a_ratio_moves_both_rates_and_keeps_their_mean(recipe: str, ratio: float) -> None:
    g, d = _rates(make_plan(recipe))
    plan = make_plan(recipe, settings={"lr.ratio": ratio})
    now_g, now_d = _rates(plan)
    assert now_d / now_g == pytest.approx(ratio)
    assert now_d * now_g == pytest.approx(d * g)
    assert value_of(plan, "lr.ratio") == pytest.approx(ratio)
    assert plan.settings().keys() <= {"lr.g", "lr.d"}
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


@pytest.mark.parametrize(
    ("given", "rates"),
    [
        ({"lr.g": 1e-3}, (1e-3, 4e-3)),
        ({"lr.d": 1e-3}, (0.25e-3, 1e-3)),
        ({"lr.g": 1e-3, "lr.d": 4e-3}, (1e-3, 4e-3)),
        ({"lr.g": 4e-3, "lr.d": 1e-3}, (1e-3, 4e-3)),  # two rates and another ratio: their mean stays
    ],
    ids=str,
)
def test_a_rate_that_is_given_with_the_ratio_stays(given: dict[str, object], rates: tuple[float, float]) -> None:
    for chosen in ({**given, "lr.ratio": "4"}, {"lr.ratio": 4, **given}):  # in whatever order
        assert _rates(make_plan("fast", settings=chosen)) == pytest.approx(rates)


def test_the_ratio_that_is_there_already_changes_nothing() -> None:
    for recipe in RECIPES:
        plan = make_plan(recipe)
        assert make_plan(recipe, settings={"lr.ratio": value_of(plan, "lr.ratio")}) == plan


def test_no_ratio_leads_to_a_rate_that_cannot_be_had() -> None:
    assert "lr.d" in _refusal(make_plan, "fast", settings={"lr.g": 1, "lr.ratio": 8})
    assert "lr.g" in _refusal(make_plan, "fast", settings={"lr.d": 1, "lr.ratio": 1 / 8})


def test_rates_may_lie_further_apart_than_any_ratio() -> None:
    """The ratio is read from the two rates; what is stored is these, so that such a plan comes back from its file."""
    plan = make_plan("fast", settings={"lr.g": 1e-6, "lr.d": 1e-2})
    assert value_of(plan, "lr.ratio") == pytest.approx(1e4)
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


def test_a_ratio_turns_while_a_run_goes_on() -> None:
    plan = make_plan("fast", settings={"lr.g": 1e-3, "lr.d": 1e-3})
    turned = change_plan(plan, {"lr.ratio": 4})
    assert _rates(turned) == pytest.approx((0.5e-3, 2e-3))
    assert _rates(change_plan(turned, {"lr.ratio": 1})) == pytest.approx((1e-3, 1e-3))
    assert {change.key for change in changes_between(plan, turned, 5)} == {"lr.g", "lr.d"}


# ---- changes on the way ----


@every_stored
def test_only_a_live_setting_changes_while_a_run_goes_on(setting: Setting) -> None:
    key, value = setting.key, _other(setting)
    plan = make_plan(RECIPE_OF.get(key, "fast"), LOSS_OF.get(key))
    if setting.live:
        changed = change_plan(plan, {key: value})
        assert value_of(changed, key) == value
        assert changed == _plan(key, value)
        assert change_plan(changed, {key: value_of(plan, key)}) == plan
    else:
        assert setting.title.en in _refusal(change_plan, plan, {key: value})
        same = value_of(plan, key)
        assert change_plan(plan, {key: same}) == change_plan(plan, {key: str(same)}) == plan


def test_a_weight_attaches_its_terms_on_the_way_after_those_that_are_there() -> None:
    plan = make_plan("fast")
    changed = change_plan(plan, {"weight.d_r1": 2, "weight.g_class": 0})
    assert changed.auxiliaries == ("acgan", "r1")
    assert changed.weights == {**plan.weights, "d_r1": 2.0, "g_class": 0.0}
    keys = [term.key for term in changed.loss_object().d_terms]
    assert keys == [*(term.key for term in plan.loss_object().d_terms), "d_r1"]
    assert "d_r1" in change_plan(changed, {"weight.d_r1": 0}).weights  # at 0 it is still drawn


def test_another_loss_brings_its_own_steps_and_clip() -> None:
    plan = make_plan("fast")
    critic = change_plan(plan, {}, loss="wgan")
    assert (critic.loss, critic.discriminator_steps, critic.clip_at) == ("wgan", 5, 0.01)
    assert change_plan(critic, {}, loss="non_saturating") == plan
    tuned = change_plan(critic, {"clip": 0.1, "discriminator_steps": 2})
    assert change_plan(tuned, {}, loss="wgan") == tuned
    back = change_plan(tuned, {}, loss="hinge")
    assert (back.clip_at, back.discriminator_steps) == (None, 2)  # a choice of one's own stays
    assert change_plan(back, {}, loss="wgan").clip_at == 0.01
    assert "wgan" in _refusal(change_plan, critic, {"clip": 0.1}, loss="hinge")


def test_what_belonged_to_the_old_loss_leaves_with_it_and_the_rest_stays() -> None:
    plan = make_plan("fast", "r3gan", settings={"weight.d_r1": 5, "weight.g_recon_x": 0.5, "weight.g_class": 2})
    changed = change_plan(plan, {}, loss="non_saturating")
    assert changed.auxiliaries == ("acgan", "recon_x")
    assert changed.weights == {"d_class": 0.5, "g_class": 2.0, "g_recon_x": 0.5}
    kept = change_plan(make_plan("fast", settings={"weight.d_r1": 3}), {}, loss="r3gan")
    assert kept.weights["d_r1"] == 3.0  # the loss has the term itself now, and its weight is kept
    assert kept.weights["d_r2"] == 1.0
    assert "r1" not in kept.auxiliaries


def test_an_addition_that_the_new_loss_cannot_carry_is_left_behind_unless_it_is_asked_for() -> None:
    plan = make_plan("fast", settings={"weight.d_smooth": 0.2, "weight.d_drift": 0.1})
    changed = change_plan(plan, {}, loss="hinge")
    assert changed.auxiliaries == ("acgan", "drift")
    assert "log D" in _refusal(change_plan, plan, {"weight.d_smooth": 0.2}, loss="hinge")


def test_a_loss_that_the_network_cannot_play_is_refused_on_the_way_too() -> None:
    plan = make_plan("fast", settings={"discriminator": "fast_bn"})
    for loss in ("wgan_gp", "dragan", "r3gan"):
        assert "fast_bn" in _refusal(change_plan, plan, {}, loss=loss)
    assert change_plan(plan, {}, loss="rpgan").loss == "rpgan"
    assert "fast_bn" in _refusal(change_plan, plan, {"weight.d_r1": 1})
    with pytest.raises(NotFound):
        change_plan(plan, {}, loss="no such loss")


HOSTILE = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.lists(st.integers())
NAMES = st.sampled_from(sorted([*SETTINGS, *(f"weight.{t.key}" for i in AUXILIARIES.values() for t in i.terms)]))


@settings(max_examples=300)
@given(
    st.sampled_from(["fast", "tutorial_cnn"]),
    st.dictionaries(NAMES | st.text(max_size=8), HOSTILE | st.floats(0, 1) | st.integers(1, 4), max_size=3),
    st.none() | st.sampled_from(sorted(LOSSES)) | st.text(max_size=5),
)
def test_any_change_is_a_plan_or_a_sentence(recipe: str, chosen: dict[str, Any], loss: str | None) -> None:
    plan = make_plan(recipe)
    try:
        changed = change_plan(plan, chosen, loss)
    except VisitorError as refusal:
        assert refusal.text.zh and refusal.text.en
        assert len(refusal.text.en) < 700
    else:
        assert Plan.from_json(json.loads(json.dumps(changed.to_json()))) == changed
        for key, setting in SETTINGS.items():
            assert setting.live or value_of(changed, key) == value_of(plan, key)
