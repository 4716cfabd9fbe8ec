"""Steps a second of every recipe with every loss it can be played with: the trainer alone, compiled and warm.

    python -m benchmarks.speed [--minutes 12] [--rounds 3] [--recipes fast …] [--losses wgan …] [--fresh]

Recipe by recipe, all its losses are compiled and kept, then measured in rounds that go back and forth through them, so
that what else the machine does falls on all alike. A window is one compiled call of up to a second, at least one step;
`--minutes` shares the time out and ends the measuring when it is over. The result is written after every recipe; what
is in it already is not measured again unless `--fresh` is given. Losses that a recipe cannot be played with are listed
under the sentence that refuses them.
"""

from __future__ import annotations

import argparse
import gc
import platform
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from aigc_demo.data import Dataset, load
from aigc_demo.losses import LOSSES
from aigc_demo.recipes import RECIPES, Plan, make_plan
from aigc_demo.text import VisitorError
from aigc_demo.training import Trainer, describe
from benchmarks.process import load_average
from benchmarks.result import as_text, read, write
from benchmarks.spread import back_and_forth, spread

RESULT = Path(__file__).parent / "results" / "speed.json"
LONGEST_WINDOW, SHORTEST_WINDOW = 1.0, 0.1


def plans(recipe: str, losses: Iterable[str], seed: int) -> tuple[dict[str, Plan], dict[str, list[str]]]:
    """The plans of `recipe` by loss, and the losses it refuses by the refusing sentence."""
    good: dict[str, Plan] = {}
    refused: dict[str, list[str]] = {}
    for loss in losses:
        try:
            good[loss] = make_plan(recipe, loss, seed=seed)
        except VisitorError as error:
            refused.setdefault(error.text.en, []).append(loss)
    return good, refused


def compile_all(wanted: Mapping[str, Plan], dataset: Dataset, until: float) -> dict[str, tuple[Trainer, float]]:
    """Warm trainers by loss, each with the seconds of one step; those that `until` leaves no time for are missing."""
    warm: dict[str, tuple[Trainer, float]] = {}
    for loss, plan in wanted.items():
        if time.monotonic() >= until:
            break
        trainer = Trainer(plan, dataset)
        trainer.steps(1)
        warm[loss] = trainer, trainer.steps(1).seconds
    return warm


def measure(
    warm: Mapping[str, tuple[Trainer, float]], rounds: int, window: float, until: float
) -> dict[str, list[float]]:
    """Steps a second of each trainer, one figure a round; the first round is finished even when time is up."""
    rates: dict[str, list[float]] = {loss: [] for loss in warm}
    for number, order in enumerate(back_and_forth(tuple(warm), rounds)):
        for loss in order:
            if number and time.monotonic() >= until:
                return rates
            trainer, a_step = warm[loss]
            done = trainer.steps(max(1, round(window / a_step)))
            rates[loss].append(len(done.values) / done.seconds)
            warm = {**warm, loss: (trainer, done.seconds / len(done.values))}
    return rates


def window_length(seconds_left: float, trainers: int, rounds: int) -> float:
    """Seconds for each window, so that all rounds of all trainers fit into what is left."""
    return min(LONGEST_WINDOW, max(SHORTEST_WINDOW, seconds_left / max(1, trainers * rounds)))


def missing(result: Mapping[str, Any], wanted: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What of `wanted`, losses by recipe, is neither measured nor refused in `result`."""
    left = {}
    for recipe, losses in wanted.items():
        known = result.get("recipes", {}).get(recipe, {})
        refused = {loss for names in known.get("refused", {}).values() for loss in names}
        left[recipe] = [
            loss for loss in losses if loss not in known.get("steps_per_second", {}) and loss not in refused
        ]
    return {recipe: losses for recipe, losses in left.items() if losses}


def add_recipe(result: dict[str, Any], recipe: str, losses: list[str], rounds: int, seconds: float) -> None:
    """Measure these losses of `recipe` in about `seconds`, and add them to `result`."""
    until = time.monotonic() + seconds
    wanted, refused = plans(recipe, losses, result["seed"])
    load_before = load_average()
    warm = compile_all(wanted, load("digits5k"), until)
    window = window_length(until - time.monotonic(), len(warm), rounds)
    rates = {loss: found for loss, found in measure(warm, rounds, window, until).items() if found}
    entry = result["recipes"].setdefault(recipe, {"steps_per_second": {}, "refused": {}})
    entry["batch_size"] = RECIPES[recipe].batch_size
    entry["load_average_before"] = load_before
    entry["steps_per_second"] |= {loss: spread(found) | {"rounds": len(found)} for loss, found in rates.items()}
    entry["refused"] |= refused


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=12.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--recipes", nargs="+", choices=RECIPES, default=list(RECIPES))
    parser.add_argument("--losses", nargs="+", choices=LOSSES, default=list(LOSSES))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fresh", action="store_true", help="measure again what is there already")
    parser.add_argument("--out", type=Path, default=RESULT)
    arguments = parser.parse_args()
    end = time.monotonic() + 60 * arguments.minutes
    machine = f"{platform.machine()}, {describe().name}"
    earlier = {} if arguments.fresh else read(arguments.out)
    if earlier.get("machine") != machine or earlier.get("seed") != arguments.seed:
        earlier = {}  # figures of another machine do not belong into the same table
    result: dict[str, Any] = {"machine": machine, "seed": arguments.seed, "recipes": earlier.get("recipes", {})}
    left = missing(result, dict.fromkeys(arguments.recipes, arguments.losses))
    for place, (recipe, losses) in enumerate(left.items()):
        seconds = (end - time.monotonic()) / (len(left) - place)
        if seconds <= 0:
            break
        add_recipe(result, recipe, losses, arguments.rounds, seconds)
        gc.collect()  # a trainer's graphs refer to one another
        write(arguments.out, result)
        rates = {loss: found["median"] for loss, found in result["recipes"][recipe]["steps_per_second"].items()}
        print(recipe, as_text(rates), flush=True)
    unmeasured = missing(result, dict.fromkeys(arguments.recipes, arguments.losses))
    print(f"still to be measured (run it again): {unmeasured}" if unmeasured else "complete")


if __name__ == "__main__":
    main()
