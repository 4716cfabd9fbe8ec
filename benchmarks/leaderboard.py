"""Train every recipe with its best loss for as long, and for as many steps, and rank what they draw.

    python -m benchmarks.leaderboard [--only dcgan] [--seeds 3] [--seconds 30] [--steps 500]
    python -m benchmarks.leaderboard --only-table

Each run is kept as a line beside the result (`--lines`), so that a stopped benchmark goes on where it was, and more
seeds or recipes are added later. Where another loss than a recipe's own was found better (benchmarks/best_loss.py), both
are trained. One run serves both budgets: it is measured when it has used up either. Runs are made
one after another on `digits5k`, with nothing else on their cores (`taskset -c 0` keeps them to one); the seconds are
those of training alone.
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
from aigc_demo.latent import draw
from aigc_demo.metrics.features import feature_net
from aigc_demo.metrics.leaderboard import FILE
from aigc_demo.metrics.recognisable import SAMPLES, is_recognisable
from aigc_demo.metrics.report import evaluate_images
from aigc_demo.metrics.yardsticks import measured_yardsticks
from aigc_demo.recipes import RECIPES, Plan, make_plan
from aigc_demo.text import Text
from aigc_demo.training import Trainer, describe
from benchmarks.result import write

LINES = Path(__file__).parent / "results" / "leaderboard.jsonl"
MEASURED = 1000  # images, as at the end of a run in the page
LOOK = (2.0, 0.1)  # between two looks at whether digits are recognisable: seconds of training, or a share of all so far
LEFT_OUT = ("dcgan_tf",)  # a step takes more than half a second: see benchmarks/yardstick.py
YARDSTICKS = {
    "noise": Text("噪声", "noise"),
    "mean_digit": Text("平均数字", "the mean digit"),
    "per_class_gaussian": Text("每类一个高斯", "a Gaussian per class"),
}
REAL = Text("真数字", "real digits")
BEST_LOSS = Path(__file__).parent / "results" / "best_loss.json"


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
    parser.add_argument("--lines", type=Path, default=LINES)
    parser.add_argument("--only-table", action="store_true")
    arguments = parser.parse_args()
    recipes = arguments.only or [key for key in RECIPES if key not in LEFT_OUT]
    lines = read_lines(arguments.lines)
    if not arguments.only_table:
        budgets = {f"{arguments.seconds:g}s": arguments.seconds, f"{arguments.steps} steps": arguments.steps}
        for seed in range(arguments.seeds):
            for recipe in recipes:
                for loss in of_losses(recipe):
                    for line in runs(recipe, loss, seed, budgets, lines):
                        lines.append(line)
                        keep(line, arguments.lines)
    for path in (FILE, Path(__file__).parent / "results" / "leaderboard.json"):
        write(path, table(lines))


def of_losses(recipe: str) -> tuple[str, ...]:
    """The recipe's own loss and, where another was found better, that one."""
    own = RECIPES[recipe].loss
    rows = json.loads(BEST_LOSS.read_text())["rows"] if BEST_LOSS.is_file() else []
    best = {row["recipe"]: row["best"] for row in rows}.get(recipe, own)
    return (own,) if best == own else (own, best)


def keep(line: Line, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(json.dumps(asdict(line)) + "\n")
    print(line.recipe, line.loss, line.budget, line.seed, f"{line.figures['digit_fd']:.1f}", flush=True)


def runs(recipe: str, loss: str, seed: int, budgets: Mapping[str, float], known: list[Line]) -> Iterator[Line]:
    """One run of one recipe, loss and seed, measured when it has used up each of the budgets that are not known yet."""
    done = {(line.recipe, line.loss, line.budget, line.seed) for line in known}
    missing = {name: amount for name, amount in budgets.items() if (recipe, loss, name, seed) not in done}
    if not missing:
        return
    plan, dataset = make_plan(recipe, loss, seed=seed), load("digits5k")
    trainer = Trainer(plan, dataset)
    trainer.prepare()
    trainer.steps(1)
    trainer.reset(plan, dataset)
    seconds, pace, recognisable = 0.0, 1.0, None
    while missing:
        left = {name: left_of(name, amount, trainer.step, seconds, pace) for name, amount in missing.items()}
        chunk = trainer.steps(max(1, min(*left.values(), round(max(LOOK[0], LOOK[1] * seconds) * pace))))
        seconds += chunk.seconds
        pace = len(chunk.values) / max(chunk.seconds, 1e-6)
        if recognisable is None and shows_digits(trainer, plan):
            recognisable = seconds
        for name, amount in tuple(missing.items()):
            if not chunk.finite or (trainer.step if by_steps(name) else seconds) >= amount:
                del missing[name]
                yield measured(trainer, plan, name, seconds, recognisable)


def by_steps(budget: str) -> bool:
    return budget.endswith("steps")


def left_of(budget: str, amount: float, step: int, seconds: float, pace: float) -> int:
    """Steps until the budget is used up, at so many steps a second."""
    return int(amount - step) if by_steps(budget) else round((amount - seconds) * pace)


def measured(trainer: Trainer, plan: Plan, budget: str, seconds: float, recognisable: float | None) -> Line:
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


def shows_digits(trainer: Trainer, plan: Plan) -> bool:
    images, labels = drawn(trainer, plan, SAMPLES)
    is_asked = plan.recipe.conditional and not plan.sorts_itself
    return is_recognisable(images, labels if is_asked else None)


def read_lines(path: Path) -> list[Line]:
    return [Line(**json.loads(line)) for line in path.read_text().splitlines()] if path.is_file() else []


def table(lines: list[Line]) -> dict[str, Any]:
    """The result, as the README and the Models tab read it: minimum, median and maximum over the seeds."""
    groups: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.recipe, line.loss, line.budget), []).append(line)
    rows = []
    for (recipe, loss, budget), members in sorted(groups.items(), key=lambda group: by_steps(group[0][2])):

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
    used = len(os.sched_getaffinity(0))
    return {
        "machine": f"{platform.machine()}, {describe().name}, {used} used",
        # The same for the page, which says it in either language.
        "cores": {"architecture": platform.machine(), "all": os.cpu_count(), "used": used},
        "made": time.strftime("%Y-%m-%d"),
        "rows": rows,
        "yardsticks": [
            {"key": key, "title": asdict(YARDSTICKS[key]), "digit_fd": value}
            for key, value in measured_yardsticks().items()
            if key in YARDSTICKS
        ]
        + [{"key": "real", "title": asdict(REAL), "digit_fd": feature_net().floor(MEASURED)}],
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
