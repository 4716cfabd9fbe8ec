"""A line of the list of models: what can be said of one without loading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from aigc_demo import checkpoints
from aigc_demo.checkpoints.about import About, read_about
from aigc_demo.checkpoints.importing import sizes_at
from aigc_demo.data import DIGITS, title_of
from aigc_demo.networks import GENERATORS
from aigc_demo.recipes import Plan
from aigc_demo.runs.run import Run
from aigc_demo.text import Text, VisitorError, plain

Kind = Literal["shipped", "run", "live", "imported"]

_UNSAID = plain("")


@dataclass(frozen=True)
class ModelInfo:
    """`title` is the name that its owner gave it, else `made`, which says what it is.

    `figures` are its final metrics, where it was measured. Those of an imported model are `card_figures`, what its
    card says, until it has been measured here. The parameters are numbers of weights; None where they are not known.
    """

    id: str
    title: Text
    kind: Kind
    recipe: str
    conditional: bool
    latent_size: int
    figures: Mapping[str, Any] | None
    seconds: float
    step: int
    name: str = ""
    made: Text = _UNSAID
    card_figures: Mapping[str, Any] | None = None
    loss: str = ""
    auxiliaries: tuple[str, ...] = ()
    data: Text = _UNSAID
    date: float | None = None  # seconds since 1970: when it was saved, or imported
    g_parameters: int | None = None
    d_parameters: int | None = None
    class_names: tuple[str, ...] = DIGITS
    styles: int = 0  # how many layers take a style of their own: what can be mixed
    codes: int = 0  # of an InfoGAN, whose classes are categories that it found by itself
    repo: str = ""  # on the Hub, where it was pulled from there, and its commit
    commit: str = ""


def info_of_run(run: Run) -> ModelInfo:
    """Of a run in this process that has a generator."""
    kind: Kind = "run" if run.is_over else "live"
    made, about = _title(run.plan.recipe.title, run.step, kind), read_about(run.folder.path)
    saved = run.folder.saved_discriminator
    return ModelInfo(
        id=run.id,
        kind=kind,
        figures=run.metrics or about.measured,
        seconds=run.seconds,
        step=run.step,
        date=run.folder.record.created,
        g_parameters=_size(run.folder.weights),
        d_parameters=_size(saved[1]) if saved else None,
        **_of_plan(run.plan),
        **_titles(made, about),
    )


def info_of_folder(folder: Path, model_id: str, kind: Kind, is_best: bool = False) -> ModelInfo | None:
    """None for a folder that cannot be read: one damaged model must not hide the others."""
    try:
        config = checkpoints.read_config(folder)
        model_plan = Plan.from_json(config["plan"])
    except VisitorError:
        return None
    about, written = read_about(folder), checkpoints.written_at(folder)
    made = _title(model_plan.recipe.title, config["step"], "best" if is_best else kind)
    g_parameters, d_parameters = sizes_at(folder, written)
    is_imported = kind == "imported"
    dates = {"shipped": None, "imported": about.imported}
    return ModelInfo(
        id=model_id,
        kind=kind,
        figures=about.measured if is_imported else config["figures"] or about.measured,
        card_figures=config["figures"] if is_imported else None,
        seconds=config["seconds"],
        step=config["step"],
        date=dates.get(kind, written / 1e9),
        g_parameters=g_parameters,
        d_parameters=d_parameters,
        **_of_plan(model_plan, checkpoints.trained_on(config)),
        **_titles(made, about),
    )


def _of_plan(model_plan: Plan, trained_on: Text | None = None) -> dict[str, Any]:
    """`trained_on`: the data in words, where the model itself says more than the name of a file."""
    recipe = model_plan.recipe
    return {
        "recipe": recipe.key,
        "conditional": recipe.conditional,
        "latent_size": recipe.latent_size,
        "loss": model_plan.loss,
        "auxiliaries": model_plan.auxiliaries,
        "data": trained_on or title_of(model_plan.dataset),
        "class_names": model_plan.class_names,
        "styles": GENERATORS[recipe.generator].styles,
        "codes": GENERATORS[recipe.generator].codes,
    }


def _titles(made: Text, about: About) -> dict[str, Any]:
    titles = {"title": plain(about.name) if about.name else made, "name": about.name, "made": made}
    return titles | {"repo": about.repo, "commit": about.commit}


def _size(tensors: Mapping[str, np.ndarray]) -> int | None:
    return sum(int(np.size(value)) for value in tensors.values()) or None


def _title(recipe: Text, step: int, kind: Kind | Literal["best"]) -> Text:
    pattern = {
        "shipped": Text("{recipe}（随软件附带）", "{recipe} (shipped)"),
        "run": Text("{recipe} · {step} 步", "{recipe} · {step} steps"),
        "best": Text("{recipe} · 第 {step} 步（最佳）", "{recipe} · best, at step {step}"),
        "live": Text("{recipe} · 正在训练", "{recipe} · training now"),
        "imported": Text("{recipe} · {step} 步（导入）", "{recipe} · {step} steps (imported)"),
    }[kind]
    return Text(pattern.zh.format(recipe=recipe.zh, step=step), pattern.en.format(recipe=recipe.en, step=f"{step:,}"))
