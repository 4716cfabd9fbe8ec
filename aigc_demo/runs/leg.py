"""One run on its trainer: from the moment it is its turn until it comes to rest. The worker's thread alone uses it."""

from __future__ import annotations

import time
from collections.abc import Callable

from aigc_demo.data import Dataset
from aigc_demo.runs.pool import Slot, TrainerPool
from aigc_demo.runs.prober import Prober
from aigc_demo.runs.record import State
from aigc_demo.runs.run import Run
from aigc_demo.runs.session import NOT_FINITE, Session

WEIGHTS_SECONDS = 0.5  # at most so often the weights of a training generator are copied for the sliders


class Leg:
    """`begin`, then `turn` until it returns the state the run comes to, then `end`; `release` in any case."""

    def __init__(
        self,
        run: Run,
        dataset: Dataset,
        pool: TrainerPool,
        device: str,
        prober: Prober | None,
        compiling: Callable[[], None],
    ) -> None:
        """Takes a trainer out of the pool; `compiling` is called before a new one is built."""
        self.run = run
        self._dataset = dataset
        self._pool = pool
        self._slot: Slot = pool.lease(run.plan, dataset, run.folder, compiling)
        self._fresh = self._slot.session is None
        self._session = self._slot.session or Session(run.folder, dataset, self._slot.trainer, device, prober)
        self._slot.session = self._session
        self._copied_at = time.monotonic()
        if not self._fresh:
            self._follow_plan(compiling)

    def begin(self) -> None:
        """Draw the untrained generator, or go back to where the run was saved; at once where its trainer still is."""
        run, session = self.run, self._session
        if run.task is None:
            run.move("training")
        if self._fresh:
            run.report_frame(session.restore() if run.step else session.begin())

    def turn(self) -> State | None:
        """One call of the trainer; the state to come to once the run is to end."""
        run, session = self.run, self._session
        if run.take_wished_plan():
            self._change_over()
        task = run.task
        progress = session.advance() if task is None else task.run(session)
        if progress is not None:
            run.report(progress, session.steps_per_second)
            if not progress.finite:
                return "failed"
        if task is not None:
            return run.wish or "paused"
        if progress is None:
            return "finished"
        if run.weights_wanted and time.monotonic() - self._copied_at >= WEIGHTS_SECONDS:
            session.refresh_weights()
            run.weights_wanted = False
            self._copied_at = time.monotonic()
        return None

    def end(self, ending: State) -> bool:
        """Save, and let the run come to rest; True when it has a model that is now to be measured."""
        run, session = self.run, self._session
        if ending == "failed":
            session.keep_last_good()
            self._pool.forget(run.folder)
        else:
            frame = session.save()
            if frame is not None:
                run.report_frame(frame)
            if ending in ("finished", "stopped"):
                run.report_probes(session.last_probes())
                run.folder.flush()
        measure = ending in ("finished", "stopped", "failed") and run.step > 0
        run.come_to_rest(ending, NOT_FINITE if ending == "failed" else None, measure)
        return measure

    def _change_over(self) -> None:
        """The plan has been changed: go on by the new one, and save, so that a resumed run does too."""
        state = self.run.state
        self._follow_plan(lambda: self.run.move("compiling"))
        if self.run.state != state:
            self.run.move(state)
        self._session.save_soon()

    def _follow_plan(self, compiling: Callable[[], None]) -> None:
        """See to it that the trainer plays by the run's present plan; another one is built where it must be."""
        plan, trainer = self.run.plan, self._session.trainer
        if trainer.plan == plan:
            return
        if trainer.fits(plan, self._dataset):
            self._session.adopt()
        else:
            self._slot = self._pool.exchange(self._slot, plan, self._dataset, compiling)

    def release(self) -> None:
        """Give the trainer back to the pool, which keeps it for this run as long as nobody else needs it."""
        self._pool.release(self._slot)
