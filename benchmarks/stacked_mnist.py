"""PacGAN's Table 3, where D is a quarter of G: how many of 1,000 triples of digits are drawn, and how evenly.

    nice python -m benchmarks.stacked_mnist [--digits PATH] [--steps 4000] [--seeds 3] [--cache FOLDER] [--out PATH]
    python -m benchmarks.stacked_mnist --only-table

A picture holds three digits, drawn at random, in its three channels, so there are 1,000 modes. The rows DCGAN and
PacDCGAN2 are published; RpGAN + R1 + R2 is ours, on the same two networks. Each of 26,000 pictures of G is read by our own
digit classifier, channel by channel: `modes` is how many triples there are, `kl` the divergence of their shares from even
ones. A classifier calls anything a digit, so blots have modes as well: the digit-FD of the channels says whether what is
counted are digits at all. Beside them stand a perfect sampler and real held-out digits, read in the same way.

It takes about 35 minutes on a core that nothing else uses, and may be stopped at any time: the same command goes on from
the last 1,000 steps of the run that it was in, and a larger `--steps` from where a smaller one ended. All rows get seed 0
first, then seed 1, so that what is there at any moment compares.

The networks are the published ones, and so is the optimiser but for its rates (see stacked_mnist_nets). The race is far
shorter: thousands of steps of 64 in place of 500,000 of 128. At the published rates G had learnt nothing after 1,000 steps, so
both are ten times as high, for all rows alike; that was tried with a seed that is not in the table.
Source: Lin et al. 2018, PacGAN, arXiv:1712.04086, Table 3 and section 4.2.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.data import Dataset, load
from aigc_demo.home import cache_home
from aigc_demo.training import describe
from benchmarks import stacked_mnist_nets as nets
from benchmarks import stacked_mnist_table as counting
from benchmarks.game_state import State, keep, restored
from benchmarks.result import as_text, write

RESULT = Path(__file__).parent / "results" / "stacked_mnist.json"
CHUNK = 1_000  # steps between two states on disk, and two looks


class Run(NamedTuple):
    row: str
    seed: int

    @property
    def name(self) -> str:
        return f"{self.row}-seed{self.seed}"


class Tools(NamedTuple):
    """What is compiled once for all runs of a row."""

    many_steps: Callable[..., State]
    generate: Callable[..., Any]


def runs(seeds: int) -> Iterator[Run]:
    """All runs, in the order in which they are made."""
    for seed in range(seeds):
        for row in nets.ROWS:
            yield Run(row, seed)


def drawn(run: Run, state: State, generate: Callable[..., Any]) -> np.ndarray:
    """26,000 pictures of G, uint8 [n, 28, 28, 3], a batch at a time, of z that are the same at each look."""
    rng = np.random.default_rng([run.seed, 2])
    parts = []
    for _ in range(-(-counting.SAMPLES // nets.BATCH)):
        z = tf.constant(rng.standard_normal((nets.BATCH, nets.LATENT), np.float32))
        parts.append(np.round(127.5 * (np.asarray(generate(state["g"], z)) + 1.0)).astype(np.uint8))
    return np.concatenate(parts)[: counting.SAMPLES]


def play(run: Run, steps: int, folder: Path, digits: Any, tools: Tools) -> None:
    """Train from wherever `folder` has the run until it has made `steps`; what was found on the way is kept with it."""
    held = folder / f"{run.name}.npz"
    state, record = restored(held) if held.is_file() else (nets.begin(nets.ROWS[run.row], run.seed), {"curve": []})
    curve = record["curve"]
    done, seconds = (curve[-1]["step"], curve[-1]["seconds"]) if curve else (0, 0.0)
    while done < steps:
        began = time.process_time()  # of this process alone: others may be at work on the machine
        count = min(CHUNK, steps - done)
        state = tools.many_steps(state, digits, *map(tf.constant, (run.seed, done, count)))
        done += count
        look = counting.figures(drawn(run, state, tools.generate))
        seconds += time.process_time() - began
        curve.append({"step": done, **look, "seconds": seconds})
        keep(held, state, record)
        print(run.name, curve[-1], flush=True)


def finished(folder: Path, steps: int, seeds: int) -> list[dict[str, Any]]:
    """The runs that have made so many steps, with their figures then and on the way."""
    found = []
    for run in runs(seeds):
        held = folder / f"{run.name}.npz"
        curve = [look for look in restored(held)[1]["curve"] if look["step"] <= steps] if held.is_file() else []
        if curve and curve[-1]["step"] == steps:
            found.append({**run._asdict(), **curve[-1], "curve": curve})
    return found


def table(folder: Path, steps: int, seeds: int, data: Dataset) -> dict[str, Any]:
    settings = {
        "machine": f"{platform.machine()}, {describe().name}",
        "data": Path(data.name).name,
        "digits": len(data.images),
        "steps": steps,
        "batch": nets.BATCH,
        "rates": {"d": nets.D_RATE, "g": nets.G_RATE},
    }
    bounds = {
        "perfect": counting.perfect(),
        "real": counting.real(load("digits5k").held_out),
        "digit_fd_yardsticks": counting.yardsticks(),
    }
    return counting.summarise(finished(folder, steps, seeds), len(list(runs(seeds))), settings, bounds)


def train(folder: Path, steps: int, seeds: int, data: Dataset, out: Path) -> None:
    """Take every run to so many steps; the table of those that are there is written after each."""
    digits, generate = tf.constant(data.images), tf.function(nets.generate, autograph=False)
    tools = {
        name: Tools(tf.function(nets.many_steps(row), autograph=False), generate) for name, row in nets.ROWS.items()
    }
    for run in runs(seeds):
        play(run, steps, folder, digits, tools[run.row])
        write(out, table(folder, steps, seeds, data))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--digits", default="digits5k", help="a set by name or an .npz file, as `train --dataset` reads"
    )
    parser.add_argument("--steps", type=int, default=4_000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--cache", type=Path, default=cache_home() / "stacked_mnist", help="where runs are kept")
    parser.add_argument("--out", type=Path, default=RESULT, help="where the table goes")
    parser.add_argument("--only-table", action="store_true", help="write the table of the runs that are done")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    tf.config.threading.set_intra_op_parallelism_threads(1)  # the networks are too small for more to help
    tf.config.threading.set_inter_op_parallelism_threads(1)
    data = load(arguments.digits)
    found = (arguments.cache / data.fingerprint[:12], arguments.steps, arguments.seeds, data)
    if not arguments.only_table:
        train(*found, arguments.out)
    result = table(*found)
    write(arguments.out, result)
    print(as_text(result["rows"]))


if __name__ == "__main__":
    main()
