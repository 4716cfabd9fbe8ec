"""Whether the cures cure: each preset that breaks, trained until it has, then rescued and trained for as long again.

    python -m benchmarks.cures [--seeds 1] [--only KEY ...] [--out PATH]

A cure that changes the run goes on from where it stands, optimisers and all, as the app's button does; one that starts
again starts from the seed. Digit-FD of 500 digits before and after tells; for presets whose digits were not the trouble,
the verdict does.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.data import load
from aigc_demo.metrics.diagnosis import diagnose
from aigc_demo.recipes import Plan, change_plan, make_plan
from aigc_demo.recipes.presets import PRESETS, Preset
from aigc_demo.runs.changes import values_of
from aigc_demo.training import Trainer
from benchmarks.verdicts import CONDITIONS, PROBES, Condition, plan_of, probe, recent

AS_LONG = 1500  # steps at least that a cure is given: a button is not pressed for a second


def cured(preset: Preset, plan: Plan) -> Plan:
    """The plan that the preset's cure makes of `plan`."""
    cure = preset.remedy
    assert cure is not None
    if cure.kind == "change":
        return change_plan(plan, cure.settings, cure.loss)
    settings = {**plan.settings(), **cure.settings}
    return make_plan(
        plan.recipe.key, cure.loss or plan.loss, cure.dataset or plan.dataset, plan.seed, settings=settings
    )


def play(trainer: Trainer, steps: int) -> dict[str, Any]:
    """Train on; what is then said of it."""
    dataset = load(trainer.plan.dataset)
    rows, figures = [], []
    last = trainer.step + steps
    for mark in np.linspace(trainer.step, last, PROBES + 1).astype(int)[1:]:
        while trainer.step < mark:
            chunk = trainer.steps(min(25, int(mark) - trainer.step))
            rows.append(chunk.values)
            if not chunk.finite:
                return {"verdict": "broken", "digit_fd": None}
        figures.append(probe(trainer, dataset))
    values = values_of(trainer.plan) | {"dataset": trainer.plan.dataset}
    told = diagnose(
        trainer.plan.loss_object(), recent(trainer, np.concatenate(rows)), figures[-1], values, figures[:-1]
    )
    return {"verdict": told.key, "digit_fd": round(figures[-1]["digit_fd"], 1)}


def rescue(condition: Condition, seed: int) -> dict[str, Any]:
    """Break it, rescue it: the figures before and after."""
    preset = PRESETS[condition.key]
    broken = plan_of(condition.experiment, seed)
    trainer = Trainer(broken, load(broken.dataset))
    before = play(trainer, condition.steps)
    plan = cured(preset, broken)
    healed = Trainer(plan, load(plan.dataset))
    if preset.remedy is not None and preset.remedy.kind == "change":
        healed.restore(trainer.state())
    steps = max(condition.steps, AS_LONG if broken.recipe.key.startswith("tutorial") else 0)
    return {"preset": preset.key, "seed": seed, "steps": steps, "before": before, "after": play(healed, steps)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    made: list[dict[str, Any]] = []
    for condition in CONDITIONS:
        preset = PRESETS.get(condition.key)
        if preset is None or preset.remedy is None or (arguments.only and condition.key not in arguments.only):
            continue
        for seed in range(arguments.seeds):
            made.append(rescue(condition, seed))
            print(made[-1], flush=True)
            if arguments.out is not None:
                arguments.out.write_text(json.dumps(made, indent=1) + "\n")


if __name__ == "__main__":
    main()
