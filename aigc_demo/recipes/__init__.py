"""Recipes: which networks play which game with which optimisers, as plain frozen data.

A `Recipe` is what a visitor chooses by name. A `Plan` is a recipe with every choice made (loss, weights, rates, data,
seed): it is saved before the first step and is all that is needed to build, resume or repeat a run.
"""

from aigc_demo.recipes.arithmetic import ARITHMETICS, REFERENCE, Arithmetic, arithmetic_of, candidates, settled
from aigc_demo.recipes.catalogue import DEFAULT_RECIPE, RECIPES, find_recipe
from aigc_demo.recipes.making import (
    DEFAULT_SECONDS,
    MAX_SECONDS,
    MAX_SEED,
    MAX_STEPS,
    MIN_SECONDS,
    change_plan,
    default_of,
    make_plan,
    value_of,
)
from aigc_demo.recipes.numbers import number, whole_number
from aigc_demo.recipes.plan import Plan
from aigc_demo.recipes.recipe import Optimiser, Recipe, Updates
from aigc_demo.recipes.settings import MAX_WEIGHT, SETTINGS, STORED, WEIGHT, Setting, Value

__all__ = [
    "ARITHMETICS",
    "DEFAULT_RECIPE",
    "DEFAULT_SECONDS",
    "MAX_SECONDS",
    "MAX_SEED",
    "MAX_STEPS",
    "MAX_WEIGHT",
    "MIN_SECONDS",
    "RECIPES",
    "REFERENCE",
    "SETTINGS",
    "STORED",
    "WEIGHT",
    "Arithmetic",
    "Optimiser",
    "Plan",
    "Recipe",
    "Setting",
    "Updates",
    "Value",
    "arithmetic_of",
    "candidates",
    "change_plan",
    "default_of",
    "find_recipe",
    "make_plan",
    "number",
    "settled",
    "value_of",
    "whole_number",
]
