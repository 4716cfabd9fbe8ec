"""Reading a plan back from a file that anybody may have made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from aigc_demo.data import LONGEST_NAME, MOST_CLASSES
from aigc_demo.losses import AUXILIARIES, LOSSES
from aigc_demo.networks import DISCRIMINATORS, GENERATORS
from aigc_demo.recipes.arithmetic import ARITHMETICS
from aigc_demo.recipes.catalogue import find_recipe
from aigc_demo.recipes.making import make_plan, value_of
from aigc_demo.recipes.numbers import number, whole_number
from aigc_demo.recipes.plan import LONGEST_BASE, Plan
from aigc_demo.recipes.recipe import Optimiser, Recipe
from aigc_demo.recipes.settings import STORED
from aigc_demo.text import Text, VisitorError, plain

_LATER = frozenset(
    {
        *("pac", "augment", "dropout", "clip", "auto_stop", "class_names", "base", "freeze_d"),
        *("precision", "xla", "arithmetic"),
    }
)  # older files lack these


def read_plan(data: Mapping[str, Any]) -> Plan:
    """The plan that `Plan.to_json` wrote, checked; raises `VisitorError` when it is not one."""
    try:
        stored = dict(data["recipe"])
        known = find_recipe(stored["key"])
        for player in ("g_optimiser", "d_optimiser"):
            stored[player] = Optimiser(**stored[player])
        stored["auxiliaries"] = tuple(stored["auxiliaries"])
        recipe = Recipe(title=known.title, story=known.story, **stored)
        names = [item.name for item in fields(Plan) if item.name != "recipe"]
        rest = {name: data[name] for name in names if name in data or name not in _LATER}
        rest["auxiliaries"] = tuple(rest["auxiliaries"])
        if "class_names" in rest:
            rest["class_names"] = tuple(rest["class_names"])
        rest["weights"] = {str(key): float(value) for key, value in rest["weights"].items()}
        plan = Plan(recipe=recipe, **rest)
        _check(plan)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise VisitorError(
            Text("config.json 中的训练计划无法读取。", "The training plan in config.json cannot be read.")
        ) from error
    return plan


def _check(plan: Plan) -> None:
    """Raise unless every value of `plan`, which may come from anybody's file, is of the kind that `make_plan` makes."""
    stored = plan.recipe
    if not (
        isinstance(stored.generator, str)
        and isinstance(stored.discriminator, str)
        and stored.generator in GENERATORS
        and stored.discriminator in DISCRIMINATORS
        and stored.loss in LOSSES
        and bool(stored.growth_steps) == bool(GENERATORS[stored.generator].stages)
        and all(item.name in ("adam", "rmsprop") for item in (stored.g_optimiser, stored.d_optimiser))
        and all(key in AUXILIARIES for key in (*stored.auxiliaries, *plan.auxiliaries))
        and all(isinstance(value, float) for value in stored.weights.values())
    ):
        raise ValueError("a plan that no recipe makes")
    given: dict[str, object] = {f"weight.{key}": value for key, value in plan.weights.items()}
    given |= {key: value for key in STORED if (value := value_of(plan, key)) is not None}
    if plan.clip is None:
        given.pop("clip", None)
    made = make_plan(stored.key, plan.loss, plan.dataset, plan.seed, plan.seconds, plan.steps, given)
    for mine, theirs in (
        (plan, made),
        (stored, made.recipe),
        (stored.g_optimiser, made.recipe.g_optimiser),
        (stored.d_optimiser, made.recipe.d_optimiser),
    ):
        _check_types(mine, theirs)
    number(stored.ema_lag, 1.0, 1e9, plain("ema_lag"))
    whole_number(stored.latent_size, 1, 1024, plain("latent_size"))
    if stored.discriminator_steps is not None:
        whole_number(stored.discriminator_steps, 1, 20, plain("discriminator_steps"))
    for optimiser in (stored.g_optimiser, stored.d_optimiser):
        number(optimiser.beta_2, 0.0, 0.99999, plain("beta_2"))
    if not (isinstance(plan.base, str) and len(plan.base) <= LONGEST_BASE and plan.base.isprintable()):
        raise ValueError("not the name of a model")
    names = plan.class_names
    if not (
        1 <= len(names) <= MOST_CLASSES
        and all(isinstance(name, str) and 1 <= len(name) <= LONGEST_NAME and name.isprintable() for name in names)
    ):
        raise ValueError("not the names of classes")
    if plan.arithmetic and plan.arithmetic not in ARITHMETICS:
        raise ValueError("not an arithmetic")
    loss = plan.loss_object()
    if set(plan.weights) != {term.key for term in loss.d_terms + loss.g_terms if term.symbol}:
        raise ValueError("weights of other terms than the loss has")


def _check_types(made: object, known: object) -> None:
    for item in fields(known):  # type: ignore[arg-type]
        if type(getattr(made, item.name)) is not type(getattr(known, item.name)):
            raise TypeError(f"{item.name} is of another type")
