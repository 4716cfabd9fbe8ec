"""Train the shipped models, one a family, and measure them.

    python -m benchmarks.shipped_digits --mnist mnist_train.npz --out shipped_digits.npz
    python -m benchmarks.train_shipped --digits shipped_digits.npz [--only dcgan --only sagan]
    python -m benchmarks.network_files             # what is derived from the weights

`SHIPPED` says of each model by which recipe, in which phases and for how many steps. Training is by (seed, step), so
stopping and starting again from the saved state (`--states`) changes nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file, save_file

from aigc_demo import checkpoints
from aigc_demo.data import Dataset, load
from aigc_demo.home import SHIPPED as FOLDER
from aigc_demo.home import cache_home
from aigc_demo.latent import draw
from aigc_demo.metrics.report import evaluate_images
from aigc_demo.recipes import Plan, make_plan
from aigc_demo.runs.sheets import sheet_png
from aigc_demo.text import Text
from aigc_demo.training import Trainer, describe

Weights = Mapping[str, np.ndarray]

SEED = 0
SAVE_EVERY = 250
MEASURED = 5000  # images

TRAINED_ON = Text(
    "MNIST 的 60,000 个训练数字中的 49,000 个，除去留作检验与参照的",
    "49,000 of MNIST's 60,000 training digits, all but the held-out and the reserved ones",
)


@dataclass(frozen=True)
class Phase:
    """Train until step `until` with `settings` over the recipe's own.

    One that is `anew` has a trainer of its own, which begins with the weights so far and counts its steps from 0; where
    its networks are others, with those weights that fit them. In one `for_d` D alone learns.
    """

    until: int
    settings: Mapping[str, Any]
    loss: str | None = None
    anew: bool = False
    for_d: bool = False


@dataclass(frozen=True)
class Shipped:
    """One shipped model. A phase that changes only what may be changed while a run goes on needs no other trainer."""

    recipe: str
    phases: tuple[Phase, ...]
    half: bool = True  # stored in half precision, and measured as stored: half the bytes


_LONG = {"ema_decay": 0.998, "rate_halving_steps": 3000}
_DEEP = {"discriminator": "fast_deep", "lr.d": 1.2e-3}
_PAIRS = {"rate_halving_steps": 3000, "ema_decay": 0.999, "weight.d_r1": 0.1, "weight.d_r2": 0.1}

SHIPPED: dict[str, Shipped] = {
    # The second phase gives D four times the rate and the class term a quarter of its weight: at the end of the first, D
    # had become too slow to show G what is still wrong. The third goes further the same way and averages over more steps.
    # The fourth compares in pairs and charges D for its slopes, at low rates: D may be strong and G still learns from it.
    # After 35,500 steps that D was right about little more than half of the images, and more steps changed nothing: the
    # last phases go on with a D of one more convolution, which first learns alone what the other knew.
    "fast": Shipped(
        "fast_long",
        (
            Phase(12_414, {}),
            Phase(20_000, {"lr.d": 8e-3, "weight.g_class": 0.05}),
            Phase(23_500, {"lr.d": 1.2e-2, "weight.g_class": 0.05, "ema_decay": 0.9995}),
            Phase(6_000, {**_PAIRS, "lr.g": 1.5e-4, "lr.d": 6e-4, "weight.g_class": 0.03}, loss="r3gan", anew=True),
            Phase(7_500, {**_PAIRS, "lr.g": 3e-4, "lr.d": 1.2e-3, "weight.g_class": 0.12}, loss="r3gan"),
            Phase(12_000, {**_PAIRS, "lr.g": 6e-4, "lr.d": 2.4e-3, "weight.g_class": 0.1}, loss="r3gan"),
            Phase(400, {**_PAIRS, **_DEEP, "lr.g": 3e-4, "weight.g_class": 0.1}, loss="r3gan", anew=True, for_d=True),
            Phase(3_000, {**_PAIRS, **_DEEP, "lr.g": 3e-4, "weight.g_class": 0.1}, loss="r3gan"),
            Phase(
                3_400,
                {**_PAIRS, **_DEEP, "lr.g": 1e-4, "weight.g_class": 0.01, "ema_decay": 0.9995},
                loss="r3gan",
            ),
        ),
        half=False,
    ),
    "tutorial_repaired": Shipped("tutorial_4_3_repaired", (Phase(40_000, {"ema_decay": 0.998}),)),
    "dcgan": Shipped("dcgan", (Phase(5_000, _LONG),)),
    # Shifts and dropout keep D's branch Q from reading the category off some detail before digits are drawn.
    "infogan": Shipped("infogan", (Phase(5_000, {**_LONG, "rate_halving_steps": 1500, "augment": 2, "dropout": 0.2}),)),
    "r3gan": Shipped("r3gan", (Phase(2_500, {"ema_decay": 0.998, "rate_halving_steps": 1000}),)),
    "sagan": Shipped("sagan", (Phase(1_500, {"ema_decay": 0.998, "rate_halving_steps": 1000}),)),
    "style": Shipped("style", (Phase(2_000, _LONG),)),
    "progressive": Shipped("progressive", (Phase(2_600, {"growth_steps": 200, "rate_halving_steps": 500}),)),
}


@dataclass
class Progress:
    """A model on its way: its trainer, what earlier trainers of it came to, and the seconds of all."""

    trainer: Trainer | None = None
    steps_before: int = 0
    weights: tuple[Weights, Weights] | None = None  # G's and D's, as an earlier trainer left them
    seconds: float = 0.0

    @property
    def step(self) -> int:
        return self.steps_before + (self.trainer.step if self.trainer else 0)

    def begin_anew(self) -> None:
        """The next trainer goes on from what this one has come to."""
        if self.trainer is not None:
            self.weights = (self.trainer.generator_weights(), self.trainer.discriminator_weights())
        self.steps_before, self.trainer = self.step, None


def train(name: str, dataset: Dataset, digits: str, states: Path, begin: Path | None) -> Progress:
    """Train the model `name` through its phases, from where its states are, or through the last ones from `begin`."""
    progress, phases, place = Progress(), list(SHIPPED[name].phases), 0
    if begin is not None:
        config = checkpoints.read_config(begin)
        files = (begin / file for file in (checkpoints.GENERATOR, checkpoints.DISCRIMINATOR))
        generator, discriminator = (checkpoints.read_tensors(file) for file in files)
        progress = Progress(None, config["step"], (generator, discriminator), config["seconds"])
        place = max(number for number, phase in enumerate(phases) if phase.anew)
    group = 0  # of phases with one trainer
    for number, phase in enumerate(phases):
        group += phase.anew
        if number < place:
            continue
        if phase.anew:
            progress.begin_anew()
        play(name, phase, progress, dataset, digits, states / f"{name}{f'-{group}' if group else ''}.safetensors")
    if progress.trainer is None:
        raise SystemExit(f"{name}: the saved state is already past the last step")
    return progress


def play(name: str, phase: Phase, progress: Progress, dataset: Dataset, digits: str, state_file: Path) -> None:
    plan = make_plan(SHIPPED[name].recipe, phase.loss, seed=SEED, dataset=digits, settings=phase.settings)
    state = load_file(state_file) if state_file.is_file() else None
    if state is not None and int(state["step"]) > phase.until:
        return
    trainer = progress.trainer = Trainer(plan, dataset)
    if state is not None:
        progress.seconds = float(state.pop("session/seconds"))
        trainer.restore(state)
    elif progress.weights is not None:
        own = (trainer.generator_weights(), trainer.discriminator_weights())
        generator, discriminator = map(fitting, own, progress.weights)
        trainer.begin_with(generator, discriminator, len(plan.class_names))
    while trainer.step < phase.until:
        chunk = trainer.steps(min(SAVE_EVERY, phase.until - trainer.step), "d" if phase.for_d else "both")
        if not chunk.finite:
            raise SystemExit(f"{name}: a figure is no number at step {trainer.step:,}")
        progress.seconds += chunk.seconds
        save_file({**trainer.state(), "session/seconds": np.array(progress.seconds)}, state_file)
        print(f"{name}: step {progress.step:,}, {progress.seconds:.0f} s", flush=True)


def fitting(own: Weights, earlier: Weights) -> dict[str, np.ndarray]:
    """`own` weights, with those of an earlier network in place of the ones that it has by the same name and shape."""
    return dict(own) | {
        name: value for name, value in earlier.items() if name in own and own[name].shape == value.shape
    }


def stored(weights: Mapping[str, np.ndarray], half: bool) -> dict[str, np.ndarray]:
    return {name: value.astype(np.float16) if half else value for name, value in weights.items()}


def measure(plan: Plan, weights: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """The figures of 5,000 images of the generator as it is stored."""
    generator = checkpoints.Generator.from_weights(plan, {name: np.float32(value) for name, value in weights.items()})
    labels = np.arange(MEASURED) % 10
    images = generator.render(draw(1, MEASURED, plan.recipe.latent_size), labels)
    return evaluate_images(images, labels if plan.recipe.conditional else None, sorts_itself=plan.sorts_itself)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--digits", type=Path, required=True)
    parser.add_argument("--only", action="append", choices=tuple(SHIPPED))
    parser.add_argument(
        "--begin", type=Path, help="a folder with the model as its phases before the last trainer left it"
    )
    parser.add_argument("--states", type=Path, default=cache_home() / "train_shipped")
    parser.add_argument("--out", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    dataset = load(str(arguments.digits))
    arguments.states.mkdir(parents=True, exist_ok=True)
    for name in arguments.only or SHIPPED:
        progress = train(name, dataset, arguments.digits.name, arguments.states, arguments.begin)
        trainer = progress.trainer
        assert trainer is not None
        plan = trainer.plan
        weights = stored(trainer.generator_weights(), SHIPPED[name].half)
        figures = measure(plan, weights)
        facts = {
            "step": progress.step,
            "seconds": progress.seconds,
            "device": describe().name,
            "figures": figures,
            "training_images": len(dataset.images),
            "dataset_fingerprint": dataset.fingerprint,
            "trained_on": TRAINED_ON,
            "made_by": f"python -m benchmarks.train_shipped --digits {arguments.digits.name} --only {name}",
        }
        folder = arguments.out / name
        judge = stored(trainer.discriminator_weights(), SHIPPED[name].half)
        checkpoints.write(folder, plan, weights, judge, facts)
        (folder / checkpoints.SAMPLES).write_bytes(sheet_png(checkpoints.load(folder)))
        print(name, json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
