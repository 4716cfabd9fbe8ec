"""The models one can draw with: those we ship, every run that left one, and the one that is being trained."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from aigc_demo import checkpoints
from aigc_demo.recipes import find_recipe
from aigc_demo.runs.run import Run
from aigc_demo.runs.trainers import Weights
from aigc_demo.text import Refused, Text, VisitorError

Kind = Literal["shipped", "run", "live"]
CACHED = 6
LISTED_RUNS = 30

NOTHING_YET = Text("这次训练还没有可用的生成器，请稍候。", "This run has no generator to draw with yet; please wait.")


@dataclass(frozen=True)
class ModelInfo:
    """A line of the list of models. `figures` are its final metrics, where it was measured."""

    id: str
    title: Text
    kind: Kind
    recipe: str
    conditional: bool
    latent_size: int
    figures: dict[str, Any] | None
    seconds: float
    step: int


class Library:
    """Lists and loads models; loaded ones are kept, and a live one follows its run. For any thread."""

    def __init__(self, runs: Path) -> None:
        self._runs = runs
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[object, checkpoints.Generator]] = OrderedDict()

    def models(self, runs: Iterable[Run], ids: frozenset[str] | None = None) -> tuple[ModelInfo, ...]:
        """Shipped models, then runs of this process that have a generator, then older runs on disk, newest first.

        With `ids`, of the runs only those. A run's best generator so far follows it, as "<run id>-best".
        """
        shipped = [
            _from_folder(checkpoints.find_named(name, self._runs), name, "shipped") for name in checkpoints.shipped()
        ]
        known = {run.id: run for run in runs if ids is None or run.id in ids}
        present = [_from_run(run) for run in reversed(known.values()) if run.folder.weights]
        listed = {model.id for model in present}
        folders = [path.parent for path in self._runs.glob(f"*/{checkpoints.GENERATOR}")]
        asked = (path for path in folders if path.name not in listed and (ids is None or path.name in ids))
        older = sorted(asked, key=checkpoints.written_at, reverse=True)
        stored = [_from_folder(path, path.name, "run") for path in older[:LISTED_RUNS]]
        newest = [model for model in (*shipped, *present, *stored) if model is not None]
        return tuple(model for last in newest for model in (last, self._best(last)) if model is not None)

    def _best(self, last: ModelInfo) -> ModelInfo | None:
        """The best generator of the run that `last` is the newest of; None where that is the same, or there is none."""
        folder = self._runs / last.id / checkpoints.BEST
        if not folder.is_dir():
            return None
        best = _from_folder(folder, last.id + checkpoints.BEST_SUFFIX, "run", is_best=True)
        return None if best is None or best.step == last.step else best

    def generator(self, model_id: str, run: Run | None) -> checkpoints.Generator:
        """The generator called `model_id`; `run` is the run of that name in this process, if there is one.

        Raises `NotFound`, `Refused` while a run has none yet, or `VisitorError` for a damaged checkpoint.
        """
        if run is not None and run.folder.weights:
            run.weights_wanted = True
            return self._get(model_id, run.folder.weights_step, run.folder.generator, run.folder.weights)
        if run is not None and run.is_going:
            raise Refused(NOTHING_YET)
        folder = checkpoints.find_named(model_id, self._runs)
        return self._get(model_id, checkpoints.written_at(folder), lambda: checkpoints.load(folder), None)

    def _get(
        self, model_id: str, version: object, load: Callable[[], checkpoints.Generator], weights: Weights | None
    ) -> checkpoints.Generator:
        """The kept model if it is of this `version`; else with `weights` assigned to it, or loaded anew without."""
        with self._lock:
            old_version, model = self._kept.pop(model_id, (None, None))
            if model is None or (old_version != version and weights is None):
                model = load()
            elif old_version != version and weights is not None:
                model.assign(weights)
            self._kept[model_id] = (version, model)
            while len(self._kept) > CACHED:
                self._kept.popitem(last=False)
            return model


def _from_run(run: Run) -> ModelInfo:
    recipe = run.plan.recipe
    kind: Kind = "run" if run.is_over else "live"
    return ModelInfo(
        run.id,
        _title(recipe.title, run.step, kind),
        kind,
        recipe.key,
        recipe.conditional,
        recipe.latent_size,
        run.metrics,
        run.seconds,
        run.step,
    )


def _from_folder(folder: Path, model_id: str, kind: Kind, is_best: bool = False) -> ModelInfo | None:
    """None for a folder that cannot be read: one damaged model must not hide the others."""
    try:
        config = checkpoints.read_config(folder)
        recipe = find_recipe(config["plan"]["recipe"]["key"])
    except VisitorError:
        return None
    return ModelInfo(
        model_id,
        _title(recipe.title, config["step"], "best" if is_best else kind),
        kind,
        recipe.key,
        config["conditional"],
        config["latent_size"],
        config["figures"],
        config["seconds"],
        config["step"],
    )


def _title(recipe: Text, step: int, kind: Literal["shipped", "run", "live", "best"]) -> Text:
    pattern = {
        "shipped": Text("{recipe}（随软件附带）", "{recipe} (shipped)"),
        "run": Text("{recipe} · {step} 步", "{recipe} · {step} steps"),
        "best": Text("{recipe} · 第 {step} 步（最佳）", "{recipe} · best, at step {step}"),
        "live": Text("{recipe} · 正在训练", "{recipe} · training now"),
    }[kind]
    return Text(pattern.zh.format(recipe=recipe.zh, step=step), pattern.en.format(recipe=recipe.en, step=f"{step:,}"))
