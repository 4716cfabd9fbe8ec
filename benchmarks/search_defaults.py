"""Which settings a search would give each recipe, beside those it has: one study a recipe, and its best trial checked.

    python -m benchmarks.search_defaults --recipes dcgan,sngan --trials 30 --steps 400

Every recipe is searched over its usual settings (`search.usual_ranges`), or over those of `--over`: with
`--over lr.g,lr.d,ema_decay` every trial's step costs the same, so that what is found costs nothing. The best trial and
the recipe as it is are then trained again from seeds that the search has not seen, so that a lucky seed is not taken for
a good setting; and once each for four times as many steps, so that what is only quick at first is not taken for good
either (`--longer` makes up for that alone, from the studies as they are). The studies stay in --studies and are gone on
with: run the command again to make up for what is missing.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.data import load
from aigc_demo.home import data_home
from aigc_demo.metrics.report import evaluate_images
from aigc_demo.recipes import RECIPES, Plan, Value, make_plan
from aigc_demo.runs import ready_trainer
from aigc_demo.runs.measure import SAMPLES, SEED
from aigc_demo.search import Results, Searcher, StudyFolder, define, parse_over, usual_ranges
from aigc_demo.training import describe
from benchmarks.result import read, write

OUT = Path(__file__).parent / "results" / "search_defaults.json"
CHECK_SEEDS = (101, 102, 103)
LONGER = 4  # times the steps of a trial

Checks = Mapping[str, Callable[[Results], Mapping[str, Any]]]


def main() -> None:
    arguments = _arguments()
    content = read(arguments.out)
    found = content.setdefault("recipes", {})
    for recipe in arguments.recipes or RECIPES:
        if arguments.longer:
            results = StudyFolder.open(arguments.studies, found[recipe]["study"]).results()
            checks: Checks = {"longer": _longer}
        else:
            results = _searched(recipe, arguments)
            checks = {"checked": _checked, "longer": _longer} if arguments.check else {}
            found[recipe] = summary(results)
            content |= {"dataset": "digits5k", "machine": describe().name}
            write(arguments.out, content)
        if results.best is not None:
            for name, check in checks.items():
                found[recipe][name] = check(results)
                write(arguments.out, content)
        print(recipe, found[recipe], flush=True)


def summary(results: Results) -> dict[str, Any]:
    """The study in a few figures: how many trials, the recipe as it is, and the best."""
    best, default = results.best, results.default
    return {
        "study": results.name,
        "loss": results.definition.loss,
        "steps": results.definition.steps,
        "seed": results.definition.seed,
        "sampler": results.definition.sampler,
        "searched": [item.key for item in results.definition.ranges],
        "trials": results.counts(),
        "default": None if default is None else {"digit_fd": default.digit_fd, "seconds": default.seconds},
        "best": None if best is None else {
            "trial": best.number,
            "digit_fd": best.digit_fd,
            "seconds": best.seconds,
            "step": best.step,
            "settings": dict(best.settings),
        },
    }  # fmt: skip


def _searched(recipe: str, arguments: argparse.Namespace) -> Results:
    """The recipe's study with at least the trials that are asked for."""
    plan, home = make_plan(recipe), arguments.studies
    name = f"{recipe}-{plan.loss}{'-over' if arguments.over else ''}"
    if (home / name).is_dir():
        folder = StudyFolder.open(home, name)
    else:
        ranges = parse_over(plan, arguments.over) if arguments.over else usual_ranges(plan)
        folder = StudyFolder.create(home, name, define(recipe, ranges, steps=arguments.steps))
    counts = folder.results().counts()
    missing = arguments.trials - counts["complete"] - counts["pruned"]
    if missing > 0:
        for news in Searcher(folder, load("digits5k")).turns(missing):
            if news.ended:
                print(recipe, folder.results().counts(), flush=True)
    return folder.results()


def _checked(results: Results) -> dict[str, list[float]]:
    """Digit-FD after all steps of a trial from other seeds: with the best trial's settings, and as the recipe was."""
    steps = results.definition.steps
    return {
        side: [_digit_fd(results, settings, seed, steps) for seed in CHECK_SEEDS]
        for side, settings in _sides(results).items()
    }


def _longer(results: Results) -> dict[str, float]:
    """Digit-FD of both after `LONGER` times the steps of a trial, from the first of the other seeds."""
    steps = LONGER * results.definition.steps
    sides = _sides(results).items()
    return {"steps": steps} | {side: _digit_fd(results, settings, CHECK_SEEDS[0], steps) for side, settings in sides}


def _sides(results: Results) -> dict[str, Mapping[str, Value]]:
    """The settings that are compared. As the recipe was, and not as it is now, should it have been changed since."""
    assert results.best is not None and results.default is not None
    return {"best": results.best.settings, "default": results.default.settings}


def _digit_fd(results: Results, settings: Mapping[str, Value], seed: int, steps: int) -> float:
    game = results.definition
    plan: Plan = make_plan(game.recipe, game.loss, game.dataset, seed=seed, settings=dict(settings))
    trainer = ready_trainer(plan, load(game.dataset))
    trainer.steps(steps)
    z = np.random.default_rng(SEED).standard_normal((SAMPLES, plan.recipe.latent_size)).astype(np.float32)
    value = evaluate_images(trainer.sample(z, np.arange(SAMPLES, dtype=np.int64) % 10))["digit_fd"]
    assert value is not None
    return float(value)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipes", type=lambda given: given.split(","), default=None)
    parser.add_argument("--over", default="", help="the settings to search, as the command `search` takes them")
    parser.add_argument("--trials", type=int, default=30)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--no-check", dest="check", action="store_false", help="do not train the best again")
    parser.add_argument("--longer", action="store_true", help="only train both for longer, of studies that are there")
    parser.add_argument("--studies", type=Path, default=data_home() / "studies")
    parser.add_argument("--out", type=Path, default=OUT)
    return parser.parse_args()


if __name__ == "__main__":
    main()
