"""How soon `fast` writes recognisable digits, beside TensorFlow's tutorial DCGAN, interleaved in one run.

    python -m benchmarks.time_to_digits [--seeds 5] [--browser]

Recognisable: the first of three consecutive evaluations, 10 steps apart, on 1,000 samples, that all have label accuracy
>= 90 %, class KL < .05 and digit-FD below the per-class Gaussian's. Seconds count from Start: resetting the compiled
trainer and training, not the benchmark's own evaluations. After each seed of `fast` the yardstick trains for the same
seconds from its own Start, so both meet the same machine. The number of steps after which the yardstick reaches a given
digit-FD comes from benchmarks/results/yardstick.json (see yardstick.py).

`--browser` also opens the page in Chromium and measures click to first frame, for a first and a second Start.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.data import Dataset, load
from aigc_demo.metrics import classes
from aigc_demo.metrics.features import feature_net
from aigc_demo.recipes import make_plan
from aigc_demo.training import Trainer, describe
from benchmarks.spread import spread

RESULTS = Path(__file__).parent / "results"
SAMPLES, EVERY, MOST_STEPS = 1000, 10, 600


def evaluate(trainer: Trainer, conditional: bool) -> tuple[float, float, float]:
    """Label accuracy (0 where no label is asked for), class KL and digit-FD of 1,000 samples from a fixed z."""
    asked = np.arange(SAMPLES) % 10
    z = np.random.default_rng(12345).standard_normal((SAMPLES, trainer.plan.recipe.latent_size))
    reading = feature_net().read(trainer.sample(z, asked))
    accuracy = classes.label_accuracy(reading.predicted, asked) if conditional else 0.0
    return accuracy, classes.class_kl(reading.predicted), feature_net().digit_fd(reading.features)


def time_fast(trainer: Trainer, seed: int, dataset: Dataset) -> dict[str, Any]:
    """Train `fast` from `seed` until recognisable: steps, seconds and digit-FD at the first of three good readings."""
    bar = feature_net().yardsticks["per_class_gaussian"]
    started = time.perf_counter()
    trainer.reset(make_plan("fast", seed=seed), dataset)
    seconds = time.perf_counter() - started
    good: list[dict[str, Any]] = []
    while trainer.step < MOST_STEPS:
        seconds += trainer.steps(EVERY).seconds
        accuracy, kl, distance = evaluate(trainer, conditional=True)
        if accuracy >= 0.9 and kl < 0.05 and distance < bar:
            good.append({"seed": seed, "steps": trainer.step, "seconds": seconds, "digit_fd": distance})
        else:
            good.clear()
        if len(good) == 3:
            return good[0]
    return {"seed": seed, "steps": None, "seconds": None, "digit_fd": None}


def time_yardstick(trainer: Trainer, seed: int, dataset: Dataset, seconds: float) -> dict[str, float]:
    """What the yardstick has after `seconds` of training (at least three steps are made, to time one)."""
    trainer.reset(make_plan("dcgan_tf", seed=seed), dataset)
    spent, distance = 0.0, None
    durations = []
    while spent < seconds or len(durations) < 3:
        chunk = trainer.steps(1)
        durations.append(chunk.seconds)
        spent += chunk.seconds
        if spent <= seconds:
            distance = evaluate(trainer, conditional=False)[2]
    if distance is None:  # not one step fits into the time: what it has is its untrained generator
        trainer.reset(make_plan("dcgan_tf", seed=seed), dataset)
        distance = evaluate(trainer, conditional=False)[2]
    return {"seconds_per_step": statistics.median(durations), "digit_fd_after_same_seconds": distance}


def yardstick_steps_to(distance: float) -> tuple[int, bool]:
    """The first step at which the yardstick's recorded curve is at or below `distance`, and whether it ever is: if not,
    the step is the curve's last, and a lower bound.
    """
    curve = json.loads((RESULTS / "yardstick.json").read_text())["curve"]
    reached = next((point["step"] for point in curve if point["digit_fd"] <= distance), None)
    return (curve[-1]["step"], False) if reached is None else (reached, True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--browser", action="store_true")
    arguments = parser.parse_args()
    dataset = load("digits5k")
    fast, yardstick = Trainer(make_plan("fast"), dataset), Trainer(make_plan("dcgan_tf"), dataset)
    for trainer in (fast, yardstick):  # compile before the clock runs
        trainer.steps(2)
        evaluate(trainer, conditional=False)
    runs = []
    for seed in range(arguments.seeds):
        run = time_fast(fast, seed, dataset)
        run |= time_yardstick(yardstick, seed, dataset, run["seconds"] or 0.0)
        if run["digit_fd"] is not None:
            steps, reached = yardstick_steps_to(run["digit_fd"])
            run |= {"yardstick_steps_to_same_fd": steps, "yardstick_reached_it": reached}
            run["times_sooner"] = steps * run["seconds_per_step"] / run["seconds"]
        runs.append(run)
        print(run, flush=True)
    recognised = [run for run in runs if run["steps"] is not None]
    result: dict[str, Any] = {
        "machine": f"{platform.machine()}, {describe().name}",
        "seeds": arguments.seeds,
        "recognisable_runs": len(recognised),
        "steps": spread([run["steps"] for run in recognised]),
        "seconds": spread([run["seconds"] for run in recognised]),
        "digit_fd": spread([run["digit_fd"] for run in recognised]),
        "digit_fd_bar": feature_net().yardsticks["per_class_gaussian"],
        "yardstick_seconds_per_step": spread([run["seconds_per_step"] for run in runs]),
        "yardstick_digit_fd_after_same_seconds": spread([run["digit_fd_after_same_seconds"] for run in runs]),
        "times_sooner": spread([run["times_sooner"] for run in recognised]),
        "times_sooner_is_lower_bound": not all(run["yardstick_reached_it"] for run in recognised),
        "runs": runs,
    }
    if arguments.browser:
        from benchmarks.click_to_frame import measure

        result["click_to_first_frame_seconds"] = measure()
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "time_to_digits.json").write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps({key: value for key, value in result.items() if key != "runs"}, indent=1))


if __name__ == "__main__":
    main()
