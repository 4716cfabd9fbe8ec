"""PacGAN's Table 1, the rows GAN and PacGAN2: how many modes of a ring and of a grid are found when D judges pairs.

    nice python -m benchmarks.pacgan [--steps 20000] [--seeds 3] [--cache FOLDER] [--out PATH] [--only-table]

Takes about six minutes a run on one core, and there are twelve. It may be stopped at any time: the same command goes on
from the last 2,000 steps of the run that it was in, whose state lies in the cache folder with the finished runs. All four
cells get seed 0 first, then seed 1, so that what is there at any moment compares; the result says how many runs it is of.

Data, networks, optimiser and batch as published (see pacgan_nets), but 20,000 steps in place of 400,000 and 3 seeds in
place of 10. The loss is the catalogue's non-saturating one. Figures are of 2,500 points of G, normalised as in use rather
than by the batch; a point is of high quality within 3 standard deviations of a mode, and of that mode.
Source: Lin et al. 2018, PacGAN, arXiv:1712.04086, Table 1 and section 4.1.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.home import cache_home
from aigc_demo.training import describe
from benchmarks import pacgan_nets as nets
from benchmarks.game_state import State, keep, restored
from benchmarks.pacgan_table import DATA, figures, summarise
from benchmarks.result import as_text, write

RESULT = Path(__file__).parent / "results" / "pacgan.json"
POINTS = 100_000
BATCH = 100  # packs
SAMPLES = 2_500
CHUNK = 2_000  # steps between two states on disk
PACS = (1, 2)


class Run(NamedTuple):
    data: str
    pac: int
    seed: int

    @property
    def name(self) -> str:
        return f"{self.data}-pac{self.pac}-seed{self.seed}"


def runs(seeds: int) -> Iterator[Run]:
    """All runs, in the order in which they are made."""
    for seed in range(seeds):
        for data in DATA:
            for pac in PACS:
                yield Run(data, pac, seed)


def training_points(run: Run) -> np.ndarray:
    """[100000, 2]: the data of one run; both values of pac see the same."""
    rng = np.random.default_rng([run.seed, 1])
    mixture = DATA[run.data]
    return (mixture.modes[rng.integers(len(mixture.modes), size=POINTS)]
            + rng.normal(0.0, mixture.sigma, (POINTS, 2))).astype(np.float32)  # fmt: skip


def batches(run: Run, points: np.ndarray, done: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """z and real points [count, m, B, 2] of the steps after `done`: the same however often the run was interrupted."""
    rng = np.random.default_rng([run.seed, 2, run.pac, done])
    shape = (count, run.pac, BATCH)
    return rng.standard_normal((*shape, nets.LATENT), np.float32), points[rng.integers(len(points), size=shape)]


def measured(run: Run, state: State) -> dict[str, Any]:
    """The figures of 2,500 points, of z that are the same at each look."""
    z = np.random.default_rng([run.seed, 3]).standard_normal((1, SAMPLES, nets.LATENT), np.float32)
    points, _ = nets.generate(state["g"], z, state["means"])
    return figures(np.asarray(points)[0], DATA[run.data])


def play(run: Run, steps: int, folder: Path, many_steps: Any) -> dict[str, Any]:
    """Train from wherever `folder` has the run; its figures along the way, the seconds, and the last figures."""
    points, held = training_points(run), folder / f"{run.name}.npz"
    state, record = restored(held) if held.is_file() else (nets.begin(run.pac, run.seed), _nothing())
    done = record["curve"][-1]["step"] if record["curve"] else 0
    while done < steps:
        began = time.perf_counter()
        count = min(CHUNK, steps - done)
        state = many_steps(state, *batches(run, points, done, count), tf.constant(done))
        done += count
        record["curve"].append({"step": done, **measured(run, state)})
        record["seconds"] += time.perf_counter() - began
        keep(held, state, record)
        print(run.name, record["curve"][-1], f"{record['seconds']:.0f} s", flush=True)
    return {**run._asdict(), "steps": steps, **record, **record["curve"][-1]}


def _nothing() -> dict[str, Any]:
    return {"seconds": 0.0, "curve": []}


def finished(folder: Path, steps: int, seeds: int) -> list[dict[str, Any]]:
    """The runs of so many steps that are done."""
    found = (folder / f"{run.name}-{steps}.json" for run in runs(seeds))
    return [json.loads(path.read_text()) for path in found if path.is_file()]


def table(folder: Path, steps: int, seeds: int) -> dict[str, Any]:
    machine = f"{platform.machine()}, {describe().name}"
    return summarise(finished(folder, steps, seeds), steps, seeds, machine)


def train(folder: Path, steps: int, seeds: int, out: Path) -> None:
    """Make every run that is not in `folder` yet; the table of those that are done is written after each."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    tf.config.threading.set_intra_op_parallelism_threads(1)  # the matrices are too small for more to help
    tf.config.threading.set_inter_op_parallelism_threads(1)
    many_steps = tf.function(nets.many_steps, jit_compile=True)
    for run in runs(seeds):
        result = folder / f"{run.name}-{steps}.json"
        if not result.is_file():
            made = play(run, steps, folder, many_steps)
            write(result, made)
            (folder / f"{run.name}.npz").unlink()
            write(out, table(folder, steps, seeds))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--cache", type=Path, default=cache_home() / "pacgan", help="where runs are kept")
    parser.add_argument("--out", type=Path, default=RESULT, help="where the table goes")
    parser.add_argument("--only-table", action="store_true", help="write the table of the runs that are done")
    arguments = parser.parse_args()
    found = (arguments.cache, arguments.steps, arguments.seeds)
    if not arguments.only_table:
        train(*found, arguments.out)
    result = table(*found)
    write(arguments.out, result)
    print(as_text(result["cells"]))


if __name__ == "__main__":
    main()
