"""The recipes by name. To add one, add a `Recipe` to one of the `zoo_` files; every list, test and page follows."""

from __future__ import annotations

from aigc_demo.recipes.recipe import Recipe
from aigc_demo.recipes.zoo_attention import ATTENTION
from aigc_demo.recipes.zoo_fast import FAST
from aigc_demo.recipes.zoo_infogan import INFOGAN
from aigc_demo.recipes.zoo_plain import PLAIN
from aigc_demo.recipes.zoo_progressive import PROGRESSIVE
from aigc_demo.recipes.zoo_style import STYLE
from aigc_demo.recipes.zoo_tutorial import TUTORIAL
from aigc_demo.text import NotFound, Text

DEFAULT_RECIPE = "fast"  # the one that is taken where none is named
RECIPES: dict[str, Recipe] = {
    recipe.key: recipe for recipe in (*FAST, *TUTORIAL, *PLAIN, *INFOGAN, *ATTENTION, *PROGRESSIVE, *STYLE)
}


def find_recipe(key: str) -> Recipe:
    """The recipe called `key`; raises `NotFound` with the list of names."""
    if isinstance(key, str) and key in RECIPES:  # what an API client sends may be anything
        return RECIPES[key]
    raise NotFound(
        Text(
            "没有名为“{key}”的配方。可用：{known}。", "There is no recipe called “{key}”. Choose one of {known}."
        ).format(key=str(key)[:80], known=", ".join(RECIPES))
    )
