"""Which loss is called a recipe's best, and what the leaderboard then trains."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aigc_demo.recipes import RECIPES
from benchmarks import leaderboard
from benchmarks.best_loss import CANDIDATES, FREE, best_of, table
from benchmarks.leaderboard import Line, of_losses

FIGURES = {"non_saturating": (50.0, 55.0), "hinge": (40.0, 45.0), "lsgan": (30.0, 60.0), "r3gan": (80.0, 90.0)}


def _line(recipe: str, loss: str, seed: int, digit_fd: float, budget: str = "500 steps") -> Line:
    return Line(recipe, loss, budget, seed, 500, 10.0, {"digit_fd": digit_fd}, None, 1, 1, 1.0)


def _lines(recipe: str = "dcgan") -> list[Line]:
    return [_line(recipe, loss, seed, value) for loss, values in FIGURES.items() for seed, value in enumerate(values)]


@pytest.mark.parametrize(
    ("spread", "best"),
    [
        ({"a": [5.0, 6.0], "b": [4.0, 4.5]}, "b"),
        ({"a": [5.0, 6.0], "b": [4.0, 5.5]}, "a"),  # one seed of b is no better than one of a: nothing is shown
        ({"a": [5.0, 6.0], "b": [4.0, 4.5], "c": [1.0, 4.9]}, "b"),
        ({"a": [5.0, 6.0]}, "a"),
    ],
)
def test_another_loss_is_best_where_all_its_seeds_are_better(spread: dict[str, list[float]], best: str) -> None:
    assert best_of(spread, "a") == best


def test_the_table_takes_as_many_seeds_of_each_loss_and_only_recipes_that_tried_all() -> None:
    third = _line("dcgan", "non_saturating", 2, 1.0)
    other_budget = _line("dcgan", "hinge", 0, 1.0, "30s")
    partly = [line for line in _lines("half") if line.loss != "r3gan"]
    (row,) = table([*_lines(), third, other_budget, *partly], seeds=2)["rows"]
    assert row == {
        "recipe": "dcgan",
        "own": "non_saturating",
        "best": "hinge",
        "digit_fd": {loss: list(values) for loss, values in FIGURES.items()},
    }


def test_every_loss_of_every_recipe_that_is_asked_could_be_its_best() -> None:
    assert all(RECIPES[recipe].loss in CANDIDATES for recipe in FREE)


def test_the_leaderboard_trains_the_own_loss_and_a_better_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = tmp_path / "best_loss.json"
    monkeypatch.setattr(leaderboard, "BEST_LOSS", result)
    assert of_losses("dcgan") == ("non_saturating",)
    result.write_text(json.dumps(table(_lines(), seeds=2)))
    assert of_losses("dcgan") == ("non_saturating", "hinge")
    assert of_losses("sngan") == ("hinge",)
