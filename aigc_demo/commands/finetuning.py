"""`finetune`: adapt a trained model to few images."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aigc_demo.checkpoints import DEFAULT_MODEL
from aigc_demo.commands import options
from aigc_demo.commands.catalogues import AsJson
from aigc_demo.commands.console import LANG
from aigc_demo.commands.hub import find_checkpoint
from aigc_demo.commands.own_sets import dataset_at
from aigc_demo.commands.tracking import trackers_for
from aigc_demo.commands.training import make_writable, parse_settings, run_plan
from aigc_demo.data import is_own
from aigc_demo.recipes.adapting import adapt_plan
from aigc_demo.runs.adapting import joined, place_start, plan_of
from aigc_demo.text import Text, VisitorError


def finetune(
    images: Annotated[
        str,
        typer.Option(
            metavar="PATH",
            help=Text(
                "新图像：文件夹、zip、.npz，或 own:<id>；每个子文件夹是一类。",
                "The new images: a folder, a zip, an .npz or own:<id>; each sub-folder is a class.",
            )(LANG),
        ),
    ],
    out: options.Out,
    checkpoint: Annotated[
        str,
        typer.Option(metavar="C", help=Text("从哪个模型开始。", "The model to begin with.")(LANG)),
    ] = DEFAULT_MODEL,
    keep: Annotated[
        bool,
        typer.Option(
            help=Text(
                "同时复习 digits5k，免得忘掉旧的数字。",
                "Rehearse digits5k, so that the old digits are not forgotten.",
            )(LANG)
        ),
    ] = True,
    seconds: options.Seconds = None,
    steps: options.Steps = None,
    seed: options.Seed = None,
    settings: options.Settings = None,
    as_json: AsJson = False,
) -> None:
    """Begin with a trained model and learn the classes of `images` beside its own."""
    default = options.budget_of(seconds, steps)
    folder = Path(out).expanduser()
    if (folder / "run.json").exists() or (folder / "config.json").exists():
        raise VisitorError(
            Text(
                "文件夹 {name} 中已有一次训练；请另选文件夹。", "The folder {name} already holds a run; choose another."
            ).format(name=folder.name)
        )
    base = find_checkpoint(checkpoint)
    before = plan_of(base)
    new = images if is_own(images) else dataset_at(Path(images).expanduser())
    plan = adapt_plan(
        before, base.name, joined(before, new, keep), seed or 0, default, steps, parse_settings(settings or [])
    )
    make_writable(folder)
    place_start(folder, base)
    run_plan(folder, plan, None, resume=False, as_json=as_json, tracker=trackers_for(folder, None, []))
