"""Network files of the models of a program, each made once for each state of its weights, however many ask for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from aigc_demo import checkpoints
from aigc_demo.checkpoints import Discriminator, NetworkFile
from aigc_demo.runs.library import NOTHING_YET
from aigc_demo.runs.run import Run
from aigc_demo.text import NotFound, Refused

KEPT = 12  # of half a megabyte to five

_NO_VERSION = object()


@dataclass
class _Place:
    """Where one network's newest file is kept. Whoever holds the lock looks at it or makes it; others wait for that."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    version: object = _NO_VERSION
    file: NetworkFile | None = None


class Networks:
    """Files for any thread. A run that is learning has a new one whenever its weights have been copied."""

    def __init__(self, runs: Path, find_run: Callable[[str], Run | None]) -> None:
        """`runs` is the folder of all runs; `find_run` gives the one of an id that is in this process, if there is."""
        self._runs = runs
        self._find_run = find_run
        self._lock = threading.Lock()
        self._places: OrderedDict[tuple[str, str], _Place] = OrderedDict()

    def generator(self, model_id: str) -> NetworkFile:
        """The generator called `model_id` as it is now; asking keeps a run that trains copying its weights.

        Raises `NotFound`, `Refused` (also `NotPortable`) or `VisitorError`, as drawing with it does.
        """
        run = self._find_run(model_id)
        if run is not None and run.folder.weights:
            run.weights_wanted = True
            plan, step = run.plan, run.folder.weights_step  # the step first: newer weights under it are packed again
            weights = run.folder.weights
            return self._get("generator", model_id, step, lambda: checkpoints.pack_generator(plan, weights, step))
        if run is not None and run.is_going:
            raise Refused(NOTHING_YET)
        return self._from_folder("generator", model_id, checkpoints.generator_file)

    def discriminator(self, model_id: str) -> NetworkFile:
        """The discriminator of the model called `model_id` as it was last saved. Raises as `generator`."""
        run = self._find_run(model_id)
        if run is not None and (saved := run.folder.saved_discriminator):
            plan, (step, weights) = run.plan, saved
            return self._get(
                "discriminator", model_id, step, lambda: checkpoints.pack_discriminator(plan, weights, step)
            )
        try:
            return self._from_folder("discriminator", model_id, checkpoints.discriminator_file)
        except NotFound:
            if run is not None and run.is_going:
                raise Refused(NOTHING_YET) from None
            raise

    def judge(self, model_id: str) -> Discriminator:
        """The same discriminator as a network that judges here. Raises as `generator`."""
        run = self._find_run(model_id)
        if run is not None and (saved := run.folder.saved_discriminator):
            return Discriminator(run.plan, saved[1])
        try:
            return Discriminator.load(checkpoints.find_named(model_id, self._runs))
        except NotFound:
            if run is not None and run.is_going:
                raise Refused(NOTHING_YET) from None
            raise

    def classifier(self) -> NetworkFile:
        """The digit classifier that measures all models; it never changes."""
        return self._get("classifier", "", 0, checkpoints.classifier_file)

    def _from_folder(self, kind: str, model_id: str, make: Callable[[Path], NetworkFile]) -> NetworkFile:
        folder = checkpoints.find_named(model_id, self._runs)
        return self._get(kind, model_id, checkpoints.written_at(folder), lambda: make(folder))

    def _get(self, kind: str, model_id: str, version: object, make: Callable[[], NetworkFile]) -> NetworkFile:
        """The kept file if it is of this `version`, else the one that `make` makes now."""
        with self._lock:
            place = self._places.setdefault((kind, model_id), _Place())
            self._places.move_to_end((kind, model_id))
            while len(self._places) > KEPT:
                self._places.popitem(last=False)
        with place.lock:
            if place.file is None or place.version != version:
                place.file, place.version = make(), version
            return place.file
