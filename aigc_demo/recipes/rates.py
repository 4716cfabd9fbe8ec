"""The ratio of the two learning rates, D's to G's: another way to say both, and nothing that is kept beside them.

Two time scales: Heusel et al. 2017 (TTUR, arXiv:1706.08500), who prove that such a game settles, and not which of the
two should be the faster.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from math import sqrt

from aigc_demo.recipes.recipe import Recipe


def ratio_of(recipe: Recipe) -> float:
    """D's learning rate over G's."""
    return recipe.d_optimiser.learning_rate / recipe.g_optimiser.learning_rate


def tilted(recipe: Recipe, ratio: float, given: Container[str]) -> Recipe:
    """`recipe` with D's rate `ratio` times G's.

    The geometric mean of the two stays; if just one of them, `lr.g` or `lr.d`, is among the settings `given`, that one.
    """
    if ratio == ratio_of(recipe):
        return recipe
    g, d = recipe.g_optimiser.learning_rate, recipe.d_optimiser.learning_rate
    if ("lr.g" in given) == ("lr.d" in given):
        middle = sqrt(g * d)
        g, d = middle / sqrt(ratio), middle * sqrt(ratio)
    elif "lr.g" in given:
        d = g * ratio
    else:
        g = d / ratio
    optimisers = (replace(recipe.g_optimiser, learning_rate=g), replace(recipe.d_optimiser, learning_rate=d))
    return replace(recipe, g_optimiser=optimisers[0], d_optimiser=optimisers[1])
