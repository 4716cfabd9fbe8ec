"""Pause, resume, single step, stop, train some more: what each means in each state of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args

from aigc_demo.recipes import MAX_SECONDS, change_plan
from aigc_demo.runs.limits import LOCAL, Limits
from aigc_demo.runs.record import Budget
from aigc_demo.runs.run import Run
from aigc_demo.runs.slow import slow_task
from aigc_demo.runs.tasks import TOO_BUSY, Task
from aigc_demo.runs.worker import Worker
from aigc_demo.text import NotFound, Refused, Text, VisitorError
from aigc_demo.training import Who

MORE_SECONDS = 10.0
SETTLE_SECONDS = 2.0  # how long an answer waits for the call in progress to end
TASK_SECONDS = 60.0  # how long it waits for a step or a look, before which there may be something to compile

RESUMABLE = ("paused", "interrupted")

ALREADY_OVER = Text(
    "这次训练已经结束；可以“再训练一会儿”，或重新开始。", "This run is over; train it some more, or start a new one."
)
PAUSE_FIRST = Text("请先暂停，再单步执行。", "Pause the run first, then step.")
CANNOT_GO_ON = Text("这次训练无法继续，请重新开始。", "This run cannot go on; please start a new one.")
BAD_SECONDS = Text("追加的秒数应为 1 到 {n} 之间的数。", "The seconds to add must be a number between 1 and {n}.")
NO_SUCH_PLAYER = Text("who 应为 both、d 或 g。", "who must be both, d or g.")
NO_SUCH_ACTION = Text("没有这个操作。", "There is no such action.")


class Controls:
    """Carries out what a run's owner asks; returns when it has taken effect, or after two seconds."""

    def __init__(self, worker: Worker, ended: Callable[[Run], None], limits: Limits = LOCAL) -> None:
        """`ended(run)` is called when a run that was not training has come to its end with a model."""
        self._worker = worker
        self._ended = ended
        self._limits = limits
        self._actions: dict[str, Callable[[Run], None]] = {
            "pause": self._pause,
            "resume": self._resume,
            "stop": self._stop,
        }

    def perform(self, run: Run, action: str, seconds: float | None = None) -> None:
        """`seconds` is read by `extend` alone. Raises `NotFound` for an unknown action, `Refused` or `VisitorError`."""
        with run.controls:
            self.act(run, action, seconds)

    def step(self, run: Run, who: str = "both") -> None:
        """One step of a paused run, in which both players learn, or `who` alone."""
        if who not in get_args(Who):
            raise VisitorError(NO_SUCH_PLAYER)
        with run.controls:
            if run.is_going:
                raise Refused(PAUSE_FIRST)
            self._do(run, Task(lambda session: (session.single_step(who), None)))  # type: ignore[arg-type]

    def slow(self, run: Run, phase: str) -> dict[str, Any]:
        """A phase of slow motion (see `slow`); a run that is training is paused first."""
        with run.controls:
            if run.is_going:
                self._pause(run)
                run.wait_until(lambda: not run.is_going, TASK_SECONDS)  # it may be compiling
            seen = run.seen if run.seen is not None and run.seen_at == run.step else None
            told = self._do(run, slow_task(phase, seen))
            run.seen, run.seen_at = told, run.step
            return told

    def change(self, run: Run, settings: Mapping[str, object], loss: str | None = None) -> None:
        """Let `run` go on with other settings, and perhaps another loss. Raises `VisitorError` with the reason if not."""
        with run.controls:
            if run.is_over and run.state not in RESUMABLE:
                raise Refused(ALREADY_OVER)
            run.wished_plan = change_plan(run.wished_plan or run.plan, settings, loss)
            if self._worker.is_training(run):
                run.wait_until(lambda: run.wished_plan is None, SETTLE_SECONDS)
            if not self._worker.is_training(run):
                run.take_wished_plan()

    def rest(self, run: Run) -> None:
        """Hand a new run to the worker only to make it ready: it rests before its first step."""
        run.task = Task(lambda session: (None, None))
        self._worker.submit(run)

    def _do(self, run: Run, task: Task) -> Any:
        """Have the worker do `task`; returns its answer once the run rests again."""
        if run.is_going:
            raise Refused(TOO_BUSY)
        if run.state not in RESUMABLE:
            raise Refused(ALREADY_OVER)
        run.task = task
        try:
            self._worker.submit(run)
        except Refused:
            run.task = None
            raise
        try:
            return task.wait(TASK_SECONDS)
        finally:
            run.wait_until(lambda: not run.is_going, SETTLE_SECONDS)

    def act(self, run: Run, action: str, seconds: float | None = None) -> None:
        """`perform` for a caller that holds `run.controls`."""
        if action == "extend":
            self._extend(run, MORE_SECONDS if seconds is None else seconds)
        elif action in self._actions:
            self._actions[action](run)
        else:
            raise NotFound(NO_SUCH_ACTION)

    def _pause(self, run: Run) -> None:
        if run.is_over:
            raise Refused(ALREADY_OVER)
        if run.is_going:
            self._take_off(run, "paused")

    def _stop(self, run: Run) -> None:
        if run.is_over:
            raise Refused(ALREADY_OVER)
        if run.is_going:
            self._take_off(run, "stopped")
        else:
            self._end(run)

    def _take_off(self, run: Run, wish: Literal["paused", "stopped"]) -> None:
        """Out of the queue at once; out of the trainer after its present call."""
        if self._worker.withdraw(run):
            if wish == "paused":
                run.come_to_rest("paused")
            else:
                self._end(run)
            return
        run.wish = wish
        run.wait_until(lambda: not run.is_going, SETTLE_SECONDS)

    def _end(self, run: Run) -> None:
        measure = run.step > 0 and bool(run.folder.weights)
        run.come_to_rest("stopped", measure=measure)
        if measure:
            self._ended(run)

    def _resume(self, run: Run) -> None:
        if run.is_going:
            return
        if run.state not in RESUMABLE:
            raise Refused(ALREADY_OVER)
        self._worker.submit(run)

    def _extend(self, run: Run, more: float) -> None:
        self.lengthen(run, more)
        if not run.is_going:
            self._worker.submit(run)

    def lengthen(self, run: Run, more: float) -> None:
        """Give `run` a budget of `more` seconds on top of what it has, or of what it has used where it is over."""
        if not 1 <= more <= MAX_SECONDS:
            raise VisitorError(BAD_SECONDS.format(n=MAX_SECONDS))
        if run.state == "failed":
            raise Refused(CANNOT_GO_ON)
        spent, budget = run.seconds, run.budget
        going = run.is_going or run.state in RESUMABLE
        if going and budget.steps is not None:
            budget = Budget(budget.seconds, budget.steps + max(1, round(more * run.steps_per_second)))
        if going and budget.seconds is not None:
            budget = Budget(budget.seconds + more, budget.steps)
        if not going:
            budget = Budget(spent + more, None)
        self._limits.check_seconds(max(budget.seconds or 0.0, spent + more))
        run.folder.note(budget=budget)
        if run.is_going:
            run.tell()
            self._worker.tell_waiting()
