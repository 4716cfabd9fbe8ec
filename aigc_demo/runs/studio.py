"""The Studio: all runs of this program, who may control them, and the models they leave."""

from __future__ import annotations

import logging
import re
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from aigc_demo import data
from aigc_demo.checkpoints import Generator
from aigc_demo.home import data_home
from aigc_demo.recipes import Plan, make_plan
from aigc_demo.runs import record as records
from aigc_demo.runs.controls import Controls
from aigc_demo.runs.folder import RunFolder
from aigc_demo.runs.library import Library, ModelInfo
from aigc_demo.runs.measure import figures_of
from aigc_demo.runs.record import hash_token
from aigc_demo.runs.recorded import RECORDED, open_recorded
from aigc_demo.runs.run import Run
from aigc_demo.runs.session import new_record
from aigc_demo.runs.trainers import MakeTrainer
from aigc_demo.runs.worker import Worker
from aigc_demo.text import NotFound, Refused, Text
from aigc_demo.training import Device, Trainer, describe

MOST_A_VISITOR = 2  # runs waiting or training, where strangers share one trainer
KEPT_RUNS = 32
_RUN_ID = re.compile(r"[0-9a-f]{20}")

NOT_OWNER = Text(
    "只有开始这次训练的人可以控制它；你可以观看。",
    "Only whoever started this run can control it; you are welcome to watch.",
)
READ_ONLY = Text("这是一段录像，不能控制。", "This run is a recording: it cannot be controlled.")
TOO_MANY = Text(
    "你已有 {n} 次训练在进行或排队，请等其中一次结束。",
    "You already have {n} runs training or waiting; let one of them end first.",
)

logger = logging.getLogger(__name__)


class NotOwner(Refused):
    """A control was used without the token that Start gave out."""


class Started(NamedTuple):
    """A run that was accepted, and the token with which it can be controlled: given out once, stored only as a hash."""

    run: Run
    token: str


class Studio:
    """One per program. Every method may be called from any thread."""

    def __init__(
        self,
        home: Path | None = None,
        *,
        owner_is_everyone: bool = True,
        warm: bool = True,
        make_trainer: MakeTrainer = Trainer,
        load_dataset: Callable[[str], data.Dataset] = data.load,
        describe_device: Callable[[], Device] = describe,
        measure: Callable[[RunFolder], dict[str, Any] | None] = figures_of,
    ) -> None:
        """`home` is the data folder (default: the user's); `warm` compiles the default recipe in the background.

        The last four are what the runs are made with; tests bring cheaper ones.
        """
        self.owner_is_everyone = owner_is_everyone
        self._folder = (home or data_home()) / "runs"
        self._lock = threading.RLock()
        self._runs: dict[str, Run] = {}  # least recently asked for first
        self._visitors: dict[str, str] = {}  # run id -> who started it
        self._library = Library(self._folder)
        self._figures_of = measure
        self._examiner = ThreadPoolExecutor(1, thread_name_prefix="figures")
        self._worker = Worker(make_trainer, load_dataset, describe_device, self._measure_later)
        self._controls = Controls(self._worker, self._measure_later)
        if warm:
            self.warm_up()

    def warm_up(self) -> None:
        """Compile the default recipe in the background."""
        self._worker.warm_up(make_plan())

    @property
    def device(self) -> Device | None:
        """What training runs on; None until TensorFlow has been asked."""
        return self._worker.device

    @property
    def current(self) -> Run | None:
        """The run that is training."""
        return self._worker.current

    def start(self, plan: Plan, visitor: str = "") -> Started:
        """Queue a new run. Raises `Refused` when too many wait, or this visitor has too many."""
        with self._lock:
            mine = [run for run in self._runs.values() if run.is_going and self._visitors.get(run.id) == visitor]
            if not self.owner_is_everyone and len(mine) >= MOST_A_VISITOR:
                raise Refused(TOO_MANY.format(n=len(mine)))
            token, run_id = secrets.token_hex(16), secrets.token_hex(10)
            record = new_record(run_id, plan, owner=hash_token(token))
            run = Run(RunFolder.create(self._folder / run_id, record))
            try:
                self._worker.submit(run)
            except Refused:
                run.folder.remove()
                raise
            self._keep(run)
            self._visitors[run_id] = visitor
            return Started(run, token)

    def run(self, run_id: str) -> Run:
        """The run called `run_id`, from memory or from disk. Raises `NotFound`, or `VisitorError` for a damaged one."""
        with self._lock:
            known = self._runs.pop(run_id, None)
            if known is None:
                known = self._load(run_id)
            self._keep(known)
            return known

    def runs(self) -> tuple[Run, ...]:
        """The runs in memory, the one last asked for at the end."""
        with self._lock:
            return tuple(run for run in self._runs.values() if not run.recorded)

    def control(
        self,
        run_id: str,
        action: str,
        token: str = "",
        seconds: float | None = None,
        *,
        everyone: bool | None = None,
    ) -> Run:
        """Do `action` to a run, and return when it has taken effect (or after two seconds).

        `everyone` overrides `owner_is_everyone` for one request. Raises `NotFound`, `NotOwner`, `Refused`.
        """
        run = self.run(run_id)
        if run.recorded:
            raise Refused(READ_ONLY)
        anybody = self.owner_is_everyone if everyone is None else everyone
        if not anybody and not run.folder.record.is_owned_with(token):
            raise NotOwner(NOT_OWNER)
        self._controls.perform(run, action, seconds)
        return run

    def models(self) -> tuple[ModelInfo, ...]:
        return self._library.models(self.runs())

    def generator(self, model_id: str) -> Generator:
        """A model by the name of a shipped one or the id of a run; a live run's follows its training.

        Raises `NotFound`, `Refused` while a run has nothing to draw with, `VisitorError` for a damaged checkpoint.
        """
        with self._lock:
            run = self._runs.get(model_id)
        return self._library.generator(model_id, run)

    def close(self) -> None:
        """Save the present run, so that it can be resumed; end all threads and all feeds. May be called twice."""
        self._worker.close()
        for run in self.runs():
            run.feed.end()
        self._examiner.shutdown(wait=False, cancel_futures=True)

    # ---- the end of a run ----

    def _measure_later(self, run: Run) -> None:
        self._examiner.submit(self._measure, run, run.leg)

    def _measure(self, run: Run, leg: int) -> None:
        figures = None
        try:
            figures = self._figures_of(run.folder)
            if run.leg == leg and figures is not None:
                run.folder.add_figures(figures)
        except Exception:
            logger.exception("run %s could not be measured", run.id)
        run.take_figures(figures, leg)

    # ---- runs in memory and on disk ----

    def _keep(self, run: Run) -> None:
        self._runs[run.id] = run
        idle = [key for key, kept in self._runs.items() if not (kept.is_going or kept.measuring or kept is run)]
        for key in idle[: max(0, len(self._runs) - KEPT_RUNS)]:
            del self._runs[key]
            self._visitors.pop(key, None)

    def _load(self, run_id: str) -> Run:
        if run_id == RECORDED:
            return Run(open_recorded(), recorded=True)
        if not _RUN_ID.fullmatch(run_id):
            raise NotFound(records.UNKNOWN)
        folder = RunFolder.open(self._folder / run_id)
        if folder.record.state not in records.OVER:  # nobody trains it in this process: that process is gone
            folder.set(state="interrupted")
        return Run(folder)
