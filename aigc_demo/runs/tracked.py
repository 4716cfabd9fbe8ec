"""What a run tells trackers: every term and figure of every step, what was measured of the digits, sample grids."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from aigc_demo.runs.folder import RunFolder
from aigc_demo.runs.frames import Frame
from aigc_demo.runs.probes import Probe
from aigc_demo.tracking import Moment, Tracker, facts_of

IMAGE_SECONDS = 2.0  # of training between two pictures
TRAINING, DIGITS, END, SAMPLES = "training/", "digits/", "end/", "samples"
_NOT_FIGURES = frozenset({"n", "seed", "cost"})  # what describes the measuring itself


class Tracked:
    """Tells `tracker` of the run in `folder`: `begin`, then `steps`, `frame` and `probes` as they come, then `end`."""

    def __init__(self, folder: RunFolder, tracker: Tracker) -> None:
        self._folder = folder
        self._tracker = tracker
        self._drawn_at = -math.inf

    def begin(self, resumed: bool = False) -> None:
        """A run that is `resumed` goes on after the step that its folder has come to."""
        record = self._folder.record
        moment = Moment(record.step, record.seconds) if resumed else None
        self._tracker.hparams(facts_of(record.plan), record.created, moment)
        if self._folder.frames.last is not None:
            self.frame(self._folder.frames.last)

    def steps(self, first: int, values: np.ndarray) -> None:
        """The figures [n, m] of the steps from `first` on; a term without a number in a step has none there."""
        seconds = self._folder.log.seconds(first, first + len(values) - 1)
        for step, (row, at) in enumerate(zip(values, seconds, strict=True), first):
            figures = dict(zip(self._folder.record.keys, row.tolist(), strict=True))
            self._scalars(Moment(step, float(at)), TRAINING, figures)

    def frame(self, frame: Frame) -> None:
        """A sample grid, unless one was told within the last two seconds of training."""
        moment = self._moment(frame.step)
        if moment.seconds - self._drawn_at >= IMAGE_SECONDS:
            self._drawn_at = moment.seconds
            self._tracker.images(moment, SAMPLES, frame.png)

    def probes(self, probes: Iterable[Probe]) -> None:
        """What was measured of the digits, at the step that it was measured of."""
        for probe in probes:
            if probe.figures is not None:
                figures = {**probe.figures, "step": probe.step}
                self._scalars(Moment(probe.step, probe.seconds), DIGITS, figures)

    def end(self, figures: Mapping[str, Any] | None) -> None:
        """The run is over; `figures` are its final ones."""
        record, last = self._folder.record, self._folder.frames.last
        moment = Moment(record.step, record.seconds)
        if last is not None and moment.seconds > self._drawn_at:
            self._tracker.images(self._moment(last.step), SAMPLES, last.png)
        self._scalars(moment, END, figures or {})
        self._tracker.close()

    def _moment(self, step: int) -> Moment:
        return Moment(step, float(self._folder.log.seconds(step, step).sum()) if step else 0.0)

    def _scalars(self, moment: Moment, group: str, figures: Mapping[str, Any]) -> None:
        values = {
            group + name: float(value)
            for name, value in figures.items()
            if isinstance(value, int | float) and math.isfinite(value) and name not in _NOT_FIGURES
        }
        if values:
            self._tracker.scalars(moment, values)
