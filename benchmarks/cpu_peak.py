"""What fraction of the CPU's convolution peak a step reaches, before and after each optimisation that was tried.

    python -m benchmarks.cpu_peak [--recipes dcgan_tf …] [--variants "XLA" …] [--rounds 5] [--minutes 7] [--fresh]

The peak is the best throughput of TensorFlow's own `conv2d` over a range of shapes, in float32, with the same threads,
measured in the same minutes: each variant is a process of its own (some are set before TensorFlow is loaded), and all
processes of a recipe take turns, back and forth, in windows of about a second, each of a convolution and then of steps.
The work of a step is counted from the graph that runs. The result is written after every recipe; what is in it already
is not measured again unless `--fresh` is given.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.cpu_peak_variants import AS_IT_IS, VARIANTS, Variant
from benchmarks.process import load_average
from benchmarks.result import read, write
from benchmarks.spread import back_and_forth, spread

RESULT = Path(__file__).parent / "results" / "cpu_peak.json"
RECIPES = ("dcgan_tf", "dcgan", "fast")
GOAL = 0.4  # of the peak, for dcgan_tf
PEAK_SECONDS, STEP_SECONDS = 0.25, 0.6
GIGA = 1e9


def flags() -> frozenset[str]:
    """What the CPU can do, as Linux tells it; nothing where it does not."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return frozenset()
    return frozenset(next((line.split(":")[1] for line in lines if line.startswith("flags")), "").split())


class Process:
    """One variant of one recipe, compiled and waiting; `measure` lets it make a window."""

    def __init__(self, recipe: str, variant: Variant) -> None:
        environment = {**os.environ, **variant.environment}
        command = [sys.executable, "-m", "benchmarks.cpu_peak", "--serve", recipe, variant.title]
        self._process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.facts: dict[str, Any] = {}

    def ready(self) -> bool:
        """Wait until it is compiled; False where it cannot be."""
        self.facts = self._answer()
        return bool(self.facts)

    def measure(self) -> dict[str, float]:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found: dict[str, Any] = json.loads(line) if line.startswith("{") else {}
        return found


def serve(recipe: str, variant: Variant) -> None:
    """Be one of the processes: say what a step takes, then answer each line with a window's two rates."""
    variant.prepare()
    from aigc_demo.data import load
    from aigc_demo.recipes import candidates, make_plan, settled
    from aigc_demo.training import Trainer
    from benchmarks import work

    plan = make_plan(recipe, settings=variant.settings)
    (arithmetic,) = candidates(plan, on_gpu=False)
    trainer = Trainer(settled(plan, arithmetic), load("digits5k"))
    trainer.prepare()
    trainer.steps(1)
    count = max(1, round(STEP_SECONDS / trainer.steps(1).seconds))
    shape = work.best_shape(0.1)
    facts = {"macs": work.multiplications(trainer), "operations": work.operations(trainer), "shape": shape}
    print(json.dumps(facts), flush=True)
    for _ in sys.stdin:
        peak = work.convolutions_a_second(shape, PEAK_SECONDS)
        chunk = trainer.steps(count)
        print(json.dumps({"peak": peak, "rate": len(chunk.values) / chunk.seconds}), flush=True)


@contextmanager
def processes(recipe: str, variants: list[Variant]) -> Iterator[dict[str, Process]]:
    """Those variants that this machine and this recipe allow, all compiled."""
    with ExitStack() as stack:
        found: dict[str, Process] = {}
        for variant in variants:  # one after another: compiling together would only be slower
            process = Process(recipe, variant)
            stack.callback(process.close)
            if process.ready():
                found[variant.title] = process
            else:
                print(f"{recipe}: {variant.title} cannot be had here", flush=True)
        yield found


def measure(recipe: str, variants: list[Variant], rounds: int, until: float) -> dict[str, Any] | None:
    """Each variant's steps a second, its ratio to what runs as it is, and the fraction of the peak; None without time."""
    with processes(recipe, variants) as found:
        windows: dict[str, list[dict[str, float]]] = {title: [] for title in found}
        for order in back_and_forth(list(found), rounds):
            if windows[AS_IT_IS] and time.monotonic() > until:
                break
            for title in order:
                windows[title].append(found[title].measure())
        facts = {title: process.facts for title, process in found.items()}
    # The best of the recipe's windows, not each window's own: what else the machine did must not flatter a step.
    peak = max(window["peak"] for window in windows[AS_IT_IS])
    base = facts[AS_IT_IS]
    result: dict[str, Any] = {
        "gmac_a_step": base["macs"] / GIGA,
        "operations_a_step": base["operations"],
        "peak_gflops": 2 * peak / GIGA,
        "peak_shape": base["shape"],
        "variants": {},
    }
    for title, made in windows.items():
        rates = [window["rate"] for window in made]
        ratios = [window["rate"] / other["rate"] for window, other in zip(made, windows[AS_IT_IS], strict=False)]
        own_peak = max(window["peak"] for window in made)
        result["variants"][title] = {
            "changes": VARIANTS[title].changes,
            "steps_per_second": spread(rates),
            "times_as_fast": spread(ratios),
            "fraction_of_peak": median(rates) * base["macs"] / peak,
            "fraction_of_own_peak": median(rates) * base["macs"] / own_peak,
        }
    left = 1.0 / median([window["rate"] for window in windows[AS_IT_IS]]) - base["macs"] / peak
    result["microseconds_an_operation"] = 1e6 * left / base["operations"]
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipes", nargs="+", default=list(RECIPES))
    parser.add_argument("--variants", nargs="+", default=list(VARIANTS), choices=list(VARIANTS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=7.0, help="begin no recipe and no round after this")
    parser.add_argument("--fresh", action="store_true", help="measure again what is in the result already")
    parser.add_argument("--out", type=Path, default=RESULT)
    parser.add_argument("--serve", nargs=2, metavar=("RECIPE", "VARIANT"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        serve(arguments.serve[0], VARIANTS[arguments.serve[1]])
        return
    until = time.monotonic() + 60 * arguments.minutes
    known = {} if arguments.fresh else read(arguments.out)
    machine = f"{os.cpu_count()} CPU cores, {platform.system()}"
    can = flags()
    titles = dict.fromkeys([AS_IT_IS, *arguments.variants])
    variants = [VARIANTS[title] for title in titles if not VARIANTS[title].needs or VARIANTS[title].needs in can]
    recipes: dict[str, Any] = dict(known.get("recipes", {}))
    for recipe in arguments.recipes:
        if recipe in recipes or time.monotonic() > until:
            continue
        before = load_average()
        recipes[recipe] = {"load_before": before, **(measure(recipe, variants, arguments.rounds, until) or {})}
        write(
            arguments.out,
            {
                "machine": machine,
                "flags": sorted(flag for flag in can if flag.startswith(("avx", "amx", "fma"))),
                "goal": GOAL,
                "recipes": recipes,
            },
        )
        for title, row in recipes[recipe]["variants"].items():
            print(f"{recipe:9} {title:40} {row['steps_per_second']['median']:8.2f} steps/s "
                  f"x{row['times_as_fast']['median']:.2f} {100 * row['fraction_of_peak']:.0f} %", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
