"""What a run tells its followers: the plain data of each kind of message."""

from __future__ import annotations

import base64
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from aigc_demo.runs.curves import buckets, shorten
from aigc_demo.runs.frames import Frame

if TYPE_CHECKING:
    from aigc_demo.runs.run import Run


def points(
    run: Run, first: int | None = None, rows: np.ndarray | None = None, frame: Frame | None = None
) -> dict[str, Any]:
    """New steps from `first` on, values [n, m] rounded for a chart; without rows it only keeps a clock going."""
    message = _message(run, "points") | {
        "first": run.step + 1 if first is None else first,
        "rows": [] if rows is None else shorten(rows),
        "steps_per_second": round(run.steps_per_second, 2),
    }
    return message if frame is None else message | {"frame": _frame(frame)}


def state(run: Run) -> dict[str, Any]:
    """Where the run stands, sent at every change of it."""
    has_model = run.is_over and not run.measuring and run.step > 0 and not run.recorded
    return _message(run, "state") | {
        "queue": run.queue,
        "queue_seconds": run.queue_seconds,
        "budget": asdict(run.budget),
        "device": None if run.device is None else asdict(run.device),
        "error": None if run.error is None else asdict(run.error),
        "measuring": run.measuring,
        "metrics": run.metrics,
        "checkpoint": run.id if has_model else None,
    }


def snapshot(run: Run) -> dict[str, Any]:
    """The whole run; `curves.buckets` says how its curves stay small."""
    plan, last = run.plan, run.frames.last
    return state(run) | {
        "type": "snapshot",
        "step": run.told,
        "recipe": plan.recipe.key,
        "loss": plan.loss,
        "auxiliaries": plan.auxiliaries,
        "dataset": plan.dataset,
        "seed": plan.seed,
        "weights": plan.weights,
        "keys": run.keys,
        "latent_size": plan.recipe.latent_size,
        "conditional": plan.recipe.conditional,
        "steps_per_second": round(run.steps_per_second, 2),
        "recorded": run.recorded,
        "created": run.folder.record.created,
        "curves": buckets(run.rows(1, run.told), run.keys),
        "frame": None if last is None else _frame(last),
        "verdict": verdict(run),
    }


def verdict(run: Run) -> dict[str, Any] | None:
    found = run.verdict
    return None if found is None else {"key": found.key, "level": found.level, **asdict(found.text)}


def _message(run: Run, kind: str) -> dict[str, Any]:
    """What every message says."""
    message = {"type": kind, "run": run.id, "step": run.step, "state": run.state, "seconds": round(run.seconds, 4)}
    return message if run.warning is None else message | {"warning": asdict(run.warning)}


def _frame(frame: Frame) -> dict[str, Any]:
    return {"step": frame.step, "index": frame.index, "png": base64.b64encode(frame.png).decode()}
