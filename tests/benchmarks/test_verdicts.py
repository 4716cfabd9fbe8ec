"""The verdicts' benchmark: its conditions can be trained, and it tells the diagnosis what a run would."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from aigc_demo.recipes.presets import PRESETS
from aigc_demo.runs.opinion import STEPS
from benchmarks import verdicts
from benchmarks.verdicts import CONDITIONS


def test_there_are_ten_conditions_and_more_and_every_break_is_one() -> None:
    keys = [condition.key for condition in CONDITIONS]
    assert len(set(keys)) == len(keys) >= 10
    assert {key for key, preset in PRESETS.items() if preset.kind == "break"} <= set(keys)


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.key)
def test_every_condition_can_be_trained(condition: verdicts.Condition) -> None:
    plan = verdicts.plan_of(condition.experiment, 3)
    assert plan.seed == 3
    assert condition.steps >= verdicts.PROBES
    assert all(condition.expected)


def test_the_newest_steps_are_averaged_and_the_largest_gap_before_them_is_kept() -> None:
    trainer: Any = SimpleNamespace(keys=("score_real", "score_fake", "d_total"))
    rows = np.concatenate(
        [np.full((STEPS, 3), [0.9, 0.1, 1.0]), np.full((STEPS, 3), [0.7, 0.5, 2.0]), np.full((STEPS, 3), [0.6, 0.5, 3])]
    )
    recent = verdicts.recent(trainer, rows)
    assert recent["d_total"] == pytest.approx(3.0)
    assert recent["score_real"] == pytest.approx(0.6)
    assert recent["gap_before"] == pytest.approx(0.8)
    assert recent["steps"] == 3 * STEPS


def test_a_record_is_judged_anew_and_counted() -> None:
    condition = next(condition for condition in CONDITIONS if condition.key == "saturation")
    recent = {"score_real": 1.0, "score_fake": 0.0, "grad_norm_d": 1e-4, "grad_norm_g": 1e-4, "steps": 400.0}
    record = {"condition": condition.key, "seed": 0, "recent": recent, "figures": None, "values": {}, "history": []}
    judged = verdicts.judge(record, condition)
    assert judged["verdict"] == "saturated"
    assert judged["as_expected"]
    assert "1/1  saturated 1" in verdicts.table([record])
