"""Recipes and plans: every choice checked, every plan kept exactly, and nothing but a sentence for all the rest."""

from __future__ import annotations

import copy
import json
import math
from dataclasses import MISSING, fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_demo.data import DATASETS
from aigc_demo.losses import AUXILIARIES, LOSSES
from aigc_demo.recipes import MAX_SEED, RECIPES, SETTINGS, Optimiser, Plan, Recipe, find_recipe, make_plan
from aigc_demo.text import NotFound, VisitorError

every_recipe = pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)


def _refusal(**choices: Any) -> str:
    with pytest.raises(VisitorError) as refusal:
        make_plan(**choices)
    text = refusal.value.text
    assert text.zh != text.en
    assert "\n" not in text.zh + text.en
    assert len(text.en) < 400
    return text.en


@every_recipe
def test_a_recipe_is_complete(recipe: Recipe) -> None:
    assert find_recipe(recipe.key) is recipe
    assert recipe.loss in LOSSES
    assert set(recipe.auxiliaries) <= set(AUXILIARIES)
    assert 0 <= recipe.ema_decay < 1
    for optimiser in (recipe.g_optimiser, recipe.d_optimiser):
        assert 0 < optimiser.learning_rate < 0.1
        assert 0 <= optimiser.beta_1 < optimiser.beta_2 < 1
    assert recipe.class_head or not any(AUXILIARIES[key].needs_class_head for key in recipe.auxiliaries)


def test_the_settings_that_the_sources_give() -> None:
    """The tutorial's Adam has Keras's default betas; the repairs use beta 1 = .5; TensorFlow's DCGAN as published."""
    for key in ("tutorial_4_3", "tutorial_5_2"):
        recipe = RECIPES[key]
        assert (recipe.loss, recipe.batch_size, recipe.updates) == ("double_sigmoid", 128, "simultaneous")
        assert recipe.g_optimiser == recipe.d_optimiser == Optimiser(2e-4, 0.9, 0.999)
        repaired = RECIPES[f"{key}_repaired"]
        assert (repaired.loss, repaired.batch_size) == ("non_saturating", 128)
        assert repaired.g_optimiser == repaired.d_optimiser == Optimiser(2e-4, 0.5, 0.999)
    assert RECIPES["tutorial_cnn"].g_optimiser == Optimiser(2e-4, 0.5, 0.99)
    assert RECIPES["tutorial_cnn"].batch_size == 64
    yardstick = RECIPES["dcgan_tf"]
    assert yardstick.g_optimiser == yardstick.d_optimiser == Optimiser(1e-4, 0.9, 0.999)
    assert (yardstick.batch_size, yardstick.latent_size, yardstick.updates) == (256, 100, "simultaneous")
    assert yardstick.ema_decay == 0.0


def test_defaults() -> None:
    plan = make_plan()
    assert (plan.recipe.key, plan.loss, plan.dataset, plan.seed) == ("fast", RECIPES["fast"].loss, "digits5k", 0)
    assert plan.recipe.conditional
    assert plan.seconds is None
    assert plan.steps is None
    assert plan.dataset in DATASETS


@every_recipe
@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_goes_with_every_recipe(recipe: Recipe, loss: str) -> None:
    plan = make_plan(recipe.key, loss)
    game = plan.loss_object()
    own = recipe.discriminator_steps if loss == recipe.loss else None
    assert plan.discriminator_steps == (own or LOSSES[loss].discriminator_steps)
    assert plan.weights.keys() == {term.key for term in game.d_terms + game.g_terms if term.symbol}
    assert game.key == loss
    assert {term.key for term in game.d_terms} >= {term.key for term in LOSSES[loss].d_terms}
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


def test_a_recipes_own_weight_goes_before_the_terms() -> None:
    for recipe in RECIPES.values():
        plan = make_plan(recipe.key)
        for key, value in recipe.weights.items():
            assert plan.weights[key] == value
    assert make_plan("fast", settings={"weight.g_class": 0.125}).weights["g_class"] == 0.125


def test_a_weight_attaches_its_auxiliary() -> None:
    plan = make_plan("tutorial_4_3", settings={"weight.g_recon_x": "0.5"})
    assert plan.auxiliaries == ("recon_x",)
    assert plan.weights == {"g_recon_x": 0.5}
    assert "g_recon_x" in {term.key for term in plan.loss_object().g_terms}
    own = make_plan("tutorial_4_3", "doc_literal", settings={"weight.g_recon_x": 0})
    assert own.auxiliaries == ()  # this loss has the term already
    assert own.weights == {"g_recon_x": 0.0}


def test_settings_reach_the_recipe() -> None:
    chosen = {"lr.g": 0.5, "lr.d": "1e-3", "batch_size": 17, "discriminator_steps": 3}
    plan = make_plan(settings={**chosen, "rate_halving_steps": 100, "ema_decay": 0.5})
    recipe = plan.recipe
    assert recipe.g_optimiser == replace(RECIPES["fast"].g_optimiser, learning_rate=0.5)
    assert recipe.d_optimiser == replace(RECIPES["fast"].d_optimiser, learning_rate=1e-3)
    assert (recipe.batch_size, plan.discriminator_steps) == (17, 3)
    assert (recipe.rate_halving_steps, recipe.ema_decay) == (100, 0.5)
    assert make_plan().recipe == RECIPES["fast"]  # the catalogue itself is never changed


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"recipe": "slow"}, ["slow", "fast", "dcgan_tf"]),
        ({"recipe": None}, ["None"]),
        ({"recipe": ["fast"]}, ["fast"]),
        ({"loss": "gan"}, ["gan", "non_saturating", "wgan"]),
        ({"loss": {"a": 1}}, ["wgan"]),
        ({"dataset": 5}, ["dataset", "name or a path"]),
        ({"seed": -1}, ["seed", "-1"]),
        ({"seed": MAX_SEED + 1}, ["seed", "2,147,483,647"]),
        ({"seed": 1.5}, ["seed", "whole number"]),
        ({"seed": True}, ["seed", "True"]),
        ({"seed": "abc"}, ["seed", "abc"]),
        ({"seconds": 0}, ["training time", "0.1"]),
        ({"seconds": "nan"}, ["training time", "nan"]),
        ({"seconds": math.inf}, ["training time", "inf"]),
        ({"steps": 0}, ["number of steps", "1,000,000"]),
        ({"steps": 10**6 + 1}, ["number of steps", "1,000,000"]),
        ({"settings": {"weight.g_class": 11}}, ["weight.g_class", "10"]),
        ({"settings": {"weight.g_recon_x": -0.1}}, ["weight.g_recon_x"]),
        ({"settings": {"weight.g_recon_x": ""}}, ["weight.g_recon_x", "nothing"]),
        ({"settings": {"weight.g_adversarial": 1}}, ["g_adversarial", "g_class"]),
        ({"settings": {"lr.g": 0}}, ["lr.g"]),
        ({"settings": {"lr.x": 1}}, ["lr.x", "lr.g", "weight.g_class"]),
        ({"settings": {"batch_size": 1}}, ["batch_size"]),
        ({"settings": {"discriminator_steps": 2.5}}, ["discriminator_steps", "whole"]),
        ({"settings": {"ema_decay": 1}}, ["ema_decay"]),
        ({"recipe": "dcgan_tf", "settings": {"weight.g_class": 1}}, ["dcgan_tf", "class head", "fast"]),
    ],
    ids=str,
)
def test_a_bad_choice_is_named_with_what_would_be_good(choices: dict[str, Any], words: list[str]) -> None:
    sentence = _refusal(**choices)
    assert all(word in sentence for word in words), sentence


def test_a_number_too_long_to_be_written_out_is_refused() -> None:
    assert "seed" in _refusal(seed=10**5000)
    with pytest.raises(VisitorError):
        Plan.from_json(_changed(("steps",), 10**5000))


def test_unknown_names_are_not_found() -> None:
    for choices in ({"recipe": "x"}, {"loss": "x"}):
        with pytest.raises(NotFound):
            make_plan(**choices)


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["fast", "wgan", "digits5k", "1", "1e3", "-0", "１２", "1_0", 10**400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    [*SETTINGS, *(f"weight.{term.key}" for item in AUXILIARIES.values() for term in item.terms)]
) | st.text(max_size=12)


@settings(max_examples=300)
@given(
    recipe=st.sampled_from(sorted(RECIPES)) | JUNK,
    loss=st.none() | st.sampled_from(sorted(LOSSES)) | JUNK,
    dataset=st.just("digits5k") | JUNK,
    seed=st.integers(0, 10) | JUNK,
    seconds=st.none() | st.floats(1, 100) | JUNK,
    steps=st.none() | st.integers(1, 100) | JUNK,
    chosen=st.dictionaries(NAMES, st.floats(0, 1) | JUNK, max_size=3),
)
def test_any_choice_is_a_plan_or_a_sentence(chosen: dict[str, Any], **choices: Any) -> None:
    try:
        plan = make_plan(**choices, settings=chosen)
    except VisitorError as refusal:
        assert refusal.text.zh
        assert refusal.text.en
        assert len(refusal.text.en) < 600
    else:
        assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan
        assert 0 <= plan.seed <= MAX_SEED
        assert all(0 <= weight <= 10 for weight in plan.weights.values())


def _paths(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in nested JSON."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path] * bool(path) + [place for key, value in inner for place in _paths(value, (*path, key))]


GOOD = json.loads(json.dumps(make_plan("fast", "wgan", seconds=20, settings={"weight.g_recon_x": 0.1}).to_json()))


def _changed(path: tuple[Any, ...], value: Any, delete: bool = False) -> dict[str, Any]:
    data = copy.deepcopy(GOOD)
    holder = data
    for key in path[:-1]:
        holder = holder[key]
    if delete:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return data


def test_to_json_is_plain_and_holds_no_words_for_people() -> None:
    assert (
        Plan.from_json(GOOD).to_json()
        == make_plan("fast", "wgan", seconds=20, settings={"weight.g_recon_x": 0.1}).to_json()
    )
    assert "title" not in GOOD["recipe"]
    assert json.dumps(GOOD).isascii()


LATER = {  # plans were saved without these once
    "pac": 1,
    "augment": 0,
    "dropout": 0.0,
    "clip": None,
    "auto_stop": 0.0,
    "class_names": tuple("0123456789"),
    "base": "",
    "freeze_d": 0,
    "precision": "auto",
    "xla": "auto",
    "arithmetic": "",
}
NEEDED = [(item.name,) for item in fields(Plan) if item.name not in LATER] + [
    ("recipe", item.name)
    for item in fields(Recipe)
    if item.name in GOOD["recipe"] and item.default is MISSING and item.default_factory is MISSING
]


@pytest.mark.parametrize("path", [*NEEDED, ("weights", "g_class"), ("recipe", "d_optimiser", "learning_rate")], ids=str)
def test_a_saved_plan_lacking_anything_is_refused(path: tuple[str, ...]) -> None:
    assert len(NEEDED) > 15
    with pytest.raises(VisitorError):
        Plan.from_json(_changed(path, None, delete=True))


def test_a_plan_saved_before_a_recipe_had_a_field_gets_the_fields_default() -> None:
    assert Plan.from_json(_changed(("recipe", "section"), None, delete=True)).recipe.section == ""


def test_a_plan_saved_before_a_setting_was_known_is_as_it_was_then() -> None:
    data = copy.deepcopy(GOOD)
    for name in LATER:
        del data[name]
    plan = Plan.from_json(data)
    assert {name: getattr(plan, name) for name in LATER} == LATER
    assert plan == Plan.from_json(GOOD)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("recipe", "generator"), "os:system"),
        (("recipe", "generator"), ["fast"]),
        (("recipe", "discriminator"), "../../evil"),
        (("recipe", "latent_size"), 10**9),
        (("recipe", "latent_size"), "64"),
        (("recipe", "batch_size"), 10**9),
        (("recipe", "batch_size"), 32.0),
        (("recipe", "updates"), "never"),
        (("recipe", "conditional"), 1),
        (("recipe", "ema_decay"), math.nan),
        (("recipe", "ema_lag"), -3.0),
        (("recipe", "rate_halving_steps"), 0.0),
        (("recipe", "g_optimiser", "name"), "sgd"),
        (("recipe", "g_optimiser", "beta_1"), 1.5),
        (("recipe", "d_optimiser", "beta_2"), math.inf),
        (("recipe", "d_optimiser", "learning_rate"), "0.1"),
        (("recipe", "auxiliaries"), ["no such term"]),
        (("recipe", "weights"), {"g_class": "much"}),
        (("recipe", "loss"), "no such loss"),
        (("recipe", "key"), "no such recipe"),
        (("recipe", "title"), {"zh": "x", "en": "x"}),
        (("recipe", "hook"), "rm -rf"),
        (("auxiliaries",), []),
        (("auxiliaries",), ["no such term"]),
        (("weights",), {}),
        (("weights", "g_class"), 10**400),
        (("weights", "g_class"), -1.0),
        (("weights", "g_other"), 1.0),
        (("seed",), "5"),
        (("seed",), 1.0),
        (("seconds",), -1.0),
        (("steps",), True),
        (("loss",), None),
        (("dataset",), ["digits5k"]),
        (("discriminator_steps",), 0),
        (("pac",), 2),
        (("pac",), True),
        (("augment",), 1.5),
        (("dropout",), 0.95),
        (("dropout",), "0.1"),
        (("clip",), 0.0),
        (("auto_stop",), -1.0),
        (("recipe",), "fast"),
    ],
    ids=str,
)
def test_a_saved_plan_that_no_recipe_makes_is_refused(path: tuple[Any, ...], value: Any) -> None:
    with pytest.raises(VisitorError) as refusal:
        Plan.from_json(_changed(path, value))
    assert refusal.value.text.zh != refusal.value.text.en


@pytest.mark.parametrize("data", [None, [], "plan", 3, {}, {"recipe": None}, {"recipe": {"key": {}}}], ids=str)
def test_what_is_no_plan_at_all_is_refused(data: Any) -> None:
    with pytest.raises(VisitorError):
        Plan.from_json(data)


@settings(max_examples=300)
@given(st.sampled_from(_paths(GOOD)), JUNK)
def test_junk_anywhere_in_a_saved_plan_is_a_plan_or_a_sentence(path: tuple[Any, ...], value: Any) -> None:
    try:
        plan = Plan.from_json(_changed(path, value))
    except VisitorError:
        return
    assert plan.recipe.key in RECIPES
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


@pytest.mark.parametrize(
    "names", [(), ("",), ("x" * 21,), tuple("ab" * 40), (1,), ("a\nb",), None, "0123456789" * 9], ids=str
)
def test_names_of_classes_are_read_with_care(names: object) -> None:
    data = make_plan().to_json() | {"class_names": names}
    with pytest.raises(VisitorError):
        Plan.from_json(data)


def test_a_plan_keeps_the_names_of_its_classes_and_never_has_fewer_than_ten() -> None:
    data = make_plan().to_json() | {"class_names": ["ʘ", "two"]}
    plan = Plan.from_json(data)
    assert plan.class_names == ("ʘ", "two") and plan.classes == 10
    assert Plan.from_json(data | {"class_names": list(map(str, range(26)))}).classes == 26
