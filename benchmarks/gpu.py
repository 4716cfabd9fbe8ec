"""What a GPU makes of it: one script for a machine that has one, small enough to run on a CPU as well.

    python -m benchmarks.gpu [--minutes 8] [--recipes fast dcgan dcgan_tf] [--batches 64 256 1024] [--seeds 3] [--small]

Measures, in this order and as far as the minutes go, each part written to the result as soon as it is known:
the device's convolution and matrix peak in float32 and bfloat16; steps a second of each recipe by batch size, arithmetic
(float32 or bfloat16, with XLA or without) and steps a compiled call, with the fraction of the peak of that precision;
seconds until `fast` is recognisable; several runs at once, each in a thread of its own as in the app. `--small` is for a
CPU or a test: few shapes and short windows.
"""

from __future__ import annotations

import argparse
import platform
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.data import Dataset, load
from aigc_demo.metrics.recognisable import SAMPLES, is_recognisable
from aigc_demo.recipes import ARITHMETICS, REFERENCE, Arithmetic, Plan, make_plan, settled
from aigc_demo.text import VisitorError
from aigc_demo.training import Trainer, describe
from benchmarks import work
from benchmarks.result import write
from benchmarks.spread import spread

RESULT = Path(__file__).parent / "results" / "gpu.json"
GIGA = 1e9
CALLS = (1, 8, 32, 128)  # steps of a compiled call
TOGETHER = (1, 2, 4)  # runs at once


class Bench:
    """What the parts share: the data, the windows, and when to stop."""

    def __init__(self, dataset: Dataset, window: float, minutes: float) -> None:
        self.dataset, self.window = dataset, window
        self._until = time.monotonic() + 60 * minutes

    @property
    def has_time(self) -> bool:
        return time.monotonic() < self._until

    def trainer(self, plan: Plan, arithmetic: Arithmetic = REFERENCE) -> Trainer | None:
        """A warm trainer; None where XLA cannot compile it."""
        trainer = Trainer(settled(plan, arithmetic), self.dataset)
        try:
            trainer.prepare()
        except VisitorError:
            return None
        trainer.steps(2)
        return trainer

    def rate(self, trainer: Trainer, steps: int) -> float:
        """Steps a second of calls of so many steps, over a window."""
        made, seconds = 0, 0.0
        while seconds < self.window:
            chunk = trainer.steps(steps)
            made, seconds = made + len(chunk.values), seconds + chunk.seconds
        return made / seconds


def peaks(bench: Bench) -> dict[str, Any]:
    """GFLOP a second of the best convolution shape and of a matrix product, in both precisions."""
    found = {}
    for dtype in ("float32", "bfloat16"):
        shape = work.best_shape(bench.window / 5, dtype)
        convolution = work.convolutions_a_second(shape, bench.window, dtype)
        matrix = max(work.matrices_a_second(size, bench.window / 2, dtype) for size in (512, 2048))
        found[dtype] = {
            "shape": shape,
            "convolution_gflops": 2 * convolution / GIGA,
            "matrix_gflops": 2 * matrix / GIGA,
        }
    return found


def speeds(bench: Bench, recipe: str, batches: Sequence[int], calls: Sequence[int], known: Any) -> list[dict[str, Any]]:
    """A row for each batch size and arithmetic: steps a second by steps a call, and the fraction of the peak."""
    rows = []
    for batch in batches:
        plan = make_plan(recipe, settings={"batch_size": batch})
        for arithmetic in ARITHMETICS.values():
            if not bench.has_time:
                return rows
            started = time.perf_counter()
            trainer = bench.trainer(plan, arithmetic)
            ready = time.perf_counter() - started
            if trainer is None:
                rows.append({"batch_size": batch, "arithmetic": arithmetic.key, "refused": True})
                continue
            rates = {str(steps): bench.rate(trainer, steps) for steps in calls}
            macs = work.multiplications(trainer)
            peak = known[arithmetic.precision]["convolution_gflops"]
            rows.append(
                {
                    "batch_size": batch,
                    "arithmetic": arithmetic.key,
                    "compile_seconds": ready,
                    "steps_per_second": rates,
                    "gmac_a_step": macs / GIGA,
                    "fraction_of_peak": 2 * macs / GIGA * max(rates.values()) / peak,
                }
            )
            print(recipe, rows[-1], flush=True)
    return rows


def until_recognisable(bench: Bench, seeds: int, most: float, arithmetic: Arithmetic) -> list[dict[str, float]]:
    """Seconds of training and steps until the samples of `fast` can be read, for each seed."""
    found = []
    trainer = bench.trainer(make_plan("fast"), arithmetic)
    z = np.random.default_rng(12345).standard_normal((SAMPLES, make_plan("fast").recipe.latent_size)).astype(np.float32)
    labels = np.arange(SAMPLES) % 10
    for seed in range(seeds):
        if trainer is None or not bench.has_time:
            break
        trainer.reset(replace(trainer.plan, seed=seed), bench.dataset)
        seconds = 0.0
        while seconds < most:
            seconds += trainer.steps(10).seconds
            if is_recognisable(trainer.sample(z, labels), labels):
                found.append({"seconds": seconds, "steps": trainer.step})
                break
    return found


def together(bench: Bench, recipe: str, counts: Sequence[int]) -> dict[str, float]:
    """Steps a second of all runs in all, so many training at once, each in a thread of its own."""
    trainers: list[Trainer] = []
    found = {}
    for count in counts:
        while len(trainers) < count and (made := bench.trainer(make_plan(recipe))) is not None:
            trainers.append(made)
        if not bench.has_time:
            break
        rates = _at_the_same_time([lambda one=one: bench.rate(one, 32) for one in trainers[:count]])  # type: ignore[misc]
        found[str(count)] = sum(rates)
    return found


def _at_the_same_time(calls: Sequence[Callable[[], float]]) -> list[float]:
    results = [0.0] * len(calls)

    def keep(place: int) -> None:
        results[place] = calls[place]()

    threads = [threading.Thread(target=keep, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def measure(bench: Bench, arguments: argparse.Namespace) -> dict[str, Any]:
    """Everything, in the order of the docstring above; written after each part."""
    device = describe()
    result: dict[str, Any] = {"device": device.name, "is_gpu": device.kind == "gpu", "machine": platform.machine()}
    result["tensorflow"] = tf.__version__
    result["peaks"] = peaks(bench)
    calls = CALLS[:2] if arguments.small else CALLS
    recipes = result["recipes"] = {}
    for recipe in arguments.recipes:
        recipes[recipe] = speeds(bench, recipe, arguments.batches, calls, result["peaks"])
        write(arguments.out, result)
    arithmetic = ARITHMETICS[fastest_of(recipes.get("fast", []))]
    found = until_recognisable(bench, arguments.seeds, arguments.most_seconds, arithmetic)
    if found:
        result["recognisable"] = {
            "arithmetic": arithmetic.key,
            "seconds": spread([one["seconds"] for one in found]),
            "steps": spread([one["steps"] for one in found]),
        }
    counts = TOGETHER[:2] if arguments.small else TOGETHER
    result["together"] = {recipe: together(bench, recipe, counts) for recipe in arguments.recipes}
    write(arguments.out, result)
    return result


def fastest_of(rows: Sequence[dict[str, Any]]) -> str:
    """The arithmetic in which the first batch size was fastest; the reference where nothing is known."""
    first = [row for row in rows if row["batch_size"] == rows[0]["batch_size"] and "steps_per_second" in row]
    best = max(first, key=lambda row: max(row["steps_per_second"].values()), default=None)
    return REFERENCE.key if best is None else str(best["arithmetic"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipes", nargs="+", default=["fast", "dcgan", "dcgan_tf"])
    parser.add_argument("--batches", nargs="+", type=int, default=[64, 256, 1024])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=8.0)
    parser.add_argument(
        "--most-seconds", type=float, default=30.0, help="of training, until `fast` must be recognisable"
    )
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--out", type=Path, default=RESULT)
    arguments = parser.parse_args()
    measure(Bench(load("digits5k"), 0.05 if arguments.small else 1.0, arguments.minutes), arguments)


if __name__ == "__main__":
    main()
