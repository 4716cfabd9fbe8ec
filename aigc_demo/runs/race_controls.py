"""Pause, resume, stop and train some more, done to all members of a race as to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from typing import Literal

from aigc_demo.runs.controls import ALREADY_OVER, CANNOT_GO_ON, MORE_SECONDS, NO_SUCH_ACTION, Controls
from aigc_demo.runs.run import Run
from aigc_demo.runs.worker import Worker
from aigc_demo.text import NotFound, Refused


class RaceControls:
    """Each member that the action fits follows it; refused where it fits none."""

    def __init__(self, worker: Worker, controls: Controls) -> None:
        self._worker = worker
        self._controls = controls
        self._actions: dict[str, Callable[[Sequence[Run], float], None]] = {
            "pause": lambda runs, _: self._take_off(runs, "paused"),
            "stop": lambda runs, _: self._take_off(runs, "stopped"),
            "resume": lambda runs, _: self._resume(runs),
            "extend": self._extend,
        }

    def perform(self, runs: Sequence[Run], action: str, seconds: float | None = None) -> None:
        """As `Controls.perform`. Raises `NotFound` for an unknown action, `Refused` or `VisitorError`."""
        if action not in self._actions:
            raise NotFound(NO_SUCH_ACTION)
        with ExitStack() as held:
            for run in sorted(runs, key=lambda run: run.id):  # always in the same order, or two requests could lock up
                held.enter_context(run.controls)
            self._actions[action](runs, MORE_SECONDS if seconds is None else seconds)

    def _take_off(self, runs: Sequence[Run], wish: Literal["paused", "stopped"]) -> None:
        present = [run for run in runs if not run.is_over]
        if not present:
            raise Refused(ALREADY_OVER)
        for run in present:  # all are asked before any is waited for, so that they stand at the same second
            if run.is_going:
                run.wish = wish
        for run in present:
            with suppress(Refused):  # it may have come to its end meanwhile
                self._controls.act(run, "pause" if wish == "paused" else "stop")

    def _resume(self, runs: Sequence[Run]) -> None:
        resting = [run for run in runs if run.state in ("paused", "interrupted") and not run.is_going]
        if resting:
            self._submit(resting)
        elif not any(run.is_going for run in runs):
            raise Refused(ALREADY_OVER)

    def _extend(self, runs: Sequence[Run], more: float) -> None:
        able = [run for run in runs if run.state != "failed"]
        if not able:
            raise Refused(CANNOT_GO_ON)
        for run in able:
            self._controls.lengthen(run, more)
        resting = [run for run in able if not run.is_going]
        if resting:
            self._submit(resting)

    def _submit(self, runs: Sequence[Run]) -> None:
        self._worker.submit(*runs)
