"""A run's folder: record, figures, frames and resumable state; in memory first, on disk as far as the disk allows."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from safetensors.numpy import save as pack_tensors

from aigc_demo import checkpoints
from aigc_demo.home import sweep_halves, write_atomically
from aigc_demo.recipes import Plan
from aigc_demo.runs import record as records
from aigc_demo.runs.changes import changes_between
from aigc_demo.runs.frames import Frames
from aigc_demo.runs.log import MetricsLog
from aigc_demo.runs.probes import Probes
from aigc_demo.runs.record import Best, Record
from aigc_demo.runs.trainers import Weights, column_keys
from aigc_demo.text import Text, VisitorError

STATE = "training.safetensors"
METRICS = "metrics.jsonl"
PROBES = "probes.jsonl"
FRAMES = "frames"
RETRY_SECONDS = 1.0  # how long a disk that refused is left alone

NOT_SAVED = Text(
    "磁盘已满或不可写：训练照常进行，但只保存在内存里，程序退出后就会丢失。",
    "The disk is full or cannot be written: the run goes on in memory only and is lost when the program ends.",
)
CANNOT_RESUME = Text(
    "保存的训练状态与这次训练不符，无法继续。", "The saved training state does not fit this run, so it cannot go on."
)

logger = logging.getLogger(__name__)


class RunFolder:
    """What a run has made so far. One thread adds to it; any thread may read, and change the record.

    Writing never raises: a disk that refuses sets `warning`, what could not be written stays in memory, and the next
    write tries again.
    """

    def __init__(
        self, path: Path, record: Record, log: MetricsLog, frames: Frames, probes: Probes, read_only: bool = False
    ) -> None:
        self.path = path
        self.record = record
        self.log = log
        self.frames = frames
        self.probes = probes
        self.read_only = read_only
        self._lock = threading.RLock()  # the record is changed by the trainer's thread and by visitors' requests
        self._refused: set[str] = set()  # what the disk did not take when it was last offered
        self._refused_at = -RETRY_SECONDS
        self._state: Weights | None = None  # the newest state where the disk has not taken it
        self.weights: Weights = {}  # the generator's last good averaged weights, as of step `weights_step`
        self.weights_step = -1
        self._discriminator: Weights = {}
        self._facts: dict[str, Any] = {}

    @classmethod
    def create(cls, path: Path, record: Record) -> RunFolder:
        """A new run at `path`, in place of one that may lie there; its `run.json` is written at once."""
        log, frames, probes = MetricsLog(path / METRICS, record.keys), Frames(path / FRAMES), Probes(path / PROBES)
        folder = cls(path, record, log, frames, probes)
        folder._attempt("folder", folder._clear)
        folder.note()
        return folder

    @classmethod
    def open(cls, path: Path, read_only: bool = False) -> RunFolder:
        """The run at `path`; raises `NotFound`, or `VisitorError` where it is damaged."""
        record = records.read(path)
        try:
            log, frames = MetricsLog.load(path / METRICS, record.keys), Frames.load(path / FRAMES)
            probes = Probes.load(path / PROBES)
        except OSError as error:
            raise VisitorError(records.DAMAGED) from error
        return cls(path, record, log, frames, probes, read_only)

    @property
    def warning(self) -> Text | None:
        """What a visitor should know: that not everything is on disk."""
        return NOT_SAVED if self._refused else None

    def remove(self) -> None:
        """Take the folder off the disk: the run was not accepted."""
        shutil.rmtree(self.path, ignore_errors=True)

    def set(self, **changes: Any) -> None:
        """Change the record in memory; `run.json` follows with the next `note`."""
        with self._lock:
            self.record = replace(self.record, **changes)

    def note(self, **changes: Any) -> None:
        """Change the record, in memory and in `run.json`."""
        with self._lock:
            self.set(**changes)
            content = orjson.dumps(self.record.to_json(), option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY)
            self._attempt("record", lambda: write_atomically(self.path / records.FILE, content))

    def take_plan(self, plan: Plan) -> None:
        """From the next step on the run plays by `plan`; what is different is noted, and new terms become new columns."""
        with self._lock:
            record = self.record
            keys = tuple(dict.fromkeys((*record.keys, *column_keys(plan))))
            if keys != record.keys:
                self.log.widen(keys)
            made = changes_between(record.plan, plan, record.step)
            self.note(plan=plan, keys=keys, changes=(*record.changes, *made))

    def take_best(self, best: Best, generator: Weights, discriminator: Weights, facts: Mapping[str, Any]) -> None:
        """Keep a model beside the newest one, as the best so far."""
        self._attempt(
            "best",
            lambda: checkpoints.write(
                self.path / checkpoints.BEST, self.record.plan, generator, discriminator, {**self._facts, **facts}
            ),
        )
        self.set(best=best)

    def flush(self) -> None:
        """Bring `metrics.jsonl`, `probes.jsonl` and `frames/` up to date, unless the disk refused a moment ago."""
        if time.monotonic() - self._refused_at >= RETRY_SECONDS:
            self._attempt("figures", self._flush)

    def _flush(self) -> None:
        self.log.flush()
        self.frames.flush()
        self.probes.flush()

    def save(self, state: Weights, discriminator: Weights, facts: dict[str, Any]) -> None:
        """Write everything that resuming and generating need: `state`, and the model with the present `weights`."""
        self._state = state
        content = pack_tensors({name: np.asarray(value, order="C") for name, value in state.items()})

        def write() -> None:
            self._flush()  # first the figures: a state on disk is never ahead of them
            write_atomically(self.path / STATE, content)
            self._state = None

        self._attempt("state", write)
        self.save_model(discriminator, facts)

    def save_model(self, discriminator: Weights, facts: dict[str, Any]) -> None:
        """Write the checkpoint (with the present `weights`) and `samples.png`."""
        self._discriminator, self._facts = discriminator, facts
        self._write_model()

    def add_figures(self, figures: dict[str, Any] | None) -> None:
        """Write into the saved model how good it was found to be."""
        self._facts = {**self._facts, "figures": figures}
        if self._discriminator:
            self._write_model()

    def _write_model(self) -> None:
        if not self.weights:  # of a run that went on from a state past saving: what lies on disk is the last good model
            return

        def write() -> None:
            checkpoints.write(self.path, self.record.plan, self.weights, self._discriminator, self._facts)
            if self.frames.last is not None:
                write_atomically(self.path / checkpoints.SAMPLES, self.frames.last.png)

        self._attempt("model", write)

    def generator(self) -> checkpoints.Generator:
        """The model as it stands, on weights of its own. Raises `VisitorError` where nothing was made yet."""
        if not self.weights:
            return checkpoints.load(self.path)
        return checkpoints.Generator.from_weights(self.record.plan, self.weights)

    def discriminator(self) -> checkpoints.Discriminator:
        """D as it was last saved, on weights of its own. Raises `NotFound` where nothing was saved yet."""
        if not self._discriminator:
            return checkpoints.Discriminator.load(self.path)
        return checkpoints.Discriminator(self.record.plan, self._discriminator)

    @property
    def saved_discriminator(self) -> tuple[int, Weights] | None:
        """The step and the weights of D as this process last saved it; None before."""
        facts = self._facts  # first: a save that happens now replaces them last
        return (int(facts["step"]), self._discriminator) if self._discriminator and "step" in facts else None

    def sweep(self) -> None:
        """Remove what a killed process left half written here. Only for whoever is about to train the run."""
        for folder in (self.path, self.path / FRAMES, self.path / checkpoints.BEST):
            sweep_halves(folder)

    def load_state(self) -> Weights | None:
        """What `save` was given last; None where nothing was saved yet. Raises `VisitorError` for a damaged file."""
        if self._state is not None:
            return dict(self._state)
        if not (self.path / STATE).exists():
            return None
        return checkpoints.read_tensors(self.path / STATE)

    def rewind(self, step: int) -> None:
        """Forget figures, frames and probes after `step`."""
        self.log.truncate(step)
        self.frames.drop_after(step)
        self.probes.drop_after(step)

    def _clear(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        for path in (self.path / METRICS, self.path / PROBES, self.path / STATE, *(self.path / FRAMES).glob("*.png")):
            path.unlink(missing_ok=True)

    def _attempt(self, what: str, write: Callable[[], object]) -> None:
        if self.read_only:
            return
        try:
            write()
            self._refused.discard(what)
        except (OSError, VisitorError) as error:  # checkpoints.write speaks of a full disk as a VisitorError
            if not self._refused:
                logger.warning("run %s cannot be saved: %s", self.record.id, error)
            self._refused.add(what)
            self._refused_at = time.monotonic()
