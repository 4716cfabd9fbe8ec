"""Measure once how TensorFlow's tutorial DCGAN learns, step by step: digit-FD at N = 1,000 against steps.

    python -m benchmarks.yardstick            # about 3,600 steps; hours on a small machine, resumes where it stopped

Writes benchmarks/results/yardstick.json, which time_to_digits.py reads. The curve is by step, so it does not depend on
how busy the machine is; seconds a step are measured apart, interleaved with `fast`, in time_to_digits.py.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from aigc_demo.data import load
from aigc_demo.home import cache_home
from aigc_demo.metrics import classes
from aigc_demo.metrics.features import feature_net
from aigc_demo.recipes import make_plan
from aigc_demo.training import Trainer

RESULTS = Path(__file__).parent / "results" / "yardstick.json"
SAMPLES = 1000


def measure(trainer: Trainer) -> dict[str, float]:
    """Digit-FD and class KL of 1,000 samples from a fixed z."""
    z = np.random.default_rng(12345).standard_normal((SAMPLES, trainer.plan.recipe.latent_size))
    reading = feature_net().read(trainer.sample(z, np.zeros(SAMPLES, np.int64)))
    return {
        "step": trainer.step,
        "digit_fd": feature_net().digit_fd(reading.features),
        "class_kl": classes.class_kl(reading.predicted),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=3600)
    parser.add_argument("--every", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    saved = cache_home() / f"yardstick-{arguments.seed}.safetensors"
    trainer = Trainer(make_plan("dcgan_tf", seed=arguments.seed), load("digits5k"))
    curve: list[dict[str, float]] = []
    if saved.is_file() and RESULTS.is_file():
        trainer.restore(load_file(saved))
        curve = [point for point in json.loads(RESULTS.read_text())["curve"] if point["step"] <= trainer.step]
    while trainer.step < arguments.steps:
        trainer.steps(min(arguments.every, arguments.steps - trainer.step))
        curve.append(measure(trainer))
        print(curve[-1], flush=True)
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(
            json.dumps({"recipe": "dcgan_tf", "seed": arguments.seed, "n": SAMPLES, "curve": curve}, indent=1) + "\n"
        )
        saved.parent.mkdir(parents=True, exist_ok=True)
        save_file(trainer.state(), saved)


if __name__ == "__main__":
    main()
