"""What a tracker is told of a plan: every choice by name, flat, as its tables want it."""

from __future__ import annotations

from aigc_demo.recipes import SETTINGS, Plan, value_of
from aigc_demo.tracking.tracker import Fact


def facts_of(plan: Plan) -> dict[str, Fact]:
    """Recipe, loss, data, seed, and the value of every setting and weight, named as in `train --set`."""
    facts: dict[str, Fact] = {"recipe": plan.recipe.key, "loss": plan.loss, "dataset": plan.dataset, "seed": plan.seed}
    for key in (*SETTINGS, *(f"weight.{term}" for term in plan.weights)):
        value = value_of(plan, key)
        if value is not None:
            facts[key] = value
    return facts
