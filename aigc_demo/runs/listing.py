"""One line for each run: what a list of runs shows of it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aigc_demo.losses import find_loss
from aigc_demo.runs import record as records
from aigc_demo.runs.claim import is_claimed
from aigc_demo.runs.record import OVER, Record
from aigc_demo.runs.run import Run
from aigc_demo.runs.shelf import is_id
from aigc_demo.text import Text, VisitorError

MOST_LISTED = 50


def list_runs(folder: Path, runs: Iterable[Run], ids: frozenset[str] | None) -> list[dict[str, Any]]:
    """The newest runs in `folder` and in memory, newest first; with `ids`, those and no others. Damaged ones are left
    out: `[{"run", "state", "step", "seconds", "recipe", "loss", "dataset", "seed", "created", "digit_fd", "race",
    "title", "queue", "queue_seconds"}]`.
    """
    lines = [_line(run.folder.record, run) for run in runs if ids is None or run.id in ids]
    known = {line["run"] for line in lines}
    for path in _on_disk(folder, ids):
        if path.name in known:
            continue
        try:
            lines.append(_line(records.read(path), None, path))
        except VisitorError:
            continue
    lines.sort(key=lambda line: line["created"], reverse=True)
    return lines[:MOST_LISTED]


def _on_disk(folder: Path, ids: frozenset[str] | None) -> list[Path]:
    if ids is not None:
        return [folder / name for name in ids if is_id(name)]
    found = [path for path in folder.glob(f"*/{records.FILE}") if is_id(path.parent.name)]
    return [path.parent for path in sorted(found, key=records.changed_at, reverse=True)[:MOST_LISTED]]


def _line(record: Record, run: Run | None, path: Path | None = None) -> dict[str, Any]:
    is_dead = run is None and record.state not in OVER and path is not None and not is_claimed(path)
    return {
        "run": record.id,
        "state": "interrupted" if is_dead else record.state,
        "step": record.step,
        "seconds": record.seconds,
        "recipe": record.plan.recipe.key,
        "loss": record.plan.loss,
        "dataset": record.plan.dataset,
        "seed": record.plan.seed,
        "created": record.created,
        "digit_fd": _digit_fd(record),
        "race": record.race or None,
        "title": asdict(_title(record)),
        "queue": 0 if run is None else run.queue,
        "queue_seconds": None if run is None else run.queue_seconds,
    }


def _digit_fd(record: Record) -> float | None:
    value = (record.metrics or {}).get("digit_fd")
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _title(record: Record) -> Text:
    recipe, loss = record.plan.recipe.title, find_loss(record.plan.loss).title
    return Text(f"{recipe.zh} · {loss.zh}", f"{recipe.en} · {loss.en}")
