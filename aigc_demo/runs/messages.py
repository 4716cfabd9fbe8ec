"""What a run tells its followers: the plain data of each kind of message."""

from __future__ import annotations

import base64
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from aigc_demo.data import is_digits
from aigc_demo.recipes import arithmetic_of
from aigc_demo.runs.changes import values_of
from aigc_demo.runs.curves import buckets, shorten
from aigc_demo.runs.frames import Frame
from aigc_demo.runs.probes import Probe

if TYPE_CHECKING:
    from aigc_demo.runs.run import Run


def points(
    run: Run,
    first: int | None = None,
    rows: np.ndarray | None = None,
    frame: Frame | None = None,
    probe: Probe | None = None,
) -> dict[str, Any]:
    """New steps from `first` on, values [n, m] rounded for a chart; without rows it only keeps a clock going."""
    message = _message(run, "points") | {
        "first": run.step + 1 if first is None else first,
        "rows": [] if rows is None else shorten(rows),
        "steps_per_second": round(run.steps_per_second, 2),
    }
    if frame is not None:
        message["frame"] = _frame(frame)
    if probe is not None:
        message["probe"] = probe.to_json()
    return message


def state(run: Run) -> dict[str, Any]:
    """Where the run stands, sent at every change of it."""
    has_model = run.is_over and not run.measuring and run.step > 0 and not run.recorded
    plan, record = run.plan, run.folder.record
    return (
        _message(run, "state")
        | {
            "recipe": plan.recipe.key,
            "loss": plan.loss,
            "auxiliaries": plan.auxiliaries,
            "keys": run.keys,
            "weights": plan.weights,
            "settings": plan.settings(),
            "values": values_of(plan),
            "changes": [change.to_json() for change in record.changes],
            "best": None if record.best is None else asdict(record.best),
            "race": record.race or None,
            "ending": None if record.ending is None else asdict(record.ending),
            "queue": run.queue,
            "queue_seconds": run.queue_seconds,
            "budget": asdict(run.budget),
            "arithmetic": arithmetic_of(plan).key,
            "device": None if run.device is None else asdict(run.device),
            "error": None if run.error is None else asdict(run.error),
            "measuring": run.measuring,
            "metrics": run.metrics,
            "checkpoint": run.id if has_model else None,
        }
        | opinions(run)
    )


def snapshot(run: Run) -> dict[str, Any]:
    """The whole run; `curves.buckets` says how its curves stay small."""
    plan, last = run.plan, run.frames.last
    return state(run) | {
        "type": "snapshot",
        "step": run.told,
        "dataset": plan.dataset,
        "class_names": plan.class_names,
        "is_digits": is_digits(plan.dataset),
        "seed": plan.seed,
        "latent_size": plan.recipe.latent_size,
        "conditional": plan.recipe.conditional,
        "steps_per_second": round(run.steps_per_second, 2),
        "recorded": run.recorded,
        "created": run.folder.record.created,
        "curves": buckets(run.rows(1, run.told), run.keys),
        "frame": None if last is None else _frame(last),
        "probes": [probe.to_json() for probe in run.folder.probes.list() if probe.step <= run.told],
    }


def opinions(run: Run) -> dict[str, Any]:
    """What is to be said of the run's figures."""
    return {
        "verdict": None if run.opinion.verdict is None else run.opinion.verdict.to_json(),
        "readings": {player: asdict(text) for player, text in run.opinion.readings.items()},
    }


def _message(run: Run, kind: str) -> dict[str, Any]:
    """What every message says."""
    message = {"type": kind, "run": run.id, "step": run.step, "state": run.state, "seconds": round(run.seconds, 4)}
    return message if run.warning is None else message | {"warning": asdict(run.warning)}


def _frame(frame: Frame) -> dict[str, Any]:
    return {"step": frame.step, "index": frame.index, "png": base64.b64encode(frame.png).decode()}
