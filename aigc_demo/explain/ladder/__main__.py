"""Climb the ladder in this process: one line of JSON for each rung as soon as it is known."""

from __future__ import annotations

import json
import linecache
import traceback
from collections.abc import Iterator
from typing import Any

import numpy as np

from aigc_demo.backend import load, tf
from aigc_demo.data import load as load_data
from aigc_demo.data import to_unit_range
from aigc_demo.explain.ladder import rendering
from aigc_demo.explain.ladder.rungs import RUNGS, Rung

ITERATIONS = 100  # of what runs through
_LONGEST = 300  # characters of a message


def _climb() -> Iterator[dict[str, Any]]:
    load()
    images = np.random.default_rng(0).permutation(to_unit_range(load_data("digits5k").images).reshape(-1, 28, 28))
    yield {"ready": tf.__version__}
    for rung in RUNGS:
        yield {"rung": rung.key, **_attempt(rung, images)}


def _attempt(rung: Rung, images: Any) -> dict[str, Any]:
    """What happens: the exception, its line and the iteration it came in, or the losses of all iterations."""
    done: list[dict[str, float]] = []
    try:
        iteration = rendering.script(rung.repairs, images, rung.in_function)
        while len(done) < ITERATIONS:
            done.append(iteration(rung.repairs))
    except Exception as error:
        lines = str(error).strip().splitlines() or [""]
        raised = {"type": type(error).__name__, "message": lines[0][:_LONGEST], "line": _line_of(error)}
        return {**raised, "iteration": len(done) + 1}
    spans = {f"{key}_{word}": pick(row[key] for row in done) for key in done[0] for word, pick in _SPANS.items()}
    return {"type": "", "message": "", "line": "", "iteration": len(done), "losses": spans}


_SPANS = {"least": min, "most": max}


def _line_of(error: Exception) -> str:
    """The line of our rendering that failed."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == rendering.__file__]
    return linecache.getline(ours[-1].filename, ours[-1].lineno or 0).partition("  #")[0].strip() if ours else ""


if __name__ == "__main__":
    for entry in _climb():
        print(json.dumps(entry), flush=True)
