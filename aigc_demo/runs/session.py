"""A training session: one trainer working through one run's budget, call by call. No thread, no page."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from aigc_demo.runs.adapting import begin_with_start
from aigc_demo.runs.folder import CANNOT_RESUME, RunFolder
from aigc_demo.runs.frames import Frame
from aigc_demo.runs.gauge import Gauge
from aigc_demo.runs.grid import grid_of, grid_png
from aigc_demo.runs.measure import run_figures
from aigc_demo.runs.pace import Pace
from aigc_demo.runs.prober import Prober
from aigc_demo.runs.probes import Probe
from aigc_demo.runs.record import Budget, Record, State
from aigc_demo.runs.trainers import TrainerLike, column_keys
from aigc_demo.text import Text, VisitorError
from aigc_demo.training import Chunk, Who

SAVE_SECONDS = 4.0  # of wall time between two saves while training; a call may pass before the next one
FRAME_SECONDS = 0.14  # with the call that it waits for, about six a second
SAVE_GAP = 0.5
FRAME_SHARE = 0.15  # of the time may go into drawing frames, however slow the generator
SECONDS_KEY, STEP_KEY = "session/seconds", "session/step"

NOT_FINITE = Text(
    "有数值变成了无穷大或非数（NaN），训练已停止；最后一个正常的生成器已保留。试试更小的学习率或另一种损失。",
    "A figure became infinite or not a number (NaN), so training stopped; the last good generator is kept. Try a lower "
    "learning rate or another loss.",
)
OTHER_DATA = Text(
    "数据集与这次训练开始时不同，无法继续。",
    "The dataset is not the one this run began with: it cannot go on.",
)


class Progress(NamedTuple):
    """What one compiled call brought: `values` float32 [n, m], a frame where one was due, and what was measured."""

    first_step: int
    values: np.ndarray
    frame: Frame | None
    finite: bool
    probes: tuple[Probe, ...] = ()


def new_record(run_id: str, plan: Plan, owner: str = "") -> Record:
    return Record(run_id, plan, "queued", Budget(plan.seconds, plan.steps), column_keys(plan), owner=owner)


class Session:
    """Trains a run: `begin` or `restore` first, then `advance` until it returns None, then `finish`."""

    def __init__(
        self,
        folder: RunFolder,
        dataset: Dataset,
        trainer: TrainerLike,
        device: str = "",
        prober: Prober | None = None,
    ) -> None:
        """Without a `prober` the digits are not measured while it trains."""
        self.folder = folder
        self.trainer = trainer
        self.device = device
        self._dataset = dataset
        self._gauge = Gauge(folder, dataset, prober)
        self._half: Chunk | None = None  # D has made its part of the coming step alone
        self._pace = Pace()
        plan = folder.record.plan
        self._grid = grid_of(plan)
        self._drawn_at = self._saved_at = time.monotonic()
        self._save_at = self._saved_at + SAVE_SECONDS
        self._frame_gap = FRAME_SECONDS

    @classmethod
    def create(
        cls,
        path: Path,
        plan: Plan,
        dataset: Dataset,
        trainer: TrainerLike,
        device: str = "",
        prober: Prober | None = None,
    ) -> Session:
        """A new run in the folder `path`, with `trainer` freshly reset to `plan`."""
        session = cls(RunFolder.create(path, new_record(path.resolve().name, plan)), dataset, trainer, device, prober)
        session.begin()
        session.folder.note(state="training")
        return session

    @classmethod
    def resume(
        cls,
        path: Path,
        dataset: Dataset,
        trainer: TrainerLike,
        seconds: float | None = None,
        steps: int | None = None,
        device: str = "",
        prober: Prober | None = None,
    ) -> Session:
        """Go on with the run in `path`; `seconds` and `steps` are its new budget in all, else the saved one holds.

        `trainer` must be reset to the run's plan. Raises `NotFound` or `VisitorError`.
        """
        folder = RunFolder.open(path)
        if seconds is not None or steps is not None:
            plan = replace(folder.record.plan, seconds=seconds, steps=steps)
            folder.set(plan=plan, budget=Budget(seconds, steps))
        session = cls(folder, dataset, trainer, device, prober)
        session.restore()
        session.folder.note(state="training")
        return session

    @property
    def keys(self) -> tuple[str, ...]:
        return self.folder.record.keys

    @property
    def step(self) -> int:
        return self.folder.record.step

    @property
    def seconds(self) -> float:
        """Training seconds so far: the compiled calls alone, over all sessions of this run."""
        return self.folder.record.seconds

    @property
    def budget(self) -> Budget:
        return self.folder.record.budget

    @property
    def steps_per_second(self) -> float:
        return self._pace.steps_per_second

    @property
    def warning(self) -> Text | None:
        return self.folder.warning

    def adopt(self, trainer: TrainerLike | None = None) -> None:
        """Let the trainer play by the record's plan, or hand everything over to another `trainer` that can."""
        if trainer is None:
            self.trainer.adopt(self.folder.record.plan)
        else:
            trainer.restore(self.trainer.state())
            self.trainer = trainer
        self._pace = Pace()

    def begin(self) -> Frame:
        """Draw the frame of step 0, of an untrained generator or of the one to be adapted, and return it."""
        self.folder.sweep()
        begin_with_start(self.trainer, self.folder.path, self.folder.record.plan)
        self.folder.rewind(0)
        self.folder.set(step=0, seconds=0.0, fingerprint=self._dataset.fingerprint)
        self.refresh_weights()
        return self._draw_if_stale()

    def restore(self) -> Frame:
        """Put the trainer where the run was last saved, which may be its beginning; returns that step's frame."""
        record = self.folder.record
        if record.fingerprint and record.fingerprint != self._dataset.fingerprint:
            raise VisitorError(OTHER_DATA)
        self.folder.sweep()
        state = self.folder.load_state()
        if state is None:
            return self.begin()
        try:
            seconds, step = float(state.pop(SECONDS_KEY)), int(state.pop(STEP_KEY))
            self.trainer.restore(state)
        except (KeyError, ValueError, TypeError) as error:
            raise VisitorError(CANNOT_RESUME) from error
        self.folder.rewind(step)
        changes = tuple(replace(change, step=min(change.step, step)) for change in self.folder.record.changes)
        self.folder.set(step=step, seconds=seconds, changes=changes)
        self.refresh_weights()
        return self._draw_if_stale()

    def advance(self, most: int | None = None) -> Progress | None:
        """Make one compiled call of about 75 ms, at most `most` steps; None when the budget is used up, or when it ends by itself.

        Ends early at a figure that is not finite: then `finite` is False and the session is over.
        """
        if self._half is not None:
            return self.second_half()
        ending = self._gauge.ending()
        if ending is not None:
            self.folder.set(ending=ending)
            return None
        count = self._pace.next(self.budget, self.step, self.seconds)
        if count == 0:
            return None
        chunk = self.trainer.steps(count if most is None else min(count, most))
        self._pace.note(len(chunk.values), chunk.seconds)
        return self._take(chunk, draws=False)

    def single_step(self, who: Who = "both") -> Progress:
        """One step, in which both learn or one alone; it counts as a step either way. The budget is not asked."""
        if self._half is not None:
            return self.second_half()
        return self._take(self.trainer.steps(1, who), draws=True)

    @property
    def is_half_way(self) -> bool:
        """Whether D has made its part of the coming step, and G has not."""
        return self._half is not None

    def first_half(self) -> Chunk:
        """D's part of the coming step. The step is counted once G has made its own."""
        self._half = self.trainer.half_step("d")
        return self._half

    def second_half(self) -> Progress:
        """G's part: the step's row has D's figures from the first half, when D had not learnt yet, and G's from here."""
        assert self._half is not None
        first, second = self._half, self.trainer.half_step("g")
        self._half = None
        row = second.values.copy()
        for place, key in enumerate(self.trainer.keys):
            if key.startswith(("d_", "score_")) or key == "grad_norm_d":
                row[0, place] = first.values[0, place]
        whole = second._replace(values=row, seconds=first.seconds + second.seconds)
        whole = whole._replace(real_logits=first.real_logits, fake_logits=first.fake_logits)
        return self._take(whole._replace(finite=first.finite and second.finite), draws=True)

    def _take(self, chunk: Chunk, draws: bool) -> Progress:
        """Keep what a call of the trainer brought; draw and save where that is due."""
        done = len(chunk.values)
        values = self._in_columns(chunk.values)
        self.folder.log.append(values, self.seconds + chunk.seconds * np.arange(1, done + 1) / done)
        self.folder.set(step=self.step + done, seconds=self.seconds + chunk.seconds)
        self._gauge.note(chunk)
        now = time.monotonic()
        is_save_due = chunk.finite and now >= self._save_at
        is_frame_due = chunk.finite and (draws or now - self._drawn_at >= self._frame_gap or is_save_due)
        frame = self._draw() if is_frame_due else None
        probes = self._gauge.read(self.trainer, frame, self._facts())
        self.folder.flush()
        if is_save_due:
            self.save()
        return Progress(chunk.first_step, values, frame, chunk.finite, probes)

    def _in_columns(self, values: np.ndarray) -> np.ndarray:
        """The trainer's columns in the run's places; terms that are no longer played have no number."""
        if self.trainer.keys == self.keys:
            return values
        wide = np.full((len(values), len(self.keys)), np.nan, np.float32)
        wide[:, [self.keys.index(key) for key in self.trainer.keys]] = values
        return wide

    def last_probes(self) -> tuple[Probe, ...]:
        """What is still being measured as the run ends, and the end itself; waits for it a little."""
        return self._gauge.read_last(self.trainer, self._facts())

    def refresh_weights(self) -> None:
        """Copy the averaged weights into the folder, unless they are not finite: those kept there stay good."""
        weights = self.trainer.generator_weights()
        if all(np.isfinite(value).all() for value in weights.values()):
            self.folder.weights, self.folder.weights_step = weights, self.step

    def save(self, state: State | None = None) -> Frame | None:
        """Write everything that resuming exactly here needs, and the generator as it stands; note the new `state`.

        Returns the frame of this step where it had not been drawn yet.
        """
        self._saved_at = time.monotonic()
        self._save_at = self._saved_at + SAVE_SECONDS
        self.refresh_weights()
        drawn = self.folder.frames.last
        frame = self._draw_if_stale()
        resumable = {
            **self.trainer.state(),
            SECONDS_KEY: np.array(self.seconds, np.float64),
            STEP_KEY: np.array(self.step, np.int64),
        }
        self.folder.save(resumable, self.trainer.discriminator_weights(), self._facts())
        self.folder.note(state=state or self.folder.record.state)
        return None if frame is drawn else frame

    def save_soon(self) -> None:
        """Save after the next call; a slider that is dragged asks for it many times a second and gets it twice."""
        self._save_at = min(self._save_at, self._saved_at + SAVE_GAP)

    def keep_last_good(self) -> None:
        """Write the last good generator of a run whose figures stopped being finite; its state is past saving."""
        self.refresh_weights()
        self.folder.flush()
        self.folder.save_model(self.trainer.discriminator_weights(), self._facts())

    def finish(self, state: State = "finished") -> dict[str, Any] | None:
        """Save all files and measure the generator; the figures, or None where they cannot be had."""
        if state == "failed":
            self.keep_last_good()
        else:
            self.save()
        figures = run_figures(self.trainer.sample, self.folder.record.plan, self.folder.path)
        self.folder.add_figures(figures)
        self.folder.note(state=state, metrics=figures, error=NOT_FINITE if state == "failed" else None)
        return figures

    def _facts(self) -> dict[str, Any]:
        """What the checkpoint says of itself; see `checkpoints.write`."""
        return {
            "step": self.step,
            "seconds": self.seconds,
            "device": self.device,
            "dataset_fingerprint": self._dataset.fingerprint,
            "training_images": len(self._dataset.images),
        }

    def _draw_if_stale(self) -> Frame:
        last = self.folder.frames.last
        return last if last is not None and last.step == self.step else self._draw()

    def _draw(self) -> Frame:
        started = time.monotonic()
        images = self.trainer.sample(self._grid.z, self._grid.labels)
        frame = self.folder.frames.add(self.step, grid_png(images))
        self._drawn_at = time.monotonic()
        self._frame_gap = max(FRAME_SECONDS, (self._drawn_at - started) / FRAME_SHARE)
        return frame
