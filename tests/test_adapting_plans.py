"""What a run is that begins with a trained model."""

from __future__ import annotations

import pytest

from aigc_demo.recipes import Plan, make_plan, value_of
from aigc_demo.recipes.adapting import DEFAULTS, adapt_plan
from aigc_demo.text import VisitorError


def test_it_plays_the_model_s_game_at_low_rates() -> None:
    base = make_plan("fast_long", settings={"lr.g": 0.5, "weight.g_class": 0.01})
    plan = adapt_plan(base, "fast", "digits5k+one_image", 3, 20)
    assert plan.recipe.generator == base.recipe.generator and plan.loss == base.loss
    assert {key: value_of(plan, key) for key in DEFAULTS} == dict(DEFAULTS)
    assert plan.weights["g_class"] == 0.5
    assert (plan.base, plan.dataset, plan.seed, plan.seconds) == ("fast", "digits5k+one_image", 3, 20.0)
    assert Plan.from_json(plan.to_json()) == plan


def test_a_visitor_s_settings_come_first() -> None:
    plan = adapt_plan(make_plan("projection"), "p", "digits5k", settings={"lr.g": "1e-4", "freeze_d": 0})
    assert value_of(plan, "lr.g") == 1e-4 and plan.freeze_d == 0


@pytest.mark.parametrize("settings", [{"freeze_d": 5}, {"freeze_d": -1}, {"freeze_d": 1.5}, {"nothing": 1}, {"pac": 2}])
def test_what_cannot_be_set_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(VisitorError):
        adapt_plan(make_plan("fast"), "fast", "digits5k", settings=settings)


def test_a_model_that_sorts_itself_cannot_be_told_of_a_class() -> None:
    with pytest.raises(VisitorError, match="categories"):
        adapt_plan(make_plan("infogan"), "i", "digits5k")


def test_the_model_s_own_classes_must_come_first() -> None:
    base = Plan.from_json(make_plan("fast").to_json() | {"class_names": ["a", "b"]})
    with pytest.raises(VisitorError, match="begin with"):
        adapt_plan(base, "x", "digits5k")
