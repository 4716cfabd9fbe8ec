"""Train every recipe with its best loss for as long, and for as many steps, and rank what they draw.

    python -m benchmarks.leaderboard [--only dcgan] [--seeds 3] [--seconds 30] [--steps 500]
    python -m benchmarks.leaderboard --only-table

Each run is kept as a line beside the result (`--lines`), so that a stopped benchmark goes on where it was, and more
seeds or recipes are added later. Runs are made one after another, with nothing else running, on `digits5k`; the seconds
are those of training alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.data import load
from aigc_demo.explain.diagrams import draw as draw_network
from aigc_demo.home import cache_home
from aigc_demo.latent import draw
from aigc_demo.metrics.features import feature_net
from aigc_demo.metrics.leaderboard import FILE
from aigc_demo.metrics.report import evaluate_images
from aigc_demo.metrics.yardsticks import measured_yardsticks
from aigc_demo.recipes import RECIPES, Plan, make_plan
from aigc_demo.text import Text
from aigc_demo.training import Trainer, describe
from benchmarks.process import load_average
from benchmarks.result import write

MEASURED = 1000  # images, as at the end of a run in the page
EVERY_SECONDS = 1.0  # of training between two looks at whether digits are recognisable
SHARE = 0.9  # of the labels must be right, where labels are asked for
LEFT_OUT = ("dcgan_tf",)  # a step takes more than half a second: see benchmarks/yardstick.py
YARDSTICKS = {
    "noise": Text("噪声", "noise"),
    "mean_digit": Text("平均数字", "the mean digit"),
    "per_class_gaussian": Text("每类一个高斯", "a Gaussian per class"),
}
BEST_LOSS: dict[str, str] = {}  # where another than the recipe's own was measured to be better


@dataclass(frozen=True)
class Line:
    """One run."""

    recipe: str
    loss: str
    budget: str  # "30s" or "500 steps"
    seed: int
    steps: int
    seconds: float
    figures: Mapping[str, Any]
    recognisable_seconds: float | None
    g_parameters: int
    d_parameters: int
    mmac: float  # millions of multiplications for one image drawn by G and judged by D


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=tuple(RECIPES))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--lines", type=Path, default=cache_home() / "leaderboard.jsonl")
    parser.add_argument("--only-table", action="store_true")
    arguments = parser.parse_args()
    recipes = arguments.only or [key for key in RECIPES if key not in LEFT_OUT]
    lines = read_lines(arguments.lines)
    if not arguments.only_table:
        budgets = {f"{arguments.seconds:g}s": arguments.seconds, f"{arguments.steps} steps": arguments.steps}
        for seed in range(arguments.seeds):
            for recipe in recipes:
                for line in runs(recipe, seed, budgets, lines):
                    lines.append(line)
                    arguments.lines.parent.mkdir(parents=True, exist_ok=True)
                    with arguments.lines.open("a") as file:
                        file.write(json.dumps(asdict(line)) + "\n")
                    print(line.recipe, line.budget, line.seed, f"{line.figures['digit_fd']:.1f}", flush=True)
    for path in (FILE, Path(__file__).parent / "results" / "leaderboard.json"):
        write(path, table(lines))


def runs(recipe: str, seed: int, budgets: Mapping[str, float], known: list[Line]) -> Iterator[Line]:
    """The runs of one recipe and seed that are not known yet, one for each budget, with one trainer."""
    loss = BEST_LOSS.get(recipe) or RECIPES[recipe].loss
    done = {(line.recipe, line.loss, line.budget, line.seed) for line in known}
    missing = [name for name in budgets if (recipe, loss, name, seed) not in done]
    if not missing:
        return
    plan, dataset = make_plan(recipe, loss, seed=seed), load("digits5k")
    trainer = Trainer(plan, dataset)
    trainer.prepare()
    trainer.steps(1)
    for name in missing:
        trainer.reset(plan, dataset)
        yield one_run(trainer, plan, name, budgets[name])


def one_run(trainer: Trainer, plan: Plan, budget: str, amount: float) -> Line:
    by_steps = budget.endswith("steps")
    seconds, pace, recognisable = 0.0, 1.0, None
    while (left := amount - (trainer.step if by_steps else seconds)) > 0:
        aim = min(EVERY_SECONDS, left) if not by_steps else EVERY_SECONDS
        count = max(1, round(aim * pace))
        chunk = trainer.steps(int(min(count, left)) if by_steps else count)
        if not chunk.finite:
            break
        seconds += chunk.seconds
        pace = len(chunk.values) / max(chunk.seconds, 1e-6)
        if recognisable is None and is_recognisable(trainer, plan):
            recognisable = seconds
    images, labels = drawn(trainer, plan, MEASURED)
    figures = evaluate_images(images, labels if plan.recipe.conditional else None, sorts_itself=plan.sorts_itself)
    networks = [
        draw_network(player, "", model) for player, model in (("g", trainer.generator), ("d", trainer.discriminator))
    ]
    return Line(
        plan.recipe.key, plan.loss, budget, plan.seed, trainer.step, seconds, figures, recognisable,
        *(network.counted for network in networks),
        sum(layer.multiplications for network in networks for layer in network.layers) / 1e6,
    )  # fmt: skip


def drawn(trainer: Trainer, plan: Plan, count: int) -> tuple[np.ndarray, np.ndarray]:
    labels, z = np.arange(count) % 10, draw(1, count, plan.recipe.latent_size)
    parts = [trainer.sample(z[at : at + 500], labels[at : at + 500]) for at in range(0, count, 500)]
    return np.concatenate(parts), labels


def is_recognisable(trainer: Trainer, plan: Plan) -> bool:
    """Below the per-class Gaussian's digit-FD, all ten classes there, and the labels right where they are asked for."""
    images, labels = drawn(trainer, plan, 500)
    figures = evaluate_images(images, labels if plan.recipe.conditional else None, sorts_itself=plan.sorts_itself)
    right = figures["label_accuracy"] is None or figures["label_accuracy"] >= SHARE
    return right and figures["class_kl"] < 0.05 and figures["digit_fd"] < feature_net().yardsticks["per_class_gaussian"]


def read_lines(path: Path) -> list[Line]:
    return [Line(**json.loads(line)) for line in path.read_text().splitlines()] if path.is_file() else []


def table(lines: list[Line]) -> dict[str, Any]:
    """The result, as the README and the Models tab read it: minimum, median and maximum over the seeds."""
    groups: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.recipe, line.loss, line.budget), []).append(line)
    rows = []
    for (recipe, loss, budget), members in groups.items():

        def spread(key: str, members: list[Line] = members) -> list[float] | None:
            return three([line.figures[key] for line in members])

        rows.append(
            {
                "recipe": recipe,
                "loss": loss,
                "budget": budget,
                "seeds": len(members),
                **{key: spread(key) for key in ("digit_fd", "kid", "coverage", "label_accuracy")},
                "recognisable_seconds": three([line.recognisable_seconds for line in members]),
                "g_parameters": members[0].g_parameters,
                "d_parameters": members[0].d_parameters,
                "steps_per_second": three([line.steps / line.seconds for line in members]),
                "steps": three([line.steps for line in members]),
                "mmac": members[0].mmac,
            }
        )
    return {
        "machine": {
            "processor": platform.machine(),
            "device": describe().name,
            "cores": os.cpu_count(),
            "load_before": load_average(),
        },
        "made": time.strftime("%Y-%m-%d"),
        "rows": rows,
        "yardsticks": [
            {"key": key, "title": asdict(YARDSTICKS[key]), "digit_fd": value}
            for key, value in measured_yardsticks().items()
            if key in YARDSTICKS
        ],
        "floor": feature_net().floor(MEASURED),
        "n": MEASURED,
    }


def three(values: list[Any]) -> list[float] | None:
    """Minimum, median and maximum; None where one of them is missing."""
    if not values or any(value is None for value in values):
        return None
    return [float(min(values)), float(np.median(values)), float(max(values))]


if __name__ == "__main__":
    main()
