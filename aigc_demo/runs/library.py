"""The models one can draw with: those we ship, every run that left one, the one that is being trained, and imported ones."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path

from aigc_demo import checkpoints
from aigc_demo.runs.model_info import ModelInfo, info_of_folder, info_of_run
from aigc_demo.runs.run import Run
from aigc_demo.runs.sheets import sheet_png
from aigc_demo.runs.trainers import Weights
from aigc_demo.text import Refused, Text

CACHED = 12  # loaded models: all that ship, and some
SHEETS = 100  # of some 15 kB each
LISTED_RUNS = 30
LISTED_IMPORTS = 100

NOTHING_YET = Text("这次训练还没有可用的生成器，请稍候。", "This run has no generator to draw with yet; please wait.")


class Library:
    """Lists and loads models; loaded ones are kept, and a live one follows its run. For any thread."""

    def __init__(self, runs: Path) -> None:
        self._runs = runs
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[int, checkpoints.Generator]] = OrderedDict()
        self._sheets: OrderedDict[str, tuple[int, bytes]] = OrderedDict()

    def models(self, runs: Iterable[Run], ids: frozenset[str] | None = None) -> tuple[ModelInfo, ...]:
        """Shipped models, then runs of this process that have a generator, then older runs on disk, newest first, then
        imported ones.

        With `ids`, of all but the shipped ones only those. A run's best generator so far follows it, as
        "<run id>-best".
        """
        shipped = [
            info_of_folder(checkpoints.find_named(name, self._runs), name, "shipped") for name in checkpoints.shipped()
        ]
        known = {run.id: run for run in runs if ids is None or run.id in ids}
        present = [info_of_run(run) for run in reversed(known.values()) if run.folder.weights]
        listed = {model.id for model in present}
        folders = [path.parent for path in self._runs.glob(f"*/{checkpoints.GENERATOR}")]
        asked = (path for path in folders if path.name not in listed and (ids is None or path.name in ids))
        older = sorted(asked, key=checkpoints.written_at, reverse=True)
        stored = [info_of_folder(path, path.name, "run") for path in older[:LISTED_RUNS]]
        newest = [model for model in (*shipped, *present, *stored) if model is not None]
        trained = tuple(model for last in newest for model in (last, self._best(last)) if model is not None)
        return trained + self._imported(ids)

    def folders(self, ids: frozenset[str] | None = None) -> list[tuple[str, Path]]:
        """Id and folder of every model on disk, the shipped ones first; with `ids`, of the others only those."""
        runs = self._runs.glob(f"*/{checkpoints.GENERATOR}")
        imported = (self._runs.parent / checkpoints.IMPORTED).glob(f"i-*/{checkpoints.GENERATOR}")
        own = [(path.parent.name, path.parent) for path in (*runs, *imported)]
        shipped = [(name, checkpoints.find_named(name, self._runs)) for name in checkpoints.shipped()]
        return shipped + [(key, path) for key, path in own if ids is None or key in ids]

    def _imported(self, ids: frozenset[str] | None) -> tuple[ModelInfo, ...]:
        folder = self._runs.parent / checkpoints.IMPORTED
        found = [path for path in folder.glob("i-*") if checkpoints.is_imported(path.name)]
        asked = [info_of_folder(path, path.name, "imported") for path in found if ids is None or path.name in ids]
        listed = [model for model in asked if model is not None]
        return tuple(sorted(listed, key=lambda model: model.date or 0.0, reverse=True)[:LISTED_IMPORTS])

    def _best(self, last: ModelInfo) -> ModelInfo | None:
        """The best generator of the run that `last` is the newest of; None where that is the same, or there is none."""
        folder = self._runs / last.id / checkpoints.BEST
        if not folder.is_dir():
            return None
        best = info_of_folder(folder, last.id + checkpoints.BEST_SUFFIX, "run", is_best=True)
        return None if best is None or best.step == last.step else best

    def generator(self, model_id: str, run: Run | None) -> checkpoints.Generator:
        """The generator called `model_id`; `run` is the run of that name in this process, if there is one.

        Raises `NotFound`, `Refused` while a run has none yet, or `VisitorError` for a damaged checkpoint.
        """
        version = self._version(model_id, run)
        if run is not None and run.folder.weights:
            return self._get(model_id, version, run.folder.generator, run.folder.weights)
        folder = checkpoints.find_named(model_id, self._runs)
        return self._get(model_id, version, lambda: checkpoints.load(folder), None)

    def _version(self, model_id: str, run: Run | None) -> int:
        """What changes when the model's weights do; raises what `generator` raises."""
        if run is not None and run.folder.weights:
            run.weights_wanted = True
            return run.folder.weights_step
        if run is not None and run.is_going:
            raise Refused(NOTHING_YET)
        return checkpoints.written_at(checkpoints.find_named(model_id, self._runs))

    def sheet(self, model_id: str, run: Run | None) -> bytes:
        """The sample sheet of the model called `model_id`, a PNG: a shipped model brings it along, of another it is drawn
        once for each state of its weights.

        Raises what `generator` raises.
        """
        if model_id in checkpoints.shipped():
            return (checkpoints.find_named(model_id, self._runs) / checkpoints.SAMPLES).read_bytes()
        version = self._version(model_id, run)
        with self._lock:
            kept_version, kept = self._sheets.pop(model_id, (-2, b""))
            if kept_version == version:
                self._sheets[model_id] = (version, kept)
                return kept
        content = sheet_png(self.generator(model_id, run))
        with self._lock:
            self._sheets[model_id] = (version, content)
            while len(self._sheets) > SHEETS:
                self._sheets.popitem(last=False)
        return content

    def _get(
        self, model_id: str, version: int, load: Callable[[], checkpoints.Generator], weights: Weights | None
    ) -> checkpoints.Generator:
        """The kept model if it is of this `version`; else with `weights` assigned to it, or loaded anew without."""
        with self._lock:
            old_version, model = self._kept.pop(model_id, (-2, None))
            if model is None or (old_version != version and weights is None):
                model = load()
            elif old_version != version and weights is not None:
                model.assign(weights)
            self._kept[model_id] = (version, model)
            while len(self._kept) > CACHED:
                self._kept.popitem(last=False)
            return model
