"""How long the axes of a latent space take to find, for every recipe, and what they are worth in the shipped model.

    python -m benchmarks.axes [--rounds 5] [--recipes fast …]

A round takes every recipe's untrained generator once, back and forth: the seconds are those from weights in memory to
the finished axes, with the network built and compiled anew, as for a visitor's run in a warm program. What they find
depends on training, so figures of quality are the shipped model's: the energies of its output-aware axes, the R² of its
named ones, and how well a search from other points finds the same directions (the cosine between both).
"""

from __future__ import annotations

import argparse
import gc
import platform
import time
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.checkpoints import Generator, load
from aigc_demo.checkpoints.insides import Insides
from aigc_demo.home import SHIPPED
from aigc_demo.latent.axes import Axes
from aigc_demo.latent.axes_finding import SEED, find_axes
from aigc_demo.metrics.features import feature_net
from aigc_demo.networks import build_generator
from aigc_demo.networks.initialise import initialise
from aigc_demo.recipes import RECIPES, Plan, make_plan
from aigc_demo.training import describe
from benchmarks.process import load_average
from benchmarks.result import as_text, write
from benchmarks.spread import back_and_forth, spread

RESULT = Path(__file__).parent / "results" / "axes.json"
MOST_SECONDS = 3.0  # the goal
SHOWN_ENERGIES = 8


def untrained(plan: Plan) -> dict[str, np.ndarray]:
    model = build_generator(plan.recipe.generator)
    initialise(model, seed=0, player=1)
    learnt = (variable for variable in model.variables if "seed" not in variable.name)
    return {variable.path.removeprefix(f"{model.name}/"): variable.numpy() for variable in learnt}


def find(generator: Generator, seed: int = SEED) -> Axes:
    return find_axes(Insides(generator), lambda images: feature_net().read(images).predicted, seed)


def timings(recipes: list[str], rounds: int) -> dict[str, Any]:
    """For each recipe what a search costs; all rounds of all recipes share what else the machine does."""
    plans = {recipe: make_plan(recipe) for recipe in recipes}
    weights = {recipe: untrained(plan) for recipe, plan in plans.items()}
    seconds: dict[str, list[float]] = {recipe: [] for recipe in recipes}
    cpu_seconds: dict[str, list[float]] = {recipe: [] for recipe in recipes}
    found: dict[str, Any] = {}
    feature_net().read(np.zeros((1, 28, 28), np.uint8))  # loaded once in a program
    for order in back_and_forth(recipes, rounds):
        for recipe in order:
            started, cpu_before = time.perf_counter(), time.process_time()
            generator = Generator.from_weights(plans[recipe], weights[recipe])
            axes = find(generator)
            seconds[recipe].append(time.perf_counter() - started)
            cpu_seconds[recipe].append(time.process_time() - cpu_before)
            work = Insides(generator).multiplications
            found[recipe] = {"multiplications": work, "points": axes.points, "pullbacks": axes.pullbacks}
            gc.collect()  # a network and its graphs refer to one another
    return {
        recipe: {**found[recipe], "seconds": spread(seconds[recipe]), "cpu_seconds": spread(cpu_seconds[recipe])}
        for recipe in recipes
    }


def quality() -> dict[str, Any]:
    """What the axes of the shipped model are worth."""
    generator = load(SHIPPED / "fast")
    axes, others = find(generator), find(generator, SEED + 1)
    again = {axis.key: axis.direction for axis in others.families["named"]}
    output = axes.families["output"]
    return {
        "model": "fast",
        "latent_size": axes.latent_size,
        "dead": axes.dead,
        "energies": [axis.energy for axis in output[:SHOWN_ENERGIES]],
        "energy_of_kept": sum(axis.energy for axis in output),
        "kept": len(output),
        "named": {
            axis.key.removeprefix("named."): {
                "title": axis.title.en,
                "r2": axis.r2,
                "energy": axis.energy,
                "again": float(abs(axis.direction @ again[axis.key])),
            }
            for axis in axes.families["named"]
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--recipes", nargs="+", choices=RECIPES, default=list(RECIPES))
    parser.add_argument("--out", type=Path, default=RESULT)
    arguments = parser.parse_args()
    before = load_average()
    recipes = timings(arguments.recipes, arguments.rounds)
    result = {
        "machine": f"{platform.machine()}, {describe().name}",
        "load_before": before,
        "rounds": arguments.rounds,
        "goal_seconds": MOST_SECONDS,
        "within_goal": all(found["seconds"]["median"] <= MOST_SECONDS for found in recipes.values()),
        "recipes": recipes,
        "shipped": quality(),
    }
    write(arguments.out, result)
    print(as_text(result))


if __name__ == "__main__":
    main()
