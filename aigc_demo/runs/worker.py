"""The one thread that trains: it takes run after run from a visible queue and never dies of any of them."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from aigc_demo.runs.pool import TrainerPool
from aigc_demo.runs.record import State
from aigc_demo.runs.run import Run
from aigc_demo.runs.session import NOT_FINITE, Session
from aigc_demo.runs.trainers import MakeTrainer
from aigc_demo.text import Refused, Text, VisitorError
from aigc_demo.training import Device

MOST_WAITING = 8
CLOSE_SECONDS = 20.0  # at most so long the program's end waits for the present run; building a network can take seconds
WEIGHTS_SECONDS = 0.5  # at most so often the weights of a training generator are copied for the sliders

QUEUE_FULL = Text(
    "前面已有 {n} 次训练在排队，请稍后再试。", "{n} runs are already waiting; please try again a little later."
)
CLOSING = Text("服务器正在关闭。", "The server is shutting down.")
BROKE_DOWN = Text(
    "训练因内部错误而停止；已保存的部分仍然可用。",
    "An internal error stopped this run; what was saved can still be used.",
)

logger = logging.getLogger(__name__)


class Worker:
    """Owns the trainers and the queue. Its public methods may be called from any thread."""

    def __init__(
        self,
        make_trainer: MakeTrainer,
        load_dataset: Callable[[str], Dataset],
        describe_device: Callable[[], Device],
        ended: Callable[[Run], None],
    ) -> None:
        """`ended(run)` is called in the worker's thread when a run has ended and has a model to be measured."""
        self._pool = TrainerPool(make_trainer)
        self._load_dataset = load_dataset
        self._datasets: dict[str, Dataset] = {}
        self._describe_device = describe_device
        self._ended = ended
        self._changed = threading.Condition()
        self._waiting: deque[Run] = deque()
        self._closing = False
        self._to_warm: Plan | None = None
        self.device: Device | None = None
        self.current: Run | None = None
        self._thread = threading.Thread(target=self._live, name="training", daemon=True)
        self._thread.start()

    def warm_up(self, plan: Plan) -> None:
        """Compile `plan` before anybody asks for it; a run that is submitted meanwhile waits for it."""
        with self._changed:
            self._to_warm = plan
            self._changed.notify()

    def submit(self, run: Run) -> None:
        """Queue `run`; raises `Refused` when too many wait already."""
        with self._changed:
            if self._closing:
                raise Refused(CLOSING)
            if len(self._waiting) >= MOST_WAITING:
                raise Refused(QUEUE_FULL.format(n=len(self._waiting)))
            idle = self.current is None and not self._waiting
            run.device = self.device
            run.set_going(0 if idle else len(self._waiting) + 1)
            if not (idle and run.single_step):  # a single step is over before a page could show that it began
                run.move("compiling" if idle and self._to_warm else "queued", error=None, metrics=None)
            self._waiting.append(run)
            self._changed.notify()

    def withdraw(self, run: Run) -> bool:
        """Take `run` out of the queue; False when it was not waiting."""
        with self._changed:
            if run not in self._waiting:
                return False
            self._waiting.remove(run)
            run.queue = 0
            self._renumber()
            return True

    def close(self) -> None:
        """End the present run within one call, saved, so that it can be resumed; the waiting ones likewise."""
        with self._changed:
            self._closing = True
            while self._waiting:
                self._waiting.popleft().come_to_rest("interrupted")
            patience = CLOSE_SECONDS if self.current else CLOSE_SECONDS / 10  # compiling ahead leaves nothing to save
            self._changed.notify()
        self._thread.join(patience)

    def _renumber(self) -> None:
        for place, run in enumerate(self._waiting, start=1):
            run.place(place)

    def _live(self) -> None:
        while (task := self._next()) is not None:
            if isinstance(task, Run):
                self._train_safely(task)
            else:
                self._compile_ahead(task)

    def _next(self) -> Run | Plan | None:
        """Block until there is something to do; None when the program closes."""
        with self._changed:
            self.current = None
            self._changed.wait_for(lambda: self._waiting or self._to_warm or self._closing)
            if self._closing:
                return None
            if self._to_warm:
                return self._to_warm
            self.current = self._waiting.popleft()
            self.current.queue = 0
            self._renumber()
            return self.current

    def _compile_ahead(self, plan: Plan) -> None:
        try:
            self._pool.lease(plan, self._dataset(plan.dataset), None, lambda: None)
            self.device = self._describe_device()
        except Exception:  # the first real run will say what is wrong
            logger.exception("recipe %s could not be compiled in advance", plan.recipe.key)
        with self._changed:
            self._to_warm = None

    def _train_safely(self, run: Run) -> None:
        try:
            self._train(run)
        except VisitorError as error:
            self._give_up(run, error.text)
        except Exception:
            logger.exception("run %s broke down", run.id)
            self._give_up(run, BROKE_DOWN)

    def _give_up(self, run: Run, error: Text) -> None:
        self._pool.forget(run.folder)
        run.come_to_rest("failed", error=error)

    def _train(self, run: Run) -> None:
        session, fresh = self._session(run)
        if not run.single_step:
            run.move("training")
        if fresh:
            run.report_frame(session.restore() if run.step else session.begin())
        ending = self._work(run, session)
        if ending == "failed":
            session.keep_last_good()
            self._pool.forget(run.folder)
        else:
            frame = session.save()
            if frame is not None:
                run.report_frame(frame)
        measure = ending in ("finished", "stopped", "failed") and run.step > 0
        run.come_to_rest(ending, NOT_FINITE if ending == "failed" else None, measure)
        if measure:
            self._ended(run)

    def _session(self, run: Run) -> tuple[Session, bool]:
        """The session of `run` on a trainer that is ready; True when it must first begin or be restored."""
        dataset = self._dataset(run.plan.dataset)
        slot = self._pool.lease(run.plan, dataset, run.folder, lambda: run.move("compiling"))
        self.device = run.device = self._describe_device()
        if slot.session is not None:
            return slot.session, False
        slot.session = Session(run.folder, dataset, slot.trainer, run.device.name)
        return slot.session, True

    def _work(self, run: Run, session: Session) -> State:
        """Call the trainer until something ends it; returns the state the run comes to."""
        copied_at = time.monotonic()
        while not run.wish and not self._closing:
            progress = session.advance(1 if run.single_step else None)
            if progress is None:
                return "finished"
            run.report(progress, session.steps_per_second)
            if not progress.finite:
                return "failed"
            if run.single_step:
                return run.wish or "paused"
            if run.weights_wanted and time.monotonic() - copied_at >= WEIGHTS_SECONDS:
                session.refresh_weights()
                run.weights_wanted = False
                copied_at = time.monotonic()
        return run.wish or "interrupted"

    def _dataset(self, name: str) -> Dataset:
        if name not in self._datasets:
            self._datasets = {name: self._load_dataset(name)}  # one is enough: nearly all runs share it
        return self._datasets[name]
