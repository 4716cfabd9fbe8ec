"""The exact figures of a run as a table: one row a step, readable by any spreadsheet or data frame."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import numpy as np
import orjson

from aigc_demo.checkpoints import read_config
from aigc_demo.runs import Run
from aigc_demo.text import Refused, Text, VisitorError

MOST_ROWS = 200_000

NO_ROWS = Text(
    "这次训练还没有走出第一步，没有数据可以导出。",
    "This run has not made its first step, so there are no figures to export.",
)
TOO_LONG = Text(
    "这次训练有 {n} 步，超出一次导出的上限 {most}；它的文件夹里的 metrics.jsonl 是完整的。",
    "This run has {n} steps, more than the {most} of one export; metrics.jsonl in its folder holds all of them.",
)
_NOT_FIGURES = frozenset({"classes", "n", "seed", "cost"})  # lists, and what describes the measuring itself


def metrics_json(run: Run) -> bytes:
    """Everything: facts, plan, changes, columns and rows, probes. What is not a finite number is null."""
    facts = run.snapshot()
    rows, seconds = _rows(run, facts)
    content = _about(run, facts) | {
        "plan": run.plan.to_json(),
        "changes": facts.get("changes") or [],
        "metrics": facts.get("metrics"),
        "columns": ["step", "seconds", *facts["keys"]],
        "rows": [
            [step, round(float(spent), 6), *row] for step, (spent, row) in enumerate(zip(seconds, rows, strict=True), 1)
        ],
        "probes": facts.get("probes") or [],
    }
    return orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS)


def metrics_csv(run: Run) -> bytes:
    """`step, seconds, <every term and figure>, <what was measured then>, change, run, recipe, loss, ...`; UTF-8.

    The last columns say the same in every row, so that tables of several runs can be put together. Empty where there
    was no number.
    """
    facts = run.snapshot()
    rows, seconds = _rows(run, facts)
    measured = {probe["step"]: _figures(probe) for probe in facts.get("probes") or []}
    names = sorted({name for figures in measured.values() for name in figures})
    changes: dict[int, list[str]] = {}
    for change in facts.get("changes") or []:
        changes.setdefault(change["step"], []).append(f"{change['key']}: {change['from']} -> {change['to']}")
    about = _about(run, facts)
    about["settings"] = orjson.dumps(about["settings"], option=orjson.OPT_SORT_KEYS).decode()
    buffer = io.StringIO(newline="")
    buffer.write(_line(["step", "seconds", *facts["keys"], *names, "change", *about]))
    end = _line(["" if value is None else value for value in about.values()])
    for step, (spent, row) in enumerate(zip(seconds, rows, strict=True), 1):
        numbers = orjson.dumps(row, option=orjson.OPT_SERIALIZE_NUMPY)[1:-1].decode().replace("null", "")
        figures = measured.get(step, {})
        buffer.write(f"{step},{spent:.6f},{numbers},")
        buffer.write("".join(f"{figures.get(name, '')}," for name in names))
        buffer.write(f"{_line(['; '.join(changes.get(step, []))]).strip()},{end}" if step in changes else f",{end}")
    return buffer.getvalue().encode()


def _rows(run: Run, facts: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """The figures float32 [n, m] and the seconds [n] of all steps that have been told."""
    count = facts["step"]
    if count < 1:
        raise Refused(NO_ROWS)
    if count > MOST_ROWS:
        raise VisitorError(TOO_LONG.format(n=f"{count:,}", most=f"{MOST_ROWS:,}"))
    rows = run.rows(1, count)
    return rows, run.folder.log.seconds(1, len(rows))


def _about(run: Run, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What is the same for every step."""
    return {
        "run": facts["run"],
        "recipe": facts["recipe"],
        "loss": facts["loss"],
        "dataset": facts["dataset"],
        "seed": facts["seed"],
        "device": device_of(run, facts),
        "settings": facts.get("settings") or {},
    }


def device_of(run: Run, facts: Mapping[str, Any]) -> str | None:
    """What it was trained on: as the run says, or as its checkpoint has written down."""
    if facts.get("device"):
        return str(facts["device"]["name"])
    try:
        return str(read_config(run.folder.path)["device"]) or None
    except (VisitorError, KeyError):
        return None


def _figures(probe: Mapping[str, Any]) -> dict[str, float]:
    """The measured numbers of a probe by name; the scores' means are among them."""
    scores, figures = probe.get("scores") or {}, probe.get("figures") or {}
    found = {f"probe_{name}": scores[name] for name in ("mean_real", "mean_fake") if name in scores}
    found |= {name: value for name, value in figures.items() if name not in _NOT_FIGURES}
    found |= {f"share_{digit}": share for digit, share in enumerate(figures.get("classes") or [])}
    return {name: value for name, value in found.items() if isinstance(value, int | float)}


def _line(cells: list[Any]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
