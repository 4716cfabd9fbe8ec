"""A run's gauges: D's scores with every frame, and now and then what the digits are worth; the best model is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from aigc_demo.data import Dataset
from aigc_demo.runs.folder import RunFolder
from aigc_demo.runs.frames import Frame
from aigc_demo.runs.prober import Prober, Probing
from aigc_demo.runs.probes import Probe, Scores, scores_of
from aigc_demo.runs.record import Best
from aigc_demo.runs.trainers import TrainerLike
from aigc_demo.text import Text
from aigc_demo.training import Chunk

MOST_LOGITS = 512  # of each kind that a probe counts: those of the newest steps
LAST_PATIENCE = 3.0  # seconds that a run's end waits for its last measurement

NO_BETTER = Text(
    "已有 {n} 秒训练没有更好的 digit-FD，训练自动结束；最好的模型已保留。",
    "No better digit-FD for {n} seconds of training, so the run ended by itself; its best model is kept.",
)


class Gauge:
    """Used by the trainer's thread. Without a `prober` the digits themselves are not measured."""

    def __init__(self, folder: RunFolder, dataset: Dataset, prober: Prober | None) -> None:
        self._folder = folder
        self._probing = None if prober is None else Probing(prober, folder.record.plan, dataset)
        self._chunks: list[Chunk] = []  # since the last frame

    def note(self, chunk: Chunk) -> None:
        """The trainer has made these steps."""
        self._chunks.append(chunk)

    def read(self, trainer: TrainerLike, frame: Frame | None, facts: Mapping[str, Any]) -> tuple[Probe, ...]:
        """What there is to tell after a call that brought `frame`; `facts` are those of a checkpoint."""
        made = [self._measured(facts)]
        if frame is not None:
            record = self._folder.record
            inner = trainer.scalars() or None
            told = Probe(record.step, record.seconds, frame.index, self._scores(), inner=inner)
            made.append(self._folder.probes.add(told))
            if self._probing is not None and self._probing.is_due(record.seconds):
                self._probing.begin(trainer, record.step, record.seconds, frame.index)
        return tuple(probe for probe in made if probe is not None)

    def read_last(self, trainer: TrainerLike, facts: Mapping[str, Any]) -> tuple[Probe, ...]:
        """What is still being measured as the run ends, and the end itself."""
        record, frame = self._folder.record, self._folder.frames.last
        if self._probing is None or frame is None or not 0 < record.step == frame.step:
            return ()
        made = [self._measured(facts, LAST_PATIENCE)]
        if made[0] is None or made[0].step != record.step:
            self._probing.begin(trainer, record.step, record.seconds, frame.index)
            made.append(self._measured(facts, LAST_PATIENCE))
        return tuple(probe for probe in made if probe is not None)

    def ending(self) -> Text | None:
        """Why the run should end by itself: its digits have not become better for as long as its plan waits."""
        record = self._folder.record
        patience = record.plan.auto_stop
        if not patience or record.best is None or record.seconds - record.best.seconds < patience:
            return None
        return NO_BETTER.format(n=f"{patience:g}")

    def _scores(self) -> Scores | None:
        chunks, self._chunks = self._chunks, []
        if not chunks:
            return None
        sides = (np.concatenate([getattr(chunk, f"{side}_logits") for chunk in chunks]) for side in ("real", "fake"))
        return scores_of(*(side.reshape(-1)[-MOST_LOGITS:] for side in sides))

    def _measured(self, facts: Mapping[str, Any], patience: float = 0.0) -> Probe | None:
        """The measurement that was being made, if it is there within `patience` seconds."""
        measured = None if self._probing is None else self._probing.collect(patience)
        if measured is None:
            return None
        drawn, figures = measured
        best, value = self._folder.record.best, figures.get("digit_fd")
        if value is not None and (best is None or value < best.digit_fd):
            plain = {name: figure for name, figure in figures.items() if not isinstance(figure, list)}
            then = {**facts, "step": drawn.step, "seconds": drawn.seconds, "figures": plain}
            found = Best(drawn.step, drawn.seconds, float(value))
            self._folder.take_best(found, drawn.generator, drawn.discriminator, then)
        return self._folder.probes.add(Probe(drawn.step, drawn.seconds, drawn.frame, None, figures))
