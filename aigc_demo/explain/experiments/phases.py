"""Training the repaired networks of section 4.3 in phases: both players for a while, then perhaps only one of them."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from aigc_demo.explain.erratum import COMPARISON_RECIPE
from aigc_demo.explain.experiments.base import Frame, Side
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.playing import FRAMES, SHOWN, pictures, sample
from aigc_demo.explain.experiments.readings import Reading, read
from aigc_demo.recipes import Plan, make_plan
from aigc_demo.training import Trainer, Who

GENTLE = 2e-4  # the tutorial's learning rate
FAST = 1e-3  # shows in seconds what the tutorial's shows in minutes
_SAMPLES = 500


@dataclass(frozen=True, eq=False)
class Phase:
    """What a phase came to: its last figures, and a reading of 500 images at its end. The trainer has gone on since."""

    trainer: Trainer
    figures: Mapping[str, np.ndarray]  # float32 [steps] by name
    reading: Reading

    def end(self, key: str, steps: int = 20) -> float:
        """The mean of a figure over the last `steps` steps of the phase."""
        return float(np.mean(self.figures[key][-steps:]))

    def start(self, key: str) -> float:
        """A figure at the first step of the phase."""
        return float(self.figures[key][0])


def plan_of(loss: str, seed: int, rate: float, distance: float | None = None) -> Plan:
    """The repaired networks with this loss; `distance` is the weight of the tutorial's distance to real images."""
    settings: dict[str, object] = {"lr.g": rate, "lr.d": rate}
    if distance is not None:
        settings["weight.g_recon_x"] = distance
    return make_plan(COMPARISON_RECIPE, loss=loss, seed=seed, settings=settings)


def train(
    bench: Bench, side: Side, plan: Plan, *parts: tuple[Who, int], shown: Iterable[str] = SHOWN
) -> Generator[Frame, None, list[Phase]]:
    """Train `plan` through `parts`, each (who learns, for how many steps)."""
    trainer = bench.trainer(plan)
    whole = sum(count for _, count in parts)
    phases = []
    for who, count in parts:
        rows: list[np.ndarray] = []
        goal = trainer.step + count
        while trainer.step < goal:
            chunk = trainer.steps(min(math.ceil(whole / FRAMES), goal - trainer.step), who)
            rows.append(chunk.values)
            means = dict(zip(trainer.keys, chunk.values.mean(axis=0).tolist(), strict=True))
            figures = {key: means[key] for key in shown if key in means}
            yield Frame(side, trainer.step / whole, trainer.step, figures, pictures(trainer))
            if not chunk.finite:
                break
        columns = dict(zip(trainer.keys, np.concatenate(rows).T, strict=True))
        phases.append(Phase(trainer, columns, read(sample(trainer, _SAMPLES))))
    return phases
