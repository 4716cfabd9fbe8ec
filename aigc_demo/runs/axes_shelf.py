"""The axes of every model: found once, kept with it, and for a run that trains found again for its newer weights."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo import checkpoints
from aigc_demo.checkpoints.axes_file import read_axes, write_axes
from aigc_demo.checkpoints.insides import Insides
from aigc_demo.latent.axes import Axes
from aigc_demo.latent.axes_finding import find_axes
from aigc_demo.runs.library import NOTHING_YET
from aigc_demo.runs.run import Run
from aigc_demo.text import Refused

KEPT = 12
FRESH_SECONDS = 5.0  # for so long a run's axes serve whoever asks next, though it has learnt on: a hall asks at once


@dataclass(frozen=True, eq=False)
class ModelAxes:
    """The axes of a model as of one step of its training."""

    model: str
    step: int
    axes: Axes

    def to_json(self) -> dict[str, Any]:
        return {"model": self.model, "step": self.step, **self.axes.to_json()}


@dataclass(frozen=True)
class _Wanted:
    """Weights of which somebody wants the axes: `version` tells them from others of the same model."""

    model: str
    version: object
    find: Callable[[], ModelAxes]
    is_learning: bool = False


@dataclass
class _Place:
    version: object
    answer: Future[ModelAxes]
    asked_at: float


class AxesShelf:
    """For any thread. One model is worked on at a time, and whoever asks for the same one waits for the same answer."""

    def __init__(
        self,
        runs: Path,
        find_run: Callable[[str], Run | None],
        cache: Path,
        find: Callable[[checkpoints.Generator], Axes] | None = None,
    ) -> None:
        """`runs` is the folder of all runs, `find_run` gives those of this process; `cache` is for folders that cannot
        be written. `find` does the work; tests bring a quicker one.
        """
        self._runs = runs
        self._find_run = find_run
        self._cache = cache
        self._find = find or axes_of
        self._lock = threading.Lock()
        self._places: OrderedDict[str, _Place] = OrderedDict()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="axes")

    def ask(self, model_id: str) -> Future[ModelAxes]:
        """The axes of the model called `model_id`, once they are there. Nobody may cancel it: others wait for it too.

        Raises `NotFound`, `Refused` or `VisitorError` as drawing with it does; so does the answer.
        """
        wanted = self._wanted(model_id)
        with self._lock:
            place = self._places.pop(model_id, None)
            if place is None or not _serves(place, wanted):
                place = _Place(wanted.version, self._thread.submit(wanted.find), time.monotonic())
            self._places[model_id] = place
            while len(self._places) > KEPT:
                self._places.popitem(last=False)
            return place.answer

    def close(self) -> None:
        """What has not begun is left undone."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _wanted(self, model_id: str) -> _Wanted:
        run = self._find_run(model_id)
        if run is not None and run.folder.weights and (run.is_going or not _is_saved(run)):
            run.weights_wanted = True
            return _Wanted(model_id, run.folder.weights_step, lambda: self._of_run(run), is_learning=True)
        if run is not None and run.is_going:
            raise Refused(NOTHING_YET)
        folder = checkpoints.find_named(model_id, self._runs)
        return _Wanted(model_id, checkpoints.written_at(folder), lambda: self._of_folder(model_id, folder))

    def _of_folder(self, model_id: str, folder: Path) -> ModelAxes:
        step = checkpoints.read_config(folder)["step"]
        return ModelAxes(model_id, step, kept_axes(folder, self._cache, self._find))

    def _of_run(self, run: Run) -> ModelAxes:
        step = run.folder.weights_step  # before the weights: newer ones under an older step are found again
        return ModelAxes(run.id, step, self._find(run.folder.generator()))


def kept_axes(folder: Path, cache: Path, find: Callable[[checkpoints.Generator], Axes] | None = None) -> Axes:
    """The axes of the checkpoint in `folder`: those kept with it, or found now and kept. Raises `VisitorError`."""
    kept = read_axes(folder, checkpoints.read_config(folder)["latent_size"], cache)
    if kept is not None:
        return kept
    axes = (find or axes_of)(checkpoints.load(folder))
    write_axes(folder, axes, cache)
    return axes


def axes_of(generator: checkpoints.Generator) -> Axes:
    """The axes of a generator that nobody else changes meanwhile. Raises `VisitorError` where its numbers overflow."""
    return find_axes(Insides(generator), _read_classes)


def _read_classes(images: np.ndarray) -> np.ndarray:
    from aigc_demo.metrics.features import feature_net

    return feature_net().read(images).predicted


def _is_saved(run: Run) -> bool:
    return (run.folder.path / checkpoints.CONFIG).is_file()


def _serves(place: _Place, wanted: _Wanted) -> bool:
    """Whether an answer, or the one being worked on, is good enough for whoever asks now."""
    if not place.answer.done():
        return wanted.is_learning or place.version == wanted.version
    if place.answer.cancelled() or place.answer.exception() is not None:
        return False  # a disk that could not be read may be readable now
    is_fresh = wanted.is_learning and time.monotonic() - place.asked_at < FRESH_SECONDS
    return place.version == wanted.version or is_fresh
