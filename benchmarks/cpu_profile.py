"""What a step on the CPU spends its time on, seen by TensorFlow's own profiler: products, other operations, or neither.

    python -m benchmarks.cpu_profile [--recipes fast …] [--rounds 5]

Each recipe is compiled as a run has it. Then windows of about a second take turns: the peak of a convolution, steps without
the profiler, and steps with it, whose spans are added up (`benchmarks/trace.py`). What the profiler itself costs is told by
the ratio of the latter two. Two minutes on two cores.
"""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path
from statistics import median
from typing import Any

from aigc_demo.data import load
from aigc_demo.recipes import candidates, make_plan, settled
from aigc_demo.training import Trainer
from benchmarks import work
from benchmarks.process import load_average
from benchmarks.result import write
from benchmarks.spread import spread
from benchmarks.trace import Span, dearest, is_product, moments, share_of, traced

RESULT = Path(__file__).parent / "results" / "cpu_profile.json"
RECIPES = ("fast", "dcgan", "dcgan_tf")
WINDOW_SECONDS, PEAK_SECONDS = 1.0, 0.3
MOST_STEPS = 60  # of a window: a profile holds every operation
NAMED = 5
GIGA = 1e9


def measure(recipe: str, rounds: int) -> dict[str, Any]:
    """The shares of a step, the time of a step with the profiler and without, and what products reach while they run."""
    plan = make_plan(recipe)
    (arithmetic,) = candidates(plan, on_gpu=False)
    trainer = Trainer(settled(plan, arithmetic), load("digits5k"))
    trainer.prepare()
    trainer.steps(2)
    count = min(MOST_STEPS, max(2, round(WINDOW_SECONDS / trainer.steps(1).seconds)))
    shape = work.best_shape(0.1)
    traced(lambda: trainer.steps(1))  # the first profile of a process sets much up
    peaks, plain, seen, windows = [], [], [], []
    for _ in range(rounds):
        peaks.append(work.convolutions_a_second(shape, PEAK_SECONDS))
        plain.append(trainer.steps(count).seconds / count)
        chunk, spans = traced(lambda: trainer.steps(count))
        seen.append(chunk.seconds / count)
        windows.append(spans)
    shares = [moments(spans) for spans in windows]
    macs = work.multiplications(trainer)
    in_products = median(share["products"] * step for share, step in zip(shares, seen, strict=True))
    return {
        "gmac_a_step": macs / GIGA,
        "operations_a_step": median(len(spans) for spans in windows) / count,
        "products_a_step": median(sum(is_product(span.kind) for span in spans) for spans in windows) / count,
        "milliseconds_a_step": spread([1e3 * step for step in plain]),
        "milliseconds_a_step_profiled": spread([1e3 * step for step in seen]),
        "shares": {name: spread([share[name] for share in shares]) for name in shares[0]},
        "operations_at_once": median(map(_at_once, windows)),
        "updates": share_of("adam", [span for spans in windows for span in spans]),
        "peak_gflops": 2 * max(peaks) / GIGA,
        "products_reach": macs / in_products / max(peaks),
        "dearest_others": dearest([span for spans in windows for span in spans], NAMED),
    }


def _at_once(spans: list[Span]) -> float:
    """How many operations run at a moment, on the average."""
    whole = max(span.end for span in spans) - min(span.begin for span in spans)
    return sum(span.end - span.begin for span in spans) / whole


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipes", nargs="+", default=list(RECIPES))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=RESULT)
    arguments = parser.parse_args()
    found: dict[str, Any] = {"machine": f"{os.cpu_count()} CPU cores, {platform.system()}", "recipes": {}}
    for recipe in arguments.recipes:
        before = load_average()
        found["recipes"][recipe] = {"load_before": before, **measure(recipe, arguments.rounds)}
        write(arguments.out, found)
        print(recipe, found["recipes"][recipe], flush=True)


if __name__ == "__main__":
    main()
