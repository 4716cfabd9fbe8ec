"""A run read from the folder that every installation carries, and one with everything that a run may tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aigc_demo.latent.pictures import png
from aigc_demo.recipes import change_plan, make_plan
from aigc_demo.runs.changes import changes_between
from aigc_demo.runs.folder import RunFolder
from aigc_demo.runs.record import Budget, Record
from aigc_demo.runs.recorded import open_recorded
from aigc_demo.runs.run import Run
from aigc_demo.training import column_keys

STEPS, FRAMES = 60, 7


@pytest.fixture(scope="session")
def recorded() -> Run:
    return Run(open_recorded(), recorded=True)


@pytest.fixture
def eventful(tmp_path: Path) -> Run:
    """60 steps, the learning rate changed after step 20 and R1 added after step 30, whose column is empty before it."""
    first = make_plan("fast", seed=5)
    second = change_plan(first, {"lr.g": 1e-3})
    third = change_plan(second, {"weight.d_r1": 1.0})
    changes = (*changes_between(first, second, 20), *changes_between(second, third, 30))
    keys = column_keys(third.loss_object())
    record = Record(
        "a1b2c3d4e5f60718293a", third, "stopped", Budget(20.0), keys, step=STEPS, seconds=6.0, changes=changes
    )
    folder = RunFolder.create(tmp_path / "run", record)
    rows = np.random.default_rng(0).uniform(0.1, 2.0, (STEPS, len(keys))).astype(np.float32)
    rows[:30, keys.index("d_r1")] = np.nan
    folder.log.append(rows, np.arange(1, STEPS + 1) / 10)
    for place in range(FRAMES):
        folder.frames.add(place * 10, png(np.full((168, 280), 40 * place, np.uint8)))
    return Run(folder)


@pytest.fixture
def fresh(tmp_path: Path) -> Run:
    """A run that waits for its first step."""
    plan = make_plan("fast")
    record = Record("ffffffffffffffffffff", plan, "queued", Budget(20.0), column_keys(plan.loss_object()))
    return Run(RunFolder.create(tmp_path / "fresh", record))
