"""Train the shipped model, checkpoints/fast, and measure it.

    python -m benchmarks.shipped_digits --mnist mnist_train.npz --out shipped_digits.npz
    python -m benchmarks.train_shipped --digits shipped_digits.npz
    python -m aigc_demo axes --checkpoint fast     # its axes are shipped with it

Three phases of the recipe `fast_long`. The second gives D four times the rate and the class term a quarter of its
weight: at the end of the first, D had become too slow to show G what is still wrong. The third goes further the same
way and averages G over more steps. Training is by (seed, step), so stopping
and starting again from the saved state (`--state`) changes nothing.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from aigc_demo import checkpoints
from aigc_demo.data import load
from aigc_demo.home import SHIPPED, cache_home
from aigc_demo.latent import draw
from aigc_demo.latent.pictures import grid, png
from aigc_demo.metrics.report import evaluate_images
from aigc_demo.recipes import make_plan
from aigc_demo.text import Text
from aigc_demo.training import Trainer, describe

SEED = 0
PHASES = (  # (last step, settings)
    (12_414, {}),
    (20_000, {"lr.d": 8e-3, "weight.g_class": 0.05}),
    (23_500, {"lr.d": 1.2e-2, "weight.g_class": 0.05, "ema_decay": 0.9995}),
)
SAVE_EVERY = 500
TRAINED_ON = Text(
    "MNIST 的 60,000 个训练数字中的 49,000 个，除去留作检验与参照的；先后三个阶段，见 benchmarks/train_shipped.py",
    "49,000 of MNIST's 60,000 training digits, all but the held-out and the reserved ones; in three phases, see "
    "benchmarks/train_shipped.py",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--digits", type=Path, required=True)
    parser.add_argument("--state", type=Path, default=cache_home() / "train_shipped.safetensors")
    parser.add_argument("--out", type=Path, default=SHIPPED / "fast")
    arguments = parser.parse_args()
    dataset = load(str(arguments.digits))
    trainer, seconds = None, 0.0
    for last_step, settings in PHASES:
        plan = make_plan("fast_long", seed=SEED, dataset=arguments.digits.name, settings=settings)
        state = load_file(arguments.state) if arguments.state.is_file() else None
        if state is not None and int(state["step"]) > last_step:
            continue
        trainer = Trainer(plan, dataset)
        if state is not None:
            seconds = float(state.pop("session/seconds"))
            state.pop("session/step", None)
            trainer.restore(state)
        while trainer.step < last_step:
            chunk = trainer.steps(min(SAVE_EVERY, last_step - trainer.step))
            seconds += chunk.seconds
            arguments.state.parent.mkdir(parents=True, exist_ok=True)
            save_file({**trainer.state(), "session/seconds": np.array(seconds)}, arguments.state)
            print(f"step {trainer.step:,}, {seconds:.0f} s", flush=True)
    if trainer is None:
        raise SystemExit("the saved state is already past the last step")
    labels = np.arange(5000) % 10
    z = draw(1, len(labels), plan.recipe.latent_size)
    images = np.concatenate(
        [trainer.sample(z[start : start + 500], labels[start : start + 500]) for start in range(0, 5000, 500)]
    )
    figures = evaluate_images(images, labels)
    facts = {
        "step": trainer.step,
        "seconds": seconds,
        "device": describe().name,
        "figures": figures,
        "training_images": len(dataset.images),
        "dataset_fingerprint": dataset.fingerprint,
        "trained_on": TRAINED_ON,
    }
    checkpoints.write(arguments.out, plan, trainer.generator_weights(), trainer.discriminator_weights(), facts)
    (arguments.out / "samples.png").write_bytes(png(grid(images[:60], columns=10)))
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
