"""One process of `benchmarks.scaling`, on one core; the leading one prints what it measured as a line of JSON."""

from __future__ import annotations

import argparse
import json
import os
import time
from statistics import median
from typing import Any

MEETINGS = 30  # timed of each kind


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipe", required=True)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--core", type=int, required=True)
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {arguments.core})  # before TensorFlow counts the cores
    from aigc_demo.data import load
    from aigc_demo.recipes import make_plan
    from aigc_demo.training import ALONE, Trainer, Workers, join, read_cluster

    plan = make_plan(arguments.recipe, settings={"batch_size": arguments.batch})
    replicas = join(read_cluster(os.environ), lambda why: os._exit(3)) if "TF_CONFIG" in os.environ else ALONE
    trainer = Trainer(plan, load("digits5k"), replicas)
    trainer.prepare()
    follows = isinstance(replicas, Workers) and not replicas.leads
    if follows:
        while trainer.follow():
            pass
        rates = []
    else:
        rates = _rates(trainer, arguments.seconds)
        replicas.dismiss()
    sizes = {
        player: [tuple(variable.shape) for variable in model.trainable_variables]
        for player, model in (("d", trainer.discriminator), ("g", trainer.generator))
    }
    meetings = {player: _meeting_seconds(replicas, shapes) for player, shapes in sizes.items()}
    if not follows:
        rounds = plan.discriminator_steps
        bytes_of = {player: 4 * sum(_product(shape) for shape in shapes) for player, shapes in sizes.items()}
        told: dict[str, Any] = {
            "steps_per_second": rates,
            "rounds": rounds,
            "gradient_bytes": rounds * bytes_of["d"] + bytes_of["g"],
            "meeting_seconds": rounds * meetings["d"] + meetings["g"],
        }
        print(json.dumps(told), flush=True)


def _rates(trainer: Any, seconds: float) -> list[float]:
    """Steps a second in each of five windows."""
    trainer.steps(1)
    a_step = trainer.steps(1).seconds
    rates = []
    for _ in range(5):
        done = trainer.steps(max(1, round(seconds / 5 / a_step)))
        rates.append(len(done.values) / done.seconds)
        a_step = done.seconds / len(done.values)
    return rates


def _meeting_seconds(replicas: Any, shapes: list[tuple[int, ...]]) -> float:
    """The median time of averaging tensors of these shapes over all replicas, by itself."""
    from aigc_demo.backend import tf

    if replicas.count == 1:
        return 0.0
    meet = tf.function(
        lambda: replicas.run(lambda: tuple(replicas.mean([tf.ones(shape) for shape in shapes])), ()), autograph=False
    )
    meet()
    times = []
    for _ in range(MEETINGS):
        began = time.perf_counter()
        meet()
        times.append(time.perf_counter() - began)
    return median(times)


def _product(shape: tuple[int, ...]) -> int:
    result = 1
    for size in shape:
        result *= size
    return result


if __name__ == "__main__":
    main()
